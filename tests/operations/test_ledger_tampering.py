"""Whoever changes, removes or adds one value behind the house's back is found out, by the entry it contradicts."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    RowMapping,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from dondoc.operations.ledger import chain_hash, committed_tables
from dondoc.operations.recount import KEY
from dondoc.operations.verify import Verification, verify
from models.session import Database, open_database
from models.tables.assignments import act, assignment, rung, stored_file, submission_file
from models.tables.counters import counter
from models.tables.ledger import ledger, ledger_head
from models.tables.letters import delivery_attempt, letter
from tests.databases import DIALECTS, Databases
from tests.factories import at
from tests.operations.busy_story import NOT_IN_THE_STORY, play

FAR = 100_000
"""Added to a number: further than any id of the story."""

TABLES = [table for table in committed_tables() if table.name not in NOT_IN_THE_STORY]
COLUMNS = [pytest.param(table, column, id=f"{table.name}.{column.name}") for table in TABLES for column in table.c]
GUARDS = {
    "sqlite": (
        "PRAGMA defer_foreign_keys=ON",
        "DROP TRIGGER ledger_refuses_update",
        "DROP TRIGGER ledger_refuses_delete",
    ),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}
SOMETHING = {
    "UTCDateTime": at("2025-01-01"),
    "Date": date(2025, 1, 1),
    "Integer": 1,
    "BigInteger": 1,
    "Text": "x",
    "String": "x",
    "JSON": {"a": 1},
}
"""What to put where there was nothing, by type of column."""

ANOTHER: Mapping[type, Callable[[Any], Any]] = {
    bool: lambda one: not one,
    int: lambda one: one + FAR,
    datetime: lambda one: one + timedelta(microseconds=1),
    date: lambda one: one + timedelta(days=1),
    list: lambda one: [*one, 1],
    dict: lambda one: one | {"a": 1},
    str: lambda one: one[:-1] + ("1" if one.endswith("0") else "0"),
}


@dataclass(frozen=True)
class Within:
    """Reads what one transaction sees, so that a tampering is verified and then taken back."""

    connection: Connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        yield self.connection

    def verified(self, head: str | None = None) -> Verification:
        return verify(cast("Database", self), head=head)


@pytest.fixture(scope="module", params=DIALECTS)
def story(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Database]:
    """Give one database for all tests of this file, after a busy story; every test rolls back what it did."""
    with databases.migrated(request.param) as url:
        database = open_database(url)
        play(database)
        yield database
        database.dispose()


@pytest.fixture
def forger(story: Database) -> Iterator[Within]:
    """Give a transaction in which the database's own guards are off."""
    with story.writer.connect() as connection, connection.begin() as transaction:
        for guard in GUARDS[story.dialect]:
            connection.execute(text(guard))
        yield Within(connection)
        transaction.rollback()


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found_and_an_entry_named(forger: Within, table: Table, column: Column[Any]) -> None:
    rows = forger.connection.execute(select(table).order_by(table.c.id)).mappings().all()
    for null in (False, True):
        row = next((row for row in rows if (row[column.name] is None) is null), None)
        if row is None:
            continue
        with forger.connection.begin_nested() as savepoint:
            related = entries_about(forger.connection, table, row)
            value = another(table, column, row[column.name])
            forger.connection.execute(update(table).where(table.c.id == row["id"]).values({column.name: value}))
            result = forger.verified()
            savepoint.rollback()
        assert not result.ok
        assert result.broken is not None
        assert result.broken.seq in related | ({value} if column.name == "entry" else set()), result.broken


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_removed_row_is_found_and_an_entry_named(forger: Within, table: Table) -> None:
    row = forger.connection.execute(select(table).order_by(table.c.id).limit(1)).mappings().one()
    related = entries_about(forger.connection, table, row)
    forger.connection.execute(delete(table).where(table.c.id == row["id"]))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq in related, result.broken


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_an_added_row_is_found_and_an_entry_named(forger: Within, table: Table) -> None:
    row = forger.connection.execute(select(table).order_by(table.c.id.desc()).limit(1)).mappings().one()
    keys = {column for one in table.constraints if isinstance(one, UniqueConstraint) for column in one.columns}
    keys |= {column for column in table.c if column.unique} | {table.c.id}
    added = dict(row) | {column.name: another(table, column, row[column.name]) for column in keys}
    related = entries_about(forger.connection, table, row)
    forger.connection.execute(insert(table).values(added))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq in related, result.broken


