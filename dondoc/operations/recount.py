"""Count the counters again from the assignments, and say how many rows differ."""

from sqlalchemy import Connection, Select, func, literal, select, union_all

from models.paths import STEP
from models.tables.assignments import assignment
from models.tables.columns import BigId
from models.tables.counters import counter

KEY = ("unit_id", "obligation_id", "period_id", "plan_id", "state", "late")


def counts_below(levels: int, *conditions: object) -> Select[tuple[object, ...]]:
    """Select counter rows for the assignments that meet `conditions`: one for each unit above them, down to level `levels`.

    The unit at level L of a path is its L-th step, so no join with the tree is needed.
    """
    each = [
        select(
            func.substr(assignment.c.path, STEP * level + 1, STEP).cast(BigId).label("unit_id"),
            *(assignment.c[name] for name in KEY[1:]),
            literal(1).label("one"),
        ).where(func.length(assignment.c.path) > STEP * (level + 1), *conditions)  # type: ignore[arg-type]
        for level in range(levels)
    ]
    rows = union_all(*each).subquery()
    return select(*(rows.c[name] for name in KEY), func.count().label("n")).group_by(*(rows.c[name] for name in KEY))


def counter_drift(connection: Connection) -> int:
    """Give how many counter rows differ from a recount; 0 is what always should be."""
    deepest = connection.execute(select(func.max(func.length(assignment.c.path)))).scalar() or 0
    levels = max(deepest // STEP - 1, 0)
    kept = {tuple(row[:-1]): row.n for row in connection.execute(select(counter).where(counter.c.n != 0))}
    found = {}
    if levels:
        found = {tuple(row[:-1]): row.n for row in connection.execute(counts_below(levels))}
    return len(dict(kept.items() ^ found.items()))
