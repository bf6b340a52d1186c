"""Planning anew: what moves and why; what was heard is not heard again, and nothing that was to come is lost."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from dondoc.operations.ladder_file import default_ladder
from models.vocabulary import DayKind, DayStatus
from policies.cascade import Due
from policies.escalation import advance, plan_ladder, start
from policies.ladder_policy import LadderPolicy
from policies.reprojection import EFFECTIVE, Projection, go_on, is_same, moves
from policies.workdays import ZONE, CalendarDay, WorkCalendar, effective_date
from tests.factories import RULES

CALENDAR = default_calendar()
DUE_DATES, WITH_PROMPTS = RULES.ladder.policy, default_ladder().policy
ASSIGNED = date(2025, 2, 14)
NOMINAL_DAYS = st.dates(date(2025, 2, 17), date(2025, 12, 1))
DISTANCES = st.integers(0, 4)
FOREVER = datetime(2027, 1, 1, tzinfo=ZONE)


def with_days_off(days: frozenset[date]) -> WorkCalendar:
    added = [CalendarDay(day, DayKind.HOLIDAY, "Nghỉ", "x", DayStatus.ISSUED) for day in days]
    kept = [day for day in CALENDAR.days if day.date not in days]
    return WorkCalendar((*kept, *added), CALENDAR.decided_years)


def projected(nominal: date, distance: int, calendar: WorkCalendar, policy: LadderPolicy = DUE_DATES) -> Projection:
    moved = effective_date(nominal, calendar)
    rungs = plan_ladder(policy, moved.effective, distance, calendar, ASSIGNED)
    due = Due(moved.nominal, moved.effective, moved.moved_by)
    return Projection(due, rungs, f"{policy.name} {policy.version}")


@given(NOMINAL_DAYS, DISTANCES, st.sampled_from([DUE_DATES, WITH_PROMPTS]))
def test_by_the_same_calendar_and_ladder_nothing_moves(nominal: date, distance: int, policy: LadderPolicy) -> None:
    one, again = (projected(nominal, distance, CALENDAR, policy) for _time in range(2))
    assert is_same(one, again)
    assert moves(one, again, again, (0, 0), CALENDAR) == ()


@given(NOMINAL_DAYS, DISTANCES, st.integers(-20, 60), st.frozensets(st.integers(-25, 45), max_size=6))
def test_a_changed_calendar_loses_no_rung_and_repeats_none(
    nominal: date, distance: int, days: int, days_off: frozenset[int]
) -> None:
    """Unless the due date itself moves: then the ladder begins anew, past what lies behind."""
    changed = with_days_off(frozenset(nominal + timedelta(days=one) for one in days_off))
    old, new = projected(nominal, distance, CALENDAR), projected(nominal, distance, changed)
    now = datetime.combine(nominal + timedelta(days=days), time(9), ZONE)
    begun = start(old.rungs, datetime.combine(ASSIGNED, time(8), ZONE), CALENDAR)
    step = advance(old.rungs, begun, now, CALENDAR)
    position = go_on(old, new, step.position, now, changed)
    later = [one.rung.name for one in advance(new.rungs, position, FOREVER, changed).fired]
    once = [name for name in later if name != "weekly"]
    if old.due.effective == new.due.effective:
        passed_over = [rung.name for rung in old.rungs[: begun.done]]
        heard = [one.rung.name for one in step.fired if one.rung.name != "weekly"]
        assert passed_over + heard + once == [rung.name for rung in new.rungs if rung.name != "weekly"]
    else:
        assert once == [rung.name for rung in new.rungs[:-1] if rung.at > now]
    assert "weekly" in later


def test_each_move_says_which_day_or_which_ladder_does_it() -> None:
    """28 February 2025 becomes a day off; then the ladder's second version reminds a day before instead of three."""
    calendar = with_days_off(frozenset({date(2025, 2, 28)}))
    rungs = tuple(replace(rule, days=-1) if rule.days == -3 else rule for rule in DUE_DATES.rungs)
    second = replace(DUE_DATES, version=2, rungs=rungs)
    old = projected(date(2025, 2, 28), 0, CALENDAR)
    between = projected(date(2025, 2, 28), 0, calendar)
    new = projected(date(2025, 2, 28), 0, calendar, second)
    said = {move.name: (move.old, move.new, move.cause) for move in moves(old, between, new, (1, 1), calendar)}
    day_off = "calendar: Nghỉ 28/02/2025"
    assert said[EFFECTIVE] == (date(2025, 2, 28), date(2025, 3, 3), day_off)
    assert said["0"] == (date(2025, 2, 28), date(2025, 3, 3), day_off)
    assert said["-3"] == (date(2025, 2, 25), None, "ladder default 1 -> default 2")
    assert said["-1"] == (None, date(2025, 2, 27), "ladder default 1 -> default 2")
    assert "-7" not in said, "it lies behind"


def test_a_day_off_that_is_worked_after_all_is_a_cause_too() -> None:
    calendar = with_days_off(frozenset({date(2025, 2, 28)}))
    old, new = projected(date(2025, 2, 28), 0, calendar), projected(date(2025, 2, 28), 0, CALENDAR)
    causes = {move.cause for move in moves(old, new, new, (0, 0), CALENDAR)}
    assert causes == {"calendar: a day off is worked now"}
