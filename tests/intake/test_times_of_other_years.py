"""Times whose year or month stands in other words, and weeks: never cut down to a date that the text does not say."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.intake.actors import actors_in
from dondoc.intake.standing import VAGUE
from dondoc.intake.time_words import times_in
from dondoc.operations.read import read_directive_text
from models.schemas.drafts import TimeRole

CALENDAR = default_calendar()
HEAD = """CÔNG ĐOÀN NGÀNH VÍ DỤ
Số: 12/KH-CĐN
Ví Dụ, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Về công tác kiểm tra

II. TỔ CHỨC THỰC HIỆN
"""


@pytest.mark.parametrize(
    "phrase",
    [
        "trong quý I năm sau",
        "trước ngày 20/01 năm sau",
        "trước ngày 20 tháng 01 năm tiếp theo",
        "tháng 2 năm kế tiếp",
        "quý IV năm trước",
        "tháng 5 - 7/2025",
        "tháng 9, 10 năm 2025",
        "quý II, III năm 2025",
        "tuần 3 tháng 4",
        "trong tuần 2 tháng 6/2025",
        "trước 20 hàng tháng",
        "chậm nhất 20 hằng tháng",
    ],
)
def test_a_time_is_taken_whole(phrase: str) -> None:
    (found,) = times_in(f"Các đơn vị gửi báo cáo {phrase}.")
    assert found.phrases == (phrase,)


def test_a_full_date_behind_a_month_is_no_month_of_its_list() -> None:
    assert [one.phrases for one in times_in("tháng 6, 15/7/2025")] == [("tháng 6",), ("15/7/2025",)]


def test_a_bare_number_before_every_month_is_a_day_only_behind_a_limit() -> None:
    (limit,) = times_in("nộp trước 20 hàng tháng")
    (count,) = times_in("nộp đủ 20 hàng tháng")
    assert (limit.role, count.phrases) == (TimeRole.EVERY, ("hàng tháng",))


@pytest.mark.parametrize("name", ["Ban Tổ chức - Kiểm tra", "Vụ Đào tạo và Bồi dưỡng", "Phòng Thi đua - Khen thưởng"])
def test_a_verb_with_a_capital_is_part_of_the_name(name: str) -> None:
    assert actors_in(f"{name} chủ trì rà soát hồ sơ.") == name
    assert actors_in(f"{name} báo cáo kết quả.") == name


@pytest.mark.parametrize("words", ["sớm nhất có thể", "ít nhất 05 ngày trước khi khai mạc"])
def test_words_that_name_no_day(words: str) -> None:
    assert VAGUE.search(words) is not None


def _read(clause: str) -> list[tuple[str | None, object]]:
    return [(one.phrase, one.due) for one in read_directive_text(HEAD + clause, CALENDAR).obligations]


@pytest.mark.parametrize(
    "told",
    [
        "Còn 03 đơn vị chậm (phải hoàn thành trước ngày 30/01/2025, thực tế đến ngày 20/02/2025 mới xong).",
        "Từ ngày 01/01/2025 đến ngày 28/02/2025, Công đoàn ngành giao 40 việc, trong đó còn 5 việc chưa hoàn thành.",
    ],
)
def test_what_came_of_an_earlier_order_is_no_new_one(told: str) -> None:
    assert [due for _, due in _read(f"1. {told}") if due is not None] == []


def test_a_report_every_week_is_no_adjective() -> None:
    (found,) = _read("1. Các đơn vị báo cáo kết quả vào cuối mỗi tuần về Công đoàn ngành.")
    assert found[0] == "vào cuối mỗi tuần"
