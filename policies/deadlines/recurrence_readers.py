"""Reads how often something comes round, and on which day of each period."""

from policies.deadlines.cycles import CYCLES_BY_MONTHS, CYCLES_OF_YEARS, Cycle
from policies.deadlines.date_readers import year_at
from policies.deadlines.period_readers import POINTS, ROMAN
from policies.deadlines.spoken_numbers import FIRST_WORDS, count_at
from policies.deadlines.terms import (
    EveryTerm,
    Found,
    ImpossibleTerm,
    Place,
    RecurringDayTerm,
    TimesTerm,
)
from policies.deadlines.tokens import Tokens

EVERY_WORDS = ("hằng", "mỗi", "từng", "định kỳ")
COUNTING_WORDS = ("hằng", "mỗi", "từng")
EVERY_UNITS = {
    "ngày": Cycle.DAY, "tuần": Cycle.WEEK, "tháng": Cycle.MONTH, "quý": Cycle.QUARTER, "năm": Cycle.YEAR,
}  # fmt: skip
LIST_MARKS = (",", "/", "và", ";", "hoặc", "+", "&")
MOST_UNITS_IN_A_LIST = 8
# "6 tháng" alone names a report; "1 năm" or "2 tháng" alone is a length of time.
COUNTED_ALONE_MONTHS = (3, 6, 9)
# Words that end in "hàng": a bank, goods, a shop. What follows them is no recurrence.
BEFORE_HANG = ("ngân", "khách", "bán", "mua", "cửa", "giao", "mặt", "đơn", "nhà", "xếp", "nhập", "xuất", "bảng")
NOT_UNITS = {"năm": ("học", "nay", "này", "sau", "tới"), "ngày": ("làm",)}
PLACES = {
    "cuối cùng": Place.LAST, "cuối": Place.LAST, "thứ ba": Place.LAST, "đầu tiên": Place.FIRST, "đầu": Place.FIRST,
    "thứ nhất": Place.FIRST, "thứ hai": Place.MIDDLE, "giữa": Place.MIDDLE, "liền kề sau": Place.NEXT,
    "kế tiếp": Place.NEXT, "tiếp theo": Place.NEXT, "sau liền kề": Place.NEXT, "sau": Place.NEXT,
    "liền kề": Place.NEXT, "liền sau": Place.NEXT, "kế sau": Place.NEXT, "kế": Place.NEXT, "tiếp": Place.NEXT,
}  # fmt: skip
NEXT_WORDS = ("kế tiếp", "tiếp theo", "liền kề", "liền sau", "sau liền kề", "sau")
ONCE = ("01 lần", "1 lần", "một lần", "/ lần", "/ 01 lần", "/ 1 lần", "lần")
ENDLESSLY = ("hằng năm", "mỗi năm", "hằng quý", "mỗi quý", "hằng tháng", "mỗi tháng")
# Between which a report's name and its day stand, and what it is called beside its cycle.
BEFORE_A_REPORT = (",", ";", "và", "cả", "kết", "cáo", "-", "+", "hoặc")
KINDS_OF_REPORT = ("sơ kết", "tổng kết", "báo cáo sơ kết", "báo cáo tổng kết")


def read_recurring_day(tokens: Tokens, index: int) -> Found:
    """Day 20 of a period's last month ("20 của tháng cuối quý", "20 tháng cuối kỳ"), first month, or month after."""
    start = index + (tokens.text(index) == "ngày")
    found = count_at(tokens, start + (tokens.text(start) == "thứ"))
    if found is None or found[0] > 99:
        return None
    day = found[0]
    month = tokens.after_any(found[1], ("hằng tháng của", "của"))
    if tokens.text(month) != "tháng":
        return None
    place, end = _place(tokens, month + 1)
    if place is None:
        return None
    if not 1 <= day <= 31:
        return (ImpossibleTerm(f"ngày {day}"),), end
    period = tokens.after_any(end, ("của mỗi", "của hằng", "của", "mỗi", "hằng", "trong mỗi", "trong"))
    every = counted_unit(tokens, period) or named_unit(tokens, period)
    if every is None:
        return (RecurringDayTerm(day, place),), period + 1 if tokens.text(period) == "kỳ" else end
    cycle, end = every
    behind = tokens.after_any(end, NEXT_WORDS)
    if place is Place.FIRST and behind != end:
        place, end = Place.NEXT, behind
    return (RecurringDayTerm(day, place, cycle),), end


