"""Reads how long something may take, from the years of a milestone to the hour of a day."""

from datetime import time

from policies.deadlines.recurrence_readers import COUNTED_ALONE_MONTHS, ONCE
from policies.deadlines.spoken_numbers import count_at
from policies.deadlines.terms import ClockTerm, Cue, CueTerm, Found, ImpossibleTerm, LengthTerm, Unit, YearsSinceTerm
from policies.deadlines.tokens import Tokens

UNITS_LONGEST_FIRST = [unit.value for unit in (Unit.WORKING_DAY, Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)]
HOURS_BEFORE = ("vòng", "hạn", "sau", "quá", "đa")
LENGTH_BEFORE = ("trong", "sau", "nhất", "là", "hạn", "vòng", "quá", "đa", "thiểu", "trước", "đủ")
LENGTH_AFTER_A_HALF = ("kể", "tính", "sau", "từ")
LENGTH_AFTER = ("kể", "tính", "trước", "sau", "từ", "đầu")
HALVES = {"tháng": LengthTerm(15, Unit.DAY), "năm": LengthTerm(6, Unit.MONTH)}
MILESTONES = ("sơ kết", "tổng kết", "kỷ niệm", "nhân dịp", "đánh giá", "dịp")
REMEMBERING = ("kỷ niệm", "nhân dịp", "dịp")
AFTERNOON = ("chiều", "tối", "đêm", "khuya")
NIGHT = ("đêm", "khuya")
HOUR_WORDS = ("giờ", "h", "g")


def read_length(tokens: Tokens, index: int) -> Found:
    """05 ngày, 15 ngày làm việc, 1 tháng: where the words before or after say that it is counted from something."""
    found = count_at(tokens, index)
    if found is None or not 0 < found[0] < 1000:
        return None
    count, unit_at = found
    if unit_at + 1 < tokens.after_any(unit_at + 1, ONCE):  # "một năm một lần"
        return None
    before, hours = tokens.text(index - 1), unit_at + 1
    is_length = tokens.text(hours) in ("kể", "từ", "sau", "tính") or before in HOURS_BEFORE
    if tokens.text(unit_at) == "giờ" and is_length and tokens.text(hours) != "ngày" and tokens.number(hours) is None:
        return (LengthTerm(count, Unit.HOUR),), hours
    end = tokens.after_any(unit_at, UNITS_LONGEST_FIRST)
    is_half = tokens.text(unit_at) == "tháng" and tokens.after(end, "đầu", "năm") is not None
    if is_half or end == unit_at or tokens.number(end) is not None or tokens.text(end) in ("giêng", "chạp", "rưỡi"):
        return None
    is_report = tokens.text(end) == "trước" and tokens.text(end - 1) == "tháng" and count in COUNTED_ALONE_MONTHS
    if before not in LENGTH_BEFORE and (is_report or tokens.text(end) not in LENGTH_AFTER):
        return None
    return (LengthTerm(count, Unit(" ".join(tokens.text(at) for at in range(unit_at, end)))),), end


def read_half(tokens: Tokens, index: int) -> Found:
    """Half a month is 15 days and half a year six months (Civil Code 2015, Art. 146.1), counted from something."""
    length = HALVES.get(tokens.text(index + 1)) if tokens.text(index) == "nửa" else None
    behind = tokens.after_any(index + 2, (",",))
    return None if length is None or tokens.text(behind) not in LENGTH_AFTER_A_HALF else ((length,), index + 2)


def read_day_counted(tokens: Tokens, index: int) -> Found:
    """Read "ngày thứ 90 (chín mươi) kể từ ngày …", "ngày làm việc thứ 5 sau khi …": a length of that many days."""
    unit = Unit.WORKING_DAY if tokens.after(index, "ngày", "làm", "việc") else Unit.DAY
    at = index + len(unit.value.split())
    found = count_at(tokens, at + 1) if tokens.text(at) == "thứ" else None
    if found is None or not 0 < found[0] < 1000:
        return None
    behind = tokens.after_any(found[1], (",",))
    is_counted = tokens.text(behind) in ("kể", "tính") or tokens.after(behind, "sau", "khi") is not None
    return ((LengthTerm(found[0], unit),), found[1]) if is_counted else None


def read_years_since(tokens: Tokens, index: int) -> Found:
    """Read the years of a milestone: "sơ kết 03 năm thực hiện", "kỷ niệm 95 năm"."""
    end = tokens.after_any(index, MILESTONES)
    count = tokens.number(end)
    if end == index or count is None or not 0 < count < 1000 or tokens.text(end + 1) != "năm":
        return None
    milestone = " ".join(tokens.text(at) for at in range(index, end))
    occasion = (CueTerm(Cue.OCCASION, milestone),) if milestone in REMEMBERING else ()
    return (*occasion, YearsSinceTerm(count)), end + 2


def read_clock(tokens: Tokens, index: int) -> Found:
    """14 giờ, 9h00, 17 giờ 30 phút, 16g30, 8:30, "5 giờ chiều", "17.00 ngày"."""
    hour = tokens.day(index)
    if hour is None:
        return None
    minute = tokens.day(index + 2)
    is_dotted = tokens.text(index + 1) == "." and tokens.text(index + 3) == "ngày" and (minute or 0) <= 59
    if (tokens.text(index + 1) == ":" or is_dotted) and minute is not None and tokens.digits(index + 2) == 2:
        end, has_minute = index + 3, True
    elif tokens.text(index + 1) in HOUR_WORDS:
        has_minute = minute is not None and tokens.digits(index + 2) == 2 and tokens.text(index + 3) not in ("/", "-")
        end = tokens.after_any(index + 2 + has_minute, ("phút", "p", "' '", "'"))
    else:
        return None
    if hour > 24 or (has_minute and (minute or 0) > 59):
        return (ImpossibleTerm(f"{hour} giờ" + (f" {minute}" if has_minute else "")),), end
    half = tokens.text(end)
    if half in AFTERNOON and 1 <= hour < 12:
        hour, end = hour + 12, end + 1
    elif half in NIGHT and hour == 12:
        hour, end = 24, end + 1
    # 24:00 is the end of the day, which is when a day's term ends anyway (Civil Code 2015, Art. 148.6).
    return ((), end) if hour == 24 else ((ClockTerm(time(hour, (minute or 0) if has_minute else 0)),), end)
