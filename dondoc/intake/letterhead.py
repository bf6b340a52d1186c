"""The head of a document as it is printed: whose it is, its number, and the place and date.

As Nghị định 30/2020/NĐ-CP (Phụ lục I) and Hướng dẫn 36-HD/VPTW lay it out. Texts come with the two columns of the head
as table cells, one below the other, or side by side with blanks between; the motto between them is blotted out first,
so that what is left on each side can be read by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.intake.layout import HEAD_OF_NAME
from dondoc.intake.symbols import DAY_MONTH_YEAR, SYMBOL, TYPE_WORDS, canonical, day_of
from models.schemas.drafts import FoundDate, FoundMonth, FoundValue, Span

MOTTO = re.compile(
    r"C[ỘO]NG\s+H\w{1,3}\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|"
    r"Độc\s+lập\s*[-–]\s*Tự\s+do\s*[-–]\s*Hạnh\s+phúc|"
    r"ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)\s+HỒ\s+CHÍ\s+MINH",
    re.IGNORECASE,
)
NUMBER = re.compile(
    rf"(?:^|[|*_\t]|\s\s)\s?(?:(?i:{TYPE_WORDS})\s+(?i:số)\s?:|(?i:số)\s?[:.]?)\s{{0,20}}(?P<symbol>{SYMBOL})(?!\w)",
    re.MULTILINE,
)
OWN_NUMBER = re.compile(rf"(?i:số)\s?[:.]?\s{{0,20}}{SYMBOL}(?!\w)")
NUMBER_ON_A_LINE = re.compile(rf"^[ \t*_]*(?i:số)\s*[:.]?\s*(?P<symbol>{SYMBOL})(?!\w)", re.MULTILINE)
NUMBER_IN_LINE = re.compile(rf"(?i:số)\s*:\s*(?P<symbol>{SYMBOL})(?!\w)")
NUMBER_LEFT_OPEN = re.compile(r"(?:^|[|*_\t]|\s\s)\s?(?i:số)\s*:", re.MULTILINE)
PLACE_AND_DATE = re.compile(
    rf"(?:^|[|*_\t]|\s\s)[ ]?(?P<place>(?:[^\W\d_][\w.'’\-]{{0,25}}[ \n]){{0,5}}[^\W\d_][\w.'’\-]{{0,25}})"
    rf"(?P<comma>\s{{0,9}},)?\s{{0,9}}"
    rf"(?P<date>(?i:ngày)\s*(?:{DAY_MONTH_YEAR}|[\d.…\s]{{0,12}}tháng[\d.…\s]{{0,12}}năm\s*(?:\d{{1,4}}|[.…])))",
    re.MULTILINE,
)
"""A comma is often forgotten; in a draft the day is left open, to be written by hand."""
NO_PLACE = re.compile(r"[^\W\d_A-ZĐÀ-Ỹ]|(?:Thứ|Chủ nhật|Sáng|Chiều|Tối|Đến|Trước|Sau)\b|Từ(?!\s+[A-ZĐ])")
MONTH_OF_OPEN_DAY = re.compile(r"tháng\s*(?P<month>1[0-2]|0?[1-9])?[.…\s]*năm\s*(?P<year>20\d\d)", re.IGNORECASE)
SEGMENT = re.compile(r"[^\n|\t*_]+?(?=\s\s|[\n|\t*_]|--|—|$)")
OPEN_NAME = re.compile(r"(?:\bNHÂN|[ỦU][ỶY]|\bBAN|\bLIÊN|\bCHÍNH|\bVÀ|\bCỦA|^THỦ TƯỚNG|-|,)$")
PLACE_OF_NAME = re.compile(r"(?:TỈNH|THÀNH PHỐ|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG|VIỆT NAM)\b(?! (?:[ỦU][ỶY]|ĐOÀN))")
ORGAN = re.compile(r"(?:BAN|BCH|BTV)(?:\s+(?:CHẤP HÀNH|THƯỜNG (?:VỤ|TRỰC)))?\b|VĂN PHÒNG|ĐOÀN CHỦ TỊCH")
WORDS_OF_A_PART = 2
"""Words; a name so short ("VĂN PHÒNG") belongs to the body above it."""
LONGEST_HEAD = 6_000
"""Characters; what stands farther down is no head."""
SURE, LIKELY = 0.98, 0.85


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the head says; each None where it does not."""

    number: FoundValue | None
    place: FoundValue | None
    issued_on: FoundDate | None
    dated_in: FoundMonth | None
    issuer: FoundValue | None


