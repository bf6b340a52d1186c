"""The document's own data: number, type, date, place, issuer, subject, signer.

Read from its printed head, or, where there is none, from what the text tells of it. What stands nowhere stays unknown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dondoc.intake.attributes import header_of_attributes
from dondoc.intake.blocks import Block
from dondoc.intake.bodies import BODY, issuing_body
from dondoc.intake.layout import FIRST_BLOCKS, GROUNDS_OR_GREETING, TITLE, Layout
from dondoc.intake.letterhead import LONGEST_HEAD, Letterhead, letterhead_of, number_on_a_line, place_and_date
from dondoc.intake.pieces import Piece
from dondoc.intake.signature import signer_of
from dondoc.intake.symbols import DAY_MONTH_YEAR, day_of, references, type_name, type_of_symbol
from dondoc.intake.told_header import (
    day_beside,
    day_told,
    header_in_brackets,
    header_of_annex,
    told_header,
    type_issued,
)
from dondoc.intake.wording import Wording
from models.schemas.drafts import DocumentHeader, FoundDate, FoundMonth, FoundValue

ABOUT = re.compile(r"\bV/[vV]\s*:?\s*(?P<subject>\S.+)$", re.DOTALL)
OF_WHOM = re.compile(rf"\b(?:CỦA|của)\s+(?P<body>(?i:{BODY})[^;:.()\n]{{0,80}}?)(?=\s+(?i:về|tại)\b|$)")
"""In a title: "KẾT LUẬN CỦA BỘ CHÍNH TRỊ VỀ …"."""
YEAR_OF_PLAN = re.compile(r"(?<!\w)năm\s+(?P<year>20\d\d)(?!\d|\s*[-–])", re.IGNORECASE)
PLANS = frozenset({"Kế hoạch", "Chương trình"})
LOOKS_BACK = Wording(r"tổng\s+kết|sơ\s+kết|kết\s+quả|đánh\s+giá|kiểm\s+điểm|xếp\s+loại|khắc\s+phục")
"""A plan to look back on a year may be carried out in the next."""
GREETING = re.compile(r"Kính\s+gửi", re.IGNORECASE)
DAY_OF_PAGE = re.compile(
    rf"\W*(?:(?:Thứ\s+\w+|Chủ\s+nhật|Ngày(?:\s+đăng)?)\s*[,:]?\s*)?(?P<day>{DAY_MONTH_YEAR})(?:\W+\d{{1,2}}:\d{{2}}\b.{{0,40}})?\W*",
    re.IGNORECASE,
)
LINES_OF_A_PAGE_HEAD = 6
ENDS = (".", ";", ":", ",")
LONGEST_HEADLINE = 300
"""Characters."""
SURE, LIKELY, PERHAPS = 0.98, 0.85, 0.6


def header_of(source: str, blocks: Sequence[Block], layout: Layout) -> DocumentHeader:
    """Read the document's own data; `blocks` are those of `source`.

    What its printed head says goes first; without a number there, what the page around it tells of it.
    """
    own = _printed(source, blocks, layout)
    if own.number:
        return own
    told = header_of_attributes(source) or _told(source, blocks, layout) or header_of_annex(blocks)
    return _joined(own, told, titled=layout.title is not None) if told else own


def _printed(source: str, blocks: Sequence[Block], layout: Layout) -> DocumentHeader:
    head = letterhead_of(source, _end_of_head(source, blocks, layout))
    number = head.number or _number_in_title(blocks, layout) or _number_below(source, blocks)
    place, issued_on = _place_and_date(source, head)
    signed_for, signed_by = signer_of(blocks)
    headline = _headline(blocks) if layout.title is None else None
    told = None if _greets(blocks) else type_issued(blocks)
    kind = _type(blocks, layout, number) or told or _type_unsaid(source, headline)
    subject = _subject(blocks, layout)
    issued_on = issued_on or _day_told(blocks, number, kind)
    page = None if issued_on else _day_of_page(blocks)
    if page and layout.title is not None and number is None:
        issued_on = page  # the day under the title of a notice without a number
    told_in = _year_of_plan(kind, subject) or (_month_of(page) if page else None) or _year_of_plan(kind, headline)
    dated_in = head.dated_in or told_in
    return DocumentHeader(
        number=number,
        type=kind,
        issued_on=issued_on,
        dated_in=None if issued_on else dated_in,
        issuer=head.issuer or _issuer(blocks, layout),
        place=place,
        subject=subject,
        signed_for=signed_for,
        signed_by=signed_by,
    )


def _joined(own: DocumentHeader, told: DocumentHeader, *, titled: bool) -> DocumentHeader:
    """Join what a document says of itself and what is told of it; the latter goes first where there is no title.

    An issuer in capitals is one that a letterhead printed.
    """
    printed = own.issuer if own.issuer and own.issuer.value.isupper() else None
    issued_on = own.issued_on or told.issued_on if titled else told.issued_on or own.issued_on
    return replace(
        own,
        number=told.number,
        type=own.type or told.type if titled else told.type or own.type,
        issued_on=issued_on,
        dated_in=None if issued_on else own.dated_in,
        issuer=printed or told.issuer or (own.issuer if titled else None),
        subject=own.subject or told.subject if titled else told.subject,
    )


def _end_of_head(source: str, blocks: Sequence[Block], layout: Layout) -> int:
    """Give where the title stands, or the greeting, or the first words of the matter."""
    ends = [blocks[layout.title].piece.span[0]] if layout.title is not None else []
    ends += [block.piece.span[0] for block in blocks[layout.body : layout.body + 1]]
    ends += [block.piece.span[0] for block in blocks[:FIRST_BLOCKS] if GROUNDS_OR_GREETING.match(block.text)][:1]
    end = min(ends, default=len(source))
    greeting = GREETING.search(source, 0, end)
    return greeting.start() if greeting else end


def _number_in_title(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    """Find the number that stands behind the type word ("KẾT LUẬN 127-KL/TW CỦA BỘ CHÍNH TRỊ")."""
    if layout.title is None:
        return None
    piece = blocks[layout.title].piece
    named, found = TITLE.match(piece.text), next(references(piece.text), None)
    if named is None or found is None:
        return None
    between = piece.text[named.end("type") : found.symbol_span[0]].strip(" :.").lower()
    return _found(piece, *found.symbol_span, LIKELY, found.symbol) if between in {"", "số"} else None


def _number_below(source: str, blocks: Sequence[Block]) -> FoundValue | None:
    first = () if _greets(blocks) else blocks[:FIRST_BLOCKS]
    return number_on_a_line(source, first[0].piece.span[0], first[-1].piece.span[1]) if first else None


def _told(source: str, blocks: Sequence[Block], layout: Layout) -> DocumentHeader | None:
    if layout.title is None:
        greeting = GREETING.search(source, 0, LONGEST_HEAD)
        return None if greeting else told_header(blocks)
    under = blocks[layout.title + 1 : layout.body]
    within = header_in_brackets((block.piece for block in under), under)
    if within or not layout.title:
        return within
    # A page that quotes a document says before its title which one: only one of the title's type is meant.
    before, title = told_header(blocks[: layout.title]), TITLE.match(blocks[layout.title].text)
    named = type_name(title["type"]) if title else None
    return before if before and before.type and before.type.value == named else None


def _place_and_date(source: str, head: Letterhead) -> tuple[FoundValue | None, FoundDate | None]:
    if head.issued_on or head.place:
        return head.place, head.issued_on
    place, day = place_and_date(source)
    return place, day if isinstance(day, FoundDate) else None


def _year_of_plan(kind: FoundValue | None, subject: FoundValue | None) -> FoundMonth | None:
    """Give the year that a plan's title, or a headline, says it is for, where it says one and does not look back."""
    if subject is None or (kind is not None and kind.value not in PLANS) or LOOKS_BACK.search(subject.value):
        return None
    years = {int(found["year"]) for found in YEAR_OF_PLAN.finditer(subject.value)}
    return FoundMonth(years.pop(), None, subject.span, LIKELY) if len(years) == 1 else None


