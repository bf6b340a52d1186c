"""Reads days: dates in every written form, lists and spans of days, days of the week, and dates that are only cited.

A reader takes the tokens and an index and returns the terms that begin there with the index behind them, or None.
"""

from policies.deadlines.cycles import Cycle
from policies.deadlines.spoken_numbers import spoken_month_at, spoken_number_at
from policies.deadlines.terms import (
    Cue,
    CueTerm,
    DateTerm,
    DayTerm,
    EveryTerm,
    Found,
    ImpossibleTerm,
    Term,
)
from policies.deadlines.tokens import LONGEST_NUMBER_DIGITS, Tokens

SEPARATORS = ("/", "-", ".")
# What has a number of its own, which may be written with a stroke: "km 12/5", "nhà 12/5", "máy lẻ 12/10".
NAMED_BY_NUMBER = ("số", "/", "km", "kilomet", "lẻ", "nhà", "ngõ", "ngách", "hẻm", "kiệt", "thửa", "lô")
BEFORE_A_DAY = ("ngày", "trước", "hạn", "nhất", "đến", "hết", "là", "từ", "vào", "xong", "trong", "sau", "tới", "mùng")
# What makes "tháng" one month and not every month: "ngày 20 của tháng này".
AFTER_A_NAMED_MONTH = ("báo", "này", "nay", "tới", "cuối", "đầu", "sau", "kế", "tiếp", "liền", "trước", "giêng", "chạp")
DATE_JOINTS = (",", "và", ";", "hoặc")
LIST_MARKS = {",": Cue.AND, "và": Cue.AND, ";": Cue.AND, "-": Cue.UNTIL, "đến": Cue.UNTIL}
MOST_DAYS_IN_A_LIST = 12
YEARS_AHEAD = {
    "năm nay": 0, "năm này": 0, "năm sau": 1, "năm tới": 1, "năm kế tiếp": 1, "năm liền kề": 1, "năm tiếp theo": 1,
    "của năm sau": 1, "của năm kế tiếp": 1, "của năm tiếp theo": 1, "của năm liền kề": 1, "của năm nay": 0,
}  # fmt: skip


# Which year these are is told by a report's own year, or not at all.
YEARS_UNSAID = (
    "của năm báo cáo", "năm báo cáo", "của năm trước", "năm trước", "năm sau năm", "của kỳ báo cáo", "kỳ báo cáo",
)  # fmt: skip
# The year behind each one that is reported: such a day comes round.
AFTER_A_REPORTED_YEAR = tuple(
    f"{of}năm {behind} {before}"
    for of in ("của ", "")
    for behind in ("kế tiếp", "liền kề", "tiếp theo", "sau")
    for before in ("của năm báo cáo", "năm báo cáo", "của kỳ báo cáo", "kỳ báo cáo")
)
OF_A_KNOWN_YEAR = ("nay", "này", "sau", "tới", "kế", "tiếp", "liền", "hiện", "là", "để", "về", "và", "gửi")


def read_iso_date(tokens: Tokens, index: int) -> Found:
    """2025-02-28, 2025/02/28, 2025.02.28."""
    year, month, day = (tokens.number(index + offset) for offset in (0, 2, 4))
    if tokens.digits(index) != 4 or year is None or month is None or day is None:
        return None
    joint = tokens.text(index + 1)
    if joint not in SEPARATORS or tokens.text(index + 3) != joint or tokens.digits(index + 4) > 2:
        return None
    return (DateTerm(day, month, year),), index + 5


def read_date(tokens: Tokens, index: int) -> Found:
    """28/02/2025, 28-02-2025, 28/2, "ngày 28 tháng 02 năm 2025", "ngày 28 tháng 02", "2 8/02/2025" as scanned."""
    has_day_word = tokens.text(index) == "ngày"
    start = index + has_day_word
    if has_day_word and tokens.text(start) == "mùng":
        return None
    if tokens.text(start) == ":":
        start += 1
    start, day = _scanned_day(tokens, start, bound=has_day_word or tokens.text(index - 1) in BEFORE_A_DAY)
    if tokens.text(start + 1) == "tháng" or (day is None and has_day_word):
        return _date_in_words(tokens, index, start)
    joint = tokens.text(start + 1)
    month, behind = _scanned_month(tokens, start + 2, joint)
    if day is None or month is None or joint not in SEPARATORS:
        return None
    year, end = year_at(tokens, behind, joint)
    if year is not None:
        return (DateTerm(day, month, year),), end
    short_year = tokens.number(behind + 1)
    is_written_as_one = joint == "/" or tokens.adjoins(behind + 1)  # the number of a clause is none: "3.1. 15 ngày"
    if tokens.text(behind) == joint and short_year is not None and tokens.digits(behind + 1) == 2 and is_written_as_one:
        return (DateTerm(day, month, 2000 + short_year, short_year=True),), behind + 2
    before = tokens.text(index - 1)
    is_part_of_more = tokens.text(behind) == "/" or before in NAMED_BY_NUMBER or tokens.digits(behind) > 4
    ends_days = tokens.text(index - 1) == "đến" and tokens.text(index - 3) == "ngày"  # "từ ngày 22 đến 28-12"
    is_dashed_date = joint == "-" and (has_day_word or ends_days) and day > 12 >= month and tokens.text(behind) != "/"
    if (
        joint != "/" and not is_dashed_date and not _is_dotted_date(tokens, index, day, month, behind)
    ) or is_part_of_more:
        return None
    return _with_year_ahead(tokens, DateTerm(day, month, None), behind)


