"""The block of attributes that a published page sets above a document: "Số hiệu: …", "Ngày ban hành: …"."""

import re

from dondoc.intake.symbols import SYMBOL, canonical, day_of, type_name
from models.schemas.drafts import DocumentHeader, FoundDate, FoundValue, Span

Value = tuple[str, Span]

NAMES = {
    "số hiệu": "number",
    "số ký hiệu": "number",
    "số/ký hiệu": "number",
    "loại văn bản": "type",
    "nơi ban hành": "issuer",
    "cơ quan ban hành": "issuer",
    "ngày ban hành": "issued_on",
}
LINE = re.compile(r"[^\n]+")
SEGMENT = re.compile(r"[^\n|\t]+")
NAME = re.compile(r"[^\W\d_]{2}[^\d/]*$")
"""How a body is written; a date or a symbol is another attribute's value."""
AROUND = " *_:-–"
FEWEST = 2
"""Attributes that make a block; one alone may be a line of the text."""
LONGEST_LOOK = 3_000
"""Characters at the head of a page among which the block stands."""
LIKELY = 0.9


def header_of_attributes(source: str) -> DocumentHeader | None:
    """Read the block: each value behind its name, in the next cell, or in the row below a row of names.

    None where the page has no such block.
    """
    found: dict[str, Value] = {}
    wanted: list[str] = []
    for line in LINE.finditer(source, 0, LONGEST_LOOK):
        cells = [cell for one in SEGMENT.finditer(source, *line.span()) if (cell := _trimmed(one))[0]]
        values: list[Value] = []
        names: list[str] = []
        for words, span in cells:
            name, _, rest = words.partition(":")
            known = NAMES.get(" ".join(name.strip(AROUND).lower().split()))
            value = rest.strip(AROUND)
            if known and value:
                start = span[1] - len(rest) + rest.index(value)
                found.setdefault(known, (value, (start, start + len(value))))
            elif known:
                names.append(known)
            elif len(names) == 1 and not values:
                found.setdefault(names.pop(), (words, span))
            else:
                values.append((words, span))
        if len(values) == len(wanted):
            found.update({name: value for name, value in zip(wanted, values, strict=True) if name not in found})
        wanted = names or (wanted if not cells else [])
    return _header(found) if len(found) >= FEWEST else None


def _header(found: dict[str, Value]) -> DocumentHeader:
    number, kind, day, issuer = (found.get(name) for name in ("number", "type", "issued_on", "issuer"))
    symbol = re.fullmatch(SYMBOL, number[0]) if number else None
    named = type_name(kind[0]) if kind else None
    dated = day_of(day[0]) if day else None
    return DocumentHeader(
        number=FoundValue(canonical(number[0]), number[1], LIKELY) if number and symbol else None,
        type=FoundValue(named, kind[1], LIKELY) if kind and named else None,
        issued_on=FoundDate(dated, day[1], LIKELY) if day and dated else None,
        issuer=FoundValue(issuer[0], issuer[1], LIKELY) if issuer and NAME.match(issuer[0]) else None,
    )


def _trimmed(segment: re.Match[str]) -> tuple[str, Span]:
    words = segment.group().strip(AROUND)
    start = segment.start() + segment.group().index(words) if words else segment.start()
    return words, (start, start + len(words))
