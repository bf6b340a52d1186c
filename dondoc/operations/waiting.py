"""What waits on somebody's word beside an assignment's own course: extensions asked for, obstacles reported.

Neither ends by itself, so lists show them until they are answered; an assignment whose life has ended waits no more.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from dondoc.operations.relay import newest_number
from models.tables.assignments import (
    act,
    assignment,
    extension,
    extension_answer,
    extension_decision,
    obstacle,
    obstacle_answer,
    relay_link,
)
from models.tables.directives import directive, obligation
from models.tables.units import officer
from models.vocabulary import ExtensionOutcome, Side
from policies.status import ENDED
from policies.workdays import ZONE

_LIVING = assignment.c.state.not_in([state.value for state in ENDED])
_own_directive = directive.alias("own_directive")


@dataclass(frozen=True, slots=True)
class AskedExtension:
    """An extension that waits: `waits_for` says on which side; `request` which one of the assignment's it is."""

    since: datetime
    due_before: date
    due_asked: date
    due_offered: date | None
    waits_for: Side
    request: int

    def as_json(self, often_from: int) -> dict[str, Any]:
        """Give its fields; `often` marks who asks again and again (gia hạn nhiều lần)."""
        return {
            "since": self.since.isoformat(),
            "due_before": self.due_before.isoformat(),
            "due_asked": self.due_asked.isoformat(),
            "due_offered": self.due_offered.isoformat() if self.due_offered else None,
            "waits_for": self.waits_for.value,
            "request": self.request,
            "often": self.request >= often_from,
        }


@dataclass(frozen=True, slots=True)
class ReportedObstacle:
    """An obstacle that nobody has answered."""

    since: datetime
    by: str
    text: str

    def as_json(self) -> dict[str, Any]:
        """Give its fields."""
        return {"since": self.since.isoformat(), "by": self.by, "text": self.text}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits on some assignments, by their ids; and the own directives by which relay duties were done."""

    extensions: dict[int, AskedExtension]
    obstacles: dict[int, tuple[ReportedObstacle, ...]]
    relays: dict[int, str]


def load_waiting(connection: Connection, conditions: list[ColumnElement[bool]]) -> Waiting:
    """Load what waits on the assignments that meet conditions on assignment, obligation and directive."""
    return Waiting(
        _extensions(connection, conditions), _obstacles(connection, conditions), _relays(connection, conditions)
    )


def _extensions(connection: Connection, conditions: list[ColumnElement[bool]]) -> dict[int, AskedExtension]:
    earlier = extension.alias("earlier")
    request = (
        select(func.count())
        .where(earlier.c.assignment_id == extension.c.assignment_id, earlier.c.id <= extension.c.id)
        .correlate(extension)
        .scalar_subquery()
    )
    offering = act.alias("offering")
    statement = (
        select(extension, extension_decision.c.due_offered, act.c.at, offering.c.at.label("offered_at"))
        .add_columns(request.label("request"))
        .join(act, act.c.id == extension.c.act_id)
        .join(assignment, assignment.c.id == extension.c.assignment_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .outerjoin(extension_decision, extension_decision.c.extension_id == extension.c.id)
        .outerjoin(offering, offering.c.id == extension_decision.c.act_id)
        .outerjoin(extension_answer, extension_answer.c.extension_id == extension.c.id)
        .where(extension_answer.c.id.is_(None), _LIVING, *conditions)
        .where(or_(extension_decision.c.id.is_(None), extension_decision.c.outcome == ExtensionOutcome.COUNTERED.value))
    )
    return {
        row.assignment_id: AskedExtension(
            (row.offered_at or row.at).astimezone(ZONE),
            row.due_before,
            row.due_asked,
            row.due_offered,
            Side.UNIT if row.due_offered else Side.OFFICE,
            row.request,
        )
        for row in connection.execute(statement)
    }


def _obstacles(
    connection: Connection, conditions: list[ColumnElement[bool]]
) -> dict[int, tuple[ReportedObstacle, ...]]:
    statement = (
        select(obstacle.c.assignment_id, act.c.at, act.c.reason, officer.c.email)
        .join(act, act.c.id == obstacle.c.act_id)
        .join(assignment, assignment.c.id == obstacle.c.assignment_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .outerjoin(officer, officer.c.id == act.c.officer_id)
        .outerjoin(obstacle_answer, obstacle_answer.c.obstacle_id == obstacle.c.id)
        .where(obstacle_answer.c.id.is_(None), _LIVING, *conditions)
        .order_by(obstacle.c.id)
    )
    found: dict[int, tuple[ReportedObstacle, ...]] = {}
    for row in connection.execute(statement):
        one = ReportedObstacle(row.at.astimezone(ZONE), row.email or "", row.reason or "")
        found[row.assignment_id] = (*found.get(row.assignment_id, ()), one)
    return found


def _relays(connection: Connection, conditions: list[ColumnElement[bool]]) -> dict[int, str]:
    """Give the own directives that were handed in last; one carried over from a replaced duty was handed in there."""
    said = newest_number()
    statement = (
        select(relay_link.c.assignment_id, _own_directive.c.number)
        .join(_own_directive, _own_directive.c.id == relay_link.c.directive_id)
        .join(assignment, assignment.c.id == relay_link.c.assignment_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .where(*conditions)
        .where(func.coalesce(said, _own_directive.c.number) == _own_directive.c.number)
        # The newest link last: a unit that handed in another document is done by that one.
        .order_by(relay_link.c.id)
    )
    return {row.assignment_id: row.number for row in connection.execute(statement)}
