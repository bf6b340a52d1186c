"""Reads a day that several named months share ("ngày 10 các tháng 3, 6, 9, 12"), and a date left blank in a form."""

from policies.deadlines.date_readers import BEFORE_A_DAY
from policies.deadlines.period_readers import read_months
from policies.deadlines.terms import Cue, CueTerm, DateTerm, DayOfMonthsTerm, Found, ImpossibleTerm, PeriodTerm
from policies.deadlines.tokens import LONGEST_NUMBER_DIGITS, Tokens

OF_MONTHS = ("của các", "các", "của", "trong các")
DOTS = (".", "…", "-")
MOST_DOTS = 40


def read_day_of_months(tokens: Tokens, index: int) -> Found:
    """ngày 10 các tháng 3, 6, 9, 12; "ngày 10 tháng 6, 12 hằng năm"; with a year behind, a date each."""
    has_day_word = tokens.text(index) == "ngày"
    start = index + has_day_word
    day = tokens.day(start)
    at = tokens.after_any(start + 1, OF_MONTHS)
    is_bound = has_day_word or (tokens.text(index - 1) in BEFORE_A_DAY and tokens.text(index - 1) != "trong")
    if day is None or tokens.text(at) != "tháng" or not is_bound:
        return None
    found = read_months(tokens, at)
    if found is None or any(isinstance(term, CueTerm) and term.cue is not Cue.AND for term in found[0]):
        return None
    months = [term for term in found[0] if isinstance(term, PeriodTerm)]
    if len(months) < 2 or any(term.years_ahead is not None for term in months):
        return None
    dates = tuple(DateTerm(day, term.first_month, months[-1].year) for term in months)
    missing = next((term for term in dates if not term.exists), None)
    if missing is not None:
        return (ImpossibleTerm(f"ngày {day}/{missing.month:02}"),), found[1]
    if months[-1].year is not None:
        return dates, found[1]
    return (DayOfMonthsTerm(day, tuple(term.first_month for term in months)),), found[1]


def read_blank(tokens: Tokens, index: int) -> Found:
    """ngày … tháng … năm 2025: a form whose day or month was never written."""
    day_at = _past_dots(tokens, index + 1)
    month_at = day_at + (tokens.day(day_at) is not None)
    behind_day = _past_dots(tokens, month_at)
    if tokens.text(behind_day) != "tháng":
        return None
    number_at = _past_dots(tokens, behind_day + 1)
    year_at = number_at + (tokens.day(number_at) is not None)
    behind_month = _past_dots(tokens, year_at)
    is_blank = month_at == day_at or year_at == number_at
    has_year = tokens.digits(behind_month + 1) == LONGEST_NUMBER_DIGITS
    if not is_blank or tokens.text(behind_month) != "năm" or not has_year:
        return None
    return (CueTerm(Cue.BLANK, "ngày … tháng … năm"),), behind_month + 2


def _past_dots(tokens: Tokens, index: int) -> int:
    end = index
    while tokens.text(end) in DOTS and end < index + MOST_DOTS:
        end += 1
    return end
