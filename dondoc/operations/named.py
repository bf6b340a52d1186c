"""What a person names: a directive by its number, a unit by its code; and what units are called on a day."""

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sqlalchemy import Connection, select

from dondoc.errors import NeedsAnswer, NotFound
from models.tables.directives import directive, directive_end
from models.tables.units import unit, unit_version
from models.vocabulary import UnitKind

SUGGESTIONS = 3
CLOSENESS = 0.4


@dataclass(frozen=True, slots=True)
class NamedDirective:
    """A directive, in force or ended."""

    id: int
    number: str
    issuer_id: int
    issuer_code: str
    year: int
    issued_on: date
    ended: bool


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as some day knows it. `sort` puts names in the order of a Vietnamese dictionary."""

    id: int
    code: str
    name: str
    sort: str
    path: str
    kind: UnitKind


def named_directive(connection: Connection, reference: str) -> NamedDirective:
    """Find a directive by number, or NUMBER@ISSUER, or NUMBER@ISSUER@YEAR, in whatever case it is written.

    One in force goes before those that ended. Raises NotFound with the nearest numbers, NeedsAnswer with the choices.
    """
    wanted, *marks = unicodedata.normalize("NFC", reference).strip().split("@")
    known = _directives(connection)
    exact = [one for one in known if one.number == wanted]
    found = exact or [one for one in known if _plain(one.number) == _plain(wanted)]
    for mark in marks:
        found = [one for one in found if mark.strip() in {one.issuer_code, str(one.year)}]
    if not found:
        near = _nearest(wanted, (one.number for one in known), "status")
        raise NotFound(f"no directive {reference!r} is registered{near}")
    found = [one for one in found if not one.ended] or found
    if len(found) > 1:
        choices = ", ".join(f"{one.number}@{one.issuer_code}@{one.year}" for one in found)
        raise NeedsAnswer(f"{wanted} is the number of several directives; say which: {choices}")
    return found[0]


def named_unit(connection: Connection, code: str) -> int:
    """Find a unit's id by its code. Raises NotFound with the nearest codes."""
    wanted = unicodedata.normalize("NFC", code).strip()
    codes: dict[str, int] = {row.code: row.id for row in connection.execute(select(unit.c.code, unit.c.id))}
    if wanted in codes:
        return codes[wanted]
    alike = [one for one in codes if _plain(one) == _plain(wanted)]
    if len(alike) == 1:
        return codes[alike[0]]
    raise NotFound(f"no unit has the code {code!r}{_nearest(wanted, codes, 'units list')}")


def _directives(connection: Connection) -> list[NamedDirective]:
    columns = directive.c
    statement = (
        select(
            columns.id,
            columns.number,
            columns.issuer_id,
            unit.c.code,
            columns.year,
            columns.issued_on,
            directive_end.c.id.is_not(None).label("ended"),
        )
        .join(unit, unit.c.id == columns.issuer_id)
        .outerjoin(directive_end, directive_end.c.directive_id == columns.id)
        .order_by(columns.issued_on, columns.id)
    )
    return [NamedDirective(*row) for row in connection.execute(statement)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _nearest(wanted: str, known: Iterable[str], command: str) -> str:
    by_plain = {_plain(one): one for one in known}
    near = get_close_matches(_plain(wanted), by_plain, n=SUGGESTIONS, cutoff=CLOSENESS)
    if near:
        return f"; did you mean {', '.join(by_plain[one] for one in near)}?"
    return f"; see: dondoc {command}"


class UnitNames:
    """What some units are called, by day: the version of that day, else the last one before it, else the first."""

    def __init__(self, connection: Connection, unit_ids: Iterable[int]) -> None:
        """Load the units, in one query."""
        version = unit_version.c
        statement = (
            select(
                version.unit_id, unit.c.code, version.name, version.name_sort, version.path, version.kind,
                version.valid_from,
            )
            .join(unit, unit.c.id == version.unit_id)
            .where(version.unit_id.in_(set(unit_ids)))
            .order_by(version.unit_id, version.valid_from)
        )  # fmt: skip
        self._starts: dict[int, list[date]] = defaultdict(list)
        self._versions: dict[int, list[NamedUnit]] = defaultdict(list)
        for row in connection.execute(statement):
            self._starts[row.unit_id].append(row.valid_from)
            one = NamedUnit(row.unit_id, row.code, row.name, row.name_sort, row.path, UnitKind(row.kind))
            self._versions[row.unit_id].append(one)

    def on(self, unit_id: int, day: date) -> NamedUnit:
        """Give the unit as `day` knows it."""
        versions = self._versions[unit_id]
        return versions[max(bisect_right(self._starts[unit_id], day) - 1, 0)]
