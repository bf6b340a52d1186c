"""Plan what a cascade finds unplanned: units at a distance from the issuer where none were addressed at the issue.

They were registered after it, or corrected; without a plan of their distance they would be left out without a word.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Date, Integer, bindparam, func, insert, select
from sqlalchemy.types import BigInteger

from dondoc.operations.issue import is_addressed
from dondoc.operations.ladder_file import Ladder
from dondoc.operations.ledger import Entry
from dondoc.operations.plans import due_of, store_plan
from dondoc.operations.rules import Rules
from dondoc.operations.unit_list import holds
from models.tables.columns import PathText
from models.tables.directives import addressee, obligation, period
from models.tables.plans import plan, plan_group, policy
from models.tables.units import unit_version
from models.vocabulary import AddresseeRole
from policies.cascade import plan_group as decide_group
from policies.cascade import plan_without_ladder


@dataclass(frozen=True, slots=True)
class Missing:
    """A group without a plan: units at a distance from the issuer in a role, for all periods of an obligation."""

    directive_id: int
    obligation_id: int
    role: str
    distance: int


_DIRECTIVE = bindparam("directive", type_=BigInteger)
_ISSUED_ON = bindparam("issued_on", type_=Date)
_ISSUER_DEPTH = bindparam("issuer_depth", type_=Integer)


def _in_branch(version: Any) -> Any:
    return (
        (version.c.path >= bindparam("path_from", type_=PathText))
        & (version.c.path < bindparam("path_to", type_=PathText))
        & version.c.depth.between(bindparam("depth_from", type_=Integer), bindparam("depth_to", type_=Integer))
    )


# The few depths of the branch first: with each of them planned, as nearly always, no unit is looked at again.
_standing = unit_version.alias("standing")
_depths = (
    select(_standing.c.depth)
    .where(_in_branch(_standing), holds(_standing, _ISSUED_ON))
    .distinct()
    .cte("depths")
    .prefix_with("MATERIALIZED")
)
_planned = select(plan_group.c.id).where(
    plan_group.c.directive_id == _DIRECTIVE,
    plan_group.c.obligation_id == obligation.c.id,
    plan_group.c.role == addressee.c.role,
    plan_group.c.distance == _depths.c.depth - _ISSUER_DEPTH,
)
_somebody = (
    select(unit_version.c.id)
    .where(is_addressed(_ISSUED_ON), _in_branch(unit_version), unit_version.c.depth == _depths.c.depth)
    .correlate(addressee, _depths)
)

MISSING = (
    select(
        obligation.c.id.label("obligation_id"), addressee.c.role, (_depths.c.depth - _ISSUER_DEPTH).label("distance")
    )
    .join(addressee, addressee.c.obligation_id == obligation.c.id)
    .join(_depths, _depths.c.depth.between(addressee.c.depth_from, addressee.c.depth_to))
    .where(obligation.c.directive_id == _DIRECTIVE, ~_planned.exists(), _somebody.exists())
    .distinct()
)
"""The obligations, roles and distances of a branch without a plan; its parameters are those of the assignments."""


# When each period is due, as its plans at other distances have it: they keep the hour, if one was said.
_DUES = (
    select(
        period.c.id,
        period.c.nominal_due,
        period.c.effective_due,
        period.c.moved_by,
        func.min(plan.c.due_at).label("due_at"),
    )
    .outerjoin(plan_group, plan_group.c.period_id == period.c.id)
    .outerjoin(plan, plan.c.id == plan_group.c.plan_id)
    .where(period.c.obligation_id == bindparam("obligation_id", type_=BigInteger))
    .group_by(period.c.id, period.c.nominal_due, period.c.effective_due, period.c.moved_by)
    .order_by(period.c.id)
)


def plan_missing(connection: Connection, opened: Entry, where: dict[str, Any], now: datetime, rules: Rules) -> int:
    """Write the groups that a branch lacks, by the rules of today; give how many.

    `where` names directive and branch as for `cascade_rows.ASSIGNMENTS`. Rungs that lie before `now` are passed over.
    """
    found = connection.execute(MISSING, where).all()
    return plan_groups(connection, opened, [Missing(where["directive"], *row) for row in found], now, rules)


def plan_groups(connection: Connection, opened: Entry, missing: Sequence[Missing], now: datetime, rules: Rules) -> int:
    """Write groups that there are not yet, for every period of their obligations; give how many."""
    if not missing:
        return 0
    ladders = _ladders(connection, {row.obligation_id for row in missing}, rules)
    rows = [
        {
            "directive_id": row.directive_id,
            "obligation_id": row.obligation_id,
            "period_id": one.id,
            "role": row.role,
            "distance": row.distance,
            "plan_id": store_plan(connection, opened, made.plan, rules, ladder),
            "first_rung": made.first.done,
            "first_action_at": made.first.next_at,
            "entry": opened.seq,
        }
        for row in sorted(missing, key=astuple)
        for ladder in [ladders[row.obligation_id]]
        for one in connection.execute(_DUES, {"obligation_id": row.obligation_id}).all()
        for made in [
            decide_group(due_of(one), row.distance, ladder.policy, rules.calendar, now)
            if row.role == AddresseeRole.LEAD
            else plan_without_ladder(row.distance)
        ]
    ]
    if rows:
        opened.commits(plan_group)
        connection.execute(insert(plan_group), rows)
    return len(rows)


def _ladders(connection: Connection, obligation_ids: set[int], rules: Rules) -> dict[int, Ladder]:
    """Give the ladder of each obligation, as the plans of its other groups were made with it."""
    kept = (
        select(plan_group.c.obligation_id, func.max(plan.c.policy_id).label("policy_id"))
        .join(plan, plan.c.id == plan_group.c.plan_id)
        .where(plan_group.c.obligation_id.in_(obligation_ids))
        .group_by(plan_group.c.obligation_id)
        .subquery()
    )
    named = select(obligation.c.id, obligation.c.ladder, policy.c.content).join(
        kept, kept.c.obligation_id == obligation.c.id
    )
    rows = connection.execute(named.join(policy, policy.c.id == kept.c.policy_id))
    return {row.id: rules.ladder_again(row.ladder, row.content) for row in rows}
