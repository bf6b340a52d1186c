"""Who is written to for a unit on a day: its officers who are there, and who stands in (KT.) for those who are away.

Whoever is away without a substitute who is there is as good as nobody: the other officer of the unit is written to.
"""

from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Subquery, exists, select, union_all

from dondoc.operations.unit_list import holds
from models.tables.units import absence, officer

ABSENT, SUBSTITUTE = officer.alias("absent"), officer.alias("substitute")


def serves(table: FromClause, day: Any) -> ColumnElement[bool]:
    """Give the condition that an officer serves on `day` (a date or a parameter) and mail to it arrives."""
    return holds(table, day) & table.c.bounced_at.is_(None)


def present(table: FromClause, day: Any) -> ColumnElement[bool]:
    """Give the condition that an officer serves on `day` and is not away."""
    return serves(table, day) & table.c.id.not_in(select(absence.c.officer_id).where(holds(absence, day)))


def stand_ins(day: Any) -> Select[Any]:
    """Select who stands in for whom on `day`: the `unit_id` and `role` spoken for, and the `officer_id` who does."""
    return (
        select(ABSENT.c.unit_id, ABSENT.c.role, SUBSTITUTE.c.id.label("officer_id"))
        .join_from(absence, ABSENT, ABSENT.c.id == absence.c.officer_id)
        .join(SUBSTITUTE, SUBSTITUTE.c.id == absence.c.substitute_id)
        .where(holds(absence, day), holds(ABSENT, day), present(SUBSTITUTE, day))
    )


def speaking(day: Any) -> Subquery:
    """Select everybody who is written to on `day`: `unit_id`, `role` and `officer_id`."""
    own = select(officer.c.unit_id, officer.c.role, officer.c.id.label("officer_id")).where(present(officer, day))
    return union_all(own, stand_ins(day)).subquery("speaking")


def anybody_away(connection: Connection, day: Any) -> bool:
    """Whether anybody is away on `day`: mostly nobody is, and nothing more need be asked."""
    return bool(connection.execute(select(exists().where(holds(absence, day)))).scalar())