def read_every(tokens: Tokens, index: int) -> Found:
    """hằng tháng, "hàng tháng, quý", định kỳ 6 tháng; without such a word a list ("6 tháng và năm") or "6 tháng"."""
    counted_before = tokens.number(index - 1) is not None or tokens.text(index - 1) in ("nửa", *FIRST_WORDS)
    if tokens.text(index - 1) in BEFORE_HANG or (counted_before and tokens.text(index) in EVERY_UNITS):
        return None  # "ngân hàng", "4 năm một lần"
    start = index
    while (end := tokens.after_any(start, EVERY_WORDS)) != start and start < index + 3:
        start = end
    named = start != index
    units: list[Cycle] = []
    counted = False
    at = start
    while len(units) < MOST_UNITS_IN_A_LIST:
        unit = counted_unit(tokens, at) or named_unit(tokens, at, said=tokens.text(at - 1) in COUNTING_WORDS)
        if unit is None or (units and _is_period(tokens, at)):
            break
        units.append(unit[0])
        counted |= tokens.number(at) is not None and unit[0].months in COUNTED_ALONE_MONTHS
        once = tokens.after_any(unit[1], ONCE)
        named |= once != unit[1]
        if unit[0] in (Cycle.HALF_YEAR, Cycle.NINE_MONTHS):
            once = tokens.after_any(once, ("đầu năm", "cuối năm"))
        at = end = tokens.after_any(once, KINDS_OF_REPORT)
        while tokens.text(at) in LIST_MARKS and at < end + 2:
            at = tokens.after_any(at + 1, ("định kỳ", "hằng", "mỗi", "báo cáo", "cả", *KINDS_OF_REPORT))
    is_whole_phrase = start == 0 and end == len(tokens) and (counted or tokens.text(start) in EVERY_UNITS)
    is_report = tokens.text(index - 1) == "cáo" and tokens.text(end) in ("trước", "(", ":", "gửi")
    is_listed = tokens.text(index - 1) in BEFORE_A_REPORT and _has_its_day_behind(tokens, end)
    named_by_itself = Cycle.DAY not in units and (
        len(units) > 1 or counted or is_whole_phrase or is_report or is_listed
    )
    is_of_a_form = tokens.text(index - 1) in LIST_MARKS and tokens.text(index - 2) == "ngày"  # "ngày, tháng, năm sinh"
    if not units or not (named or named_by_itself) or is_of_a_form:
        return None
    is_first_or_last = POINTS.get(tokens.text(index - 1)) if named else None
    return (EveryTerm(tuple(units), named, is_first_or_last),), end


def _has_its_day_behind(tokens: Tokens, index: int) -> bool:
    """Whether a report's day follows its cycle: "năm (trước ngày 15/11)", "cả năm trước 10/12"."""
    at = index + (tokens.text(index) in ("(", ":"))
    if at == index and tokens.text(at) != "trước":
        return False
    at = tokens.after_any(at, ("chậm nhất là", "chậm nhất", "trước", "gửi trước", "xong trước", "hạn"))
    at += tokens.text(at) == "ngày"
    return at != index and tokens.day(at) is not None


def read_end_of_every(tokens: Tokens, index: int) -> Found:
    """cuối mỗi quý, "đầu mỗi tháng", "cuối các quý", "cuối quý hằng năm"."""
    point = POINTS.get(tokens.text(index))
    if point is not None and (unit := named_unit(tokens, index + 1)) is not None:
        behind = tokens.after_any(unit[1], ENDLESSLY)
        return ((EveryTerm((unit[0],), named=True, point=point),), behind) if behind != unit[1] else None
    if point is None or tokens.text(index + 1) not in ("mỗi", "hằng", "các"):
        return None
    unit = counted_unit(tokens, index + 2) or named_unit(tokens, index + 2)
    return None if unit is None else ((EveryTerm((unit[0],), named=True, point=point),), unit[1])


