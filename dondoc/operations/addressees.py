"""From a document's words to those addressed: kinds of unit below the issuer, or units by code, as of the issue date.

"LĐLĐ các huyện, thành phố" are the districts of the issuer; which ones there are, the tree as of that day says. What
cannot be told is asked. The union's classes are those of its own hierarchy (Điều lệ Công đoàn Việt Nam khóa XIII, Điều
9 as explained by Quyết định 2399/QĐ-TLĐ; after 1 July 2025 Kết luận 157-KL/TW) and go by the kinds that the office gave
its units; the state's and the Party's have no kind of their own and go by the names of the units.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from dondoc.operations.addressee_classes import CLASSES, FILLING, OUTSIDE_UNION, AddresseeClass
from dondoc.operations.named import NamedUnit
from dondoc.operations.remark import N_, Remark, remark
from dondoc.operations.unit_list import holds
from dondoc.operations.unit_words import aliases, folded, spelled
from models.paths import depth
from models.tables.units import unit, unit_version
from models.vocabulary import UnitKind

OFFICERS_OF = re.compile(r"^(?:ban thường vụ|ban chấp hành|thường trực|chủ tịch|lãnh đạo)\s+")
PROPER_NAME = re.compile(r"\s+[A-ZÀ-ỸĐ]")
NOBODY = N_("the text does not say who is to act")
UNKNOWN = N_("“%(words)s” is no known class or registered unit")
TWO_DEPTHS = N_("some of “%(words)s” stand directly below the issuer (depth: 1); write an obligation for each")
BESIDE_A_CLASS = N_("%(units)s is named beside a class; write an obligation of its own for it")
NOT_BELOW = N_("%(unit)s does not stand below the issuer")
NONE_REGISTERED = N_("“%(words)s” has no unit registered on the issue date")

NOTHING = " ; "
"""Stands for words that have been told, so that what was apart stays apart."""


@dataclass(frozen=True, slots=True)
class AddresseeAnswer:
    """Kinds below the issuer, down to `depth` levels, or single units by code; `asked` says what could not be told."""

    kinds: tuple[UnitKind, ...] = ()
    units: tuple[str, ...] = ()
    depth: int | None = None
    asked: tuple[Remark, ...] = ()


def units_as_of(connection: Connection, on: date) -> tuple[NamedUnit, ...]:
    """Load the units that a document may name, as they stand on a day; grassroots unions are too many to be named."""
    version = unit_version.c
    statement = (
        select(version.unit_id, unit.c.code, version.name, version.name_sort, version.path, version.kind)
        .join(unit_version, version.unit_id == unit.c.id)
        .where(holds(unit_version, on), version.kind != UnitKind.GRASSROOTS)
        .order_by(version.name_sort, unit.c.code)
    )
    return tuple(
        NamedUnit(row.unit_id, row.code, row.name, row.name_sort, row.path, UnitKind(row.kind))
        for row in connection.execute(statement)
    )


def resolve_addressees(
    words: str | None, units: Sequence[NamedUnit] = (), issuer: str | None = None
) -> AddresseeAnswer:
    """Tell whom a document's words address. Without a register of units only the union's classes can be told.

    1. Take out the units that are named whole: "LĐLĐ thành phố Lai Châu" is one unit, not the class of its kind.
    2. Take out the classes; each is answered by kinds, or by the registered units of its name.
    3. Ask about what is left, and about a class that has no unit on the day.
    """
    if not words:
        return AddresseeAnswer(asked=(remark(NOBODY),))
    told = _Told(words, _below(units, issuer), issuer)
    rest = _without_names(spelled(words), units, told)
    for one in CLASSES:
        rest = _without_class(rest, one, told, registered=bool(units))
    home = next((folded(one.name) for one in units if one.code == issuer), "")
    pieces = (" ".join(piece.split()) for piece in re.split(r"[,;]", FILLING.sub(" ", rest)))
    left = [piece for piece in pieces if re.search(r"\w", piece) and folded(piece) not in home]
    if left and (told.kinds or told.units):
        told.asked.append(remark(UNKNOWN, words=", ".join(left)))
    return told.answer()


@dataclass(slots=True)
class _Told:
    """What has been told of the words so far."""

    words: str
    below: Sequence[NamedUnit]
    issuer: str | None
    kinds: list[UnitKind] = field(default_factory=list)
    units: list[NamedUnit] = field(default_factory=list)
    depths: set[int | None] = field(default_factory=set)
    asked: list[Remark] = field(default_factory=list)
    names_issuer: bool = False

    def answer(self) -> AddresseeAnswer:
        """Put it together: kinds where they say all of it, else units by code."""
        kinds = tuple(dict.fromkeys(self.kinds))
        single = [one for one in self.units if one.kind not in kinds]
        levels = next(iter(self.depths)) if len(self.depths) == 1 else None
        if len(self.depths) > 1 and self._all_direct(kinds):
            levels = 1
        elif len(self.depths) > 1:
            self.asked.append(remark(TWO_DEPTHS, words=self.words))
        asked = tuple(self.asked)
        if not kinds and not single:
            if self.names_issuer and self.issuer and not self.asked:
                return AddresseeAnswer(units=(self.issuer,))
            return AddresseeAnswer(asked=asked or (remark(UNKNOWN, words=self.words),))
        if not single:
            return AddresseeAnswer(kinds=kinds, depth=levels, asked=asked)
        if UnitKind.GRASSROOTS in kinds:
            names = ", ".join(one.code for one in single)
            return AddresseeAnswer(kinds=kinds, depth=levels, asked=(*asked, remark(BESIDE_A_CLASS, units=names)))
        classed = [one for one in self.below if one.kind in kinds]
        return AddresseeAnswer(units=tuple(dict.fromkeys(one.code for one in (*classed, *single))), asked=asked)

    def _all_direct(self, kinds: Iterable[UnitKind]) -> bool:
        """Whether the units of these kinds stand directly below the issuer, as far as they are registered."""
        found = {depth(one.path) for one in self.below if one.kind in kinds}
        return bool(found) and found == {min(depth(one.path) for one in self.below)}


def _below(units: Sequence[NamedUnit], issuer: str | None) -> Sequence[NamedUnit]:
    top = next((one.path for one in units if one.code == issuer), "")
    return [one for one in units if one.path.startswith(top) and one.code != issuer]


def _without_names(text: str, units: Sequence[NamedUnit], told: _Told) -> str:
    """Take out every unit that is named, longest names first, so that no name is found inside another."""
    plain = text.lower()  # most units are not named: looked for plainly before with the ends of words
    names = [(name, one) for one in units for name in aliases(one) if name.lower() in plain]
    for name, one in sorted(names, key=lambda named: -len(named[0])):
        found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        if not found.search(text):
            continue
        text = found.sub(NOTHING, text)
        if one.code == told.issuer:
            told.names_issuer = True
        elif one in told.below:
            told.units.append(one)
        else:
            told.asked.append(remark(NOT_BELOW, unit=f"{one.name} ({one.code})"))
    return text


def _without_class(text: str, one: AddresseeClass, told: _Told, *, registered: bool) -> str:
    """Take out a class where it is one: "Công đoàn ngành Y tế" goes on with a proper name and is not."""
    for match in reversed(list(one.words.finditer(text))):
        if "các" not in match.group().lower() and PROPER_NAME.match(text, match.end()):
            continue
        kinds, units = _members(one, told.below, registered=registered)
        if kinds or units:
            told.kinds += kinds
            told.units += units
            told.depths |= {one.depth} if kinds else set()
        else:
            told.asked.append(remark(NONE_REGISTERED, words=" ".join(match.group().split())))
        text = text[: match.start()] + NOTHING + text[match.end() :]
    return text


def _members(
    one: AddresseeClass, below: Sequence[NamedUnit], *, registered: bool
) -> tuple[tuple[UnitKind, ...], list[NamedUnit]]:
    """Give the kinds that are exactly this class below the issuer; where no kinds are, its units."""
    if not registered:
        return one.kinds, []
    if one.names is None:
        of_kind = [unit for unit in below if unit.kind in one.kinds]
        members = [unit for unit in of_kind if not OUTSIDE_UNION.match(folded(unit.name))]
        present = {unit.kind for unit in members}
        kinds = tuple(kind for kind in one.kinds if kind in present or kind is UnitKind.GRASSROOTS)
    else:
        members = [unit for unit in below if one.names.match(folded(unit.name))]
        kinds = tuple(dict.fromkeys(unit.kind for unit in members))
        of_kind = [unit for unit in below if unit.kind in kinds]
    return (kinds, []) if len(members) == len(of_kind) else ((), members)


def find_unit(words: str | None, units: Sequence[NamedUnit], place: str | None = None) -> str | None:
    """Find the one unit that a name means ("Ban Thường vụ LĐLĐ tỉnh" of Lai Châu); None if none or several."""
    if not words:
        return None
    plain = OFFICERS_OF.sub("", folded(words))
    placed = f"{plain} {folded(place)}" if place and folded(place) not in plain else plain
    whole = [one.code for one in units if folded(one.name) in {plain, placed}]
    found = whole or [one.code for one in units if plain in map(str.lower, aliases(one))]
    return found[0] if len(found) == 1 else None
