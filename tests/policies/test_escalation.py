"""The laws of the ladder: where its rungs lie, and that however sweeps come, each fires once and in order."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from dondoc.errors import InvalidInput
from dondoc.operations.rules import default_rules, ladder_from
from models.vocabulary import OfficerRole, RungAction
from policies.escalation import (
    Audience,
    LadderPolicy,
    Position,
    Rung,
    RungRule,
    advance,
    may_write,
    plan_ladder,
    start,
)
from policies.workdays import ZONE

CALENDAR = default_calendar()
POLICY = default_rules().ladder
ALL_LEVELS = 6
ONE_WEEK = 7

EFFECTIVE_DAYS = st.dates(date(2022, 3, 1), date(2026, 9, 1)).map(CALENDAR.next_working_day)
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
        st.builds(RungRule, st.integers(-30, 80), st.sampled_from(RungAction), AUDIENCES),
        max_size=6,
        unique_by=lambda rule: rule.days,
    ).map(tuple),
    above_every_days=st.integers(1, 20),
    above_roles=st.just((OfficerRole.HEAD,)),
    until_done_weekday=st.integers(1, 7),
    until_done_roles=st.just((OfficerRole.FOCAL,)),
    due_soon_days=st.just(3),
)


def moment(day: str, clock: str = "07:30") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


def says(rung: Rung) -> tuple[str, str, list[str]]:
    return rung.name, f"{rung.at:%Y-%m-%d}", [f"{one.level} {one.role}" for one in rung.audience]


def test_the_default_ladder_of_a_grassroots_unit_climbs_to_the_issuer_day_by_day() -> None:
    """Due 28 February 2025, two levels below the issuer; nothing but weekends lies between."""
    ladder = plan_ladder(POLICY, date(2025, 2, 28), 2, CALENDAR)
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
    days = {rung.name: f"{rung.at:%d/%m}" for rung in plan_ladder(POLICY, date(2025, 1, 24), 1, CALENDAR)}
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
    ladder = plan_ladder(policy, effective, distance, CALENDAR)
    moments = [rung.at for rung in ladder]
    assert moments == sorted(set(moments))
    assert all(CALENDAR.is_working_day(at.date()) and at.time() == policy.at for at in moments)
    assert [rung.ordinal for rung in ladder] == list(range(1, len(ladder) + 1))


@given(POLICIES, EFFECTIVE_DAYS, DISTANCES)
def test_nobody_above_the_issuer_hears_and_the_issuer_hears_until_it_is_done(
    policy: LadderPolicy, effective: date, distance: int
) -> None:
    ladder = plan_ladder(policy, effective, distance, CALENDAR)
    assert all(rung.audience and one.level <= distance for rung in ladder for one in rung.audience)
    assert [rung.repeat_weekday for rung in ladder[:-1]] == [None] * (len(ladder) - 1)
    assert ladder[-1].repeat_weekday == policy.until_done_weekday
    assert {one.level for one in ladder[-1].audience} == {distance}


@given(EFFECTIVE_DAYS, DISTANCES)
def test_by_default_no_level_hears_before_the_one_below_it(effective: date, distance: int) -> None:
    ladder = plan_ladder(POLICY, effective, distance, CALENDAR)
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
    ladder = plan_ladder(policy, effective, distance, CALENDAR)
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
        assert position.next_at is not None
        assert position.next_at > now
    assert repeats == sorted(set(repeats))


@given(EFFECTIVE_DAYS, DISTANCES, st.integers(1, 200))
def test_repeats_come_once_a_week_on_working_days_and_missed_ones_come_as_one(
    effective: date, distance: int, days_down: int
) -> None:
    ladder = plan_ladder(POLICY, effective, distance, CALENDAR)
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
    ladder = plan_ladder(policy, effective, distance, CALENDAR)
    begun = datetime.combine(effective + timedelta(days=days), time(9), ZONE)
    position = start(ladder, begun, CALENDAR)
    assert position.next_at is not None
    assert position.next_at > begun
    fired = advance(ladder, position, begun + timedelta(days=3_650), CALENDAR).fired
    expected = [rung.ordinal for rung in ladder if rung.at > begun]
    assert [one.ordinal for one in fired] == (expected or [len(ladder) + 1])


@given(st.lists(st.tuples(EFFECTIVE_DAYS, DISTANCES), min_size=2, max_size=5), st.integers(0, 400))
def test_all_ladders_of_an_office_repeat_on_the_same_days(terms: list[tuple[date, int]], days: int) -> None:
    ladders = [plan_ladder(POLICY, effective, distance, CALENDAR) for effective, distance in terms]
    now = max(ladder[-1].at for ladder in ladders) + timedelta(days=days)
    assert len({start(ladder, now, CALENDAR).next_at for ladder in ladders}) == 1


def test_where_the_first_days_of_a_week_are_off_the_next_day_worked_stands_in_and_the_week_after_is_as_before() -> None:
    """Monday 1 and Tuesday 2 September 2025 are off; so are all days of the week from Monday 27 January 2025."""
    ladder = plan_ladder(POLICY, date(2025, 7, 31), 0, CALENDAR)
    days, now = [], moment("2025-08-24")
    for _week in range(3):
        now = start(ladder, now, CALENDAR).next_at or now
        days.append(f"{now:%d/%m}")
    assert days == ["25/08", "03/09", "08/09"]
    over_tet = start(plan_ladder(POLICY, date(2024, 12, 20), 0, CALENDAR), moment("2025-01-21"), CALENDAR)
    assert over_tet.next_at == moment("2025-02-03"), "two weeks come as one"


def test_going_on_after_a_pause_never_goes_back() -> None:
    ladder = plan_ladder(POLICY, date(2025, 2, 28), 1, CALENDAR)
    assert start(ladder, moment("2025-02-20"), CALENDAR, done=3) == Position(3, ladder[3].at)
    assert start(ladder, moment("2025-03-06"), CALENDAR, done=2) == Position(5, ladder[5].at)


def test_a_standing_duty_has_nothing_to_fire() -> None:
    assert start((), moment("2025-02-20"), CALENDAR) == Position(0, None)
    assert advance((), Position(0, None), moment("2026-02-20"), CALENDAR).fired == ()


@pytest.mark.parametrize("weekday", [0, 8, -1, "Monday", None])
def test_a_ladder_file_names_the_day_of_its_weekly_letters_by_a_number_from_1_to_7(weekday: object) -> None:
    content = default_rules().ladder_content
    with pytest.raises(InvalidInput, match="wrong value"):
        ladder_from(content | {"until_done": {"weekday": weekday, "to": ["head"]}}, "ladder.yaml")
    with pytest.raises(InvalidInput, match="lacks 'weekday'"):
        ladder_from(content | {"until_done": {"every_days": 7, "to": ["head"]}}, "ladder.yaml")


@pytest.mark.parametrize(
    ("now", "written"),
    [
        ("2025-02-19T07:29:59", False),
        ("2025-02-19T07:30:00", True),
        ("2025-02-19T23:59:59", True),
        ("2025-02-22T09:00:00", False),  # a Saturday
        ("2025-01-29T09:00:00", False),  # Tết
        ("2026-08-22T09:00:00", True),  # a working Saturday
        ("2026-08-31T09:00:00", False),  # its day off in lieu, a Monday
    ],
)
def test_letters_of_a_ladder_are_written_in_working_time_only(now: str, written: bool) -> None:  # noqa: FBT001 (a column of the table)
    assert may_write(datetime.fromisoformat(now).replace(tzinfo=ZONE), POLICY.at, CALENDAR) is written
