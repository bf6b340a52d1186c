"""What the head of a document tells of its date where the day is left open: it supplies years, and never a day."""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.intake.draft import read_draft
from dondoc.operations.read import read_directive_text

CALENDAR = default_calendar()
HEAD = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN

Số:      /KH-LĐLĐ

{place}

KẾ HOẠCH

{subject}

1. Các công đoàn cơ sở tổ chức hội nghị người lao động, hoàn thành trước ngày 24/8.

2. Công đoàn ngành báo cáo kết quả trong vòng 10 ngày kể từ ngày ký.

3. Ban Tài chính gửi danh sách đề nghị trong tháng này.
"""
OPEN_DAY = "Hòa An, ngày … tháng 8 năm 2026"
OPEN_MONTH = "Hòa An, ngày     tháng     năm 2026"
CONGRESS = "Tổ chức hội nghị người lao động"


@pytest.mark.parametrize(
    ("place", "subject", "told"),
    [
        (OPEN_DAY, CONGRESS, (2026, 8)),
        ("Hòa An, ngày … tháng 08 năm 2026", CONGRESS, (2026, 8)),
        (OPEN_MONTH, CONGRESS, (2026, None)),
        ("", "Kiểm tra công tác tài chính năm 2025", (2025, None)),
        ("", CONGRESS, None),
        ("", "Công tác nữ công năm học 2025-2026", None),  # which of the two years is not told
        ("", "Thực hiện nghị quyết năm 2025 và chuẩn bị năm 2026", None),
        ("", "Tổng kết công tác công đoàn năm 2025", None),  # carried out in the next, for all we know
        ("Hòa An, ngày 05 tháng 8 năm 2026", CONGRESS, None),  # the day itself is told
    ],
)
def test_the_head_tells_a_month_or_a_year(place: str, subject: str, told: tuple[int, int | None] | None) -> None:
    header = read_draft(HEAD.format(place=place, subject=subject)).header
    assert (header.dated_in and (header.dated_in.year, header.dated_in.month)) == told


def test_an_open_day_is_no_date_of_the_document() -> None:
    text = HEAD.format(place=OPEN_DAY, subject=CONGRESS)
    header = read_draft(text).header
    assert header.issued_on is None
    assert header.dated_in
    assert text[slice(*header.dated_in.span)] == "ngày … tháng 8 năm 2026"


def test_a_missing_year_is_the_heads_and_nothing_is_counted_from_an_open_day() -> None:
    found = read_directive_text(HEAD.format(place=OPEN_DAY, subject=CONGRESS), CALENDAR)
    assert [(one.due, one.assumed) for one in found.obligations] == [
        (date(2026, 8, 24), True),
        (None, False),
        (None, False),
    ]


def test_a_day_before_the_heads_month_is_of_the_next_year() -> None:
    text = HEAD.format(place=OPEN_DAY, subject=CONGRESS).replace("24/8", "15/01")
    assert read_directive_text(text, CALENDAR).obligations[0].due == date(2027, 1, 15)


def test_the_supplied_year_is_said_and_the_day_still_asked_for() -> None:
    said = [str(one) for one in read_directive_text(HEAD.format(place=OPEN_MONTH, subject=""), CALENDAR).warnings]
    assert "the document's day is not said in the text; it must be entered" in said
    assert any("“trước ngày 24/8” does not say its year: 2026" in one for one in said)


def test_without_any_year_in_the_head_none_is_supplied() -> None:
    found = read_directive_text(HEAD.format(place="", subject=CONGRESS), CALENDAR)
    assert [one.due for one in found.obligations] == [None, None, None]
