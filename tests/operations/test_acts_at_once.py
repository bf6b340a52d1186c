"""Two acts at once on one assignment: one wins, the other is told who was first, and nothing is lost."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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
from tests.factories import OFFICE, PROVINCE, a_directive_issued, a_province, at, focal
from tests.operations.acting import DISTRICT, RULES, do

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
