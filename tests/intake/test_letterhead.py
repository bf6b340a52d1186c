"""The printed head is read in every layout: cells, lines below each other, columns side by side, one line for all."""

from datetime import date

import pytest

from dondoc.intake.draft import read_draft
from models.schemas.drafts import DocumentHeader

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM\n"


def header(text: str) -> DocumentHeader:
    return read_draft(text).header


def shown(found: DocumentHeader) -> list[object]:
    return [getattr(found, name) and getattr(found, name).value for name in ("number", "issued_on", "place", "issuer")]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            f"TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN\n-------\n{STATE}Số: 45/KH-LĐLĐ\n"
            "Hòa An, ngày 10 tháng 3 năm 2025",
            ["45/KH-LĐLĐ", date(2025, 3, 10), "Hòa An", "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN"],
            id="all lines below each other, the superior above the issuer",
        ),
        pytest.param(
            "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "    LĐLĐ TỈNH HÒA AN                     Độc lập - Tự do - Hạnh phúc\n"
            "    Số: 112/LĐLĐ-TC                  Hòa An, ngày 05 tháng 4 năm 2025",
            ["112/LĐLĐ-TC", date(2025, 4, 5), "Hòa An", "LĐLĐ TỈNH HÒA AN"],
            id="two columns held apart by blanks",
        ),
        pytest.param(
            "| **UBND TỈNH HÒA AN** **SỞ NỘI VỤ** Số: 345/SNV-CCHC V/v cải cách | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA "
            "VIỆT NAM** **Độc lập - Tự do - Hạnh phúc** *Hòa An, ngày 12 tháng 02 năm 2025* |",
            ["345/SNV-CCHC", date(2025, 2, 12), "Hòa An", "SỞ NỘI VỤ"],
            id="a row of a table that holds everything",
        ),
        pytest.param(
            f"TỈNH ỦY HÒA AN\nBAN DÂN VẬN\n*\nSố 12-HD/BDVTU\n{PARTY}Hòa An, ngày 06 tháng 5 năm 2025",
            ["12-HD/BDVTU", date(2025, 5, 6), "Hòa An", "TỈNH ỦY HÒA AN - BAN DÂN VẬN"],
            id="the Party's form, a section named with the body it belongs to",
        ),
        pytest.param(
            f"ỦY BAN MTTQ VIỆT NAM\nTỈNH HÒA AN\nBAN THƯỜNG TRỰC\nSố: 77/MTTQ-BTT\n{STATE}Hòa An, ngày 01/10/2025",
            ["77/MTTQ-BTT", date(2025, 10, 1), "Hòa An", "ỦY BAN MTTQ VIỆT NAM TỈNH HÒA AN - BAN THƯỜNG TRỰC"],
            id="an organ of the body above it; a date in figures",
        ),
        pytest.param(
            "BCH ĐOÀN TỈNH HÒA AN\n***\nSố: 225 - KH/TĐTN-PT\n\nĐOÀN TNCS HỒ CHÍ MINH\n\n"
            "Hòa An, ngày 16 tháng 5 năm 2025",
            ["225-KH/TĐTN-PT", date(2025, 5, 16), "Hòa An", "BCH ĐOÀN TỈNH HÒA AN"],
            id="the Youth Union's line stands where the motto does",
        ),
        pytest.param(
            f"QUỐC HỘI\n-------\n{STATE}Nghị quyết số: 190/2025/QH15\nHà Nội, ngày 19 tháng 02 năm 2025",
            ["190/2025/QH15", date(2025, 2, 19), "Hà Nội", "QUỐC HỘI"],
            id="the type before the number",
        ),
        pytest.param(
            f"VĂN\nPHÒNG CHÍNH PHỦ\nSố: 7/VPCP-KTTH\n{STATE}Hà Nội, ngày\n4 tháng 8 năm 2025",
            ["7/VPCP-KTTH", date(2025, 8, 4), "Hà Nội", "VĂN PHÒNG CHÍNH PHỦ"],
            id="lines broken inside the name and the date",
        ),
        pytest.param(
            f"UBND TỈNH HÒA AN\n{STATE}Số:      /KH-UBND\nHòa An, ngày     tháng 5 năm 2025",
            [None, None, "Hòa An", "UBND TỈNH HÒA AN"],
            id="a draft whose number and day are left open",
        ),
        pytest.param(
            f"UBND TỈNH HÒA AN\nSố: 8/UBND\n{STATE}Hòa An ngày 5 tháng 5 năm 2025",
            ["8/UBND", date(2025, 5, 5), "Hòa An", "UBND TỈNH HÒA AN"],
            id="no comma behind the place",
        ),
    ],
)
def test_the_head_in_each_layout(head: str, expected: list[object]) -> None:
    assert shown(header(f"{head}\nKẾ HOẠCH\nHọc tập chuyên đề\n\n1. Các đơn vị học tập.")) == expected


