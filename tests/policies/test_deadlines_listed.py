"""Several cycles in one phrase are the periods of one duty, each with its own day."""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from models.vocabulary import Recurrence
from policies.deadlines import decide_due, listed_occurrences, recurrence_of

CALENDAR = default_calendar()
YEAR_2025 = (date(2025, 1, 1), date(2025, 12, 31))


def laid_out(phrase: str) -> list[tuple[str, str]] | None:
    found = listed_occurrences(decide_due(phrase, date(2025, 1, 2), CALENDAR), *YEAR_2025, CALENDAR)
    return None if found is None else [(one.key, str(one.nominal)) for one in found]


@pytest.mark.parametrize(
    ("phrase", "periods"),
    [
        ("6 tháng (trước 15/6), năm (trước 15/11)", [("2025-H1", "2025-06-15"), ("2025", "2025-11-15")]),
        ("trong báo cáo 6 tháng và năm", [("2025-H1", "2025-06-30"), ("2025", "2025-12-31")]),
        (
            "báo cáo quý (trước ngày 15 tháng cuối quý), năm (trước 10/12)",
            [
                ("2025-Q1", "2025-03-15"),
                ("2025-Q2", "2025-06-15"),
                ("2025-Q3", "2025-09-15"),
                ("2025", "2025-12-10"),
                ("2025-Q4", "2025-12-15"),
            ],
        ),
        # Three days and two names: which is whose is not said, so each is named by its day.
        (
            "6 tháng (trước 15/6 và 15/12), năm (trước 20/12)",
            [("2025-06-15", "2025-06-15"), ("2025-12-15", "2025-12-15"), ("2025-12-20", "2025-12-20")],
        ),
        # A report sent after its period belongs to the period that ended.
        ("6 tháng (trước 05/7), năm (trước 10/01)", [("2025-H1", "2025-07-05"), ("2025", "2026-01-10")]),
    ],
)
def test_a_list_of_cycles_is_laid_out_by_its_names(phrase: str, periods: list[tuple[str, str]]) -> None:
    assert laid_out(phrase) == periods


def test_months_and_quarters_are_named_apart() -> None:
    found = laid_out("hằng tháng, quý") or []
    assert len(found) == 16
    assert ("2025-03", "2025-03-31") in found
    assert ("2025-Q1", "2025-03-31") in found


def test_a_day_off_moves_and_the_rule_says_so() -> None:
    decided = decide_due("6 tháng (trước 15/6), năm (trước 15/11)", date(2025, 1, 2), CALENDAR)
    first, _second = listed_occurrences(decided, *YEAR_2025, CALENDAR) or ()
    assert (first.nominal, first.effective) == (date(2025, 6, 15), date(2025, 6, 16))  # a Sunday
    assert "Đ.148.5" in first.rule


@pytest.mark.parametrize(
    "phrase",
    [
        "hằng tháng",  # one cycle: every: month
        "trước ngày 15/6/2025",
        "thường xuyên",
        "hằng tuần, hằng tháng",  # a week has no day of a month
    ],
)
def test_what_is_no_list_of_months_is_not_laid_out(phrase: str) -> None:
    assert laid_out(phrase) is None


@pytest.mark.parametrize(
    ("rrule", "every"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", Recurrence.MONTH),
        ("FREQ=MONTHLY;INTERVAL=3", Recurrence.QUARTER),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", Recurrence.QUARTER),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Recurrence.QUARTER),
        ("FREQ=MONTHLY;INTERVAL=6", Recurrence.HALF_YEAR),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", Recurrence.YEAR),
        ("FREQ=DAILY", None),  # an obligation is kept with nothing more often than monthly
    ],
)
def test_a_rule_s_recurrence_by_name(rrule: str, every: Recurrence | None) -> None:
    assert recurrence_of(rrule) is every
