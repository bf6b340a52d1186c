"""Due dates that an act moves: an extension asked and granted (gia hạn), and the clock that stood still (tạm hoãn)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, case, func, insert, or_, select

from dondoc.operations.acts_standing import LastAct, Standing
from dondoc.operations.ledger import Entry
from models.tables.assignments import act, extension, extension_answer, extension_decision
from models.tables.units import officer
from models.vocabulary import Act, ExtensionOutcome
from policies.cascade import Due
from policies.lifecycle import nominal_due_after_suspension
from policies.workdays import WorkCalendar, effective_date

OUTCOMES = {
    Act.GRANT: ExtensionOutcome.GRANTED,
    Act.REFUSE: ExtensionOutcome.REFUSED,
    Act.COUNTER: ExtensionOutcome.COUNTERED,
}

_deciding, _asker, _offerer = act.alias("deciding"), officer.alias("asker"), officer.alias("offerer")

# Open: not decided, or countered and not answered.
_OPEN_REQUEST = (
    select(
        extension.c.id,
        extension.c.due_asked,
        extension_decision.c.due_offered,
        _asker.c.email,
        _offerer.c.email.label("offered_by"),
    )
    .join(act, act.c.id == extension.c.act_id)
    .outerjoin(_asker, _asker.c.id == act.c.officer_id)
    .outerjoin(extension_decision, extension_decision.c.extension_id == extension.c.id)
    .outerjoin(_deciding, _deciding.c.id == extension_decision.c.act_id)
    .outerjoin(_offerer, _offerer.c.id == _deciding.c.officer_id)
    .outerjoin(extension_answer, extension_answer.c.extension_id == extension.c.id)
    .where(extension.c.assignment_id == bindparam("assignment_id"), extension_answer.c.id.is_(None))
    .where(or_(extension_decision.c.id.is_(None), extension_decision.c.outcome == ExtensionOutcome.COUNTERED.value))
)
_GRANTED = or_(extension_decision.c.outcome == ExtensionOutcome.GRANTED.value, extension_answer.c.accepted.is_(True))
_EARLIER = (
    select(func.count().label("asked"), func.coalesce(func.sum(case((_GRANTED, 1), else_=0)), 0).label("granted"))
    .select_from(extension)
    .outerjoin(extension_decision, extension_decision.c.extension_id == extension.c.id)
    .outerjoin(extension_answer, extension_answer.c.extension_id == extension.c.id)
    .where(extension.c.assignment_id == bindparam("assignment_id"))
)


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """An extension that is asked for and not settled; `asker` and `offerer` are e-mails of officers.

    `due_offered` is the other date that the office offered, None before it did.
    """

    extension_id: int
    due_asked: date
    due_offered: date | None
    asker: str | None
    offerer: str | None

    @property
    def due_settled(self) -> date:
        """The date that granting, or accepting what was offered, sets."""
        return self.due_offered or self.due_asked


@dataclass(frozen=True, slots=True)
class Earlier:
    """How often an extension was asked for, and how often that moved the date: granted, or a counter-offer accepted."""

    asked: int
    granted: int


def find_open_request(connection: Connection, assignment_id: int) -> OpenRequest | None:
    """Find the one extension of an assignment that waits for the office's decision or for the unit's answer."""
    row = connection.execute(_OPEN_REQUEST, {"assignment_id": assignment_id}).one_or_none()
    return OpenRequest(*row) if row else None


def count_earlier(connection: Connection, assignment_id: int) -> Earlier:
    """Count an assignment's requests so far."""
    row = connection.execute(_EARLIER, {"assignment_id": assignment_id}).one()
    return Earlier(int(row.asked), int(row.granted))


def moved_due(  # noqa: PLR0913 (an act with the facts that say where it moves the date)
    act_done: Act,
    standing: Standing,
    *,
    request: OpenRequest | None,
    suspended: LastAct | None,
    now: datetime,
    calendar: WorkCalendar,
) -> Due | None:
    """Give the due date that an act sets in place of the one before, or None where it moves nothing.

    A granted extension sets the date asked for, an accepted one the date offered; resuming moves the date by the
    suspension (`suspended` is the act that began it), if it was in term then.
    """
    if act_done in {Act.GRANT, Act.ACCEPT} and request is not None:
        return _due_on(request.due_settled, calendar)
    stood_still = act_done is Act.RESUME and suspended is not None and not standing.late
    if not stood_still or suspended is None or standing.nominal_due is None:
        return None
    nominal = nominal_due_after_suspension(standing.nominal_due, suspended.at, now)
    return _due_on(nominal, calendar) if nominal != standing.nominal_due else None


def _due_on(nominal: date, calendar: WorkCalendar) -> Due:
    moved = effective_date(nominal, calendar)
    return Due(moved.nominal, moved.effective, moved.moved_by)


def store_request(connection: Connection, opened: Entry, act_id: int, standing: Standing, due_asked: date) -> None:
    """Write what an act of asking asks for."""
    opened.commits(extension)
    values = {"act_id": act_id, "assignment_id": standing.assignment_id, "due_before": standing.nominal_due}
    connection.execute(insert(extension), values | {"due_asked": due_asked, "entry": opened.seq})


def store_decision(  # noqa: PLR0913 (a row and where it belongs)
    connection: Connection, opened: Entry, act_id: int, request: OpenRequest, *, decided: Act, offered: date | None
) -> None:
    """Write how an act decides on a request: granted, refused, or countered with the date offered."""
    opened.commits(extension_decision)
    values = {"extension_id": request.extension_id, "act_id": act_id, "outcome": OUTCOMES[decided]}
    connection.execute(insert(extension_decision), values | {"due_offered": offered, "entry": opened.seq})


def store_answer(connection: Connection, opened: Entry, act_id: int, request: OpenRequest, *, accepted: bool) -> None:
    """Write how an act answers the date that the office offered."""
    opened.commits(extension_answer)
    values = {"extension_id": request.extension_id, "act_id": act_id, "accepted": accepted, "entry": opened.seq}
    connection.execute(insert(extension_answer), values)
