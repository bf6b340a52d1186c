"""What is known when somebody acts: who it is, and how the assignment stands, in one query each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, Row, bindparam, func, select, union_all

from dondoc.errors import Conflict, NotFound
from dondoc.operations.successors import acting_units
from dondoc.operations.unit_list import holds
from models.tables.assignments import act, assignment, carry, rung
from models.tables.directives import directive, obligation
from models.tables.plans import plan
from models.tables.units import absence, officer, unit
from models.vocabulary import Act, AddresseeRole, Side, State
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
        obligation.c.adoption,
        obligation.c.serves_id,
        obligation.c.lead_id,
        directive.c.issuer_id,
        unit.c.code,
        *(plan.c[name] for name in ("nominal_due", "effective_due", "due_at", "levels")),
        *(act.c[name].label(f"last_{name}") for name in ("act", "at", "state_before", "reason")),
        _acting.c.email.label("last_email"),
        _reminded.label("reminded_at"),
    )
    .join(obligation, obligation.c.id == assignment.c.obligation_id)
    .join(directive, directive.c.id == obligation.c.directive_id)
    .join(plan, plan.c.id == assignment.c.plan_id)
    .join(unit, unit.c.id == assignment.c.unit_id)
    .outerjoin(act, (act.c.assignment_id == assignment.c.id) & (act.c.version == assignment.c.version))
    .outerjoin(_acting, _acting.c.id == act.c.officer_id)
    .where(assignment.c.id == bindparam("assignment_id"))
)
_DAY: Any = bindparam("day", type_=Date)
_away = officer.alias("away")
_serving = (
    select(officer.c.id, officer.c.unit_id, officer.c.email)
    .where(officer.c.email.in_(bindparam("addresses", expanding=True)))
    .where(holds(officer, _DAY))
)
# Whoever stands in for an officer who is away (KT.) acts for that officer's unit too.
_standing_in = (
    select(officer.c.id, _away.c.unit_id, officer.c.email)
    .join(absence, absence.c.substitute_id == officer.c.id)
    .join(_away, _away.c.id == absence.c.officer_id)
    .where(officer.c.email.in_(bindparam("addresses", expanding=True)))
    .where(holds(officer, _DAY), holds(_away, _DAY), holds(absence, _DAY))
)
_OFFICERS = union_all(_serving, _standing_in).order_by("id")

# The act by which an assignment came into the state that it is in, and, where that carried it over, from which one.
_ENTERED = (
    select(act, officer.c.email, carry.c.from_assignment_id)
    .outerjoin(officer, officer.c.id == act.c.officer_id)
    .outerjoin(carry, carry.c.act_id == act.c.id)
    .where(act.c.assignment_id == bindparam("assignment_id"))
    .where(act.c.state_after == bindparam("state"), act.c.state_before != act.c.state_after)
    .order_by(act.c.version.desc())
    .limit(1)
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
    """An assignment with its due time (None: a standing duty), the units it concerns, and its newest act.

    `offices` names those who answer on the day; `issued_by_id` is the issuer, as the directive has it.
    """

    assignment_id: int
    obligation_id: int
    period_id: int
    directive_id: int
    path: str
    offices: OfficeFacts
    issued_by_id: int
    unit_code: str
    role: AddresseeRole
    deliverable: str
    relay: bool
    adoption: bool
    serves_id: int | None
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


def load_standing(connection: Connection, assignment_id: int, now: datetime) -> Standing:
    """Load how an assignment stands, with who answers on the day of `now`. Raise NotFound for an unknown id."""
    row = connection.execute(_STANDING, {"assignment_id": assignment_id}).one_or_none()
    if row is None:
        raise NotFound(f"no assignment {assignment_id} is registered; see: dondoc tasks")
    acting = acting_units(connection, {row.lead_id, row.issuer_id}, now.astimezone(ZONE).date())
    return Standing(
        assignment_id=row.id,
        obligation_id=row.obligation_id,
        period_id=row.period_id,
        directive_id=row.directive_id,
        path=row.path,
        offices=OfficeFacts(row.unit_id, acting[row.lead_id], acting[row.issuer_id]),
        issued_by_id=row.issuer_id,
        unit_code=row.code,
        role=AddresseeRole(row.role),
        deliverable=row.deliverable,
        relay=row.relay,
        adoption=row.adoption,
        serves_id=row.serves_id,
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


def conflict(standing: Standing) -> Conflict:
    """Say to somebody who comes too late how the assignment stands, and by whom."""
    return Conflict(
        f"somebody else was first: it is {standing.state.value}; {standing.last_words}. Look at it again before acting",
        where=f"assignment {standing.assignment_id}",
    )


def find_entering(connection: Connection, standing: Standing) -> LastAct | None:
    """Find the act by which an assignment came into its state; one carried over, as it was done under the old one."""
    last, assignment_id = standing.last, standing.assignment_id
    if last is not None and last.act in {Act.SUBMIT, Act.SUSPEND}:
        return last
    while True:
        asked = {"assignment_id": assignment_id, "state": standing.state}
        row = connection.execute(_ENTERED, asked).one_or_none()
        if row is None:
            return None
        if row.from_assignment_id is None:
            return LastAct(Act(row.act), row.at, State(row.state_before), row.reason, row.email)
        assignment_id = row.from_assignment_id


def find_actor(connection: Connection, email: str, offices: OfficeFacts, needed: Side | None, now: datetime) -> Actor:
    """Find the officer behind an address, who serves today: of several units, the one on the side that is needed.

    Whoever stands in for an officer who is away counts as serving that unit too.
    Raise NotFound naming an address that no officer has today.
    """
    address = email.strip()
    day = now.astimezone(ZONE).date()
    rows = connection.execute(_OFFICERS, {"addresses": [address, address.lower()], "day": day}).all()
    if not rows:
        raise NotFound(f"no officer has the address {address!r} on {day.isoformat()}; see: dondoc units list --json")
    actors = [Actor(row.id, row.email, sides_of(row.unit_id, offices)) for row in rows]
    return next((one for one in actors if needed in one.sides), actors[0])
