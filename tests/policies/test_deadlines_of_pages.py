"""Phrases as pages and reports have them: years after a reported one, dates said again, hours of a beginning."""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from policies.deadlines import decide_due

CALENDAR = default_calendar()
ISSUED = date(2025, 11, 10)


@pytest.mark.parametrize(
    ("phrase", "nominal"),
    [
        # the words give the date that they count to
        ("chậm nhất 10 ngày sau ngày bầu cử (tức ngày 25/3/2026)", date(2026, 3, 25)),
        ("trong 05 ngày kể từ ngày 10/11/2025, tức là 15/11/2025", date(2025, 11, 15)),
        # a day that has a name, with its date
        ("xong trước ngày Quốc khánh 02/9/2026", date(2026, 9, 2)),
        # an hour makes a beginning the day of an event
        ("từ 10 giờ, thứ Ba, ngày 09/12/2025", date(2025, 12, 9)),
        # a limit behind an event
        ("ngay sau hội nghị, gửi biên bản chậm nhất ngày 04/02/2026", date(2026, 2, 4)),
        # the letter that older fonts have for ư
        ("trƣớc ngày 14/12/2025", date(2025, 12, 14)),
        # a stage that says its end, and the first of some days
        ("Giai đoạn đến hết năm 2025, bàn giao nguyên trạng", date(2025, 12, 31)),
        ("NGÀY 1: THỨ HAI, NGÀY 24/8/2026", date(2026, 8, 24)),
        ("gửi trước: 31/5/2026", date(2026, 5, 31)),
        ("trong tháng 3.2026", date(2026, 3, 31)),
    ],
)
def test_a_day_is_decided(phrase: str, nominal: date) -> None:
    assert decide_due(phrase, ISSUED, CALENDAR).nominal == nominal


@pytest.mark.parametrize("behind", ["kế tiếp của", "liền kề", "tiếp theo của", "sau"])
def test_a_day_of_the_year_after_each_reported_one_comes_round(behind: str) -> None:
    decided = decide_due(f"chậm nhất là ngày 15/01 năm {behind} năm báo cáo", ISSUED, CALENDAR)
    assert (decided.rrule, decided.nominal) == ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", None)


@pytest.mark.parametrize(
    "phrase",
    [
        "nhân dịp Quốc khánh 02/9/2026",  # the occasion alone sets no limit
        "sau ngày 15/12/2025",  # only a beginning
        "từ ngày 09/12/2025",
        "trong 05 ngày kể từ ngày tiếp nhận",
    ],
)
def test_what_sets_no_day_is_still_asked(phrase: str) -> None:
    decided = decide_due(phrase, ISSUED, CALENDAR)
    assert decided.nominal is None
    assert decided.needs


@pytest.mark.parametrize("issued", [ISSUED, None])
@pytest.mark.parametrize(
    ("phrase", "window"),
    [
        ("từ tháng 3 đến tháng 7/2026", (date(2026, 3, 1), date(2026, 7, 31))),
        ("từ tháng 10 đến tháng 2/2026", (date(2025, 10, 1), date(2026, 2, 28))),
        ("từ quý III đến quý IV/2026", (date(2026, 7, 1), date(2026, 12, 31))),
    ],
)
def test_the_first_of_two_months_has_the_year_that_the_last_says(
    phrase: str, window: tuple[date, date], issued: date | None
) -> None:
    assert decide_due(phrase, issued, CALENDAR).window == window


def test_the_last_of_two_days_may_be_written_with_a_dash() -> None:
    assert decide_due("từ ngày 22 đến 28-12", ISSUED, CALENDAR).window == (date(2025, 12, 22), date(2025, 12, 28))


@pytest.mark.parametrize("phrase", ["giai đoạn từ 2021 đến hết năm 2025", "giai đoạn 2021-2025", "ngày 15: nộp"])
def test_years_of_a_programme_and_a_day_without_its_month_are_asked(phrase: str) -> None:
    decided = decide_due(phrase, ISSUED, CALENDAR)
    assert (decided.nominal, decided.needs is not None) == (None, True)
