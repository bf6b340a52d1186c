"""How often an obligation comes round, and how that is written as a recurrence rule of RFC 5545."""

from collections.abc import Iterable
from datetime import time
from enum import Enum

from models.vocabulary import Recurrence
from policies.deadlines.periods import MONTHS_A_YEAR

WORKING_WEEKDAYS = "MO,TU,WE,TH,FR"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Cycle(Enum):
    """A cycle that directives name, by its length. Every length of whole months divides a year except nine."""

    DAY = "ngày"
    WEEK = "tuần"
    TWO_WEEKS = "2 tuần"
    MONTH = "tháng"
    TWO_MONTHS = "2 tháng"
    QUARTER = "quý"
    FOUR_MONTHS = "4 tháng"
    HALF_YEAR = "6 tháng"
    NINE_MONTHS = "9 tháng"
    YEAR = "năm"
    TWO_YEARS = "2 năm"
    THREE_YEARS = "3 năm"
    FIVE_YEARS = "5 năm"

    @property
    def months(self) -> int:
        """Its length in months; 0 for a cycle of days, of weeks or of several years."""
        return _MONTHS.get(self, 0)

    @property
    def recurrence(self) -> Recurrence | None:
        """The recurrence that an obligation is kept with, where there is one."""
        return _RECURRENCES.get(self)

    @property
    def cadence(self) -> str:
        """Its name in data: daily, weekly, monthly, quarterly, half-yearly, yearly and the rarer ones."""
        return _CADENCES[self]


_MONTHS = {
    Cycle.MONTH: 1, Cycle.TWO_MONTHS: 2, Cycle.QUARTER: 3, Cycle.FOUR_MONTHS: 4, Cycle.HALF_YEAR: 6,
    Cycle.NINE_MONTHS: 9, Cycle.YEAR: MONTHS_A_YEAR,
}  # fmt: skip
_RECURRENCES = {
    Cycle.MONTH: Recurrence.MONTH, Cycle.QUARTER: Recurrence.QUARTER, Cycle.HALF_YEAR: Recurrence.HALF_YEAR,
    Cycle.YEAR: Recurrence.YEAR,
}  # fmt: skip
_CADENCES = {
    Cycle.DAY: "daily", Cycle.WEEK: "weekly", Cycle.TWO_WEEKS: "fortnightly", Cycle.MONTH: "monthly",
    Cycle.TWO_MONTHS: "two-monthly", Cycle.QUARTER: "quarterly", Cycle.FOUR_MONTHS: "four-monthly",
    Cycle.HALF_YEAR: "half-yearly", Cycle.NINE_MONTHS: "nine-monthly", Cycle.YEAR: "yearly",
    Cycle.TWO_YEARS: "two-yearly", Cycle.THREE_YEARS: "three-yearly", Cycle.FIVE_YEARS: "five-yearly",
}  # fmt: skip
CYCLES_OF_YEARS = {2: Cycle.TWO_YEARS, 3: Cycle.THREE_YEARS, 5: Cycle.FIVE_YEARS}
CYCLES_BY_MONTHS = {cycle.months: cycle for cycle in Cycle if cycle.months}


def plain_rule(cycle: Cycle) -> str:
    """Write a cycle without a day. The nine months of a year come once a year and end in September."""
    if cycle is Cycle.DAY:
        return "FREQ=DAILY"
    if cycle in (Cycle.WEEK, Cycle.TWO_WEEKS):
        return "FREQ=WEEKLY" + (";INTERVAL=2" if cycle is Cycle.TWO_WEEKS else "")
    if cycle is Cycle.NINE_MONTHS:
        return month_rule(9, -1)
    if cycle is Cycle.YEAR:
        return "FREQ=YEARLY"
    if cycle in CYCLES_OF_YEARS.values():
        return f"FREQ=YEARLY;INTERVAL={cycle.value.split()[0]}"
    return "FREQ=MONTHLY" + (f";INTERVAL={cycle.months}" if cycle.months > 1 else "")


def month_rule(month: int, day: int) -> str:
    """Write one day of one month of every year; -1 is the month's last day."""
    return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"


def day_rule(cycle: Cycle, offset: int, days: Iterable[int]) -> str:
    """Write days of one month of every period: `offset` 0 is its first month, -1 its last, 1 the month after it."""
    listed = ",".join(str(day) for day in days)
    if cycle.months <= 1:
        return f"FREQ=MONTHLY;BYMONTHDAY={listed}"
    return f"FREQ=YEARLY;BYMONTH={months_of(cycle, offset)};BYMONTHDAY={listed}"


def weekday_rule(cycle: Cycle, offset: int, weekdays: str, ordinal: int) -> str:
    """Write the n-th of these weekdays in one month of every period, such as the last working day of the quarter."""
    months = f";BYMONTH={months_of(cycle, offset)}" if cycle.months > 1 else ""
    if "," in weekdays:
        return f"FREQ=MONTHLY{months};BYDAY={weekdays};BYSETPOS={ordinal}"
    return f"FREQ=MONTHLY{months};BYDAY={ordinal}{weekdays}"


def months_of(cycle: Cycle, offset: int) -> str:
    """List the months of the year that stand at `offset` in every period of a cycle (see day_rule)."""
    step = cycle.months
    if cycle is Cycle.NINE_MONTHS:
        return {0: "1", -1: "9", 1: "10"}.get(offset, "5")
    ends = range(step, MONTHS_A_YEAR + 1, step)
    if offset == -1:
        months = list(ends)
    elif offset == 1:
        months = [end % MONTHS_A_YEAR + 1 for end in ends]
    else:
        months = [end - step + 1 + (step // 2 if offset else 0) for end in ends]
    return ",".join(str(month) for month in sorted(months))


def daily_rules(clocks: Iterable[time]) -> tuple[str, ...]:
    """Write several times of each day: one rule where they share the minute, else one a time."""
    times = sorted(set(clocks))
    if len({at.minute for at in times}) == 1:
        hours = ",".join(str(at.hour) for at in times)
        return (f"FREQ=DAILY;BYHOUR={hours};BYMINUTE={times[0].minute}",)
    return tuple(f"FREQ=DAILY;BYHOUR={at.hour};BYMINUTE={at.minute}" for at in times)
