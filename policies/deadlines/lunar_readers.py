"""Reads days of the lunar calendar: Tết and its eve, rằm, mùng, tháng Giêng, tháng Chạp, âm lịch."""

from policies.deadlines.date_readers import year_at
from policies.deadlines.spoken_numbers import spoken_month_at, spoken_number_at
from policies.deadlines.terms import Cue, CueTerm, Found, ImpossibleTerm, LunarTerm
from policies.deadlines.tokens import Tokens

NAMED_MONTHS = {"giêng": 1, "chạp": 12}
LUNAR_WORDS = ("âm lịch", "( âm lịch )", "âl", "( âl )", "âm")
SOLAR_WORDS = ("dương lịch",)
WORDS_BEHIND_TET = ("năm", "và", "từ", "ít", "khoảng", "để", "phải", "hoàn")
EVE_DAYS = (28, 29, 30)
FESTIVALS = {
    "tết trung thu": (15, 8), "trung thu": (15, 8), "giỗ tổ hùng vương": (10, 3), "giỗ tổ": (10, 3),
    "tết nguyên đán": (1, 1), "tết âm lịch": (1, 1), "tết cổ truyền": (1, 1), "tết đoan ngọ": (5, 5),
}  # fmt: skip
TET = (1, 1)
STEMS = ("giáp", "ất", "bính", "đinh", "mậu", "kỷ", "canh", "tân", "nhâm", "quý")
BRANCHES = ("tý", "sửu", "dần", "mão", "thìn", "tỵ", "ngọ", "mùi", "thân", "dậu", "tuất", "hợi")
# The sixty years in which each pair of a stem and a branch names one.
YEARS_BY_NAME = {(STEMS[(year - 4) % 10], BRANCHES[(year - 4) % 12]): year for year in range(2000, 2060)}
YEARS_BY_NAME |= {(stem, "tị"): year for (stem, branch), year in YEARS_BY_NAME.items() if branch == "tỵ"}


def read_lunar_day(tokens: Tokens, index: int) -> Found:
    """30 Tết, mùng 6 Tết, rằm tháng Giêng, 23 tháng Chạp, 10/3 âm lịch, "mùng 10 tháng 3 năm 2025 âm lịch"."""
    start = index + (tokens.text(index) == "ngày")
    if tokens.text(start) == "rằm":
        day, at = 15, start + 1
    else:
        is_first_ten = tokens.text(start) == "mùng"
        start += is_first_ten
        number = tokens.day(start)
        spoken = spoken_number_at(tokens, start) if number is None and is_first_ten else None
        if number is None and spoken is None:
            return None
        day, at = spoken or (number or 0, start + 1)
        if tokens.text(at) == "tết":
            month = 12 if day in EVE_DAYS and not is_first_ten else 1
            end = tokens.after_any(at + 1, ("nguyên đán", "âm lịch", "cổ truyền"))
            return _dated(tokens, day, month, end, f"{day} Tết")
    if tokens.text(at) == "/" and tokens.day(at + 1) is not None:
        month_end = (tokens.day(at + 1) or 0, at + 2)
    elif tokens.text(at) == "tháng":
        named = NAMED_MONTHS.get(tokens.text(at + 1), tokens.day(at + 1))
        month_at = (named, at + 2) if named is not None else spoken_month_at(tokens, at + 1, sure=True)
        if month_at is None:
            return None
        month_end = month_at
    else:
        return None
    month, end = month_end
    is_lunar = tokens.text(end - 1) in NAMED_MONTHS or tokens.text(start) == "rằm" or _says_lunar(tokens, end)
    if is_lunar:
        return _dated(tokens, day, month, end, f"{day}/{month} âm lịch")
    if tokens.text(start - 1) == "mùng" and year_at(tokens, end, "/")[0] is None:
        behind = tokens.after_any(end, SOLAR_WORDS)
        return None if behind != end else ((CueTerm(Cue.VAGUE, f"mùng {day} tháng {month}"),), end)
    return None


def read_lunar_month(tokens: Tokens, index: int) -> Found:
    """tháng Giêng, tháng Chạp, "tháng 8 âm lịch"."""
    if tokens.text(index) != "tháng":
        return None
    named = NAMED_MONTHS.get(tokens.text(index + 1), tokens.day(index + 1))
    if named is None or not (tokens.text(index + 1) in NAMED_MONTHS or _says_lunar(tokens, index + 2)):
        return None
    return _dated(tokens, None, named, index + 2, f"tháng {named} âm lịch")


def read_festival(tokens: Tokens, index: int) -> Found:
    """Read a lunar feast by its name, which is an occasion: what is due before it is a question with a proposal."""
    for name, (day, month) in FESTIVALS.items():
        end = tokens.after(index, *name.split())
        if end is not None:
            return _dated(tokens, day, month, end, name)
    following = tokens.text(index + 1)
    is_by_itself = not following.isalpha() or following in (*STEMS, *WORDS_BEHIND_TET)  # not "Tết Sum vầy"
    return _dated(tokens, *TET, index + 1, "tết") if tokens.text(index) == "tết" and is_by_itself else None


def _dated(tokens: Tokens, day: int | None, month: int, end: int, named: str) -> Found:
    """Complete a lunar day with the year behind it, past the name of the year ("Bính Ngọ") and "âm lịch"."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 30):
        return (ImpossibleTerm(f"ngày {day}/{month} âm lịch"),), end
    behind = tokens.after_any(end, LUNAR_WORDS)
    year, stop = year_at(tokens, behind, "/")
    name_at = behind + (tokens.text(behind) == "năm")
    named_year = YEARS_BY_NAME.get((tokens.text(name_at), tokens.text(name_at + 1)))
    if year is None and named_year is not None:
        at = tokens.after_any(name_at + 2, ("năm", "-", "("))
        stop = at + 1 if tokens.number(at) == named_year else name_at + 2
        return (LunarTerm(day, month, named_year, named),), tokens.after_any(stop, LUNAR_WORDS)
    for words in range(1, 5):
        if year is not None or not tokens.text(behind + words - 1).isalpha():
            break
        year, stop = year_at(tokens, behind + words)
    if year is None and tokens.digits(behind) == 4:
        year, stop = tokens.number(behind), behind + 1
    if year is None and tokens.digits(behind + 2) == 4 and tokens.text(behind).isalpha():  # "Tết Bính Ngọ 2026"
        year, stop = tokens.number(behind + 2), behind + 3
    stop = behind if year is None else tokens.after_any(stop, LUNAR_WORDS)
    return (LunarTerm(day, month, year, named),), stop


def _says_lunar(tokens: Tokens, index: int) -> bool:
    _, behind = year_at(tokens, index, "/")
    return any(tokens.after_any(at, LUNAR_WORDS) != at for at in (index, behind))
