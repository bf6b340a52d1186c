"""A file becomes the text that a person sees in it; a .txt keeps the offsets of its characters."""

import unicodedata
from pathlib import Path
from typing import Literal

import docx
import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from dondoc.errors import SecretDocument, UnreadableInput
from dondoc.intake.document import DocumentText, read_document
from tests.intake import document_samples as samples

SENTENCE = "Các cấp công đoàn báo cáo kết quả về Liên đoàn Lao động tỉnh trước ngày 15/6/2025."


def read(folder: Path, content: bytes, name: str = "van-ban.docx") -> DocumentText:
    path = folder / name
    path.write_bytes(content)
    return read_document(path)


def as_opened_plainly(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_span_of_a_text_file_finds_its_words_in_the_file(
    tmp_path: Path, form: Literal["NFC", "NFD"], line_end: str, encoding: str
) -> None:
    written = unicodedata.normalize(form, f"KẾ HOẠCH\n\n{SENTENCE}\n".replace("\n", line_end))
    document = read(tmp_path, written.encode(encoding), "a.txt")
    start = document.text.index(SENTENCE)
    first, last = document.span_in_file(start, start + len(SENTENCE))
    in_file = as_opened_plainly(tmp_path / "a.txt")[first:last]
    assert unicodedata.normalize("NFC", in_file) == SENTENCE
    assert document.kind == "txt"
    assert unicodedata.is_normalized("NFC", document.text)
    assert form == "NFD" or (first, last) == (start, start + len(SENTENCE))


@given(st.text(st.sampled_from("aăâeơ đ\u0301\u0323\u0302\u0306\u031b\u1eadệ\u212b\n"), min_size=1), st.data())
def test_spans_of_any_text_stay_in_order_and_inside(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    written = "x" + text
    document = read(tmp_path_factory.getbasetemp(), written.encode(), "any.txt")
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    first, last = document.span_in_file(start, end)
    assert 0 <= first <= last <= len(written)
    assert document.span_in_file(0, len(document.text)) == (0, len(written))


def test_paragraphs_stand_apart_and_table_cells_beside_each_other(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("KẾ HOẠCH")
        table = document.add_table(3, 3, style="Table Grid")
        for row, cells in enumerate((("1", "Báo cáo", "15/6"), ("", "Tổng kết", "15/11"), ("2", "Kiểm tra", "Quý I"))):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(0, 0).merge(table.cell(1, 0)).text = "1"
        document.add_paragraph(SENTENCE)

    document = read(tmp_path, samples.docx_of(fill))
    assert document.text == f"KẾ HOẠCH\n\n1 | Báo cáo | 15/6\n| Tổng kết | 15/11\n2 | Kiểm tra | Quý I\n\n{SENTENCE}"


def test_a_table_that_only_places_the_heading_is_read_cell_by_cell(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        left, right = document.add_table(1, 2).rows[0].cells
        left.text = "LIÊN ĐOÀN LAO ĐỘNG TỈNH"
        left.add_paragraph("Số: 121/KH-LĐLĐ")
        right.text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        right.add_paragraph("Lai Châu, ngày 14 tháng 02 năm 2025")

    assert read(tmp_path, samples.docx_of(fill)).text == (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nSố: 121/KH-LĐLĐ\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLai Châu, ngày 14 tháng 02 năm 2025"
    )


def test_page_headers_and_footers_come_once_and_page_numbers_never(tmp_path: Path) -> None:
    def fill(document: Document) -> None:
        document.add_paragraph(SENTENCE)
        for section in (document.sections[0], document.add_section()):
            section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
            section.header.paragraphs[0].text = "DỰ THẢO"
            section.footer.paragraphs[0].text = "Trang 1/2"

    assert read(tmp_path, samples.docx_of(fill)).text == f"DỰ THẢO\n\n{SENTENCE}"


def test_a_page_s_number_made_by_a_field_is_not_text(tmp_path: Path) -> None:
    def field(instruction: str, shown: str) -> str:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        asked = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        return mark("begin") + asked + mark("separate") + f"<w:r><w:t>{shown}</w:t></w:r>" + mark("end")

    body = samples.paragraph_xml("ngày ", field("DATE", "15/6"), field("IF x", field("PAGE", "7")), " hạn cuối")
    body += samples.paragraph_xml('<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>')
    assert read(tmp_path, samples.docx_by_hand(body)).text == "ngày 15/6 hạn cuối"


def test_a_footnote_leaves_its_sentence_whole(tmp_path: Path) -> None:
    note = samples.paragraph_xml("Kết luận số 106-KL/TW")
    notes = samples.part_xml(
        "footnotes",
        '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>' + f'<w:footnote w:id="2">{note}</w:footnote>',
    )
    body = samples.paragraph_xml("báo cáo", '<w:r><w:footnoteReference w:id="2"/></w:r>', " trước ngày 15/6")
    content = samples.docx_by_hand(
        body + samples.paragraph_xml("Mục hai"), parts={"footnotes.xml": ("footnotes", notes)}
    )
    assert read(tmp_path, content).text == "báo cáo trước ngày 15/6\n\nMục hai\n\n[1] Kết luận số 106-KL/TW"


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{samples.paragraph_xml('trong khung')}</w:txbxContent>"
    drawn = (
        "<w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    text = read(tmp_path, samples.docx_by_hand(samples.paragraph_xml("trước ", drawn, "sau"))).text
    assert text == "trước sau\n\ntrong khung"


def test_list_numbers_are_read_as_printed(tmp_path: Path) -> None:
    def level(place: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        )

    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.")
    levels += level(3, "bullet", "\uf0b7")
    numbering = samples.part_xml(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="6"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="4"/></w:lvlOverride></w:num>',
    )

    def item(text: str, place: int, number: int = 5) -> str:
        properties = f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>'
        return samples.paragraph_xml(text, properties=properties)

    body = item("Mục đích", 0) + item("a", 1) + item("b", 1) + item("c", 2) + item("d", 3) + item("Nội dung", 0)
    body += item("đ", 1) + item("e", 1, 6) + item("không số", 0, 0)
    text = read(tmp_path, samples.docx_by_hand(body, parts={"numbering.xml": ("numbering", numbering)})).text
    assert text.split("\n\n") == [
        "I. Mục đích",
        "1. a",
        "2. b",
        "2.1. c",
        "- d",
        "II. Nội dung",
        "1. đ",
        "4. e",
        "không số",
    ]


def test_changes_are_read_as_accepted_and_hidden_text_is_not_read(tmp_path: Path) -> None:
    changed = "<w:ins><w:r><w:t>15/6</w:t></w:r></w:ins><w:del><w:r><w:delText>30/6</w:delText></w:r></w:del>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ghi chú riêng</w:t></w:r>"
    document = read(tmp_path, samples.docx_by_hand(samples.paragraph_xml("trước ngày ", changed, hidden)))
    assert document.text == "trước ngày 15/6"
    assert [warning.split(":")[0] for warning in document.warnings] == [
        "văn bản còn dấu vết sửa đổi",
        "văn bản có chữ ẩn",
    ]


def test_old_fonts_are_converted_run_by_run_and_marked(tmp_path: Path) -> None:
    body = (
        samples.paragraph_xml(samples.run_xml("kÕ ho¹ch", ".VnTimeH"))
        + samples.paragraph_xml(samples.run_xml("B¸o c¸o ", ".VnTime"), "bằng văn bản")
        # one letter, its base and its mark in two runs
        + samples.paragraph_xml(samples.run_xml("Lie", "VNI-Times"), samples.run_xml("ân ñoaøn", "VNI-Times"))
        + samples.paragraph_xml(samples.run_xml("2025", ".VnTime"))
    )
    document = read(tmp_path, samples.docx_by_hand(body))
    assert document.text == "KẾ HOẠCH\n\nBáo cáo bằng văn bản\n\nLiên đoàn\n\n2025"
    assert document.marks == (
        "phông TCVN3 (.VnTime, .VnTimeH): 2 đoạn đã chuyển mã — cần xác nhận",
        "phông VNI (VNI-Times): 1 đoạn đã chuyển mã — cần xác nhận",
    )


def test_an_old_font_may_come_from_the_style(tmp_path: Path) -> None:
    styles = samples.part_xml(
        "styles",
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:caps/></w:rPr></w:style>',
    )
    body = samples.paragraph_xml("B¸o c¸o") + samples.paragraph_xml("B¸o c¸o", properties='<w:pStyle w:val="b"/>')
    document = read(tmp_path, samples.docx_by_hand(body, parts={"styles.xml": ("styles", styles)}))
    assert document.text == "Báo cáo\n\nBáo cáo"
    assert document.marks == ("phông TCVN3 (.VnTime): 2 đoạn đã chuyển mã — cần xác nhận",)


def test_a_pdf_is_read_over_its_pages_without_their_numbers(tmp_path: Path) -> None:
    pages = [["KẾ HOẠCH", "Các cấp công đoàn báo cáo kết quả"], ["2", "trước ngày 15/6/2025 theo quy định."]]
    document = read(tmp_path, samples.pdf_of(pages), "a.pdf")
    assert document.text == "KẾ HOẠCH\nCác cấp công đoàn báo cáo kết quả\ntrước ngày 15/6/2025 theo quy định."
    assert (document.kind, document.marks, document.warnings) == ("pdf", (), ())


def test_an_old_font_in_a_pdf_is_converted_and_marked(tmp_path: Path) -> None:
    content = samples.pdf_of([["Céng hßa x· héi chñ nghÜa ViÖt Nam"]], font="ABCDEF+.VnTime")
    document = read(tmp_path, content, "a.pdf")
    assert document.text == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert document.marks == ("phông TCVN3 (.VnTime): 1 đoạn đã chuyển mã — cần xác nhận",)


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    document = read(tmp_path, samples.pdf_of([[SENTENCE], [], ["-"]]), "a.pdf")
    assert document.warnings == ("trang không có chữ (ảnh chụp?): 2, 3",)


def test_the_content_tells_the_kind_and_a_wrong_name_is_said(tmp_path: Path) -> None:
    document = read(tmp_path, samples.docx_of_paragraphs(SENTENCE), "a.pdf")
    assert (document.kind, document.text) == ("docx", SENTENCE)
    assert document.warnings == ("tên tệp là .pdf nhưng nội dung là .docx: đã đọc theo nội dung",)


def test_old_bytes_in_a_text_file_are_converted_and_marked(tmp_path: Path) -> None:
    written = "Céng hßa x· héi chñ nghÜa ViÖt Nam\r\n§éc lËp - Tù do - H¹nh phóc"
    document = read(tmp_path, written.encode("latin-1"), "a.txt")
    assert document.text == "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"
    assert document.marks == ("bảng mã TCVN3: toàn văn đã chuyển sang Unicode — cần xác nhận",)


def stamped_in_a_cell(document: Document) -> None:
    cell = document.add_table(1, 2, style="Table Grid").cell(0, 0)
    cell.text = "Số: 12/KH"
    cell.add_paragraph("MẬT")
    document.add_paragraph(SENTENCE)


def stamped_on_every_page(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = "T Ố I  M Ậ T"
    document.add_paragraph(SENTENCE)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f"Số: 12/KH\nMẬT\n{SENTENCE}".encode(), "a.txt"),
        (samples.docx_of(stamped_in_a_cell), "a.docx"),
        (samples.docx_of(stamped_on_every_page), "a.docx"),
        (samples.pdf_of([["Số: 12/KH", "TUYỆT MẬT", SENTENCE]]), "a.pdf"),
        ("Sè: 12/KH\nMËT\nCéng hßa x· héi chñ nghÜa ViÖt Nam".encode("latin-1"), "a.txt"),
    ],
    ids=["text", "cell of a table", "page header", "pdf", "old encoding"],
)
def test_a_secret_document_goes_no_further(tmp_path: Path, content: bytes, name: str) -> None:
    with pytest.raises(SecretDocument, match="ật; state secrets are not taken in") as refused:
        read(tmp_path, content, name)
    assert SENTENCE not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_document_without_words_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no text in the document"):
        read(tmp_path, samples.docx_of_paragraphs("  "))


def test_what_word_s_own_library_reads_is_all_there(tmp_path: Path) -> None:
    content = samples.docx_of_paragraphs(*(f"{number}. {SENTENCE}" for number in range(200)))
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    plain = "\n\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert read_document(path).text == plain
