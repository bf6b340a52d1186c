"""What may change of an assignment or a letter must be as its last act, rung or attempt left it; a file as handed in.

Moments are compared as the text that the database keeps: SQLite takes any text for one.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, cast, func, select

from dondoc.operations.ledger import BATCH_ROWS
from models.dialects import row_as_text
from models.tables.assignments import act, assignment, rung, stored_file, submission_file
from models.tables.columns import BigId, UTCDateTime
from models.tables.letters import delivery_attempt, letter
from models.tables.plans import plan_group
from models.vocabulary import LetterState, State

NEVER = "[null]"
"""How the database writes a moment that is not."""

BATCH_FILES = 10
"""Files held in memory together; each may have 20 MB."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry that does not hold, and why."""

    seq: int
    why: str


def as_kept(column: Any, connection: Connection) -> Any:
    """Give a column as it is, but a moment as text (NEVER for none)."""
    if not isinstance(column.type, UTCDateTime):
        return column
    return row_as_text([column], connection.dialect.name).label(column.name)


def assignments(connection: Connection) -> Iterator[Broken]:
    """Yield an entry for each assignment that stands otherwise than its last act and rung left it."""
    latest = select(rung.c.assignment_id, func.max(rung.c.id).label("id")).group_by(rung.c.assignment_id).subquery()
    acts = select(act.c.assignment_id, func.count().label("n")).group_by(act.c.assignment_id).subquery()
    kept = partial(as_kept, connection=connection)
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


def letters(connection: Connection) -> Iterator[Broken]:
    """Yield an entry for each letter whose state its attempts do not explain."""
    last = (
        select(delivery_attempt.c.letter_id, func.max(delivery_attempt.c.attempt).label("attempt"))
        .group_by(delivery_attempt.c.letter_id)
        .subquery()
    )
    statement = (
        select(letter.c.id, cast(letter.c.entry, BigId).label("entry"), letter.c.state, letter.c.attempts)
        .add_columns(*(as_kept(letter.c[name], connection) for name in ("next_try_at", "sent_at")))
        .add_columns(cast(delivery_attempt.c.entry, BigId).label("last_entry"), delivery_attempt.c.attempt)
        .add_columns(delivery_attempt.c.result, as_kept(delivery_attempt.c.at, connection))
        .add_columns(as_kept(delivery_attempt.c.next_try_at, connection).label("next"))
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


def files(connection: Connection) -> Iterator[Broken]:
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
