"""The data of a document that a text tells about.

An article tells it ("Ngày 17/9/2025, … ban hành Kế hoạch 1472/KH-…"), or a line in brackets under a title ("Ban hành
kèm theo Quyết định số …").
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dondoc.intake.blocks import Block
from dondoc.intake.bodies import BODY
from dondoc.intake.pieces import Piece
from dondoc.intake.symbols import (
    DAY_MONTH_YEAR,
    TYPE_WORDS,
    Reference,
    day_of,
    references,
    type_name,
    type_of_symbol,
)
from models.schemas.drafts import DocumentHeader, FoundDate, FoundValue

ISSUED = re.compile(
    rf"(?P<issuer>{BODY}(?:[^,;:.()]|(?<=TP|Tp)\.){{0,90}}?)\s+(?:(?:vừa|đã|mới|chính\s+thức|cũng)\s+)*"
    r"(?:ban\s+hành|có|ký(?:\s+ban\s+hành)?|công\s+bố|phát\s+hành|gửi|ra)(?:\s+[Vv]ăn\s+bản)?\s*$"
)
ISSUED_BY = re.compile(r"\bdo\s+(?P<issuer>[^,;.()]{3,90}?)\s+(?:ban\s+hành|ký)")
OF_BODY = re.compile(
    rf"[^;.]{{0,40}}?\bcủa\s+(?P<issuer>{BODY}[^,;:.()“”\"]{{0,60}}?)(?=\s+(?:về|(?:có\s+)?nêu|quy\s+định|hướng\s+dẫn|yêu\s+cầu|đề\s+nghị)\b|[,;.:)\n]|$)"
)
SAYS = re.compile(
    rf"\s*,\s*(?P<issuer>{BODY}[^,;:.()]{{0,90}}?)\s+(?:đã\s+)?(?:đề\s+nghị|yêu\s+cầu|hướng\s+dẫn|chỉ\s+đạo)"
)
SIGNED = re.compile(rf"(?:^|[.!?]\s+)Ngày\s+(?P<day>{DAY_MONTH_YEAR}),[^.;]{{0,160}}\bký(?:\s+ban\s+hành)?\s+$")
DAY_TOLD = re.compile(rf"[Nn]gày\s+(?P<day>{DAY_MONTH_YEAR})")
AT_OR_BY = re.compile(
    r"(?:^|[.!?]\s+)\W*(?:(?:(?:Tại|Theo)|Căn cứ(?=\s+(?:tại|theo|quy định|điểm|khoản|điều|mục)\b))\s[^,;.]{0,40})?$",
    re.IGNORECASE,
)
"""What stands before the document that a text quotes: nothing, or "Tại khoản 3 …"; "Căn cứ Kế hoạch …" is a ground."""
SUBJECT = re.compile(
    r"^(?:\s*,?\s*(?:năm|ngày)\s+[\d/]+)?(?:\s+Tải về)?\s+(?P<subject>(?:về|V/v|quy định|phê duyệt)\b[^.;\n]{3,600}?)"
    r"(?=\s+do\s[^.;\n]{3,90}ban hành|[.;\n]|$)"
)
IN_BRACKETS = re.compile(
    r"(?:^|\s)\(\s*(?P<inside>(?:[Bb]an\s+hành\s+)?(?:[Kk]èm\s+theo|[Ss]ố|[Tt]heo)\b[^)]{5,300})\)?"
)
PART_OF_IT = re.compile(
    r"(?:^\W*|(?:tại|theo|căn\s+cứ)\s+(?:[^;.]{0,60}\s)?)(?:tiết|tiểu\s+mục|mục|khoản|điểm|điều|chương|phần|phụ\s+lục)\s+"
    r"[\w.]{1,8}(?:[\s,]+[^;]{0,40})?$",
    re.IGNORECASE,
)
KEPT_BY = re.compile(
    r"(?:tại|theo|căn\s+cứ)\s+(?:điểm|khoản|điều|mục|chương)\s[^;]{0,260}\bkèm\s+theo\s+$", re.IGNORECASE
)
"""A part of what was issued with the document ("Căn cứ Điều 4 Quy chế … ban hành kèm theo Quyết định …")."""
AS_IT_SAYS = re.compile(r"(?:^|[.!?)]\s*[-–]?\s*)(?:Căn cứ(?:\s+(?:vào|theo))?|Theo|Tại)\s+$")
SO = re.compile(
    r"\s*,?\s*(?:(?:thì|quy định|có quy định|nêu rõ)\b|[^.;]{0,200}?(?:nêu rõ|quy định|hướng dẫn|như sau)\s*:)"
)
AS_A_HEADLINE_ASKS = re.compile(r"(?:^|\s)(?:theo|tại|toàn văn)\s+$", re.IGNORECASE)
BEFORE_A_HEADLINE = re.compile(r"[\s#*]*(?:(?:đã có|toàn văn|nội dung|tóm tắt|ban hành)\s*:?\s*)?", re.IGNORECASE)
KEPT_WITH = re.compile(r"^\s*\(\s*(?:[Bb]an hành\s+)?[Kk]èm theo\s", re.MULTILINE)
TYPE_ISSUED = re.compile(
    rf"(?:^|[.,]\s*)(?P<issuer>{BODY}[^,;:.()]{{0,90}}?)\s+(?:(?:vừa|đã|mới|chính thức)\s+)*ban hành\s+"
    rf"(?P<type>(?i:{TYPE_WORDS}))\b"
)
TYPE_SENT = re.compile(rf"\W*(?P<type>{TYPE_WORDS})\s+(?:gửi|của|yêu cầu|nêu)\b")
FIRST_BLOCKS = 5
"""Blocks at the head of an article that may name the document it is about."""
BLOCKS_OF_AN_ACCOUNT = 10
"""Blocks among which it is told who issued it: questions and headlines may stand before."""
LONGEST_LOOK = 4_000
"""Characters of a block that are looked at; no first paragraph is longer."""
FARTHEST = 300
"""Characters between a document and what is said of it."""
LIKELY, PERHAPS = 0.85, 0.6


@dataclass(frozen=True, slots=True)
class _Named:
    piece: Piece
    reference: Reference
    issuer: re.Match[str] | None


def told_header(blocks: Sequence[Block]) -> DocumentHeader | None:
    """Read an article's account of the document that its headline or its first sentences name."""
    named = _headline(blocks) or next(_issued(blocks[:BLOCKS_OF_AN_ACCOUNT]), None) or next(_referred(blocks), None)
    return _header(named, blocks) if named else None


