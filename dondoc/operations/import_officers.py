"""The officers of an import: for each role that a file names at a unit, its list becomes the unit's list.

A role that the file does not name is left as it is, so a table without those columns removes nobody. Nobody is deleted:
an officer who is replaced keeps a row with an end, because acts refer to it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from models.schemas.units import UnitDraft
from models.tables.units import officer


@dataclass(slots=True)
class OfficerChanges:
    """Rows to insert (with the unit's code for its id), to rename and to end."""

    inserts: list[dict[str, Any]] = field(default_factory=list)
    renames: list[dict[str, Any]] = field(default_factory=list)
    ends: list[dict[str, Any]] = field(default_factory=list)

    @property
    def new(self) -> int:
        """Officers who were not registered."""
        return len(self.inserts)

    @property
    def changed(self) -> int:
        """Officers renamed or replaced."""
        return len(self.renames) + len(self.ends)

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.inserts or self.renames or self.ends)


def decide_officers(
    connection: Connection, drafts: Sequence[UnitDraft], ids: Mapping[str, int], today: date
) -> OfficerChanges:
    """Compare the drafts' officers with the registered ones. Those of a new unit act from its first day."""
    registered: dict[tuple[int, str], dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(select(officer).where(officer.c.valid_to.is_(None))):
        registered[row.unit_id, row.role][row.email] = row
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    begins: dict[str, date] = {}
    for draft in drafts:
        begins[draft.code] = min(begins.get(draft.code, draft.valid_from), draft.valid_from)
        for one in draft.officers:
            said[draft.code, one.role][one.email] = one.name
    changes = OfficerChanges()
    for (code, role), names in said.items():
        unit_id = ids.get(code)
        known = registered.get((unit_id, role), {}) if unit_id is not None else {}
        valid_from = begins[code] if unit_id is None else today
        for email, name in names.items():
            if email not in known:
                changes.inserts.append(
                    {"code": code, "role": role, "name": name, "email": email, "valid_from": valid_from}
                )
            elif known[email].name != name:
                changes.renames.append({"row": known[email].id, "name": name})
        changes.ends.extend({"row": row.id, "valid_to": today} for email, row in known.items() if email not in names)
    return changes


def write_officers(connection: Connection, changes: OfficerChanges, ids: Mapping[str, int]) -> None:
    """Write the decided changes, set by set."""
    by_row = update(officer).where(officer.c.id == bindparam("row"))
    for rows in (changes.ends, changes.renames):
        if rows:
            connection.execute(by_row, rows)
    if changes.inserts:
        rows = [{"unit_id": ids[row["code"]], **row} for row in changes.inserts]
        for row in rows:
            del row["code"]
        connection.execute(insert(officer), rows)
