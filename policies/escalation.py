"""The ladder: who hears of an assignment when, around its effective due time, and which rungs a sweep finds due.

A ladder is planned once for a group (obligation x period x levels up to the issuer) and kept; a sweep only advances it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.vocabulary import OfficerRole, RungAction
from policies.workdays import ZONE, WorkCalendar, moment_on

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears: a role at a level above the unit that owes (0 the unit itself)."""

    level: int
    role: OfficerRole


@dataclass(frozen=True, slots=True)
class RungRule:
    """A rung as the policy says it: working days from the effective due date, and who hears."""

    days: int
    action: RungAction
    audience: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class LadderPolicy:
    """An office's ladder: `above` in working days, `until_done` by ISO weekday; see policies/defaults/ladder.yaml."""

    name: str
    version: int
    at: time
    rungs: tuple[RungRule, ...]
    above_every_days: int
    above_roles: tuple[OfficerRole, ...]
    until_done_weekday: int
    until_done_roles: tuple[OfficerRole, ...]
    due_soon_days: int


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung with its moment. `ordinal` counts from 1; `repeat_weekday` (ISO, 1 Monday) is set on the last one only."""

    ordinal: int
    name: str
    at: datetime
    action: RungAction
    audience: tuple[Audience, ...]
    repeat_weekday: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where an assignment stands on its ladder: rungs behind it, and when the next one is due (None: never)."""

    done: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class FiredRung:
    """A rung found due. A repeat has the ordinal after the last, and the rung it repeats."""

    ordinal: int
    planned_at: datetime
    rung: Rung


@dataclass(frozen=True, slots=True)
class Advance:
    """What a sweep does with a group: the rungs that are due, in order, and where it then stands."""

    fired: tuple[FiredRung, ...]
    position: Position


def plan_ladder(policy: LadderPolicy, effective_due: date, distance: int, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """Plan the rungs for a unit `distance` levels below the issuer (0: the issuer's own duty).

    Levels above the issuer never hear. Rungs fall at the policy's time on working days, each later than the last; the
    weekly one falls on the same day of the week for every ladder, so that an issuer hears of all of them at once.
    """
    steps = [
        (rule.days, rule.action, tuple(one for one in rule.audience if one.level <= distance)) for rule in policy.rungs
    ]
    days = max((step[0] for step in steps), default=0)
    for level in range(2, distance + 1):
        days += policy.above_every_days
        steps.append((days, RungAction.ESCALATE, tuple(Audience(level, role) for role in policy.above_roles)))
    rungs: list[Rung] = []
    for offset, action, audience in sorted(steps, key=lambda step: step[0]):
        if audience:
            at = moment_on(calendar.shift_working_days(effective_due, offset), policy.at)
            rungs.append(
                Rung(len(rungs) + 1, f"{offset:+d}" if offset else "0", at, action, audience, None, _why(offset))
            )
    last = rungs[-1].at if rungs else moment_on(calendar.shift_working_days(effective_due, 0), policy.at)
    weekly = Rung(
        len(rungs) + 1,
        "weekly",
        _weekly_after(last, policy.until_done_weekday, calendar),
        RungAction.ESCALATE,
        tuple(Audience(distance, role) for role in policy.until_done_roles),
        policy.until_done_weekday,
        "not done: the issuer hears every week until it is",
    )
    return (*rungs, weekly)


def _why(offset: int) -> str:
    if offset == 0:
        return "due today"
    when = "before" if offset < 0 else "after"
    days = "day" if abs(offset) == 1 else "days"
    return f"{abs(offset)} working {days} {when} the effective due date"


def _weekly_after(after: datetime, weekday: int, calendar: WorkCalendar, at: time | None = None) -> datetime:
    """Give the first weekly moment later than `after`: each week's `weekday`, or the next day worked after it.

    `at` is the time of day, by default that of `after`.
    """
    local = after.astimezone(ZONE)
    # From the latest such day: an earlier one that moved past `after` moved over days off to the same day as this.
    anchor = local.date() - timedelta(days=(local.isoweekday() - weekday) % WEEK_DAYS)
    while (moment := moment_on(calendar.next_working_day(anchor), at or local.time())) <= after:
        anchor += timedelta(days=WEEK_DAYS)
    return moment


def start(ladder: tuple[Rung, ...], moment: datetime, calendar: WorkCalendar, done: int = 0) -> Position:
    """Give where a ladder starts, or goes on after a pause: rungs before `moment` are passed over, not fired."""
    passed = max(done, sum(1 for rung in ladder if rung.at <= moment))
    if passed < len(ladder):
        return Position(passed, ladder[passed].at)
    return Position(passed, _next_repeat(ladder, moment, calendar))


def advance(ladder: tuple[Rung, ...], position: Position, now: datetime, calendar: WorkCalendar) -> Advance:
    """Find the rungs due at `now`: every missed one once, in order; repeats missed in a row fire once."""
    if position.next_at is None or position.next_at > now:
        return Advance((), position)
    fired = [FiredRung(rung.ordinal, rung.at, rung) for rung in ladder[position.done :] if rung.at <= now]
    done = position.done + len(fired)
    if position.done >= len(ladder) and ladder and ladder[-1].repeat_weekday is not None:
        fired = [FiredRung(position.done + 1, position.next_at, ladder[-1])]
        done = position.done + 1
    next_at = ladder[done].at if done < len(ladder) else _next_repeat(ladder, now, calendar)
    return Advance(tuple(fired), Position(done, next_at))


def _next_repeat(ladder: tuple[Rung, ...], now: datetime, calendar: WorkCalendar) -> datetime | None:
    """Give the first repeat of the last rung after `now`."""
    last = ladder[-1] if ladder else None
    if last is None or last.repeat_weekday is None:
        return None
    at = last.at.astimezone(ZONE).time()
    return max(last.at, _weekly_after(now, last.repeat_weekday, calendar, at))


def may_write(now: datetime, at: time, calendar: WorkCalendar) -> bool:
    """Say whether letters of a ladder may be written now: on a working day, from the policy's time on."""
    local = now.astimezone(ZONE)
    return calendar.is_working_day(local.date()) and local.time() >= at
