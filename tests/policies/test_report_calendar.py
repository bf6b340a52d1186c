"""Two-hop reporting: inner dates proposed from an outer one, by the calendar of the receiving office."""

from datetime import date
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from policies.report_calendar import Hop, ReportCalendar, propose_inner_dates, report_calendar_of

CALENDAR = default_calendar()
CONTENT = yaml.safe_load((files("policies") / "defaults" / "report_calendar.yaml").read_text(encoding="utf-8"))


def two_hop() -> ReportCalendar:
    made = report_calendar_of(CONTENT)
    assert isinstance(made, ReportCalendar)
    return made


@pytest.mark.parametrize(
    ("outer", "inner", "cut_off"),
    [
        (date(2025, 6, 20), date(2025, 6, 17), date(2025, 6, 14)),  # the calendar's own days
        (date(2025, 6, 30), date(2025, 6, 27), date(2025, 6, 14)),  # another outer day, the same distance
        (date(2025, 12, 31), date(2025, 12, 26), date(2025, 12, 14)),  # the 28th is a Sunday: back to Friday
        (date(2025, 3, 5), date(2025, 2, 28), None),  # over a month's end; its cut-off day has not come
    ],
)
def test_an_inner_date_stands_as_far_before_the_outer_one_as_in_the_calendar(
    outer: date, inner: date, cut_off: date | None
) -> None:
    proposal = propose_inner_dates(outer, date(2025, 1, 6), two_hop(), CALENDAR)
    assert [one.on for one in proposal.inner] == [inner]
    assert proposal.cut_off == cut_off
    assert "xác nhận" in proposal.needs


def test_the_arithmetic_is_shown_with_the_day_it_was_moved_to() -> None:
    (one,) = propose_inner_dates(date(2025, 12, 31), None, two_hop(), CALENDAR).inner
    assert one.arithmetic == (
        "31/12/2025 - 3 ngày (ngày 17 và ngày 20 cách nhau 3 ngày) = 28/12/2025, lùi về ngày làm việc 26/12/2025"
    )


def test_an_inner_date_before_the_document_itself_is_left_out_and_said() -> None:
    proposal = propose_inner_dates(date(2025, 6, 20), date(2025, 6, 18), two_hop(), CALENDAR)
    assert proposal.inner == ()
    assert "Không còn đủ thời gian" in proposal.needs


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"hops": []}, "two or more"),
        ({"hops": [{"from": "a", "to": "b", "day": 31}]}, "between 1 and 28"),
        ({"hops": [{"from": "a", "to": "b", "day": 20}, {"from": "b", "to": "c", "day": 17}]}, "later in the month"),
        ({"name": None}, "a name"),
        ({"cut_off_day": "14"}, "cut_off_day"),
    ],
)
def test_a_calendar_that_says_too_little_is_named(change: dict[str, object], names: str) -> None:
    said = report_calendar_of(CONTENT | change)
    assert isinstance(said, str)
    assert names in said


@given(st.dates(date(2022, 2, 1), date(2027, 12, 31)), st.lists(st.integers(1, 28), min_size=2, unique=True))
def test_inner_dates_rise_with_their_hops_and_stay_before_the_outer_one(outer: date, days: list[int]) -> None:
    hops = tuple(Hop(f"office {day}", "above", day) for day in sorted(days))
    found = propose_inner_dates(outer, None, ReportCalendar("own", 1, "", 14, hops), CALENDAR)
    inner = [one.on for one in found.inner]
    assert inner == sorted(inner)
    assert all(day < outer and CALENDAR.is_working_day(day) for day in inner)
