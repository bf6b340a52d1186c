"""Dated stories of one assignment: sent back on the due date, extended, promised, suspended, bounded from above."""

from datetime import date, datetime

import pytest
from sqlalchemy import Row, select

from dondoc.errors import Refused
from dondoc.operations.sweep import sweep
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import assignment, rung
from models.tables.plans import plan
from models.vocabulary import Act, State, Status
from policies.status import status_of
from tests.factories import (
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
)
from tests.operations.acting import DISTRICT, OTHER, do


@pytest.fixture
def issued(database: Database) -> Issued:
    """Issue a report due on Friday 28 February 2025."""
    a_province(database)
    return a_directive_issued(database)


@pytest.fixture
def report(issued: Issued) -> int:
    return issued.assignments["report", DISTRICT]


def standing(database: Database, assignment_id: int) -> Row[tuple[object, ...]]:
    columns = (assignment.c[name] for name in ("state", "late", "rung", "next_action_at", "plan_id"))
    dates = (plan.c[name] for name in ("nominal_due", "effective_due", "moved_by", "due_at"))
    with database.reading() as connection:
        found = select(*columns, *dates).join(plan, plan.c.id == assignment.c.plan_id)
        return connection.execute(found.where(assignment.c.id == assignment_id)).one()


def status(database: Database, assignment_id: int, now: datetime) -> Status:
    row = standing(database, assignment_id)
    return status_of(State(row.state), row.due_at, late=row.late, now=now)


def rungs_fired(database: Database, assignment_id: int) -> list[tuple[str, str]]:
    with database.reading() as connection:
        fired = select(rung.c.name, rung.c.planned_at).where(rung.c.assignment_id == assignment_id).order_by(rung.c.id)
        return [(row.name, f"{row.planned_at:%m-%d}") for row in connection.execute(fired)]


def sweep_each_day(database: Database, first: date, last: date) -> None:
    for day in range(first.toordinal(), last.toordinal() + 1):
        sweep(database, at(date.fromordinal(day).isoformat(), "08:00"), rules=RULES)


def test_a_result_sent_back_on_the_due_date_is_not_done_and_accepted_later_is_done_late(
    database: Database, report: int
) -> None:
    do(database, report, Act.SUBMIT, "2025-02-27")
    assert status(database, report, at("2025-02-28")) is Status.OPEN_IN_TERM
    do(database, report, Act.RETURN, "2025-02-28", by=focal(OFFICE), why="table 2 is missing")
    assert status(database, report, at("2025-02-28", "23:59")) is Status.OPEN_IN_TERM
    assert status(database, report, at("2025-03-01", "00:00")) is Status.OPEN_OVERDUE
    do(database, report, Act.SUBMIT, "2025-03-03")
    assert status(database, report, at("2025-03-03")) is Status.OPEN_OVERDUE
    do(database, report, Act.CONFIRM, "2025-03-04", by=focal(OFFICE))
    assert status(database, report, at("2025-03-04")) is Status.DONE_LATE
    assert verify(database).ok


def test_a_result_in_time_is_done_on_time_however_late_the_office_confirms(database: Database, report: int) -> None:
    do(database, report, Act.SUBMIT, "2025-02-28")
    assert status(database, report, at("2025-04-01")) is Status.OPEN_IN_TERM
    do(database, report, Act.CONFIRM, "2025-04-01", by=focal(OFFICE))
    assert status(database, report, at("2025-04-02")) is Status.DONE_ON_TIME


def test_after_the_due_date_no_extension_but_a_commitment_and_it_stays_overdue(database: Database, report: int) -> None:
    with pytest.raises(Refused, match="commit"):
        do(database, report, Act.EXTEND, "2025-03-03", to=date(2025, 3, 20), why="the branch meets in March")
    before = standing(database, report)
    result = do(database, report, Act.COMMIT, "2025-03-03", to=date(2025, 3, 20), why="the branch meets in March")
    assert (result.nominal_due, result.state_after) == (date(2025, 2, 28), State.ASSIGNED)
    assert standing(database, report) == before  # nothing moves, the ladder neither
    assert status(database, report, at("2025-03-10")) is Status.OPEN_OVERDUE
    assert verify(database).ok


def test_an_extension_moves_nothing_until_it_is_granted_and_then_both_dates_and_the_ladder(
    database: Database, issued: Issued, report: int
) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 8), why="the branch meets in March")
    assert standing(database, report).nominal_due == date(2025, 2, 28)
    with pytest.raises(Refused, match="one at a time"):
        do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 9), why="a day more")
    granted = do(database, report, Act.GRANT, "2025-02-18", by=focal(OFFICE))
    # 8 March 2025 is a Saturday: lists print it, overdue counts from the Monday after it.
    assert (granted.nominal_due, granted.effective_due) == (date(2025, 3, 8), date(2025, 3, 10))
    assert standing(database, report).moved_by == "Thứ Bảy 08/03/2025"
    assert status(database, report, at("2025-03-10", "23:59")) is Status.OPEN_IN_TERM
    assert standing(database, report).next_action_at == at("2025-02-27", "07:30")  # 7 working days before 10 March
    assert standing(database, issued.assignments["report", OTHER]).nominal_due == date(2025, 2, 28)
    assert verify(database).ok


def test_equal_extensions_share_a_plan(database: Database, issued: Issued) -> None:
    for unit in (DISTRICT, OTHER):
        one = issued.assignments["report", unit]
        do(
            database,
            one,
            Act.EXTEND,
            "2025-02-17",
            by=focal(unit),
            to=date(2025, 3, 8),
            why="the branch meets in March",
        )
        do(database, one, Act.GRANT, "2025-02-18", by=focal(OFFICE))
    plans = {standing(database, issued.assignments["report", unit]).plan_id for unit in (DISTRICT, OTHER)}
    assert len(plans) == 1
    assert verify(database).ok


