"""Tables with bars or tabs: rows set apart by two bars, by their running numbers, or wrapped inside a cell."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.intake.blocks import blocks_of
from dondoc.operations.read import read_directive_text

HEADING = ("STT", "Nội dung", "Thời gian")
ROWS = (("1", "Xây dựng kế hoạch hội thi", "Trước 15/4/2025"), ("2", "Lập danh sách giám khảo", "Trước 20/5/2025"))
BEHIND = "1. Các đơn vị báo cáo kết quả trước ngày 30/6/2025.\n\n2. Ban Tổ chức tổng hợp trước ngày 10/7/2025."


def single_bars(*rows: tuple[str, ...]) -> str:
    return "|\n" + "\n|\n".join(cell for row in rows for cell in row) + "\n|\n"


@pytest.mark.parametrize("numbers", [("1", "2"), ("1.", "2."), ("01", "02")])
def test_rows_that_no_second_bar_sets_apart_are_cut_by_their_numbers(numbers: tuple[str, str]) -> None:
    rows = [(number, *row[1:]) for number, row in zip(numbers, ROWS, strict=True)]
    blocks = blocks_of(single_bars(HEADING, *rows) + BEHIND)
    assert [[cell.text for cell in block.cells] for block in blocks[:3]] == [list(HEADING), *map(list, rows)]
    assert [block.mark for block in blocks[3:]] == ["1.", "2."]


def test_text_behind_such_a_table_is_no_cell_of_it() -> None:
    found = read_directive_text(single_bars(HEADING, *ROWS) + BEHIND, default_calendar()).obligations
    assert [(f"{one.due}", one.found.action[:20]) for one in found] == [
        ("2025-04-15", "Xây dựng kế hoạch hộ"),
        ("2025-05-20", "Lập danh sách giám k"),
        ("2025-06-30", "Các đơn vị báo cáo k"),
        ("2025-07-10", "Ban Tổ chức tổng hợp"),
    ]


def test_cells_without_running_numbers_stay_one_row() -> None:
    (row,) = blocks_of(single_bars(("Nội dung", "Thời gian"), ("Xây dựng kế hoạch", "1 tháng")))
    assert len(row.cells) == 4


def dates(text: str) -> list[tuple[str, str]]:
    found = read_directive_text(text, default_calendar()).obligations
    return [(f"{one.due}", one.found.action) for one in found if one.due]


def test_a_row_of_tabs_has_its_cells() -> None:
    rows = "\n".join("\t".join(row) for row in (HEADING, *ROWS))
    assert dates(f"KẾ HOẠCH\nHội thi\n\nPHỤ LỤC\n{rows}\n") == [
        ("2025-04-15", "Xây dựng kế hoạch hội thi"),
        ("2025-05-20", "Lập danh sách giám khảo"),
    ]


def test_two_columns_of_a_head_set_by_tabs_are_no_table() -> None:
    (block,) = blocks_of("UBND XÃ PHÚ AN\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
    assert block.cells == ()


def test_a_row_whose_last_cell_is_wrapped_ends_with_its_bar() -> None:
    head = "| Thời gian | Nội dung |\n|---|---|\n"
    text = f"{head}| 30/6/2025 | Hạn cuối nộp hồ sơ tại trường.\nGửi bản đăng ký lên trang. |\n"
    row = blocks_of(text)[-1]
    assert [cell.text for cell in row.cells] == [
        "30/6/2025",
        "Hạn cuối nộp hồ sơ tại trường.\nGửi bản đăng ký lên trang.",
    ]


def test_a_line_that_a_bar_opens_and_none_closes_stays_by_itself() -> None:
    blocks = blocks_of("| 1 | Một.\nHai.\n\nBa |\n")
    assert [block.text for block in blocks] == ["1\nMột.", "Hai.", "Ba |"]


def test_of_two_terms_the_new_one_counts() -> None:
    table = (
        "| STT | Nhiệm vụ | Hạn theo Kế hoạch | Hạn hoàn thành mới |\n|---|---|---|---|\n"
        "| 1 | Số hóa hồ sơ | 30/6/2025 | 30/9/2025 |\n"
    )
    assert dates(f"KẾ HOẠCH\nSố hóa\n\nI. A\n\n{table}") == [("2025-09-30", "Số hóa hồ sơ")]


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("Năm 2025 - 2026", "2026-12-31"),  # the last of the years
        ("Dự kiến từ ngày 04/3/2025 đến ngày 08/3/2025, lịch cụ thể thông báo sau", "2025-03-08"),  # with a remark
        ("Cấp trường: trước 10/11/2025", "2025-11-10"),
    ],
)
def test_a_cell_of_times(cell: str, due: str) -> None:
    table = f"| STT | Nhiệm vụ | Thời gian |\n|---|---|---|\n| 1 | Tuyển quân | {cell} |\n"
    assert [day for day, _ in dates(f"KẾ HOẠCH\nTuyển quân\n\nI. A\n\n{table}")] == [due]
