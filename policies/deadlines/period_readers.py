"""Reads the periods of a year from the words that name them: months, quarters, halves, years, the school year."""

from collections.abc import Callable

from policies.deadlines.date_readers import BEFORE_A_DAY, LIST_MARKS, SEPARATORS, year_ahead_at, year_at, year_unsaid_at
from policies.deadlines.periods import MONTHS_A_YEAR, Point
from policies.deadlines.spoken_numbers import FIRST_WORDS, spoken_month_at
from policies.deadlines.terms import (
    CueTerm,
    Found,
    ImpossibleTerm,
    PeriodTerm,
    SchoolTerm,
    Term,
    WeekOfMonthTerm,
)
from policies.deadlines.tokens import Tokens

ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "l": 1, "ll": 2, "lll": 3, "lv": 4, "il": 2, "li": 2, "iil": 3, "ili": 3, "lii": 3,  # as scanned
}  # fmt: skip
SPOKEN_QUARTERS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
LONGEST_ROMAN_PIECES = 3
POINTS = {"đầu": Point.START, "giữa": Point.MIDDLE, "cuối": Point.END}
AHEAD = {
    "này": 0, "nay": 0, "hiện tại": 0, "sau": 1, "tới": 1, "tiếp theo": 1, "kế tiếp": 1, "liền kề": 1,
}  # fmt: skip
QUARTERS_AT_AN_END = {
    "đầu năm": 1, "đầu tiên năm": 1, "đầu tiên của năm": 1, "cuối năm": 10, "cuối cùng của năm": 10,
    "cuối cùng năm": 10, "cuối của năm": 10,
}  # fmt: skip
GLUED_QUARTERS = {"qi": 1, "qii": 2, "qiii": 3, "qiv": 4}
REPORTED_MONTHS = (3, 6, 9)
SEVERAL = ("những", "các", "mỗi", "hằng")
MONTHS_OF = {"tháng": 1, "quý": 3, "năm": MONTHS_A_YEAR}
MOST_PERIODS_IN_A_LIST = 12
Numbers = Callable[[Tokens, int], tuple[int, int] | None]
LIST_OF_PERIODS = {**LIST_MARKS, "+": LIST_MARKS["và"], "&": LIST_MARKS["và"]}


def read_part_of_year(tokens: Tokens, index: int) -> Found:
    """6 tháng đầu năm 2025, 9 tháng đầu năm, 6T cuối năm, hai quý đầu năm, "6 tháng năm 2025"."""
    count, side = tokens.number(index) or FIRST_WORDS.get(tokens.text(index)), POINTS.get(tokens.text(index + 2))
    if tokens.text(index + 1) == "quý" and count in (1, 2, 3):  # "hai quý đầu năm"
        count *= 3
    elif tokens.text(index + 1) not in ("tháng", "t"):
        return None
    if count is None or not 1 <= count < MONTHS_A_YEAR:
        return None
    if count in REPORTED_MONTHS and tokens.text(index - 1) not in BEFORE_A_DAY:
        year, end = year_at(tokens, index + 2)
        if year is not None and tokens.text(index + 2) == "năm":
            return (PeriodTerm(1, count, year),), end
    if side not in (Point.START, Point.END) or tokens.text(index + 3) != "năm":
        return None
    year, end = year_at(tokens, index + 3)
    if year is None and _is_listed_with_years(tokens, index + 4):
        return None
    ahead, behind = year_ahead_at(tokens, index + 3)
    first_month = 1 if side is Point.START else MONTHS_A_YEAR + 1 - count
    stop = end if year is not None else behind if ahead is not None else index + 4
    return (PeriodTerm(first_month, count, year, years_ahead=ahead),), stop


def read_half_of_year(tokens: Tokens, index: int) -> Found:
    """nửa đầu năm 2025, "nửa cuối năm"."""
    side = POINTS.get(tokens.text(index + 1))
    if side not in (Point.START, Point.END) or tokens.text(index + 2) != "năm":
        return None
    return _part_named(tokens, index + 2, 1 if side is Point.START else 7, 6)


def _part_named(tokens: Tokens, index: int, first_month: int, months: int) -> Found:
    """Complete a part of a year with the year at `index`: "năm", "năm 2025", "năm nay"."""
    year, end = year_at(tokens, index)
    ahead, behind = year_ahead_at(tokens, index)
    stop = end if year is not None else behind if ahead is not None else index + 1
    return (PeriodTerm(first_month, months, year, years_ahead=ahead),), stop


def read_quarters(tokens: Tokens, index: int) -> Found:
    """Quý III/2025, Quý 1/2024, "Quý I năm 2022", "Quý I, II/2025", "Quý III - IV/2025", Q3/2025."""
    word = tokens.text(index)
    if word != "quý":
        return _abbreviated(tokens, index, "q", 3, _quarter_number)
    for words, first_month in QUARTERS_AT_AN_END.items():
        end = tokens.after(index + 1, *words.split())
        if end is not None:
            return _part_named(tokens, end - 1, first_month, 3)
    return _listed(tokens, index, 3, _quarter_number, "quý")


