"""The workbook of a letter that tells of too many tasks to print: a sheet by unit and a sheet by task (.xlsx).

The same values give the same bytes. Text from outside never becomes a formula, a link or a sheet's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

# Excel takes text that begins so for a formula when a table is saved as text and opened again.
FORMULA_SIGNS = ("=", "+", "-", "@")
HEADING_ROW = 3
# Widths in Excel's units, of which a letter of this font takes a little less than one; heights in points.
UNIT_WIDTHS = (6, 54, 40, 10, 12, 18)
TASK_WIDTHS = (6, 46, 34, 44, 16, 10, 14, 13, 14, 11, 11)
LETTERS_A_UNIT = 1.15
LINE_HEIGHT = 16.5
HEADING_LINES = 2

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in words: its name, its title and its headings; each row has a cell for each heading after the first.

    The first column numbers the rows.
    """

    name: str
    title: str
    note: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Sequence[tuple[Cell, ...]]


def tasks_workbook(sheets: Sequence[Sheet], *, title: str, created: datetime) -> bytes:
    """Give the file. `created` stands in its properties in place of the clock's time."""
    kept = BytesIO()
    book = Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": _text(title), "created": created.replace(tzinfo=None)})
    looks = _Looks.of(book)
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name), sheet, looks)
    book.close()
    return kept.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    """How cells look."""

    title: Format
    note: Format
    heading: Format
    text: Format
    number: Format
    day: Format

    @classmethod
    def of(cls, book: Workbook) -> "_Looks":
        common = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        boxed = common | {"border": 1, "border_color": "#B8C0CA"}
        return cls(
            title=book.add_format(common | {"bold": True, "font_size": 14}),
            note=book.add_format(common | {"italic": True}),
            heading=book.add_format(
                boxed | {"bold": True, "bg_color": "#E8EDF3", "align": "center", "valign": "vcenter", "text_wrap": True}
            ),
            text=book.add_format(boxed | {"text_wrap": True}),
            number=book.add_format(boxed | {"align": "center"}),
            day=book.add_format(boxed | {"align": "center", "num_format": "dd/mm/yyyy"}),
        )


def _fill(page: Worksheet, sheet: Sheet, looks: _Looks) -> None:
    """Write one table: frozen under its headings, filtered by any column, on paper as wide as a page."""
    last_row, last_column = HEADING_ROW + len(sheet.rows), len(sheet.headings) - 1
    page.write_string(0, 0, _text(sheet.title), looks.title)
    page.write_string(1, 0, _text(sheet.note), looks.note)
    for column, (heading, width) in enumerate(zip(sheet.headings, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(HEADING_ROW, column, _text(heading), looks.heading)
    page.set_row(HEADING_ROW, LINE_HEIGHT * HEADING_LINES)
    for number, row in enumerate(sheet.rows, start=1):
        # Excel fits a row to its text when it opens the file; other programs take the height that it says.
        page.set_row(HEADING_ROW + number, LINE_HEIGHT * _lines(row, sheet.widths[1:]))
        for column, cell in enumerate((number, *row)):
            _write(page, HEADING_ROW + number, column, cell, looks)
    page.freeze_panes(HEADING_ROW + 1, 2)
    page.autofilter(HEADING_ROW, 0, last_row, last_column)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADING_ROW)
    page.set_footer("&C&P/&N")


def _lines(row: tuple[Cell, ...], widths: tuple[int, ...]) -> int:
    """Give how many lines the longest text of a row takes in its column."""
    texts = [(len(cell), width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str)]
    return max((ceil(length / (width * LETTERS_A_UNIT)) for length, width in texts if length), default=1)


def _write(page: Worksheet, row: int, column: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, _text(cell), looks.text)
    elif isinstance(cell, date):
        page.write_datetime(row, column, _midnight(cell), looks.day)
    elif cell is None:
        page.write_blank(row, column, None, looks.text)
    else:
        page.write_number(row, column, cell, looks.number)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _midnight(day: date) -> Any:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a cell knows no zone)
