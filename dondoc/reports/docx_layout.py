"""What a Vietnamese official document needs of Word: paper and margins, fonts, lines under words, tables, page numbers.

Measures are those of Decree 30/2020/NĐ-CP, Appendix I, Part I.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Draft
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
FONT = "Times New Roman"
CENTER = WD_ALIGN_PARAGRAPH.CENTER
BODY_POINTS = 14
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 20


def new_document(title: str, written_at: datetime) -> Draft:
    """Begin an A4 document in the font and margins of the decree. The same facts give the same properties."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = Mm(10)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY_POINTS)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.title, properties.author, properties.language = title, "", "vi-VN"
    properties.created = properties.modified = written_at.replace(tzinfo=None, microsecond=0)
    return document


def put(  # noqa: PLR0913 (how words look has so many sides)
    paragraph: Paragraph,
    text: str,
    *,
    points: float = BODY_POINTS,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """Add words to a paragraph in a size and face, and set how it stands."""
    # What nobody sees (controls, direction marks) has no place in a document, and some of it none in XML.
    run = paragraph.add_run("".join(character if character.isprintable() else " " for character in text))
    run.font.size, run.bold, run.italic = Pt(points), bold, italic
    if align is not None:
        paragraph.alignment = align
    return paragraph


def cell_lines(cell: _Cell, lines: Sequence[tuple[str, dict[str, Any]]], align: WD_ALIGN_PARAGRAPH = CENTER) -> None:
    """Fill a cell with lines, each with its own look (as `put`)."""
    for number, (text, look) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        put(paragraph, text, align=align, **look)


def rule_below(cell: _Cell, width: float) -> None:
    """Draw the thin line that stands centred under a name: a paragraph's own border, between wide indents.

    `width`: the share of the cell's width that it takes.
    """
    paragraph = cell.add_paragraph()
    paragraph.alignment = CENTER
    indent = int((cell.width or Cm(8)) * (1 - width) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    paragraph.paragraph_format.line_spacing, paragraph.paragraph_format.space_before = Pt(3), Pt(2)
    edge = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    edge.append(line)
    paragraph._p.get_or_add_pPr().append(edge)  # noqa: SLF001 (python-docx has no borders of paragraphs)


def fixed_widths(table: Table, widths_cm: Sequence[float]) -> None:
    """Give columns widths that Word and LibreOffice both keep."""
    table.autofit = False
    for column, width in zip(table.columns, widths_cm, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def mark_row(row: _Row, *, repeated: bool = False) -> None:
    """Keep a row whole on one page; `repeated`: it heads every page of its table."""
    for name in ("w:cantSplit", *(("w:tblHeader",) if repeated else ())):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 (nor rows kept whole)


def number_pages(document: Draft) -> None:
    """Number pages in the middle of the top margin, from the second on."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)  # noqa: SLF001 (nor fields)


def same_times(content: bytes) -> bytes:
    """Give the same package with every part dated alike: python-docx dates them by the clock."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            target.writestr(ZipInfo(part.filename, ZIP_EPOCH), source.read(part), ZIP_DEFLATED)
    return kept.getvalue()
