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
        (  # a part of it is quoted
            "Căn cứ tiểu mục 2 Mục II Kế hoạch 22/KH-HTT năm 2025 về đại hội, có quy định như sau:\n\n- Sớm.",
            ["22/KH-HTT", "Kế hoạch", None, None],
        ),
        (  # a part of what was issued with it
            "Căn cứ Điều 4 Quy chế xét sáng kiến ban hành kèm theo Quyết định 964/QĐ-BYT như sau:",
            ["964/QĐ-BYT", "Quyết định", None, None],
        ),
        (  # what it says
            "Quy định về báo cáo\n\nTheo Thông tư 11/2015/TT-BYT thì ngày gửi báo cáo được quy định như sau.",
            ["11/2015/TT-BYT", "Thông tư", None, None],
        ),
        (  # a question in the headline
            "# Hồ sơ đoàn viên theo Hướng dẫn 06-HD/TW năm 2025 thế nào?\n\n- Bổ sung hồ sơ.",
            ["06-HD/TW", "Hướng dẫn", None, None],
        ),
        (  # the whole text under its headline
            "# TOÀN VĂN: KẾT LUẬN 155-KL/TW\n\n### Nội dung\n\n**KẾT LUẬN****CỦA BỘ CHÍNH TRỊ****về sắp xếp**\n\nI. A",
            ["155-KL/TW", "Kết luận", None, "BỘ CHÍNH TRỊ"],
        ),
        (  # a quotation before the title of what is quoted
            "Căn cứ tại Mục 5 Kế hoạch 34/KH-HTT do Hội tỉnh Hòa An ban hành:\n\nKẾ HOẠCH\n\nCHĂM LO TẾT\n\nI. A",
            ["34/KH-HTT", "Kế hoạch", None, "Hội tỉnh Hòa An"],
        ),
        (  # the type alone
            "Tỉnh ủy Hòa An vừa ban hành thông tri lãnh đạo đại hội. Theo đó, các cấp ủy tập trung lãnh đạo.",
            [None, "Thông tri", None, "Tỉnh ủy Hòa An"],
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


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Kế hoạch số 72/KH-BYT ngày 15/5/2025 của Bộ Y tế về sơ kết, Sở Y tế yêu cầu báo cáo.",  # a ground
        "Kính gửi: Các phường\n\n1. Nghị định số 214/2025/NĐ-CP ngày 04/8/2025 của Chính phủ quy định về đấu thầu.",
    ],
)
def test_what_a_letter_carries_out_is_not_its_own_number(text: str) -> None:
    header = read_draft(text).header
    assert header.number is None
    assert header.issued_on is None


def test_what_greets_somebody_and_has_no_head_is_a_letter() -> None:
    kind = read_draft("Kính gửi: Các phường\n\nUBND tỉnh yêu cầu các phường báo cáo.").header.type
    assert kind is not None
    assert (kind.value, kind.confidence < 0.7) == ("Công văn", True)


def test_the_line_over_an_annex_names_the_document() -> None:
    text = (
        "Kính gửi: Các trường\n\nBộ Văn hóa yêu cầu các trường báo cáo trước ngày 31/8/2026.\n\nPHỤ LỤC\n\n"
        "*(Kèm theo Công văn số 6386/BVH-KH ngày 25/11/2025 của Bộ Văn hóa)*\n"
    )
    header = read_draft(text).header
    assert [one.value if one else None for one in (header.number, header.type, header.issued_on)] == [
        "6386/BVH-KH",
        "Công văn",
        date(2025, 11, 25),
    ]


@pytest.mark.parametrize("bar", ["|\n", ""])
def test_the_attributes_above_a_published_page(bar: str) -> None:
    lines = ("**Số hiệu:**", "6278/BVH-VP", "**Nơi ban hành:**", "Bộ Văn hóa", "**Ngày ban hành:**", "20/11/2025")
    text = "".join(f"{line}\n{bar}" for line in lines) + "\nKính gửi: Các đơn vị\n\n1. Báo cáo trước ngày 30/11.\n"
    header = read_draft(text).header
    found = [header.number, header.issuer, header.issued_on, header.type]
    assert [one.value if one else None for one in found] == [
        "6278/BVH-VP",
        "Bộ Văn hóa",
        date(2025, 11, 20),
        "Công văn",
    ]
    assert text[slice(*header.number.span)] == "6278/BVH-VP" if header.number else False


