"""Grounds named directly are told from those inside the titles of others, and from what was only proposed."""

import pytest

from dondoc.intake.draft import read_draft


def grounds(preamble: str) -> tuple[list[str], list[str]]:
    text = f"Số: 1/KH-LĐLĐ\n\nKẾ HOẠCH\n\nHọc tập\n\n{preamble}\n\nI. MỤC ĐÍCH"
    basis = read_draft(text).basis
    return [one.number for one in basis if not one.nested], [one.number for one in basis if one.nested]


OURS = "Ban Thường vụ LĐLĐ tỉnh xây dựng kế hoạch như sau:"


@pytest.mark.parametrize(
    ("preamble", "direct", "nested"),
    [
        (  # beside the first, though behind its title
            f"Căn cứ Kế hoạch số 12/KH-TLĐ của Tổng Liên đoàn về Tháng Công nhân và Công văn số 88/TLĐ-TG, {OURS}",
            ["12/KH-TLĐ", "88/TLĐ-TG"],
            [],
        ),
        (  # two documents that one plan carries out
            f"Thực hiện Kế hoạch số 8/KH-UBND về thực hiện Nghị quyết số 7/NQ-CP và Chương trình số 10-CTr/TU, {OURS}",
            ["8/KH-UBND"],
            ["7/NQ-CP", "10-CTr/TU"],
        ),
        (  # a letter behind a comma carries out, it is not carried out
            f"Thực hiện Kế hoạch số 8/KH-UBND về thực hiện Nghị quyết số 7/NQ-CP, Công văn số 9/SNV-TC, {OURS}",
            ["8/KH-UBND", "9/SNV-TC"],
            ["7/NQ-CP"],
        ),
        (f"Để triển khai Kế hoạch số 15/KH-UBND về cải cách hành chính, {OURS}", ["15/KH-UBND"], []),
        (f"Theo Công văn số 330/TLĐ-TC ngày 01/4/2025 của Tổng Liên đoàn, {OURS}", ["330/TLĐ-TC"], []),
        (f"Thực hiện ý kiến chỉ đạo về kinh phí tại Công văn số 300/UBND-TH, {OURS}", ["300/UBND-TH"], []),
        (f"Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15; {OURS}", ["64/2025/QH15"], []),
        (f"Căn cứ chương trình năm 2025; căn cứ Nghị quyết số 5-NQ/TU, {OURS}", ["5-NQ/TU"], []),
        (f"- Căn cứ Điều lệ;\n\n- Căn cứ Hướng dẫn số 29/HD-TLĐ;\n\n{OURS}", ["29/HD-TLĐ"], []),
        (  # what the document itself is issued for
            "Căn cứ Quy định số 944-QĐ/HNDTW, Hội Nông dân tỉnh ban hành Kế hoạch thực hiện Chương trình số 12-CTr/TU:",
            ["944-QĐ/HNDTW", "12-CTr/TU"],
            [],
        ),
        (f"Theo đề nghị của Sở Nội vụ tại Tờ trình số 107/TTr-SNV, {OURS}", [], []),
        (f"Xét Công văn số 15/SXD-QLN về dữ liệu; {OURS}", [], []),
        (f"Căn cứ Kế hoạch 1/KH-LĐLĐ năm 2025, {OURS}", [], []),  # the document itself
    ],
)
def test_what_a_preamble_names(preamble: str, direct: list[str], nested: list[str]) -> None:
    assert grounds(preamble) == (direct, nested)


def test_a_list_of_grounds_goes_on_over_its_lines() -> None:
    lines = "Căn cứ Hướng dẫn số 26-HD/TWĐTN ;\nChương trình số 05-CTr/TĐTN về công tác Đoàn, Tỉnh đoàn hướng dẫn:"
    assert grounds(lines)[0] == ["26-HD/TWĐTN", "05-CTr/TĐTN"]


def test_a_bold_ground_is_not_taken_for_the_number() -> None:
    grounds_in_bold = "**Căn cứ** Kế hoạch số 93/KH-SGDĐT;"
    draft = read_draft(f"Số: /KH-THPT\n\n**KẾ HOẠCH**\n\nHọc tập\n\n{grounds_in_bold}\n\n## I. MỤC ĐÍCH")
    assert draft.header.number is None
    assert [one.number for one in draft.basis] == ["93/KH-SGDĐT"]


def test_a_list_under_a_heading_of_grounds() -> None:
    listed = "- Luật số 64/2025/QH15;\n\n- Nghị định số 8/2025/NĐ-CP."
    text = f"KẾ HOẠCH\n\nHọc tập\n\nI. CĂN CỨ PHÁP LÝ\n\n{listed}\n\nII. NỘI DUNG"
    assert [one.number for one in read_draft(text).basis] == ["64/2025/QH15", "8/2025/NĐ-CP"]
