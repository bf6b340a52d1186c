"""Times are found in every written form, joined where they belong together, and left where they do not."""

import time

import pytest

from dondoc.intake.time_words import times_in
from models.schemas.drafts import TimeRole


@pytest.mark.parametrize(
    ("text", "phrases", "role"),
    [
        ("gửi báo cáo trước ngày 28/2/2023 để", ("trước ngày 28/2/2023",), TimeRole.BOUND),
        ("xong trước 30/11 theo", ("xong trước 30/11",), TimeRole.BOUND),  # no word "ngày", no year
        ("chậm nhất trong Quý III năm 2028", ("chậm nhất trong Quý III năm 2028",), TimeRole.BOUND),
        ("trước 17 giờ 00 ngày 20/11/2025", ("trước 17 giờ 00 ngày 20/11/2025",), TimeRole.BOUND),
        ("Quí IV-2025", ("Quí IV-2025",), TimeRole.WITHIN),
        ("trong tháng Hai năm 2025", ("trong tháng Hai năm 2025",), TimeRole.WITHIN),
        ("trong tháng\n7/2025", ("trong tháng 7/2025",), TimeRole.WITHIN),  # cut by a line wrap
        ("6 tháng đầu năm 2025", ("6 tháng đầu năm 2025",), TimeRole.WITHIN),
        ("Từ ngày 16-20/11/2025, trên", ("Từ ngày 16-20/11/2025",), TimeRole.RANGE),
        (
            "Bắt đầu từ ngày 06/9/2024; kết thúc trước ngày 18/01/2025",
            ("Bắt đầu từ ngày 06/9/2024; kết thúc trước ngày 18/01/2025",),
            TimeRole.RANGE,
        ),
        ("vào ngày 01/12/2025", ("vào ngày 01/12/2025",), TimeRole.EVENT_DAY),
        ("báo cáo 6 tháng và năm", ("6 tháng và năm",), TimeRole.EVERY),
        ("định kỳ hàng tháng, quý.", ("định kỳ hàng tháng, quý",), TimeRole.EVERY),
        ("trước ngày 01/6 và 15/11 hằng năm", ("trước ngày 01/6 và 15/11 hằng năm",), TimeRole.EVERY),
        ("6 tháng (trước 15/6), năm (trước 15/11)", ("6 tháng (trước 15/6), năm (trước 15/11)",), TimeRole.EVERY),
        # Two dates of one duty are two phrases; the second gets the cue of the first.
        ("trước ngày 15/6/2025 và 15/12/2025", ("trước ngày 15/6/2025", "trước 15/12/2025"), TimeRole.BOUND),
    ],
)
def test_a_time_is_found_with_its_cues(text: str, phrases: tuple[str, ...], role: TimeRole) -> None:
    assert [(one.phrases, one.role) for one in times_in(text)] == [(phrases, role)]


@pytest.mark.parametrize(
    "text",
    [
        "nhiệm kỳ 2025 - 2030",
        "giai đoạn 2021 – 2025",
        "đạt 05/10 huyện, 30/45 điểm",
        "có vấn đề nổi bật trong tháng",
        "trước 15 ngày",
        "tăng 8,5 % so với",
    ],
)
def test_what_is_no_time_of_the_calendar_is_left(text: str) -> None:
    assert times_in(text) == []


def test_a_beginning_alone_is_marked() -> None:
    assert times_in("tham gia từ tháng 12/2025")[0].opens_only


def test_a_long_text_costs_linear_time() -> None:
    text = "trước ngày 15 tháng 6 và (báo cáo) quý, 6 tháng, năm; từ ngày 1/1 đến - " * 400
    times_in(text[: len(text) // 8])
    started = time.process_time()
    times_in(text)
    assert time.process_time() - started < 1
