"""The grammar of document numbers: the state's (121/KH-LĐLĐ, 26/2020/NĐ-CP) and the Party's (301-KH/TU).

Typing is taken as it comes: blanks inside a symbol, a capital in "Số", a symbol broken over two lines.
Sources: Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục III; Hướng dẫn 36-HD/VPTW; Quyết định 933/QĐ-TLĐ.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.schemas.drafts import Span

TYPES = {
    "Nghị quyết": "NQ",
    "Nghị định": "NĐ",
    "Quyết định": "QĐ",
    "Chỉ thị": "CT",
    "Quy chế": "QC",
    "Quy định": "QyĐ",
    "Thông cáo": "TC",
    "Thông báo": "TB",
    "Thông tri": "TTri",
    "Thông tư liên tịch": "TTLT",
    "Thông tư": "TT",
    "Hướng dẫn": "HD",
    "Chương trình hành động": "CTHĐ",
    "Chương trình phối hợp": "CTPH",
    "Chương trình": "CTr",
    "Kế hoạch liên tịch": "KHLT",
    "Kế hoạch phối hợp": "KHPH",
    "Kế hoạch": "KH",
    "Phương án": "PA",
    "Đề án": "ĐA",
    "Dự án": "DA",
    "Báo cáo": "BC",
    "Biên bản": "BB",
    "Tờ trình": "TTr",
    "Hợp đồng": "HĐ",
    "Công điện": "CĐ",
    "Kết luận": "KL",
    "Công văn": "CV",
    "Giấy mời": "GM",
    "Chiến lược": "CL",
    "Điều lệ": "ĐL",
    "Lời kêu gọi": "LKG",
    "Tuyên bố": "TuB",
    "Quy hoạch": "QH",
    "Pháp lệnh": "PL",
    "Bộ luật": "BL",
    "Luật": "L",
}
"""Type words with their abbreviation in symbols, longer words before those they begin with."""

_SEGMENT = r"[A-ZĐÔƠƯÂÊĂ][A-ZĐÔƠƯÂÊĂa-zđơư]*\d{0,3}"
_LETTERS = rf"{_SEGMENT}(?:(?:\s?[-–&.]\s?|\s(?=[-–&]))(?:{_SEGMENT})){{0,5}}"
_ABBREVIATIONS = "|".join(sorted({re.escape(letters) for letters in TYPES.values()}, key=len, reverse=True))
SYMBOL = (
    rf"(?:\d{{1,6}}[a-z]?(?:\s?[-–]\s?{_SEGMENT}(?:\.\w+)?|\s(?:{_ABBREVIATIONS}))\s?/\s?{_LETTERS}|"
    rf"\d{{1,6}}[a-z]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_LETTERS}(?:\s?/\s?{_LETTERS})?)"
)
"""The Party's form, also with the hyphen left out (298 KH/TWĐTN), and the state's, also with two bodies' parts."""
TYPE_WORDS = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in TYPES)
DAY_MONTH_YEAR = r"\d{1,2}\s*(?:[/.\-–]|tháng)\s*\d{1,2}\s*,?\s*(?:[/.\-–]|năm)\s*(?:\d{4}|\d{2})(?!\d)"
REFERENCE = re.compile(
    rf"(?:(?P<type>(?i:{TYPE_WORDS}))(?:\s+liên tịch)?\s+)?(?:(?i:số)\s*:?\s*)?(?<![\w/])(?P<symbol>{SYMBOL})(?!\w)"
    rf"(?:\s*[,(]?\s*(?:ngày|năm)\s*(?P<dated>{DAY_MONTH_YEAR}))?"
)
CENTURY = 2000
"""Added to a year of two digits."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in a text: `type` as printed (in the case of the list above), its symbol and date."""

    type: str | None
    symbol: str
    dated: date | None
    span: Span
    symbol_span: Span


def references(text: str) -> Iterator[Reference]:
    """Find every document named by a symbol."""
    for found in REFERENCE.finditer(text):
        if looks_like_a_measure(found["symbol"]):
            continue
        yield Reference(
            type_name(found["type"]),
            canonical(found["symbol"]),
            day_of(found["dated"]),
            found.span(),
            found.span("symbol"),
        )


def canonical(symbol: str) -> str:
    """Give a symbol without blanks and with plain hyphens."""
    return re.sub(r"\s+", "", symbol).replace("–", "-")


def looks_like_a_measure(symbol: str) -> bool:
    """Whether this is a rate or a unit of measure ("5/Kg"), not a document."""
    letters = re.sub(r"[^A-ZĐÔƠƯÂÊĂ]", "", symbol)
    return len(letters) < 2  # noqa: PLR2004 (CP, TW, TU: the shortest bodies)


def type_name(words: str | None) -> str | None:
    """Give the type's name as the lists write it, from any case."""
    if not words:
        return None
    return _NAMES.get(" ".join(words.split()).lower())


def type_of_symbol(symbol: str) -> str | None:
    """Give the type that a symbol's letters name; None where they name only bodies, as a letter's (công văn) do."""
    party = re.match(r"\d+[a-z]?-([^/]+)/", symbol)
    letters = party[1] if party else symbol.rpartition("/")[2].partition("-")[0]
    return _BY_LETTERS.get(letters)


def day_of(words: str | None) -> date | None:
    """Read a date of day, month and year however they are joined; None if there is no such day."""
    numbers = [int(number) for number in re.findall(r"\d+", words or "")]
    if len(numbers) != 3:  # noqa: PLR2004 (day, month, year)
        return None
    year = numbers[2] + (CENTURY if numbers[2] < 100 else 0)  # noqa: PLR2004 (two digits)
    try:
        return date(year, numbers[1], numbers[0])
    except ValueError:
        return None


_NAMES = {name.lower(): name for name in TYPES}
_BY_LETTERS = {letters: name for name, letters in TYPES.items()} | {"QĐi": "Quy định", "CTHĐ": "Chương trình hành động"}
