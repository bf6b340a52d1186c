"""Writes docs/ladder.md from the shipped ladder and calendar: python -m tests.architecture.ladder_page."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from dondoc.calendar_file import default_calendar
from dondoc.operations.ladder_days import audience_words
from dondoc.operations.ladder_file import default_ladder
from dondoc.operations.rules import OF_THE_OFFICE
from policies.escalation import Rung, plan_ladder
from policies.workdays import ONE_DAY, WEEKEND_NAMES, ZONE, WorkCalendar, effective_date

PAGE = Path(__file__).parents[2] / "docs" / "ladder.md"
POLICY, CALENDAR = default_ladder().policy, default_calendar()
DISTANCES = range(4)
ASSIGNED, DUE = date(2025, 4, 14), date(2025, 4, 30)
"""Before and on the holidays of the end of April 2025."""
EXAMPLE_DISTANCE = 2

HEAD = f"""# The ladder: who hears of an assignment, and when

Made from `policies/defaults/ladder.yaml` and `policies/defaults/calendar.yaml` by
`tests/architecture/ladder_page.py`; a test compares the two. This is “{default_ladder().title}”.

A ladder is planned once, when an assignment is given, for each level below the issuer, and kept: what was planned with
an earlier text goes by that text. Days are working days; every rung falls at {POLICY.at:%H:%M} of one. Nobody above the
issuer ever hears. It stops when the unit hands in, goes on when the result is sent back, and begins anew, as a plan of
its own, when the due date is moved. A sweep that comes late finds every missed rung once, in order, in one letter.
"""

CHOICE = """## Which ladder

The first of these that exists: `ladder: NAME` of the obligation, `ladder: NAME` of the directive (both name the file
`DONDOC_HOME/ladders/NAME.yaml`), the issuer's own `DONDOC_HOME/ladders/CODE.yaml`, the office's
`DONDOC_HOME/ladder.yaml`, the shipped one. `dondoc ladder show [NAME] [--issuer CODE] [--due DATE]` shows it. An act
that moves a due date plans with the ladder of that name as it stands that day. A changed text needs a higher
`version`: the same name and version with another content is refused.
"""

FIELDS = (
    ("name", "how it is named in letters and directives; a file in `ladders/` has the name of its file"),
    ("version", "a whole number, raised with every change"),
    ("at", "the time of day of every rung, in quotes"),
    ("acknowledge", "rungs for who has not acknowledged, in working days after the assignment; optional"),
    ("rungs", "rungs around the effective due date: `days`, `action` (remind or escalate), `to`; no two on one day"),
    ("above", "the levels above the parent: `every_days` after the one below, by level in `grace` (optional), `to`"),
    ("until_done", "the issuer's weekly letter: `weekday`, `to`, and `at_most` so many (optional: until it is done)"),
    ("quiet", "`from` and `to`: no letter is written in these hours, urgent or not; it waits for their end; optional"),
    ("storm", "`share` and `at_least`: from when on a level above gets one letter with a table; optional"),
    ("due_soon_days", "calendar days before the due date from which an assignment is shown as due soon"),
)
"""Every field of a ladder's file, and what it says."""

RULES = """## What else holds

- A rung that asks for an acknowledgement is passed in silence for who has acknowledged, and left out on a day that has
  a rung of the due date. A standing duty has no other rungs.
- One digest a person and working day, whatever the number of duties; what is found later waits for the next. What is
  urgent leaves at once in a letter of its own, but not in quiet hours.
- Where a level lacks the officer that a rung names, the other one there hears. Who is away (`dondoc units away`) is
  heard for by the substitute. A level with nobody, or only with addresses that mail comes back from, is skipped: the
  next one up to the issuer hears, and the office is told.
- In a storm a level above gets one letter, urgent or not, with counts, the worst and a table. The units that owe have
  their own digest.
- A changed calendar or ladder moves nothing by itself. `dondoc reproject` shows every date that it would move, and
  which day or version does it; with `--apply --why … --by …` it is done, and the ledger keeps why.
"""


def page() -> str:
    """Write the whole page."""
    sections = (HEAD, _who_hears(), _levels(), _example(), CHOICE, _fields(), RULES)
    return "\n".join(sections)


