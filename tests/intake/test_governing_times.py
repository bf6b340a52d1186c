"""A heading, or a row of a table, that says nothing but when stands over what is listed below it."""

import pytest

from dondoc.intake.draft import read_draft
from dondoc.intake.governing import time_over
from models.schemas.drafts import FoundObligation

SCHEDULE = """KẾ HOẠCH

Công tác năm 2025

II. LỊCH CÔNG TÁC

1. Quý I/2025

- Xây dựng kế hoạch kiểm tra, giám sát của năm.

- Tổ chức hội nghị cán bộ, hoàn thành trước ngày 15/02/2025.

2. Các nhiệm vụ hoàn thành trước ngày 30/9/2025:

a) Rà soát đoàn viên khó khăn.

3. Hội thi cấp tỉnh (hoàn thành trong tháng 10/2025)

- Ban Tuyên giáo xây dựng đề thi.
"""

TABLE = """KẾ HOẠCH

Công tác năm 2025

I. NHIỆM VỤ

| STT | Nội dung | Đơn vị chủ trì | Ghi chú |
|---|---|---|---|
| I | Quý I/2025 | | |
| 1 | Ban hành kế hoạch cải cách | Sở Nội vụ | Văn bản |
| 2 | Kiểm tra công vụ trước ngày 15/3/2025 | Thanh tra tỉnh | Đột xuất |
| Nhiệm vụ hoàn thành trong quý II/2025 |
| 3 | Sơ kết đợt kiểm tra | Sở Nội vụ | Báo cáo |
"""


def dated(text: str) -> list[FoundObligation]:
    return [one for one in read_draft(text).obligations if one.phrases]


def test_what_is_listed_below_a_heading_is_due_in_its_time_unless_it_says_its_own() -> None:
    assert [(one.action, one.phrases) for one in dated(SCHEDULE)] == [
        ("Xây dựng kế hoạch kiểm tra, giám sát của năm", ("Quý I/2025",)),
        ("Tổ chức hội nghị cán bộ", ("trước ngày 15/02/2025",)),
        ("Rà soát đoàn viên khó khăn", ("trước ngày 30/9/2025",)),
        ("Hội thi cấp tỉnh (hoàn thành )", ("trong tháng 10/2025",)),
    ]


def test_a_group_of_rows_is_due_in_the_time_of_its_first_row() -> None:
    assert [(one.phrases, one.actors) for one in dated(TABLE)] == [
        (("Quý I/2025",), "Sở Nội vụ"),
        (("trước ngày 15/3/2025",), "Thanh tra tỉnh"),
        (("trong quý II/2025",), "Sở Nội vụ"),
    ]


def test_a_column_of_times_may_say_no_day_also_where_a_cell_before_it_is_empty() -> None:
    head = "KẾ HOẠCH\n\nA\n\nI. B\n\n| STT | Nhiệm vụ | Phối hợp | Thời gian |\n|---|---|---|---|\n"
    rows = (
        "| 1 | Sắp xếp bộ phận một cửa | | Sau khi có hướng dẫn của tỉnh |\n| 2 | Niêm yết | Văn phòng | Thường xuyên |"
    )
    found = [one.relative for one in read_draft(head + rows).obligations]
    assert found == ["Sau khi có hướng dẫn của tỉnh", "Thường xuyên"]


@pytest.mark.parametrize(
    "words",
    [
        "NHIỆM VỤ TRỌNG TÂM TỪ NAY ĐẾN THÁNG 6/2027",  # how far a programme reaches
        "NHIỆM VỤ TRỌNG TÂM NĂM 2025",  # a year is no deadline
        "Hằng quý",
        "Hội thi cấp tỉnh trong tháng 10/2025",  # a task of its own
    ],
)
def test_other_headings_stand_over_nothing(words: str) -> None:
    assert time_over(words) is None