def test_a_title_that_has_the_number_and_the_issuer() -> None:
    found = header("KẾT LUẬN 127-KL/TU CỦA BAN THƯỜNG VỤ TỈNH ỦY VỀ SẮP XẾP TỔ CHỨC\n\n1. Các cấp ủy thực hiện.")
    assert shown(found) == ["127-KL/TU", None, None, "BAN THƯỜNG VỤ TỈNH ỦY"]


def test_a_headline_is_not_taken_for_the_line_of_the_number() -> None:
    found = header("Nghị quyết số 72-NQ/TU ngày 9/9/2025 của Ban Thường vụ Tỉnh ủy về y tế\n\nI. TÌNH HÌNH")
    assert shown(found) == ["72-NQ/TU", date(2025, 9, 9), None, "Ban Thường vụ Tỉnh ủy"]


def test_number_and_date_on_one_line_with_one_blank() -> None:
    found = header(
        f"SỞ NỘI VỤ\n{STATE}Số: 300/BC-SNV Hòa An, ngày 03 tháng 5 năm 2025\nBÁO CÁO\nTổng kết\n\nI. KẾT QUẢ"
    )
    assert shown(found) == ["300/BC-SNV", date(2025, 5, 3), "Hòa An", "SỞ NỘI VỤ"]


def test_the_greeting_ends_the_head_of_a_letter() -> None:
    found = header(
        f"SỞ NỘI VỤ\nSố: 9/SNV\n{STATE}Hòa An, ngày 4 tháng 8 năm 2025\nKính gửi:\n- Các sở;\n- UBND các xã.\n"
        "Thực hiện Công văn số 30/BNV-TC ngày 15/7/2025 của Bộ Nội vụ, Sở Nội vụ đề nghị các sở báo cáo."
    )
    assert shown(found) == ["9/SNV", date(2025, 8, 4), "Hòa An", "SỞ NỘI VỤ"]
    assert found.type is not None
    assert found.type.value == "Công văn"


def test_a_place_and_date_above_the_signature_serves_where_the_head_has_none() -> None:
    text = "KẾ HOẠCH\nHọc tập\n\n1. Các tổ học tập.\n\nTân Lập, ngày 28 tháng 4 năm 2026\nHIỆU TRƯỞNG"
    assert shown(header(text))[1:3] == [date(2026, 4, 28), "Tân Lập"]


def test_a_citation_s_date_is_not_the_document_s() -> None:
    text = (
        "KẾ HOẠCH\nHọc tập\n\nTheo kết luận tại Hà Nội, ngày 28 tháng 4 năm 2026 của Bộ Nội vụ.\n\n1. Các tổ học tập."
    )
    assert header(text).issued_on is None


def test_a_title_in_small_letters_stands_alone_on_its_line() -> None:
    found = header("Số: 5/KH-THPT\n\nKế hoạch\n\nHọc tập chuyên đề\n\nI. MỤC ĐÍCH")
    assert found.type is not None
    assert found.type.value == "Kế hoạch"
