"""The rows of a batch of letters: what each of them tells of, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from dondoc.operations import letter_rows
from dondoc.operations.letter_act_rows import act_lines, entry_lines
from dondoc.operations.letter_pictures import figure_rows
from models.vocabulary import LetterKind


@dataclass(frozen=True, slots=True)
class Told:
    """What letters tell of: the unit's own, acts, those below, gaps, dead addresses, and figures kept with a letter."""

    own: Sequence[Row[Any]] = ()
    acts: Sequence[Row[Any]] = ()
    below: Sequence[Row[Any]] = ()
    worst: Sequence[Row[Any]] = ()
    skipped: Sequence[Row[Any]] = ()
    dead: Sequence[Row[Any]] = ()
    figures: Sequence[Row[Any]] = ()

    @classmethod
    def read(cls, connection: Connection, letters: Iterable[Row[Any]]) -> "Told":
        """Read the rows of a batch; a batch of new assignments alone, as after an issue, needs one query."""
        ids: dict[bool, list[int]] = defaultdict(list)
        for row in letters:
            ids[row.kind == LetterKind.ASSIGNED].append(row.id)
        given = letter_rows.assigned_lines(connection, ids[True])
        if not ids[False]:
            return cls(own=given)
        return cls(
            own=(*given, *letter_rows.own_rung_lines(connection, ids[False])),
            acts=(*entry_lines(connection, ids[False]), *act_lines(connection, ids[False])),
            below=letter_rows.below_groups(connection, ids[False]),
            worst=letter_rows.worst_below(connection, ids[False]),
            skipped=letter_rows.skipped_lines(connection, ids[False]),
            dead=letter_rows.dead_addresses(connection, ids[False]),
            figures=figure_rows(connection, ids[False]),
        )

    @property
    def obligation_ids(self) -> set[int]:
        """The obligations named."""
        return {row.obligation_id for rows in (self.own, self.acts, self.below) for row in rows}

    @property
    def directive_ids(self) -> set[int]:
        """The directives named beside those of the obligations."""
        return {row.directive_id for rows in (self.skipped, self.figures) for row in rows}

    @property
    def plan_ids(self) -> set[int]:
        """The plans whose due dates or rungs are said."""
        return {row.plan_id for rows in (self.own, self.acts, self.below, self.skipped) for row in rows}

    @property
    def unit_ids(self) -> set[int]:
        """The units named, but for the issuers and the recipients' own."""
        owing = {row.unit_id for rows in (self.own, self.acts, self.worst, self.skipped, self.dead) for row in rows}
        taken = {row.taken_from for row in self.own if "taken_from" in row._fields and row.taken_from}
        return (
            owing | taken | {row.branch_id for row in self.below} | {row.unit_id for row in self.figures if row.unit_id}
        )

    def by_letter(self) -> dict[int, "Told"]:
        """Split the rows by letter, keeping their order."""
        parts: dict[int, dict[str, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
        for name in self.__slots__:
            for row in getattr(self, name):
                parts[row.letter_id][name].append(row)
        return {letter_id: Told(**rows) for letter_id, rows in parts.items()}
