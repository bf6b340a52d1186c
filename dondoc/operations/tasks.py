"""Assignments, one a row, with the status that each has now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from dondoc.errors import InvalidInput
from dondoc.operations.named import UnitNames, named_directive, named_unit
from dondoc.operations.waiting import AskedExtension, ReportedObstacle, Waiting, load_waiting
from models.paths import upper_bound
from models.session import Database
from models.tables import directives
from models.tables.assignments import assignment, rung
from models.tables.directives import obligation, period
from models.tables.plans import plan
from models.tables.units import unit_version
from models.vocabulary import AddresseeRole, State, Status
from policies.status import status_of
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class TaskRow:
    """An assignment as lists show it. `rung` is the name of the last rung that fired, None before the first.

    `relay` is the number of the unit's own directive that does a relay duty, once it is registered.
    """

    id: int
    directive: str
    obligation: str
    period: str
    unit: str
    unit_name: str
    title: str
    state: State
    status: Status
    nominal_due: date | None
    effective_due: date | None
    submitted_at: datetime | None
    confirmed_at: datetime | None
    rung: str | None
    role: AddresseeRole
    relay: str | None = None
    extension: AskedExtension | None = None
    obstacles: tuple[ReportedObstacle, ...] = ()

    @property
    def waits(self) -> str | None:
        """What waits for an answer, in a few words."""
        parts = []
        if self.extension:
            parts.append(f"extension: {self.extension.waits_for.value} since {self.extension.since:%d/%m/%Y}")
        if self.obstacles:
            parts.append(f"obstacle: office since {self.obstacles[0].since:%d/%m/%Y}")
        return ", ".join(parts) or None

    def as_json(self, often_from: int) -> dict[str, Any]:
        """Give the fields of `dondoc tasks --json` (INTERFACE). Requests from the `often_from`-th on are marked."""
        return {
            "id": self.id,
            "directive": self.directive,
            "obligation": self.obligation,
            "period": self.period,
            "unit": self.unit,
            "unit_name": self.unit_name,
            "title": self.title,
            "state": self.state.value,
            "status": self.status.value,
            "nominal_due": self.nominal_due.isoformat() if self.nominal_due else None,
            "effective_due": self.effective_due.isoformat() if self.effective_due else None,
            "submitted_at": self.submitted_at.isoformat() if self.submitted_at else None,
            "confirmed_at": self.confirmed_at.isoformat() if self.confirmed_at else None,
            "rung": self.rung,
            "relay": self.relay,
            "extension": self.extension.as_json(often_from) if self.extension else None,
            "obstacles": [one.as_json() for one in self.obstacles],
            "role": self.role.value,
        }


def tasks(  # noqa: PLR0913 (each filter is one of INTERFACE's options)
    database: Database,
    *,
    now: datetime,
    directive: str | None = None,
    unit: str | None = None,
    below: str | None = None,
    status: str | None = None,
    limit: int | None = None,
) -> tuple[TaskRow, ...]:
    """List assignments by due date, then unit in Vietnamese order; standing duties last.

    `unit` is one unit, `below` all under one. `status` is a word of Status or of State. Raises NotFound for an unknown
    number or unit, InvalidInput for a word that is neither.
    """
    wanted = _wanted(status)
    with database.reading() as connection:
        conditions = _conditions(connection, directive, unit, below)
        found = connection.execute(_statement(conditions)).all()
        waiting = load_waiting(connection, conditions)
        names = UnitNames(connection, {row.unit_id for row in found})
    day = now.astimezone(ZONE).date()
    order = {unit_id: (names.on(unit_id, day).sort, unit_id) for unit_id in {row.unit_id for row in found}}
    ordered = sorted(
        found, key=lambda row: (row.effective_due or date.max, order[row.unit_id], row.ordinal, row.period_id)
    )
    rows = (row for row in _shown(ordered, names, waiting, now) if wanted is None or wanted in {row.status, row.state})
    return tuple(row for row, _ in zip(rows, range(limit), strict=False)) if limit is not None else tuple(rows)


def _wanted(word: str | None) -> str | None:
    words = dict.fromkeys([*(one.value for one in Status), *(one.value for one in State)])
    if word is not None and word not in words:
        raise InvalidInput(f"{word!r} is no status; choose one of: {', '.join(words)}", where="--status")
    return word


def _conditions(
    connection: Connection, number: str | None, unit: str | None, below: str | None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if number is not None:
        conditions.append(directives.directive.c.id == named_directive(connection, number).id)
    if unit is not None:
        conditions.append(assignment.c.unit_id == named_unit(connection, unit))
    if below is not None:
        conditions.append(is_below(connection, named_unit(connection, below)))
    return conditions


def _statement(conditions: list[ColumnElement[bool]]) -> Select[Any]:
    # It stands on the last rung that fired, nearly always; after an extension that may be one of the plan before.
    newest, earlier = rung.alias(), rung.alias()
    last = select(func.max(rung.c.id)).where(rung.c.assignment_id == assignment.c.id).correlate(assignment)
    before = (
        select(earlier.c.name).where(earlier.c.id == last.scalar_subquery()).correlate(assignment).scalar_subquery()
    )
    return (
        select(
            assignment.c.id,
            assignment.c.unit_id,
            assignment.c.period_id,
            assignment.c.role,
            assignment.c.state,
            assignment.c.late,
            assignment.c.submitted_at,
            assignment.c.confirmed_at,
            directives.directive.c.number,
            obligation.c.key.label("obligation"),
            obligation.c.ordinal,
            obligation.c.title,
            period.c.key.label("period"),
            plan.c.nominal_due,
            plan.c.effective_due,
            plan.c.due_at,
            func.coalesce(newest.c.name, before).label("rung"),
        )
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directives.directive, directives.directive.c.id == obligation.c.directive_id)
        .join(period, period.c.id == assignment.c.period_id)
        .join(plan, plan.c.id == assignment.c.plan_id)
        .outerjoin(
            newest,
            (newest.c.assignment_id == assignment.c.id)
            & (newest.c.plan_id == assignment.c.plan_id)
            & (newest.c.ordinal == assignment.c.rung),
        )
        .where(*conditions)
    )


def is_below(connection: Connection, unit_id: int) -> ColumnElement[bool]:
    """Give the condition that an assignment's unit stands under a unit, in any tree that the unit has been part of."""
    paths = connection.execute(
        select(unit_version.c.path).where(unit_version.c.unit_id == unit_id).distinct()
    ).scalars()
    return or_(*((assignment.c.path > path) & (assignment.c.path < upper_bound(path)) for path in paths))


def _shown(rows: Iterable[Row[Any]], names: UnitNames, waiting: Waiting, now: datetime) -> Iterator[TaskRow]:
    day = now.astimezone(ZONE).date()
    for row in rows:
        unit, state = names.on(row.unit_id, day), State(row.state)
        yield TaskRow(
            id=row.id,
            directive=row.number,
            obligation=row.obligation,
            period=row.period,
            unit=unit.code,
            unit_name=unit.name,
            title=row.title,
            state=state,
            status=status_of(state, row.due_at, late=row.late, now=now),
            nominal_due=row.nominal_due,
            effective_due=row.effective_due,
            submitted_at=_local(row.submitted_at),
            confirmed_at=_local(row.confirmed_at),
            rung=row.rung,
            relay=waiting.relays.get(row.id),
            extension=waiting.extensions.get(row.id),
            obstacles=waiting.obstacles.get(row.id, ()),
            role=AddresseeRole(row.role),
        )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(ZONE) if moment else None
