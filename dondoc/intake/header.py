"""The document's own data: number, type, date, place, issuer, subject, signer.

As Nghị định 30/2020/NĐ-CP (Phụ lục I) and Hướng dẫn 36-HD/VPTW lay them out, and as an article about a document
tells them ("Ngày 17/9/2025, … ban hành Kế hoạch 1472/KH-…"). What stands nowhere stays unknown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dondoc.intake.blocks import Block
from dondoc.intake.bodies import BODY, issuing_body
from dondoc.intake.pieces import Piece
from dondoc.intake.symbols import (
    OWN_NUMBER,
    TYPE_WORDS,
    canonical,
    day_of,
    references,
    type_name,
    type_of_symbol,
)
from models.schemas.drafts import DocumentHeader, FoundDate, FoundValue

PLACE_AND_DATE = re.compile(
    r"(?:^|(?<=\n)|(?<=\t))\s*(?P<place>(?:[^\W\d_][\w.'’\-]*[ \n]){0,5}[^\W\d_][\w.'’\-]*)\s*,\s*"
    r"(?P<date>ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})",
)
TITLE = re.compile(rf"^\s*(?P<type>{TYPE_WORDS})(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
ABOUT = re.compile(r"\bV/[vV]\s*:?\s*(?P<subject>\S.+)$", re.DOTALL)
TOLD = re.compile(
    rf"(?:^|[Nn]gày\s+(?P<date>\d{{1,2}}/\d{{1,2}}/\d{{4}})\s*,?\s*)(?P<issuer>{BODY}[^,;:.()]{{0,90}}?)\s+"
    r"(?:vừa\s+|đã\s+|chính thức\s+)*(?:ban hành|có|ký|công bố|phát hành)\b"
)
TOLD_BY = re.compile(r"\bdo\s+(?P<issuer>[^,;.()]{3,90}?)\s+(?:ban hành|ký)")
TOLD_SUBJECT = re.compile(
    r"^(?:\s*,?\s*(?:năm|ngày)\s+[\d/]+)?(?:\s+Tải về)?\s+(?P<subject>(?:về|V/v|quy định)\b[^.;\n]{3,600}?)"
    r"(?=\s+do\s[^.;\n]{3,90}ban hành|[.;\n]|$)"
)
MOTTO = re.compile(r"CỘNG\s+H[ÒO][ÀA]?\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Độc\s+lập\s*[-–]", re.IGNORECASE)
SIGNED_FOR = re.compile(r"\b(?P<mode>TM|KT|TL|TUQ|Q)\.\s*(?P<whom>[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ ,\n\-–]{3,80})")
SIGNED_BY = re.compile(
    r"^\s*\*?(?P<post>(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|GIÁM\s+ĐỐC|HIỆU\s+TRƯỞNG|BÍ\s+THƯ|CHỦ\s+NHIỆM|"
    r"THỦ\s+TƯỚNG|TRƯỞNG\s+BAN|CHÁNH\s+VĂN\s+PHÒNG|CỤC\s+TRƯỞNG))\b",
    re.MULTILINE,
)
FIRST_BLOCKS = 30
"""Blocks among which a title must stand."""
WORDS_OF_A_PART = 2
"""Words; a name so short ("VĂN PHÒNG") belongs to the body above it."""
FIRST_TOLD_BLOCKS = 4
"""Blocks at the head of an article that may name the document it is about."""
SURE, LIKELY, PERHAPS = 0.98, 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a document stand among its blocks: title, end of the preamble, list of recipients."""

    title: int | None
    subject_end: int
    body: int


def layout_of(blocks: Sequence[Block]) -> Layout:
    """Find the title, the end of the subject under it, and the first numbered clause behind the preamble."""
    title = next((at for at, block in enumerate(blocks[:FIRST_BLOCKS]) if _is_title(block)), None)
    subject_end = 0 if title is None else _subject_end(blocks, title)
    body = next(
        (at for at, block in enumerate(blocks) if at >= subject_end and block.mark_kind not in {"", "bullet"}),
        len(blocks),
    )
    return Layout(title, subject_end, body)


def header_of(blocks: Sequence[Block], layout: Layout) -> DocumentHeader:
    """Read the document's own data from its blocks."""
    number = _number(blocks, layout)
    told = None if number or layout.title is not None else _headline(blocks) or _told(blocks)
    if told is not None:
        return told
    issued = _place_and_date(blocks)
    signed_for, signed_by = _signer(blocks)
    return DocumentHeader(
        number=number,
        type=_type(blocks, layout, number),
        issued_on=issued[1] if issued else None,
        issuer=_issuer(blocks, layout),
        place=issued[0] if issued else None,
        subject=_subject(blocks, layout),
        signed_for=signed_for,
        signed_by=signed_by,
    )