def read_months(tokens: Tokens, index: int) -> Found:
    """tháng 02/2025, "tháng 8 năm 2022", "tháng Hai năm 2025", "tháng 6, 7/2025", "tháng 3-5/2025", T6/2025."""
    if tokens.text(index) == "tháng":
        return _listed(tokens, index, 1, _month_number, "tháng")
    return (
        _abbreviated(tokens, index, tokens.text(index), 1, _month_number) if tokens.text(index) in ("t", "th") else None
    )


def _abbreviated(tokens: Tokens, index: int, letters: str, months: int, number_at: Numbers) -> Found:
    """Read Q3/2025, QII/2025, Q.2/2025, T6/2025, T.6/2025, th.6/2025: never without the year."""
    glued = GLUED_QUARTERS.get(tokens.text(index)) if letters == "q" else None
    found = (glued, index + 1) if glued else number_at(tokens, index + 1 + (tokens.text(index + 1) == "."))
    if found is None or not 1 <= found[0] <= MONTHS_A_YEAR // months:
        return None
    year, end = year_at(tokens, found[1], *SEPARATORS)
    return None if year is None else ((PeriodTerm(1 + months * (found[0] - 1), months, year),), end)


def read_year(tokens: Tokens, index: int) -> Found:
    """năm 2025, "cuối năm 2025". A school year (năm học) is not one."""
    year, end = year_at(tokens, index)
    if year is None or tokens.text(index) not in ("năm", ","):
        return None
    first = PeriodTerm(1, MONTHS_A_YEAR, year, _point_before(tokens, index))
    mark, last = LIST_OF_PERIODS.get(tokens.text(end)), tokens.number(end + 1)
    if mark is not None and last is not None and tokens.digits(end + 1) == 4 and year < last:
        return (first, CueTerm(mark, tokens.text(end)), PeriodTerm(1, MONTHS_A_YEAR, last)), end + 2
    return (first,), end


def read_period_ahead(tokens: Tokens, index: int) -> Found:
    """tháng này, quý này, năm nay, tháng tới: counted from the document's date."""
    months = MONTHS_OF.get(tokens.text(index))
    counted = tokens.number(index - 1) is not None or tokens.text(index - 1) in FIRST_WORDS
    is_counted = counted and tokens.text(index - 2) != "ngày"  # "5 năm tới", "03 tháng tới"
    if months is None or is_counted or tokens.text(index - 1) in SEVERAL:
        return None
    for words, ahead in AHEAD.items():
        end = tokens.after(index + 1, *words.split())
        if end is not None:
            point = _point_before(tokens, index)
            if months == MONTHS_A_YEAR:
                return (PeriodTerm(1, months, None, point, years_ahead=ahead),), end
            return (PeriodTerm(1, months, None, point, ahead=ahead),), end
    return None


def read_month_of_year(tokens: Tokens, index: int) -> Found:
    """02/2025 or 02/2025 - 04/2025 by themselves, as a table's column has them; not inside a document's number."""
    month, year = tokens.day(index), tokens.number(index + 2)
    if month is None or year is None or tokens.digits(index + 2) != 4 or tokens.text(index + 1) != "/":
        return None
    if tokens.text(index - 1) in ("/", "-", ".", "số"):
        return None
    last, last_year = tokens.day(index + 4), tokens.number(index + 6)
    is_span = tokens.text(index + 3) == "-" and tokens.text(index + 5) == "/" and tokens.digits(index + 6) == 4
    if tokens.text(index + 3) in ("/", "-") and not is_span:
        return None
    if not 1 <= month <= MONTHS_A_YEAR or (is_span and last is not None and not 1 <= last <= MONTHS_A_YEAR):
        return (ImpossibleTerm(f"tháng {month if not 1 <= month <= MONTHS_A_YEAR else last}"),), index + 3
    first = PeriodTerm(month, 1, year)
    if is_span and last is not None and last_year is not None:
        return (first, CueTerm(LIST_MARKS["-"], "-"), PeriodTerm(last, 1, last_year)), index + 7
    return (first,), index + 3


def read_school_time(tokens: Tokens, index: int) -> Found:
    """năm học 2024-2025, "học kỳ I năm học 2024-2025", cuối học kỳ 2."""
    point = _point_before(tokens, index)
    if tokens.after(index, "học", "kỳ"):
        half = _quarter_number(tokens, index + 2)
        end = index + 2 if half is None else half[1]
        school = tokens.after_any(end, (", năm học", "năm học", "của năm học"))
        year, end = _school_year(tokens, school) if school != end else (None, end)
        return (SchoolTerm(year, half[0] if half else None, point, "học kỳ"),), end
    if not tokens.after(index, "năm", "học"):
        return None
    year, end = _school_year(tokens, index + 2)
    return (SchoolTerm(year, None, point, "năm học"),), end


