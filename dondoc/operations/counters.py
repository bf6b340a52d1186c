"""Move one assignment in the counters of every unit above it, by deltas, in the transaction that moves it."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.sql import Executable

from models.dialects import add_to_counter
from models.paths import unit_ids
from models.tables.counters import counter
from models.vocabulary import State

_additions: dict[str, Executable] = {}
"""The statement by dialect: building it costs more than running it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Under what an assignment is counted; see `recount.KEY`."""

    obligation_id: int
    period_id: int
    plan_id: int
    state: State
    late: bool


def move_counted(connection: Connection, path: str, before: Counted, after: Counted) -> None:
    """Take the assignment of the unit at `path` from one count to another, for each unit strictly above it."""
    above = unit_ids(path)[:-1]
    if before == after or not above:
        return
    deltas = [
        {
            "unit_id": unit_id,
            "obligation_id": counted.obligation_id,
            "period_id": counted.period_id,
            "plan_id": counted.plan_id,
            "state": counted.state,
            "late": counted.late,
            "n": n,
        }
        for unit_id in above
        for counted, n in ((before, -1), (after, 1))
    ]
    dialect = connection.dialect.name
    if dialect not in _additions:
        _additions[dialect] = add_to_counter(dialect, counter)
    connection.execute(_additions[dialect], deltas)