def test_attributes_on_one_line_each() -> None:
    header = read_draft("Số hiệu: 41/QĐ-UBND\nLoại văn bản: Quyết định\nNgày ban hành: 05/03/2025\n\n1. A").header
    found = [header.number, header.type, header.issued_on]
    assert [one.value if one else None for one in found] == ["41/QĐ-UBND", "Quyết định", date(2025, 3, 5)]


@pytest.mark.parametrize(
    "block",
    [
        "Số hiệu | Ngày ban hành\n12/KH-UBND | 01/02/2025\nNơi ban hành | UBND tỉnh Hòa An",
        "Số hiệu: 12/KH-UBND\nNgày ban hành | Nơi ban hành\n01/02/2025 | UBND tỉnh Hòa An",
    ],
)
def test_attributes_whose_names_stand_in_a_row_above_their_values(block: str) -> None:
    header = read_draft(f"{block}\n\nKẾ HOẠCH\nTrồng cây\n\n1. Nộp hồ sơ trước ngày 15/6.").header
    found = [header.number, header.issued_on, header.issuer]
    assert [one.value if one else None for one in found] == ["12/KH-UBND", date(2025, 2, 1), "UBND tỉnh Hòa An"]


def test_a_day_is_no_issuer() -> None:
    header = read_draft("Số hiệu: 12/KH-UBND\nNơi ban hành:\n01/02/2025\n\nKẾ HOẠCH\nTrồng cây\n\n1. A").header
    assert header.issuer is None


def test_a_letter_that_begins_with_its_greeting_is_none_of_the_documents_it_names() -> None:
    text = "Kính gửi: Các phường\n\nThực hiện quy định Bộ luật Lao động và Nghị\nđịnh số 145/2020/NĐ-CP."
    draft = read_draft(text)
    assert (draft.header.number, draft.header.type.value if draft.header.type else None) == (None, "Công văn")
    assert [one.number for one in draft.basis] == ["145/2020/NĐ-CP"]


def test_the_type_that_an_account_tells_below_the_lines_of_its_page() -> None:
    page = "Thứ năm, ngày 8/12/2022\n\nĐại hội\n\nXem với cỡ chữ\n\nMột ngày.\n\n(Ảnh: Internet)\n\n"
    header = read_draft(f"{page}Ngày 26/8/2022, Liên đoàn Lao động tỉnh ban hành Kế hoạch tổ chức đại hội.").header
    found = [header.type, header.issued_on]
    assert [one.value if one else None for one in found] == ["Kế hoạch", date(2022, 8, 26)]


def test_one_such_line_is_no_block_of_attributes() -> None:
    assert read_draft("Ngày ban hành: 05/03/2025\n\n1. Báo cáo tiến độ.").header.issued_on is None


@pytest.mark.parametrize(
    ("head", "month"),
    [
        ("Đại hội Hội tỉnh\n\nThứ Ba, 12/02/2019, 20:16 [GMT+7]", (2019, 2)),
        ("Quy định về báo cáo\n\n14/03/2015 13:44 PM", (2015, 3)),
        ("Các mốc thời gian tuyển sinh năm 2020", (2020, None)),  # the headline's own year
        ("Tổng kết công tác năm 2020", None),  # looks back
        ("Đại hội năm 2019 và năm 2020", None),  # which of them
    ],
)
def test_a_page_s_day_and_a_headline_s_year_supply_years(head: str, month: tuple[int, int | None] | None) -> None:
    dated_in = read_draft(f"{head}\n\n1. Cấp xã hoàn thành trong tháng 3.").header.dated_in
    assert ((dated_in.year, dated_in.month) if dated_in else None) == month


def test_the_day_under_the_title_of_a_notice_is_its_own() -> None:
    issued = read_draft("THÔNG BÁO\n\nTổ chức thi lại\n\n25/06/2024\n\n1. Nộp đơn trước ngày 30/6.").header.issued_on
    assert issued is not None
    assert issued.value == date(2024, 6, 25)


def test_a_headline_above_the_head_is_not_the_issuer() -> None:
    text = "# CÔNG VĂN HƯỚNG DẪN KẾT NỐI\n\nTHỦ TƯỚNG\nCHÍNH PHỦ\n\nSố: 12/CĐ-TTg\n\nCÔNG ĐIỆN\n\nVề việc A\n\n1. B"
    issuer = read_draft(text).header.issuer
    assert issuer is not None
    assert issuer.value == "THỦ TƯỚNG CHÍNH PHỦ"
