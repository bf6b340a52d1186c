"""Count the counters again from the assignments, and say how many rows differ."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select, union_all

from models.paths import STEP
from models.tables.assignments import assignment
from models.tables.columns import BigId
from models.tables.counters import counter
from models.vocabulary import AddresseeRole

OWES = assignment.c.role == AddresseeRole.LEAD.value
"""Who is counted: units that owe, not those that coordinate or are told."""

KEY = ("unit_id", "obligation_id", "period_id", "plan_id", "state", "late")


@cache
def counts_below(levels: int, *, of_entry: bool) -> Select[tuple[object, ...]]:
    """Select counter rows for all assignments, or those of the entry `:seq`: one for each unit above them."""
    above, columns = parent_path(), [assignment.c[name] for name in KEY[1:]]
    grouped = select(above.label("above"), *columns, func.count().label("n")).group_by(above, *columns)
    counted = grouped.where(OWES)
    return counts_above(counted.where(assignment.c.entry == bindparam("seq")) if of_entry else counted, levels)


def parent_path() -> ColumnElement[str]:
    """Give the path of the unit directly above an assignment's; "" above a root."""
    return func.substr(assignment.c.path, 1, func.length(assignment.c.path) - STEP)


def counts_above(grouped: Select[Any], levels: int) -> Select[tuple[object, ...]]:
    """Select counter rows from `grouped`: `n` by `above`, the path of a direct parent, and the columns of KEY after it.

    First per direct parent, in one pass; then those few rows once more for each of the `levels` of units above.
    The unit at a level of a path is a step of it, so no join with the tree is needed.
    """
    parents = grouped.cte("parents").prefix_with("MATERIALIZED")
    each = [
        select(
            func.substr(parents.c.above, STEP * level + 1, STEP).cast(BigId).label("unit_id"),
            *(parents.c[name] for name in KEY[1:]),
            parents.c.n,
        ).where(func.length(parents.c.above) > STEP * level)
        for level in range(levels)
    ]
    rows = union_all(*each).subquery()
    return select(*(rows.c[name] for name in KEY), func.sum(rows.c.n).cast(BigId).label("n")).group_by(
        *(rows.c[name] for name in KEY)
    )


def counter_drift(connection: Connection) -> int:
    """Give how many counter rows differ from a recount; 0 is what always should be."""
    deepest = connection.execute(select(func.max(func.length(assignment.c.path)))).scalar() or 0
    levels = max(deepest // STEP - 1, 0)
    kept = {tuple(row[:-1]): row.n for row in connection.execute(select(counter).where(counter.c.n != 0))}
    found: dict[tuple[object, ...], int] = {}
    if levels:
        found = {tuple(row[:-1]): row.n for row in connection.execute(counts_below(levels, of_entry=False))}
    return len(dict(kept.items() ^ found.items()))
