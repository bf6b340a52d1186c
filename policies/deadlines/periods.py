"""Calendar periods: a run of whole months in one year, with its key, its ends, and the points the law names in it."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.vocabulary import Recurrence

MONTHS_A_YEAR = 12
MONTHS_IN = {Recurrence.MONTH: 1, Recurrence.QUARTER: 3, Recurrence.HALF_YEAR: 6, Recurrence.YEAR: MONTHS_A_YEAR}
MID_MONTH_DAY = 15


class Point(StrEnum):
    """A point of a period that directives name: đầu, giữa, cuối."""

    START = "đầu"
    MIDDLE = "giữa"
    END = "cuối"


@dataclass(frozen=True, slots=True)
class Period:
    """`months` whole months of `year` from `first_month`: a month 1, a quarter 3, a half-year 6, a year 12."""

    year: int
    first_month: int
    months: int

    @property
    def last_month(self) -> int:
        """The number of the period's last month."""
        return self.first_month + self.months - 1

    @property
    def starts_on(self) -> date:
        """The first day."""
        return date(self.year, self.first_month, 1)

    @property
    def ends_on(self) -> date:
        """The last day. Quarters are calendar quarters: the practice that 624/TB-VPCP of 16/11/2025 prints."""
        return day_of_month(self.year, self.last_month, 31)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period."""
        return self.starts_on <= day <= self.ends_on

    @property
    def key(self) -> str:
        """The period's name in data: 2025-02, 2025-Q1, 2025-H1, 2025."""
        number = (self.first_month - 1) // self.months + 1
        suffix = {1: f"-{number:02}", 3: f"-Q{number}", 6: f"-H{number}", MONTHS_A_YEAR: ""}
        return f"{self.year}{suffix.get(self.months, f'-{self.first_month:02}..{self.last_month:02}')}"

    def point(self, point: Point) -> date:
        """Find đầu, giữa or cuối of the period (Civil Code 2015, Art. 146.2 for a month and 146.3 for a year).

        By analogy for the others: the first day, the last day of the first half, the last day.
        """
        if point is Point.START:
            return self.starts_on
        if point is Point.END:
            return self.ends_on
        if self.months == 1:
            return date(self.year, self.first_month, MID_MONTH_DAY)
        if self.months % 2:
            return date(self.year, self.first_month + self.months // 2, MID_MONTH_DAY)
        return Period(self.year, self.first_month, self.months // 2).ends_on


def day_of_month(year: int, month: int, day: int) -> date:
    """Give that day of a month, or the month's last day where it has no such day (Civil Code 2015, Art. 148.3)."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def months_after(start: date, count: int) -> date:
    """Give the same day `count` months after `start`, or that month's last day (Civil Code 2015, Art. 148.3)."""
    years, month = divmod(start.month - 1 + count, MONTHS_A_YEAR)
    return day_of_month(start.year + years, month + 1, start.day)


def periods_between(every: Recurrence, first: date, last: date) -> tuple[Period, ...]:
    """List the calendar periods of one length that end between `first` and `last`, in order."""
    months = MONTHS_IN[every]
    candidates = (
        Period(year, month, months)
        for year in range(first.year, last.year + 1)
        for month in range(1, MONTHS_A_YEAR + 1, months)
    )
    return tuple(period for period in candidates if first <= period.ends_on <= last)
