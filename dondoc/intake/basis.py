"""The chain of grounds: documents named directly after Căn cứ / Thực hiện, and apart those named in their titles."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dondoc.intake.blocks import Block
from dondoc.intake.bodies import issuing_body
from dondoc.intake.layout import Layout
from dondoc.intake.pieces import Piece
from dondoc.intake.sentences import sentences_of
from dondoc.intake.symbols import SYMBOL, TYPE_WORDS, Reference, references
from models.schemas.drafts import BasisDocument, Span

_CARRY_OUT = (
    r"(?:(?:[Tt]iếp tục|[Nn]ghiêm túc|[Kk]ịp thời)\s+)?(?:(?:[Tt]riển khai|[Tt]ổ chức)\s+)*"
    r"(?:[Tt]hực hiện|[Tt]riển khai|[Tt]hi hành|[Cc]ụ thể h[óo][áa])"
)
GROUNDS = re.compile(
    rf"^\W*(?:[Tt]heo đó,?\s*)?(?:(?:[Đđ]ể|[Nn]hằm)\s+)?(?:[Cc]ăn cứ(?:\s+(?:vào|theo))?|[Tt]rên cơ sở|{_CARRY_OUT}|"
    rf"(?:Theo|[Tt]iếp theo|[Pp]húc đáp|[Tt]rả lời)(?=\s+(?:tinh thần\s+|nội dung\s+)?(?i:{TYPE_WORDS}|văn bản)\b))\s"
)
"""What opens a sentence of grounds; "Theo đề nghị của …" and "Xét …" name a proposal, not a ground."""
CARRIED_OUT = re.compile(
    rf"(?:[Kk]ế hoạch|[Cc]hương trình|[Hh]ướng dẫn|[Tt]ổ chức|[Vv]ăn bản|[“\"]|\bvề|việc)[\s“\"]*(?:việc\s+)?"
    rf"{_CARRY_OUT}\s+"
    rf"(?P<document>(?:(?i:{TYPE_WORDS})\s+)?(?:[Ss]ố\s+)?{SYMBOL})"
)
"""In the sentence that issues the document: "ban hành Kế hoạch thực hiện Chỉ thị số …"."""
TITLE_SCOPE = re.compile(
    r"\s(?:về|[Vv]/[Vv]|(?<!các )(?<!hiện )[Qq]uy định(?! số)|[Pp]hê duyệt|ban hành|Ban hành(?! văn bản)|"
    r"[Hh]ướng dẫn(?! số)|[Ss]ửa đổi|nhằm|để|đã có|yêu cầu|đề nghị)\s"
)
BESIDE = re.compile(rf"(?:,|\bvà)\s*(?:các\s+|theo\s+|căn cứ\s+)?(?:{TYPE_WORDS})?(?:\s+số)?\s*$", re.IGNORECASE)
BESIDE_BY_COMMA = re.compile(r",\s*(?:các\s+)?(?:Công văn|Hướng dẫn|Kế hoạch|Thông báo)(?:\s+số)?\s*$", re.IGNORECASE)
"""Such documents carry others out, and are seldom carried out themselves: one behind a comma stands on its own."""
SAID_IN = re.compile(r"\btại\s+(?:các\s+)?(?:\S+\s+){0,3}?(?:số\s+)?$", re.IGNORECASE)
NAME_OF_LAW = re.compile(r"^\W*(?:(?:và|các|[Cc]ăn cứ(?:\s+vào)?)\s+)*(?:Bộ luật|Luật|Pháp lệnh)\b[^;]*\bsố\s*$")
STARTS_WITH_TYPE = re.compile(
    rf"^\W*(?:(?:và|các|căn cứ|thực hiện|thi hành|triển khai|tiếp tục|theo)\s+)*(?:{TYPE_WORDS}|ý kiến|chỉ đạo)\b",
    re.IGNORECASE,
)
LIST_OF_GROUNDS = re.compile(
    r"^[\W\d_IVX]*(?:(?:các\s+)?căn\s+cứ|cơ\s+sở|văn\s+bản)(?:\s+(?:pháp\s+lý|chỉ\s+đạo|để|xây\s+dựng|ban\s+hành|thực\s+"
    r"hiện|kế\s+hoạch|pháp\s+luật)){0,4}[\s:.]*$",
    re.IGNORECASE,
)
"""A heading over a list of grounds ("I. CĂN CỨ PHÁP LÝ")."""
TITLE_LINE = re.compile(r"^\W*(?:[Ss]ố\s*:|V/[vV]\b|Kính gửi|Nơi nhận)")
FARTHEST_BLOCKS = 14
"""Blocks of preamble at most; a text without numbered clauses has no other end of it."""
MOST_LISTED = 60
LONGEST_GROUND = 4_000
"""Characters of a ground that are read."""


def basis_of(blocks: Sequence[Block], layout: Layout, own: str | None = None) -> tuple[BasisDocument, ...]:
    """Read the grounds from the preamble, or from the list under a heading; `own` is the document's own number."""
    found: dict[str, BasisDocument] = {}
    for piece, reference, nested in _named(blocks, layout):
        known = found.get(reference.symbol)
        if reference.symbol != own and (known is None or (known.nested and not nested)):
            found[reference.symbol] = _document(piece, reference, nested=nested)
    return tuple(found.values())


