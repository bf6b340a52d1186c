"""Reads days that are not numbered: days of the week, the first and last day or working day of a period."""

from policies.deadlines.cycles import Cycle
from policies.deadlines.recurrence_readers import PLACES, counted_unit, named_unit
from policies.deadlines.terms import EveryTerm, Found, NthDayTerm, Place, WeekdayTerm
from policies.deadlines.tokens import Tokens

WEEKDAYS = {
    "hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5,
}  # fmt: skip
ORDINALS = {"cuối cùng": -1, "sau cùng": -1, "cuối": -1, "đầu tiên": 1, "đầu": 1}
FIRST_OF_ORDINALS = frozenset(words.split()[0] for words in ORDINALS)
NUMBERS_NO_WEEKDAY = ("lần", "tuần", "ngày", "việc", "tháng")
OF = ("của mỗi", "của hằng", "của các", "của", "mỗi", "hằng", "trong mỗi", "trong")
MOST_WORKING_DAYS_A_MONTH = 20
SEVERAL_DAYS = ("những", "các", "mấy", "vài")
EVERY_WEEK = ("hằng tuần", "mỗi tuần", "trong tuần", "các tuần")
WEEKS_AHEAD = {"tuần này": 0, "tuần tới": 1, "tuần sau": 1}


def read_weekday(tokens: Tokens, index: int) -> Found:
    """thứ Hai, thứ 6, Chủ nhật, "thứ Sáu cuối cùng của tháng", "thứ Sáu tuần cuối hằng tháng", thứ Sáu tuần này."""
    if tokens.after(index, "chủ", "nhật"):
        weekday, end = 6, index + 2
    elif tokens.text(index) == "thứ" and tokens.text(index + 1) in WEEKDAYS:
        weekday, end = WEEKDAYS[tokens.text(index + 1)], index + 2
        is_weekly = tokens.after_any(end, EVERY_WEEK) != end
        if tokens.text(index - 1) in NUMBERS_NO_WEEKDAY and not (tokens.text(index - 1) == "ngày" and is_weekly):
            return None
    else:
        return None
    end = tokens.after_any(end, ("đầu tuần", "cuối tuần"))
    if tokens.text(index - 1) == "mỗi":
        return (WeekdayTerm(weekday), EveryTerm((Cycle.WEEK,))), end
    for words, ahead in WEEKS_AHEAD.items():
        behind = tokens.after(end, *words.split())
        if behind is not None:
            return (WeekdayTerm(weekday, weeks_ahead=ahead),), behind
    ordinal, behind = _ordinal(tokens, tokens.after_any(end, ("của tuần", "tuần")))
    if ordinal is None:
        return _with_others(tokens, weekday, end)
    cycle, _, stop = _of(tokens, behind)
    return (WeekdayTerm(weekday, ordinal, cycle),), stop


def _with_others(tokens: Tokens, weekday: int, end: int) -> Found:
    """Read the days that share the word: "thứ 2, 4, 6"; each stands before another or before "hằng tuần"."""
    weekdays, at = [WeekdayTerm(weekday)], end
    while tokens.text(at) in (",", "và") and tokens.text(at + 1) in WEEKDAYS and len(weekdays) < len(WEEKDAYS):
        weekdays.append(WeekdayTerm(WEEKDAYS[tokens.text(at + 1)]))
        at += 2
    if len(weekdays) == 1 or tokens.after_any(at, EVERY_WEEK) == at:
        return (WeekdayTerm(weekday),), end
    return tuple(weekdays), at


def read_nth_day(tokens: Tokens, index: int) -> Found:
    """ngày cuối cùng của tháng, "ngày làm việc đầu tiên của quý", "ngày làm việc thứ 5 hằng tháng", ngày cuối tháng."""
    if tokens.text(index) != "ngày" or tokens.text(index - 1) in SEVERAL_DAYS:
        return None
    end = tokens.after_any(index + 1, ("làm việc",))
    working = end != index + 1
    ordinal, behind = _ordinal(tokens, end)
    number = tokens.day(end + 1)
    if ordinal is None and working and tokens.text(end) == "thứ" and number is not None:
        ordinal, behind = (number, end + 2) if 1 <= number <= MOST_WORKING_DAYS_A_MONTH else (None, end)
    if ordinal is None:
        return None
    cycle, place, stop = _of(tokens, behind)
    return (NthDayTerm(ordinal, working, cycle, place),), stop


def _ordinal(tokens: Tokens, index: int) -> tuple[int | None, int]:
    first = tokens.text(index)
    for words, ordinal in ORDINALS.items() if first in FIRST_OF_ORDINALS else ():
        end = tokens.after(index, *words.split())
        if end is not None:
            return ordinal, end
    return None, index


def _of(tokens: Tokens, index: int) -> tuple[Cycle | None, Place | None, int]:
    """Find the cycle whose day is meant, and which of its months: "của tháng", "của tháng cuối quý"; not "tháng 6"."""
    at = tokens.after_any(index, OF)
    unit = counted_unit(tokens, at) or named_unit(tokens, at)
    if unit is None or unit[0] in (Cycle.DAY, Cycle.WEEK):
        return None, None, index
    cycle, end = unit
    if cycle is not Cycle.MONTH:
        return cycle, None, end
    for words, place in PLACES.items():
        behind = tokens.after(end, *words.split())
        if behind is not None:
            longer = tokens.after_any(behind, OF)
            whole = counted_unit(tokens, longer) or named_unit(tokens, longer)
            return (cycle, place, behind) if whole is None else (whole[0], place, whole[1])
    return cycle, None, end
