"""The laws of the ladder: where its rungs lie, and that however sweeps come, each fires once and in order."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from dondoc.operations.ladder_file import default_ladder
from models.vocabulary import OfficerRole, RungAction
from policies.escalation import Position, Rung, advance, may_write, plan_ladder, start
from policies.ladder_policy import Audience, LadderPolicy, QuietHours, RungRule, StormRule
from policies.workdays import ZONE
from tests.factories import RULES

CALENDAR = default_calendar()
POLICY = RULES.ladder.policy
"""Due dates alone: what is asked for an acknowledgement has laws of its own."""
SHIPPED = default_ladder().policy
ALL_LEVELS = 6
ONE_WEEK = 7

ASSIGNED = date(2025, 2, 14)
EFFECTIVE_DAYS = st.dates(date(2024, 3, 1), date(2026, 9, 1)).map(CALENDAR.next_working_day)
DISTANCES = st.integers(0, ALL_LEVELS)
AUDIENCES = st.lists(
    st.builds(Audience, st.integers(0, ALL_LEVELS), st.sampled_from(OfficerRole)), min_size=1, max_size=3, unique=True
).map(tuple)
POLICIES = st.builds(
    LadderPolicy,
    name=st.just("an office's own"),
    version=st.just(1),
    at=st.just(time(7, 30)),
    rungs=st.lists(
        st.builds(RungRule, st.integers(-30, 80), st.sampled_from([RungAction.REMIND, RungAction.ESCALATE]), AUDIENCES),
        max_size=6,
        unique_by=lambda rule: rule.days,
    ).map(tuple),
    above_every_days=st.integers(1, 20),
    above_roles=st.just((OfficerRole.HEAD,)),
    until_done_weekday=st.integers(1, 7),
    until_done_roles=st.just((OfficerRole.FOCAL,)),
    due_soon_days=st.just(3),
    acknowledge=st.lists(
        st.builds(RungRule, st.integers(1, 30), st.just(RungAction.PROMPT), AUDIENCES),
        max_size=3,
        unique_by=lambda rule: rule.days,
    ).map(tuple),
    grace=st.dictionaries(st.integers(2, ALL_LEVELS), st.integers(1, 20)).map(lambda days: tuple(days.items())),
    repeat_at_most=st.none() | st.integers(1, 5),
)


def moment(day: str, clock: str = "07:30") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


def says(rung: Rung) -> tuple[str, str, list[str]]:
    return rung.name, f"{rung.at:%Y-%m-%d}", [f"{one.level} {one.role}" for one in rung.audience]


def test_the_default_ladder_of_a_grassroots_unit_climbs_to_the_issuer_day_by_day() -> None:
    """Due 28 February 2025, two levels below the issuer; nothing but weekends lies between."""
    ladder = plan_ladder(POLICY, date(2025, 2, 28), 2, CALENDAR, ASSIGNED)
    assert [says(rung) for rung in ladder] == [
        ("-7", "2025-02-19", ["0 focal"]),
        ("-3", "2025-02-25", ["0 focal"]),
        ("0", "2025-02-28", ["0 focal"]),
        ("+1", "2025-03-03", ["0 focal", "0 head"]),
        ("+3", "2025-03-05", ["1 focal"]),
        ("+7", "2025-03-11", ["1 head"]),
        ("+12", "2025-03-18", ["2 head"]),
        ("weekly", "2025-03-24", ["2 focal", "2 head"]),
    ]


def test_the_lunar_new_year_moves_rungs_instead_of_burning_them() -> None:
    """Due on 24 January 2025, the last day worked before Tết; 3 February is the next."""
    days = {rung.name: f"{rung.at:%d/%m}" for rung in plan_ladder(POLICY, date(2025, 1, 24), 1, CALENDAR, ASSIGNED)}
    assert days == {
        "-7": "15/01",
        "-3": "21/01",
        "0": "24/01",
        "+1": "03/02",
        "+3": "05/02",
        "+7": "11/02",
        "weekly": "17/02",
    }


@given(POLICIES, EFFECTIVE_DAYS, DISTANCES)
def test_every_rung_lies_at_its_time_on_a_working_day_later_than_the_one_before(
    policy: LadderPolicy, effective: date, distance: int
) -> None:
    ladder = plan_ladder(policy, effective, distance, CALENDAR, ASSIGNED)
    moments = [rung.at for rung in ladder]
    assert moments == sorted(set(moments))
    assert all(CALENDAR.is_working_day(at.date()) and at.time() == policy.at for at in moments)
    assert [rung.ordinal for rung in ladder] == list(range(1, len(ladder) + 1))


@given(POLICIES, EFFECTIVE_DAYS, DISTANCES)
def test_nobody_above_the_issuer_hears_and_the_issuer_hears_until_it_is_done(
    policy: LadderPolicy, effective: date, distance: int
) -> None:
    ladder = plan_ladder(policy, effective, distance, CALENDAR, ASSIGNED)
    assert all(rung.audience and one.level <= distance for rung in ladder for one in rung.audience)
    assert [rung.repeat_weekday for rung in ladder[:-1]] == [None] * (len(ladder) - 1)
    assert ladder[-1].repeat_weekday == policy.until_done_weekday
    assert {one.level for one in ladder[-1].audience} == {distance}


@given(EFFECTIVE_DAYS, DISTANCES)
def test_by_default_no_level_hears_before_the_one_below_it(effective: date, distance: int) -> None:
    ladder = plan_ladder(POLICY, effective, distance, CALENDAR, ASSIGNED)
    first_heard = {level: next((rung.at for rung in ladder if Audience(level, OfficerRole.HEAD) in rung.audience), None)
                   for level in range(distance + 1)}  # fmt: skip
    heard = [at for at in first_heard.values() if at is not None]
    assert len(heard) == distance + 1
    assert heard == sorted(set(heard))


SWEEPS = st.lists(
    # Seconds between sweeps: several a minute, the scheduled ten minutes, a night, and ten days of downtime.
    st.sampled_from([0, 7, 20, 60, 600, 43_200, 86_400, 10 * 86_400, 40 * 86_400]),
    min_size=1,
    max_size=60,
)


@given(POLICIES, EFFECTIVE_DAYS, DISTANCES, SWEEPS)
def test_however_sweeps_come_each_rung_fires_once_in_order_and_none_is_lost(
    policy: LadderPolicy, effective: date, distance: int, gaps: list[int]
) -> None:
    ladder = plan_ladder(policy, effective, distance, CALENDAR, ASSIGNED)
    now = ladder[0].at - timedelta(days=3)
    position = start(ladder, now, CALENDAR)
    ordinals: list[int] = []
    repeats: list[datetime] = []
    for gap in gaps:
        now += timedelta(seconds=gap)
        step = advance(ladder, position, now, CALENDAR)
        assert all(one.planned_at <= now for one in step.fired)
        ordinals += [one.ordinal for one in step.fired]
        repeats += [one.planned_at for one in step.fired if one.rung.repeat_weekday]
        position = step.position
        assert advance(ladder, position, now, CALENDAR).fired == (), "a second sweep of the same moment finds nothing"
        assert sorted(ordinals) == ordinals == list(range(1, len(ordinals) + 1))
        once = {rung.ordinal for rung in ladder[:-1] if rung.at <= now}
        assert once <= set(ordinals), "as many as sweeping each minute would have fired"
        assert position.next_at is None or position.next_at > now
    assert repeats == sorted(set(repeats))
    assert policy.repeat_at_most is None or len(repeats) <= policy.repeat_at_most
    assert (position.next_at is None) == (len(repeats) == policy.repeat_at_most)


@given(EFFECTIVE_DAYS, DISTANCES, st.integers(1, 200))
def test_repeats_come_once_a_week_on_working_days_and_missed_ones_come_as_one(
    effective: date, distance: int, days_down: int
) -> None:
    ladder = plan_ladder(POLICY, effective, distance, CALENDAR, ASSIGNED)
    weekly = ladder[-1]
    awake = Position(len(ladder) - 1, weekly.at)
    moments = []
    for hour in range(24 * 70):
        step = advance(ladder, awake, weekly.at + timedelta(hours=hour), CALENDAR)
        moments += [one.planned_at for one in step.fired]
        awake = step.position
    assert all(CALENDAR.is_working_day(at.date()) and at.time() == POLICY.at for at in moments)
    assert all(later - earlier <= timedelta(days=ONE_WEEK + 9) for earlier, later in pairwise(moments))
    assert moments[0] == weekly.at
    assert len({at.isocalendar()[:2] for at in moments}) == len(moments)
    late = advance(ladder, Position(len(ladder), moments[1]), moments[1] + timedelta(days=days_down), CALENDAR)
    assert len(late.fired) == 1
    assert late.position.next_at is not None
    assert late.position.next_at > moments[1] + timedelta(days=days_down)


@given(POLICIES, EFFECTIVE_DAYS, DISTANCES, st.integers(-60, 300))
def test_a_ladder_that_begins_late_passes_over_what_lies_behind_and_fires_all_that_lies_ahead(
    policy: LadderPolicy, effective: date, distance: int, days: int
) -> None:
    ladder = plan_ladder(policy, effective, distance, CALENDAR, ASSIGNED)
    begun = datetime.combine(effective + timedelta(days=days), time(9), ZONE)
    position = start(ladder, begun, CALENDAR)
    assert position.next_at is not None
    assert position.next_at > begun
    fired = advance(ladder, position, begun + timedelta(days=3_650), CALENDAR).fired
    expected = [rung.ordinal for rung in ladder if rung.at > begun]
    assert [one.ordinal for one in fired] == (expected or [len(ladder) + 1])


@given(st.lists(st.tuples(EFFECTIVE_DAYS, DISTANCES), min_size=2, max_size=5), st.integers(0, 400))
def test_all_ladders_of_an_office_repeat_on_the_same_days(terms: list[tuple[date, int]], days: int) -> None:
    ladders = [plan_ladder(POLICY, effective, distance, CALENDAR, ASSIGNED) for effective, distance in terms]
    now = max(ladder[-1].at for ladder in ladders) + timedelta(days=days)
    assert len({start(ladder, now, CALENDAR).next_at for ladder in ladders}) == 1


def test_where_the_first_days_of_a_week_are_off_the_next_day_worked_stands_in_and_the_week_after_is_as_before() -> None:
    """Monday 1 and Tuesday 2 September 2025 are off; so are all days of the week from Monday 27 January 2025."""
    ladder = plan_ladder(POLICY, date(2025, 7, 31), 0, CALENDAR, ASSIGNED)
    days, now = [], moment("2025-08-24")
    for _week in range(3):
        now = start(ladder, now, CALENDAR).next_at or now
        days.append(f"{now:%d/%m}")
    assert days == ["25/08", "03/09", "08/09"]
    over_tet = start(plan_ladder(POLICY, date(2024, 12, 20), 0, CALENDAR, ASSIGNED), moment("2025-01-21"), CALENDAR)
    assert over_tet.next_at == moment("2025-02-03"), "two weeks come as one"


def test_who_has_not_acknowledged_is_asked_twice_and_then_the_parent_unless_a_rung_of_the_date_falls_that_day() -> None:
    """Assigned on Friday 14 February 2025, due on the 21st: the fifth working day is the due date itself."""
    soon = plan_ladder(SHIPPED, date(2025, 2, 21), 1, CALENDAR, ASSIGNED)
    assert [says(rung) for rung in soon][:5] == [
        ("-7", "2025-02-12", ["0 focal"]),
        ("-3", "2025-02-18", ["0 focal"]),
        ("ack+3", "2025-02-19", ["0 focal", "0 head"]),
        ("0", "2025-02-21", ["0 focal"]),
        ("+1", "2025-02-24", ["0 focal", "0 head"]),
    ]
    standing = plan_ladder(SHIPPED, None, 1, CALENDAR, ASSIGNED)
    assert [says(rung) for rung in standing] == [
        ("ack+3", "2025-02-19", ["0 focal", "0 head"]),
        ("ack+5", "2025-02-21", ["1 focal"]),
    ]
    done = advance(standing, start(standing, moment("2025-02-14"), CALENDAR), moment("2025-03-14"), CALENDAR)
    assert (len(done.fired), done.position) == (2, Position(2, None)), "a standing duty is never overdue"


@given(POLICIES, EFFECTIVE_DAYS, DISTANCES)
def test_each_level_above_the_parent_hears_its_grace_after_the_one_below_it(
    policy: LadderPolicy, effective: date, distance: int
) -> None:
    ladder = plan_ladder(policy, effective, distance, CALENDAR, ASSIGNED)
    offsets = [rule.days for rule in policy.rungs]
    days = max(offsets, default=0)
    for level in range(2, distance + 1):
        days += policy.grace_of(level)
        heard = [rung for rung in ladder if rung.name == (f"{days:+d}" if days else "0")]
        assert [one.level for rung in heard for one in rung.audience] == [level] or days in offsets


@given(st.integers(1, 6), EFFECTIVE_DAYS)
def test_a_capped_ladder_ends_and_one_that_begins_after_its_end_is_still_heard_once(cap: int, effective: date) -> None:
    ladder = plan_ladder(replace(POLICY, repeat_at_most=cap), effective, 1, CALENDAR, ASSIGNED)
    position, fired = start(ladder, ladder[0].at - timedelta(days=1), CALENDAR), 0
    for week in range(cap + 12):
        step = advance(ladder, position, ladder[-1].at + timedelta(weeks=week, days=3), CALENDAR)
        fired += sum(one.rung.repeat_weekday is not None for one in step.fired)
        position = step.position
    assert (fired, position.next_at) == (cap, None)
    assert start(ladder, ladder[-1].at + timedelta(days=90), CALENDAR).next_at is not None


def test_quiet_hours_may_run_over_midnight() -> None:
    night, noon = QuietHours(time(18), time(7, 30)), QuietHours(time(11, 30), time(13))
    assert [night.hold(time(hour)) for hour in (17, 18, 23, 0, 7, 8)] == [False, True, True, True, True, False]
    assert [noon.hold(at) for at in (time(11, 29), time(11, 30), time(12, 59), time(13))] == [False, True, True, False]


@pytest.mark.parametrize(
    ("overdue", "total", "storm"),
    [
        (30, 90, True),
        (29, 29, False),  # too few to be one
        (30, 91, False),  # too small a share: 0.3297
        (300, 909, True),
    ],
)
def test_a_storm_is_a_share_of_what_is_told_of_and_a_number(overdue: int, total: int, storm: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert StormRule(0.33, 30).is_storm(overdue, total) is storm


def test_going_on_after_a_pause_never_goes_back() -> None:
    ladder = plan_ladder(POLICY, date(2025, 2, 28), 1, CALENDAR, ASSIGNED)
    assert start(ladder, moment("2025-02-20"), CALENDAR, done=3) == Position(3, ladder[3].at)
    assert start(ladder, moment("2025-03-06"), CALENDAR, done=2) == Position(5, ladder[5].at)


def test_a_standing_duty_has_nothing_to_fire() -> None:
    assert start((), moment("2025-02-20"), CALENDAR) == Position(0, None)
    assert advance((), Position(0, None), moment("2026-02-20"), CALENDAR).fired == ()


@pytest.mark.parametrize(
    ("now", "written"),
    [
        ("2025-02-19T07:29:59", False),
        ("2025-02-19T07:30:00", True),
        ("2025-02-19T17:59:59", True),
        ("2025-02-19T18:00:00", False),  # quiet hours, until 07:30
        ("2025-02-19T23:59:59", False),
        ("2025-02-22T09:00:00", False),  # a Saturday
        ("2025-01-29T09:00:00", False),  # Tết
        ("2026-08-22T09:00:00", True),  # a working Saturday
        ("2026-08-31T09:00:00", False),  # its day off in lieu, a Monday
    ],
)
def test_letters_of_a_ladder_are_written_in_working_time_only(now: str, written: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert may_write(datetime.fromisoformat(now).replace(tzinfo=ZONE), SHIPPED, CALENDAR) is written
