"""An article, or a line in brackets, tells which document a text is: who issued what on which day."""

from datetime import date

import pytest

from dondoc.intake.draft import read_draft


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the day before the issuer
            "Ngày 05/11/2025, Bộ Y tế ban hành Công văn 7788/BYT-KCB về việc phòng chống dịch.",
            ["7788/BYT-KCB", "Công văn", date(2025, 11, 5), "Bộ Y tế"],
        ),
        (  # the day behind the number
            "UBND tỉnh Hòa An vừa ban hành Kế hoạch số 210/KH-UBND ngày 03/10/2025 về chuyển đổi số.",
            ["210/KH-UBND", "Kế hoạch", date(2025, 10, 3), "UBND tỉnh Hòa An"],
        ),
        (  # a letter called by no type
            "Mới đây, Sở Giáo dục và Đào tạo Hòa An có Văn bản số 4455/SGDĐT-GDTrH gửi các trường.",
            ["4455/SGDĐT-GDTrH", "Công văn", None, "Sở Giáo dục và Đào tạo Hòa An"],
        ),
        (  # the headline names the document, the first sentence its day
            "Kế hoạch 25/KH-BCĐ về nhà ở\n\nNgày 14/02/2025, Ban Chỉ đạo tỉnh Hòa An ban hành Kế hoạch 25/KH-BCĐ.",
            ["25/KH-BCĐ", "Kế hoạch", date(2025, 2, 14), "Ban Chỉ đạo tỉnh Hòa An"],
        ),
        (  # what a letter asks
            "Tại Công văn số 30/BNV-TC ngày 15/7/2025, Bộ Nội vụ đề nghị các tỉnh báo cáo.",
            ["30/BNV-TC", "Công văn", date(2025, 7, 15), "Bộ Nội vụ"],
        ),
    ],
)
def test_an_article_s_account(text: str, expected: list[object]) -> None:
    header = read_draft(text).header
    found = [getattr(header, name) for name in ("number", "type", "issued_on", "issuer")]
    assert [one.value if one else None for one in found] == expected


def test_a_line_in_brackets_under_the_title() -> None:
    header = read_draft(
        "QUY CHẾ\nPhối hợp công tác\n"
        "(Ban hành kèm theo Quyết định số 63/QĐ-UBND ngày 29/9/2025 của UBND tỉnh Hòa An)\n\nĐiều 1. Phạm vi"
    ).header
    found = [header.number, header.type, header.issued_on, header.issuer]
    assert [one.value if one else None for one in found] == [
        "63/QĐ-UBND",
        "Quy chế",
        date(2025, 9, 29),
        "UBND tỉnh Hòa An",
    ]
