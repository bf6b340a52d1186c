"""Puts values into the templates: the board with the counts, and the page of an error."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from dondoc.errors import DondocError
from dondoc.mail.wording import wording
from dondoc.operations.link_tokens import LinkProblem
from dondoc.operations.links import LinkView
from dondoc.operations.status import Counts, StatusPicture
from dondoc.web.refusals import refusal_said
from policies.workdays import ZONE

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of the board: what it is about, and its counts."""

    name: str
    note: str
    counts: Counts


def board_page(picture: StatusPicture, *, looks_back: bool) -> str:
    """Render the counts, by directive and by unit. `looks_back`: the moment was asked for, it is not now."""
    by_directive: dict[tuple[str, str], Counts] = {}
    for one in picture.obligations:
        key = (one.directive, one.issuer)
        by_directive[key] = by_directive.get(key, Counts()) + one.counts
    return (
        _environment()
        .get_template("board.html")
        .render(
            as_of=picture.as_of.astimezone(ZONE),
            looks_back=looks_back,
            counts=picture.counts,
            directives=[BoardRow(number, issuer, counts) for (number, issuer), counts in by_directive.items()],
            units=[BoardRow(one.name, one.code, one.counts) for one in picture.units],
        )
    )


def link_page(view: LinkView, now: datetime, language: str, *, refusal: DondocError | None = None) -> str:
    """Render what a one-time link does, with its form; `refusal` is what spoke against the last try."""
    words = wording(language)
    said = refusal_said(refusal, words) if refusal else None
    local = view.used_at.astimezone(ZONE) if view.used_at else None
    return (
        _environment()
        .get_template("link.html")
        .render(view=view, used_at=local, today=now.astimezone(ZONE).date(), said=said, words=words)
    )


def link_problem_page(problem: LinkProblem, language: str) -> str:
    """Render why a link opens nothing: it is nobody's, or its time is over."""
    return _environment().get_template("link_problem.html").render(problem=problem, words=wording(language))


def error_page(code: HTTPStatus, says: str) -> str:
    """Render what went wrong; `says` is the error's own line, "" for none."""
    return _environment().get_template("error.html").render(code=code.value, says=says)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # Vietnamese writes 15.600 where English writes 15,600.
    environment.filters["number"] = lambda value: f"{value:,}".replace(",", ".")
    return environment
