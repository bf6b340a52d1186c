"""The workbook of a long letter: what stands in it, and what hostile text cannot do to it."""

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from dondoc.operations.letter_workbook import attachments_of
from tests.mail.letter_samples import DIGEST, MANY_TASKS, OTHERS, UNITS

STORM = OTHERS["storm"]
HEADING = 3


def rows_of(content: bytes, sheet: str) -> list[list[Any]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()]


def workbook(language: str = "vi") -> bytes:
    (file,) = attachments_of(STORM, language)
    return file.content


def test_a_letter_that_prints_all_it_tells_has_no_workbook() -> None:
    assert attachments_of(DIGEST, "vi") == ()


def test_every_task_has_a_row_with_its_dates_and_how_late_it_is() -> None:
    rows = rows_of(workbook(), "Theo nhiệm vụ")
    assert rows[HEADING] == [
        "STT", "Đơn vị", "Trực thuộc", "Nhiệm vụ", "Văn bản", "Mục", "Kỳ", "Thời hạn", "Tính đến hết ngày",
        "Số ngày quá hạn", "Mã nhiệm vụ",
    ]  # fmt: skip
    first, second = rows[HEADING + 1 : HEADING + 3]
    assert first[:2] == [1, UNITS[0]]
    assert first[7:] == [date(2025, 1, 31), date(2025, 2, 24), "", 3000]
    assert second[7:] == [date(2025, 1, 31), date(2025, 2, 3), 17, 3001]
    assert second[2:7] == [
        "Liên đoàn Lao động huyện Mường Tè", "Sinh hoạt chuyên đề hằng quý", "121/KH-LĐLĐ", "II.2.3", "Quý IV/2024",
    ]  # fmt: skip
    assert [row[-1] for row in rows[HEADING + 1 :]] == [task.assignment_id for task in MANY_TASKS]


def test_units_are_summed_up_with_the_most_overdue_first() -> None:
    rows = rows_of(workbook(), "Theo đơn vị")[HEADING + 1 :]
    assert sum(row[3] for row in rows) == 36
    assert sum(row[4] for row in rows) == 5
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), reverse=True)
    assert {row[5] for row in rows} == {17}


def test_an_english_letter_has_an_english_workbook() -> None:
    assert CalamineWorkbook.from_filelike(BytesIO(workbook("en"))).sheet_names == ["By unit", "By task"]


def test_the_same_letter_has_the_same_workbook_to_the_byte() -> None:
    assert workbook() == workbook()


def test_headings_stay_in_sight_and_filter() -> None:
    with zipfile.ZipFile(BytesIO(workbook())) as archive:
        for number in (1, 2):
            page = ET.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 (our own)
            spaces = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
            pane, filtered = page.find(".//x:pane", spaces), page.find(".//x:autoFilter", spaces)
            assert pane is not None
            assert (pane.get("topLeftCell"), pane.get("state")) == ("C5", "frozen")
            assert filtered is not None
            assert str(filtered.get("ref")).startswith("A4:")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(A1)", "http://x.example", "'=1"])
def test_text_from_outside_stays_text(text: str) -> None:
    hostile = replace(
        STORM, unit_name=text, tasks=tuple(replace(one, unit_name=text, title=text) for one in MANY_TASKS)
    )
    (file,) = attachments_of(hostile, "vi")
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        for number in (1, 2):
            page = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<f>" not in page
            assert "<hyperlink" not in page
        assert not [name for name in archive.namelist() if "external" in name.lower()]
    said = rows_of(file.content, "Theo nhiệm vụ")[HEADING + 1][1]
    assert str(said).removeprefix("'") == text.removeprefix("'")
    assert not str(said).startswith(("=", "+", "-", "@"))
