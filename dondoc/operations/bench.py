"""Measure the work beside its floor: the bare set-based SQL for the same rows, on the same database, in the same run.

A machine's noise falls on both, so the ratio means something where seconds do not.
"""

import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, MetaData, Table, create_engine, func, insert, literal, make_url, select, text, update
from sqlalchemy.sql.elements import quoted_name

from dondoc.errors import InvalidInput
from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import register
from dondoc.operations.rules import Rules, default_rules
from dondoc.operations.sweep import sweep
from models.migrations.run import upgrade
from models.paths import child_path
from models.schemas.directives import DirectiveDraft
from models.session import Database, open_database
from models.tables import metadata
from models.tables.assignments import assignment, rung
from models.tables.counters import counter
from models.tables.ledger import ledger
from models.tables.letters import letter, notice
from models.tables.units import officer, unit, unit_version
from policies.workdays import ZONE

BRANCHES = 18
"""Upper units under the issuer: about what a province has."""

ISSUED_AT = datetime(2025, 3, 17, 8, tzinfo=ZONE)
DUE = date(2025, 3, 28)
DUE_AT_SWEEP = datetime(2025, 3, 19, 8, tzinfo=ZONE)
"""Seven working days before the due date, after 07:30: the first rung of every assignment, and its only one so far."""

NUMBER = "1/KH-DO"
WRITTEN_BY = {"cascade": (assignment, counter, letter, ledger), "sweep": (rung, letter, notice, ledger)}
KILOBYTE = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """INTERFACE, `bench`: seconds of each run and of its floor, and the median of their ratios. `rows` were written."""

    what: str
    database: str
    units: int
    obligations: int
    rows: int
    seconds: list[float]
    floor_seconds: list[float]
    ratio: float
    peak_mb: float


