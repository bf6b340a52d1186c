"""Turns what a phrase leaves half said into days: a missing year from the document's date, a length from its start."""

from datetime import date, timedelta

from policies.deadlines.decision import Asked
from policies.deadlines.periods import MONTHS_A_YEAR, Period, months_after
from policies.deadlines.terms import (
    FIRST_YEAR,
    LAST_YEAR,
    Cue,
    CueTerm,
    DateTerm,
    DayTerm,
    LengthTerm,
    PeriodTerm,
    Term,
    Unit,
)

DAYS_A_WEEK = 7
LONGEST_GAP_OF_LEAP_DAYS_YEARS = 8


def resolve_date(term: DateTerm, asked: Asked) -> tuple[date | None, bool]:
    """Find a term's date and whether its year was supplied: the first such day on or after the document's date."""
    if term.year is not None:
        return term.on(term.year), term.short_year
    if asked.issued_on is None:
        return None, False
    year = asked.issued_on.year
    days = (term.on(year + ahead) for ahead in range(LONGEST_GAP_OF_LEAP_DAYS_YEARS + 1))
    return next((day for day in days if day is not None and day >= asked.issued_on), None), True


def resolve_period(term: PeriodTerm, asked: Asked) -> tuple[Period | None, bool]:
    """Find a term's period and whether its year was supplied: the first that ends on or after the document's date."""
    if term.year is not None:
        return term.of(term.year), False
    if asked.issued_on is None or not FIRST_YEAR <= asked.issued_on.year < LAST_YEAR:
        return None, False
    this_year = term.of(asked.issued_on.year)
    return this_year if this_year.ends_on >= asked.issued_on else term.of(asked.issued_on.year + 1), True


def start_of_count(terms: tuple[Term, ...], asked: Asked) -> date | None:
    """Find the day a length is counted from: behind "kể từ", a date (of the document's year) or the document's own."""
    cues = [term.cue for term in terms if isinstance(term, CueTerm)]
    if cues[:1] != [Cue.FROM]:
        return None
    day = next((term for term in terms if isinstance(term, DateTerm)), None)
    own_day = asked.issued_on
    if day is not None:
        year = day.year if day.year is not None or own_day is None else own_day.year
        return None if year is None else day.on(year)
    if Cue.THIS_DOCUMENT not in cues or own_day is None or not FIRST_YEAR <= own_day.year <= LAST_YEAR:
        return None
    return own_day


def end_of_count(start: date, length: LengthTerm, asked: Asked) -> date:
    """Find the last day of a length whose first day is not counted (Civil Code 2015, Art. 147, 148)."""
    if length.unit is Unit.WORKING_DAY:
        return asked.calendar.shift_working_days(start, length.count)
    if length.unit in (Unit.MONTH, Unit.YEAR):
        return months_after(start, length.count * (1 if length.unit is Unit.MONTH else MONTHS_A_YEAR))
    return start + timedelta(days=length.count * (1 if length.unit is Unit.DAY else DAYS_A_WEEK))


def first_day_of_window(first: DateTerm | DayTerm, end: date) -> date | None:
    """Find the first day of a window that ends on `end`."""
    if isinstance(first, DayTerm):
        return DateTerm(first.day, end.month, end.year).on(end.year)
    if first.year is not None:
        return first.on(first.year)
    return next((day for ahead in (0, -1) if (day := first.on(end.year + ahead)) and day <= end), None)
