"""Planning anew what is open, after a calendar or a ladder changed: what moves, why, and where a ladder goes on.

It is done on the office's word only: an assignment keeps the plan it was given until somebody says otherwise.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from policies.cascade import Due
from policies.escalation import Position, Rung, start
from policies.workdays import ONE_DAY, WEEKEND_NAMES, ZONE, WorkCalendar

NOMINAL, EFFECTIVE = "nominal due", "effective due"
"""The names of dates that are no rungs."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A plan as far as dates go: when it is due, and its rungs. `version` names the ladder that made it."""

    due: Due
    rungs: tuple[Rung, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Move:
    """One date that moves. None: a rung that was not there, or is no more. `cause` says which day or ladder does it."""

    name: str
    old: date | None
    new: date | None
    cause: str


def is_same(old: Projection, new: Projection) -> bool:
    """Whether nothing that anybody would notice differs: dates, and who hears of what when."""
    dates = [(one.due.nominal, one.due.effective, one.due.at) for one in (old, new)]
    said = [[(rung.name, rung.at, rung.action, frozenset(rung.audience), rung.repeat_weekday, rung.at_most)
             for rung in one.rungs] for one in (old, new)]  # fmt: skip
    return dates[0] == dates[1] and said[0] == said[1]


def go_on(old: Projection, new: Projection, position: Position, now: datetime, calendar: WorkCalendar) -> Position:
    """Find where a ladder planned anew goes on.

    To another due date it begins anew, past what lies before `now`. To the same one, what was heard is not heard
    again, and what was still to come is not lost: a rung that now lies in the past is found by the next sweep.
    """
    if old.due.effective != new.due.effective or old.due.at != new.due.at:
        return start(new.rungs, now, calendar)
    heard = {rung.name for rung in old.rungs[: position.done]}
    awaited = {rung.name for rung in old.rungs[position.done :]}
    behind = 0
    for number, rung in enumerate(new.rungs, start=1):
        if rung.name in heard or (rung.name not in awaited and rung.at <= now):
            behind = number
    if behind < len(new.rungs):
        return Position(behind, new.rungs[behind].at)
    return start(new.rungs, now, calendar, done=max(behind, position.done - len(old.rungs) + len(new.rungs)))


def moves(
    old: Projection, between: Projection, new: Projection, done: tuple[int, int], calendar: WorkCalendar
) -> tuple[Move, ...]:
    """List every date ahead that differs, due dates first, then rungs by date.

    `between` is the old ladder in the new calendar: what differs from `old` there is the calendar's doing, what
    differs from `new` the ladder's. `done` counts the rungs that lie behind, of the old ladder and of the new one.
    """
    heard = {rung.name for rung in old.rungs[: done[0]]} if old.due.effective == new.due.effective else set()
    of_calendar = done[1] if old.version == new.version else 0
    dates: dict[str, list[date | None]] = {}
    for index, (one, behind) in enumerate(((old, done[0]), (between, of_calendar), (new, done[1]))):
        said = {NOMINAL: one.due.nominal, EFFECTIVE: one.due.effective} | _ahead(one, behind, heard)
        for name, day in said.items():
            dates.setdefault(name, [None, None, None])[index] = day
    found = [
        Move(name, was, becomes, _cause(was, midway, becomes, old, new, calendar))
        for name, (was, midway, becomes) in dates.items()
        if was != becomes
    ]
    return tuple(
        sorted(found, key=lambda move: (move.name not in {NOMINAL, EFFECTIVE}, move.new or move.old or date.max))
    )


def _ahead(one: Projection, behind: int, heard: Collection[str]) -> dict[str, date | None]:
    return {rung.name: rung.at.astimezone(ZONE).date() for rung in one.rungs[behind:] if rung.name not in heard}


def _cause(  # noqa: PLR0913, PLR0917 (a date in three plans, and what made them)
    was: date | None,
    midway: date | None,
    becomes: date | None,
    old: Projection,
    new: Projection,
    calendar: WorkCalendar,
) -> str:
    causes = []
    if was != midway:
        ends = [day for day in (was, midway, old.due.nominal, old.due.effective, new.due.effective) if day is not None]
        causes.append(_days_that_differ(min(ends), max(ends), calendar))
    if midway != becomes:
        causes.append(f"ladder {old.version} -> {new.version}")
    return "; ".join(causes)


def _days_that_differ(first: date, last: date, calendar: WorkCalendar) -> str:
    """Name the days between two dates that are not as their weekday says: one of them moves what lies between."""
    named = []
    day = first
    while day <= last:
        name = calendar.name_of_day_off(day)
        if name is not None and name not in WEEKEND_NAMES.values():
            named.append(f"{name} {day:%d/%m/%Y}")
        elif name is None and day.weekday() in WEEKEND_NAMES:
            named.append(f"làm việc {WEEKEND_NAMES[day.weekday()]} {day:%d/%m/%Y}")
        day += ONE_DAY
    return f"calendar: {', '.join(named)}" if named else "calendar: a day off is worked now"
