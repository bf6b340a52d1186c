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
        (  # what a document says, told further below
            "Tỉnh yêu cầu giải ngân.\n\nCông văn 512/UBND-TH ngày 12/9/2025 của UBND tỉnh Hòa An nêu rõ như sau.",
            ["512/UBND-TH", "Công văn", date(2025, 9, 12), "UBND tỉnh Hòa An"],
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


def test_the_day_of_a_document_without_a_number() -> None:
    text = (
        "Ngày 08/02/2023, Ban Thường trực MTTQ tỉnh ban hành Hướng dẫn công tác.\n\nHƯỚNG DẪN\n\nCông tác năm\n\nI. A"
    )
    issued = read_draft(text).header.issued_on
    assert issued is not None
    assert issued.value == date(2023, 2, 8)


def test_the_word_that_enacts_is_no_title() -> None:
    text = "Số: 41/QĐ-UBND\n\nCăn cứ Nghị định số 9/2019/NĐ-CP;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành quy định."
    draft = read_draft(text)
    assert [one.number for one in draft.basis] == ["9/2019/NĐ-CP"]
    assert draft.header.type is not None
    assert draft.header.type.value == "Quyết định"