@pytest.mark.parametrize("column", ledger.c, ids=lambda column: column.name)
def test_a_changed_entry_is_named_itself(forger: Within, column: Column[Any]) -> None:
    row = forger.connection.execute(select(ledger).where(ledger.c.seq == 5)).mappings().one()
    value = another(ledger, column, row[column.name])
    forger.connection.execute(update(ledger).where(ledger.c.seq == 5).values({column.name: value}))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq == 5


def test_entries_in_another_order_are_found(forger: Within) -> None:
    for before, after in ((4, FAR), (5, 4), (FAR, 5)):
        forger.connection.execute(update(ledger).where(ledger.c.seq == before).values(seq=after))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq == 4


@pytest.mark.parametrize("gone", [1, 5])
def test_a_removed_entry_is_named(forger: Within, gone: int) -> None:
    forger.connection.execute(delete(ledger).where(ledger.c.seq == gone))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq == gone


def test_a_cut_tail_is_found_by_the_head_that_the_database_keeps(forger: Within) -> None:
    last = forger.verified().entries
    forger.connection.execute(delete(ledger).where(ledger.c.seq == last))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq == last


@pytest.mark.parametrize("column", ["seq", "hash"])
def test_a_changed_head_is_found(forger: Within, column: str) -> None:
    kept = forger.connection.execute(select(ledger_head)).mappings().one()
    value = another(ledger_head, ledger_head.c[column], kept[column])
    forger.connection.execute(update(ledger_head).values({column: value}))
    assert not forger.verified().ok


def test_a_head_that_is_gone_is_found(forger: Within) -> None:
    forger.connection.execute(delete(ledger_head))
    assert not forger.verified().ok


def test_a_tail_cut_together_with_the_head_and_its_rows_shows_only_against_a_published_head(forger: Within) -> None:
    whole = forger.verified()
    newest = forger.connection.execute(select(ledger).where(ledger.c.seq == whole.entries)).one()
    assert newest.act == "delivered"
    for one in forger.connection.execute(select(delivery_attempt).where(delivery_attempt.c.entry == newest.seq)).all():
        forger.connection.execute(delete(delivery_attempt).where(delivery_attempt.c.id == one.id))
        earlier = select(delivery_attempt).where(delivery_attempt.c.letter_id == one.letter_id)
        before = forger.connection.execute(earlier.order_by(delivery_attempt.c.attempt.desc())).first()
        state = {"state": "new", "attempts": 0, "next_try_at": None, "sent_at": None}
        if before is not None:
            state |= {"state": before.result, "attempts": before.attempt, "next_try_at": before.next_try_at}
        forger.connection.execute(update(letter).where(letter.c.id == one.letter_id).values(state))
    forger.connection.execute(delete(ledger).where(ledger.c.seq == newest.seq))
    forger.connection.execute(update(ledger_head).values(seq=newest.seq - 1, hash=newest.prev))
    assert forger.verified().ok, "tamper-evident, not tamper-proof"
    result = forger.verified(head=whole.head)
    assert not result.ok
    assert result.broken is not None
    assert whole.head in result.broken.why


def test_a_ledger_rewritten_from_an_entry_on_shows_against_a_published_head(forger: Within) -> None:
    published = forger.verified().head
    prev = ""
    chosen = select(ledger).where(ledger.c.seq >= 5).order_by(ledger.c.seq)
    for row in forger.connection.execute(chosen).mappings().all():
        body = {name: value for name, value in row.items() if name not in {"prev", "hash"}}
        body |= {"actor": "somebody else"} if row["seq"] == 5 else {}
        prev = prev or row["prev"]
        hashed = chain_hash(prev, body)
        body |= {"prev": prev, "hash": hashed}
        forger.connection.execute(update(ledger).where(ledger.c.seq == row["seq"]).values(body))
        prev = hashed
    forger.connection.execute(update(ledger_head).values(hash=prev))
    assert forger.verified().ok, "tamper-evident, not tamper-proof"
    assert not forger.verified(head=published).ok


