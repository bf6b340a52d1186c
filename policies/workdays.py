"""Which days are worked in Vietnam, and what that does to a date that falls on another day.

The days themselves are data (`policies/defaults/calendar.yaml`): the lunar holidays and the swapped Saturdays
are decided each year, so nothing here computes them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.vocabulary import DayKind, DayStatus

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKEND_NAMES = {SATURDAY: "Thứ Bảy", 6: "Chủ nhật"}

# Labour Code 2019, Art. 112.1 a, c, d, đ: the days that need no decision of any year, as (month, day).
FIXED_HOLIDAYS = {
    (1, 1): "Tết Dương lịch",
    (4, 30): "Ngày Chiến thắng",
    (5, 1): "Ngày Quốc tế Lao động",
    (9, 2): "Quốc khánh",
}


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day that differs from its weekday, with the document that ordered it."""

    date: date
    kind: DayKind
    name: str
    basis: str
    status: DayStatus


@dataclass(frozen=True, slots=True)
class EffectiveDate:
    """A nominal date and the working day on which it takes effect; `moved_by` names the days in between."""

    nominal: date
    effective: date
    moved_by: str | None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days off and the working Saturdays, one row a date, and the years whose breaks have been decided.

    A date without a row is worked from Monday to Friday, save the four fixed holidays of Labour Code 2019, Art. 112.
    A day off that is only announced counts as off: nobody is late because a document was slow. It gives a warning.
    `version` is a digest of the rows and the decided years: equal calendars have equal versions.
    """

    days: tuple[CalendarDay, ...]
    decided_years: frozenset[int] = frozenset()
    version: str = field(init=False)
    _by_date: dict[date, CalendarDay] = field(init=False, repr=False, compare=False)
    _announced: tuple[CalendarDay, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put the rows in order of date and index them."""
        rows = tuple(sorted(self.days, key=lambda day: day.date))
        object.__setattr__(self, "days", rows)
        object.__setattr__(self, "_by_date", {day.date: day for day in rows})
        object.__setattr__(self, "_announced", tuple(day for day in rows if day.status is DayStatus.ANNOUNCED))
        object.__setattr__(self, "version", _digest(rows, self.decided_years))

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.name_of_day_off(day) is None

    def reason_not_worked(self, day: date) -> str | None:
        """Say in words why `day` is not worked ("Chủ nhật 31/03/2024"), or None for a working day."""
        name = self.name_of_day_off(day)
        return None if name is None else f"{name} {day:%d/%m/%Y}"

    def name_of_day_off(self, day: date) -> str | None:
        """Name the break or weekend day that `day` is, or None for a working day."""
        row = self._by_date.get(day)
        if row is not None:
            return None if row.kind is DayKind.WORKING_SATURDAY else row.name
        return FIXED_HOLIDAYS.get((day.month, day.day)) or WEEKEND_NAMES.get(day.weekday())

    def next_working_day(self, day: date) -> date:
        """Find the first working day on or after `day`."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def shift_working_days(self, day: date, count: int) -> date:
        """Count working days away from `day`, which itself is never counted (Civil Code 2015, Art. 147.2).

        `count` > 0: the count-th working day after `day`; < 0: before it; 0: the first working day on or after it.
        """
        if count == 0:
            return self.next_working_day(day)
        step = ONE_DAY if count > 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def warnings_for(self, years: Iterable[int]) -> tuple[str, ...]:
        """Say what is not yet certain in `years`: a year without an issued decision, a day only announced."""
        spans = [(date(year, 1, 1), date(year, 12, 31)) for year in sorted(set(years))]
        return tuple(warning for first, last in spans for warning in self.warnings_between(first, last))

    def warnings_between(self, first: date, last: date) -> tuple[str, ...]:
        """Say what is not yet certain about the days from `first` to `last`, both included."""
        undecided = tuple(
            f"Năm {year} chưa có văn bản quyết định ngày nghỉ Tết Âm lịch và Quốc khánh "
            "(Bộ luật Lao động 2019, Đ.112.3): ngày dời có thể thay đổi."
            for year in range(first.year, last.year + 1)
            if year not in self.decided_years
        )
        announced = tuple(
            f"{day.name} {day.date:%d/%m/%Y} mới được công bố ({day.basis}): cần xác nhận."
            for day in self._announced
            if first <= day.date <= last and day.date.year in self.decided_years
        )
        return undecided + announced


def effective_date(nominal: date, calendar: WorkCalendar) -> EffectiveDate:
    """Move a date that falls on a day off to the next working day (Civil Code 2015, Art. 148.5).

    `moved_by` names the nominal day itself, then every other named break that stood in the way, once each.
    """
    effective = calendar.next_working_day(nominal)
    first_days: dict[str, date] = {}
    day = nominal
    while day < effective:
        name = calendar.name_of_day_off(day)
        if name and (day == nominal or name not in WEEKEND_NAMES.values()):
            first_days.setdefault(name, day)
        day += ONE_DAY
    moved_by = ", ".join(f"{name} {day:%d/%m/%Y}" for name, day in first_days.items())
    return EffectiveDate(nominal, effective, moved_by or None)


def due_at(effective: date, at: time | None = None) -> datetime:
    """Give the instant a due date ends: the hour said, else 24:00 of the day in Vietnam (Civil Code 2015, Art. 148.6).

    Half-open: what is handed in before this instant is on time; at it, or after, is overdue.
    """
    return moment_on(effective, at) if at is not None else datetime.combine(effective + ONE_DAY, time(), ZONE)


def moment_on(day: date, at: time) -> datetime:
    """Give the instant of a wall-clock time in Vietnam on `day`, such as 07:30 for a rung."""
    return datetime.combine(day, at, ZONE)


def _digest(rows: tuple[CalendarDay, ...], decided_years: frozenset[int]) -> str:
    lines = [f"{day.date}|{day.kind}|{day.name}|{day.basis}|{day.status}" for day in rows]
    lines += [str(year) for year in sorted(decided_years)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
