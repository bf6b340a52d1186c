"""The tree of units as it stands on a day."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select

from dondoc.operations.unit_list import holds
from models.schemas.units import UnitNode
from models.session import Database
from models.tables.units import unit, unit_version


def unit_tree(database: Database, on: date) -> tuple[UnitNode, ...]:
    """Give the roots with everything below them, siblings in Vietnamese order."""
    version = unit_version.c
    statement = (
        select(unit.c.id, unit.c.code, version.name, version.kind, version.parent_id)
        .join(unit_version, version.unit_id == unit.c.id)
        .where(holds(unit_version, on))
        .order_by(version.depth.desc(), version.name_sort, unit.c.code)
    )
    with database.reading() as connection:
        rows = connection.execute(statement).all()
    children: dict[Any, list[UnitNode]] = defaultdict(list)
    for row in rows:  # the deepest first, so that a unit's children are complete when it is made
        children[row.parent_id].append(UnitNode(row.code, row.name, row.kind, tuple(children.pop(row.id, ()))))
    return tuple(children.get(None, ()))