def _day_of_page(blocks: Sequence[Block]) -> FoundDate | None:
    """Give the day on which a page says it was published, on a line of its own under its headline."""
    for block in blocks[:LINES_OF_A_PAGE_HEAD]:
        found = DAY_OF_PAGE.fullmatch(block.text.strip())
        day = day_of(found["day"]) if found else None
        if found and day:
            return FoundDate(day, block.piece.source(*found.span("day")), PERHAPS)
    return None


def _month_of(day: FoundDate) -> FoundMonth:
    return FoundMonth(day.value.year, day.value.month, day.span, day.confidence)


def _day_told(blocks: Sequence[Block], number: FoundValue | None, kind: FoundValue | None) -> FoundDate | None:
    if number:
        return day_beside(blocks, number.value)
    return day_told(blocks, kind.value) if kind else None


def _type(blocks: Sequence[Block], layout: Layout, number: FoundValue | None) -> FoundValue | None:
    if layout.title is not None:
        piece = blocks[layout.title].piece
        found = TITLE.match(piece.text)
        name = type_name(found["type"]) if found else None
        if found and name:
            return _found(piece, *found.span("type"), SURE, name)
    if number is None:
        return None
    return FoundValue(type_of_symbol(number.value) or "Công văn", number.span, LIKELY)


