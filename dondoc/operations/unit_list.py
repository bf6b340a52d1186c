"""The units as they stand on a day, one after the other in Vietnamese order, with their officers."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, select

from models.session import Database
from models.tables.units import officer, unit, unit_version


def unit_list(database: Database, on: date) -> list[dict[str, Any]]:
    """Give a dict each: code, name, kind, parent (code), valid_from, valid_to, depth, officers [name, role, email]."""
    version, above = unit_version.c, unit.alias("above")
    statement = (
        select(
            unit.c.id, unit.c.code, version.name, version.kind, above.c.code.label("parent"),
            version.valid_from, version.valid_to, version.depth,
        )
        .join(unit_version, version.unit_id == unit.c.id)
        .outerjoin(above, above.c.id == version.parent_id)
        .where(holds(unit_version, on))
        .order_by(version.name_sort, unit.c.code)
    )  # fmt: skip
    officers: dict[int, list[dict[str, str]]] = defaultdict(list)
    with database.reading() as connection:
        rows = connection.execute(statement).all()
        who = select(officer).where(holds(officer, on)).order_by(officer.c.role, officer.c.name, officer.c.id)
        for row in connection.execute(who):
            officers[row.unit_id].append({"name": row.name, "role": row.role, "email": row.email})
    return [
        {
            "code": row.code,
            "name": row.name,
            "kind": row.kind,
            "parent": row.parent,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
            "depth": row.depth,
            "officers": officers.get(row.id, []),
        }
        for row in rows
    ]


def holds(table: FromClause, on: date | ColumnElement[Any]) -> ColumnElement[bool]:
    """Make the condition that a row with valid_from and valid_to (half-open) is true on a day (also a column's)."""
    return (table.c.valid_from <= on) & (table.c.valid_to.is_(None) | (table.c.valid_to > on))
