"""Append to the ledger, in the transaction that causes the entry.

An entry commits, by digest, to every row written with its sequence number: each such table has an `entry` column.
It is tamper-evident, not tamper-proof: a cut tail shows only against a head that was published elsewhere.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, insert, select, update

from dondoc.operations.canonical import canonical
from models.dialects import lock_head, row_as_text
from models.tables import metadata
from models.tables.assignments import assignment
from models.tables.ledger import ledger, ledger_head
from models.tables.letters import letter
from models.tables.units import absence, officer, unit, unit_succession, unit_version

FIRST_HASH = "0" * 64
"""What the first entry follows."""

BATCH_ROWS = 5_000
"""Rows digested at a time."""

# Columns that acts, rungs and attempts change: each is proven by the row that changed it, not by its own entry.
CHANGING = {
    assignment.name: {
        "state",
        "plan_id",
        "rung",
        "next_action_at",
        "submitted_at",
        "confirmed_at",
        "late",
        "version",
    },
    letter.name: {"state", "attempts", "next_try_at", "sent_at"},
}


# Registers that are corrected in place: an entry commits to the whole of them as it left them, and the last such entry
# holds until the next. What delivery notes of an address (bounced_at) is no part of it.
REGISTERS = {
    unit.name: unit.c.keys(),
    unit_version.name: unit_version.c.keys(),
    officer.name: [column.name for column in officer.c if column is not officer.c.bounced_at],
    unit_succession.name: unit_succession.c.keys(),
    absence.name: absence.c.keys(),
}


@dataclass(slots=True)
class Entry:
    """An entry being written: rows take its `seq`, and `commits` names their tables."""

    connection: Connection
    seq: int
    prev: str
    detail: dict[str, Any] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    abandoned: bool = False
    with_registers: bool = False

    def commits(self, *tables: Table) -> None:
        """Say which tables have rows of this entry."""
        self.tables.extend(table for table in tables if table not in self.tables)

    def commits_registers(self) -> None:
        """Commit to the registers of units and officers as they stand at the end of the block."""
        self.with_registers = True

    def abandon(self) -> None:
        """Write no entry after all, because nothing was changed."""
        self.abandoned = True


@contextmanager
def entry(  # noqa: PLR0913 (an entry is who did what, when, to what)
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    act: str,
    directive_id: int | None = None,
    unit_id: int | None = None,
    assignment_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> Iterator[Entry]:
    """Open the next entry; write its row when the block ends without an error.

    1. Lock the head: no other transaction can write until this one ends.
    2. Let the caller write rows under the entry's number.
    3. Digest those rows, chain the entry, move the head.
    """
    seq, prev = lock_head(connection)
    opened = Entry(connection, seq + 1, prev, dict(detail or {}))
    yield opened
    if opened.abandoned:
        return
    rows = {table.name: rows_digest(connection, table, opened.seq) for table in opened.tables}
    if rows:
        opened.detail["rows"] = {name: value for name, value in sorted(rows.items()) if value[0]}
    if opened.with_registers:
        opened.detail["registers"] = {name: register_digest(connection, name) for name in REGISTERS}
    body = {
        "seq": opened.seq,
        "at": at,
        "actor": actor,
        "act": act,
        "directive_id": directive_id,
        "unit_id": unit_id,
        "assignment_id": assignment_id,
        "detail": canonical(opened.detail),
    }
    hashed = chain_hash(prev, body)
    connection.execute(insert(ledger).values(**body, prev=prev, hash=hashed))
    connection.execute(update(ledger_head).values(seq=opened.seq, hash=hashed))


def chain_hash(prev: str, body: dict[str, Any]) -> str:
    """Give the hash of an entry: SHA-256 of the hash before it and its own canonical body."""
    return hashlib.sha256(f"{prev}\n{canonical(body)}".encode()).hexdigest()


def committed_tables() -> tuple[Table, ...]:
    """Give every table whose rows an entry commits to."""
    return tuple(table for table in metadata.sorted_tables if "entry" in table.c)


def committed_columns(table: Table) -> list[Any]:
    """Give the columns that an entry commits to: all but its own number and those that later acts may change."""
    changing = CHANGING.get(table.name, set()) | {"entry"}
    return [column for column in table.c if column.name not in changing]


class RowsDigest:
    """The SHA-256 of rows written down by the database, in the order they are fed."""

    def __init__(self) -> None:
        """Start with no rows."""
        self.rows = 0
        self._hash = hashlib.sha256()

    def feed(self, lines: Sequence[str]) -> None:
        """Take rows in."""
        if lines:
            self.rows += len(lines)
            self._hash.update(("\n".join(lines) + "\n").encode())

    def result(self) -> list[Any]:
        """Give [number of rows, digest]."""
        return [self.rows, self._hash.hexdigest()]


def rows_digest(connection: Connection, table: Table, seq: int) -> list[Any]:
    """Give [number, digest] of the rows of `table` that entry `seq` commits to."""
    found = RowsDigest()
    rows = connection.execute(_rows_of_entry(table, connection.dialect.name), {"seq": seq})
    while batch := rows.fetchmany(BATCH_ROWS):
        found.feed([row[0] for row in batch])
    return found.result()


def register_digest(connection: Connection, name: str) -> list[Any]:
    """Give [number, digest] of a whole register."""
    table = metadata.tables[name]
    found = RowsDigest()
    written = row_as_text([table.c[column] for column in REGISTERS[name]], connection.dialect.name)
    rows = connection.execute(select(written).order_by(table.c.id))
    while batch := rows.fetchmany(BATCH_ROWS):
        found.feed([row[0] for row in batch])
    return found.result()


@cache
def _rows_of_entry(table: Table, dialect: str) -> Select[Any]:
    return (
        select(row_as_text(committed_columns(table), dialect))
        .where(table.c.entry == bindparam("seq"))
        .order_by(table.c.id)
    )
