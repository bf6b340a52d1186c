"""The official letter of urging as a .docx in the layout of Decree 30/2020/NĐ-CP, Appendix I, with its annex.

What people must decide (number, day, signature) is left open, in dots, as on a draft that goes to be signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from docx.document import Document as Draft
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt
from docx.table import _Cell
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dondoc.reports.docx_layout import (
    CENTER,
    cell_lines,
    fixed_widths,
    mark_row,
    new_document,
    number_pages,
    put,
    rule_below,
    same_times,
)

TEMPLATES = Path(__file__).parent / "templates"
DOTS = "………"
"""What a person fills in."""

ROUNDS = (1, 2)
NUMBERED_ASSIGNINGS = 3
"""Directives named in the letter itself; the annex names all."""

HEADINGS = (
    "STT",
    "Nhiệm vụ",
    "Văn bản giao nhiệm vụ",
    "Cơ quan chủ trì thực hiện",
    "Thời hạn hoàn thành",
    "Số ngày quá hạn",
)
WIDTHS_CM = (1.2, 4.9, 3.1, 3.4, 2.5, 1.5)
"""Sum: the 16.5 cm between the margins, and a little."""


@dataclass(frozen=True, slots=True)
class Assigning:
    """A directive that gave what is overdue."""

    number: str
    type: str
    issued_on: date
    subject: str


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """One overdue task of a unit at or below `recipient`. `days_overdue` are calendar days past the effective date.

    `period` is said in words, "" where there is but one. What was handed in late waits for the office.
    """

    recipient: str
    unit: str
    title: str
    directive: str
    clause: str
    period: str
    nominal_due: date
    effective_due: date
    days_overdue: int
    handed_in_on: date | None = None
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class UrgingLetter:
    """What the letter says. `round` is 1 or 2; `signer` are the lines over the signature, none where people decide."""

    superior: str
    office: str
    place: str
    day: date
    as_of: datetime
    round: int
    recipients: tuple[str, ...]
    assigning: tuple[Assigning, ...]
    lines: tuple[OverdueLine, ...]
    answer_by: date
    signer: tuple[str, ...] = ()


def urging_document(letter: UrgingLetter) -> bytes:
    """Give the letter with its annex as the bytes of a .docx; the same letter gives the same bytes."""
    document = new_document(f"Công văn đôn đốc lần {letter.round}", letter.as_of)
    number_pages(document)
    _head(document, letter)
    _to(document, letter)
    for paragraph in _body(letter):
        _paragraph(document, paragraph)
    _foot(document, letter)
    _annex(document, letter)
    kept = BytesIO()
    document.save(kept)
    return same_times(kept.getvalue())


def _head(document: Draft, letter: UrgingLetter) -> None:
    table = document.add_table(rows=2, cols=2)
    fixed_widths(table, (7.2, 9.3))
    (left, right), (number, place) = table.rows[0].cells, table.rows[1].cells
    small, strong = {"points": 12}, {"points": 12, "bold": True}
    above = [(letter.superior.upper(), small)] if letter.superior else []
    cell_lines(left, [*above, (letter.office.upper(), strong)])
    rule_below(left, 0.4)
    cell_lines(
        right,
        [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", strong), ("Độc lập - Tự do - Hạnh phúc", {"points": 13, "bold": True})],
    )
    rule_below(right, 0.62)
    about = f"V/v đôn đốc thực hiện nhiệm vụ quá hạn (lần {letter.round})"
    cell_lines(number, [(f"Số: {DOTS}/{DOTS}", small), (about, {"points": 12})])
    day = f"{letter.place or DOTS}, ngày {DOTS} tháng {letter.day.month:02d} năm {letter.day.year}"
    cell_lines(place, [(day, {"points": 13, "italic": True})])


def _to(document: Draft, letter: UrgingLetter) -> None:
    if len(letter.recipients) == 1:
        paragraph = put(document.add_paragraph(), f"Kính gửi: {letter.recipients[0]}", align=CENTER)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(12)
        return
    first = put(document.add_paragraph(), "Kính gửi:")
    first.paragraph_format.left_indent, first.paragraph_format.space_before = Cm(3), Pt(12)
    for number, name in enumerate(letter.recipients, start=1):
        line = put(document.add_paragraph(), f"- {name}{'.' if number == len(letter.recipients) else ';'}")
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Cm(4.5), Cm(-0.4)
    line.paragraph_format.space_after = Pt(12)


def _body(letter: UrgingLetter) -> list[str]:
    """Give the paragraphs, from the template."""
    text = _template().render(
        letter=letter,
        dots=DOTS,
        named=[_assigned_by(one) for one in letter.assigning[:NUMBERED_ASSIGNINGS]],
        others=len(letter.assigning) > NUMBERED_ASSIGNINGS,
        moment=_moment(letter),
        units=len({line.unit for line in letter.lines}),
        longest=max(line.days_overdue for line in letter.lines),
    )
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]


@cache
def _template() -> Template:
    # The text goes into a Word document as text: nothing in it is markup.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701
    )
    return environment.get_template("urging.txt")


def _assigned_by(one: Assigning) -> str:
    return f"{one.type} số {one.number} ngày {one.issued_on:%d/%m/%Y}"


def _moment(letter: UrgingLetter) -> str:
    return f"{letter.as_of:%H} giờ {letter.as_of:%M} ngày {letter.as_of:%d/%m/%Y}"


def _paragraph(document: Draft, text: str) -> None:
    paragraph = put(document.add_paragraph(), text, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.space_after, form.line_spacing = Cm(1.27), Pt(3), Pt(3), 1.15


def _foot(document: Draft, letter: UrgingLetter) -> None:
    table = document.add_table(rows=1, cols=2)
    fixed_widths(table, (7.8, 8.7))
    left, right = table.rows[0].cells
    table.rows[0].height_rule = None
    cell_lines(left, [("Nơi nhận:", {"points": 12, "bold": True, "italic": True})], WD_ALIGN_PARAGRAPH.LEFT)
    for line in ("- Như trên;", f"- Lưu: VT, {DOTS}."):
        put(left.add_paragraph(), line, points=11)
    signer = letter.signer or (f"QUYỀN HẠN, CHỨC VỤ ({DOTS})",)
    cell_lines(right, [(line.upper(), {"bold": True}) for line in signer])
    for _ in range(4):
        right.add_paragraph()
    put(right.add_paragraph(), "Họ và tên" if not letter.signer else DOTS, bold=True, align=CENTER)
    left.paragraphs[0].paragraph_format.space_before = right.paragraphs[0].paragraph_format.space_before = Pt(12)


def _annex(document: Draft, letter: UrgingLetter) -> None:
    start = document.add_paragraph()
    start.add_run().add_break(WD_BREAK.PAGE)
    put(start, "Phụ lục", bold=True, align=CENTER)
    title = "DANH MỤC NHIỆM VỤ QUÁ HẠN CHƯA HOÀN THÀNH"
    put(document.add_paragraph(), title, bold=True, align=CENTER)
    month = f"tháng {letter.day.month:02d} năm {letter.day.year}"
    of = f"(Kèm theo Công văn số {DOTS} ngày {DOTS} {month} của {letter.office})"
    put(document.add_paragraph(), of, italic=True, align=CENTER)
    put(
        document.add_paragraph(), f"Dữ liệu tính đến {_moment(letter)}", points=12, italic=True, align=CENTER
    ).paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell_lines(cell, [(heading, {"points": 12, "bold": True})])
    mark_row(table.rows[0], repeated=True)
    fixed_widths(table, WIDTHS_CM)
    number = 0
    for recipient in letter.recipients:
        if len(letter.recipients) > 1:
            row = table.add_row()
            mark_row(row)
            row.cells[0].merge(row.cells[-1])
            cell_lines(row.cells[0], [(recipient, {"points": 12, "bold": True})], WD_ALIGN_PARAGRAPH.LEFT)
        for line in (one for one in letter.lines if one.recipient == recipient):
            number += 1
            row = table.add_row()
            mark_row(row)
            _annex_row(row.cells, number, line)
    note = (
        "Thời hạn ghi theo văn bản; số ngày quá hạn tính từ thời hạn đã chuyển sang ngày làm việc tiếp theo nếu trùng "
    )
    note += "ngày nghỉ (Bộ luật Dân sự 2015, Điều 148)."
    put(document.add_paragraph(), note, points=11, italic=True).paragraph_format.space_before = Pt(6)


def _annex_row(cells: Sequence[_Cell], number: int, line: OverdueLine) -> None:
    where = f"{line.directive}{f', mục {line.clause}' if line.clause else ''}"
    left = WD_ALIGN_PARAGRAPH.LEFT
    said = (
        (str(number), CENTER),
        (" ".join((line.title, *(f"({said})" for said in (line.period, _note(line)) if said))), left),
        (where, left),
        (line.unit, left),
        (f"{line.nominal_due:%d/%m/%Y}", CENTER),
        (str(line.days_overdue), CENTER),
    )
    for cell, (text, align) in zip(cells, said, strict=True):
        cell_lines(cell, [(text, {"points": 12})], align)


def _note(line: OverdueLine) -> str:
    """Say of what is counted as overdue, and is yet not for the unit to do now, how it stands."""
    if line.suspended:
        return "đang tạm hoãn"
    return f"đã nộp ngày {line.handed_in_on:%d/%m/%Y}, chờ xác nhận" if line.handed_in_on else ""
