"""When the last lead of an obligation was done, for what the status shows as closed."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, func, select, true, tuple_

from dondoc.operations.recount import OWES
from dondoc.operations.tasks import is_below
from models.tables.assignments import act, assignment
from policies.status import ENDED


def closed_times(
    connection: Connection, done: Collection[tuple[int, int]], unit_id: int | None, now: datetime
) -> Mapping[int, datetime]:
    """Give, by period, when the last of its leads ended as of `now`. `done` are the (obligation, period) to look up.

    With a unit, only that one and what stands below it count, as in the counts beside it.
    """
    if not done:
        return {}
    counted = (assignment.c.unit_id == unit_id) | is_below(connection, unit_id) if unit_id is not None else true()
    statement = (
        select(assignment.c.period_id, func.max(act.c.at).label("at"))
        .join(act, act.c.assignment_id == assignment.c.id)
        .where(tuple_(assignment.c.obligation_id, assignment.c.period_id).in_(list(done)))
        .where(OWES, counted, act.c.at <= now)
        .where(act.c.state_after.in_([state.value for state in ENDED]), act.c.state_before != act.c.state_after)
        .group_by(assignment.c.period_id)
    )
    return {row.period_id: row.at for row in connection.execute(statement)}
