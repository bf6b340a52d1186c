"""The outbox as a list: every letter, what it is about, and how far its delivery came."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, true

from dondoc.errors import InvalidInput
from dondoc.locale.catalogue import DEFAULT_LANGUAGE
from dondoc.mail.harmless import harmless
from dondoc.mail.subject import subject
from dondoc.mail.wording import wording
from dondoc.operations.letter_values import load_letter_values
from models.session import Database
from models.tables.assignments import act, assignment, rung
from models.tables.letters import letter, letter_lease, notice
from models.tables.plans import plan_rung
from models.tables.units import unit
from models.vocabulary import Act, LetterKind, LetterState
from policies.workdays import ZONE

BATCH_LETTERS = 500
"""Letters whose contents are read at a time."""


@dataclass(frozen=True, slots=True)
class LetterAbout:
    """An assignment that a letter is about: the rung that caused it, or None, and the reason."""

    id: int
    rung: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter as the outbox shows it."""

    id: int
    to: str
    unit: str
    kind: LetterKind
    subject: str
    message_id: str
    state: LetterState
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    assignments: tuple[LetterAbout, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the fields of `dondoc letters --json` (INTERFACE)."""
        return {
            "id": self.id,
            "to": self.to,
            "unit": self.unit,
            "kind": self.kind.value,
            "subject": self.subject,
            "message_id": self.message_id,
            "state": self.state.value,
            "created_at": self.created_at.isoformat(),
            "sent_at": self.sent_at.isoformat() if self.sent_at else None,
            "attempts": self.attempts,
            "assignments": [asdict(one) for one in self.assignments],
        }


def letters(  # noqa: PLR0913 (each filter is one of the command's options)
    database: Database,
    *,
    now: datetime | None = None,
    language: str = DEFAULT_LANGUAGE,
    state: str | None = None,
    to: str | None = None,
    newest: int | None = None,
) -> tuple[LetterRow, ...]:
    """List the outbox, oldest first: all of it, one state, one recipient (in whatever case), or the `newest` so many.

    A letter that a delivery holds at `now` (by default: holds at all) is `leased`. Subjects are in `language`.
    Raises InvalidInput for a word that is no state.
    """
    if state is not None and state not in set(LetterState):
        raise InvalidInput(
            f"{state!r} is no state of a letter; choose one of: {', '.join(LetterState)}", where="--state"
        )
    with database.reading() as connection:
        chosen = _statement(now, state, to).order_by(letter.c.id.desc()).limit(newest)
        found = connection.execute(chosen).all()[::-1]
        batches = (found[start : start + BATCH_LETTERS] for start in range(0, len(found), BATCH_LETTERS))
        return tuple(row for batch in batches for row in _rows(connection, batch, language))


def _statement(now: datetime | None, state: str | None, to: str | None) -> Select[Any]:
    leased = letter_lease.c.letter_id.is_not(None)
    live = letter_lease.c.until > now if now is not None else true()
    statement = (
        select(letter, unit.c.code, leased.label("leased"))
        .join(unit, unit.c.id == letter.c.unit_id)
        .outerjoin(letter_lease, (letter_lease.c.letter_id == letter.c.id) & live)
    )
    if state is not None:
        statement = statement.where(leased if state == LetterState.LEASED else (letter.c.state == state) & ~leased)
    return statement if to is None else statement.where(func.lower(letter.c.to_address) == to.strip().lower())


def _rows(connection: Connection, batch: Sequence[Row[Any]], language: str) -> Iterator[LetterRow]:
    ids = [row.id for row in batch]
    values = load_letter_values(connection, ids, base_url="")
    about = _about(connection, ids)
    words = wording(language)
    for row in batch:
        yield LetterRow(
            id=row.id,
            to=row.to_address,
            unit=row.code,
            kind=LetterKind(row.kind),
            subject=subject(harmless(values[row.id]), words),
            message_id=row.message_id,
            state=LetterState.LEASED if row.leased else LetterState(row.state),
            created_at=row.created_at.astimezone(ZONE),
            sent_at=row.sent_at.astimezone(ZONE) if row.sent_at else None,
            attempts=row.attempts,
            assignments=tuple(about[row.id]),
        )


def _about(connection: Connection, letter_ids: Sequence[int]) -> dict[int, list[LetterAbout]]:
    """Give what each letter is about: its notices, or all that its entry gave its unit."""
    found: dict[int, list[LetterAbout]] = defaultdict(list)
    told = (
        select(notice.c.letter_id, notice.c.assignment_id, notice.c.skipped_level, rung.c.name, plan_rung.c.reason)
        .add_columns(act.c.act, act.c.reason.label("why"))
        .outerjoin(rung, rung.c.id == notice.c.rung_id)
        .outerjoin(plan_rung, (plan_rung.c.plan_id == rung.c.plan_id) & (plan_rung.c.ordinal == rung.c.step))
        .outerjoin(act, act.c.id == notice.c.act_id)
        .where(notice.c.letter_id.in_(letter_ids))
        .order_by(notice.c.id)
    )
    for row in connection.execute(told):
        reason = row.reason or (f"{row.act}: {row.why}" if row.why else row.act) or ""
        if row.skipped_level is not None:
            reason += f"; level {row.skipped_level} above the unit has nobody to write to"
        found[row.letter_id].append(LetterAbout(row.assignment_id, row.name, reason))
    given = (
        select(letter.c.id, assignment.c.id.label("assignment_id"))
        # The sum keeps the planner off the index of entries, as in letter_rows.assigned_lines.
        .join(assignment, (assignment.c.unit_id == letter.c.unit_id) & (assignment.c.entry + 0 == letter.c.entry))
        .where(letter.c.id.in_(letter_ids), letter.c.kind == LetterKind.ASSIGNED.value)
        .order_by(assignment.c.id)
    )
    for row in connection.execute(given):
        found[row.id].append(LetterAbout(row.assignment_id, None, "the directive gives the unit this task"))
    ended = (
        select(letter.c.id, act.c.assignment_id, act.c.reason)
        .join(assignment, assignment.c.unit_id == letter.c.unit_id)
        .join(act, (act.c.assignment_id == assignment.c.id) & (act.c.entry + 0 == letter.c.entry))
        .where(letter.c.id.in_(letter_ids), letter.c.kind == LetterKind.REVOKED.value, act.c.act == Act.CANCEL.value)
        .order_by(act.c.assignment_id)
    )
    for row in connection.execute(ended):
        found[row.id].append(LetterAbout(row.assignment_id, None, f"the directive has ended: {row.reason}"))
    return found
