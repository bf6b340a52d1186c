"""The occurrences of a recurring obligation: which periods, and when each is due."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from models.vocabulary import Recurrence
from policies.deadlines import Occurrence, occurrences

CALENDAR = default_calendar()
YEAR_2024 = (date(2024, 1, 1), date(2024, 12, 31))


def lay_out(every: Recurrence, send_by: str | None = None) -> tuple[Occurrence, ...]:
    return occurrences(every, *YEAR_2024, send_by, CALENDAR)


def test_the_quarters_of_2024_are_due_on_their_last_days_and_two_of_the_four_move() -> None:
    assert [(o.key, str(o.nominal), str(o.effective), o.moved_by) for o in lay_out(Recurrence.QUARTER)] == [
        ("2024-Q1", "2024-03-31", "2024-04-01", "Chủ nhật 31/03/2024"),
        ("2024-Q2", "2024-06-30", "2024-07-01", "Chủ nhật 30/06/2024"),
        ("2024-Q3", "2024-09-30", "2024-09-30", None),
        ("2024-Q4", "2024-12-31", "2024-12-31", None),
    ]


@pytest.mark.parametrize(
    ("every", "keys"),
    [
        (Recurrence.MONTH, [f"2024-{month:02}" for month in range(1, 13)]),
        (Recurrence.HALF_YEAR, ["2024-H1", "2024-H2"]),
        (Recurrence.YEAR, ["2024"]),
    ],
)
def test_each_recurrence_names_its_periods(every: Recurrence, keys: list[str]) -> None:
    assert [o.key for o in lay_out(every)] == keys


@pytest.mark.parametrize(
    ("every", "send_by", "first_nominal"),
    [
        (Recurrence.QUARTER, "20 tháng cuối kỳ", date(2024, 3, 20)),
        (Recurrence.QUARTER, "trước ngày 15 của tháng cuối quý", date(2024, 3, 15)),
        (Recurrence.HALF_YEAR, "ngày 17 tháng cuối kỳ", date(2024, 6, 17)),
        (Recurrence.MONTH, "trước ngày 25 hằng tháng", date(2024, 1, 25)),
        (Recurrence.MONTH, "ngày 05 tháng sau", date(2024, 2, 5)),
        (Recurrence.YEAR, "05 tháng sau", date(2025, 1, 5)),
        (Recurrence.YEAR, "trước ngày 30/11", date(2024, 11, 30)),
        (Recurrence.QUARTER, "31 tháng cuối kỳ", date(2024, 3, 31)),
        (Recurrence.HALF_YEAR, "31 tháng cuối kỳ", date(2024, 6, 30)),  # Art. 148.3: the month's last day
        (Recurrence.QUARTER, "cuối kỳ", date(2024, 3, 31)),
        (Recurrence.QUARTER, "ngày 10 của tháng đầu quý", date(2024, 1, 10)),
        (Recurrence.QUARTER, "ngày 05 tháng đầu quý sau", date(2024, 4, 5)),
        (Recurrence.QUARTER, "ngày làm việc cuối cùng của quý", date(2024, 3, 29)),  # 31/3 is a Sunday
        (Recurrence.MONTH, "ngày làm việc đầu tiên của tháng", date(2024, 1, 2)),  # after New Year's Day
        (Recurrence.HALF_YEAR, "trước ngày 15/6 và 15/12", date(2024, 6, 15)),  # the one that lies in the period
    ],
)
def test_a_send_by_day_is_found_in_each_period(every: Recurrence, send_by: str, first_nominal: date) -> None:
    assert lay_out(every, send_by)[0].nominal == first_nominal


@pytest.mark.parametrize(
    "send_by", ["theo quy định", "", "40 tháng cuối kỳ", "ngày 20", "ngày 20 tháng cuối năm", "15/6", "???"]
)
def test_a_send_by_day_that_is_not_understood_is_asked_for_every_period(send_by: str) -> None:
    laid_out = lay_out(Recurrence.QUARTER, send_by)
    assert [o.nominal for o in laid_out] == [None] * 4
    assert all(o.needs and send_by in o.needs for o in laid_out)


def test_only_periods_that_end_within_the_range_are_laid_out() -> None:
    laid_out = occurrences(Recurrence.QUARTER, date(2025, 2, 14), date(2025, 11, 30), None, CALENDAR)
    assert [o.key for o in laid_out] == ["2025-Q1", "2025-Q2", "2025-Q3"]
    assert occurrences(Recurrence.MONTH, date(2025, 3, 1), date(2025, 2, 1), None, CALENDAR) == ()


@given(
    st.sampled_from(Recurrence),
    st.dates(date(2022, 1, 1), date(2027, 12, 31)),
    st.dates(date(2022, 1, 1), date(2027, 12, 31)),
    st.none() | st.text() | st.sampled_from(["20 tháng cuối kỳ", "05 tháng sau"]),
)
def test_periods_follow_one_another_and_so_do_their_due_dates(
    every: Recurrence, first: date, last: date, send_by: str | None
) -> None:
    laid_out = occurrences(every, first, last, send_by, CALENDAR)
    for here, there in pairwise(laid_out):
        assert (there.starts_on - here.ends_on).days == 1
        if here.effective and there.effective:
            assert here.effective < there.effective
    assert len({o.key for o in laid_out}) == len(laid_out)
    assert all((o.nominal is None) == (o.needs is not None) for o in laid_out)
