"""How words of time go with the words beside them: what is made in a period, days before events, broken lines."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import read_directive_text

CALENDAR = default_calendar()
HEAD = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN

Số: 15/KH-LĐLĐ

Hòa An, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Tổ chức hoạt động

{grounds}

1. """


def read(matter: str, grounds: str = "") -> list[tuple[str | None, str | None, str | None]]:
    found = read_directive_text(HEAD.format(grounds=grounds) + matter, CALENDAR).obligations
    return [(f"{one.due}" if one.due else None, one.recurrence, one.relative) for one in found]


@pytest.mark.parametrize(
    ("matter", "due"),
    [
        ("Công đoàn cơ sở ban hành nghị quyết chuyên đề trong tháng 4/2025.", "2025-04-30"),
        ("Công đoàn ngành hoàn thành xây dựng mô hình điểm trong Quý II/2025.", "2025-06-30"),
        ("Tuyên truyền các hoạt động trong tháng 5/2025 của đơn vị.", None),
        ("Tuyên truyền các sự kiện trong tháng 5/2025 của đơn vị.", None),
    ],
)
def test_what_must_be_completed_in_a_period_is_due_with_it(matter: str, due: str | None) -> None:
    assert [one[0] for one in read(matter) if one[0]] == ([due] if due else [])


@pytest.mark.parametrize(
    ("matter", "every"),
    [
        ("Định kỳ 3 tháng một lần báo cáo Ban Thường vụ.", "quarter"),
        ("Công đoàn cơ sở báo cáo kết quả 06 tháng/lần.", "half-year"),
        ("Báo cáo tiến độ vào ngày 15 và ngày cuối cùng hằng tháng.", "month"),
    ],
)
def test_every_so_often_comes_round(matter: str, every: str) -> None:
    assert [one[1] for one in read(matter)] == [every]


def test_once_in_two_years_is_kept_in_its_words() -> None:
    assert read("Tổ chức tổng kết phong trào 2 năm một lần.") == [(None, None, "2 năm một lần")]


@pytest.mark.parametrize(
    ("matter", "words"),
    [
        ("Gửi danh sách đại biểu trước ngày khai mạc 15 ngày.", "trước ngày khai mạc 15 ngày"),
        ("Báo cáo kết quả sau khi kết thúc hội thi 05 ngày.", "sau khi kết thúc hội thi 05 ngày"),
    ],
)
def test_days_before_and_after_an_event_are_kept_in_their_words(matter: str, words: str) -> None:
    assert read(matter) == [(None, None, words)]


def test_a_line_that_ends_before_its_number_goes_on_in_a_text_with_one_paragraph_a_line() -> None:
    long = "Các công đoàn cơ sở rà soát, lập danh sách đoàn viên có hoàn cảnh khó khăn và " * 3
    text = (
        HEAD.format(grounds="") + f"{long}tổ chức thăm hỏi xong trước ngày\n05/4/2025; gửi báo cáo trong tháng\n4/2025."
    )
    found = read_directive_text(text, CALENDAR).obligations
    assert [f"{one.due}" for one in found] == ["2025-04-05", "2025-04-30"]
    assert found[0].relative == "before"
    assert found[0].found.quote.endswith("trước ngày\n05/4/2025")


@pytest.mark.parametrize("opening", ["Tiếp theo Công văn số 77/TLĐ-TG", "Phúc đáp Công văn số 77/TLĐ-TG"])
def test_a_letter_that_goes_on_from_another_names_it_as_its_ground(opening: str) -> None:
    text = HEAD.format(grounds=f"{opening} ngày 01/3/2025 của Tổng Liên đoàn, Liên đoàn Lao động tỉnh yêu cầu:")
    basis = read_directive_text(f"{text}Báo cáo kết quả trước ngày 05/4/2025.", CALENDAR).draft.basis
    assert [one.number for one in basis] == ["77/TLĐ-TG"]
