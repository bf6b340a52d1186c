"""What every command does on its way in and out: settings, the clock, an open database of the right schema, output."""

import json
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.clock import EARLIEST_YEAR, LATEST_YEAR
from dondoc.clock import moment as read_moment
from dondoc.errors import InvalidInput
from dondoc.settings import Settings, load_settings

if TYPE_CHECKING:
    from dondoc.operations.rules import Rules
    from models.session import Database

Now = Annotated[str | None, typer.Option("--now", help="The moment to take for now (ISO 8601; a date alone: 08:00).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def moment(text: str | None, name: str = "--now") -> datetime:
    """Read a moment in Vietnam's zone; the clock where nothing is said."""
    return read_moment(text, name)


def day(text: str, name: str) -> date:
    """Read a date as ISO 8601 or as people write it (28/02/2025)."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
        if EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            return found
    raise InvalidInput(f"{text!r} is not a date; write it as 2025-02-28", where=name)


def rules_of(settings: Settings) -> "Rules":
    """Give the rules in force, with the domain that Message-IDs are made in."""
    from dondoc.operations.rules import office_rules  # noqa: PLC0415

    return office_rules(settings.home, settings.mail_from.rpartition("@")[2])


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[tuple["Database", Settings]]:
    """Open the database that the settings name, after checking that its schema is the one this code needs."""
    from dondoc.operations.ready import open_ready  # noqa: PLC0415 (SQLAlchemy takes a fifth of a second)

    settings = settings or load_settings()
    database = open_ready(settings)
    try:
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
    sys.stderr.write(visible(text) + "\n")
    sys.stderr.flush()


def print_table(
    headings: Sequence[str], rows: Sequence[Sequence[Any]], *, empty: str, title: str | None = None
) -> None:
    """Print a table to read, or the line that says why there is none. Nothing is cut: a terminal folds long lines.

    Written out here because a table of `rich` costs a quarter of a second, and a minute for ten thousand rows.
    """
    if not rows:
        sys.stdout.write(empty + "\n")
        return
    cells = [["" if cell is None else visible(str(cell)) for cell in row] for row in (headings, *rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(headings))]
    numbers = [all(isinstance(row[column], int) for row in rows) for column in range(len(headings))]
    cells.insert(1, ["-" * width for width in widths])
    if title is not None:
        sys.stdout.write(visible(title) + "\n")
    for row in cells:
        padded = (_padded(*one) for one in zip(row, widths, numbers, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")
    sys.stdout.write("\n")


def visible(text: str) -> str:
    """Give text as one line that cannot move a terminal's cursor or turn the direction of what follows."""
    return text if text.isprintable() else "".join(character if character.isprintable() else " " for character in text)


def _width(text: str) -> int:
    """Count the columns that a text takes in a terminal: a mark on the letter before it takes none."""
    return len(text) if text.isascii() else sum(unicodedata.combining(character) == 0 for character in text)


def _padded(text: str, width: int, is_number: bool) -> str:
    room = " " * (width - _width(text))
    return room + text if is_number else text + room
