"""The sample federation with a few grassroots unions, for dated journeys."""

from collections.abc import Iterator
from datetime import date, timedelta

from dondoc.operations.import_units import import_units
from dondoc.operations.province import generate_grassroots
from dondoc.operations.samples import sample_units
from models.session import Database
from tests.factories import at

UPPER = sample_units()
PROVINCE, OFFICE = "LDLD-LCH", "LDLD-LCH-TGNC"


def found_province(database: Database, units: int) -> None:
    """Register the federation with as many grassroots unions as make `units` in all."""
    drafts = (*UPPER, *generate_grassroots(UPPER, units, seed=1))
    import_units(database, drafts, now=at("2025-02-13"), actor="test")


def address(code: str, role: str = "focal") -> str:
    """Give the address of an officer of an upper unit."""
    unit = next(unit for unit in UPPER if unit.code == code)
    return next(officer.email for officer in unit.officers if officer.role == role)


def days(first: str, last: str) -> Iterator[str]:
    """Give every day from the first to the last, worked or not."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day.isoformat()
        day += timedelta(days=1)
