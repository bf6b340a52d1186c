"""Renders the facts of a letter as text and HTML; templates are compiled once a language, styles stand inline."""

import re
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from dondoc.locale.catalogue import DEFAULT_LANGUAGE
from dondoc.mail.acts import act_sentence
from dondoc.mail.causes import causes
from dondoc.mail.harmless import harmless
from dondoc.mail.subject import opening, subject, title
from dondoc.mail.values import LetterValues, RenderedLetter
from dondoc.mail.wording import Wording, wording
from models.vocabulary import LetterKind

TEMPLATES = Path(__file__).parent / "templates"
# What a letter shows of each list; the rest is counted, not listed, so that no letter grows without end.
SHOWN: Final = {"groups": 20, "own": 40, "below": 20, "branches": 15, "worst": 10, "skipped": 10, "dead": 40}

_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class LanguageTemplates:
    """Both forms of a letter in one language, and the phrases they are filled with."""

    words: Wording
    text: Template
    html: Template


def render(values: LetterValues, language: str = DEFAULT_LANGUAGE) -> RenderedLetter:
    """Give the letter in words. `language`: `vi` or `en`; raises InvalidInput for another.

    The same values give the same letter, to the byte. Text in them may be hostile: it becomes one line of bounded
    length and is escaped in HTML.
    """
    templates = _templates(language)
    words = templates.words
    tame = harmless(values)
    facts = {
        "letter": tame,
        "open": tame.kind not in {LetterKind.CONFIRMED, LetterKind.REVOKED},
        # What ended a directive is one act on all its tasks, and stands in the opening.
        "notes": tame.kind is not LetterKind.REVOKED,
        "title": title(tame.kind, words),
        "opening": opening(tame, words),
        "causes": causes(tame, words),
    }
    return RenderedLetter(
        message_id=values.message_id,
        kind=values.kind,
        to_address=values.to_address,
        to_name=tame.to_name,
        office_name=tame.office_name,
        written_at=values.written_at,
        language=language,
        subject=subject(tame, words),
        text=_EMPTY_LINES.sub("\n\n", templates.text.render(facts)),
        html=templates.html.render(facts),
        thread_id=values.thread_id,
    )


@cache
def _templates(language: str) -> LanguageTemplates:
    words = wording(language)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals |= {"words": words, "shown": SHOWN, "_": words.gettext, "ngettext": words.ngettext}
    environment.filters["web_link"] = _web_link
    environment.filters["act"] = partial(act_sentence, words=words)
    return LanguageTemplates(words, environment.get_template("letter.txt"), environment.get_template("letter.html"))


def _web_link(address: str) -> str:
    """Give the address if it is one of the web, else nothing: a letter carries no javascript: or data: link."""
    return address if address.startswith(("http://", "https://")) and address.isprintable() else ""
