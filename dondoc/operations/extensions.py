"""Due dates that an act moves: an extension asked and granted (gia hạn), and the clock that stood still (tạm hoãn)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from dondoc.operations.acts_standing import Standing
from dondoc.operations.ledger import Entry
from models.tables.assignments import act, assignment, extension, extension_decision
from models.tables.directives import directive, directive_basis, directive_end, obligation
from models.tables.plans import plan
from models.tables.units import officer
from models.vocabulary import Act, ExtensionOutcome, State
from policies.cascade import Due
from policies.lifecycle import nominal_due_after_suspension
from policies.workdays import WorkCalendar, effective_date

_OPEN_REQUEST = (
    select(extension.c.id, extension.c.due_asked, officer.c.email)
    .join(act, act.c.id == extension.c.act_id)
    .outerjoin(officer, officer.c.id == act.c.officer_id)
    .outerjoin(extension_decision, extension_decision.c.extension_id == extension.c.id)
    .where(extension.c.assignment_id == bindparam("assignment_id"), extension_decision.c.id.is_(None))
)

# Directives are linked by number, as the legal basis writes them; `higher` is what this one implements.
_higher = directive.alias("higher")
_OUTER_DUE = (
    select(func.min(plan.c.nominal_due))
    .select_from(directive_basis)
    .join(_higher, _higher.c.number == directive_basis.c.number)
    .outerjoin(directive_end, directive_end.c.directive_id == _higher.c.id)
    .join(obligation, obligation.c.directive_id == _higher.c.id)
    .join(assignment, assignment.c.obligation_id == obligation.c.id)
    .join(plan, plan.c.id == assignment.c.plan_id)
    .where(directive_basis.c.directive_id == bindparam("directive_id"), directive_end.c.id.is_(None))
    .where(assignment.c.unit_id == bindparam("issuer_id"))
    .where(assignment.c.state.not_in([State.WAIVED.value, State.CANCELLED.value]))
    .where(obligation.c.deliverable == bindparam("deliverable"), plan.c.nominal_due >= bindparam("nominal_due"))
)


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """An extension that is asked for and not decided; `asker` is the e-mail of the officer who asked."""

    extension_id: int
    due_asked: date
    asker: str | None


def find_open_request(connection: Connection, assignment_id: int) -> OpenRequest | None:
    """Find the one extension of an assignment that waits for its decision."""
    row = connection.execute(_OPEN_REQUEST, {"assignment_id": assignment_id}).one_or_none()
    return OpenRequest(row.id, row.due_asked, row.email) if row else None


def find_outer_due(connection: Connection, standing: Standing) -> date | None:
    """Find the date that an extension may not pass, where a derived directive serves a higher one.

    It is the earliest nominal due date, not before the assignment's own, of what the directives in force that this one
    implements ask of its issuer for the same deliverable: what subordinates owe is due before what is made of it.
    """
    if standing.nominal_due is None:
        return None
    asked = {
        "directive_id": standing.directive_id,
        "issuer_id": standing.offices.issuer_id,
        "deliverable": standing.deliverable,
        "nominal_due": standing.nominal_due,
    }
    return connection.execute(_OUTER_DUE, asked).scalar()


def moved_due(
    act_done: Act, standing: Standing, request: OpenRequest | None, now: datetime, calendar: WorkCalendar
) -> Due | None:
    """Give the due date that an act sets in place of the one before, or None where it moves nothing.

    A granted extension sets the date asked for; resuming moves the date by the suspension, if it was in term then.
    """
    if act_done is Act.GRANT and request is not None:
        return _due_on(request.due_asked, calendar)
    stood_still = act_done is Act.RESUME and standing.last is not None and not standing.late
    if not stood_still or standing.last is None or standing.nominal_due is None:
        return None
    nominal = nominal_due_after_suspension(standing.nominal_due, standing.last.at, now)
    return _due_on(nominal, calendar) if nominal != standing.nominal_due else None


def _due_on(nominal: date, calendar: WorkCalendar) -> Due:
    moved = effective_date(nominal, calendar)
    return Due(moved.nominal, moved.effective, moved.moved_by)


def store_request(connection: Connection, opened: Entry, act_id: int, standing: Standing, due_asked: date) -> None:
    """Write what an act of asking asks for."""
    opened.commits(extension)
    values = {"act_id": act_id, "assignment_id": standing.assignment_id, "due_before": standing.nominal_due}
    connection.execute(insert(extension), values | {"due_asked": due_asked, "entry": opened.seq})


def store_decision(connection: Connection, opened: Entry, act_id: int, request: OpenRequest, *, granted: bool) -> None:
    """Write how an act decides on a request."""
    opened.commits(extension_decision)
    outcome = ExtensionOutcome.GRANTED if granted else ExtensionOutcome.REFUSED
    values = {"extension_id": request.extension_id, "act_id": act_id, "outcome": outcome, "entry": opened.seq}
    connection.execute(insert(extension_decision), values)
