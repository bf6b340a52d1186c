"""Read the rows of a .csv or .xlsx file as text, each with its place as a person sees it there."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.intake.text_file import read_bytes, read_text

DELIMITERS = ",;\t"
"""What spreadsheets put between the cells of a .csv, by the machine's region."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row by its columns' names; text in NFC, trimmed; an empty cell is an empty text."""

    where: str
    cells: dict[str, str]


def read_table(path: Path, required: Sequence[str], optional: Sequence[str]) -> tuple[TableRow, ...]:
    """Give the rows under the header. Raise UnreadableInput, or InvalidInput for a wrong header or row."""
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _xlsx_rows(path)
    header_where, header = next(rows, (str(path), []))
    columns = [name.lower() for name in header]
    while columns and not columns[-1]:
        columns.pop()
    missing = [name for name in required if name not in columns]
    if missing:
        raise InvalidInput(
            f"the header has no column {', '.join(missing)}; add it to the first row", where=header_where
        )
    unknown = [name for name in columns if name not in {*required, *optional}]
    if unknown or len(set(columns)) < len(columns):
        wrong = f"unknown column {unknown[0]!r}" if unknown else "a column stands twice"
        raise InvalidInput(f"{wrong}; the columns are: {', '.join((*required, *optional))}", where=header_where)
    found = []
    for where, cells in rows:
        if any(cells[len(columns) :]):
            raise InvalidInput(f"more cells than the header's {len(columns)}; quote text with commas", where=where)
        if any(cells):
            found.append(TableRow(where, dict(zip(columns, (*cells, *[""] * len(columns)), strict=False))))
    return tuple(found)


def tidy(text: str) -> str:
    """Give text in NFC with single spaces and none around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _csv_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    text = read_text(path)
    first = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            # A quoted cell may span lines: the row is where it begins.
            if any(cell.strip() for cell in cells):
                yield f"{path}, line {line}", [tidy(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableInput(f"not a valid .csv: {error}; check the quotes", where=f"{path}, line {line}") from None


def _xlsx_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(path)))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        message = f"not a workbook that can be read ({reason}); save it as .xlsx without a password"
        raise UnreadableInput(message, where=str(path)) from None
    for number, cells in enumerate(rows, start=1):
        texts = [_cell_text(cell) for cell in cells]
        if any(texts):
            yield f"{path}, row {number}", texts


def _cell_text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else tidy(str(cell))
