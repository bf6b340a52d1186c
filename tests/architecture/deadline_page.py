"""Writes docs/deadlines.md from the table of rules, each example with what is decided: python -m, from the project."""

from datetime import date
from pathlib import Path

from dondoc.calendar_file import default_calendar
from models.vocabulary import DueKind
from policies.deadlines import DueDecision, decide_due
from policies.deadlines.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "deadlines.md"
DOCUMENT_DATE = date(2025, 2, 14)
HEAD = f"""# What deadline phrases mean

Made from the rules in `policies/deadlines/rules.py` by `tests/architecture/deadline_page.py`; a test compares the two.
The rules are tried in this order and the first that answers decides. Dates move off days that are not worked by
Civil Code 2015, Art. 148.5; the nominal date is shown here. Each example is read in a document dated
{DOCUMENT_DATE:%d/%m/%Y}, and is a test. What the words do not say is asked, never guessed.
"""


def page() -> str:
    """Write the whole page."""
    return "\n".join([HEAD, *(_section(number) for number in range(len(RULES)))])


def _section(number: int) -> str:
    rule = RULES[number]
    what = (rule.decide.__doc__ or "").strip().splitlines()[0]
    rows = [f"| {_cell(example)} | {_decided(example)} |" for example in rule.examples]
    table = ["| phrase | decided |", "| --- | --- |", *rows]
    return "\n".join(
        [f"## {number + 1}. {rule.name.capitalize()}", "", what, f"Source: {rule.source}.", "", *table, ""]
    )


def _decided(example: str) -> str:
    due = decide_due(example, DOCUMENT_DATE, default_calendar())
    return _cell(_said(due))


def _said(due: DueDecision) -> str:
    if due.kind is DueKind.STANDING:
        return "standing: reported, never overdue"
    if due.needs is not None:
        return f"asked: {due.needs}"
    if due.rrule is not None:
        return f"`{due.rrule}`"
    at = f", {due.at:%H:%M}" if due.at else ""
    window = f", from {due.window[0]:%d/%m/%Y}" if due.window else ""
    assumed = ", a part supplied" if due.assumed else ""
    return f"{due.nominal:%d/%m/%Y}{at}{window}{assumed}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
