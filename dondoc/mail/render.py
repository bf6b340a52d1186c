"""Renders the facts of a letter as text and HTML; templates are compiled once a language, styles stand inline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final
from unicodedata import normalize

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from dondoc.locale.catalogue import DEFAULT_LANGUAGE
from dondoc.mail.acts import act_sentence, why_sentence
from dondoc.mail.causes import causes
from dondoc.mail.due_events import due_events, is_cancelling
from dondoc.mail.harmless import harmless, web_link
from dondoc.mail.subject import opening, subject, title
from dondoc.mail.values import DueEvent, LetterValues, RenderedLetter
from dondoc.mail.weekly import counts_sentence
from dondoc.mail.wording import Wording, wording
from models.vocabulary import LetterKind

TEMPLATES = Path(__file__).parent / "templates"
# What a letter shows of each list; the rest is counted, not listed, so that no letter grows without end. Where more
# tasks of units below are told of than `told`, a workbook lists them.
SHOWN: Final = {
    "groups": 20,
    "own": 40,
    "below": 20,
    "branches": 15,
    "worst": 10,
    "skipped": 10,
    "dead": 40,
    "picture": 40,
    "told": 30,
}

_EMPTY_LINES = re.compile(r"\n{3,}")
_NOT_IN_A_LABEL = re.compile(r"[^a-z0-9]+")
LONGEST_LABEL = 40


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
    events = tuple(due_events(tame, words))
    facts = {
        "letter": tame,
        "open": tame.kind not in {LetterKind.CONFIRMED, LetterKind.REVOKED},
        # What ended a directive is one act on all its tasks, and stands in the opening.
        "notes": not any(group.ended for group in tame.groups),
        # One role for all stands in the opening.
        "roles": len({line.role for group in tame.groups for line in group.own}) > 1,
        "title": title(tame, words),
        "opening": opening(tame, words),
        "causes": causes(tame, words),
        "calendar": _about_calendar(events, words),
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
        list_name=_list_name(tame),
        events=events,
    )


def _about_calendar(events: Sequence[DueEvent], words: Wording) -> str:
    """Say what the attached calendar file does, "" where there is none."""
    if not events:
        return ""
    if is_cancelling(events):
        return words.gettext("The attached file (.ics) takes these deadlines out of your calendar.")
    return words.gettext("The attached file (.ics) puts these deadlines into your calendar, or moves them there.")


def _list_name(values: LetterValues) -> str:
    """Give the list that a letter belongs to: its directive's where it is about one (121-kh-ldld.7.dondoc)."""
    if len(values.groups) != 1:
        return "dondoc"
    (group,) = values.groups
    plain = normalize("NFD", group.number.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    label = _NOT_IN_A_LABEL.sub("-", plain)[:LONGEST_LABEL].strip("-")
    return f"{label}.{group.directive_id}.dondoc" if label else f"{group.directive_id}.dondoc"


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
    environment.globals |= {"words": words, "shown": SHOWN, "counts": partial(counts_sentence, words=words)}
    environment.globals |= {"_": words.gettext, "ngettext": words.ngettext}
    environment.filters["web_link"] = web_link
    environment.filters["act"] = partial(act_sentence, words=words)
    environment.filters["why"] = partial(why_sentence, words=words)
    return LanguageTemplates(words, environment.get_template("letter.txt"), environment.get_template("letter.html"))
