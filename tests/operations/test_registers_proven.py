"""Who did it is part of the proof: a register of units or officers changed otherwise than by an import is named."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Table, delete, insert, select, text, update

from dondoc.operations.import_units import import_units
from dondoc.operations.samples import sample_units
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.units import officer, unit, unit_succession, unit_version
from models.vocabulary import SuccessionKind
from tests.factories import at

CHANGES: list[tuple[Table, dict[str, Any]]] = [
    (unit, {"code": "ZZ"}),
    (unit_version, {"name": "Another"}),
    (unit_version, {"kind": "commune"}),
    (unit_version, {"path": "00000099"}),
    (unit_version, {"valid_to": date(2025, 1, 1)}),
    (officer, {"email": "another@unit.example"}),
    (officer, {"name": "Another"}),
    (officer, {"valid_to": date(2025, 1, 1)}),
]


@pytest.fixture
def imported(database: Database) -> Database:
    import_units(database, sample_units(), now=at("2025-02-13"), actor="test")
    assert verify(database).ok
    return database


@pytest.mark.parametrize(("table", "change"), CHANGES)
def test_a_changed_row_is_named_by_the_import_that_left_it_otherwise(
    imported: Database, table: Table, change: dict[str, Any]
) -> None:
    with imported.writing() as connection:
        last = connection.execute(select(table.c.id).order_by(table.c.id.desc()).limit(1)).scalar_one()
        connection.execute(update(table).where(table.c.id == last).values(change))
    found = verify(imported)
    assert found.broken is not None
    assert (found.broken.seq, table.name in found.broken.why) == (1, True)


def test_a_row_that_was_added_or_taken_away_is_named(imported: Database) -> None:
    with imported.writing() as connection:
        row = {"predecessor_id": 1, "kind": SuccessionKind.ABOLISH, "effective_on": date(2025, 7, 1)}
        connection.execute(insert(unit_succession).values(row))
    assert "unit_succession" in str(verify(imported).broken)
    with imported.writing() as connection:
        connection.execute(delete(unit_succession))
    assert verify(imported).ok
    with imported.writing() as connection:
        connection.execute(delete(officer).where(officer.c.id == 1))
    assert "officer" in str(verify(imported).broken)


def test_an_address_that_mail_came_back_from_is_noted_without_an_import(imported: Database) -> None:
    with imported.writing() as connection:
        connection.execute(update(officer).where(officer.c.id == 1).values(bounced_at=at("2025-02-14")))
    assert verify(imported).ok


def test_a_later_import_makes_its_own_state_the_one_that_holds(imported: Database) -> None:
    drafts = sample_units()
    import_units(imported, drafts[:1], now=at("2025-02-14"), actor="test")
    assert verify(imported).ok
    with imported.writing() as connection:
        connection.execute(text("UPDATE unit SET code = 'ZZ' WHERE id = 1"))
    assert verify(imported).broken is not None
