"""From a class of addressees in a document's words to kinds of unit, and to the units of that kind as of a day.

"LĐLĐ các huyện, thành phố" are the districts of the issuer; which ones there are, the tree as of the issue date says.
What cannot be told is asked. The classes are those of the union's own hierarchy (Điều lệ Công đoàn Việt Nam khóa XIII,
Điều 9 as explained by Quyết định 2399/QĐ-TLĐ; the tree after 1 July 2025 by Kết luận 157-KL/TW).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from dondoc.operations.unit_list import holds
from models.tables.units import unit, unit_version
from models.vocabulary import UnitKind

UPPER = (UnitKind.DISTRICT, UnitKind.SECTOR, UnitKind.ZONE, UnitKind.COMMUNE)
"""The kinds that stand directly above grassroots unions (công đoàn cấp trên trực tiếp cơ sở)."""

UNION = r"(?:ld|lđlđ|liên đoàn lao động|công đoàn|cđ)"
CLASSES: tuple[tuple[re.Pattern[str], tuple[UnitKind, ...]], ...] = tuple(
    (re.compile(words), kinds)
    for words, kinds in (
        (r"\bcác cấp (?:công đoàn|cđ)|(?:công đoàn|cđ) các cấp", (*UPPER, UnitKind.GRASSROOTS)),
        (
            r"(?:công đoàn|cđ) cấp trên(?: trực tiếp)?(?: của)?(?: công đoàn)?(?: cơ sở|\b)|cấp trên trực tiếp cơ sở",
            UPPER,
        ),
        (rf"{UNION}(?: các)? (?:huyện|quận|thị|thành phố)", (UnitKind.DISTRICT,)),
        (r"(?:công đoàn|cđ)(?: các)? (?:ngành|viên chức)", (UnitKind.SECTOR,)),
        (r"khu công nghiệp|\bkcn\b|khu kinh tế|\bkkt\b|khu chế xuất", (UnitKind.ZONE,)),
        (rf"{UNION}(?: các)? (?:xã|phường|đặc khu)", (UnitKind.COMMUNE,)),
        (r"đơn vị (?:sự nghiệp|kinh tế|trực thuộc)|đơn vị sự nghiệp trực thuộc", (UnitKind.AFFILIATED,)),
        (r"\bcđcs\b|(?:công đoàn|cđ) cơ sở(?! cấp)|nghiệp đoàn|\bcđ cs\b", (UnitKind.GRASSROOTS,)),
    )
)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as of the issue date."""

    code: str
    name: str
    kind: UnitKind
    path: str


@dataclass(frozen=True, slots=True)
class AddresseeAnswer:
    """Kinds below the issuer, or single units by code; `ask` says what could not be told."""

    kinds: tuple[UnitKind, ...] = ()
    units: tuple[str, ...] = ()
    ask: str | None = None


def units_as_of(connection: Connection, on: date) -> tuple[NamedUnit, ...]:
    """Load the units that a document may name, as they stand on a day; grassroots unions are too many to be named."""
    version = unit_version.c
    statement = (
        select(unit.c.code, version.name, version.kind, version.path)
        .join(unit_version, version.unit_id == unit.c.id)
        .where(holds(unit_version, on), version.kind != UnitKind.GRASSROOTS)
        .order_by(unit.c.code)
    )
    return tuple(NamedUnit(row.code, row.name, UnitKind(row.kind), row.path) for row in connection.execute(statement))


def resolve_addressees(
    words: str | None, units: Sequence[NamedUnit] = (), issuer: str | None = None
) -> AddresseeAnswer:
    """Tell whom a document's words address. Without a register of units only classes can be told."""
    if not words:
        return AddresseeAnswer(ask="the text does not say who is to act")
    plain = folded(words)
    named = [one.code for one in units if one.code != issuer and _names(plain, one, units, issuer)]
    kinds = _kinds(plain)
    if kinds:
        present = {one.kind for one in units}
        known = tuple(kind for kind in kinds if not units or kind in present or kind is UnitKind.GRASSROOTS)
        if known:
            return AddresseeAnswer(kinds=known)
        wanted = ", ".join(kinds)
        return AddresseeAnswer(ask=f"{words!r} means {wanted}, and no such unit is registered on the issue date")
    if named:
        return AddresseeAnswer(units=tuple(named))
    return AddresseeAnswer(ask=f"{words!r} is no known class or registered unit")


def find_unit(words: str | None, units: Sequence[NamedUnit], place: str | None = None) -> str | None:
    """Find the one unit that a name means ("Ban Thường vụ LĐLĐ tỉnh" of Lai Châu); None if none or several."""
    if not words:
        return None
    plain = re.sub(r"^(?:ban thường vụ|ban chấp hành|thường trực|chủ tịch)\s+", "", folded(words))
    whole = [one.code for one in units if folded(one.name) == plain]
    placed = f"{plain} {folded(place)}" if place and folded(place) not in plain else plain
    for candidates in (whole, [one.code for one in units if folded(one.name) == placed]):
        if len(candidates) == 1:
            return candidates[0]
    heads = [one.code for one in units if folded(one.name).startswith((f"{plain},", f"{plain} "))]
    return heads[0] if len(heads) == 1 else None


def folded(words: str) -> str:
    """Give a name in lower case with the usual short forms written out, so that two spellings compare equal."""
    text = f" {' '.join(words.replace('–', '-').replace('uỷ', 'ủy').lower().split())} "
    for short, long in SHORT_FORMS:
        text = text.replace(f" {short} ", f" {long} ").replace(f" {short},", f" {long},")
    return text.strip(" .;:")


SHORT_FORMS = (
    ("lđlđ", "liên đoàn lao động"),
    ("tlđ", "tổng liên đoàn lao động việt nam"),
    ("tổng lđlđ", "tổng liên đoàn lao động"),
    ("cđcs", "công đoàn cơ sở"),
    ("cđ", "công đoàn"),
    ("tg-nc", "tuyên giáo - nữ công"),
    ("ubnd", "ủy ban nhân dân"),
)


def _kinds(plain: str) -> tuple[UnitKind, ...]:
    found: list[UnitKind] = []
    for words, kinds in CLASSES:
        match = words.search(plain)
        if match:
            found += kinds
            plain = plain.replace(match.group(), " ")
    return tuple(dict.fromkeys(found))


def _names(plain: str, one: NamedUnit, units: Sequence[NamedUnit], issuer: str | None) -> bool:
    """Whether the words name this unit: by its whole name, or an office of the issuer by the name before the comma."""
    name = folded(one.name)
    if name in plain:
        return True
    head = name.partition(",")[0]
    below = next((unit.path for unit in units if unit.code == issuer), None)
    return one.kind is UnitKind.OFFICE and below is not None and one.path.startswith(below) and head in plain
