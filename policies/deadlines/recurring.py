"""Lays out the occurrences of a recurring obligation: which periods, and when each is to be sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from models.vocabulary import Recurrence
from policies.deadlines.cycles import Cycle
from policies.deadlines.decision import CIVIL_CODE
from policies.deadlines.periods import (
    MONTHS_A_YEAR,
    Period,
    day_of_month,
    periods_between,
)
from policies.deadlines.readers import read_terms
from policies.deadlines.terms import (
    Cue,
    DateTerm,
    DayTerm,
    NthDayTerm,
    Place,
    RecurringDayTerm,
    Terms,
)
from policies.deadlines.tokens import tokenise
from policies.workdays import ONE_DAY, WorkCalendar, effective_date

LAST_DAY = "Ngày cuối của kỳ dương lịch (quý theo lịch: Thông báo 624/TB-VPCP ngày 16/11/2025)"

# Gives the nominal date of a period, or None where the words do not settle it.
Sender = Callable[[Period], date | None]


@dataclass(frozen=True, slots=True)
class _Sending:
    """How the day in each period is found, the rule for it, and the words and the hour that said so."""

    day_in: Sender
    rule: str
    words: str | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One period of a recurring obligation. Without a `nominal` date, `needs` says what must be asked.

    key: 2025-02, 2025-Q1, 2025-H1 or 2025; starts_on and ends_on: the period's days, both included. at: the hour, if
    one is said.
    """

    key: str
    starts_on: date
    ends_on: date
    nominal: date | None
    effective: date | None
    moved_by: str | None
    rule: str
    needs: str | None = None
    at: time | None = None


def occurrences(
    every: Recurrence, first: date, last: date, send_by: str | None, calendar: WorkCalendar
) -> tuple[Occurrence, ...]:
    """Lay out the calendar periods that end between `first` and `last`, both included, in order.

    `send_by` says the day within each period ("20 tháng cuối kỳ"); None is the period's last day. What cannot be
    understood gives occurrences without a date whose `needs` asks for it. Dates move by Civil Code 2015, Art. 148.5.
    """
    send = _sending(send_by, every, calendar)
    return tuple(_occurrence(period, send, calendar) for period in periods_between(every, first, last))


def occurrence_in(
    period: Period, nominal: date, rule: str, calendar: WorkCalendar, at: time | None = None
) -> Occurrence:
    """Give a period that is to be sent on a day, which moves by Civil Code 2015, Art. 148.5."""
    moved = effective_date(nominal, calendar)
    source = f"{rule}; dời theo {CIVIL_CODE}, Đ.148.5" if moved.moved_by else rule
    return Occurrence(
        period.key, period.starts_on, period.ends_on, nominal, moved.effective, moved.moved_by, source, at=at
    )


def _occurrence(period: Period, send: _Sending, calendar: WorkCalendar) -> Occurrence:
    nominal = send.day_in(period)
    if nominal is None:
        needs = f"Chưa đọc được ngày gửi “{send.words}”: cần ghi ngày gửi của mỗi kỳ, như “20 tháng cuối kỳ”."
        return Occurrence(period.key, period.starts_on, period.ends_on, None, None, None, send.rule, needs)
    return occurrence_in(period, nominal, send.rule, calendar, send.at)


def _sending(send_by: str | None, every: Recurrence, calendar: WorkCalendar) -> _Sending:
    """Choose how to find the day in each period, and say why."""
    if send_by is None:
        return _Sending((lambda period: period.ends_on), LAST_DAY)
    terms = Terms(read_terms(tokenise(send_by)))
    rule = f"Ngày gửi theo văn bản: “{send_by.strip()}”"
    return _Sending(_day_of(terms, every, calendar), rule, send_by, terms.at)


def _day_of(terms: Terms, every: Recurrence, calendar: WorkCalendar) -> Sender:
    cue = terms.cue(Cue.VAGUE)
    if cue is not None and cue.words.startswith("cuối") and len(terms.all) == 1:
        return lambda period: period.ends_on
    times = [term for term in terms.all if isinstance(term, RecurringDayTerm | DateTerm | DayTerm | NthDayTerm)]
    dates = [term for term in times if isinstance(term, DateTerm) and term.year is None and term.exists]
    if dates and len(dates) == len(times):
        return lambda period: _date_in(period, dates, every)
    if len(times) != 1:
        return lambda _: None
    term = times[0]
    if isinstance(term, RecurringDayTerm) and _is_cycle(term.every, every):
        return lambda period: _day_in(period, term.day, term.place)
    if isinstance(term, DayTerm) and every is Recurrence.MONTH:
        return lambda period: _day_in(period, term.day, Place.LAST)
    if isinstance(term, NthDayTerm) and _is_cycle(term.cycle, every):
        return lambda period: _nth_day_in(period, term, calendar)
    return lambda _: None


def _is_cycle(cycle: Cycle | None, every: Recurrence) -> bool:
    return cycle is None or cycle.recurrence is every


def _day_in(period: Period, day: int, place: Place) -> date:
    """Give that day of the period's first, middle or last month, or of the month after it."""
    month = {
        Place.FIRST: period.first_month,
        Place.MIDDLE: period.first_month + period.months // 2,
        Place.LAST: period.last_month,
        Place.NEXT: period.last_month + 1,
    }[place]
    year, month = (period.year + 1, 1) if month > MONTHS_A_YEAR else (period.year, month)
    return day_of_month(year, month, day)


def _date_in(period: Period, dates: list[DateTerm], every: Recurrence) -> date | None:
    """Give the one date of the list that lies in the period; the only date of a yearly list, in the year it says."""
    months = range(period.first_month, period.last_month + 1)
    within = [term for term in dates if term.month in months]
    if len(within) != 1 or (every is not Recurrence.YEAR and len(dates) * period.months != MONTHS_A_YEAR):
        return None
    return day_of_month(period.year + (within[0].years_ahead or 0), within[0].month, within[0].day)


def _nth_day_in(period: Period, term: NthDayTerm, calendar: WorkCalendar) -> date:
    """Give the n-th day, or working day, of the period's month that the words mean."""
    place = term.place or (Place.LAST if term.ordinal < 0 else Place.FIRST)
    if not term.working:
        return _day_in(period, 31 if term.ordinal < 0 else 1, place)
    if term.ordinal < 0:
        return calendar.shift_working_days(_day_in(period, 31, place) + ONE_DAY, term.ordinal)
    return calendar.shift_working_days(_day_in(period, 1, place) - ONE_DAY, term.ordinal)
