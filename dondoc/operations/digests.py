"""Write the letters that queued notices call for: one digest a person and working day, urgent ones at once.

A person is an e-mail address, whatever offices it holds. Who already has a digest today gets the rest on the next
working day; what is done by then is no longer news and leaves the queue.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, String, Table, case, cast, delete, exists, func, insert, literal, select
from sqlalchemy.types import Integer

from dondoc.operations.audience import NOT_SKIPPED, PENDING_COLUMNS
from dondoc.operations.standing_in import present, speaking
from dondoc.operations.storms import find_storms, join_urgent, mark_storms
from dondoc.operations.successors import load_successions
from models.dialects import insert_new
from models.tables.assignments import assignment, rung
from models.tables.columns import UTCDateTime
from models.tables.letters import letter, letter_figure, notice, pending_notice
from models.tables.plans import plan, plan_rung
from models.tables.units import officer
from models.vocabulary import LetterKind, LetterState, RungAction, State
from policies.ladder_policy import StormRule
from policies.status import OPEN
from policies.workdays import ZONE

LETTER_COLUMNS = (
    "key", "kind", "officer_id", "unit_id", "to_address", "to_name", "message_id", "day", "created_at",
    "entry", "state", "attempts",
)  # fmt: skip
NOTICE_COLUMNS = ("letter_id", "assignment_id", "rung_id", "level", "skipped_level", "entry")


@dataclass(frozen=True, slots=True)
class Written:
    """Letters written, and the tables they stand in; whether a storm is among them."""

    written: int
    storm: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """What the ledger entry commits to."""
        return (letter, notice, *([letter_figure] if self.storm else [])) if self.written else ()

    def __bool__(self) -> bool:
        """Whether any was written."""
        return self.written > 0


def write_letters(
    connection: Connection, seq: int, now: datetime, domain: str, *, storm: StormRule | None = None
) -> Written:
    """Turn the queue into letters under entry `seq`.

    1. Drop what waits for assignments that no longer owe, or that were given another plan meanwhile.
    2. Turn what waits for an officer who left or is away to whoever is there; where nobody is, it goes on waiting.
    3. Write one letter a recipient, unless it has today's digest already; urgent notices have a letter of their own,
       but in a storm, where one letter says all.
    4. Move the notices of those letters out of the queue, and give the letters about a storm its figures.
    """
    day = now.astimezone(ZONE).date()
    connection.execute(delete(pending_notice).where(pending_notice.c.id.in_(_stale())))
    _turn_to_others(connection, day)
    storms = find_storms(connection, storm, now)
    if storms:
        join_urgent(connection, storms, day)
    connection.execute(insert_new(connection.dialect.name, letter, LETTER_COLUMNS, _letters(seq, now, domain)))
    written = connection.execute(select(func.count()).where(letter.c.entry == seq)).scalar_one()
    if written:
        carried = _carried(seq, day).subquery()
        rows = select(
            carried.c.letter_id,
            carried.c.assignment_id,
            carried.c.rung_id,
            func.min(carried.c.level),
            case((carried.c.skipped_level != NOT_SKIPPED, carried.c.skipped_level)),
            literal(seq),
        ).group_by(carried.c.letter_id, carried.c.assignment_id, carried.c.rung_id, carried.c.skipped_level)
        rows = rows.order_by(carried.c.letter_id, carried.c.rung_id)
        connection.execute(insert(notice).from_select(list(NOTICE_COLUMNS), rows))
        connection.execute(
            delete(pending_notice).where(pending_notice.c.id.in_(select(_carried(seq, day).subquery().c.id)))
        )
    return Written(written, bool(storms) and mark_storms(connection, storms, seq))


def _stale() -> Any:
    """Select what waits for a date that is no longer asked for, from who no longer owes, or has acknowledged since."""
    acknowledged = (plan_rung.c.action == RungAction.PROMPT.value) & (assignment.c.state != State.ASSIGNED.value)
    return (
        select(pending_notice.c.id)
        .join(rung, rung.c.id == pending_notice.c.rung_id)
        .join(plan_rung, (plan_rung.c.plan_id == rung.c.plan_id) & (plan_rung.c.ordinal == rung.c.step))
        .join(assignment, assignment.c.id == pending_notice.c.assignment_id)
        .where(
            assignment.c.state.not_in([state.value for state in OPEN])
            | ((rung.c.plan_id != assignment.c.plan_id) & _due(rung).is_distinct_from(_due(assignment)))
            | acknowledged
        )
    )


def _due(table: Table) -> Any:
    """Give the end of the term by the plan that a rung was of, or an assignment is on."""
    return select(plan.c.due_at).where(plan.c.id == table.c.plan_id).correlate(table).scalar_subquery()


def _turn_to_others(connection: Connection, day: date) -> None:
    """Queue what waits for one who left or is away for whoever is there in that unit: in the same role, else at all.

    What waits for an officer of a unit that has ended is for those of who succeeds it.
    """
    left, there, same = officer.alias(), speaking(day), speaking(day).alias("same")
    acting = load_successions(connection).acting_column(pending_notice.c.unit_id, day)
    in_unit = there.c.unit_id == acting
    same_role = exists().where(same.c.unit_id == acting, same.c.role == pending_notice.c.role)
    gone = ~present(left, day)
    if acting is not pending_notice.c.unit_id:
        gone |= acting != pending_notice.c.unit_id
    orphaned = (
        select(pending_notice.c.id)
        .join(left, left.c.id == pending_notice.c.officer_id)
        .where(gone, exists().where(in_unit))
    )
    ids = list(connection.execute(orphaned).scalars())
    if not ids:
        return
    copied: dict[str, Any] = {name: pending_notice.c[name] for name in PENDING_COLUMNS}
    copied |= {name: there.c[name] for name in ("officer_id", "unit_id", "role")}
    turned = (
        select(*(copied[name] for name in PENDING_COLUMNS))
        .select_from(pending_notice)
        .join(there, in_unit & ((there.c.role == pending_notice.c.role) | ~same_role))
        .where(pending_notice.c.id.in_(ids))
    )
    connection.execute(insert_new(connection.dialect.name, pending_notice, PENDING_COLUMNS, turned))
    connection.execute(delete(pending_notice).where(pending_notice.c.id.in_(ids)))


def _letters(seq: int, now: datetime, domain: str) -> Any:
    """Select one letter for each address in the queue, and one more where some of it is urgent."""
    same = officer.alias()
    # An address keeps one number, whichever of its offices is written to: the key then allows one digest a day.
    first = select(func.min(same.c.id)).where(same.c.email == officer.c.email).scalar_subquery()
    day = now.astimezone(ZONE).date()
    only_weekly = func.min(case((plan_rung.c.repeat_weekday.is_(None), 0), else_=1)) == 1
    kind = case(
        (pending_notice.c.urgent, LetterKind.URGENT.value),
        (only_weekly, LetterKind.WEEKLY.value),
        else_=LetterKind.DIGEST.value,
    )
    addressed = (
        select(officer.c.email, kind.label("kind"), func.min(officer.c.id).label("officer_id"))
        .join(pending_notice, pending_notice.c.officer_id == officer.c.id)
        .join(rung, rung.c.id == pending_notice.c.rung_id)
        .join(plan_rung, (plan_rung.c.plan_id == rung.c.plan_id) & (plan_rung.c.ordinal == rung.c.step))
        .where(present(officer, day))
        .group_by(officer.c.email, pending_notice.c.urgent)
        .subquery()
    )
    # A weekly letter is the digest of its day, and bars another.
    key = case(
        (addressed.c.kind == LetterKind.URGENT.value, _key(LetterKind.URGENT, first, str(seq))),
        else_=_key(LetterKind.DIGEST, first, day.isoformat()),
    )
    return (
        select(
            key,
            addressed.c.kind,
            officer.c.id,
            officer.c.unit_id,
            officer.c.email,
            officer.c.name,
            literal("<") + key + literal(f"@{domain}>"),
            literal(day, Date),
            literal(now, UTCDateTime),
            literal(seq),
            literal(LetterState.NEW.value),
            literal(0, Integer),
        )
        .join(addressed, addressed.c.officer_id == officer.c.id)
        .order_by(officer.c.id, addressed.c.kind)
    )


def _key(kind: LetterKind, number: Any, when: str) -> Any:
    return literal(f"{kind.value}-") + cast(number, String) + literal(f"-{when}")


def _carried(seq: int, day: date) -> Any:
    """Select the queued notices that the letters of entry `seq` carry."""
    return (
        select(pending_notice, letter.c.id.label("letter_id"))
        .join(officer, officer.c.id == pending_notice.c.officer_id)
        .join(letter, (letter.c.entry == seq) & (letter.c.to_address == officer.c.email))
        .where(present(officer, day), pending_notice.c.urgent == (letter.c.kind == LetterKind.URGENT.value))
    )
