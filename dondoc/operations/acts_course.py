"""Where an assignment's ladder goes on after an act: it stands, stops, goes on after a pause, or follows a new plan."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from dondoc.operations.acts_standing import Standing
from dondoc.operations.ledger import Entry
from dondoc.operations.plans import load_ladder, store_plan
from dondoc.operations.rules import Rules
from models.tables.assignments import assignment
from models.tables.directives import obligation
from models.tables.plans import plan, policy
from models.vocabulary import State
from policies.cascade import Due, plan_group
from policies.escalation import Position, start
from policies.status import OPEN

_PLANNED = (
    select(assignment.c.assigned_at, obligation.c.ladder, policy.c.content)
    .join(obligation, obligation.c.id == assignment.c.obligation_id)
    .join(plan, plan.c.id == assignment.c.plan_id)
    .join(policy, policy.c.id == plan.c.policy_id)
    .where(assignment.c.id == bindparam("assignment_id"))
)


@dataclass(frozen=True, slots=True)
class Course:
    """The plan that holds after an act, its due dates, and the place on its ladder."""

    plan_id: int
    position: Position
    nominal_due: date | None
    effective_due: date | None


def course_after(  # noqa: PLR0913 (what stood, what was decided, and by which rules)
    connection: Connection,
    opened: Entry,
    standing: Standing,
    state: State,
    *,
    due: Due | None,
    now: datetime,
    rules: Rules,
) -> Course:
    """Find the course of an assignment that an act puts into `state`.

    - A new `due` gives it a plan of its own by the ladder of its obligation, kept under the act's entry; rungs before
      `now` are passed over.
    - Nobody is urged while it does not owe: the ladder stops, its rung kept.
    - Owing again after a result was sent back or a suspension ended, it goes on, past the rungs that fell meanwhile.
    - Otherwise nothing moves: what a sweep has still to fire stays due.
    """
    if due is not None:
        planned = connection.execute(_PLANNED, {"assignment_id": standing.assignment_id}).one()
        ladder = rules.ladder_again(planned.ladder, planned.content)
        made = plan_group(due, standing.levels, ladder.policy, rules.calendar, now, assigned_at=planned.assigned_at)
        plan_id = store_plan(connection, opened, made.plan, rules, ladder)
        return Course(plan_id, made.first, due.nominal, due.effective)
    if state not in OPEN:
        position = Position(standing.rung, None)
    elif standing.state in OPEN:
        position = Position(standing.rung, standing.next_action_at)
    else:
        rungs = load_ladder(connection, standing.plan_id)
        position = start(rungs, now, rules.calendar, done=standing.rung)
    return Course(standing.plan_id, position, standing.nominal_due, standing.effective_due)
