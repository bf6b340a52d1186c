"""Who acts in the place of a unit that has ended: its one successor, if need be its successor's, on any day.

Nothing stored is rewritten: a directive stays that of the unit that issued it, and another answers for it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, case, select

from dondoc.operations.unit_list import holds
from models.tables.units import unit, unit_succession, unit_version

Turn = tuple[date, int]
"""The first day on which a unit acts, and which one; until the next turn."""


@dataclass(frozen=True, slots=True)
class Successions:
    """The turns of each unit that another one has acted for on some day, the first turn first."""

    turns: Mapping[int, Sequence[Turn]]

    def acting(self, unit_id: int, day: date) -> int:
        """Give the unit that acts for `unit_id` on `day`: itself while it stands, or where it has no one successor."""
        begun = [acting for since, acting in self.turns.get(unit_id, ()) if since <= day]
        return begun[-1] if begun else unit_id

    def acting_column(self, unit_id: Any, day: date) -> Any:
        """Give the same for a column of units; the column itself, where nobody acts for another on that day."""
        there = {one: self.acting(one, day) for one in self.turns}
        moved = {one: acting for one, acting in there.items() if acting != one}
        return case(moved, value=unit_id, else_=unit_id) if moved else unit_id


def acting_units(connection: Connection, unit_ids: Collection[int], day: date) -> Mapping[int, int]:
    """Give for each unit the one that acts for it on `day`."""
    found = load_successions(connection, unit_ids)
    return {one: found.acting(one, day) for one in unit_ids}


def without_successor(connection: Connection, unit_ids: Collection[int], day: date) -> list[str]:
    """Say of each of these units that does not stand on `day` why nobody acts for it."""
    stands = select(unit_version.c.unit_id).where(holds(unit_version, day))
    chosen = select(unit).where(unit.c.id.in_(unit_ids), unit.c.id.not_in(stands)).order_by(unit.c.code)
    words = []
    for row in connection.execute(chosen).all():
        several = len(_links(connection, [row.id]).get(row.id, ())) > 1
        why = "several units succeed it" if several else "no unit that stands is registered as its successor"
        words.append(f"{row.code} has ended, and {why}")
    return words


def code_of(connection: Connection, unit_id: int) -> str:
    """Give a unit's code."""
    return str(connection.execute(select(unit.c.code).where(unit.c.id == unit_id)).scalar_one())


def load_successions(connection: Connection, unit_ids: Collection[int] | None = None) -> Successions:
    """Load who acts for these units, or for any: one query where nobody succeeds them, two where somebody does.

    One that was divided among several, or that nobody succeeds, has no turns: it is for people to say who answers.
    """
    links = _links(connection, unit_ids)
    if not links:
        return Successions({})
    periods = _periods(connection, links.keys() | {one for some in links.values() for _, one in some})
    turns = {one: _turns(one, links, periods) for one in (links if unit_ids is None else unit_ids)}
    return Successions({one: some for one, some in turns.items() if some})


_Links = Mapping[int, Sequence[Turn]]
_Periods = Mapping[int, Sequence[tuple[date, date | None]]]


def _links(connection: Connection, unit_ids: Collection[int] | None) -> _Links:
    """Give the successors of units, of those, and so on, each with the day from which it succeeds."""
    columns = (unit_succession.c.predecessor_id, unit_succession.c.successor_id, unit_succession.c.effective_on)
    statement = select(*columns).where(unit_succession.c.successor_id.is_not(None))
    if unit_ids is not None:
        first = statement.where(unit_succession.c.predecessor_id.in_(unit_ids)).cte("link", recursive=True)
        # Not UNION ALL: two units that succeed each other would have no end.
        chain = first.union(statement.join(first, first.c.successor_id == unit_succession.c.predecessor_id))
        statement = select(chain)
    found: dict[int, list[Turn]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.predecessor_id].append((row.effective_on, row.successor_id))
    return found


def _periods(connection: Connection, unit_ids: Collection[int]) -> _Periods:
    """Give from when to when (half-open) each unit stands."""
    version = unit_version.c
    statement = select(version.unit_id, version.valid_from, version.valid_to).where(version.unit_id.in_(unit_ids))
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for row in connection.execute(statement):
        found[row.unit_id].append((row.valid_from, row.valid_to))
    return found


def _turns(unit_id: int, links: _Links, periods: _Periods) -> list[Turn]:
    reached = [unit_id]
    for one in reached:
        reached += [other for _, other in links.get(one, ()) if other not in reached]
    days = {since for one in reached for since, _ in links.get(one, ())}
    days |= {day for one in reached for period in periods[one] for day in period if day is not None}
    turns: list[Turn] = []
    for day in sorted(days):
        acting = _acting_on(unit_id, day, links, periods)
        if acting != (turns[-1][1] if turns else unit_id):
            turns.append((day, acting))
    return turns


def _acting_on(unit_id: int, day: date, links: _Links, periods: _Periods) -> int:
    """Follow successors to the first that stands on `day`; the unit itself where the chain parts or breaks off."""
    one, passed = unit_id, {unit_id}
    while not any(begin <= day and (end is None or end > day) for begin, end in periods[one]):
        successors = {other for since, other in links.get(one, ()) if since <= day} - passed
        has_ended = any(end is not None and end <= day for _, end in periods[one])
        if len(successors) != 1 or not has_ended:
            return unit_id
        (one,) = successors
        passed.add(one)
    return one
