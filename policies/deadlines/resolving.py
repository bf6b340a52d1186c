"""Turns what a phrase leaves half said into days: a missing year from the document's date, a length from its start."""

from dataclasses import replace
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
    EveryTerm,
    LengthTerm,
    PeriodTerm,
    Term,
    Terms,
    Unit,
)

DAYS_A_WEEK = 7
LONGEST_GAP_OF_LEAP_DAYS_YEARS = 8


def with_shared_years(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Give dates and periods without a year the year that stands behind or before them: "Quý I, II/2025".

    A year behind is shared by what leads up to it, unless a span is being said: "từ 20/12 đến 10/01/2026". The year
    from which something comes round is its own: "trước ngày 30/6 hằng năm, bắt đầu từ năm 2026".
    """
    shared: list[Term] = list(terms)
    comes_round = any(isinstance(term, EveryTerm) and term.named for term in terms)
    year: int | None = None
    for place in range(len(shared) - 1, -1, -1):
        term = shared[place]
        if isinstance(term, CueTerm) and term.cue is Cue.UNTIL:
            year = None
        elif isinstance(term, DateTerm | PeriodTerm) and not (comes_round and _is_whole_year(term)):
            if term.year is not None:
                year = term.year
            elif year is not None and _takes_a_year(term):
                shared[place] = replace(term, year=year)
    year = None
    for place, term in enumerate(shared):
        if isinstance(term, DateTerm | PeriodTerm) and not (comes_round and _is_whole_year(term)):
            if term.year is not None:
                year = term.year
            elif year is not None and _takes_a_year(term) and not _is_span(shared[max(0, place - 2) : place]):
                shared[place] = replace(term, year=year)
    return tuple(shared)


def resolve_date(term: DateTerm, asked: Asked) -> tuple[date | None, bool]:
    """Find a term's date and whether its year was supplied: the first such day on or after the document's date."""
    if term.year is not None:
        return term.on(term.year), term.short_year
    first = asked.years_from
    if first is None:
        return None, False
    if term.years_ahead is not None:
        return term.on(first.year + term.years_ahead), True
    days = (term.on(first.year + ahead) for ahead in range(LONGEST_GAP_OF_LEAP_DAYS_YEARS + 1))
    return next((day for day in days if day is not None and day >= first), None), True


def resolve_period(term: PeriodTerm, asked: Asked) -> tuple[Period | None, bool]:
    """Find a term's period and whether its year was supplied: the first that ends on or after the document's date."""
    if term.year is not None:
        return term.of(term.year), False
    first = asked.years_from
    if first is None or not FIRST_YEAR < first.year < LAST_YEAR:
        return None, False
    if term.ahead is not None:
        if asked.issued_on is None:
            return None, False
        number = (asked.issued_on.month - 1) // term.months + term.ahead
        years, place = divmod(number, MONTHS_A_YEAR // term.months)
        return Period(asked.issued_on.year + years, place * term.months + 1, term.months), True
    if term.years_ahead is not None:
        return term.of(first.year + term.years_ahead), True
    this_year = term.of(first.year)
    return this_year if this_year.ends_on >= first else term.of(first.year + 1), True


def has_passed(term: PeriodTerm, asked: Asked) -> bool:
    """Whether a period without a year has ended in the document's year before the document is dated."""
    issued_on = asked.issued_on
    if issued_on is None or term.year is not None or term.ahead is not None or term.years_ahead is not None:
        return False
    return FIRST_YEAR <= issued_on.year <= LAST_YEAR and term.of(issued_on.year).ends_on < issued_on


def start_of_count(following: Terms, asked: Asked) -> date | None:
    """Find the day a length is counted from: behind "kể từ", a date (of the document's year) or the document's own."""
    cues = [term.cue for term in following.all[:4] if isinstance(term, CueTerm) and term.cue is not Cue.AND]
    if not cues or cues[0] not in (Cue.FROM, Cue.AFTER, Cue.NOW, Cue.ENDED):
        return None
    own_day = asked.issued_on
    if cues[0] is Cue.ENDED:
        period = resolve_period(following.periods[0], asked)[0] if len(following.periods) == 1 else None
        return None if period is None else period.ends_on
    if following.dates:
        day = following.dates[0]
        year = day.year if day.year is not None or own_day is None else own_day.year
        return None if year is None else day.on(year)
    is_own = Cue.THIS_DOCUMENT in cues or cues[0] is Cue.NOW
    if not is_own or own_day is None or not FIRST_YEAR <= own_day.year <= LAST_YEAR:
        return None
    return own_day


def end_of_count(start: date, length: LengthTerm, asked: Asked, *, back: bool = False) -> date:
    """Find the last day of a length whose first day is not counted (Civil Code 2015, Art. 147, 148).

    back: count before `start` ("10 ngày trước ngày 15/6").
    """
    count = -length.count if back else length.count
    if length.unit is Unit.WORKING_DAY:
        return asked.calendar.shift_working_days(start, count)
    if length.unit in (Unit.MONTH, Unit.YEAR):
        return months_after(start, count * (1 if length.unit is Unit.MONTH else MONTHS_A_YEAR))
    return start + timedelta(days=count * (1 if length.unit is Unit.DAY else DAYS_A_WEEK))


def first_day_of_window(first: DateTerm | DayTerm, end: date) -> date | None:
    """Find the first day of a window that ends on `end`."""
    if isinstance(first, DayTerm):
        return DateTerm(first.day, end.month, end.year).on(end.year)
    if first.year is not None:
        return first.on(first.year)
    return next((day for ahead in (0, -1) if (day := first.on(end.year + ahead)) and day <= end), None)


def _is_whole_year(term: DateTerm | PeriodTerm) -> bool:
    return isinstance(term, PeriodTerm) and term.months == MONTHS_A_YEAR


def _takes_a_year(term: DateTerm | PeriodTerm) -> bool:
    return term.years_ahead is None and (isinstance(term, DateTerm) or term.ahead is None)


def _is_span(before: list[Term]) -> bool:
    return any(isinstance(term, CueTerm) and term.cue is Cue.UNTIL for term in before)