def _is_title(block: Block) -> bool:
    text = " ".join(block.text.split())
    found = TITLE.match(text)
    if block.mark or found is None or len(block.cells) > 1:
        return False
    name = found["type"]
    return name.isupper() and (
        not found["rest"].strip(" .:*") or text.isupper() or found["rest"].lstrip()[:3] in {"V/v", "Về"}
    )


def _subject_end(blocks: Sequence[Block], title: int) -> int:
    """Give the index behind the subject: the lines under the title, up to the preamble."""
    at = title + 1
    while at < len(blocks) and at <= title + 4 and not blocks[at].mark and not blocks[at].cells:
        text = " ".join(blocks[at].text.split())
        if text.endswith((":", ";")) or (
            GROUNDS_OR_GREETING.match(text) and not (at == title + 1 and _is_subject(text))
        ):
            break
        if at > title + 1 and not text.isupper() and blocks[at - 1].text.isupper():
            break
        if at > title + 1 and (not text.isupper() or HEAD_OF_NAME.match(text)):
            break
        at += 1
    return at


GROUNDS_OR_GREETING = re.compile(
    r"^(?:Căn cứ|Thực hiện|Thi hành|Kính gửi|Xét|Theo|Triển khai thực hiện|Tiếp tục|Nhằm|Để)\b"
)


def _is_subject(text: str) -> bool:
    """Whether the line under a title that begins like a preamble is the subject: it ends without a mark."""
    return text.startswith(("Thực hiện", "Triển khai", "Tiếp tục", "Thi hành")) and not text.endswith(
        (".", ":", ";", ",")
    )


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    for block in blocks:
        yield from block.cells or (block.piece,)


def _found(piece: Piece, start: int, end: int, confidence: float, value: str | None = None) -> FoundValue:
    return FoundValue(value or " ".join(piece.text[start:end].split()), piece.source(start, end), confidence)


