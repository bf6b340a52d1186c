"""What comes round though its own words do not say so: days beside a cycle, of the next year, of a report's period."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import read_directive_text
from tests.intake.test_times_by_their_place import HEAD

CALENDAR = default_calendar()


def every(matter: str) -> list[tuple[str | None, str | None]]:
    found = read_directive_text(HEAD + matter, CALENDAR).obligations
    return [(one.report_period or one.recurrence, one.rrule) for one in found if one.rrule]


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        (  # the second hop of a monthly report
            "1. Các phường báo cáo Sở trước ngày 25 hằng tháng; Sở tổng hợp, báo cáo Ủy ban trước ngày 28.",
            [("month", "FREQ=MONTHLY;BYMONTHDAY=25"), ("month", "FREQ=MONTHLY;BYMONTHDAY=28")],
        ),
        (  # the same, the cycle before the day
            "1. Các phường báo cáo Sở hằng tháng trước ngày 25; Sở tổng hợp, báo cáo Ủy ban trước ngày 28.",
            [("month", "FREQ=MONTHLY;BYMONTHDAY=25"), ("month", "FREQ=MONTHLY;BYMONTHDAY=28")],
        ),
        (  # a day of the next year, where the clause before it is yearly
            "1. Đánh giá\n\n- Kiểm điểm xong trước ngày 31/12 hằng năm.\n\n- Gửi hồ sơ về Sở trước ngày 01/02 năm sau.",
            [("year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"), ("year", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1")],
        ),
        (  # a yearly report
            "1. Báo cáo năm gửi về Sở trước ngày 10/1 của năm sau.",
            [("year", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10")],
        ),
        (  # the year behind each one that is reported
            "1. Các phường gửi báo cáo chậm nhất là ngày 15/01 năm kế tiếp của năm báo cáo.",
            [("year", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15")],
        ),
        (  # a half-year's report, whose own day is said
            "1. Báo cáo 6 tháng gửi trước ngày 10/6.",
            [("half-year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10")],
        ),
        (  # a half-year's report, whose day is said to be one of each year
            "1. Thành viên báo cáo Ban Chỉ đạo định kỳ 06 tháng (trước ngày 20 tháng 6 hằng năm).",
            [("year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20")],
        ),
        (  # each of a list by its name
            "1. Báo cáo hằng tháng (trước ngày 16 hằng tháng), 6 tháng (trước 16/6), cả năm (trước 20/11 hằng năm).",
            [
                ("month", "FREQ=MONTHLY;BYMONTHDAY=16"),
                ("half-year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=16"),
                ("year", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20"),
            ],
        ),
        (  # the reports that the days are for stand behind them
            "1. Trước ngày 05/7 và ngày 05/01, các phường báo cáo 6 tháng đầu năm và hằng năm.",
            [("year", "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=5"), ("year", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5")],
        ),
        (  # the sentence says at its head that all of it comes round
            "1. Hằng năm, các phường tự chấm điểm và gửi báo cáo về Sở từ ngày 10 đến ngày 15 tháng 12.",
            [("year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")],
        ),
        (  # the report of the year beside that of the half-year
            "1. Báo cáo 6 tháng gửi trước ngày 20/6 và báo cáo năm gửi trước ngày 20/12.",
            [("half-year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20"), ("year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20")],
        ),
        (  # brackets do not matter
            "1. Các phường gửi báo cáo 6 tháng trước ngày 15/6 hằng năm.",
            [("year", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15")],
        ),
        (  # one day cannot be that of two reports, nor a day of a named year come round
            "1. Gửi báo cáo trước ngày 30/6/2025, báo cáo 6 tháng và năm.",
            [("half-year", None), ("year", None)],
        ),
        ("1. Định kỳ quý, năm các phường lồng ghép kết quả vào báo cáo.", [("quarter", None), ("year", None)]),
        ("1. Sinh hoạt tổ trồng cây 01 lần/tháng.", [("month", "FREQ=MONTHLY")]),
        ("1. Trồng cây\n\nThời gian: trước mùa mưa; sau đó mỗi tháng một lần.", [("month", "FREQ=MONTHLY")]),
        (  # what stands in brackets is a sentence of its own
            "1. Nộp kết quả vào ngày 28 hằng tháng (tháng 02 nộp ngày 27).",
            [("month", "FREQ=MONTHLY;BYMONTHDAY=28")],
        ),
        (  # the last working day
            "1. Kiểm kê cây giống ngày làm việc cuối cùng của tháng.",
            [("month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")],
        ),
    ],
)
def test_what_comes_round(matter: str, expected: list[tuple[str, str | None]]) -> None:
    found = every(matter)
    assert [name for name, _ in found] == [name for name, _ in expected]
    assert all(rule in {None, given} for (_, given), (_, rule) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    "before", ["", "1. Tổ chức kỷ niệm Ngày Môi trường 05/6 hằng năm.\n", "1. Treo cờ ngày 02/9 hằng năm.\n"]
)
def test_a_day_of_the_next_year_by_itself_is_one_day(before: str) -> None:
    found = read_directive_text(f"{HEAD}{before}2. Xây xong trụ sở trước ngày 01/02 năm sau.", CALENDAR).obligations
    assert [(f"{one.due}", one.recurrence) for one in found][-1] == ("2026-02-01", None)


def test_what_is_bought_once_does_not_come_round_with_a_report_before_it() -> None:
    matter = "1. Các phường gửi báo cáo trước ngày 25 hằng tháng; Văn phòng mua sắm xong bàn ghế trước ngày 28."
    assert every(matter) == [("month", "FREQ=MONTHLY;BYMONTHDAY=25")]
