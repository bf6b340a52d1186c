"""A text becomes paragraphs, list items and rows as a reader sees them, each with its place in the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.intake.blocks import blocks_of, mark_of
from dondoc.intake.clauses import clauses_of
from tests.intake.directive_samples import PLAN, WRAPPED


def texts(text: str) -> list[str]:
    return [" ".join(block.text.split()) for block in blocks_of(text)]


def test_wrapped_lines_of_a_paragraph_are_joined_and_items_kept_apart() -> None:
    assert "1. Sở Công Thương" in texts(WRAPPED)
    assert any(text.endswith("trước ngày 20 hằng tháng.") for text in texts(WRAPPED))


def test_a_page_break_inside_a_sentence_is_closed() -> None:
    assert texts("Thực hiện Chỉ thị số\n\n05- CT/TW của Bộ Chính trị") == [
        "Thực hiện Chỉ thị số 05- CT/TW của Bộ Chính trị"
    ]


def test_a_blank_line_behind_a_full_sentence_opens_a_paragraph() -> None:
    assert texts("Một câu.\n\nHai câu.") == ["Một câu.", "Hai câu."]


def test_a_table_in_bars_gives_its_rows_with_cells() -> None:
    rows = [block for block in blocks_of(WRAPPED) if len(block.cells) == 4]
    assert [cell.text for cell in rows[1].cells] == [
        "1",
        "Xây dựng bộ tiêu chí\nđánh giá",
        "Sở Công Thương",
        "Quí IV-2025",
    ]


@pytest.mark.parametrize(
    ("text", "mark", "kind"),
    [
        ("II. NỘI DUNG", "II.", "roman"),
        ("2.1. Kế hoạch tập thể", "2.1.", "number"),
        ("a) Nhiệm vụ", "a)", "letter"),
        ("(ii) Chủ đầu tư", "(ii)", "paren"),
        ("Điều 3. Chánh Văn phòng", "Điều 3.", "article"),
        ("- Báo cáo", "-", "bullet"),
        ("V/v báo cáo", "", ""),  # a subject, not the fifth chapter
        ("11 cơ sở dữ liệu", "", ""),  # a number inside a wrapped sentence
    ],
)
def test_the_mark_at_the_head_of_a_clause(text: str, mark: str, kind: str) -> None:
    assert mark_of(text) == (mark, kind)


def test_clauses_keep_their_printed_reference_even_where_one_is_missing() -> None:
    references = {clause.block.text[:24]: clause.reference for clause in clauses_of(blocks_of(PLAN))}
    assert references["IV. TỔ CHỨC THỰC HIỆN"] == "IV"
    assert references["c) Thời gian thực hiện: "] == "II.2.c"
    assert references["- Báo cáo kết quả hoạt đ"] == "IV.1"


def test_a_number_that_repeats_the_one_above_stands_for_both() -> None:
    found = [clause.reference for clause in clauses_of(blocks_of("II. A\n\n2. B\n\n2.1. C\n\nChữ thường ở đây."))]
    assert found == ["II", "II.2", "II.2.1", "II.2.1"]


def test_a_line_that_ends_inside_a_date_goes_on() -> None:
    lines = "Các đơn vị trong toàn tỉnh gửi hồ sơ đề nghị khen thưởng về\nBan Tổ chức trước 15/8/\n2023 , quá hạn thôi."
    assert [block.text.count("15/8/ 2023") for block in blocks_of(lines)] == [1]


def test_a_greeting_is_a_line_of_its_own() -> None:
    lines = (
        "Kính gửi: Quốc hội\nThực hiện Thông báo số 12/TB-VP ngày 23/4/2025 của Văn phòng, Sở Nội vụ báo cáo\nnhư sau:"
    )
    assert [block.text[:9] for block in blocks_of(lines)] == ["Kính gửi:", "Thực hiện"]


def test_a_heading_of_markdown_keeps_its_printed_mark() -> None:
    assert [(one.mark, one.mark_kind) for one in blocks_of("## II. NỘI DUNG\n\n### 2. Yêu cầu")] == [
        ("II.", "roman"),
        ("2.", "number"),
    ]


@given(st.text(alphabet="aĐế |*-\n.;:1I()", max_size=300))
def test_every_block_points_at_its_own_words(text: str) -> None:
    for block in blocks_of(text):
        start, end = block.piece.span
        assert 0 <= start <= end <= len(text)
        letters = [character for character in block.text if character.isalnum()]
        assert [character for character in text[start:end] if character.isalnum()] == letters
