"""What every command does on its way in and out: settings, the clock, an open database of the right schema, output."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.errors import InvalidInput, NotInitialised
from dondoc.settings import Settings, load_settings
from models.migrations import SCHEMA

if TYPE_CHECKING:
    from dondoc.operations.rules import Rules
    from models.session import Database

ZONE_NAME = "Asia/Ho_Chi_Minh"
MORNING_HOUR = 8
"""A date alone means this hour of it."""

Now = Annotated[str | None, typer.Option("--now", help="The moment to take for now (ISO 8601; a date alone: 08:00).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def moment(text: str | None, name: str = "--now") -> datetime:
    """Read a moment in Vietnam's zone; the clock where nothing is said. The only place the command line reads it."""
    import pendulum  # noqa: PLC0415 (so that --help need not wait for it)
    from pendulum.parsing.exceptions import ParserError  # noqa: PLC0415

    if text is None:
        return pendulum.now(ZONE_NAME)
    try:
        found = pendulum.parse(text, tz=ZONE_NAME, exact=True)
    except (ValueError, ParserError):
        found = None
    if isinstance(found, pendulum.DateTime):
        return found
    if isinstance(found, pendulum.Date):
        return pendulum.datetime(found.year, found.month, found.day, MORNING_HOUR, tz=ZONE_NAME)
    raise InvalidInput(f"{text!r} is not a moment; write it as 2025-02-28 or 2025-02-28T07:30", where=name)


def day(text: str, name: str) -> date:
    """Read a date as ISO 8601 or as people write it (28/02/2025)."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
    raise InvalidInput(f"{text!r} is not a date; write it as 2025-02-28", where=name)


def rules_of(settings: Settings) -> "Rules":
    """Give the rules in force, with the domain that Message-IDs are made in."""
    from dondoc.operations.rules import default_rules  # noqa: PLC0415

    return default_rules(settings.mail_from.rpartition("@")[2])


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[tuple["Database", Settings]]:
    """Open the database that the settings name, after checking that its schema is the one this code needs."""
    from models.session import open_database  # noqa: PLC0415 (SQLAlchemy takes a third of a second)

    settings = settings or load_settings()
    url = settings.database_url
    file = url.removeprefix("sqlite:///") if url.startswith("sqlite:///") else None
    if file is not None and not Path(file).exists():
        raise NotInitialised(f"there is no database at {file} yet; run: dondoc init")
    database = open_database(url)
    try:
        with database.reading() as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found != SCHEMA:
            raise NotInitialised(f"the database has schema {found}, this program needs {SCHEMA}; run: dondoc init")
        yield database, settings
    finally:
        database.dispose()


def print_json(value: Any) -> None:
    """Print one JSON document on standard output, in UTF-8."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain).encode() + b"\n")
    sys.stdout.flush()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    msg = f"{type(value).__name__} cannot be printed as JSON"
    raise TypeError(msg)


def say(text: str) -> None:
    """Tell a person something, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def print_table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], *, empty: str, title: str | None = None
) -> None:
    """Print a table to read, or the line that says why there is none."""
    if not rows:
        sys.stdout.write(empty + "\n")
        return
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 (only who prints a table pays for it)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for position, heading in enumerate(headings):
        numbers = all(isinstance(row[position], int) for row in rows)
        table.add_column(heading, justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    # A pipe has no width: let nothing be folded there.
    Console(soft_wrap=False, width=None if sys.stdout.isatty() else 200).print(table)