PlaceAndDate = tuple[FoundValue | None, FoundDate | FoundMonth | None]


def letterhead_of(source: str, end: int) -> Letterhead:
    """Read the head: what stands before `end`, the place of the title, the greeting or the first clause."""
    head = MOTTO.sub(_blank, source[: min(end, LONGEST_HEAD)])
    number = NUMBER.search(head) or NUMBER_IN_LINE.search(head)
    place, dated = place_and_date(head, in_head=True)
    issued_on, dated_in = (None, dated) if isinstance(dated, FoundMonth) else (dated, None)
    mark = number or NUMBER_LEFT_OPEN.search(head)
    stop = mark.start() if mark else place.span[0] if place else end
    issuer = _issuer(head[:stop])
    again = NUMBER.search(head, mark.end()) if mark and issuer is None else None
    if mark and again:  # a headline names the document above its own head
        issuer = _issuer(" " * mark.end() + head[mark.end() : again.start()])
    return Letterhead(_number(number), place, issued_on, dated_in, issuer)


def number_on_a_line(source: str, start: int, end: int) -> FoundValue | None:
    """Find the number on a line of its own, where it stands below the title."""
    return _number(NUMBER_ON_A_LINE.search(source, start, end))


def place_and_date(source: str, *, in_head: bool = False) -> PlaceAndDate:
    """Find "Hòa An, ngày 05 tháng 4 năm 2025" set apart from running text, at the head or above the signature.

    in_head: the day may be left open, and the month or the year stands for it.
    """
    text = MOTTO.sub(_blank, source)
    text = OWN_NUMBER.sub(_blank, text)
    for found in PLACE_AND_DATE.finditer(text):
        behind = text[found.end() :].lstrip(" .*_|")
        apart = not behind[:1].islower() and not behind.startswith((",", ";", "("))
        if not apart or NO_PLACE.match(found["place"]) or not (found["comma"] or in_head):
            continue
        day = day_of(found["date"])
        place = FoundValue(" ".join(found["place"].split()), found.span("place"), SURE)
        if day:
            return place, FoundDate(day, found.span("date"), SURE)
        if in_head:
            return place, _month(found)
    return None, None


def _month(place_and_date: re.Match[str]) -> FoundMonth | None:
    found = MONTH_OF_OPEN_DAY.search(place_and_date["date"])
    if found is None:
        return None
    month = int(found["month"]) if found["month"] else None
    return FoundMonth(int(found["year"]), month, place_and_date.span("date"), SURE)


def _blank(found: re.Match[str]) -> str:
    return "\n" + " " * (len(found.group()) - 1)


def _number(found: re.Match[str] | None) -> FoundValue | None:
    return FoundValue(canonical(found["symbol"]), found.span("symbol"), SURE) if found else None


def _issuer(head: str) -> FoundValue | None:
    """Give the last of the bodies named in capitals, with the one above it if it is only a part of that."""
    names: list[list[Span]] = []
    for span in _capitals(head):
        words = _words(head, [span])
        if names and _goes_on(_words(head, names[-1]), words):
            names[-1].append(span)
        else:
            names.append([span])
    if not names or not HEAD_OF_NAME.match(_words(head, names[-1])):
        return None
    value, spans = _words(head, names[-1]), names[-1]
    if len(names) > 1 and (len(value.split()) <= WORDS_OF_A_PART or ORGAN.match(value)):
        value, spans = f"{_words(head, names[-2])} - {value}", [*names[-2], *spans]
    return FoundValue(value.replace("UỶ BAN", "ỦY BAN"), (spans[0][0], spans[-1][1]), LIKELY)


def _goes_on(above: str, words: str) -> bool:
    """Whether a line goes on with the name above it: that one is cut, or this one begins like no body."""
    cut = OPEN_NAME.search(above) or " " not in above
    return bool(cut or PLACE_OF_NAME.match(words) or not HEAD_OF_NAME.match(words))


def _capitals(head: str) -> Iterator[Span]:
    for found in SEGMENT.finditer(head):
        bare = found.group().strip(" -–—./¬")
        if bare and bare.isupper() and not bare.isnumeric():
            start = found.start() + found.group().index(bare)
            yield start, start + len(bare)


def _words(head: str, spans: list[Span]) -> str:
    return " ".join(" ".join(head[slice(*span)].split()) for span in spans)
