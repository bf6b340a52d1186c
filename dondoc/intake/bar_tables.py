"""Tables written with bars: a row a line ("| 1 | … |"), or a bar a line between the cells; or with tabs in a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dondoc.intake.pieces import RULE_LINE

LONGEST_CELL = 1_500
"""Characters; a longer cell of single bars is text between two tables whose bars were lost."""
BARS_OF_A_ROW = 2
TABS_OF_A_ROW = 2
"""With fewer than three cells a line is the head of a document or its end, set in two columns."""
LISTED = re.compile(r"(?:\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]\t")
"""How a clause begins whose mark a tab sets apart."""
MOST_LINES_OF_A_ROW = 6
FIRST_NUMBER = re.compile(r"0?1\.?")
FEWEST_NUMBERED_ROWS = 3
"""The heading row and two that are numbered: fewer may be chance."""

Line = tuple[str, int]
"""A line without outer blanks, and where it stands in the source."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the lines of each cell that has any."""

    cells: tuple[tuple[Line, ...], ...]


def tables_in(lines: Sequence[Line]) -> Iterator[Line | Row]:
    """Give the lines in order, those of tables as rows."""
    reader = _BarReader()
    at = 0
    while at < len(lines):
        text, source = lines[at]
        last = at
        if text == "|":
            yield from reader.bar()
        elif text.count("|") >= BARS_OF_A_ROW and (
            text.startswith("|") or (" | " in text and _has_rows(lines, at, "|"))
        ):
            yield from reader.leave()
            last = _end_of_row(lines, at)
            yield _row_of_lines(lines[at : last + 1])
        elif (row := _row_of_tabs(text, source)) and (_has_rows(lines, at, "\t") or not LISTED.match(text)):
            yield from reader.leave()
            yield row
        else:
            yield from reader.line((text, source))
        at = last + 1
    yield from reader.leave()


def _has_rows(lines: Sequence[Line], at: int, mark: str) -> bool:
    """Whether the next line above or below has cells too: one alone is of a page ("23/04/2020 | 08:27 | 417 xem")."""
    above = next((text for place in range(at - 1, -1, -1) if (text := lines[place][0])), "")
    below = next((text for place in range(at + 1, len(lines)) if (text := lines[place][0])), "")
    return max(above.count(mark), below.count(mark)) >= BARS_OF_A_ROW


def _end_of_row(lines: Sequence[Line], at: int) -> int:
    """Give the line that closes a row whose last cell is wrapped ("| 30/6 | Hạn nộp hồ sơ,", "nộp tại trường. |")."""
    if not lines[at][0].startswith("|") or lines[at][0].endswith("|"):
        return at
    for last in range(at + 1, min(at + MOST_LINES_OF_A_ROW, len(lines))):
        text = lines[last][0]
        if not text or text.startswith("|"):
            return at
        if text.endswith("|"):
            return last
    return at


class _BarReader:
    """Follows tables written as a bar a line: cells between bars, two bars between rows."""

    def __init__(self) -> None:
        self.cells: list[tuple[Line, ...]] = []
        self.cell: list[Line] = []
        self.inside = False
        self.columns = 0

    def bar(self) -> Iterator[Line | Row]:
        if not self.inside:
            self.inside = True
            return
        if any(text for text, _ in self.cell):
            yield from self._close_cell()
            if self.columns and len(self.cells) >= self.columns:
                yield from self._flush()
                self.inside = False
        elif self.cells:
            self.columns = self.columns or len(self.cells)
            yield from self._flush()

    def line(self, line: Line) -> Iterator[Line | Row]:
        if self.inside and not line[0] and self.cells and not self.cell:
            yield from self.leave()
        if self.inside:
            self.cell.append(line)
            return
        if line[0]:
            self.columns = 0
        yield line

    def leave(self) -> Iterator[Line | Row]:
        if self.inside:
            yield from self._close_cell()
            yield from self._rows_by_number()
            yield from self._flush()
        self.inside = False
        self.columns = 0

    def _rows_by_number(self) -> Iterator[Line | Row]:
        """Cut rows that no second bar sets apart by their running numbers; what is behind the last is text again."""
        words = [" ".join(text for text, _ in cell) for cell in self.cells]
        width = next((at for at, text in enumerate(words) if at > 1 and FIRST_NUMBER.fullmatch(text)), 0)
        rows = 1
        while width and words[rows * width :] and words[rows * width].strip(" .") in {f"{rows}", f"{rows:02}"}:
            rows += 1
        if rows < FEWEST_NUMBERED_ROWS:
            return
        for row in range(rows):
            yield Row(tuple(self.cells[row * width : (row + 1) * width]))
        yield from (line for cell in self.cells[rows * width :] for line in cell)
        self.cells = []

    def _close_cell(self) -> Iterator[Line | Row]:
        cell, self.cell = self.cell, []
        if sum(len(text) for text, _ in cell) > LONGEST_CELL:
            yield from self._flush()
            yield from cell
        elif any(text for text, _ in cell):
            self.cells.append(tuple(line for line in cell if line[0]))

    def _flush(self) -> Iterator[Line | Row]:
        cells, self.cells = tuple(self.cells), []
        if cells:
            yield Row(cells)


def _row_of_tabs(text: str, source: int) -> Row | None:
    row = _cells_of_line(text, source, "\t") if text.count("\t") >= TABS_OF_A_ROW else None
    return row if row and len(row.cells) > TABS_OF_A_ROW else None


def _row_of_lines(lines: Sequence[Line]) -> Row:
    cells: list[tuple[Line, ...]] = []
    for text, source in lines:
        first, *more = _cells_of_line(text, source, "|").cells or ((),)
        cells = [*cells[:-1], (cells[-1] if cells else ()) + first, *more]
    return Row(tuple(cell for cell in cells if cell))


def _cells_of_line(text: str, source: int, mark: str) -> Row:
    cells: list[tuple[Line, ...]] = []
    at = 0
    for part in text.split(mark):
        words = part.strip()
        if words and not RULE_LINE.match(words):
            cells.append(((words, source + at + part.index(words)),))
        at += len(part) + 1
    return Row(tuple(cells))
