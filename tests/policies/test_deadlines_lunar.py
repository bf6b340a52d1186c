"""The lunar table against the public record: the days of Tết and Giỗ Tổ, and the way a lunar calendar is built."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dondoc.calendar_file import default_calendar
from policies.lunar import LUNAR_MONTHS, lunar_date, lunar_month, lunar_year_of, new_year


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2022, date(2022, 2, 1)),  # Nhâm Dần
        (2023, date(2023, 1, 22)),  # Quý Mão
        (2024, date(2024, 2, 10)),  # Giáp Thìn
        (2025, date(2025, 1, 29)),  # Ất Tỵ
        (2026, date(2026, 2, 17)),  # Bính Ngọ
        (2027, date(2027, 2, 6)),  # Đinh Mùi
    ],
)
def test_new_year_is_the_day_the_whole_country_kept(year: int, day: date) -> None:
    assert new_year(year) == day


def test_the_holidays_that_were_ordered_lie_on_their_lunar_days() -> None:
    days = {day.date: day.name for day in default_calendar().days}
    for year in range(2022, 2028):
        gio_to, tet = lunar_date(year, 3, 10), new_year(year)
        assert gio_to is not None
        assert tet is not None
        assert days[gio_to] == "Giỗ Tổ Hùng Vương"
        assert days[tet] == "Tết Nguyên đán"


def test_months_have_29_or_30_days_and_follow_one_another() -> None:
    assert {month.days for month in LUNAR_MONTHS} == {29, 30}
    for here, there in pairwise(LUNAR_MONTHS):
        assert there.starts_on == here.ends_on + timedelta(days=1)
        assert (there.year, there.month) >= (here.year, here.month)


def test_a_year_of_thirteen_months_says_one_number_twice() -> None:
    doubled = [(month.year, month.month) for month in LUNAR_MONTHS if month.is_leap]
    assert doubled == [(2023, 2), (2025, 6)]


def test_a_lunation_is_never_half_a_day_from_its_mean() -> None:
    """Dates copied wrongly by a day or a month would drift from the mean moon of 29.53 days."""
    first = LUNAR_MONTHS[0].starts_on
    for count, month in enumerate(LUNAR_MONTHS):
        assert abs((month.starts_on - first).days - count * 29.530588) < 1.5


def test_the_thirtieth_of_chap_is_its_last_day_in_a_short_month_too() -> None:
    chap = lunar_month(2025, 12)
    assert chap is not None
    assert chap.days == 29
    assert lunar_date(2025, 12, 30) == lunar_date(2025, 12, 29) == date(2026, 2, 16)


def test_what_the_table_does_not_hold_is_not_given() -> None:
    assert new_year(2030) is None
    assert lunar_year_of(date(2021, 12, 31)) is None
    assert lunar_year_of(date(2030, 1, 1)) is None
    assert lunar_date(2025, 1, 31) is None
    assert lunar_date(2025, 2, 0) is None
