"""The lunar calendar of Vietnam as a dated table: the first day of every lunar month from Chạp 2021 to Giêng 2028.

A term is solar unless the law or the parties say otherwise (Civil Code 2015, Art. 145.2); what is said in lunar days
(Tết, Giỗ Tổ) is looked up, never computed. A year that the table does not hold is asked.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

LAST_MONTH = 12
MONTH_NAMES = {1: "tháng Giêng", 11: "tháng Một", LAST_MONTH: "tháng Chạp"}

# A line a lunar year: the first day of each of its months in order, and the number of the month that comes twice.
# 2021 has only its Chạp and 2028 only its Giêng. Hand-checked against the holidays in defaults/calendar.yaml.
TABLE: dict[int, tuple[tuple[str, ...], int | None]] = {
    2022: (("2022-02-01", "2022-03-03", "2022-04-01", "2022-05-01", "2022-05-30", "2022-06-29", "2022-07-29",
            "2022-08-27", "2022-09-26", "2022-10-25", "2022-11-24", "2022-12-23"), None),
    2023: (("2023-01-22", "2023-02-20", "2023-03-22", "2023-04-20", "2023-05-19", "2023-06-18", "2023-07-18",
            "2023-08-16", "2023-09-15", "2023-10-15", "2023-11-13", "2023-12-13", "2024-01-11"), 2),
    2024: (("2024-02-10", "2024-03-10", "2024-04-09", "2024-05-08", "2024-06-06", "2024-07-06", "2024-08-04",
            "2024-09-03", "2024-10-03", "2024-11-01", "2024-12-01", "2024-12-31"), None),
    2025: (("2025-01-29", "2025-02-28", "2025-03-29", "2025-04-28", "2025-05-27", "2025-06-25", "2025-07-25",
            "2025-08-23", "2025-09-22", "2025-10-21", "2025-11-20", "2025-12-20", "2026-01-19"), 6),
    2026: (("2026-02-17", "2026-03-19", "2026-04-17", "2026-05-17", "2026-06-15", "2026-07-14", "2026-08-13",
            "2026-09-11", "2026-10-10", "2026-11-09", "2026-12-09", "2027-01-08"), None),
    2027: (("2027-02-06", "2027-03-08", "2027-04-07", "2027-05-06", "2027-06-05", "2027-07-04", "2027-08-02",
            "2027-09-01", "2027-09-30", "2027-10-29", "2027-11-28", "2027-12-28"), None),
}  # fmt: skip
CHAP_OF_2021 = date(2022, 1, 3)
GIENG_OF_2028 = date(2028, 1, 26)


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """A lunar month: the lunar year it belongs to, its number, whether it is the second of that number, its days."""

    year: int
    month: int
    is_leap: bool
    starts_on: date
    days: int

    @property
    def ends_on(self) -> date:
        """The last day: the 29th or the 30th."""
        return self.starts_on + timedelta(days=self.days - 1)


def _months() -> tuple[LunarMonth, ...]:
    named = [(2021, LAST_MONTH, False, CHAP_OF_2021)]
    for year, (starts, doubled) in TABLE.items():
        numbers = [number for number in range(1, LAST_MONTH + 1) for _ in range(2 if number == doubled else 1)]
        for place, start in enumerate(starts):
            is_leap = place > 0 and numbers[place] == numbers[place - 1]
            named.append((year, numbers[place], is_leap, date.fromisoformat(start)))
    named.append((2028, 1, False, GIENG_OF_2028))
    return tuple(
        LunarMonth(year, month, is_leap, start, (following[3] - start).days)
        for (year, month, is_leap, start), following in pairwise(named)
    )


LUNAR_MONTHS = _months()
_STARTS = [month.starts_on for month in LUNAR_MONTHS]


def lunar_month(year: int, month: int) -> LunarMonth | None:
    """Find a month of a lunar year, the first where it comes twice; None outside the table."""
    return next((one for one in LUNAR_MONTHS if (one.year, one.month, one.is_leap) == (year, month, False)), None)


def new_year(year: int) -> date | None:
    """Give mùng 1 Tết, which falls in the solar year of the same number; None outside the table."""
    first = lunar_month(year, 1)
    return None if first is None else first.starts_on


def lunar_date(year: int, month: int, day: int) -> date | None:
    """Give the solar date of a day of a lunar year.

    "30 Tết" is said of the last day before Tết even where Chạp has 29 days, so the 30th of Chạp is its last day.
    None for a day that the month does not have, and outside the table.
    """
    found = lunar_month(year, month)
    if found is None or day < 1 or (day > found.days and (month != LAST_MONTH or day > found.days + 1)):
        return None
    return found.starts_on + timedelta(days=min(day, found.days) - 1)


def lunar_year_of(day: date) -> int | None:
    """Give the lunar year that a solar day lies in; None outside the table."""
    place = bisect_right(_STARTS, day) - 1
    if place < 0 or day > LUNAR_MONTHS[-1].ends_on:
        return None
    return LUNAR_MONTHS[place].year
