"""A deadline with an hour ends at that hour; several deadlines in one phrase are periods of one obligation."""

from datetime import date

import pytest
from sqlalchemy import select

from dondoc.errors import NeedsAnswer
from dondoc.operations.acts import act_on
from dondoc.operations.cascade import cascade_all
from dondoc.operations.rules import default_rules
from dondoc.operations.status import Counts, status
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.plans import plan
from models.tables.units import unit_version
from models.vocabulary import Act, UnitKind
from tests.factories import (
    DISTRICTS,
    PROVINCE,
    Issued,
    a_directive_issued,
    a_province,
    a_unit,
    an_obligation,
    at,
    focal,
)

RULES = default_rules()
UNIT = DISTRICTS[0]


@pytest.fixture
def province(database: Database) -> Database:
    a_province(database)
    return database


def issued_with(database: Database, due: str, issued_on: str = "2026-01-05") -> Issued:
    return a_directive_issued(
        database, an_obligation(due=due, addressees={"units": [UNIT]}), issued_on=date.fromisoformat(issued_on)
    )


def counts(database: Database, day: str, clock: str) -> Counts:
    return status(database, now=at(day, clock), due_soon_days=3, number="121/KH-LĐLĐ").counts


@pytest.mark.parametrize(
    ("clock", "overdue"),
    [("16:59:59", 0), ("17:00:00", 1), ("23:59:59", 1)],
)
def test_what_is_due_before_an_hour_is_overdue_at_that_hour(province: Database, clock: str, overdue: int) -> None:
    issued_with(province, "trước 17 giờ ngày 15/6")  # 15 June 2026 is a Monday
    found = counts(province, "2026-06-15", clock)
    assert (found.open_overdue, found.open_in_term) == (overdue, 1 - overdue)


@pytest.mark.parametrize(("clock", "late"), [("16:59:59", False), ("17:00:00", True)])
def test_a_report_handed_in_at_the_hour_is_late(
    province: Database,
    clock: str,
    late: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    report = issued_with(province, "trước 17 giờ ngày 15/6").assignments["report", UNIT]
    assert act_on(province, report, Act.SUBMIT, by=focal(UNIT), now=at("2026-06-15", clock), rules=RULES).late is late


def test_an_hour_of_a_day_off_ends_with_the_next_working_day(province: Database) -> None:
    issued_with(province, "trước 17 giờ ngày 14/6")  # a Sunday: Civil Code, Art. 148.5 and 148.6
    assert counts(province, "2026-06-15", "23:59").open_in_term == 1
    assert counts(province, "2026-06-16", "00:00").open_overdue == 1


def test_the_hour_of_each_period_is_kept(province: Database) -> None:
    quarterly = an_obligation(
        due=None, every="quarter", send_by="17 giờ ngày 20 tháng cuối kỳ", addressees={"units": [UNIT]}
    )
    a_directive_issued(province, quarterly, issued_on=date(2026, 1, 5))
    assert counts(province, "2026-03-20", "16:59").open_overdue == 0
    assert counts(province, "2026-03-20", "17:00").open_overdue == 1
    # 20 June 2026 is a Saturday: the second quarter ends with Monday.
    assert counts(province, "2026-06-22", "23:00").open_overdue == 1


def test_units_found_later_are_given_the_same_hour(province: Database) -> None:
    wide = an_obligation(due="trước 17 giờ ngày 15/6", addressees={"below": PROVINCE, "kinds": ["district", "zone"]})
    issued = a_directive_issued(province, wide, issued_on=date(2026, 1, 5))
    with province.writing() as connection:
        path = connection.execute(select(unit_version.c.path).where(unit_version.c.name == UNIT)).scalar_one()
        a_unit(connection, "ZONE-1", UnitKind.ZONE, path)
    added = list(cascade_all(province, f"{issued.number}@{PROVINCE}", at("2026-01-12"), rules=RULES))
    assert sum(one.assigned for one in added) == 1
    with province.reading() as connection:
        ends = connection.execute(select(plan.c.levels, plan.c.due_at).order_by(plan.c.levels)).all()
    assert [tuple(row) for row in ends] == [(1, at("2026-06-15", "17:00")), (2, at("2026-06-15", "17:00"))]


def test_several_deadlines_in_one_phrase_are_periods_of_one_obligation(province: Database) -> None:
    issued = issued_with(province, "6 tháng (trước 15/6), năm (trước 15/11)")
    half, year = issued.assignments["report", "2026-H1", UNIT], issued.assignments["report", "2026", UNIT]
    act_on(province, half, Act.SUBMIT, by=focal(UNIT), now=at("2026-06-12"), rules=RULES)
    picture = status(province, now=at("2026-11-17"), due_soon_days=3, number="121/KH-LĐLĐ")
    assert [(one.period, str(one.nominal_due), str(one.effective_due)) for one in picture.obligations] == [
        ("2026-H1", "2026-06-15", "2026-06-15"),
        ("2026", "2026-11-15", "2026-11-16"),  # a Sunday
    ]
    assert half != year
    assert picture.counts.open_overdue == 1
    assert verify(province).ok


def test_of_a_list_only_what_is_still_to_come_is_asked_for(province: Database) -> None:
    issued = issued_with(province, "6 tháng (trước 15/6), năm (trước 15/11)", "2026-07-01")
    assert set(issued.assignments) == {("report", UNIT), ("report", "2026", UNIT)}  # one assignment
    picture = status(province, now=at("2026-07-02"), due_soon_days=3, number="121/KH-LĐLĐ")
    assert [one.period for one in picture.obligations] == ["2026"]


def test_one_hour_beside_several_dates_is_asked(province: Database) -> None:
    with pytest.raises(NeedsAnswer, match="one hour and several dates"):
        issued_with(province, "trước 17 giờ ngày 15/6; báo cáo năm trước 15/11")
