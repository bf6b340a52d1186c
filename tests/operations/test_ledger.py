"""The ledger holds after everything a house does, refuses to be rewritten, and is read at one moment."""

import json

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DatabaseError

from dondoc.operations.ledger import committed_tables, entry
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.ledger import ledger, ledger_head
from models.tables.units import unit
from tests.factories import a_directive_issued, a_province, at
from tests.operations.busy_story import NOT_IN_THE_STORY, play


def test_after_a_busy_story_everything_holds_and_counters_equal_a_recount(database: Database) -> None:
    play(database)
    result = verify(database)
    assert (result.ok, result.broken, result.counters_drifted) == (True, None, 0)
    with database.reading() as connection:
        newest = connection.execute(select(ledger).order_by(ledger.c.seq.desc()).limit(1)).one()
        kept = connection.execute(select(ledger_head.c.seq, ledger_head.c.hash)).one()
        empty = [
            table.name
            for table in committed_tables()
            if not connection.execute(select(func.count()).select_from(table)).scalar_one()
        ]
    assert (result.entries, result.head) == (newest.seq, newest.hash) == tuple(kept)
    assert set(empty) == NOT_IN_THE_STORY, "the story leaves rows in every other table that is committed to"


def test_a_head_that_was_published_is_found_again_when_the_ledger_has_grown(database: Database) -> None:
    assert verify(database, head="0" * 64).ok, "before the first entry"
    a_province(database)
    a_directive_issued(database)
    published = verify(database).head
    a_directive_issued(database, number="122/KH-LĐLĐ")
    assert verify(database, head=published).ok
    assert not verify(database, head="f" * 64).ok


@pytest.mark.parametrize(
    ("dialect", "statement"),
    [
        (dialect, statement)
        for dialect, statements in {
            "sqlite": ("UPDATE ledger SET actor = 'x'", "DELETE FROM ledger"),
            "postgresql": ("UPDATE ledger SET actor = 'x'", "DELETE FROM ledger", "TRUNCATE ledger"),
        }.items()
        for statement in statements
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_ledger(database: Database, statement: str) -> None:
    a_province(database)
    a_directive_issued(database)
    with pytest.raises(DatabaseError, match="append-only"), database.writing() as connection:
        connection.execute(text(statement))
    assert verify(database).ok


def test_an_error_under_an_entry_leaves_neither_rows_nor_entry(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection, entry(connection, at=at("2025-02-14"), actor="x", act="y"):
            connection.execute(insert(unit).values(code="HALF"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(unit)).scalar_one() == 0
    assert verify(database).entries == 0


def test_an_entry_says_how_many_rows_of_which_tables_it_commits_to(database: Database) -> None:
    a_province(database)
    a_directive_issued(database)
    with database.reading() as connection:
        said = {row.act: json.loads(row.detail)["rows"] for row in connection.execute(select(ledger))}
    assert {name: rows for name, (rows, _digest) in said["cascaded"].items()} == {"assignment": 2, "letter": 2}
    assert said["issued"]["plan_rung"][0] == 7


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    """So that a verification beside a working house finds no break where there is none."""
    count = select(func.count()).select_from(ledger)
    a_province(database)
    with database.reading() as connection:
        before = connection.execute(count).scalar_one()
        a_directive_issued(database)
        assert connection.execute(count).scalar_one() == before
    with database.reading() as connection:
        assert connection.execute(count).scalar_one() > before
