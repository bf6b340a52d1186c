"""Days before the document's own: a timetable lists them, an account tells them, and only the first are asked."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import read_directive_text

CALENDAR = default_calendar()
HEAD = """UBND TỈNH HÒA AN
SỞ GIÁO DỤC VÀ ĐÀO TẠO

Số: 88/KH-SGDĐT

Hòa An, ngày 25 tháng 9 năm 2025

KẾ HOẠCH
Tổ chức hội thi

"""


def days(matter: str) -> list[str]:
    found = read_directive_text(HEAD + matter, CALENDAR).obligations
    return [f"{one.due}" for one in found if one.due]


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ("1. Khung thời gian:\n\n- Khai mạc: ngày 10/9/2025.", ["2025-09-10"]),
        (
            "1. Khung thời gian:\n\n- Tập trung: khối mầm non ngày 15/9/2025; khối tiểu học ngày 18/9/2025.",
            ["2025-09-15", "2025-09-18"],
        ),
        # What a sentence only tells stays out.
        ("1. Sở đã tổ chức tập huấn ngày 10/9/2025.", []),
        ("1. Lớp tập huấn tổ chức ngày 10/9/2025 có 40 người dự.", []),
    ],
)
def test_a_timetable_lists_days_that_are_over(matter: str, expected: list[str]) -> None:
    assert days(matter) == expected


@pytest.mark.parametrize(
    "matter",
    [
        "1. Theo Kế hoạch số 12/KH-UBND, các xã phải nộp hồ sơ trước ngày 30/8/2025, song còn 3 xã chưa nộp.",
        "1. Các trường phải báo cáo trước ngày 15/9/2025 nhưng đến nay nhiều trường chưa gửi.",
        "I. TÌNH HÌNH THỰC HIỆN\n\n1. Các trường phải hoàn thành sửa chữa trước ngày 01/9/2025.",
    ],
)
def test_an_order_of_the_past_that_was_missed_is_told_and_not_asked(matter: str) -> None:
    assert days(matter) == []


def test_the_same_words_about_days_to_come_are_asked() -> None:
    matter = "1. Các trường phải nộp hồ sơ trước ngày 30/10/2025, song không chờ đến hạn mới làm."
    assert days(matter) == ["2025-10-30"]
