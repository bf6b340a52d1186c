"""Sweep on a day and read back what came of it: for tests of rungs, notices and letters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from dondoc.operations.ladder_file import Ladder, ladder_from
from dondoc.operations.rules import Rules
from dondoc.operations.sweep import SweepResult, sweep
from models.session import Database
from models.tables.assignments import assignment, rung
from models.tables.letters import letter, notice, pending_notice
from models.tables.units import officer, unit
from models.vocabulary import LetterKind
from policies.workdays import ZONE
from tests.factories import RULES, at


def ladder_with(**changes: object) -> Rules:
    """Give the rules of the factories with some lines of the ladder changed, under a name of their own."""
    content = RULES.ladder.content | {"name": "changed"} | changes
    return replace(RULES, ladder=Ladder(ladder_from(content, "test"), content))


def swept(database: Database, day: str, clock: str = "07:40", rules: Rules = RULES) -> SweepResult:
    return sweep(database, at(day, clock), rules=rules)


def swept_daily(database: Database, first: str, last: str, rules: Rules = RULES) -> None:
    """Sweep once on every day from the first to the last, worked or not."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        swept(database, day.isoformat(), rules=rules)
        day += timedelta(days=1)


def rungs(database: Database, assignment_id: int | None = None) -> Sequence[tuple[str, str, str]]:
    """Give (name, planned day, fired day) of the rungs of one assignment, or of all, as they were fired."""
    statement = select(rung.c.name, rung.c.planned_at, rung.c.fired_at).order_by(rung.c.id)
    if assignment_id is not None:
        statement = statement.where(rung.c.assignment_id == assignment_id)
    with database.reading() as connection:
        return [(row.name, local_day(row.planned_at), local_day(row.fired_at)) for row in connection.execute(statement)]


def names(database: Database, assignment_id: int | None = None) -> list[str]:
    return [name for name, _planned, _fired in rungs(database, assignment_id)]


def letters(database: Database, *, but: LetterKind | None = LetterKind.ASSIGNED) -> list[tuple[str, str, str]]:
    """Give (day, kind, address) of every letter in the order of writing, without those of the issue."""
    statement = select(letter.c.day, letter.c.kind, letter.c.to_address).order_by(letter.c.id)
    if but is not None:
        statement = statement.where(letter.c.kind != but)
    with database.reading() as connection:
        return [(row.day.isoformat(), row.kind, row.to_address) for row in connection.execute(statement)]


def told(database: Database) -> list[tuple[str, str, str, int, int | None]]:
    """Give (day, address, rung, level, skipped level) of every notice that a letter of a sweep carries."""
    statement = (
        select(letter.c.day, letter.c.to_address, rung.c.name, notice.c.level, notice.c.skipped_level)
        .join(notice, notice.c.letter_id == letter.c.id)
        .join(rung, rung.c.id == notice.c.rung_id)
        .order_by(letter.c.id, notice.c.id)
    )
    with database.reading() as connection:
        return [(row[0].isoformat(), *row[1:]) for row in connection.execute(statement)]


def waiting(database: Database) -> int:
    """Give how many notices wait for a letter."""
    with database.reading() as connection:
        return len(connection.execute(select(pending_notice.c.id)).all())


def position(database: Database, assignment_id: int) -> tuple[int, datetime | None]:
    with database.reading() as connection:
        chosen = select(assignment.c.rung, assignment.c.next_action_at).where(assignment.c.id == assignment_id)
        row = connection.execute(chosen).one()
    return row.rung, row.next_action_at.astimezone(ZONE) if row.next_action_at else None


def change_officers(database: Database, code: str, role: str | None = None, **values: Any) -> None:
    """Change the officers of a unit (of one role, or all): as an import of another day would have left them."""
    with database.writing() as connection:
        unit_id = select(unit.c.id).where(unit.c.code == code).scalar_subquery()
        statement = officer.update().where(officer.c.unit_id == unit_id).values(**values)
        connection.execute(statement.where(officer.c.role == role) if role else statement)


def local_day(moment: datetime) -> str:
    return moment.astimezone(ZONE).date().isoformat()
