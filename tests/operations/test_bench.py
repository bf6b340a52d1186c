"""The bench measures real work beside the bare SQL on a database of its own, and leaves nothing of it."""

import pytest
from sqlalchemy import create_engine, text

from dondoc.errors import InvalidInput
from dondoc.operations.bench import measure

FIELDS = {"what", "database", "units", "obligations", "rows", "seconds", "floor_seconds", "ratio", "peak_mb"}


@pytest.mark.parametrize("what", ["cascade", "sweep"])
def test_work_and_floor_are_measured_in_pairs(database_url: str, dialect: str, what: str) -> None:
    found = measure(what, units=40, obligations=2, url=database_url, runs=2)
    assert set(found) == FIELDS
    assert (found["what"], found["database"], found["units"], found["obligations"]) == (what, dialect, 40, 2)
    assert len(found["seconds"]) == len(found["floor_seconds"]) == 2
    assert found["ratio"] > 0
    # Every unit but the issuer has both obligations: at least a row each.
    assert found["rows"] >= 39 * 2


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_the_database_of_a_measurement_is_dropped(database_url: str) -> None:
    measure("cascade", units=20, obligations=1, url=database_url, runs=1)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT datname FROM pg_database WHERE datname LIKE 'dondoc_bench_%'")).all()
    engine.dispose()
    assert left == []


def test_what_is_not_measured_is_said() -> None:
    with pytest.raises(InvalidInput, match="cascade, sweep"):
        measure("everything", units=1, obligations=1, url=None, runs=1)
