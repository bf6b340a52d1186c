"""What a derived directive's obligations serve above: `serves:` resolved, and the dates that hold them in.

A unit's subordinates owe their part before the unit owes the whole (inner deadline before the outer one).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from dondoc.errors import InvalidInput, NeedsAnswer
from dondoc.operations.acts_standing import Standing
from models.schemas.directives import DirectiveDraft
from models.tables.assignments import assignment
from models.tables.directives import directive, directive_basis, directive_end, obligation, period
from models.tables.plans import plan
from models.tables.units import unit
from models.vocabulary import AddresseeRole, State
from policies.relay import Owed, outer_due_of

_RELEASED = [State.WAIVED.value, State.CANCELLED.value]
"""States in which a unit owes no longer: its own deadline bounds nothing below it."""

_OWED = (
    select(
        directive.c.id.label("directive_id"),
        directive.c.number,
        directive.c.issued_on,
        unit.c.code.label("higher"),
        obligation.c.id,
        obligation.c.key,
        obligation.c.deliverable,
        period.c.key.label("period"),
        plan.c.nominal_due,
        assignment.c.state.in_(_RELEASED).label("released"),
    )
    .select_from(assignment)
    .join(obligation, obligation.c.id == assignment.c.obligation_id)
    .join(directive, directive.c.id == obligation.c.directive_id)
    .join(unit, unit.c.id == directive.c.issuer_id)
    .join(period, period.c.id == assignment.c.period_id)
    .join(plan, plan.c.id == assignment.c.plan_id)
    .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
    .where(assignment.c.unit_id.in_(bindparam("issuers", expanding=True)))
    .where(assignment.c.role == AddresseeRole.LEAD.value)
    .where(directive_end.c.id.is_(None))
    .order_by(obligation.c.id, period.c.id)
)
_OWED_BY_NUMBER = _OWED.where(directive.c.number.in_(bindparam("numbers", expanding=True)))
_OWED_BY_ID = _OWED.where(obligation.c.id == bindparam("obligation_id"))
_PERIOD = select(period.c.key).where(period.c.id == bindparam("period_id"))

# Without `serves`: what the directives that this one implements ask of its issuer for the same deliverable.
_higher = directive.alias("higher_directive")
_SAME_DELIVERABLE = (
    select(func.min(plan.c.nominal_due))
    .select_from(directive_basis)
    .join(_higher, _higher.c.number == directive_basis.c.number)
    .outerjoin(directive_end, directive_end.c.directive_id == _higher.c.id)
    .join(obligation, obligation.c.directive_id == _higher.c.id)
    .join(assignment, assignment.c.obligation_id == obligation.c.id)
    .join(plan, plan.c.id == assignment.c.plan_id)
    .where(directive_basis.c.directive_id == bindparam("directive_id"), directive_end.c.id.is_(None))
    .where(assignment.c.unit_id.in_(bindparam("issuers", expanding=True)))
    .where(assignment.c.state.not_in(_RELEASED))
    .where(obligation.c.deliverable == bindparam("deliverable"), plan.c.nominal_due >= bindparam("nominal_due"))
)

Dues = Sequence[tuple[str, date | None]]
"""An obligation's periods by key, each with its nominal due date."""


@dataclass(frozen=True, slots=True)
class Served:
    """The higher obligation that each key serves, by id; and what a clerk should know."""

    ids: Mapping[str, int]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Outer:
    """An obligation that the issuer owes to a directive which the draft implements."""

    obligation_id: int
    number: str
    issuer: str
    key: str
    deliverable: str
    owed: tuple[Owed, ...]

    def __str__(self) -> str:
        return f"{self.number}#{self.key}"


def find_served(connection: Connection, draft: DirectiveDraft, issuer_id: int, dues: Mapping[str, Dues]) -> Served:
    """Find what each obligation of a draft serves, and hold its dates (`dues`, by key) against the issuer's own.

    Raise InvalidInput for a `serves` that its issuer does not owe, or a date after the issuer's own; NeedsAnswer where
    several would do. Where nothing is said, a date after the earliest alike is a warning.
    """
    if not draft.implements:
        wrong = next((index for index, one in enumerate(draft.obligations) if one.serves), None)
        if wrong is not None:
            raise InvalidInput(
                "it serves an obligation of a directive that this one implements: name that in implements:",
                where=f"obligations[{wrong}].serves",
            )
        return Served({}, ())
    outer = _load(connection, issuer_id, draft.implements)
    ids, warnings = {}, []
    for index, one in enumerate(draft.obligations):
        if one.serves is None:
            warnings += _later_than_alike(
                one.key, dues[one.key], [each for each in outer if each.deliverable == one.deliverable]
            )
            continue
        served = _chosen(one.serves, outer, draft, f"obligations[{index}].serves")
        ids[one.key] = served.obligation_id
        _hold(dues[one.key], served, draft.issuer, f"obligations[{index}].{'send_by' if one.every else 'due'}")
    return Served(ids, tuple(warnings))


