"""Draft the official letter of urging (công văn đôn đốc): what a unit and all below it have overdue, for signature.

It is a document of the office, made to be read, numbered and signed by people; the house never sends it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from dondoc.errors import InvalidInput, NotFound
from dondoc.locale.catalogue import DEFAULT_LANGUAGE
from dondoc.mail.wording import wording
from dondoc.operations.named import UnitNames, named_directive, named_unit
from dondoc.operations.successors import acting_units
from dondoc.operations.tasks import TaskRow, tasks
from dondoc.operations.unit_list import holds
from dondoc.reports.urging_letter import Assigning, OverdueLine, UrgingLetter
from models.paths import unit_ids
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import clause, directive, obligation
from models.tables.units import unit_version
from models.vocabulary import State, Status
from policies.workdays import ZONE, WorkCalendar

ANSWER_WORKING_DAYS = 5
"""Working days that a unit is given for its answer; the office changes the date in the draft as it sees fit."""


BATCH_TASKS = 5_000
"""Tasks whose directives are read at a time."""

ONE_PERIOD = frozenset({"once", "standing"})
"""Period keys of what is done once: a reader need not see them."""


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
        chosen = [named_unit(connection, code) for code in dict.fromkeys(wish.units)]
        about = _about(connection, overdue, day)
        sender = _sender(connection, wish, chosen, about.values(), day)
        groups = _grouped(chosen or _subordinates(connection, sender, day), sender, overdue, about)
        if not groups:
            raise NotFound(
                f"nothing is overdue there at {now.astimezone(ZONE):%H:%M %d/%m/%Y}; there is nothing to urge"
            )
        parent = _parent(connection, sender, day)
        names = UnitNames(connection, {sender, *groups} | ({parent} if parent else set()))
    lines = tuple(
        OverdueLine(
            recipient=names.on(top, day).name,
            unit=one.unit_name,
            title=one.title,
            directive=about[one.id].assigning.number,
            clause=about[one.id].clause,
            period="" if one.period in ONE_PERIOD else wording(DEFAULT_LANGUAGE).period(one.period),
            nominal_due=one.nominal_due or day,
            effective_due=one.effective_due or day,
            days_overdue=(day - (one.effective_due or day)).days,
            handed_in_on=one.submitted_at.date() if one.state is State.SUBMITTED and one.submitted_at else None,
            suspended=one.state is State.SUSPENDED,
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
    """What an overdue assignment follows from. `issuer_id` is who acts for the issuer on the day of the letter."""

    issuer_id: int
    path: str
    place: str | None
    clause: str
    assigning: Assigning


def _about(connection: Connection, rows: Sequence[TaskRow], day: date) -> dict[int, _About]:
    columns = directive.c
    statement = (
        select(assignment.c.id, assignment.c.path, columns.issuer_id, columns.place, clause.c.reference)
        .add_columns(columns.number, columns.type, columns.issued_on, columns.subject)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, columns.id == obligation.c.directive_id)
        .outerjoin(clause, clause.c.id == obligation.c.clause_id)
        .where(assignment.c.id.in_(bindparam("ids", expanding=True)))
    )
    ids = [row.id for row in rows]
    batches = (ids[start : start + BATCH_TASKS] for start in range(0, len(ids), BATCH_TASKS))
    found = [row for batch in batches for row in connection.execute(statement, {"ids": batch})]
    acting = acting_units(connection, {row.issuer_id for row in found}, day)
    return {
        row.id: _About(
            acting[row.issuer_id],
            row.path,
            row.place,
            row.reference or "",
            Assigning(row.number, row.type, row.issued_on, row.subject),
        )
        for row in found
    }


def _sender(connection: Connection, wish: UrgingWish, chosen: Sequence[int], about: Iterable[_About], day: date) -> int:
    """Give the office that writes: the one that is named, else the one issuer of what is overdue; or its successor.

    Of what the chosen units and those below them owe, their own issuing is left out: they are written to from above.
    """
    named = None
    if wish.sender is not None:
        named = named_unit(connection, wish.sender)
    elif wish.directive is not None:
        named = named_directive(connection, wish.directive).issuer_id
    if named is not None:
        return acting_units(connection, [named], day)[named]
    tops = set(chosen)
    issuers = {one.issuer_id for one in about if not tops or tops & set(unit_ids(one.path))}
    names = UnitNames(connection, issuers)
    issuers = {one for one in issuers if not tops & set(unit_ids(names.on(one, day).path))} or issuers
    if len(issuers) > 1:
        codes = ", ".join(sorted(names.on(one, day).code for one in issuers))
        raise InvalidInput(
            f"several offices have issued what is overdue ({codes}); say whose letter it is", where="--from"
        )
    return next(iter(issuers), 0)


def _subordinates(connection: Connection, sender: int, day: date) -> list[int]:
    """Give the sender's direct subordinates, by name."""
    below = select(unit_version.c.unit_id).where(unit_version.c.parent_id == sender, holds(unit_version, day))
    return list(connection.execute(below.order_by(unit_version.c.name_sort)).scalars())


def _grouped(
    tops: Sequence[int], sender: int, overdue: Sequence[TaskRow], about: Mapping[int, _About]
) -> dict[int, list[TaskRow]]:
    """Give what is overdue to the sender, by the one of `tops` that is written to: the nearest above, or itself."""
    groups: dict[int, list[TaskRow]] = {top: [] for top in tops}
    for one in overdue:
        if about[one.id].issuer_id != sender:
            continue
        top = next((unit_id for unit_id in reversed(unit_ids(about[one.id].path)) if unit_id in groups), None)
        if top is not None:
            groups[top].append(one)
    return {top: rows for top, rows in groups.items() if rows}


def _parent(connection: Connection, unit_id: int, day: date) -> int | None:
    statement = select(unit_version.c.parent_id).where(unit_version.c.unit_id == unit_id, holds(unit_version, day))
    return connection.execute(statement).scalar()
