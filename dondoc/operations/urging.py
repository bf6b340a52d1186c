"""Draft the official letter of urging (công văn đôn đốc): what a unit and all below it have overdue, for signature.

It is a document of the office, made to be read, numbered and signed by people; the house never sends it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from dondoc.errors import InvalidInput, NotFound
from dondoc.operations.named import UnitNames, named_directive, named_unit
from dondoc.operations.tasks import TaskRow, tasks
from dondoc.operations.unit_list import holds
from dondoc.reports.urging_letter import Assigning, OverdueLine, UrgingLetter
from models.paths import unit_ids
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import clause, directive, obligation
from models.tables.units import unit_version
from models.vocabulary import Status
from policies.workdays import ZONE, WorkCalendar

ANSWER_WORKING_DAYS = 5
"""Working days that a unit is given for its answer; the office changes the date in the draft as it sees fit."""


@dataclass(frozen=True, slots=True)
class UrgingWish:
    """What the office wants urged: which units (with all below them), of which directive, for which time, by whom.

    `units` empty: every direct subordinate of the sender that has something overdue, in one letter.
    """

    units: tuple[str, ...] = ()
    directive: str | None = None
    sender: str | None = None
    round: int = 1
    signer: tuple[str, ...] = ()


def urging_letter(database: Database, wish: UrgingWish, now: datetime, calendar: WorkCalendar) -> UrgingLetter:
    """Gather what a letter of urging says, as of `now`.

    The number of overdue tasks is the one that `dondoc tasks --status open_overdue` shows. Raises NotFound for an
    unknown unit or directive and where nothing is overdue; InvalidInput where several offices could be the sender.
    """
    day = now.astimezone(ZONE).date()
    overdue = tasks(database, now=now, directive=wish.directive, status=Status.OPEN_OVERDUE)
    with database.reading() as connection:
        about = _about(connection, overdue)
        sender = _sender(connection, wish, about)
        overdue = tuple(one for one in overdue if about[one.id].issuer_id == sender)
        groups = _grouped(connection, wish, sender, overdue, day)
        if not groups:
            raise NotFound(
                f"nothing is overdue there at {now.astimezone(ZONE):%H:%M %d/%m/%Y}; there is nothing to urge"
            )
        names = UnitNames(connection, {sender, *groups} | {one for one in [_parent(connection, sender, day)] if one})
        parent = _parent(connection, sender, day)
    lines = tuple(
        OverdueLine(
            recipient=names.on(top, day).name,
            unit=one.unit_name,
            title=one.title,
            directive=about[one.id].assigning.number,
            clause=about[one.id].clause,
            period=one.period,
            nominal_due=one.nominal_due or day,
            effective_due=one.effective_due or day,
            days_overdue=(day - (one.effective_due or day)).days,
        )
        for top, rows in groups.items()
        for one in rows
    )
    return UrgingLetter(
        superior=names.on(parent, day).name if parent else "",
        office=names.on(sender, day).name,
        place=next((one.place for one in about.values() if one.issuer_id == sender and one.place), ""),
        day=day,
        as_of=now.astimezone(ZONE),
        round=wish.round,
        recipients=tuple(names.on(top, day).name for top in groups),
        assigning=tuple(dict.fromkeys(about[one.id].assigning for rows in groups.values() for one in rows)),
        lines=lines,
        answer_by=calendar.shift_working_days(day, ANSWER_WORKING_DAYS),
        signer=wish.signer,
    )


@dataclass(frozen=True, slots=True)
class _About:
    """What an overdue assignment follows from."""

    issuer_id: int
    path: str
    place: str | None
    clause: str
    assigning: Assigning


def _about(connection: Connection, rows: Sequence[TaskRow]) -> dict[int, _About]:
    columns = directive.c
    statement = (
        select(assignment.c.id, assignment.c.path, columns.issuer_id, columns.place, clause.c.reference)
        .add_columns(columns.number, columns.type, columns.issued_on, columns.subject)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, columns.id == obligation.c.directive_id)
        .outerjoin(clause, clause.c.id == obligation.c.clause_id)
        .where(assignment.c.id.in_([row.id for row in rows]))
    )
    return {
        row.id: _About(
            row.issuer_id,
            row.path,
            row.place,
            row.reference or "",
            Assigning(row.number, row.type, row.issued_on, row.subject),
        )
        for row in connection.execute(statement)
    }


def _sender(connection: Connection, wish: UrgingWish, about: dict[int, _About]) -> int:
    if wish.sender is not None:
        return named_unit(connection, wish.sender)
    if wish.directive is not None:
        return named_directive(connection, wish.directive).issuer_id
    issuers = {one.issuer_id for one in about.values()}
    if len(issuers) > 1:
        raise InvalidInput("several offices have issued what is overdue; say whose letter it is", where="--from")
    return next(iter(issuers), 0)


def _grouped(
    connection: Connection, wish: UrgingWish, sender: int, overdue: Sequence[TaskRow], day: date
) -> dict[int, list[TaskRow]]:
    """Give the overdue tasks by the unit that is written to: a named one, or the sender's direct subordinate."""
    paths = dict(
        connection.execute(
            select(assignment.c.id, assignment.c.path).where(assignment.c.id.in_([one.id for one in overdue]))
        )
        .tuples()
        .all()
    )
    chosen = [named_unit(connection, code) for code in dict.fromkeys(wish.units)]
    if not chosen:
        below = select(unit_version.c.unit_id, unit_version.c.name_sort).where(
            unit_version.c.parent_id == sender, holds(unit_version, day)
        )
        chosen = [row.unit_id for row in connection.execute(below.order_by(unit_version.c.name_sort))]
    groups: dict[int, list[TaskRow]] = {top: [] for top in chosen}
    for one in overdue:
        top = next((unit_id for unit_id in reversed(unit_ids(paths[one.id])) if unit_id in groups), None)
        if top is not None:
            groups[top].append(one)
    return {top: rows for top, rows in groups.items() if rows}


def _parent(connection: Connection, unit_id: int, day: date) -> int | None:
    statement = select(unit_version.c.parent_id).where(unit_version.c.unit_id == unit_id, holds(unit_version, day))
    return connection.execute(statement).scalar()
