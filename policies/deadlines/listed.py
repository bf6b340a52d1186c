"""Lays out several cycles said in one phrase ("6 tháng (trước 15/6), năm (trước 15/11)") as the periods of one duty."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from models.vocabulary import Recurrence
from policies.deadlines.cycles import CYCLES_BY_MONTHS, Cycle
from policies.deadlines.decision import DueDecision
from policies.deadlines.periods import MONTHS_A_YEAR, Period, day_of_month
from policies.deadlines.recurring import Occurrence, occurrence_in
from policies.workdays import ONE_DAY, WorkCalendar

JOINT = " | "
"""Between the recurrence rules of one decision."""
FIRST_HALF = "“6 tháng” cạnh “năm” là 6 tháng đầu năm: nửa sau nằm trong kỳ năm"

_NAMES = re.compile(
    r"(?<!cuối )(?<!đầu )(?<!của )(?:(?P<HALF_YEAR>(?:0?6|sáu)\s+tháng)|(?P<NINE_MONTHS>(?:0?9|chín)\s+tháng)|"
    r"(?P<QUARTER>\bqu[ýí](?!\s*[IVX\d]))|(?P<MONTH>(?:(?:hằng|hàng|mỗi)\s+|^)tháng\b(?!\s*\d))|"
    r"(?P<YEAR>\bnăm\b(?!\s*\d)))",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
"""The day of each cycle, which may name the cycle again: "hằng tháng (trước ngày 16 hằng tháng), 6 tháng (…)"."""
_KNOWN_PARTS = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY"}


@dataclass(frozen=True, slots=True)
class _Yearly:
    """The days of a year that a recurrence rule names; `said` where its words name them."""

    months: tuple[int, ...]
    days: tuple[int, ...]
    said: bool

    def dates(self, year: int) -> list[date]:
        return [day_of_month(year, month, day if day > 0 else 31) for month in self.months for day in self.days]


def cycles_of(decided: DueDecision) -> tuple[Cycle | None, ...]:
    """Name the cycle of each rule of a recurrence: by the phrase where it names each, else None."""
    rules = rules_of(decided)
    words = _IN_BRACKETS.sub(" ", decided.phrase)
    named = [Cycle[found.lastgroup or ""] for found in _NAMES.finditer(words)]
    if len(named) != len(rules):
        named = [Cycle[found.lastgroup or ""] for found in _NAMES.finditer(decided.phrase)]
    return tuple(named) if len(named) == len(rules) > 1 else (None,) * len(rules)


def rules_of(decided: DueDecision) -> tuple[str, ...]:
    """Give the recurrence rules (RFC 5545) of a decision, each by itself."""
    return tuple(decided.rrule.split(JOINT)) if decided.rrule else ()


def days_of_rule(rrule: str, first_year: int, last_year: int) -> frozenset[date] | None:
    """Give the days of some years that a rule names by day and month; None for one that names weekdays or weeks."""
    rule = _yearly(rrule)
    if rule is None:
        return None
    return frozenset(day for year in range(first_year, last_year + 1) for day in rule.dates(year))


def listed_occurrences(
    decided: DueDecision, first: date, last: date, calendar: WorkCalendar
) -> tuple[Occurrence, ...] | None:
    """Lay out the periods that end between `first` and `last`, both included, in order of their dates.

    None for what is no list of cycles, or has one that no month's day says (a week, a weekday). "6 tháng" without a
    day of its own beside "năm" is the first half of the year: the second is reported with the year.
    """
    rules = [_yearly(rule) for rule in rules_of(decided)]
    if len(rules) < 2 or None in rules:
        return None
    cycles = cycles_of(decided)
    found: list[Occurrence] = []
    for rule, cycle in zip(rules, cycles, strict=True):
        if rule is None:
            return None
        only_first = cycle is Cycle.HALF_YEAR and Cycle.YEAR in cycles and not rule.said
        length = cycle.months if cycle else _length_of(rule)
        for nominal in (day for year in range(first.year, last.year + 2) for day in rule.dates(year)):
            period = _period_of(nominal, cycle, length)
            if first <= period.ends_on <= last and not (only_first and period.first_month > 1):
                source = f"{decided.rule}; {FIRST_HALF}" if only_first else decided.rule
                found.append(occurrence_in(period, nominal, source, calendar))
    keys = Counter(one.key for one in found)
    named = (replace(one, key=f"{one.nominal}") if keys[one.key] > 1 else one for one in found)
    return tuple(sorted(named, key=lambda one: (one.nominal or last, one.key)))


def recurrence_of(rrule: str) -> Recurrence | None:
    """Name how often a rule comes round; None for what no recurrence of an obligation says (a week, two months)."""
    rule = _yearly(rrule, strictly=False)
    if rule is None:
        return None
    recurrence = CYCLES_BY_MONTHS[_length_of(rule)].recurrence
    return recurrence or (Recurrence.YEAR if rrule.startswith("FREQ=YEARLY") else None)


def _yearly(rrule: str, *, strictly: bool = True) -> _Yearly | None:
    parts = dict(part.partition("=")[::2] for part in rrule.split(";"))
    if parts.get("FREQ") not in {"MONTHLY", "YEARLY"} or (strictly and parts.keys() - _KNOWN_PARTS):
        return None
    step = int(parts.get("INTERVAL", "1")) * (1 if parts["FREQ"] == "MONTHLY" else MONTHS_A_YEAR)
    if step > MONTHS_A_YEAR:
        return None
    months = _numbers(parts.get("BYMONTH")) or tuple(range(step, MONTHS_A_YEAR + 1, step))
    days = _numbers(parts.get("BYMONTHDAY"))
    return _Yearly(months, days or (-1,), said=bool(days))


def _numbers(listed: str | None) -> tuple[int, ...]:
    return tuple(int(one) for one in listed.split(",")) if listed else ()


def _length_of(rule: _Yearly) -> int:
    """Give the months of the period that comes round as often: four times a year, a quarter."""
    return MONTHS_A_YEAR // len(rule.months) if MONTHS_A_YEAR % len(rule.months) == 0 else MONTHS_A_YEAR


def _period_of(day: date, cycle: Cycle | None, months: int) -> Period:
    """Find the period that a day belongs to: its own, or in the first month of a long one that is named, the last."""
    if MONTHS_A_YEAR % months:  # the nine months of a year
        return Period(day.year, 1, months)
    own = Period(day.year, day.month - (day.month - 1) % months, months)
    if cycle not in (Cycle.HALF_YEAR, Cycle.YEAR) or day.month > own.first_month:
        return own
    before = own.starts_on - ONE_DAY
    return Period(before.year, before.month - months + 1, months)