def _number(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    for piece in _pieces(blocks[: max(layout.body, FIRST_BLOCKS)]):
        found = OWN_NUMBER.search(piece.text)
        if found:
            return _found(piece, *found.span("symbol"), SURE, canonical(found["symbol"]))
    return None


def _place_and_date(blocks: Sequence[Block]) -> tuple[FoundValue, FoundDate] | None:
    for piece in _pieces(blocks):
        for found in PLACE_AND_DATE.finditer(piece.text):
            day = day_of(found["date"])
            if day and found["place"][0].isupper() and not piece.text[found.end() :].lstrip(" .*")[:1].isalpha():
                place = _found(piece, *found.span("place"), SURE)
                return place, FoundDate(day, piece.source(*found.span("date")), SURE)
    return None


def _type(blocks: Sequence[Block], layout: Layout, number: FoundValue | None) -> FoundValue | None:
    if layout.title is not None:
        piece = blocks[layout.title].piece
        found = TITLE.match(piece.text)
        name = type_name(found["type"]) if found else None
        if found and name:
            return _found(piece, *found.span("type"), SURE, name)
    if number is None:
        return None
    named = type_of_symbol(number.value)
    return FoundValue(named or "Công văn", number.span, LIKELY)


def _issuer(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    printed = _printed_issuer(blocks, layout)
    if printed:
        return printed
    for block in blocks[layout.subject_end : layout.body + 1]:
        found = issuing_body(block.text)
        if found:
            return _found(block.piece, *found, LIKELY)
    return None


def _printed_issuer(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    """Read the name at the head: the last of the bodies that stand above the number."""
    lines: list[tuple[Piece, int, int]] = []
    for piece in _pieces(blocks[: layout.title if layout.title is not None else layout.body]):
        motto = MOTTO.search(piece.text)
        number = OWN_NUMBER.search(piece.text) or re.search(r"^\s*(?i:số)\s*:", piece.text, re.MULTILINE)
        end = min((found.start() for found in (motto, number) if found), default=len(piece.text))
        lines += [(piece, *span) for span in _capital_lines(piece.text[:end])]
        if motto or number:
            break
    return _last_body(lines)


def _capital_lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        bare = line.strip(" \t-–—_*")
        if bare and bare.isupper() and not bare.isnumeric():
            start = at + line.index(bare)
            yield start, start + len(bare)
        at += len(line) + 1


HEAD_OF_NAME = re.compile(rf"(?:{BODY})", re.IGNORECASE)


OPEN_NAME = re.compile(r"(?:\bNHÂN|[ỦU][ỶY]|\bBAN|\bLIÊN|\bCHÍNH|\bVÀ|\bCỦA|-)$")
PLACE_OF_NAME = re.compile(r"(?:TỈNH|THÀNH PHỐ|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG|VIỆT NAM)\b(?! [ỦU][ỶY])")


def _last_body(lines: list[tuple[Piece, int, int]]) -> FoundValue | None:
    names: list[list[tuple[Piece, int, int]]] = []
    for line in lines:
        piece, start, end = line
        text = piece.text[start:end]
        above = names[-1][-1] if names else None
        open_name = above and OPEN_NAME.search(above[0].text[above[1] : above[2]])
        if names and (open_name or PLACE_OF_NAME.match(text) or not HEAD_OF_NAME.match(text)):
            names[-1].append(line)
        else:
            names.append([line])
    last = names[-1] if names else []
    value = " ".join(" ".join(piece.text[start:end].split()) for piece, start, end in last)
    if not HEAD_OF_NAME.match(value):
        return None
    if len(names) > 1 and len(value.split()) <= WORDS_OF_A_PART:
        superior = " ".join(" ".join(piece.text[start:end].split()) for piece, start, end in names[-2])
        value, last = f"{superior} - {value}", [*names[-2], *last]
    first, final = last[0], last[-1]
    return FoundValue(value, (first[0].source(first[1], first[2])[0], final[0].source(final[1], final[2])[1]), LIKELY)


def _subject(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    for piece in _pieces(blocks[: layout.body]):
        found = ABOUT.search(piece.text)
        if found:
            return _found(piece, *found.span("subject"), SURE)
    if layout.title is None:
        return None
    under = blocks[layout.title + 1 : layout.subject_end]
    if not under:
        return None
    value = " ".join(" ".join(block.text.split()) for block in under)
    return FoundValue(value, (under[0].piece.span[0], under[-1].piece.span[1]), LIKELY)


def _signer(blocks: Sequence[Block]) -> tuple[FoundValue | None, FoundValue | None]:
    signed_for = signed_by = None
    for piece in _pieces(blocks):
        found = SIGNED_FOR.search(piece.text)
        if found:
            signed_for = _found(piece, *found.span(), LIKELY)
        post = SIGNED_BY.search(piece.text, found.end() if found and "\n" in found.group() else 0)
        if post and signed_for:
            signed_by = _found(piece, *post.span("post"), LIKELY)
    return signed_for, signed_by


def _headline(blocks: Sequence[Block]) -> DocumentHeader | None:
    """Read an article whose headline is the document's own name ("Chỉ thị số 45-CT/TW về …")."""
    piece = blocks[0].piece if blocks else None
    reference = next(references(piece.text), None) if piece else None
    if piece is None or reference is None or reference.type is None or piece.text[: reference.span[0]].strip(" #"):
        return None
    at = reference.span[1]
    subject = TOLD_SUBJECT.match(piece.text[at:])
    return DocumentHeader(
        number=_found(piece, *reference.symbol_span, LIKELY, reference.symbol),
        type=_found(piece, *reference.span, LIKELY, reference.type),
        issued_on=FoundDate(reference.dated, piece.source(*reference.span), LIKELY) if reference.dated else None,
        issuer=_issuer_told(blocks, reference.symbol),
        subject=_found(piece, at + subject.start("subject"), at + subject.end("subject"), PERHAPS) if subject else None,
    )


def _issuer_told(blocks: Sequence[Block], symbol: str) -> FoundValue | None:
    """Find the body that an article names as the issuer of the document with this symbol."""
    for block in blocks:
        for reference in references(block.text):
            behind = re.compile(rf"[^;.]{{0,40}}?\bcủa\s+(?P<body>{BODY}[^,;:.()“”\"]{{0,60}}?)(?=\s+về\b|[,;.:]|$)")
            found = behind.match(block.text, reference.span[1]) if reference.symbol == symbol else None
            if found:
                return _found(block.piece, *found.span("body"), PERHAPS)
    return None


def _told(blocks: Sequence[Block]) -> DocumentHeader | None:
    """Read an article's account of a document: who issued what on which day."""
    for block in blocks[:FIRST_TOLD_BLOCKS]:
        reference = next((one for one in references(block.text) if one.type), None)
        by = TOLD.search(block.text) or TOLD_BY.search(block.text)
        if reference is None or by is None:
            continue
        piece, groups = block.piece, by.groupdict()
        day = day_of(groups.get("date"))
        subject = TOLD_SUBJECT.match(block.text[reference.symbol_span[1] :])
        at = reference.symbol_span[1]
        return DocumentHeader(
            number=_found(piece, *reference.symbol_span, LIKELY, reference.symbol),
            type=_found(piece, *reference.span, LIKELY, reference.type),
            issued_on=FoundDate(day, piece.source(*by.span("date")), PERHAPS) if day else None,
            issuer=_found(piece, *by.span("issuer"), LIKELY),
            subject=_found(piece, at + subject.start("subject"), at + subject.end("subject"), PERHAPS)
            if subject
            else None,
        )
    return None
