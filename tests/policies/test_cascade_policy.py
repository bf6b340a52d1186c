"""Whom a selector reaches, and what plan a group of assignments is given."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from models.paths import child_path
from models.vocabulary import UnitKind
from policies.cascade import Due, UnitFacts, is_reached, plan_group, reach_of_unit, reaches_below
from policies.workdays import ZONE, due_at
from tests.factories import RULES

CALENDAR = default_calendar()
POLICY = RULES.ladder.policy

ROOT = child_path("", 1)
DISTRICT = child_path(ROOT, 2)
ISSUER = UnitFacts(1, "P", UnitKind.PROVINCIAL, ROOT)
DISTRICT_UNIT = UnitFacts(2, "D", UnitKind.DISTRICT, DISTRICT)
GRASSROOTS = UnitFacts(3, "G", UnitKind.GRASSROOTS, child_path(DISTRICT, 3))
DIRECT_GRASSROOTS = UnitFacts(4, "H", UnitKind.GRASSROOTS, child_path(ROOT, 4))
# Its path begins with other digits of the same length: no prefix may let it in.
ELSEWHERE = UnitFacts(20, "E", UnitKind.DISTRICT, child_path(child_path("", 10), 20))
EVERYBODY = (ISSUER, DISTRICT_UNIT, GRASSROOTS, DIRECT_GRASSROOTS, ELSEWHERE)


@pytest.mark.parametrize(
    ("top", "kinds", "levels", "expected"),
    [
        (ISSUER, ["district"], None, "D"),
        (ISSUER, ["grassroots"], None, "GH"),
        (ISSUER, ["grassroots"], 1, "H"),  # directly below only
        (ISSUER, ["district", "grassroots"], 2, "DGH"),
        (DISTRICT_UNIT, ["district", "grassroots"], None, "G"),  # the unit itself is not below itself
        (GRASSROOTS, ["grassroots"], None, ""),
    ],
)
def test_a_selector_reaches_the_kinds_below_a_unit(
    top: UnitFacts, kinds: list[str], levels: int | None, expected: str
) -> None:
    reaches = reaches_below(top, [UnitKind(kind) for kind in kinds], levels)
    assert "".join(unit.code for unit in EVERYBODY if any(is_reached(unit, reach) for reach in reaches)) == expected


def test_a_unit_named_by_itself_is_reached_and_nothing_below_it() -> None:
    reach = reach_of_unit(DISTRICT_UNIT)
    assert [unit.code for unit in EVERYBODY if is_reached(unit, reach)] == ["D"]


def test_a_kind_said_twice_is_one_addressee() -> None:
    assert len(reaches_below(ISSUER, [UnitKind.DISTRICT, UnitKind.DISTRICT], None)) == 1


@given(st.dates(date(2022, 3, 1), date(2026, 9, 1)), st.integers(0, 5), st.integers(-400, 400))
def test_a_plan_is_due_at_the_end_of_its_effective_day_and_starts_after_the_issue(
    nominal: date, distance: int, issued: int
) -> None:
    effective = CALENDAR.next_working_day(nominal)
    issued_at = datetime.combine(nominal + timedelta(days=issued), datetime.min.time(), ZONE)
    made = plan_group(Due(nominal, effective, None), distance, POLICY, CALENDAR, issued_at)
    assert made.plan.due_at == due_at(effective) > datetime.combine(nominal, datetime.max.time(), ZONE)
    assert made.first.next_at is not None
    assert made.first.next_at > issued_at
    assert made.first.done == sum(rung.at <= issued_at for rung in made.plan.rungs)


def test_a_standing_duty_is_never_due_and_urges_nobody() -> None:
    made = plan_group(Due(None, None, None), 2, POLICY, CALENDAR, datetime(2025, 2, 14, 8, tzinfo=ZONE))
    assert (made.plan.due_at, made.plan.rungs, made.first.next_at) == (None, (), None)
