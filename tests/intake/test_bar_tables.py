"""Tables with a bar a line: rows set apart by two bars, or only by their running numbers."""

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
