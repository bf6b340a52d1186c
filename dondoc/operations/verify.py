"""Recompute the whole ledger: the chain, every row it commits to, and what acts, rungs and attempts left behind.

Moments are read as the text that the database keeps: SQLite takes any text for one, and what is no moment must be
named, not stop the verification.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, cast, func, select

from dondoc.operations.ledger import BATCH_ROWS, FIRST_HASH, RowsDigest, chain_hash, committed_columns, committed_tables
from dondoc.operations.recount import counter_drift
from models.dialects import row_as_text
from models.session import Database
from models.tables.assignments import act, assignment, rung, stored_file, submission_file
from models.tables.columns import BigId, UTCDateTime
from models.tables.ledger import ledger, ledger_head
from models.tables.letters import delivery_attempt, letter
from models.tables.plans import plan_group
from models.vocabulary import LetterState, State

NEVER = "[null]"
"""How the database writes a moment that is not."""

ROWS_AND_DIGEST = 2
"""What an entry says of a table: how many rows, and their digest."""

BATCH_FILES = 10
"""Files held in memory together; each may have 20 MB."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why."""

    seq: int
    why: str


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
    2. Digest the rows of every table again and compare with what the entries say.
    3. Compare what may change (assignments, letters) with the act, rung or attempt that changed it last.
    4. Digest every file that was handed in again.
    5. Recount the counters; a drift is no broken entry, but it is said.
    """
    with database.reading() as connection:
        chain = _Chain()
        failures = list(chain.walk(connection, head))
        failures += _rows(connection, chain.committed)
        failures += _assignments(connection)
        failures += _letters(connection)
        failures += _files(connection)
        drifted = counter_drift(connection)
    first = min(failures, key=lambda failure: (failure.seq < 1, failure.seq), default=None)
    return Verification(first is None and not drifted, chain.entries, chain.head, first, drifted)


class _Chain:
    """One walk over the entries, keeping what they commit to."""

    def __init__(self) -> None:
        self.entries = 0
        self.head = FIRST_HASH
        self.committed: dict[tuple[str, int], list[Any]] = {}

    def walk(self, connection: Connection, published: str | None) -> Iterator[Broken]:
        seen_published = published is None or published == FIRST_HASH
        columns = (_as_kept(column, connection) for column in ledger.c)
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
            for name, value in _rows_said(row.detail).items():
                self.committed[name, row.seq] = value
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


def _rows_said(detail: str) -> Mapping[str, list[Any]]:
    try:
        said = json.loads(detail).get("rows", {})
    except (ValueError, AttributeError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {name: value for name, value in said.items() if isinstance(value, list) and len(value) == ROWS_AND_DIGEST}


def _as_kept(column: Any, connection: Connection) -> Any:
    """Give a column as it is, but a moment as text (NEVER for none)."""
    if not isinstance(column.type, UTCDateTime):
        return column
    return row_as_text([column], connection.dialect.name).label(column.name)


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
                yield Broken(
                    seq, f"rows of {table.name} differ from what was recorded ({said[0]} then, {found[0]} now)"
                )
    for name, seq in committed.keys() - seen:
        yield Broken(seq, f"all {committed[name, seq][0]} rows of {name} that it recorded are gone")


def _digests(connection: Connection, table: Table) -> Iterator[tuple[int, list[Any]]]:
    written = row_as_text(committed_columns(table), connection.dialect.name)
    seq = cast(table.c.entry, BigId)
    rows = connection.execute(select(seq, written).order_by(seq, table.c.id)).yield_per(BATCH_ROWS)
    for seq, group in groupby(rows, key=lambda row: row[0]):
        found = RowsDigest()
        found.feed([row[1] for row in group])
        yield seq, found.result()


def _assignments(connection: Connection) -> Iterator[Broken]:
    """Yield an entry for each assignment that stands otherwise than its last act and rung left it."""
    latest = select(rung.c.assignment_id, func.max(rung.c.id).label("id")).group_by(rung.c.assignment_id).subquery()
    acts = select(act.c.assignment_id, func.count().label("n")).group_by(act.c.assignment_id).subquery()
    kept = partial(_as_kept, connection=connection)
    changing = ("state", "plan_id", "rung", "next_action_at", "submitted_at", "confirmed_at", "late", "version")
    statement = (
        select(
            assignment.c.id,
            *(cast(table.c.entry, BigId).label(f"{table.name}_entry") for table in (assignment, act, rung)),
            *(kept(assignment.c[name]).label(f"now_{name}") for name in changing),
            *(kept(act.c[name]).label(f"act_{name}") for name in ("plan_id", "rung", "next_action_at")),
            *(
                kept(act.c[name]).label(f"act_{name}")
                for name in ("state_after", "submitted_at", "confirmed_at", "late")
            ),
            rung.c.plan_id.label("rung_plan_id"),
            rung.c.ordinal.label("rung_rung"),
            kept(rung.c.next_action_at).label("rung_next_action_at"),
            plan_group.c.plan_id.label("group_plan_id"),
            plan_group.c.first_rung.label("group_rung"),
            kept(plan_group.c.first_action_at).label("group_next_action_at"),
            func.coalesce(acts.c.n, 0).label("acts"),
        )
        .join(plan_group, plan_group.c.id == assignment.c.plan_group_id)
        .outerjoin(act, (act.c.assignment_id == assignment.c.id) & (act.c.version == assignment.c.version))
        .outerjoin(acts, acts.c.assignment_id == assignment.c.id)
        .outerjoin(latest, latest.c.assignment_id == assignment.c.id)
        .outerjoin(rung, rung.c.id == latest.c.id)
    )
    for row in connection.execute(statement).yield_per(BATCH_ROWS):
        wrong = _differs(row)
        if wrong:
            seq = max(row.assignment_entry, row.act_entry or 0, row.rung_entry or 0)
            yield Broken(seq, f"assignment {row.id} stands otherwise than this entry left it: {wrong}")


def _differs(row: Any) -> str | None:
    """Name the first column of an assignment that no act, rung or issue explains."""
    if row.now_version != row.acts or (row.acts and row.act_entry is None):
        return "version"
    if row.acts:
        expected = {
            "state": row.act_state_after,
            "submitted_at": row.act_submitted_at,
            "confirmed_at": row.act_confirmed_at,
            "late": row.act_late,
        }
    else:
        expected = {"state": State.ASSIGNED, "submitted_at": NEVER, "confirmed_at": NEVER, "late": False}
    source = "group"
    if row.acts and row.act_entry >= (row.rung_entry or 0):
        source = "act"
    elif row.rung_entry is not None:
        source = "rung"
    expected |= {name: getattr(row, f"{source}_{name}") for name in ("plan_id", "rung", "next_action_at")}
    return next((name for name, value in expected.items() if getattr(row, f"now_{name}") != value), None)


def _letters(connection: Connection) -> Iterator[Broken]:
    """Yield an entry for each letter whose state its attempts do not explain."""
    last = (
        select(delivery_attempt.c.letter_id, func.max(delivery_attempt.c.attempt).label("attempt"))
        .group_by(delivery_attempt.c.letter_id)
        .subquery()
    )
    statement = (
        select(letter.c.id, cast(letter.c.entry, BigId).label("entry"), letter.c.state, letter.c.attempts)
        .add_columns(*(_as_kept(letter.c[name], connection) for name in ("next_try_at", "sent_at")))
        .add_columns(cast(delivery_attempt.c.entry, BigId).label("last_entry"), delivery_attempt.c.attempt)
        .add_columns(delivery_attempt.c.result, _as_kept(delivery_attempt.c.at, connection))
        .add_columns(_as_kept(delivery_attempt.c.next_try_at, connection).label("next"))
        .outerjoin(last, last.c.letter_id == letter.c.id)
        .outerjoin(
            delivery_attempt,
            (delivery_attempt.c.letter_id == letter.c.id) & (delivery_attempt.c.attempt == last.c.attempt),
        )
    )
    for row in connection.execute(statement).yield_per(BATCH_ROWS):
        expected = (
            row.result or LetterState.NEW,
            row.attempt or 0,
            row.next,
            row.at if row.result == "sent" else NEVER,
        )
        if (row.state, row.attempts, row.next_try_at, row.sent_at) != expected:
            yield Broken(row.last_entry or row.entry, f"letter {row.id} stands otherwise than its attempts left it")


def _files(connection: Connection) -> Iterator[Broken]:
    """Yield an entry for each file handed in whose content is gone or is not what its digest says."""
    statement = (
        select(submission_file.c.entry, submission_file.c.name, submission_file.c.sha256, stored_file.c.content)
        .outerjoin(stored_file, stored_file.c.sha256 == submission_file.c.sha256)
        .order_by(submission_file.c.id)
    )
    for row in connection.execute(statement).yield_per(BATCH_FILES):
        if row.content is None:
            yield Broken(row.entry, f"the content of the file {row.name!r} is gone")
        elif hashlib.sha256(_bytes(row.content)).hexdigest() != row.sha256:
            yield Broken(row.entry, f"the content of the file {row.name!r} was changed")


def _bytes(content: Any) -> bytes:
    """Give a content as bytes, also where somebody put text in its place."""
    return content.encode() if isinstance(content, str) else bytes(content)