def header_in_brackets(pieces: Iterable[Piece], blocks: Sequence[Block]) -> DocumentHeader | None:
    """Read the line under a title that says with which document this one was issued."""
    for piece in pieces:
        inside = IN_BRACKETS.search(piece.text)
        reference = next(references(inside["inside"]), None) if inside else None
        if inside and reference:
            whole = next(one for one in references(piece.text) if one.symbol == reference.symbol)
            return _header(_Named(piece, whole, None), blocks)
    return None


def header_of_annex(blocks: Sequence[Block]) -> DocumentHeader | None:
    """Read the line over an annex that says with which document it goes ("(Kèm theo Công văn số … ngày …)")."""
    pieces = (piece for block in blocks for piece in block.cells or (block.piece,))
    return header_in_brackets((piece for piece in pieces if KEPT_WITH.search(piece.text)), blocks)


def type_issued(blocks: Sequence[Block]) -> FoundValue | None:
    """Find the type of the document that an article tells was issued, where it gives no number."""
    for block in blocks[:BLOCKS_OF_AN_ACCOUNT]:
        found = TYPE_ISSUED.search(block.text[:LONGEST_LOOK]) or TYPE_SENT.match(block.text)
        kind = type_name(found["type"]) if found else None
        if found and kind:
            return _found(block.piece, *found.span("type"), PERHAPS, kind)
    return None


def day_beside(blocks: Sequence[Block], symbol: str) -> FoundDate | None:
    """Find the day that a text gives the document with this symbol."""
    for block in blocks[:FIRST_BLOCKS]:
        for one in references(block.text[:LONGEST_LOOK]):
            if one.symbol == symbol and one.dated:
                return FoundDate(one.dated, block.piece.source(*one.span), PERHAPS)
    return None


def day_told(blocks: Sequence[Block], kind: str) -> FoundDate | None:
    """Find the day on which a text says that a document of this type was issued, where it gives no number."""
    said = re.compile(
        rf"[Nn]gày\s+(?P<day>{DAY_MONTH_YEAR})\s*,?\s+{BODY}[^;.]{{0,120}}?\s(?:ban\s+hành|có|ký)\s+{kind}\b"
    )
    for block in blocks[:BLOCKS_OF_AN_ACCOUNT]:
        found = said.search(block.text)
        day = day_of(found["day"]) if found else None
        if found and day:
            return FoundDate(day, block.piece.source(*found.span("day")), PERHAPS)
    return None


def _headline(blocks: Sequence[Block]) -> _Named | None:
    """Find the document that the headline names ("Chỉ thị số 45-CT/TW về …", "Hồ sơ theo Hướng dẫn 06-HD/TW?")."""
    piece = blocks[0].piece if blocks else None
    reference = next(references(piece.text), None) if piece else None
    if piece is None or reference is None or reference.type is None:
        return None
    before = piece.text[: reference.span[0]]
    asks = AS_A_HEADLINE_ASKS.search(before) and not piece.text.rstrip().endswith((".", ";", ":", ","))
    if not asks and not BEFORE_A_HEADLINE.fullmatch(before):
        return None
    return _Named(piece, reference, ISSUED_BY.search(piece.text, reference.span[1], reference.span[1] + FARTHEST))