def _who_hears() -> str:
    """Lay out, rung by rung, who hears for units at each distance below the issuer."""
    due = effective_date(DUE, CALENDAR).effective
    ladders = [plan_ladder(POLICY, due, distance, CALENDAR, due - timedelta(days=400)) for distance in DISTANCES]
    rungs = {rung.name: rung for ladder in ladders for rung in ladder if rung.name != "weekly"}
    order = [*sorted(rungs.values(), key=lambda rung: rung.at), ladders[0][-1]]
    rows = [
        (
            f"`{one.name}`",
            one.action.value,
            one.reason,
            *(_heard(ladder, n, one.name) for n, ladder in enumerate(ladders)),
        )
        for one in order
    ]
    below = [f"{distance} below" if distance else "the issuer's own" for distance in DISTANCES]
    return "\n".join(
        [
            "## Who hears, by the place of the unit that owes",
            "",
            "How many levels the unit stands below the issuer makes its ladder longer.",
            "",
            *_table(("rung", "does", "when", *below), rows),
            "",
        ]
    )


def _heard(ladder: Iterable[Rung], distance: int, name: str) -> str:
    found = [audience_words(one, distance) for rung in ladder if rung.name == name for one in rung.audience]
    return ", ".join(found) or "–"


def _levels() -> str:
    assert POLICY.quiet is not None
    assert POLICY.storm is not None
    quiet, storm = POLICY.quiet, POLICY.storm
    graces = ", ".join(f"{POLICY.grace_of(level)} to level {level}" for level in (2, 3, 4))
    return f"""Above the parent, each level hears so many working days after the one below it:
{graces}, and so on.
No letter is written from {quiet.begins:%H:%M} to {quiet.ends:%H:%M}. A storm is {storm.share:.0%} and at least
{storm.at_least} overdue of what a letter tells of. Due soon: {POLICY.due_soon_days} calendar days.
"""


def _example() -> str:
    """Lay out the dates of one assignment over the holidays."""
    moved = effective_date(DUE, CALENDAR)
    ladder = plan_ladder(POLICY, moved.effective, EXAMPLE_DISTANCE, CALENDAR, ASSIGNED)
    first = min(rung.at.astimezone(ZONE).date() for rung in ladder)
    last = ladder[-1].at.astimezone(ZONE).date()
    rows = [
        (f"{rung.at.astimezone(ZONE):%a %d/%m/%Y}", f"`{rung.name}`", _heard([rung], EXAMPLE_DISTANCE, rung.name))
        for rung in ladder
    ]
    head = f"""## An example over a holiday

Assigned on {ASSIGNED:%d/%m/%Y} to a unit {EXAMPLE_DISTANCE} levels below the issuer, due on {DUE:%d/%m/%Y}.
- Not worked, so that it counts from {moved.effective:%d/%m/%Y}: {moved.moved_by}.
- Not as their weekday says, from the first rung to the last: {_unlike_their_weekday(first, last, CALENDAR)}.
"""
    tail = "\nThen every week, on the same day for every ladder, until it is done.\n"
    return "\n".join([head, *_table(("day", "rung", "who hears"), rows), tail])


def _unlike_their_weekday(first: date, last: date, calendar: WorkCalendar) -> str:
    days = [first + ONE_DAY * number for number in range((last - first).days + 1)]
    unlike = [day for day in days if calendar.is_working_day(day) == (day.weekday() in WEEKEND_NAMES)]
    said = [calendar.reason_not_worked(day) or f"{day:%d/%m/%Y} is worked" for day in unlike]
    return ", ".join(said)


def _fields() -> str:
    only = ", ".join(f"`{name}`" for name in OF_THE_OFFICE)
    return "\n".join(
        [
            "## The file",
            "",
            "A field that is not here, or a value that cannot be, is refused in a line that names it.",
            f"Only the office's own ladder says {only}: one letter carries what many ladders have to say.",
            "",
            *_table(("field", "says"), [(f"`{name}`", says) for name, says in FIELDS]),
            "",
        ]
    )


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
