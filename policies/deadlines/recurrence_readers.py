"""Reads how often something comes round, on which day of each period, how long it may take, and at what hour."""

from datetime import time

from models.vocabulary import Recurrence
from policies.deadlines.period_readers import ROMAN
from policies.deadlines.periods import MONTHS_A_YEAR
from policies.deadlines.terms import (
    ClockTerm,
    EveryTerm,
    Found,
    ImpossibleTerm,
    LengthTerm,
    RecurringDayTerm,
    RecurringMonth,
    TimesTerm,
    Unit,
)
from policies.deadlines.tokens import Tokens

EVERY_WORDS = ("hằng", "hàng", "mỗi", "định kỳ")
EVERY_UNITS = {
    "tháng": Recurrence.MONTH, "quý": Recurrence.QUARTER, "quí": Recurrence.QUARTER, "năm": Recurrence.YEAR,
    "ngày": None,
}  # fmt: skip
EVERY_MONTHS = {1: Recurrence.MONTH, 3: Recurrence.QUARTER, 6: Recurrence.HALF_YEAR, MONTHS_A_YEAR: Recurrence.YEAR}
LIST_MARKS = (",", "/", "và", ";", "hoặc")
LUNAR_MONTHS = ("giêng", "chạp")
LENGTH_BEFORE = ("trong", "sau", "nhất", "là", "hạn", "vòng", "quá", "đa")
LENGTH_AFTER = ("kể", "tính", "trước", "sau", "từ")


def read_recurring_day(tokens: Tokens, index: int) -> Found:
    """Day 20 of a period's last month ("ngày 20 của tháng cuối quý", "20 tháng cuối kỳ"), or of the month after."""
    start = index + (tokens.text(index) == "ngày")
    day = tokens.number(start)
    if day is None or tokens.digits(start) > 2:
        return None
    month = tokens.after_any(start + 1, ("của",))
    if tokens.text(month) != "tháng":
        return None
    which = {
        "cuối": RecurringMonth.LAST,
        "sau": RecurringMonth.NEXT,
        "kế": RecurringMonth.NEXT,
        "tiếp": RecurringMonth.NEXT,
    }
    place = which.get(tokens.text(month + 1))
    if place is None:
        return None
    end = tokens.after_any(month + 2, ("tiếp", "theo"))
    period = tokens.after_any(end, ("của mỗi", "của", "mỗi"))
    every = EVERY_UNITS.get(tokens.text(period))
    if every is not None:
        return RecurringDayTerm(day, place, every), period + 1
    return RecurringDayTerm(day, place), period + 1 if tokens.text(period) == "kỳ" else end


def read_every(tokens: Tokens, index: int) -> Found:
    """hằng tháng, "hàng tháng, quý", định kỳ 6 tháng; without such a word a list ("6 tháng và năm") or "6 tháng"."""
    start = index
    while (end := tokens.after_any(start, EVERY_WORDS)) != start:
        start = end
    named = start != index
    units: list[Recurrence | None] = []
    counted = False
    at = start
    while (unit := _every_unit(tokens, at)) is not None:
        units.append(unit[0])
        counted |= tokens.number(at) is not None
        at = end = unit[1]
        if tokens.text(at) not in LIST_MARKS:
            break
        while tokens.text(at) in LIST_MARKS:
            at += 1
    is_whole_phrase = start == 0 and end == len(tokens)
    named_by_itself = None not in units and (len(units) > 1 or counted or is_whole_phrase)
    if not units or not (named or named_by_itself):
        return None
    return EveryTerm(tuple(units)), end


def _every_unit(tokens: Tokens, index: int) -> tuple[Recurrence | None, int] | None:
    """One unit of a recurrence and the index behind it: "quý", "6 tháng"; not the name of a period ("quý I")."""
    count = tokens.number(index)
    at = index if count is None else index + 1
    word = tokens.text(at)
    is_numbered = tokens.number(at + 1) is not None and tokens.text(at + 2) != "lần"  # "quý 3", not "quý 01 lần"
    if word not in EVERY_UNITS or is_numbered or tokens.text(at + 1) in ROMAN:
        return None
    if word == "năm" and tokens.text(at + 1) == "học":
        return None
    if count is None:
        return EVERY_UNITS[word], at + 1
    if word != "tháng" or count not in EVERY_MONTHS:
        return None
    return EVERY_MONTHS[count], at + 1


def read_times(tokens: Tokens, index: int) -> Found:
    """02 lần."""
    times = tokens.number(index)
    return None if times is None or tokens.text(index + 1) != "lần" else (TimesTerm(times), index + 2)


def read_length(tokens: Tokens, index: int) -> Found:
    """05 ngày, 15 ngày làm việc, 1 tháng: where the words before or after say that it is counted from something."""
    count = tokens.number(index)
    if count is None or not 0 < count < 1000:
        return None
    end = tokens.after_any(index + 1, [unit.value for unit in (Unit.WORKING_DAY, *Unit)])
    if end == index + 1 or tokens.number(end) is not None or tokens.text(end) in LUNAR_MONTHS:
        return None
    if tokens.text(index - 1) not in LENGTH_BEFORE and tokens.text(end) not in LENGTH_AFTER:
        return None
    return LengthTerm(count, Unit(" ".join(tokens.text(at) for at in range(index + 1, end)))), end


def read_clock(tokens: Tokens, index: int) -> Found:
    """14 giờ, 9h00, 17 giờ 30 phút."""
    hour = tokens.number(index)
    if hour is None or tokens.text(index + 1) not in ("giờ", "h"):
        return None
    minute = tokens.number(index + 2)
    has_minute = minute is not None and tokens.digits(index + 2) == 2
    end = tokens.after_any(index + 2 + has_minute, ("phút", "’", "'"))
    if hour > 24 or (has_minute and (minute or 0) > 59):
        return ImpossibleTerm(f"{hour} giờ"), end
    # 24:00 is the end of the day, which is when a day's term ends anyway (Civil Code 2015, Art. 148.6).
    return None if hour == 24 else (ClockTerm(time(hour, (minute or 0) if has_minute else 0)), end)