def _greets(blocks: Sequence[Block]) -> re.Match[str] | None:
    """Find the greeting of a text that begins with it: a letter whose head is lost, whatever documents it names."""
    return GREETING.match(blocks[0].text) if blocks else None


def _headline(blocks: Sequence[Block]) -> FoundValue | None:
    """Give the line that a text without a title begins with, if it is one of its own and no sentence."""
    first = blocks[0] if blocks else None
    if first is None or first.mark or first.cells or len(first.text) > LONGEST_HEADLINE:
        return None
    return None if first.text.rstrip().endswith(ENDS) else _found(first.piece, 0, len(first.text), PERHAPS)


def _type_unsaid(source: str, headline: FoundValue | None) -> FoundValue | None:
    """Give the type that a headline begins with ("Thông báo tuyển sinh năm 2025"); what greets somebody is a letter."""
    words = source[slice(*headline.span)] if headline else ""
    named = TITLE.match(words)
    kind = type_name(named["type"]) if named else None
    if headline and named and kind and named["rest"][:1].isspace():
        start = headline.span[0]
        return FoundValue(kind, (start + named.start("type"), start + named.end("type")), PERHAPS)
    greeting = GREETING.search(source, 0, LONGEST_HEAD)
    return FoundValue("Công văn", greeting.span(), PERHAPS) if greeting else None


def _issuer(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    for block in blocks[layout.subject_end : layout.body + 1]:
        found = issuing_body(block.text)
        if found:
            return _found(block.piece, *found, LIKELY)
    for block in blocks[layout.title : layout.subject_end] if layout.title is not None else ():
        of = OF_WHOM.search(block.text)
        if of:
            return _found(block.piece, *of.span("body"), LIKELY)
    return None


def _subject(blocks: Sequence[Block], layout: Layout) -> FoundValue | None:
    for piece in _pieces(blocks[: layout.body]):
        found = ABOUT.search(piece.text)
        if found:
            return _found(piece, *found.span("subject"), SURE)
    under = blocks[layout.title + 1 : layout.subject_end] if layout.title is not None else ()
    if not under:
        return None
    value = " ".join(" ".join(block.text.split()) for block in under)
    return FoundValue(value, (under[0].piece.span[0], under[-1].piece.span[1]), LIKELY)


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    for block in blocks:
        yield from block.cells or (block.piece,)


def _found(piece: Piece, start: int, end: int, confidence: float, value: str | None = None) -> FoundValue:
    return FoundValue(value or " ".join(piece.text[start:end].split()), piece.source(start, end), confidence)