def read_week_of_month(tokens: Tokens, index: int) -> Found:
    """tuần đầu tháng 6, tuần thứ 2 của tháng 6/2025; the last week ends with its month and needs no rule of its own."""
    if tokens.text(index) in ("thượng", "trung") and tokens.text(index + 1) == "tuần":  # its first or second ten days
        return (WeekOfMonthTerm("tuần trong tháng"),), index + 2
    if tokens.text(index) != "tuần":
        return None
    end = tokens.after_any(index + 1, ("đầu tiên", "đầu", "giữa", "thứ nhất", "thứ hai", "thứ ba", "thứ tư", "thứ"))
    if tokens.text(end - 1) in ("thứ", "tuần"):
        number = _quarter_number(tokens, end)
        if number is None or tokens.text(number[1]) == "lần":  # "tuần 1 lần" is once a week
            return None
        end = number[1]
    return (WeekOfMonthTerm("tuần trong tháng"),), end


def _is_listed_with_years(tokens: Tokens, index: int) -> bool:
    """Whether "và năm" follows, so that both come round: "6 tháng đầu năm và năm"."""
    if tokens.text(index) not in (",", "và"):
        return False
    at = tokens.after_any(index + 1, ("báo cáo", "cả"))
    return tokens.text(at) == "năm" and year_at(tokens, at)[0] is None and tokens.text(at + 1) not in AHEAD


def _listed(tokens: Tokens, index: int, months: int, number_at: Numbers, word: str) -> Found:
    """Read one period, or a list or span of them that shares its year: "Quý I, II/2025", "tháng 3 đến tháng 5"."""
    first = number_at(tokens, index + 1)
    if first is None:
        return None
    terms: list[Term] = []
    start, number, end = index, *first
    while True:
        if not 1 <= number <= MONTHS_A_YEAR // months:
            what = " ".join(tokens.text(at).upper() for at in range(start, end) if tokens.text(at) != word)
            return (*terms, ImpossibleTerm(f"{word} {what}")), end
        unsaid = year_unsaid_at(tokens, end)
        if unsaid is not None:
            return unsaid
        year, behind = year_at(tokens, end, *SEPARATORS)
        ahead, behind = year_ahead_at(tokens, end) if year is None else (None, behind)
        point = _point_before(tokens, start) if start == index else None
        terms.append(PeriodTerm(1 + months * (number - 1), months, year, point, years_ahead=ahead))
        mark = LIST_OF_PERIODS.get(tokens.text(behind))
        following = None
        if mark is not None and len(terms) < MOST_PERIODS_IN_A_LIST:
            start = behind + 1 + (tokens.text(behind + 1) == word)
            following = number_at(tokens, start)
        if mark is None or following is None or not _goes_on(tokens, start, following[1], word):
            return tuple(terms), behind
        terms.append(CueTerm(mark, tokens.text(behind)))
        number, end = following


def _goes_on(tokens: Tokens, start: int, end: int, word: str) -> bool:
    """Whether the number from `start` to `end` goes on the list, and is not a date or a length of its own."""
    if tokens.text(start - 1) == word or tokens.text(start).isalpha():
        return True
    if tokens.text(end) in SEPARATORS and tokens.digits(end + 1) <= 2 and tokens.number(end + 1) is not None:
        return False
    return tokens.text(end) not in ("tháng", "ngày", "năm", "tuần", "giờ") or year_at(tokens, end)[0] is not None


def _quarter_number(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Read 3, III, "ba", "thứ ba"; "I I" parted by scanning is II, and "1I" is nothing that can be told."""
    start = index + (tokens.text(index) in ("thứ", "-"))
    number, word = tokens.day(start), tokens.text(start)
    if number is not None:
        return None if tokens.text(start + 1) in ROMAN else (number, start + 1)
    end = start + 1
    while word in ROMAN and end < start + LONGEST_ROMAN_PIECES and tokens.text(end) in ROMAN:
        word, end = word + tokens.text(end), end + 1
    number = ROMAN.get(word.replace("l", "i"), SPOKEN_QUARTERS.get(word))
    return None if number is None else (number, end)


def _month_number(tokens: Tokens, index: int) -> tuple[int, int] | None:
    number = tokens.day(index)
    if number is not None:
        return number, index + 1
    found = spoken_month_at(tokens, index, sure=True)
    if found is None or (spoken_month_at(tokens, index) is None and year_at(tokens, found[1], *SEPARATORS)[0] is None):
        return None
    return found


def _school_year(tokens: Tokens, index: int) -> tuple[int | None, int]:
    """2024-2025, 2024 - 2025, 2024/2025: the year it starts in."""
    first, second = tokens.number(index), tokens.number(index + 2)
    if first is None or second is None or tokens.text(index + 1) not in SEPARATORS or tokens.digits(index) != 4:
        return None, index
    return (first, index + 3) if second in (first + 1, (first + 1) % 100) else (None, index)


def _point_before(tokens: Tokens, index: int) -> Point | None:
    before = index - 1 - (tokens.text(index - 1) == "của")
    point = POINTS.get(tokens.text(before))
    if point is Point.START and tokens.text(before - 1) == "nửa":  # "nửa đầu tháng" ends with its 15th day (Art. 146.1)
        return Point.MIDDLE
    return point
