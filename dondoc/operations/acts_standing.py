"""What is known when somebody acts: who it is, and how the assignment stands, in one query each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from dondoc.errors import NotFound
from models.tables.assignments import act, assignment, rung
from models.tables.directives import directive, obligation
from models.tables.plans import plan
from models.tables.units import officer
from models.vocabulary import Act, Side, State
from policies.access import OfficeFacts, sides_of
from policies.workdays import ZONE

_acting = officer.alias("acting")

_reminded = select(func.max(rung.c.fired_at)).where(rung.c.assignment_id == assignment.c.id).scalar_subquery()

_STANDING = (
    select(
        assignment,
        obligation.c.directive_id,
        obligation.c.deliverable,
        obligation.c.relay,
        obligation.c.lead_id,
        directive.c.issuer_id,
        *(plan.c[name] for name in ("nominal_due", "effective_due", "due_at", "levels")),
        *(act.c[name].label(f"last_{name}") for name in ("act", "at", "state_before", "reason")),
        _acting.c.email.label("last_email"),
        _reminded.label("reminded_at"),
    )
    .join(obligation, obligation.c.id == assignment.c.obligation_id)
    .join(directive, directive.c.id == obligation.c.directive_id)
    .join(plan, plan.c.id == assignment.c.plan_id)
    .outerjoin(act, (act.c.assignment_id == assignment.c.id) & (act.c.version == assignment.c.version))
    .outerjoin(_acting, _acting.c.id == act.c.officer_id)
    .where(assignment.c.id == bindparam("assignment_id"))
)
_OFFICERS = (
    select(officer.c.id, officer.c.unit_id, officer.c.email)
    .where(officer.c.email.in_(bindparam("addresses", expanding=True)))
    .where(officer.c.valid_from <= bindparam("day"))
    .where(officer.c.valid_to.is_(None) | (officer.c.valid_to > bindparam("day")))
    .order_by(officer.c.id)
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The officer who acts. One person may serve several units under one address."""

    officer_id: int
    email: str
    sides: frozenset[Side]

    def is_person(self, email: str | None) -> bool:
        """Say whether `email` is this person's address."""
        return email is not None and email.lower() == self.email.lower()


@dataclass(frozen=True, slots=True)
class LastAct:
    """The newest act on an assignment. `email` is None where no officer but an operation acted."""

    act: Act
    at: datetime
    state_before: State
    reason: str | None
    email: str | None

    def __str__(self) -> str:
        """Say who did what when, on the clock of Vietnam."""
        by = f" by {self.email}" if self.email else ""
        return f"{self.act.value}{by} at {self.at.astimezone(ZONE):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment with its due time (None: a standing duty), the units it concerns, and its newest act."""

    assignment_id: int
    obligation_id: int
    period_id: int
    directive_id: int
    path: str
    offices: OfficeFacts
    deliverable: str
    relay: bool
    state: State
    plan_id: int
    rung: int
    next_action_at: datetime | None
    submitted_at: datetime | None
    late: bool
    version: int
    nominal_due: date | None
    effective_due: date | None
    due_at: datetime | None
    levels: int
    last: LastAct | None
    not_before: datetime

    @property
    def unit_id(self) -> int:
        """The unit that owes."""
        return self.offices.unit_id

    @property
    def last_words(self) -> str:
        """Say what happened last, for somebody who comes too late."""
        return f"the last act on it: {self.last}" if self.last else "nobody has acted on it yet"


def load_standing(connection: Connection, assignment_id: int) -> Standing:
    """Load how an assignment stands. Raise NotFound where there is none of that id."""
    row = connection.execute(_STANDING, {"assignment_id": assignment_id}).one_or_none()
    if row is None:
        raise NotFound(f"no assignment {assignment_id} is registered; see: dondoc tasks")
    return Standing(
        assignment_id=row.id,
        obligation_id=row.obligation_id,
        period_id=row.period_id,
        directive_id=row.directive_id,
        path=row.path,
        offices=OfficeFacts(row.unit_id, row.lead_id, row.issuer_id),
        deliverable=row.deliverable,
        relay=row.relay,
        state=State(row.state),
        plan_id=row.plan_id,
        rung=row.rung,
        next_action_at=row.next_action_at,
        submitted_at=row.submitted_at,
        late=row.late,
        version=row.version,
        nominal_due=row.nominal_due,
        effective_due=row.effective_due,
        due_at=row.due_at,
        levels=row.levels,
        last=_last_act(row),
        not_before=max(row.assigned_at, row.reminded_at or row.assigned_at),
    )


def _last_act(row: Row[Any]) -> LastAct | None:
    if row.last_act is None:
        return None
    return LastAct(Act(row.last_act), row.last_at, State(row.last_state_before), row.last_reason, row.last_email)


def find_actor(connection: Connection, email: str, offices: OfficeFacts, needed: Side | None, now: datetime) -> Actor:
    """Find the officer behind an address, who serves today: of several units, the one on the side that is needed.

    Raise NotFound naming an address that no officer has today.
    """
    address = email.strip()
    day = now.astimezone(ZONE).date()
    rows = connection.execute(_OFFICERS, {"addresses": [address, address.lower()], "day": day}).all()
    if not rows:
        raise NotFound(f"no officer has the address {address!r} on {day.isoformat()}; see: dondoc units list")
    actors = [Actor(row.id, row.email, sides_of(row.unit_id, offices)) for row in rows]
    return next((one for one in actors if needed in one.sides), actors[0])