def _load(connection: Connection, issuer_id: int, numbers: Iterable[str]) -> list[_Outer]:
    """Load what the issuer owes to directives of these numbers, which begin anew each year: of one body, the newest."""
    known = connection.execute(_OWED_BY_NUMBER, {"issuers": [issuer_id], "numbers": list(numbers)}).all()
    newest = {
        (row.number, row.higher): row.directive_id
        for row in sorted(known, key=lambda row: (row.issued_on, row.directive_id))
    }
    rows = [row for row in known if newest[row.number, row.higher] == row.directive_id]
    owed: dict[int, list[Owed]] = defaultdict(list)
    for row in rows:
        owed[row.id] += [] if row.released else [Owed(row.period, row.nominal_due)]
    first = {row.id: row for row in reversed(rows)}
    return [
        _Outer(row.id, row.number, row.higher, row.key, row.deliverable, tuple(owed[row.id]))
        for row in sorted(first.values(), key=lambda row: row.id)
    ]


def _chosen(serves: str, outer: Sequence[_Outer], draft: DirectiveDraft, where: str) -> _Outer:
    number, _, key = serves.rpartition("#")
    found = [one for one in outer if one.key == key and number in {"", one.number, f"{one.number}@{one.issuer}"}]
    if not found:
        owed = ", ".join(map(str, outer)) or "none; are they registered and carried out?"
        raise InvalidInput(
            f"{serves!r} is no obligation that {draft.issuer} owes under {', '.join(draft.implements)}; "
            f"they are: {owed}",
            where=where,
        )
    if len(found) > 1:
        choices = ", ".join(f"{one.number}@{one.issuer}#{one.key}" for one in found)
        raise NeedsAnswer(f"{serves!r} is owed to several directives; say which: {choices}", where=where)
    return found[0]


def _hold(dues: Dues, served: _Outer, issuer: str, where: str) -> None:
    for name, due in dues:
        bound = outer_due_of(name, served.owed)
        if due is not None and bound is not None and due > bound:
            raise InvalidInput(
                f"{due.isoformat()} lies after {bound.isoformat()}, when {issuer} itself owes {served}; "
                "set an earlier date below",
                where=where,
            )


def _later_than_alike(key: str, dues: Dues, alike: Sequence[_Outer]) -> list[str]:
    for name, due in dues:
        bounds = [(bound, one) for one in alike if (bound := outer_due_of(name, one.owed)) is not None]
        bound, one = min(bounds, key=lambda pair: pair[0], default=(None, None))
        if due is not None and bound is not None and due > bound:
            said = f"{key} is due {due.isoformat()}, after {bound.isoformat()}, when the issuer itself owes {one}"
            return [f"{said}; if it is part of that, say serves: {one} and set an earlier date"]
    return []


def find_outer_due(connection: Connection, standing: Standing) -> date | None:
    """Find the date that an extension may not pass, where a derived directive serves a higher one.

    It is the nominal due date of what its obligation serves, as its issuer owes that. Where it names none, it is the
    earliest, not before the assignment's own, of what the directives in force that this one implements ask of its
    issuer for the same deliverable.
    """
    if standing.nominal_due is None:
        return None
    # What an issuer that has ended still owed was given to who succeeds it; what it had done stayed its own.
    issuers = [standing.issued_by_id, standing.offices.issuer_id]
    if standing.serves_id is not None:
        asked = {"issuers": issuers, "obligation_id": standing.serves_id}
        owed = [Owed(row.period, row.nominal_due) for row in connection.execute(_OWED_BY_ID, asked) if not row.released]
        name = connection.execute(_PERIOD, {"period_id": standing.period_id}).scalar_one()
        return outer_due_of(name, owed)
    alike = {
        "directive_id": standing.directive_id,
        "issuers": issuers,
        "deliverable": standing.deliverable,
        "nominal_due": standing.nominal_due,
    }
    return connection.execute(_SAME_DELIVERABLE, alike).scalar()