def test_a_refused_extension_leaves_the_date_and_may_be_asked_again(database: Database, report: int) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 8), why="the branch meets in March")
    refused = do(database, report, Act.REFUSE, "2025-02-18", by=focal(OFFICE), why="the province reports on 5 March")
    assert (refused.nominal_due, refused.letters) == (date(2025, 2, 28), 1)
    do(database, report, Act.EXTEND, "2025-02-19", to=date(2025, 3, 4), why="two days of training")
    assert do(database, report, Act.GRANT, "2025-02-20", by=focal(OFFICE)).nominal_due == date(2025, 3, 4)


def test_nobody_is_urged_while_a_result_waits_and_the_ladder_goes_on_when_it_is_sent_back(
    database: Database, report: int
) -> None:
    sweep_each_day(database, date(2025, 2, 17), date(2025, 2, 20))
    do(database, report, Act.SUBMIT, "2025-02-20")
    sweep_each_day(database, date(2025, 2, 21), date(2025, 3, 3))
    do(database, report, Act.RETURN, "2025-03-03", by=focal(OFFICE), why="table 2 is missing")
    sweep_each_day(database, date(2025, 3, 4), date(2025, 3, 11))
    # −3, 0 and +1 fell while the result waited: they are passed over, not fired in a burst.
    assert rungs_fired(database, report) == [("-7", "02-19"), ("+3", "03-05"), ("+7", "03-11")]
    assert verify(database).ok


def test_a_suspension_in_term_moves_the_due_date_by_the_days_that_the_clock_stood_still(
    database: Database, report: int
) -> None:
    sweep_each_day(database, date(2025, 2, 17), date(2025, 2, 20))
    do(database, report, Act.SUSPEND, "2025-02-20", by=focal(OFFICE), basis="77/CV-LĐLĐ")
    sweep_each_day(database, date(2025, 2, 21), date(2025, 3, 6))
    assert status(database, report, at("2025-03-06")) is Status.OPEN_IN_TERM
    resumed = do(database, report, Act.RESUME, "2025-03-06", by=focal(OFFICE))
    assert (resumed.state_after, resumed.nominal_due) == (State.ASSIGNED, date(2025, 3, 14))  # 14 days later
    sweep_each_day(database, date(2025, 3, 6), date(2025, 3, 14))
    assert rungs_fired(database, report) == [("-7", "02-19"), ("-3", "03-11"), ("0", "03-14")]
    assert verify(database).ok


def test_what_was_overdue_when_suspended_is_overdue_when_it_resumes(database: Database, report: int) -> None:
    do(database, report, Act.ACKNOWLEDGE, "2025-02-17")
    do(database, report, Act.SUSPEND, "2025-03-05", by=focal(OFFICE), basis="77/CV-LĐLĐ")
    assert status(database, report, at("2025-03-06")) is Status.OPEN_OVERDUE
    resumed = do(database, report, Act.RESUME, "2025-03-10", by=focal(OFFICE))
    assert (resumed.state_after, resumed.nominal_due) == (State.ACKNOWLEDGED, date(2025, 2, 28))
    assert status(database, report, at("2025-03-10")) is Status.OPEN_OVERDUE
    assert standing(database, report).next_action_at == at("2025-03-11", "07:30")  # +7; +1 and +3 are passed over
    assert verify(database).ok


def test_a_request_overtaken_by_a_suspension_can_only_be_refused(database: Database, report: int) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 4), why="two days of training")
    do(database, report, Act.SUSPEND, "2025-02-18", by=focal(OFFICE), basis="77/CV-LĐLĐ")
    do(database, report, Act.RESUME, "2025-02-28", by=focal(OFFICE))
    with pytest.raises(Refused, match="meanwhile moved"):
        do(database, report, Act.GRANT, "2025-02-28", by=focal(OFFICE))
    refused = do(database, report, Act.REFUSE, "2025-02-28", by=focal(OFFICE))
    assert refused.nominal_due == date(2025, 3, 10)


def test_a_derived_duty_is_not_extended_past_what_the_higher_directive_asks_of_its_issuer(
    database: Database, report: int
) -> None:
    below = {"below": DISTRICT, "kinds": ["grassroots"]}
    derived = a_directive_issued(
        database,
        an_obligation("inner", due="2025-02-24", addressees=below, lead=DISTRICT),
        an_obligation("study", due="2025-02-24", addressees=below, lead=DISTRICT, deliverable="study"),
        number="05/KH-LĐLĐ",
        issuer=DISTRICT,
        implements=["121/KH-LĐLĐ"],
    )
    unit = f"{DISTRICT}-G1"
    inner, study = derived.assignments["inner", unit], derived.assignments["study", unit]
    with pytest.raises(Refused, match="not be after 2025-02-28, when the higher directive is due"):
        do(database, inner, Act.EXTEND, "2025-02-17", by=focal(unit), to=date(2025, 3, 1), why="harvest")
    # Nothing above asks for a study, so nothing above bounds it; and the day itself is still possible.
    do(database, study, Act.EXTEND, "2025-02-17", by=focal(unit), to=date(2025, 3, 20), why="harvest")
    do(database, inner, Act.EXTEND, "2025-02-17", by=focal(unit), to=date(2025, 2, 28), why="harvest")
    # What the district no longer owes bounds nothing below it.
    do(database, report, Act.WAIVE, "2025-02-18", by=focal(PROVINCE), why="reported with the plan")
    do(database, inner, Act.REFUSE, "2025-02-18", by=focal(DISTRICT))
    do(database, inner, Act.EXTEND, "2025-02-18", by=focal(unit), to=date(2025, 3, 20), why="harvest")
    assert verify(database).ok