def read_days_of_one_month(tokens: Tokens, index: int) -> Found:
    """Days that share the month behind the last: "16-20/11/2025", "ngày 15 và 30 hằng tháng"."""
    start = index + (tokens.text(index) == "ngày")
    if start == index and tokens.text(index - 1) not in BEFORE_A_DAY:
        return None
    terms: list[Term] = []
    at = start
    while len(terms) < 2 * MOST_DAYS_IN_A_LIST:
        day = tokens.day(at)
        joint = LIST_MARKS.get(tokens.text(at + 1))
        following = at + 2 + (tokens.text(at + 2) == "ngày")
        if day is None or joint is None or tokens.day(following) is None:
            break
        terms += [_day(day), CueTerm(joint, tokens.text(at + 1))]
        at = following
        last = read_date(tokens, at)
        if last is not None:
            return (*terms, *last[0]), last[1]
    of = at + 1 + (tokens.text(at + 1) == "của")
    is_next = tokens.text(of) == "tháng" and tokens.text(of + 1) in AFTER_A_NAMED_MONTH
    if terms and is_next and start != index:  # "từ ngày 01 đến ngày 05 của tháng sau": the last day is read with it
        return tuple(terms), at
    closing = tokens.day(at)
    if not terms or closing is None or start == index:
        return None
    return (*terms, _day(closing)), at + 1


def read_day(tokens: Tokens, index: int) -> Found:
    """Read a day without its month: "ngày 25"."""
    day = tokens.day(index + 1)
    if tokens.text(index) != "ngày" or day is None:
        return None
    if (
        index == 0 and tokens.text(2) == ":" and any(one.number for one in tokens[3:])
    ):  # "Ngày 1: thứ Hai, ngày 24/8/2026" counts days
        return (), 3
    of = tokens.after(index + 2, "của", "tháng")
    if of is not None and tokens.text(of) not in AFTER_A_NAMED_MONTH and tokens.number(of) is None:
        return (_day(day), EveryTerm((Cycle.MONTH,))), of
    return (_day(day),), index + 2


def read_day_of_cycle(tokens: Tokens, index: int) -> Found:
    """Read "25 hằng tháng" and "trước 25 của tháng": a bare number before what makes it a day."""
    day = tokens.day(index)
    if day is None or tokens.after_any(index + 1, ("hằng tháng", "mỗi tháng")) == index + 1:
        return None
    return (_day(day),), index + 1


def year_at(tokens: Tokens, index: int, *joints: str) -> tuple[int | None, int]:
    """Find the year at `index` ("năm 2025", or one of `joints` and four digits) and the index behind it."""
    start = tokens.after_any(index, (", năm", "của năm", "năm", *joints))
    year = tokens.number(start)
    if start == index or year is None:
        return None, index
    if tokens.digits(start) == LONGEST_NUMBER_DIGITS:
        return year, start + 1
    rest = tokens.number(start + 1)  # "20 25", as scanned
    if tokens.digits(start) == 2 and year in (19, 20) and tokens.digits(start + 1) == 2 and rest is not None:
        return 100 * year + rest, start + 2
    return None, index


def year_ahead_at(tokens: Tokens, index: int) -> tuple[int | None, int]:
    """Find "năm nay", "năm sau" at `index`: how many years ahead of the document's, and the index behind."""
    for words, ahead in YEARS_AHEAD.items():
        end = tokens.after(index, *words.split())
        if end is not None:
            return ahead, end
    return None, index