def _named(blocks: Sequence[Block], layout: Layout) -> Iterator[tuple[Piece, Reference, bool]]:
    preamble = blocks[layout.subject_end : min(layout.body, layout.subject_end + FARTHEST_BLOCKS)]
    listing = False
    for block in preamble:
        if block.cells or TITLE_LINE.match(block.text):
            continue
        goes_on = listing and STARTS_WITH_TYPE.match(block.text) is not None
        for reference, nested in _of_paragraph(block.text, goes_on=goes_on):
            yield block.piece, reference, nested
        listing = (goes_on or GROUNDS.match(block.text) is not None) and block.text.endswith((";", ","))
    for block in _listed(blocks[layout.body :]):
        for reference, nested in _ranked(block.text[:LONGEST_GROUND]):
            yield block.piece, reference, nested


def _listed(body: Sequence[Block]) -> Iterator[Block]:
    """Give the blocks under a first heading that announces the grounds."""
    if not body or not LIST_OF_GROUNDS.match(body[0].text):
        return
    for block in body[1:MOST_LISTED]:
        if block.mark_kind == body[0].mark_kind:
            return
        yield block


def _document(piece: Piece, reference: Reference, *, nested: bool) -> BasisDocument:
    return BasisDocument(reference.type, reference.symbol, reference.dated, piece.source(*reference.span), nested)


def _of_paragraph(text: str, *, goes_on: bool) -> Iterator[tuple[Reference, bool]]:
    """Give the documents of a paragraph's sentences of grounds, and what the issuing sentence says is carried out.

    goes_on: the paragraph above listed grounds and was not ended.
    """
    for start, end in sentences_of(text):
        sentence = text[start:end]
        body = issuing_body(sentence)
        matter = body[0] if body else len(sentence)
        if GROUNDS.match(sentence) or (goes_on and start == 0):
            yield from ((_moved(one, start), nested) for one, nested in _ranked(sentence[:matter]))
        if body:
            yield from ((_moved(one, start), False) for one in _carried_out(sentence, matter))


def _carried_out(sentence: str, matter: int) -> Iterator[Reference]:
    found = CARRIED_OUT.search(sentence, matter)
    if found:
        yield from (one for one in references(sentence) if one.span[0] <= found.start("document") < one.span[1])


def _moved(reference: Reference, by: int) -> Reference:
    (start, end), (first, last) = reference.span, reference.symbol_span
    return Reference(reference.type, reference.symbol, reference.dated, (start + by, end + by), (first + by, last + by))


def _ranked(text: str) -> Iterator[tuple[Reference, bool]]:
    """Give each document named, and whether it is named only inside the title of another."""
    found = list(references(text))
    for index, (start, end) in enumerate(_parts(text)):
        inside = [one for one in found if start <= one.span[0] < end]
        starts_anew = index == 0 or STARTS_WITH_TYPE.match(text[start:end]) is not None
        scope = TITLE_SCOPE.search(text, start, end)
        for reference in inside:
            within = scope is not None and scope.start() < reference.span[0]
            apart = within and _stands_apart(text, (start, scope.end() if scope else start), reference, inside)
            yield reference, not starts_anew or (within and not apart)


def _stands_apart(text: str, part_and_scope: Span, reference: Reference, inside: list[Reference]) -> bool:
    """Whether a document behind another's title is a ground of its own: set beside that one, outside quotes."""
    part, scope = part_and_scope
    between, before = text[scope : reference.symbol_span[0]], text[part : reference.symbol_span[0]]
    if (
        between.count("“") > between.count("”")
        or between.count('"') % 2 == 1
        or between.count("(") > between.count(")")
    ):
        return False
    if reference is inside[0]:
        return SAID_IN.search(before) is not None or NAME_OF_LAW.match(before) is not None
    if any(scope <= one.span[0] < reference.span[0] for one in inside):
        return BESIDE_BY_COMMA.search(before) is not None
    return BESIDE.search(before) is not None


def _parts(text: str) -> Iterator[Span]:
    marks = [0, *(at + 1 for at, character in enumerate(text) if character == ";"), len(text)]
    yield from pairwise(marks)
