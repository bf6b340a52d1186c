"""Carry what stands under one assignment onto another that takes its place; the record of the first stays as it is."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, false, func, insert, literal, select
from sqlalchemy.types import BigInteger

from dondoc.operations.bulk_acts import NEVER, apply_to_set
from dondoc.operations.ledger import Entry
from dondoc.operations.recount import OWES
from models.tables.assignments import act, assignment, carry
from models.tables.plans import plan
from models.vocabulary import Act, AddresseeRole, State
from policies.status import OPEN

CARRIED = (State.ACKNOWLEDGED, State.SUBMITTED, State.RETURNED, State.COMPLETED)
"""States that another assignment takes over. Who was let off or suspended is asked anew."""

SOURCE = assignment.alias("source")
"""The assignments from which something is carried."""


def carry_over(  # noqa: PLR0913 (who carries what, when and why)
    connection: Connection,
    opened: Entry,
    same: ColumnElement[bool],
    *,
    officer_id: int | None,
    now: datetime,
    reason: str | None = None,
) -> int:
    """Carry the state of SOURCE onto every assignment that nobody touched yet and that takes its place; give how many.

    `same` says so of `assignment` and SOURCE, and pairs each of either with one of the other at most. Only those that
    owe are carried. Times are kept; whether what was handed in was late is judged by the due time of the new one.
    """
    chosen = (
        select(assignment.c.id)
        .join(SOURCE, same)
        .join(plan, plan.c.id == assignment.c.plan_id)
        .where(OWES, assignment.c.state == State.ASSIGNED.value, assignment.c.version == 0)
        .where(SOURCE.c.role == AddresseeRole.LEAD.value, SOURCE.c.state.in_([state.value for state in CARRIED]))
        .add_columns(
            SOURCE.c.state.label("state"),
            SOURCE.c.submitted_at.label("submitted_at"),
            SOURCE.c.confirmed_at.label("confirmed_at"),
            func.coalesce(SOURCE.c.submitted_at >= plan.c.due_at, false()).label("late"),
            case((SOURCE.c.state.in_([state.value for state in OPEN]), assignment.c.next_action_at), else_=NEVER).label(
                "next_action_at"
            ),
        )
    )
    carried = apply_to_set(connection, opened, Act.CARRY, chosen, officer_id=officer_id, now=now, reason=reason)
    if carried:
        link_carried(connection, opened, same)
    return carried


def link_carried(connection: Connection, opened: Entry, same: ColumnElement[bool]) -> None:
    """Write, for every act `carry` of the entry, from which assignment it took what stood there."""
    opened.commits(carry)
    done = (act.c.assignment_id == assignment.c.id) & (act.c.entry == opened.seq) & (act.c.act == Act.CARRY.value)
    rows = (
        select(act.c.id, SOURCE.c.id, literal(opened.seq, BigInteger))
        .select_from(assignment)
        .join(act, done)
        .join(SOURCE, same)
        .order_by(act.c.id)
    )
    connection.execute(insert(carry).from_select(["act_id", "from_assignment_id", "entry"], rows))
