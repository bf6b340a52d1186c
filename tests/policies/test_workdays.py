"""The work calendar that ships, and the laws of moving a date to a working day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from models.vocabulary import DayKind, DayStatus
from policies.workdays import CalendarDay, WorkCalendar, due_at, effective_date, moment_on

CALENDAR = default_calendar()
COVERED_DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 1))

# The weekdays off and the Saturdays worked of each decided year, as the year's documents order them.
WEEKDAYS_OFF = {
    2022: "0103 0131 0201 0202 0203 0204 0411 0502 0503 0901 0902",
    2023: "0102 0120 0123 0124 0125 0126 0501 0502 0503 0901 0904",
    2024: "0101 0208 0209 0212 0213 0214 0418 0429 0430 0501 0902 0903",
    2025: "0101 0127 0128 0129 0130 0131 0407 0430 0501 0502 0901 0902",
    2026: "0101 0102 0216 0217 0218 0219 0220 0427 0430 0501 0831 0901 0902 1124",
}
SATURDAYS_WORKED = {2022: "", 2023: "", 2024: "0504", 2025: "0426", 2026: "0110 0822"}


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_a_decided_year_has_exactly_the_weekdays_off_of_its_documents(year: int) -> None:
    off = [f"{day:%m%d}" for day in days_of(year) if day.weekday() < 5 and not CALENDAR.is_working_day(day)]
    assert " ".join(off) == WEEKDAYS_OFF[year]


@pytest.mark.parametrize("year", SATURDAYS_WORKED)
def test_a_decided_year_works_exactly_the_saturdays_of_its_documents(year: int) -> None:
    worked = [f"{day:%m%d}" for day in days_of(year) if day.weekday() > 4 and CALENDAR.is_working_day(day)]
    assert " ".join(worked) == SATURDAYS_WORKED[year]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2024, 3, 30), "Thứ Bảy 30/03/2024"),
        (date(2024, 3, 31), "Chủ nhật 31/03/2024"),
        (date(2025, 9, 2), "Quốc khánh 02/09/2025"),
        (date(2026, 8, 22), None),  # a Saturday that is worked
        (date(2026, 8, 31), "Ngày nghỉ hoán đổi (làm bù 22/08/2026) 31/08/2026"),
        (date(2024, 4, 1), None),
        (date(2031, 4, 30), "Ngày Chiến thắng 30/04/2031"),  # no row: still fixed by the Labour Code
    ],
)
def test_a_day_not_worked_says_why(day: date, reason: str | None) -> None:
    assert CALENDAR.reason_not_worked(day) == reason


@pytest.mark.parametrize(
    ("nominal", "effective", "moved_by"),
    [
        (date(2025, 2, 28), date(2025, 2, 28), None),
        (date(2024, 3, 31), date(2024, 4, 1), "Chủ nhật 31/03/2024"),
        (date(2026, 8, 22), date(2026, 8, 22), None),  # the working Saturday takes a date as it is
        (date(2025, 8, 30), date(2025, 9, 3), "Thứ Bảy 30/08/2025, Quốc khánh 01/09/2025"),
        (date(2024, 4, 30), date(2024, 5, 2), "Ngày Chiến thắng 30/04/2024, Ngày Quốc tế Lao động 01/05/2024"),
    ],
)
def test_a_date_on_a_day_off_moves_to_the_next_working_day(
    nominal: date, effective: date, moved_by: str | None
) -> None:
    moved = effective_date(nominal, CALENDAR)
    assert (moved.effective, moved.moved_by) == (effective, moved_by)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # Friday to the working Saturday
        (date(2026, 8, 28), 1, date(2026, 9, 3)),  # over the whole break
        (date(2026, 9, 3), -1, date(2026, 8, 28)),
        (date(2026, 8, 29), 0, date(2026, 9, 3)),
        (date(2025, 2, 28), -7, date(2025, 2, 19)),
        (date(2025, 2, 28), 7, date(2025, 3, 11)),
    ],
)
def test_working_days_are_counted_without_the_day_itself(start: date, count: int, expected: date) -> None:
    assert CALENDAR.shift_working_days(start, count) == expected


@given(COVERED_DAYS)
def test_an_effective_date_is_the_first_working_day_not_before_the_nominal_one(nominal: date) -> None:
    moved = effective_date(nominal, CALENDAR)
    passed_over = [nominal + timedelta(days=n) for n in range((moved.effective - nominal).days)]
    assert moved.effective >= nominal
    assert CALENDAR.is_working_day(moved.effective)
    assert not any(CALENDAR.is_working_day(day) for day in passed_over)
    assert (moved.moved_by is None) == (moved.effective == nominal)


@given(COVERED_DAYS, COVERED_DAYS, st.integers(-30, 30))
def test_a_later_start_never_gives_an_earlier_shift(one: date, other: date, count: int) -> None:
    first, last = sorted((one, other))
    assert CALENDAR.shift_working_days(first, count) <= CALENDAR.shift_working_days(last, count)


@given(COVERED_DAYS, st.integers(-30, 29))
def test_from_a_working_day_every_step_is_the_next_working_day(day: date, count: int) -> None:
    start = CALENDAR.next_working_day(day)
    here, there = (CALENDAR.shift_working_days(start, n) for n in (count, count + 1))
    assert CALENDAR.next_working_day(here + timedelta(days=1)) == there


def test_a_due_day_ends_at_midnight_in_vietnam_and_that_instant_is_already_late() -> None:
    end = due_at(date(2024, 4, 1))
    assert end == datetime(2024, 4, 1, 17, tzinfo=UTC)
    assert moment_on(date(2024, 4, 1), time(23, 59)) < end
    assert moment_on(date(2024, 4, 2), time(0, 0)) == end


def test_a_year_without_an_issued_decision_warns_and_a_decided_one_does_not() -> None:
    assert CALENDAR.warnings_for([2022, 2023, 2024, 2025]) == ()
    (warning,) = CALENDAR.warnings_for([2027, 2027])
    assert "2027" in warning
    assert len(CALENDAR.warnings_for([2021, 2028])) == 2


def test_a_day_that_is_only_announced_is_off_and_warns_where_it_matters() -> None:
    announced = date(2026, 11, 24)
    assert not CALENDAR.is_working_day(announced)
    assert "Ngày Văn hóa Việt Nam 24/11/2026" in CALENDAR.warnings_between(announced, announced)[0]
    assert CALENDAR.warnings_between(date(2026, 11, 25), date(2026, 11, 30)) == ()


def test_no_row_of_an_undecided_year_claims_to_be_issued() -> None:
    undecided = [day for day in CALENDAR.days if day.date.year not in CALENDAR.decided_years]
    assert {day.status for day in undecided} == {DayStatus.ANNOUNCED}
    assert all(day.basis for day in CALENDAR.days)


def test_the_same_rows_in_another_order_are_the_same_calendar_and_another_row_is_not() -> None:
    reordered = WorkCalendar(tuple(reversed(CALENDAR.days)), CALENDAR.decided_years)
    extra = CalendarDay(date(2027, 9, 3), DayKind.HOLIDAY, "Quốc khánh", "Thử", DayStatus.ANNOUNCED)
    assert (reordered, hash(reordered), reordered.version) == (CALENDAR, hash(CALENDAR), CALENDAR.version)
    assert WorkCalendar((*CALENDAR.days, extra), CALENDAR.decided_years).version != CALENDAR.version
    assert WorkCalendar(CALENDAR.days).version != CALENDAR.version
