"""How many assignments of some units' subtrees stand in each state: by the counters now, by the acts in the past."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, func, select, union_all

from dondoc.operations.recount import OWES
from models.paths import STEP
from models.tables.assignments import act, assignment
from models.tables.columns import BigId
from models.tables.counters import counter
from models.tables.plans import plan_group
from models.tables.units import unit_version
from models.vocabulary import State


class TallyRow(NamedTuple):
    """`n` assignments of a unit's subtree, the unit included, alike in everything that a status depends on."""

    unit_id: int
    obligation_id: int
    period_id: int
    plan_id: int
    state: str
    late: bool
    n: int


def current_tally(
    connection: Connection, units: Collection[int], obligations: Collection[int] | None, now: datetime
) -> list[TallyRow]:
    """Tally as things stand: the counters of all below, and each unit's own. `obligations` None: all."""
    del now  # the same arguments as past_tally; the caller has made sure that nothing lies after it
    key = TallyRow._fields[:-1]
    below = select(*(counter.c[name] for name in key), counter.c.n).where(counter.c.unit_id.in_(units))
    below = below.where(counter.c.n != 0)
    own = select(*(assignment.c[name] for name in key), func.count().label("n"))
    own = own.where(assignment.c.unit_id.in_(units), OWES)
    if obligations is not None:
        below = below.where(counter.c.obligation_id.in_(obligations))
        own = own.where(assignment.c.obligation_id.in_(obligations))
    own = own.group_by(*(assignment.c[name] for name in key))
    return [TallyRow._make(row) for statement in (below, own) for row in connection.execute(statement)]


def past_tally(
    connection: Connection, units: Collection[int], obligations: Collection[int] | None, now: datetime
) -> list[TallyRow]:
    """Tally as things stood at `now`: each assignment that existed, as its last act by then left it.

    Reads every assignment of the obligations: for looking back, not for the board.
    """
    depths = select(unit_version.c.depth).where(unit_version.c.unit_id.in_(units)).distinct()
    each = [_at_level(level, units, obligations, now) for level in sorted(connection.execute(depths).scalars())]
    if not each:
        return []
    # Grouped outside: PostgreSQL takes two expressions with parameters for different ones.
    rows = union_all(*each).subquery()
    key = [rows.c[name] for name in TallyRow._fields[:-1]]
    return [TallyRow._make(row) for row in connection.execute(select(*key, func.count()).group_by(*key))]


def _at_level(level: int, units: Collection[int], obligations: Collection[int] | None, now: datetime) -> Select[Any]:
    """Select by the unit that stands at `level` of each assignment's path; only `units` are wanted."""
    unit_id = func.substr(assignment.c.path, STEP * (level - 1) + 1, STEP).cast(BigId)
    newest = (
        select(func.max(act.c.version))
        .where(act.c.assignment_id == assignment.c.id, act.c.at <= now)
        .correlate(assignment)
        .scalar_subquery()
    )
    statement = (
        select(
            unit_id.label("unit_id"),
            assignment.c.obligation_id,
            assignment.c.period_id,
            func.coalesce(act.c.plan_id, plan_group.c.plan_id).label("plan_id"),
            func.coalesce(act.c.state_after, State.ASSIGNED.value).label("state"),
            func.coalesce(act.c.late, False).label("late"),
        )
        .join(plan_group, plan_group.c.id == assignment.c.plan_group_id)
        .outerjoin(act, and_(act.c.assignment_id == assignment.c.id, act.c.version == newest))
        .where(assignment.c.assigned_at <= now, func.length(assignment.c.path) >= STEP * level, unit_id.in_(units))
        .where(OWES)
    )
    return statement if obligations is None else statement.where(assignment.c.obligation_id.in_(obligations))
