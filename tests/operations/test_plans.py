"""A plan is written once, shared when equal, and read back as the rule that made it said it."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from dondoc.calendar_file import default_calendar
from dondoc.operations.ledger import entry
from dondoc.operations.plans import load_ladder, store_plan
from dondoc.operations.rules import Rules
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.plans import plan
from policies.cascade import Due, GroupPlan, plan_group
from tests.factories import RULES, at
from tests.operations.sweeping import ladder_with

CALENDAR = default_calendar()
NOW = at("2025-02-14", "08:00")


def made(nominal: date, distance: int, issued_at: datetime = NOW, rules: Rules = RULES) -> GroupPlan:
    due = Due(nominal, CALENDAR.next_working_day(nominal), None)
    return plan_group(due, distance, rules.ladder.policy, rules.calendar, issued_at)


def stored(database: Database, one: GroupPlan, rules: Rules = RULES) -> int:
    with database.writing() as connection, entry(connection, at=NOW, actor="test", act="planned") as opened:
        return store_plan(connection, opened, one.plan, rules)


def test_a_ladder_is_read_back_as_it_was_planned(database: Database) -> None:
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.dates(date(2024, 1, 1), date(2026, 9, 1)), st.integers(0, 4))
    def law(nominal: date, distance: int) -> None:
        one = made(nominal, distance)
        plan_id = stored(database, one)
        with database.reading() as connection:
            assert load_ladder(connection, plan_id) == one.plan.rungs

    law()
    assert verify(database).ok


def test_how_often_a_weekly_rung_comes_is_read_back_from_the_policy_that_made_the_plan(database: Database) -> None:
    capped = ladder_with(until_done={"weekday": 1, "to": ["head"], "at_most": 3})
    one = made(date(2025, 2, 28), 1, rules=capped)
    plan_id = stored(database, one, capped)
    with database.reading() as connection:
        ladder = load_ladder(connection, plan_id)
    assert ladder == one.plan.rungs
    assert [rung.at_most for rung in ladder] == [None] * (len(ladder) - 1) + [3]


def test_equal_plans_are_one_whenever_and_for_whatever_they_were_made(database: Database) -> None:
    first = stored(database, made(date(2025, 2, 28), 1))
    assert stored(database, made(date(2025, 2, 28), 1, NOW + timedelta(days=30))) == first
    others = {stored(database, made(date(2025, 2, 28), 2)), stored(database, made(date(2025, 3, 31), 1))}
    assert len(others | {first}) == 3
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(plan)).scalar_one() == 3


def test_a_standing_duty_has_a_plan_without_rungs(database: Database) -> None:
    plan_id = stored(database, plan_group(Due(None, None, None), 1, RULES.ladder.policy, RULES.calendar, NOW))
    with database.reading() as connection:
        assert load_ladder(connection, plan_id) == ()
