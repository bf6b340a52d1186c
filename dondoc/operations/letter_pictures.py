"""The figures that a letter keeps of its day: a weekly picture by directive and branch, or the sums of a storm."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Row, select

from dondoc.mail.figures import BranchFigures, Figures, Picture
from dondoc.mail.values import Storm
from dondoc.operations.named import UnitNames
from dondoc.operations.storms import STORM
from models.tables.letters import letter_figure

COUNTS, BEFORE, BEFORE_ON = "counts", "before", "before_on"
"""The names under which a picture keeps its counts, and those of the picture before it with its day."""


def figure_rows(connection: Connection, letter_ids: Collection[int]) -> Sequence[Row[Any]]:
    """Give the figures of letters, in the order of writing."""
    statement = select(letter_figure).where(letter_figure.c.letter_id.in_(letter_ids)).order_by(letter_figure.c.id)
    return connection.execute(statement).all()


def storm_of(rows: Sequence[Row[Any]]) -> Storm | None:
    """Give the sums of the storm that a letter is about, None where it is about none."""
    sums = [row.figures[STORM] for row in rows if STORM in row.figures]
    if not sums:
        return None
    return Storm(sum(one["overdue"] for one in sums), sum(one["total"] for one in sums))


def pictures(rows: Sequence[Row[Any]], letter: Row[Any], names: UnitNames, base_url: str) -> Mapping[int, Picture]:
    """Give the pictures of a letter by directive: the branches with the most overdue first, then by name."""
    wholes: dict[int, Row[Any]] = {}
    branches: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        if COUNTS in row.figures and row.unit_id is None:
            wholes[row.directive_id] = row
        elif COUNTS in row.figures:
            branches[row.directive_id].append(row)
    return {
        directive_id: Picture(
            _figures(row.figures[COUNTS]),
            _before(row),
            date.fromisoformat(row.figures[BEFORE_ON]) if BEFORE_ON in row.figures else None,
            _ranked(branches[directive_id], letter.day, names, base_url),
            _board(base_url, names.on(letter.unit_id, letter.day).code),
        )
        for directive_id, row in wholes.items()
    }


def _ranked(rows: Sequence[Row[Any]], day: date, names: UnitNames, base_url: str) -> tuple[BranchFigures, ...]:
    ranked = []
    for row in rows:
        unit, figures = names.on(row.unit_id, day), _figures(row.figures[COUNTS])
        shown = BranchFigures(unit.name, figures, _before(row), _board(base_url, unit.code))
        ranked.append(((-figures.open_overdue, unit.sort, unit.code), shown))
    return tuple(shown for _, shown in sorted(ranked, key=lambda pair: pair[0]))


def _board(base_url: str, code: str) -> str:
    """Give the page that shows a unit with all below it."""
    return f"{base_url}/?unit={quote(code, safe='')}" if base_url else ""


def _before(row: Row[Any]) -> Figures | None:
    return _figures(row.figures[BEFORE]) if BEFORE in row.figures else None


def _figures(counts: Mapping[str, int]) -> Figures:
    return Figures(**counts)
