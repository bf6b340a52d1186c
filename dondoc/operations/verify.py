"""Recompute the whole ledger: the chain, every row it commits to, and what acts, rungs and attempts left behind.

Moments are read as the text that the database keeps: SQLite takes any text for one, and what is no moment must be
named, not stop the verification.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, cast, select

from dondoc.operations.ledger import (
    BATCH_ROWS,
    FIRST_HASH,
    REGISTERS,
    RowsDigest,
    chain_hash,
    committed_columns,
    committed_tables,
    register_digest,
)
from dondoc.operations.recount import counter_drift
from dondoc.operations.verify_standing import Broken, as_kept, assignments, files, letters
from models.dialects import row_as_text
from models.session import Database
from models.tables.columns import BigId
from models.tables.ledger import ledger, ledger_head

ROWS_AND_DIGEST = 2
"""What an entry says of a table: how many rows, and their digest."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome: how many entries, the newest hash, the first that is broken, and counters that drifted."""

    ok: bool
    entries: int
    head: str
    broken: Broken | None
    counters_drifted: int


def verify(database: Database, *, head: str | None = None) -> Verification:
    """Check the ledger against the tables, in one snapshot.

    1. Walk the chain: numbers without a gap, each hash from the one before, the head where it should be.
    2. Digest the rows of every table again, and the registers of units and officers, and compare with what entries say.
    3. Compare what may change (assignments, letters) with the act, rung or attempt that changed it last.
    4. Digest every file that was handed in again.
    5. Recount the counters; a drift is no broken entry, but it is said.
    """
    with database.reading() as connection:
        chain = _Chain()
        failures = list(chain.walk(connection, head))
        failures += _rows(connection, chain.committed)
        failures += _registers(connection, chain.registers)
        failures += assignments(connection)
        failures += letters(connection)
        failures += files(connection)
        drifted = counter_drift(connection)
    first = min(failures, key=lambda failure: (failure.seq < 1, failure.seq), default=None)
    return Verification(first is None and not drifted, chain.entries, chain.head, first, drifted)


class _Chain:
    """One walk over the entries, keeping what they commit to."""

    def __init__(self) -> None:
        self.entries = 0
        self.head = FIRST_HASH
        self.committed: dict[tuple[str, int], list[Any]] = {}
        self.registers: dict[str, tuple[int, list[Any]]] = {}

    def walk(self, connection: Connection, published: str | None) -> Iterator[Broken]:
        seen_published = published is None or published == FIRST_HASH
        columns = (as_kept(column, connection) for column in ledger.c)
        for row in connection.execute(select(*columns).order_by(ledger.c.seq)).yield_per(BATCH_ROWS):
            expected = self.entries + 1
            if row.seq != expected:
                yield Broken(expected, f"entry {expected} is missing: the next one found is {row.seq}")
                self.entries = row.seq - 1
            body = {key: value for key, value in row._mapping.items() if key not in {"prev", "hash"}}
            body["at"] = _moment(row.at)
            if row.prev != self.head:
                yield Broken(row.seq, "does not follow the entry before it")
            if chain_hash(row.prev, body) != row.hash:
                yield Broken(row.seq, "its own text was changed: the hash does not match")
            for name, value in _said(row.detail, "rows").items():
                self.committed[name, row.seq] = value
            self.registers |= {name: (row.seq, value) for name, value in _said(row.detail, "registers").items()}
            self.entries, self.head = row.seq, row.hash
            seen_published = seen_published or row.hash == published
        kept = connection.execute(select(ledger_head.c.seq, ledger_head.c.hash)).one_or_none()
        if kept is None or (kept.seq, kept.hash) != (self.entries, self.head):
            yield Broken(
                self.entries + 1, "the ledger ends before the head that the database keeps: entries were cut off"
            )
        if not seen_published:
            yield Broken(
                self.entries + 1, f"the published head {published} is not in the ledger: entries were cut or rewritten"
            )


def _said(detail: str, what: str) -> Mapping[str, list[Any]]:
    """Give what an entry says of its `rows` or of the `registers`: [number, digest] by table."""
    try:
        said = json.loads(detail).get(what, {})
    except (ValueError, AttributeError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: value for name, value in said.items() if isinstance(value, list) and len(value) == ROWS_AND_DIGEST}


def _moment(text: str) -> datetime | str:
    """Give the moment that such a text says; the text itself where it says none."""
    try:
        return datetime.fromisoformat(json.loads(text)[0]).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return text


def _rows(connection: Connection, committed: Mapping[tuple[str, int], list[Any]]) -> Iterator[Broken]:
    """Yield an entry for each table whose rows are not those it committed to."""
    seen: set[tuple[str, int]] = set()
    for table in committed_tables():
        for seq, found in _digests(connection, table):
            seen.add((table.name, seq))
            said = committed.get((table.name, seq))
            if said is None:
                yield Broken(seq, f"{found[0]} rows of {table.name} claim this entry, which does not know them")
            elif said != found:
                how = f"{said[0]} then, {found[0]} now" if said[0] != found[0] else "as many, with other content"
                yield Broken(seq, f"rows of {table.name} differ from what was recorded ({how})")
    for name, seq in committed.keys() - seen:
        yield Broken(seq, f"all {committed[name, seq][0]} rows of {name} that it recorded are gone")


def _registers(connection: Connection, committed: Mapping[str, tuple[int, list[Any]]]) -> Iterator[Broken]:
    """Yield the entry that last committed to a register of units or officers which is no longer as it left it."""
    for name, (seq, said) in committed.items():
        if name in REGISTERS and register_digest(connection, name) != said:
            yield Broken(seq, f"the register {name} was changed otherwise than by an import")


def _digests(connection: Connection, table: Table) -> Iterator[tuple[int, list[Any]]]:
    written = row_as_text(committed_columns(table), connection.dialect.name)
    seq = cast(table.c.entry, BigId)
    rows = connection.execute(select(seq, written).order_by(seq, table.c.id)).yield_per(BATCH_ROWS)
    for seq, group in groupby(rows, key=lambda row: row[0]):
        found = RowsDigest()
        found.feed([row[1] for row in group])
        yield seq, found.result()