def test_a_changed_byte_of_a_file_is_found_and_the_submission_named(forger: Within) -> None:
    kept = forger.connection.execute(select(stored_file).order_by(stored_file.c.id).limit(1)).one()
    changed = bytes([kept.content[0] ^ 1]) + kept.content[1:]
    forger.connection.execute(update(stored_file).where(stored_file.c.id == kept.id).values(content=changed))
    result = forger.verified()
    first = select(func.min(submission_file.c.entry)).where(submission_file.c.sha256 == kept.sha256)
    assert result.broken is not None
    assert result.broken.seq == forger.connection.execute(first).scalar_one()
    assert "báo cáo.txt" in result.broken.why


def test_a_file_that_is_gone_is_found(forger: Within) -> None:
    forger.connection.execute(delete(stored_file))
    result = forger.verified()
    assert result.broken is not None
    assert "gone" in result.broken.why


@pytest.mark.parametrize("story", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE assignment SET next_action_at = 'never' WHERE id = 1",
        "UPDATE assignment SET late = 'maybe' WHERE id = 1",
        "UPDATE act SET version = 'x' WHERE id = 1",
        "UPDATE rung SET entry = 'x' WHERE id = 1",
        "UPDATE letter SET sent_at = '2025-02-31' WHERE id = 1",
        "UPDATE submission SET form_values = '{' WHERE id = 1",
        "UPDATE stored_file SET content = 'text'",
        "UPDATE ledger SET at = 'x' WHERE seq = 5",
        "UPDATE ledger SET detail = '[]' WHERE seq = 5",
        "UPDATE ledger SET detail = json_object('rows', json_object('act', 5)) WHERE seq = 5",
    ],
)
def test_what_is_no_moment_number_or_json_at_all_is_named_and_stops_nothing(forger: Within, forgery: str) -> None:
    """SQLite takes anything for a value of any column."""
    forger.connection.execute(text("PRAGMA ignore_check_constraints=ON"))
    forger.connection.execute(text(forgery))
    result = forger.verified()
    assert result.broken is not None
    assert result.broken.seq > 0


def test_a_changed_counter_is_counted_as_drifted(forger: Within) -> None:
    one = forger.connection.execute(select(counter).limit(1)).mappings().one()
    same = [counter.c[name] == one[name] for name in KEY]
    forger.connection.execute(update(counter).where(*same).values(n=one["n"] + 1))
    result = forger.verified()
    assert (result.ok, result.broken, result.counters_drifted) == (False, None, 1)


def another(table: Table, column: Column[Any], value: Any) -> Any:
    """Give another value that the column takes."""
    words = words_of(table, column)
    if words:
        return next(word for word in words if word != value)
    if value is None:
        return SOMETHING[type(column.type).__name__]
    return ANOTHER[type(value)](value)


def words_of(table: Table, column: Column[Any]) -> list[str]:
    checks = (one for one in table.constraints if isinstance(one, CheckConstraint))
    said = next((str(one.sqltext) for one in checks if str(one.sqltext).startswith(f"{column.name} IN")), "")
    return re.findall(r"'(\w+)'", said)


def entries_about(connection: Connection, table: Table, row: RowMapping) -> set[int]:
    """Give the entry of a row, and those of the assignment or letter that the row belongs to."""
    found = {row["entry"]}
    of_assignment = row["id"] if table is assignment else row.get("assignment_id")
    of_letter = row["id"] if table is letter else row.get("letter_id")
    for owner, ident in (
        (assignment.c.id, of_assignment),
        (act.c.assignment_id, of_assignment),
        (rung.c.assignment_id, of_assignment),
        (letter.c.id, of_letter),
        (delivery_attempt.c.letter_id, of_letter),
    ):
        found |= set(connection.execute(select(owner.table.c.entry).where(owner == ident)).scalars())
    return found
