"""Rules for what comes round: each cycle with its own day, as RFC 5545."""

from dataclasses import dataclass
from itertools import pairwise

from models.vocabulary import DueKind
from policies.deadlines.cycles import (
    CYCLES_BY_MONTHS,
    WEEKDAYS,
    WORKING_WEEKDAYS,
    Cycle,
    daily_rules,
    day_rule,
    month_rule,
    plain_rule,
    weekday_rule,
)
from policies.deadlines.date_rules import is_bound
from policies.deadlines.decision import Asked, DueDecision
from policies.deadlines.periods import MID_MONTH_DAY, MONTHS_A_YEAR, Point
from policies.deadlines.recurrence_groups import (
    DayOfPeriod,
    Group,
    groups_of,
    is_recurrence,
    with_reports_as_cycles,
)
from policies.deadlines.resolving import resolve_period
from policies.deadlines.terms import (
    Cue,
    DateTerm,
    DayOfMonthsTerm,
    DayTerm,
    EveryTerm,
    LengthTerm,
    NthDayTerm,
    PeriodTerm,
    Place,
    RecurringDayTerm,
    Terms,
    TimesTerm,
    Unit,
    WeekdayTerm,
)

OFFSETS = {Place.FIRST: 0, Place.MIDDLE: 2, Place.LAST: -1, Place.NEXT: 1}
LONGEST_DAYS_IN_EVERY_MONTH = 28
# The fewest days that any month behind a period of these has: behind a quarter come January, April, July, October.
DAYS_IN_THE_MONTH_AFTER = {Cycle.QUARTER: 30, Cycle.HALF_YEAR: 31, Cycle.YEAR: 31}
YEAR_PARTS = (Cycle.YEAR, Cycle.HALF_YEAR, Cycle.NINE_MONTHS, Cycle.QUARTER, Cycle.FOUR_MONTHS)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Why a group's day cannot be told."""

    needs: str