def _issued(blocks: Sequence[Block]) -> Iterator[_Named]:
    """Find documents of which it is said that somebody issued them."""
    for block in blocks:
        for one in references(block.text[:LONGEST_LOOK]):
            issuer = ISSUED.search(block.text[max(one.span[0] - FARTHEST, 0) : one.span[0]])
            by = issuer or ISSUED_BY.search(block.text, one.span[1], LONGEST_LOOK)
            if by:
                yield _Named(block.piece, one, by)


def _referred(blocks: Sequence[Block]) -> Iterator[_Named]:
    """Find a document that a text quotes ("Tại Công văn 12/…, Bộ … đề nghị", "Công văn 12/… của Bộ … nêu rõ").

    Also where a part of it is named: "Căn cứ tiểu mục 2 Mục II Kế hoạch 22/…", "Theo Thông tư 11/… thì …".
    """
    for at, block in enumerate(blocks[:BLOCKS_OF_AN_ACCOUNT]):
        for one in references(block.text[:LONGEST_LOOK]):
            before = block.text[max(one.span[0] - FARTHEST, 0) : one.span[0]]
            quoted = AS_IT_SAYS.search(before) and SO.match(block.text, one.span[1])
            if quoted or PART_OF_IT.search(before) or KEPT_BY.search(before):
                yield _Named(block.piece, one, None)
            says = SAYS.match(block.text, one.span[1]) or OF_BODY.match(block.text, one.span[1])
            if at < FIRST_BLOCKS and says and AT_OR_BY.search(before):
                yield _Named(block.piece, one, says)


def _header(named: _Named, blocks: Sequence[Block]) -> DocumentHeader:
    piece, reference = named.piece, named.reference
    subject = SUBJECT.match(piece.text[reference.symbol_span[1] :])
    start = reference.symbol_span[1]
    kind = reference.type or type_of_symbol(reference.symbol) or "Công văn"
    return DocumentHeader(
        number=_found(piece, *reference.symbol_span, LIKELY, reference.symbol),
        type=_found(piece, *reference.span, LIKELY, kind),
        issued_on=_day(named, blocks),
        issuer=_issuer(named, blocks),
        subject=_found(piece, start + subject.start("subject"), start + subject.end("subject"), PERHAPS)
        if subject
        else None,
    )


def _day(named: _Named, blocks: Sequence[Block]) -> FoundDate | None:
    """Give the document's own day beside its number, or the day on which it is said to have been issued."""
    if named.reference.dated:
        return FoundDate(named.reference.dated, named.piece.source(*named.reference.span), PERHAPS)
    beside = day_beside(blocks, named.reference.symbol)
    if beside:
        return beside
    signed = _day_signed(named.reference.symbol, blocks)
    if signed:
        return signed
    for told in [named, *(one for one in _issued(blocks) if one.reference.symbol == named.reference.symbol)]:
        days = list(DAY_TOLD.finditer(told.piece.text, 0, told.reference.span[0]))
        day = day_of(days[-1]["day"]) if days and told.issuer else None
        if day:
            return FoundDate(day, told.piece.source(*days[-1].span("day")), PERHAPS)
    return None


def _day_signed(symbol: str, blocks: Sequence[Block]) -> FoundDate | None:
    """Find the day on which somebody signed it ("Ngày 25/5/2025, thay mặt …, đồng chí … ký ban hành …")."""
    for block in blocks[:BLOCKS_OF_AN_ACCOUNT]:
        for one in references(block.text[:LONGEST_LOOK]):
            found = SIGNED.search(block.text[: one.span[0]]) if one.symbol == symbol else None
            day = day_of(found["day"]) if found else None
            if found and day:
                return FoundDate(day, block.piece.source(*found.span("day")), PERHAPS)
    return None


def _issuer(named: _Named, blocks: Sequence[Block]) -> FoundValue | None:
    """Give the body that issued the document, from any of the sentences that name it."""
    same = [one for one in _issued(blocks) if one.reference.symbol == named.reference.symbol]
    for told in [named, *same]:
        if told.issuer:
            at = told.piece.text.find(told.issuer["issuer"])
            return _found(told.piece, at, at + len(told.issuer["issuer"]), LIKELY)
    for block in blocks:
        for one in references(block.text):
            behind = OF_BODY.match(block.text, one.span[1]) if one.symbol == named.reference.symbol else None
            if behind:
                return _found(block.piece, *behind.span("issuer"), PERHAPS)
    return None


def _found(piece: Piece, start: int, end: int, confidence: float, value: str | None = None) -> FoundValue:
    return FoundValue(value or " ".join(piece.text[start:end].split()), piece.source(start, end), confidence)
