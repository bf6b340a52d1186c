"""Who hears of the rungs that a sweep has just fired, as the tree and the officers stand that day.

Where a level lacks the officer a rung names, the other one there hears; a level with nobody is skipped: the next one
up to the issuer hears instead, and the office is told. For a unit that has ended, who succeeds it hears.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, exists, literal, select

from dondoc.operations.chain import ISSUER_END, PATH, on_chain, unit_at
from dondoc.operations.standing_in import anybody_away, present, speaking, stand_ins
from dondoc.operations.successors import Successions, load_successions
from models.dialects import insert_new, insert_or_leave
from models.paths import STEP, unit_ids
from models.tables.assignments import assignment, rung
from models.tables.directives import directive, obligation
from models.tables.letters import pending_notice
from models.tables.plans import plan_audience, plan_group
from models.tables.units import officer, unit
from models.vocabulary import OfficerRole, Urgency
from policies.workdays import ZONE

NOT_SKIPPED = -1
"""Stands for `no level was skipped`, because a unique key does not compare nulls."""

PENDING_COLUMNS = (
    "officer_id", "unit_id", "assignment_id", "rung_id", "level", "role", "skipped_level", "urgent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heard:
    """Which levels were skipped, in words for the ledger, and of how many rungs nobody could be told."""

    skipped: tuple[str, ...]
    unheard: int


def find_audience(connection: Connection, seq: int, now: datetime) -> Heard:
    """Queue a notice for everybody who hears of the rungs of entry `seq`.

    1. For the set: the officer of the named role at the named level above the unit, in the tree of today; for one who
       is away, the substitute.
    2. For the few pairs of rung and audience that have none: climb, and tell the office.
    """
    day, successions = now.astimezone(ZONE).date(), load_successions(connection)
    # Materialised: joined as a plain subquery, SQLite works it out again for every officer.
    called = _called(seq, day, successions).cte("called").prefix_with("MATERIALIZED")
    named = (officer.c.unit_id == called.c.target_id) & (officer.c.role == called.c.role)
    there = present(officer, day)
    _queue(connection, _queued(called, officer.c.id).join(officer, named).where(there))
    missing = ~exists().where(named, there)
    if anybody_away(connection, day):
        stand_in = stand_ins(day).subquery("stand_in")
        for_named = (stand_in.c.unit_id == called.c.target_id) & (stand_in.c.role == called.c.role)
        _queue(connection, _queued(called, stand_in.c.officer_id).join(stand_in, for_named))
        missing &= ~exists().where(for_named)
    rows = connection.execute(select(called).where(missing).order_by(called.c.rung_id)).all()
    return _climb(connection, rows, day, successions) if rows else Heard((), 0)


def _queued(called: FromClause, officer_id: Any) -> Select[Any]:
    columns = [called.c[name] for name in ("target_id", "assignment_id", "rung_id", "level", "role")]
    statement = select(officer_id, *columns, literal(NOT_SKIPPED), called.c.urgent)
    return statement.order_by(called.c.rung_id, officer_id)


def _queue(connection: Connection, rows: Select[Any]) -> None:
    connection.execute(insert_new(connection.dialect.name, pending_notice, PENDING_COLUMNS, rows))


def _called(seq: int, day: date, successions: Successions) -> Select[Any]:
    """Select each rung of the entry with each audience of it, and the unit that stands at that level today."""
    called = (
        select(
            rung.c.id.label("rung_id"),
            rung.c.name,
            rung.c.assignment_id,
            assignment.c.unit_id,
            plan_audience.c.level,
            plan_audience.c.role,
            successions.acting_column(unit_at(plan_audience.c.level), day).label("target_id"),
            PATH.label("path"),
            ISSUER_END.label("issuer_end"),
            plan_group.c.distance,
            obligation.c.lead_id,
            directive.c.issuer_id,
            (directive.c.urgency == Urgency.URGENT).label("urgent"),
        )
        .join(plan_audience, (plan_audience.c.plan_id == rung.c.plan_id) & (plan_audience.c.ordinal == rung.c.step))
        .join(assignment, assignment.c.id == rung.c.assignment_id)
        .join(plan_group, plan_group.c.id == assignment.c.plan_group_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
    )
    issuer = successions.acting_column(directive.c.issuer_id, day)
    return on_chain(called, day, issuer).where(rung.c.entry == seq, rung.c.told)


@dataclass(frozen=True, slots=True)
class _Someone:
    """Who is written to for a unit, in one of its roles."""

    officer_id: int
    unit_id: int
    role: str


def _climb(connection: Connection, missing: Iterable[Row[Any]], day: date, successions: Successions) -> Heard:
    """Queue for each missing audience whoever is next, and for the office what was skipped."""
    rows = list(missing)
    officers = _officers(connection, rows, day, successions)
    codes = _codes(connection, {row.unit_id for row in rows})
    queued: list[dict[str, Any]] = []
    skipped: dict[str, None] = {}
    unheard = 0
    for row in rows:
        level = next((one for one in range(row.level, row.distance + 1) if _at(officers, row, one)), None)
        if level is None:
            unheard += 1
        else:
            someone = _preferred(_at(officers, row, level), row.role)
            queued.append(_pending(row, someone, level, NOT_SKIPPED))
        if level != row.level:
            skipped[f"level {row.level} above {codes[row.unit_id]} has nobody to write to"] = None
            queued += [_pending(row, one, row.level, row.level) for one in _office(officers, row)]
    if queued:
        connection.execute(insert_or_leave(connection.dialect.name, pending_notice), queued)
    return Heard(tuple(skipped), unheard)


def _codes(connection: Connection, units: Collection[int]) -> Mapping[int, str]:
    return {row.id: row.code for row in connection.execute(select(unit).where(unit.c.id.in_(units)))}


def _officers(
    connection: Connection, rows: list[Row[Any]], day: date, successions: Successions
) -> Mapping[int, list[_Someone]]:
    """Give who is there for each unit of the rows, by its own id: its officers, or those of who acts for it."""
    units = {unit_id for row in rows for unit_id in unit_ids(row.path)}
    units |= {row.lead_id for row in rows} | {row.issuer_id for row in rows}
    acting = {unit_id: successions.acting(unit_id, day) for unit_id in units}
    found: dict[int, list[_Someone]] = defaultdict(list)
    there = speaking(day)
    asked = select(there).where(there.c.unit_id.in_(set(acting.values()))).order_by(there.c.officer_id)
    for row in connection.execute(asked):
        found[row.unit_id].append(_Someone(row.officer_id, row.unit_id, row.role))
    return {unit_id: found[one] for unit_id, one in acting.items() if one in found}


def _at(officers: Mapping[int, list[_Someone]], row: Row[Any], level: int) -> list[_Someone]:
    ids = unit_ids(row.path)
    issuer = row.issuer_end // STEP
    return officers.get(ids[(issuer if level >= row.distance else max(len(ids) - level, issuer)) - 1], [])


def _preferred(present: list[_Someone], role: str) -> _Someone:
    return next((one for one in present if one.role == role), present[0])


def _office(officers: Mapping[int, list[_Someone]], row: Row[Any]) -> Iterator[_Someone]:
    """Give who is told that a level was skipped: the focal officer of the receiving office, else of the issuer."""
    for unit_id in dict.fromkeys((row.lead_id, row.issuer_id)):
        if officers.get(unit_id):
            yield _preferred(officers[unit_id], OfficerRole.FOCAL)
            return


def _pending(row: Row[Any], someone: _Someone, level: int, skipped_level: int) -> dict[str, Any]:
    return {
        "officer_id": someone.officer_id,
        "unit_id": someone.unit_id,
        "assignment_id": row.assignment_id,
        "rung_id": row.rung_id,
        "level": level,
        "role": someone.role,
        "skipped_level": skipped_level,
        "urgent": row.urgent,
    }
