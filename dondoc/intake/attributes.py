"""The block of attributes that a published page sets above a document: "Số hiệu: …", "Ngày ban hành: …"."""

import re

from dondoc.intake.symbols import SYMBOL, canonical, day_of, type_name
from models.schemas.drafts import DocumentHeader, FoundDate, FoundValue, Span

NAMES = {
    "số hiệu": "number",
    "số ký hiệu": "number",
    "số/ký hiệu": "number",
    "loại văn bản": "type",
    "nơi ban hành": "issuer",
    "cơ quan ban hành": "issuer",
    "ngày ban hành": "issued_on",
}
SEGMENT = re.compile(r"[^\n|\t]+")
AROUND = " *_:-–"
FEWEST = 2
"""Attributes that make a block; one alone may be a line of the text."""
LONGEST_LOOK = 3_000
"""Characters at the head of a page among which the block stands."""
LIKELY = 0.9


def header_of_attributes(source: str) -> DocumentHeader | None:
    """Read the block, each value behind its name or in the next cell. None where the page has none."""
    found: dict[str, tuple[str, Span]] = {}
    wanted: str | None = None
    for segment in SEGMENT.finditer(source, 0, LONGEST_LOOK):
        words, span = _trimmed(segment)
        if not words:
            continue
        name, _, rest = words.partition(":")
        known = NAMES.get(" ".join(name.strip(AROUND).lower().split()))
        if known and rest.strip(AROUND):
            value = rest.strip(AROUND)
            start = span[1] - len(rest) + rest.index(value)
            found.setdefault(known, (value, (start, start + len(value))))
            wanted = None
        elif known:
            wanted = known
        elif wanted:
            found.setdefault(wanted, (words, span))
            wanted = None
    return _header(found) if len(found) >= FEWEST else None


def _header(found: dict[str, tuple[str, Span]]) -> DocumentHeader:
    number, kind, day, issuer = (found.get(name) for name in ("number", "type", "issued_on", "issuer"))
    symbol = re.fullmatch(SYMBOL, number[0]) if number else None
    named = type_name(kind[0]) if kind else None
    dated = day_of(day[0]) if day else None
    return DocumentHeader(
        number=FoundValue(canonical(number[0]), number[1], LIKELY) if number and symbol else None,
        type=FoundValue(named, kind[1], LIKELY) if kind and named else None,
        issued_on=FoundDate(dated, day[1], LIKELY) if day and dated else None,
        issuer=FoundValue(issuer[0], issuer[1], LIKELY) if issuer else None,
    )


def _trimmed(segment: re.Match[str]) -> tuple[str, Span]:
    words = segment.group().strip(AROUND)
    start = segment.start() + segment.group().index(words) if words else segment.start()
    return words, (start, start + len(words))
