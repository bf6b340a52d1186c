"""Which units an obligation reaches, as of which date, and the plan that each group of them is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from models.paths import depth, upper_bound
from models.vocabulary import AddresseeRole, UnitKind
from policies.escalation import Position, Rung, plan_ladder, start
from policies.ladder_policy import LadderPolicy
from policies.workdays import ZONE, WorkCalendar, due_at


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit as it stands on some day."""

    unit_id: int
    code: str
    kind: UnitKind
    path: str


@dataclass(frozen=True, slots=True)
class Reach:
    """One addressee, resolved: units of one kind (None: any) in ranges of paths (half-open) and depths (closed)."""

    role: AddresseeRole
    kind: UnitKind | None
    path_from: str
    path_to: str
    depth_from: int
    depth_to: int
    unit_id: int | None = None
    below_id: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a period of an obligation is due; all None for a standing duty. `at`: the hour said, else 24:00."""

    nominal: date | None
    effective: date | None
    moved_by: str | None
    at: time | None = None

    @property
    def ends_at(self) -> datetime | None:
        """The instant after which what is owed is overdue."""
        return due_at(self.effective, self.at) if self.effective else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a group of assignments is given: the due time and the whole ladder, already on working days."""

    due: Due
    due_at: datetime | None
    distance: int
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A plan, and where a ladder that begins at the moment of issue stands on it."""

    plan: Plan
    first: Position


DEEPEST = 99
"""More levels than any hierarchy has."""


def reach_of_unit(unit: UnitFacts, role: AddresseeRole = AddresseeRole.LEAD) -> Reach:
    """Reach one unit by name."""
    level = depth(unit.path)
    return Reach(role, None, unit.path, upper_bound(unit.path), level, level, unit_id=unit.unit_id)


def reaches_below(
    top: UnitFacts, kinds: Sequence[UnitKind], levels: int | None, role: AddresseeRole = AddresseeRole.LEAD
) -> tuple[Reach, ...]:
    """Reach the units of `kinds` strictly below `top`, down to `levels` levels (None: all; 1: direct ones)."""
    level = depth(top.path)
    deepest = DEEPEST if levels is None else level + levels
    return tuple(
        Reach(role, kind, top.path, upper_bound(top.path), level + 1, deepest, below_id=top.unit_id)
        for kind in dict.fromkeys(kinds)
    )


def is_reached(unit: UnitFacts, reach: Reach) -> bool:
    """Say whether a unit, as it stands on the issue date, is addressed. The database applies the rule to the set."""
    return (
        (reach.kind is None or unit.kind is reach.kind)
        and reach.path_from <= unit.path < reach.path_to
        and reach.depth_from <= depth(unit.path) <= reach.depth_to
    )


def plan_group(  # noqa: PLR0913 (a due date, where, by which rules, from when on)
    due: Due,
    distance: int,
    policy: LadderPolicy,
    calendar: WorkCalendar,
    issued_at: datetime,
    *,
    assigned_at: datetime | None = None,
) -> GroupPlan:
    """Plan one group: units `distance` levels below the issuer, for one period of one obligation.

    A standing duty has no due time; of its ladder only the rungs that ask for an acknowledgement are left. Those count
    from `assigned_at`, by default the moment of issue. Rungs that lie before the issue are passed over.
    """
    assigned_on = (assigned_at or issued_at).astimezone(ZONE).date()
    rungs = plan_ladder(policy, due.effective, distance, calendar, assigned_on)
    return GroupPlan(Plan(due, due.ends_at, distance, rungs), start(rungs, issued_at, calendar))


def plan_without_ladder(distance: int) -> GroupPlan:
    """Plan for units that are told but owe nothing (coordinating, for information): no due date, nobody is urged."""
    return GroupPlan(Plan(Due(None, None, None), None, distance, ()), Position(0, None))
