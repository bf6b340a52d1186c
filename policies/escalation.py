"""The ladder: who hears of an assignment when, around its effective due time, and which rungs a sweep finds due.

A ladder is planned once for a group (obligation x period x levels up to the issuer) and kept; a sweep only advances it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.vocabulary import RungAction
from policies.ladder_policy import Audience, LadderPolicy, RungRule
from policies.workdays import ZONE, WorkCalendar, moment_on

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung with its moment. `ordinal` counts from 1.

    `repeat_weekday` (ISO, 1 Monday) is set on the last one only; `at_most` caps how often that comes (None: never).
    """

    ordinal: int
    name: str
    at: datetime
    action: RungAction
    audience: tuple[Audience, ...]
    repeat_weekday: int | None
    reason: str
    at_most: int | None = None


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


def plan_ladder(
    policy: LadderPolicy, effective_due: date | None, distance: int, calendar: WorkCalendar, assigned_on: date
) -> tuple[Rung, ...]:
    """Plan the rungs for a unit `distance` levels below the issuer (0: the issuer's own duty), assigned on a day.

    Levels above the issuer never hear. Rungs fall at the policy's time on working days, each later than the last; the
    weekly one falls on the same day of the week for every ladder, so that an issuer hears of all of them at once.
    A standing duty (no due date) is only asked for its acknowledgement; so is no other on a day with a rung of its own.
    """
    steps = list(_dated_steps(policy, effective_due, distance, calendar)) if effective_due else []
    taken = {step.at for step in steps}
    prompts = _steps(policy, policy.acknowledge, assigned_on, distance, calendar)
    steps += [step for step in prompts if step.at not in taken]
    steps.sort(key=lambda step: step.at)
    rungs = tuple(
        Rung(ordinal, step.name, step.at, step.action, step.audience, None, step.reason)
        for ordinal, step in enumerate(steps, start=1)
    )
    if effective_due is None:
        return rungs
    last = rungs[-1].at if rungs else moment_on(calendar.next_working_day(effective_due), policy.at)
    weekly = Rung(
        len(rungs) + 1,
        "weekly",
        _weekly_after(last, policy.until_done_weekday, calendar),
        RungAction.ESCALATE,
        tuple(Audience(distance, role) for role in policy.until_done_roles),
        policy.until_done_weekday,
        "not done: the issuer hears every week until it is",
        policy.repeat_at_most,
    )
    return (*rungs, weekly)


@dataclass(frozen=True, slots=True)
class _Step:
    """A rung before it has its place in the order."""

    at: datetime
    name: str
    action: RungAction
    audience: tuple[Audience, ...]
    reason: str


def _dated_steps(policy: LadderPolicy, effective_due: date, distance: int, calendar: WorkCalendar) -> Iterator[_Step]:
    """Lay out the rungs of the policy, then one for each level above the parent, after the last of them."""
    # Of a day that is not worked, the day itself and the one after it would be the same.
    counted_from = calendar.next_working_day(effective_due)
    yield from _steps(policy, policy.rungs, counted_from, distance, calendar)
    days = max((rule.days for rule in policy.rungs), default=0)
    above = []
    for level in range(2, distance + 1):
        days += policy.grace_of(level)
        heard = tuple(Audience(level, role) for role in policy.above_roles)
        above.append(RungRule(days, RungAction.ESCALATE, heard))
    yield from _steps(policy, above, counted_from, distance, calendar)


def _steps(
    policy: LadderPolicy, rules: Iterable[RungRule], counted_from: date, distance: int, calendar: WorkCalendar
) -> Iterator[_Step]:
    for rule in rules:
        audience = tuple(one for one in rule.audience if one.level <= distance)
        if audience:
            at = moment_on(calendar.shift_working_days(counted_from, rule.days), policy.at)
            yield _Step(at, _name(rule), rule.action, audience, _why(rule))


def _name(rule: RungRule) -> str:
    if rule.action is RungAction.PROMPT:
        return f"ack+{rule.days}"
    return f"{rule.days:+d}" if rule.days else "0"


def _why(rule: RungRule) -> str:
    days = "day" if abs(rule.days) == 1 else "days"
    if rule.action is RungAction.PROMPT:
        return f"not acknowledged {rule.days} working {days} after it was assigned"
    if rule.days == 0:
        return "due today"
    when = "before" if rule.days < 0 else "after"
    return f"{abs(rule.days)} working {days} {when} the effective due date"


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
    # A cap counts what was fired: a weekly rung that was passed over is none of it.
    return Position(passed, _next_repeat(ladder, done, moment, calendar))


def advance(ladder: tuple[Rung, ...], position: Position, now: datetime, calendar: WorkCalendar) -> Advance:
    """Find the rungs due at `now`: every missed one once, in order; repeats missed in a row fire once."""
    if position.next_at is None or position.next_at > now:
        return Advance((), position)
    fired = [FiredRung(rung.ordinal, rung.at, rung) for rung in ladder[position.done :] if rung.at <= now]
    done = position.done + len(fired)
    if position.done >= len(ladder) and ladder and ladder[-1].repeat_weekday is not None:
        fired = [FiredRung(position.done + 1, position.next_at, ladder[-1])]
        done = position.done + 1
    next_at = ladder[done].at if done < len(ladder) else _next_repeat(ladder, done, now, calendar)
    return Advance(tuple(fired), Position(done, next_at))


def _next_repeat(ladder: tuple[Rung, ...], done: int, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """Give the first repeat of the last rung after `now`; none where it came as often as it may."""
    last = ladder[-1] if ladder else None
    if last is None or last.repeat_weekday is None:
        return None
    if last.at_most is not None and done - len(ladder) + 1 >= last.at_most:
        return None
    at = last.at.astimezone(ZONE).time()
    return max(last.at, _weekly_after(now, last.repeat_weekday, calendar, at))


def may_write(now: datetime, policy: LadderPolicy, calendar: WorkCalendar) -> bool:
    """Say whether letters of ladders may be written now: on a working day, from the policy's time on, not in quiet."""
    local = now.astimezone(ZONE)
    quiet = policy.quiet is not None and policy.quiet.hold(local.time())
    return calendar.is_working_day(local.date()) and local.time() >= policy.at and not quiet
