"""Reads days and the periods of a year from the words that name them.

A reader takes the tokens and an index and returns the term that begins there with the index behind it, or None.
"""

from policies.deadlines.periods import MONTHS_A_YEAR, Point
from policies.deadlines.terms import DateTerm, DayTerm, Found, ImpossibleTerm, PeriodTerm
from policies.deadlines.tokens import LONGEST_NUMBER_DIGITS, Tokens

SEPARATORS = ("/", "-", ".")
QUARTER_WORDS = ("quý", "quí")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
SPOKEN_MONTHS = {
    "mười hai": 12, "mười một": 11, "mười": 10, "chín": 9, "tám": 8, "bảy": 7, "sáu": 6, "năm": 5, "tư": 4, "ba": 3,
    "hai": 2, "một": 1,
}  # fmt: skip


def read_iso_date(tokens: Tokens, index: int) -> Found:
    """2025-02-28."""
    year, month, day = (tokens.number(index + offset) for offset in (0, 2, 4))
    if tokens.digits(index) != 4 or year is None or month is None or day is None:
        return None
    if tokens.text(index + 1) != "-" or tokens.text(index + 3) != "-":
        return None
    return DateTerm(day, month, year), index + 5


def read_date(tokens: Tokens, index: int) -> Found:
    """28/02/2025, 28-02-2025, 28/2, "ngày 28 tháng 02 năm 2025", "ngày 28 tháng 02"."""
    has_day_word = tokens.text(index) == "ngày"
    start = index + has_day_word
    day, month = tokens.number(start), tokens.number(start + 2)
    if day is None or month is None or tokens.digits(start) > 2 or tokens.digits(start + 2) > 2:
        return None
    joint = tokens.text(start + 1)
    year, end = _year(tokens, start + 3, *(SEPARATORS if joint == "tháng" else (joint,)))
    if joint == "tháng":
        return (DateTerm(day, month, year), end) if has_day_word or year is not None else None
    if joint not in SEPARATORS:
        return None
    if year is not None:
        return DateTerm(day, month, year), end
    short_year = tokens.number(start + 4)
    if tokens.text(start + 3) == joint and short_year is not None and tokens.digits(start + 4) == 2:
        return DateTerm(day, month, 2000 + short_year, short_year=True), start + 5
    is_number_of_document = tokens.text(start + 3) == "/" or tokens.text(start - 1) == "số"
    return None if joint != "/" or is_number_of_document else (DateTerm(day, month, None), start + 3)


def read_day(tokens: Tokens, index: int) -> Found:
    """Read a day without its month: "ngày 25"."""
    day = tokens.number(index + 1)
    if tokens.text(index) != "ngày" or day is None or tokens.digits(index + 1) > 2:
        return None
    return (DayTerm(day) if 1 <= day <= 31 else ImpossibleTerm(f"ngày {day}")), index + 2


def read_part_of_year(tokens: Tokens, index: int) -> Found:
    """6 tháng đầu năm 2025, 9 tháng đầu năm, 6 tháng cuối năm."""
    count, side = tokens.number(index), tokens.text(index + 2)
    if tokens.text(index + 1) != "tháng" or count is None or not 1 <= count < MONTHS_A_YEAR:
        return None
    if side not in (Point.START, Point.END) or tokens.text(index + 3) != "năm":
        return None
    year, end = _year(tokens, index + 3)
    first_month = 1 if side == Point.START else MONTHS_A_YEAR + 1 - count
    return PeriodTerm(first_month, count, year), index + 4 if year is None else end


def read_quarter(tokens: Tokens, index: int) -> Found:
    """Quý III/2025, Quí IV-2025, Quý 1/2024, "Quý I năm 2022", quý 3."""
    if tokens.text(index) not in QUARTER_WORDS:
        return None
    number = tokens.number(index + 1)
    if number is None:
        number = ROMAN.get(tokens.text(index + 1))
    if number is None:
        return None
    if not 1 <= number <= 4:
        return ImpossibleTerm(f"{tokens.text(index)} {tokens.text(index + 1).upper()}"), index + 2
    return _period(tokens, index, index + 2, 3 * number - 2, 3)


def read_month(tokens: Tokens, index: int) -> Found:
    """tháng 02/2025, "tháng 8 năm 2022", "tháng Hai năm 2025", tháng 6."""
    if tokens.text(index) != "tháng":
        return None
    number = tokens.number(index + 1)
    if number is not None and tokens.digits(index + 1) <= 2:
        if not 1 <= number <= MONTHS_A_YEAR:
            return ImpossibleTerm(f"tháng {number}"), index + 2
        return _period(tokens, index, index + 2, number, 1)
    for words, month in SPOKEN_MONTHS.items():
        end = tokens.after(index + 1, *words.split())
        if end is not None and (words != "năm" or _year(tokens, end, *SEPARATORS)[0] is not None):
            return _period(tokens, index, end, month, 1)
    return None


def read_year(tokens: Tokens, index: int) -> Found:
    """năm 2025. A school year (năm học) is not one."""
    year, end = _year(tokens, index)
    if year is None or tokens.text(index) != "năm":
        return None
    return PeriodTerm(1, MONTHS_A_YEAR, year, _point_before(tokens, index)), end


def read_month_of_year(tokens: Tokens, index: int) -> Found:
    """02/2025 by itself, as a table's column has it; not inside the number of a document."""
    month, year = tokens.number(index), tokens.number(index + 2)
    if month is None or year is None or not 1 <= month <= MONTHS_A_YEAR or tokens.digits(index + 2) != 4:
        return None
    beside = (tokens.text(index - 1), tokens.text(index + 3))
    if tokens.text(index + 1) != "/" or "/" in beside or "số" in beside:
        return None
    return PeriodTerm(month, 1, year), index + 3


def _year(tokens: Tokens, index: int, *joints: str) -> tuple[int | None, int]:
    """Find the year at `index` ("năm 2025", or one of `joints` and four digits) and the index behind it."""
    start = tokens.after_any(index, (", năm", "năm", *joints))
    year = tokens.number(start)
    if start == index or year is None or tokens.digits(start) != LONGEST_NUMBER_DIGITS:
        return None, index
    return year, start + 1


def _period(tokens: Tokens, index: int, end: int, first_month: int, months: int) -> Found:
    """Complete a period named up to `end` with the year behind it and the point of it that the word before names."""
    year, behind = _year(tokens, end, *SEPARATORS)
    return PeriodTerm(first_month, months, year, _point_before(tokens, index)), behind


def _point_before(tokens: Tokens, index: int) -> Point | None:
    word = tokens.text(index - 1)
    return Point(word) if word in set(Point) else None