def comes_round(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide cycles with or without their days: "6 tháng (trước 15/6), năm (trước 15/11)"."""
    terms = with_reports_as_cycles(terms)
    if not is_recurrence(terms):
        return None
    if _is_before_a_period(terms):
        return asked.question("“Trước” một kỳ hằng năm là ngày nào: cần ghi rõ.", source, DueKind.RELATIVE)
    rrules: dict[str, str] = {}
    groups = groups_of(terms)
    with_days = {cycle for group in groups if group.days for cycle in group.cycles}
    if groups[-1].is_named and any(isinstance(day, DateTerm) for group in groups for day in group.days):
        with_days.add(Cycle.YEAR)  # "trước ngày 15/6 (6 tháng), 15/12 (năm) hằng năm" names no cycle more
    told = sum(len(group.days) for group in groups)
    days_lead = not isinstance(next((t for t in terms.all if isinstance(t, EveryTerm | DayOfPeriod)), None), EveryTerm)
    for group in groups:
        is_label = not group.is_named and days_lead  # "trước ngày 15/6 hằng năm đối với báo cáo 6 tháng"
        if not group.days and with_days and (is_label or set(group.cycles) <= with_days):
            continue
        written = _rules_of(group, terms)
        if isinstance(written, Unsaid):
            return asked.question(written.needs, source, DueKind.RELATIVE)
        rrules.update(written)
    times = terms.first(TimesTerm)
    if times is not None and times.times not in (1, told, len(terms.clocks)):
        needs = f"{times.times} lần trong mỗi kỳ vào những ngày nào: cần ghi rõ."
        return asked.question(needs, source, DueKind.RELATIVE)
    window = next(
        ((p.starts_on, p.ends_on) for t in terms.periods if t.year is not None and (p := resolve_period(t, asked)[0])),
        None,
    )
    return asked.recurring(tuple(rrules), source, cadence=tuple(rrules.values()), at=terms.at, window=window)


def after_each_period(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide days counted from the end of every period: "chậm nhất 10 ngày sau khi kết thúc quý" is the 10th after."""
    length, every = terms.first(LengthTerm), terms.first(EveryTerm)
    if length is None or every is None or terms.cue(Cue.ENDED) is None or terms.dates:
        return None
    cycle = every.every[0]
    if length.unit is not Unit.DAY or length.count > DAYS_IN_THE_MONTH_AFTER.get(cycle, LONGEST_DAYS_IN_EVERY_MONTH):
        needs = f"{length.count} {length.unit} sau mỗi kỳ là ngày nào: cần ghi rõ."
        return asked.question(needs, source, DueKind.RELATIVE)
    if not cycle.months:
        needs = f"{length.count} {length.unit} sau mỗi kỳ là ngày nào: cần ghi rõ."
        return asked.question(needs, source, DueKind.RELATIVE)
    return asked.recurring((day_rule(cycle, 1, [length.count]),), source, cadence=(cycle.cadence,), at=terms.at)


def _is_before_a_period(terms: Terms) -> bool:
    """Whether "trước" stands at a period and no day does: "trước tháng 12 hằng năm"."""
    has_day = terms.dates or terms.days or terms.first(RecurringDayTerm) or terms.first(NthDayTerm)
    return not has_day and any(
        is_bound(here) and isinstance(there, PeriodTerm) and there.year is None and there.point is None
        for here, there in pairwise(terms.all)
    )


def _rules_of(group: Group, terms: Terms) -> dict[str, str] | Unsaid:
    """Write a group's rules, each with its cadence."""
    days = group.days[-1:] if group.is_span else group.days
    if group.cycles == (Cycle.DAY,):  # "hằng ngày (kể cả thứ Bảy)"
        days = [day for day in days if not isinstance(day, WeekdayTerm)]
    if not days:
        return _rules_without_a_day(group, terms)
    shared = _rule_of_days_together(days, group)
    if shared is not None:
        return shared
    rules: dict[str, str] = {}
    numbers = [day.day for day in days if isinstance(day, DayTerm)]
    # "ngày 15 và ngày cuối cùng hằng tháng": the month that the one names is the other's too
    beside = [day for day in days if isinstance(day, NthDayTerm) and not (day.working or day.place)]
    cycles = group.cycles or tuple(dict.fromkeys(day.cycle for day in beside if day.cycle))
    if numbers:
        if cycles != (Cycle.MONTH,):
            return Unsaid(f"Ngày {numbers[0]} của tháng nào trong kỳ: cần ghi rõ.")
        days = [day for day in days if day not in beside]
        rules[day_rule(Cycle.MONTH, 0, [*numbers, *(day.ordinal for day in beside)])] = Cycle.MONTH.cadence
    for day in days:
        written = None if isinstance(day, DayTerm) else _rule_of(day, group.cycles)
        if isinstance(written, Unsaid):
            return written
        if written is not None:
            rules[written[0]] = written[1]
    return rules


def _rule_of_days_together(days: list[DayOfPeriod], group: Group) -> dict[str, str] | Unsaid | None:
    """Write one rule of several days: named quarters and their last months' day, or the days of one week."""
    recurring_day, quarters = group.first(RecurringDayTerm), [day for day in days if isinstance(day, PeriodTerm)]
    if recurring_day is not None and quarters and any(isinstance(day, DateTerm) for day in days):
        return Unsaid("Câu nêu ngày chung và ngày riêng của một kỳ: cần tách thành từng nhiệm vụ.")
    if recurring_day is not None and recurring_day.place is Place.LAST and quarters:
        months = ",".join(str(quarter.first_month + quarter.months - 1) for quarter in quarters)
        return {f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={recurring_day.day}": Cycle.QUARTER.cadence}
    weekdays = [day for day in days if isinstance(day, WeekdayTerm) and day.ordinal is None]
    week = next((cycle for cycle in group.cycles if cycle in (Cycle.WEEK, Cycle.TWO_WEEKS)), None)
    if week is None or len(weekdays) != len(days):
        return None
    listed = ",".join(WEEKDAYS[number] for number in sorted({day.weekday for day in weekdays}))
    return {f"{plain_rule(week)};BYDAY={listed}": week.cadence}


def _rules_without_a_day(group: Group, terms: Terms) -> dict[str, str] | Unsaid:
    """Write cycles that name no day, or only the end of each period, or several hours of every day."""
    if group.point is Point.START or (group.point is Point.MIDDLE and group.cycles != (Cycle.MONTH,)):
        return Unsaid("“Đầu” hoặc “giữa” mỗi kỳ là ngày nào: cần ghi rõ.")
    if Cycle.DAY in group.cycles and len(terms.clocks) > 1:
        return dict.fromkeys(daily_rules(terms.clocks), Cycle.DAY.cadence)
    day = {None: 0, Point.END: -1, Point.MIDDLE: MID_MONTH_DAY}[group.point]
    return {
        (day_rule(cycle, -1, [day]) if day and cycle.months else plain_rule(cycle)): cycle.cadence
        for cycle in group.cycles
    }


def _rule_of(day: DayOfPeriod, cycles: tuple[Cycle, ...]) -> tuple[str, str] | Unsaid:
    """Write one day of a cycle, with its cadence."""
    if isinstance(day, RecurringDayTerm):
        return _rule_of_recurring_day(day, cycles)
    if isinstance(day, NthDayTerm):
        return _rule_of_nth_day(day, cycles)
    if isinstance(day, WeekdayTerm):
        return _rule_of_weekday(day, cycles)
    if isinstance(day, DayOfMonthsTerm):
        return _rule_of_months(day)
    if isinstance(day, PeriodTerm):
        return _rule_of_period(day, cycles)
    if isinstance(day, DateTerm) and (not cycles or any(cycle in YEAR_PARTS for cycle in cycles)):
        return month_rule(day.month, day.day), Cycle.YEAR.cadence
    return Unsaid("Ngày này của mỗi năm hay của mỗi kỳ: cần ghi rõ.")


def _rule_of_months(day: DayOfMonthsTerm) -> tuple[str, str]:
    """Write a day that months share; months that stand evenly in the year are a quarter's or a half-year's."""
    months = sorted(set(day.months))
    step = MONTHS_A_YEAR // len(months)
    is_even = all(there - here == step for here, there in pairwise(months))
    cycle = CYCLES_BY_MONTHS.get(step, Cycle.YEAR) if is_even else Cycle.YEAR
    listed = ",".join(str(month) for month in months)
    return f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY={day.day}", cycle.cadence


def _rule_of_nth_day(day: NthDayTerm, cycles: tuple[Cycle, ...]) -> tuple[str, str] | Unsaid:
    cycle = day.cycle if day.cycle is not None else next(iter(cycles), None)
    if cycle is None or not cycle.months:
        return Unsaid("Ngày của tháng hay quý nào: cần ghi rõ.")
    offset = OFFSETS[day.place] if day.place else (-1 if day.ordinal < 0 else 0)
    if day.working:
        return weekday_rule(cycle, offset, WORKING_WEEKDAYS, day.ordinal), cycle.cadence
    return day_rule(cycle, offset, [day.ordinal]), cycle.cadence


def _rule_of_period(period: PeriodTerm, cycles: tuple[Cycle, ...]) -> tuple[str, str] | Unsaid:
    """Write the end of a period that comes every year ("Quý IV hằng năm"); another cycle only runs within it."""
    if not cycles:
        return Unsaid("Kỳ báo cáo là tháng, quý, 6 tháng hay năm: cần ghi rõ.")
    if Cycle.YEAR not in cycles or period.ahead is not None:
        return plain_rule(cycles[0]), cycles[0].cadence
    if period.point is Point.START or (period.point is Point.MIDDLE and period.months > 1):
        return Unsaid("“Đầu” hoặc “giữa” kỳ là ngày nào: cần ghi rõ.")
    last_month = period.first_month + period.months - 1
    return month_rule(last_month, MID_MONTH_DAY if period.point is Point.MIDDLE else -1), Cycle.YEAR.cadence


def _rule_of_recurring_day(day: RecurringDayTerm, cycles: tuple[Cycle, ...]) -> tuple[str, str] | Unsaid:
    cycle = day.every if day.every is not None else next(iter(cycles), None)
    if cycle is None and day.place is Place.NEXT:
        cycle = Cycle.MONTH
    if cycle is None or not cycle.months:
        return Unsaid("Kỳ báo cáo là tháng, quý, 6 tháng hay năm: cần ghi rõ.")
    return day_rule(cycle, OFFSETS[day.place], [day.day]), cycle.cadence


def _rule_of_weekday(day: WeekdayTerm, cycles: tuple[Cycle, ...]) -> tuple[str, str] | Unsaid:
    name = WEEKDAYS[day.weekday]
    if day.ordinal is None:
        week = next((cycle for cycle in cycles if cycle in (Cycle.WEEK, Cycle.TWO_WEEKS)), None)
        if week is None:
            return Unsaid("Thứ của tuần nào trong kỳ: cần ghi rõ.")
        return f"{plain_rule(week)};BYDAY={name}", week.cadence
    cycle = day.cycle if day.cycle is not None else next(iter(cycles), None)
    if cycle is None or not cycle.months:
        return Unsaid("Thứ của tháng nào trong kỳ: cần ghi rõ.")
    return weekday_rule(cycle, -1 if day.ordinal < 0 else 0, name, day.ordinal), cycle.cadence
