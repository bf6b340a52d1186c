"""A small province with officers, and directives issued to it, for tests that need something to act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, insert, select

from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import register
from dondoc.operations.ladder_file import Ladder, ladder_from
from dondoc.operations.rules import Rules, default_rules
from models.paths import child_path, depth
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import obligation, period
from models.tables.units import officer, unit, unit_version
from models.vocabulary import OfficerRole, UnitKind
from policies.workdays import ZONE

FOUNDED = date(2023, 1, 1)
"""The day from which the units and officers of the factories are valid."""


def _due_dates_only() -> Rules:
    """Give the shipped rules with a ladder of due dates alone: nobody is asked to acknowledge, no hour is quiet."""
    shipped = default_rules()
    content = {name: shipped.ladder.content[name] for name in ("name", "at", "rungs", "until_done", "due_soon_days")}
    content |= {"version": 1, "above": {"every_days": 5, "to": ["head"]}}
    return replace(shipped, ladder=Ladder(ladder_from(content, "tests"), content))


RULES = _due_dates_only()

PROVINCE = "PROVINCE"
OFFICE = "PROVINCE-OFFICE"
DISTRICTS = ("DISTRICT-1", "DISTRICT-2")
GRASSROOTS = tuple(f"{district}-G{number}" for district in DISTRICTS for number in (1, 2, 3))


@dataclass(frozen=True, slots=True)
class Issued:
    """A directive with its assignments, by (obligation key, unit code) or (obligation key, period key, unit code)."""

    directive_id: int
    number: str
    assignments: Mapping[tuple[str, ...], int]


def at(day: str, clock: str = "09:00") -> datetime:
    """Give a moment of a day in Vietnam."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZONE)


def focal(code: str) -> str:
    """Give the address of a unit's focal officer."""
    return f"focal@{code.lower()}.example"


def head(code: str) -> str:
    """Give the address of a unit's head."""
    return f"head@{code.lower()}.example"


def a_province(database: Database) -> Mapping[str, int]:
    """Register a province with its office, two districts, and three grassroots units in each; give ids by code."""
    ids: dict[str, int] = {}
    with database.writing() as connection:
        paths: dict[str | None, str] = {None: ""}
        for code, kind, parent in _province():
            ids[code] = a_unit(connection, code, kind, paths[parent])
            paths[code] = child_path(paths[parent], ids[code])
    return ids


def _province() -> Sequence[tuple[str, UnitKind, str | None]]:
    districts = [(code, UnitKind.DISTRICT, PROVINCE) for code in DISTRICTS]
    grassroots = [(code, UnitKind.GRASSROOTS, code.rpartition("-")[0]) for code in GRASSROOTS]
    return [(PROVINCE, UnitKind.PROVINCIAL, None), (OFFICE, UnitKind.OFFICE, PROVINCE), *districts, *grassroots]


def a_unit(connection: Connection, code: str, kind: UnitKind, parent_path: str) -> int:
    """Register a unit under the unit at `parent_path` ("" for a root), with a focal officer and a head."""
    unit_id = int(connection.execute(insert(unit).values(code=code).returning(unit.c.id)).scalar_one())
    path = child_path(parent_path, unit_id)
    connection.execute(
        insert(unit_version).values(
            unit_id=unit_id,
            parent_id=int(parent_path[-8:]) if parent_path else None,
            path=path,
            depth=depth(path),
            name=code,
            name_sort=code.lower(),
            name_fold=code.lower(),
            kind=kind,
            valid_from=FOUNDED,
        )
    )
    for role, email in ((OfficerRole.FOCAL, focal(code)), (OfficerRole.HEAD, head(code))):
        an_officer(connection, unit_id, role, email)
    return unit_id


def an_officer(connection: Connection, unit_id: int, role: OfficerRole, email: str, **values: Any) -> int:
    """Register an officer of a unit."""
    row = {"unit_id": unit_id, "role": role, "name": f"{role.value} of {unit_id}", "email": email}
    row |= {"valid_from": FOUNDED} | values
    return int(connection.execute(insert(officer).values(**row).returning(officer.c.id)).scalar_one())


def an_obligation(key: str = "report", **values: Any) -> dict[str, Any]:
    """Say an obligation of the districts, due on 28 February 2025, received by the province's office."""
    said = {
        "key": key,
        "title": f"Obligation {key}",
        "deliverable": "report",
        "addressees": {"below": PROVINCE, "kinds": ["district"]},
        "lead": OFFICE,
        "due": "2025-02-28",
    }
    return said | values


def a_directive_issued(
    database: Database, *obligations: Mapping[str, Any], rules: Rules | None = None, **values: Any
) -> Issued:
    """Issue a directive of the province on 14 February 2025 and cascade it; one report of the districts by default."""
    said = {
        "number": "121/KH-LĐLĐ",
        "type": "Kế hoạch",
        "issued_on": date(2025, 2, 14),
        "issuer": PROVINCE,
        "subject": "Thực hiện nhiệm vụ năm 2025",
        "obligations": list(obligations or [an_obligation()]),
    }
    draft = DirectiveDraft.model_validate(said | values)
    rules = rules or RULES
    now = datetime.combine(draft.issued_on, time(8), ZONE)
    registered = register(database, draft, now=now, actor="test", rules=rules)
    list(cascade_all(database, f"{draft.number}@{draft.issuer}", now, rules=rules))
    with database.reading() as connection:
        return Issued(registered.directive_id, draft.number, _assignments(connection, registered.directive_id))


def _assignments(connection: Connection, directive_id: int) -> Mapping[tuple[str, ...], int]:
    statement = (
        select(obligation.c.key, period.c.key.label("period_key"), unit.c.code, assignment.c.id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(period, period.c.id == assignment.c.period_id)
        .join(unit, unit.c.id == assignment.c.unit_id)
        .where(obligation.c.directive_id == directive_id)
    )
    rows = connection.execute(statement).all()
    short = {(row.key, row.code): row.id for row in rows}
    return short | {(row.key, row.period_key, row.code): row.id for row in rows}
