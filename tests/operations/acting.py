"""Do an act on a day, and read back what it left: for tests of acts."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, func, select

from dondoc.operations.acts import ActResult, act_on
from models.session import Database
from models.tables.ledger import ledger
from models.vocabulary import Act
from tests.factories import RULES, at, focal

DISTRICT, OTHER = "DISTRICT-1", "DISTRICT-2"


def do(
    database: Database, assignment_id: int, done: Act, day: str, by: str = focal(DISTRICT), **given: Any
) -> ActResult:
    return act_on(database, assignment_id, done, by=by, now=at(day), rules=RULES, **given)


def stored(database: Database, table: Table) -> list[Mapping[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]


def entries(database: Database) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(ledger)).scalar_one()


def last_detail(database: Database) -> dict[str, Any]:
    with database.reading() as connection:
        text = connection.execute(select(ledger.c.detail).order_by(ledger.c.seq.desc()).limit(1)).scalar_one()
    return dict(json.loads(text))
