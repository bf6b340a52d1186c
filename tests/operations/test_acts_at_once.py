"""Two acts at once on one assignment: one wins, the other is told who was first, and nothing is lost."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.errors import Conflict, Refused
from dondoc.operations.acts import ActResult, act_on
from dondoc.operations.verify import verify
from models.session import Database, open_database
from models.tables.assignments import act
from models.vocabulary import Act
from tests.factories import OFFICE, PROVINCE, RULES, a_directive_issued, a_province, at, focal, head
from tests.operations.acting import DISTRICT, do

Outcome = ActResult | Refused


@pytest.fixture
def report(database: Database) -> int:
    a_province(database)
    return a_directive_issued(database).assignments["report", DISTRICT]


def at_once(url: str, *attempts: Callable[[Database], ActResult]) -> Sequence[Outcome]:
    """Make every attempt at the same moment, each over connections of its own, as separate processes would."""
    barrier = Barrier(len(attempts))

    def attempt(make: Callable[[Database], ActResult]) -> Outcome:
        database = open_database(url)
        try:
            barrier.wait(timeout=30)
            return make(database)
        except Refused as refused:
            return refused
        finally:
            database.dispose()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(attempt, attempts))


def attempt(assignment_id: int, done: Act, by: str, **given: Any) -> Callable[[Database], ActResult]:
    return lambda database: act_on(database, assignment_id, done, by=by, now=at("2025-02-20"), rules=RULES, **given)


def acts_of(database: Database, assignment_id: int) -> list[str]:
    with database.reading() as connection:
        done = select(act.c.act).where(act.c.assignment_id == assignment_id).order_by(act.c.version)
        return list(connection.execute(done).scalars())


def test_of_the_same_act_four_times_one_is_done_and_three_are_told(
    database: Database, database_url: str, report: int
) -> None:
    outcomes = at_once(database_url, *[attempt(report, Act.SUBMIT, focal(DISTRICT))] * 4)
    refused = [str(one) for one in outcomes if isinstance(one, Refused)]
    assert len(refused) == 3
    assert all("submit by focal@district-1.example at 2025-02-20 09:00" in words for words in refused)
    assert acts_of(database, report) == ["submit"]
    assert verify(database).ok


def test_of_two_contrary_decisions_one_stands(database: Database, database_url: str, report: int) -> None:
    do(database, report, Act.SUBMIT, "2025-02-19")
    outcomes = at_once(
        database_url,
        attempt(report, Act.CONFIRM, focal(OFFICE)),
        attempt(report, Act.CANCEL, focal(PROVINCE), why="withdrawn"),
    )
    [winner] = [one for one in outcomes if isinstance(one, ActResult)]
    [loser] = [one for one in outcomes if isinstance(one, Refused)]
    assert f"{winner.act.value} by {winner.by}" in str(loser)
    assert acts_of(database, report) == ["submit", winner.act.value]
    assert verify(database).ok


def test_two_who_looked_at_the_same_version_do_not_both_act_on_it(
    database: Database, database_url: str, report: int
) -> None:
    """The table would allow both, one after the other; who acted on what he no longer saw is told."""
    outcomes = at_once(
        database_url,
        attempt(report, Act.SUBMIT, focal(DISTRICT), expected_version=0),
        attempt(report, Act.SUSPEND, focal(OFFICE), basis="77/CV-LĐLĐ", expected_version=0),
    )
    assert [type(one) for one in outcomes if isinstance(one, Refused)] == [Conflict]
    assert len(acts_of(database, report)) == 1
    assert verify(database).ok


def test_of_an_offer_accepted_and_declined_at_once_one_stands(
    database: Database, database_url: str, report: int
) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 20), why="the branch meets in March")
    do(database, report, Act.COUNTER, "2025-02-18", by=focal(OFFICE), to=date(2025, 3, 10))
    outcomes = at_once(
        database_url,
        attempt(report, Act.ACCEPT, focal(DISTRICT)),
        attempt(report, Act.DECLINE, head(DISTRICT)),
    )
    [winner] = [one for one in outcomes if isinstance(one, ActResult)]
    [loser] = [one for one in outcomes if isinstance(one, Refused)]
    assert "no extension is asked for" in str(loser) or "no other date is offered" in str(loser)
    assert f"the last act on it: {winner.act.value} by {winner.by}" in str(loser)
    assert acts_of(database, report) == ["extend", "counter", winner.act.value]
    assert verify(database).ok


def test_of_two_answers_to_an_obstacle_one_is_given_and_the_other_told(
    database: Database, database_url: str, report: int
) -> None:
    do(database, report, Act.OBSTACLE, "2025-02-18", why="no guidance yet")
    outcomes = at_once(
        database_url,
        attempt(report, Act.ANSWER, focal(OFFICE), why="see 12/HD-LĐLĐ"),
        attempt(report, Act.ANSWER, focal(PROVINCE), why="wait for the committee"),
    )
    [loser] = [one for one in outcomes if isinstance(one, Refused)]
    assert "no obstacle is reported that waits for an answer; the last act on it: answer by focal@" in str(loser)
    assert acts_of(database, report) == ["obstacle", "answer"]
    assert verify(database).ok


def test_a_request_granted_and_countered_at_once_is_decided_once(
    database: Database, database_url: str, report: int
) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 20), why="the branch meets in March")
    outcomes = at_once(
        database_url,
        attempt(report, Act.GRANT, focal(OFFICE)),
        attempt(report, Act.COUNTER, focal(PROVINCE), to=date(2025, 3, 10)),
    )
    [winner] = [one for one in outcomes if isinstance(one, ActResult)]
    [loser] = [one for one in outcomes if isinstance(one, Refused)]
    assert f"{winner.act.value} by {winner.by} at 2025-02-20 09:00" in str(loser)
    assert acts_of(database, report) == ["extend", winner.act.value]
    assert verify(database).ok