def read_times(tokens: Tokens, index: int) -> Found:
    """02 lần, 02 lần/ngày, "mỗi tháng một lần", một lần trong năm."""
    times = tokens.number(index) or FIRST_WORDS.get(tokens.text(index))
    if times is None or tokens.text(index + 1) != "lần":
        return None
    per = tokens.after_any(index + 2, ("/", "một", "mỗi", "trong một", "trong", "trên", "hằng"))
    unit = None if per == index + 2 else counted_unit(tokens, per) or named_unit(tokens, per)
    if unit is None:
        return (TimesTerm(times),), index + 2
    return (TimesTerm(times), EveryTerm((unit[0],))), unit[1]


def _place(tokens: Tokens, index: int) -> tuple[Place | None, int]:
    """Find which month of a period is meant, the longest words first."""
    for length in (3, 2, 1):
        place = PLACES.get(" ".join(tokens.text(at) for at in range(index, index + length)))
        if place is not None:
            return place, index + length
    return None, index


def counted_unit(tokens: Tokens, index: int) -> tuple[Cycle, int] | None:
    """Read "6 tháng", "06 tháng", "hai tuần", "1 năm"; not "6 tháng 5" (a date), nor "6 tháng đầu năm"."""
    count = tokens.number(index) or FIRST_WORDS.get(tokens.text(index))
    word = tokens.text(index + 1)
    if count is None or (tokens.number(index + 2) is not None and tokens.text(index + 3) != "lần"):
        return None
    if word == "tháng" and count in CYCLES_BY_MONTHS:
        return CYCLES_BY_MONTHS[count], index + 2
    if word == "quý" and 3 * count in CYCLES_BY_MONTHS:
        return CYCLES_BY_MONTHS[3 * count], index + 2
    if word == "tuần" and count in (1, 2):
        return (Cycle.WEEK if count == 1 else Cycle.TWO_WEEKS), index + 2
    if word == "năm" and count in CYCLES_OF_YEARS and _is_every_so_often(tokens, index):
        return CYCLES_OF_YEARS[count], index + 2
    return (Cycle.YEAR, index + 2) if word == "năm" and count == 1 else None


def _is_every_so_often(tokens: Tokens, index: int) -> bool:
    """Whether "2 năm" here comes round: "định kỳ 2 năm", "5 năm một lần", "hằng năm và 5 năm"; else it is a length."""
    is_listed = tokens.text(index - 1) in LIST_MARKS and tokens.text(index - 2) in EVERY_UNITS
    return is_listed or tokens.text(index - 1) in ("kỳ", "mỗi") or tokens.after_any(index + 2, ONCE) != index + 2


def named_unit(tokens: Tokens, index: int, *, said: bool = False) -> tuple[Cycle, int] | None:
    """One unit by its name: "quý"; not the name of a period ("quý I"), nor of something else ("năm học").

    said: "mỗi" or "hằng" stands before it, so that a number behind counts other things ("mỗi tháng 02 tin").
    """
    if tokens.after(index, "nửa", "năm"):
        return Cycle.HALF_YEAR, index + 2
    if tokens.after(index, "học", "kỳ"):
        is_one = tokens.text(index + 2) in ROMAN or tokens.number(index + 2) is not None
        return None if is_one else (Cycle.HALF_YEAR, index + 2)
    word = tokens.text(index)
    following = tokens.text(index + 1)
    is_last_year = following == "trước" and tokens.text(index + 2) != "ngày" and tokens.number(index + 2) is None
    is_numbered = tokens.number(index + 1) is not None and tokens.text(index + 2) != "lần"  # "quý 3", not "quý 01 lần"
    if said and word != "ngày" and tokens.digits(index + 1) <= 2 and year_at(tokens, index + 2, "/", "-")[0] is None:
        is_numbered = False
    if (
        word not in EVERY_UNITS
        or is_numbered
        or is_last_year
        or following in ROMAN
        or following in NOT_UNITS.get(word, ())
    ):
        return None
    return EVERY_UNITS[word], index + 1


def _is_period(tokens: Tokens, index: int) -> bool:
    """Whether the unit here is a year by its number ("và năm 2025"), which ends a list of recurrences."""
    return year_at(tokens, index)[0] is not None
