"""A .docx table while it is read, and its lines: rows with parted cells, or the cells of one that only places text."""

from dataclasses import dataclass, field

CELLS_APART = " | "
WIDEST_LAYOUT = 3
LONGEST_LAYOUT = 4
"""Columns and rows of a table that only places text: the heading, and the recipients beside the signature."""


@dataclass(slots=True)
class Cell:
    """A cell's paragraphs; `continued` when it is merged into the cell above or before it."""

    lines: list[str]
    continued: bool = False


@dataclass(slots=True)
class Table:
    """The rows so far, and whether a border was seen."""

    rows: list[list[Cell]] = field(default_factory=list)
    bordered: bool = False

    def lines(self) -> list[str]:
        """Give the table's text: one block of rows, or a block for each cell where the table only places text."""
        rows: list[list[list[str]]] = [[[] if cell.continued else cell.lines for cell in row] for row in self.rows]
        if self._places_text(rows):
            return ["\n".join(cell) for row in rows for cell in row if cell]
        lines: list[str] = []
        for row in rows:
            filled = [cell for cell in row if cell]
            if len(filled) == 1:
                lines += filled[0]
            elif filled:
                lines.append(CELLS_APART.join(" ".join(cell) for cell in row).strip())
        return ["\n".join(lines)] if lines else []

    def _places_text(self, rows: list[list[list[str]]]) -> bool:
        return (
            not self.bordered
            and len(rows) <= LONGEST_LAYOUT
            and all(len(row) <= WIDEST_LAYOUT for row in rows)
            and any(len(cell) > 1 for row in rows for cell in row)
        )