def year_unsaid_at(tokens: Tokens, index: int) -> Found:
    """Find "năm trước", "năm báo cáo" behind a day or period, which make it one that is asked."""
    end = tokens.after_any(index, YEARS_UNSAID)
    following = tokens.text(index + 2)
    is_named = tokens.after(index, "của", "năm") is not None and following.isalpha()
    if end == index and is_named and following not in OF_A_KNOWN_YEAR:
        end = index + 2  # "ngày 30 tháng 8 của năm tuyển sinh"
    if end == index or tokens.text(end) == "ngày" or tokens.number(end) is not None:
        return None
    return (CueTerm(Cue.VAGUE, " ".join(tokens.text(at) for at in range(index, end))),), end


def _date_in_words(tokens: Tokens, index: int, start: int) -> Found:
    """Read "28 tháng 02 năm 2025", "15 tháng Sáu 2025", "ngày mười lăm tháng sáu"."""
    number = tokens.day(start)
    spoken = spoken_number_at(tokens, start) if number is None else (number, start + 1)
    if spoken is None or tokens.text(spoken[1]) != "tháng":
        return None
    day, at = spoken[0], spoken[1] + 1
    before, has_day_word = tokens.text(index - 1), tokens.text(index) == "ngày"
    month = tokens.day(at)
    named = None if month is not None else _month_name_at(tokens, at)
    if month is None and named is None:
        return None
    month, at = (month, at + 1) if month is not None else named or (0, at)
    year, end = year_at(tokens, at, *SEPARATORS, ",")
    if year is None and named is not None and tokens.digits(at) == LONGEST_NUMBER_DIGITS:
        year, end = tokens.number(at), at + 1
    goes_on = before in DATE_JOINTS and tokens.text(index - 3) == "tháng" and tokens.day(index - 2) is not None
    counts_months = not has_day_word and before == "trong" and year is None and tokens.text(end) in LIST_MARKS
    if counts_months and tokens.day(end + 1) is not None:  # "trong 02 tháng 6 và 7/2025"
        return None
    is_date = has_day_word or year is not None or before in BEFORE_A_DAY or goes_on
    return _with_year_ahead(tokens, DateTerm(day, month, year), end) if is_date else None


def _month_name_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Read the name of a month behind a day; "tháng … năm 2025" has none, and "tháng một lần" is once a month."""
    found = spoken_month_at(tokens, index, sure=True)
    if found is None or tokens.text(found[1]) == "lần":
        return None
    is_year = tokens.text(index) == "năm" and tokens.number(found[1]) is not None
    return None if is_year else found


def _scanned_month(tokens: Tokens, index: int, joint: str) -> tuple[int | None, int]:
    """Read the month at `index`, and its two digits as one where scanning parted them: "15/1 1/2025"."""
    first, second = tokens.number(index), tokens.number(index + 1)
    is_parted = tokens.digits(index) == tokens.digits(index + 1) == 1 and tokens.text(index + 2) == joint
    if is_parted and first is not None and second is not None:
        return 10 * first + second, index + 2
    return tokens.day(index), index + 1


def _is_dotted_date(tokens: Tokens, index: int, day: int, month: int, behind: int) -> bool:
    """Whether "15.6" is a day and month: "ngày" or "trước" stands before it, and no hour is meant ("17.00 ngày")."""
    is_said = tokens.text(index) == "ngày" or tokens.text(index - 1) == "trước"
    goes_on = tokens.text(behind) in ("ngày", "-", "%") or (
        tokens.text(behind) == "." and tokens.digits(behind + 1) > 0
    )
    return is_said and 1 <= day <= 31 and 1 <= month <= 12 and not goes_on


def _with_year_ahead(tokens: Tokens, date: DateTerm, end: int) -> Found:
    if date.year is not None:
        return (date,), end
    behind = tokens.after_any(end, AFTER_A_REPORTED_YEAR)
    if behind != end:
        return (DateTerm(date.day, date.month, None, years_ahead=1), EveryTerm((Cycle.YEAR,))), behind
    unsaid = year_unsaid_at(tokens, end)
    if unsaid is not None:
        return unsaid
    ahead, behind = year_ahead_at(tokens, end)
    return (DateTerm(date.day, date.month, None, years_ahead=ahead),), behind


def _scanned_day(tokens: Tokens, index: int, *, bound: bool) -> tuple[int, int | None]:
    """Read the day at `index`, and its two digits as one where scanning parted them: "2 8/02/2025"."""
    first, second = tokens.number(index), tokens.number(index + 1)
    is_parted = first is not None and second is not None and tokens.digits(index) == tokens.digits(index + 1) == 1
    if bound and is_parted and first is not None and second is not None and tokens.text(index + 2) in SEPARATORS:
        return index + 1, 10 * first + second
    return index, tokens.day(index)


def _day(day: int) -> DayTerm | ImpossibleTerm:
    return DayTerm(day) if 1 <= day <= 31 else ImpossibleTerm(f"ngày {day}")