def measure(what: str, *, units: int, obligations: int, url: str | None, runs: int) -> dict[str, Any]:
    """Measure `cascade` or `sweep` in `runs` pairs, each in a new database; give INTERFACE's fields."""
    if what not in WRITTEN_BY:
        raise InvalidInput(f"there is nothing called {what!r} to measure; choose one of: {', '.join(WRITTEN_BY)}")
    rules = default_rules()
    pairs = []
    for _run in range(runs):
        with _new_database(url) as database:
            pairs.append(_pair(database, what, units, obligations, rules))
            dialect = database.dialect
    seconds, floors = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    ratio = median(took / floor for took, floor in zip(seconds, floors, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTE
    rounded = ([round(one, 4) for one in seconds], [round(one, 4) for one in floors])
    return asdict(Measured(what, dialect, units, obligations, pairs[0][2], *rounded, round(ratio, 2), round(peak, 1)))


@contextmanager
def _new_database(url: str | None) -> Iterator[Database]:
    """Give a migrated database that is gone afterwards: an SQLite file, or one made on the server of `url`."""
    if url is None or make_url(url).get_backend_name() == "sqlite":
        with TemporaryDirectory() as folder:
            yield from _migrated(f"sqlite:///{Path(folder) / 'bench.db'}")
        return
    name = f"dondoc_bench_{uuid4().hex[:12]}"
    server = create_engine(url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield from _migrated(make_url(url).set(database=name).render_as_string(hide_password=False))
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}"'))
        server.dispose()


def _migrated(url: str) -> Iterator[Database]:
    upgrade(url)
    database = open_database(url)
    try:
        yield database
    finally:
        database.dispose()


def _pair(database: Database, what: str, units: int, obligations: int, rules: Rules) -> tuple[float, float, int]:
    """Give the seconds of the work, of its floor, and the rows both wrote."""
    with database.writing() as connection:
        _province(connection, units)
    register(database, _directive(obligations), now=ISSUED_AT, actor="bench", rules=rules)
    changed = None
    if what == "cascade":
        before = _marks(database, what)
        took = _timed(lambda: list(cascade_all(database, NUMBER, ISSUED_AT, rules=rules)))
    else:
        list(cascade_all(database, NUMBER, ISSUED_AT, rules=rules))
        before = _marks(database, what)
        changed = _twins(database, [assignment])[0]
        with database.writing() as connection:
            connection.execute(insert(changed).from_select(list(assignment.c.keys()), select(assignment)))
        took = _timed(lambda: sweep(database, DUE_AT_SWEEP, rules=rules))
    if database.dialect == "postgresql":
        with database.writer.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    floor, rows = _floor(database, what, before, changed)
    return took, floor, rows


def _timed(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _province(connection: Connection, units: int) -> None:
    """Write a province: the issuer, its branches, and grassroots units shared between them, each with two officers."""
    parents: list[tuple[int, str]] = []
    versions, officers = [], []
    for number in range(1, units + 1):
        if number == 1:
            kind, parent, above = "provincial", None, ""
        elif number <= BRANCHES + 1:
            kind, (parent, above) = "district", parents[0]
        else:
            kind, (parent, above) = "grassroots", parents[1 + number % (len(parents) - 1)]
        path = child_path(above, number)
        if number <= BRANCHES + 1:
            parents.append((number, path))
        name = f"Đơn vị {number}"
        versions.append(
            {"unit_id": number, "parent_id": parent, "path": path, "depth": len(path) // 8, "name": name, "kind": kind,
             "name_sort": name, "name_fold": name, "valid_from": date(2023, 1, 1)}
        )  # fmt: skip
        officers += [
            {
                "unit_id": number,
                "role": role,
                "name": role,
                "email": f"{role}@{number}.example",
                "valid_from": date(2023, 1, 1),
            }
            for role in ("focal", "head")
        ]
    connection.execute(insert(unit), [{"id": number, "code": f"U{number}"} for number in range(1, units + 1)])
    connection.execute(insert(unit_version), versions)
    connection.execute(insert(officer), officers)


def _directive(obligations: int) -> DirectiveDraft:
    addressed = {"below": "U1", "kinds": ["district", "grassroots"]}
    asked = [
        {
            "key": f"o{number}",
            "clause": f"II.{number}",
            "title": f"Nhiệm vụ {number}",
            "addressees": addressed,
            "due": DUE,
        }
        for number in range(1, obligations + 1)
    ]
    header = {
        "number": NUMBER,
        "type": "Kế hoạch",
        "issued_on": ISSUED_AT.date(),
        "issuer": "U1",
        "subject": "Đo tốc độ",
    }
    return DirectiveDraft.model_validate(header | {"obligations": asked})


def _marks(database: Database, what: str) -> dict[str, int]:
    """Give the highest key of each table before the work, so that the floor copies only the work's rows."""
    with database.reading() as connection:
        return {
            table.name: connection.execute(select(func.coalesce(func.max(_key(table)), 0))).scalar_one()
            for table in WRITTEN_BY[what]
        }


def _key(table: Table) -> Any:
    return table.c.seq if table is ledger else literal(0) if table is counter else table.c.id


def _twins(database: Database, tables: Sequence[Table]) -> list[Table]:
    """Create empty tables with the same columns, keys, checks and indexes."""
    copies = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(copies)
    twins = [table.to_metadata(copies, name=f"floor_{table.name}") for table in tables]
    for twin in twins:
        for index in twin.indexes:
            index.name = quoted_name(f"floor_{index.name}", quote=None) if index.name else None
        for constraint in twin.constraints:
            constraint.name = quoted_name(f"floor_{constraint.name}", quote=None) if constraint.name else None
    with database.writing() as connection:
        copies.create_all(connection, tables=twins)
    return twins


def _floor(database: Database, what: str, before: dict[str, int], changed: Table | None) -> tuple[float, int]:
    """Write the work's rows again in one transaction: a bare INSERT … SELECT a table, a bare UPDATE of `changed`."""
    tables = WRITTEN_BY[what]
    twins = _twins(database, tables)
    began = perf_counter()
    rows = 0
    with database.writing() as connection:
        if changed is not None:
            due = changed.c.next_action_at <= DUE_AT_SWEEP
            moved = {"rung": 1, "next_action_at": DUE_AT_SWEEP + timedelta(days=6)}
            rows += connection.execute(update(changed).where(due).values(moved)).rowcount
        for table, twin in zip(tables, twins, strict=True):
            new = select(table).where(_key(table) > before[table.name]) if table is not counter else select(table)
            connection.execute(insert(twin).from_select(list(table.c.keys()), new))
    took = perf_counter() - began
    with database.reading() as connection:
        rows += sum(connection.execute(select(func.count()).select_from(twin)).scalar_one() for twin in twins)
    return took, rows
