"""The chain of grounds: documents named directly after Căn cứ / Thực hiện, and apart those named in their titles."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dondoc.intake.blocks import Block
from dondoc.intake.header import Layout
from dondoc.intake.pieces import Piece
from dondoc.intake.symbols import TYPE_WORDS, Reference, references
from models.schemas.drafts import BasisDocument, Span

GROUNDS = re.compile(
    r"^\W*(?:Theo đó,?\s*)?(?:Căn cứ(?: vào)?|(?:Tiếp tục |Triển khai |Để |Nhằm )?[Tt]hực hiện|Triển khai|Thi hành|"
    r"căn cứ)\s",
)
TITLE_SCOPE = re.compile(
    r"\s(?:về|[Vv]/[Vv]|[Qq]uy định(?! số)|[Pp]hê duyệt|[Bb]an hành|[Hh]ướng dẫn(?! số)|[Ss]ửa đổi|nhằm|để|đã có)\s"
)
SIBLING = re.compile(rf",\s*(?:các\s+)?(?:{TYPE_WORDS})?(?:\s+số)?\s*$", re.IGNORECASE)
STARTS_WITH_TYPE = re.compile(rf"^\W*(?:(?:và|các|căn cứ)\s+)*(?:{TYPE_WORDS})\b", re.IGNORECASE)
FARTHEST_BLOCKS = 14
"""Blocks of preamble at most; a text without numbered clauses has no other end of it."""


def basis_of(blocks: Sequence[Block], layout: Layout) -> tuple[BasisDocument, ...]:
    """Read the grounds from the preamble."""
    preamble = blocks[layout.subject_end : min(layout.body, layout.subject_end + FARTHEST_BLOCKS)]
    found: dict[str, BasisDocument] = {}
    for block in preamble:
        if block.cells or not GROUNDS.match(block.text):
            continue
        for reference, nested in _ranked(block.text):
            known = found.get(reference.symbol)
            if known is None or (known.nested and not nested):
                found[reference.symbol] = _document(block.piece, reference, nested=nested)
    return tuple(found.values())


def _document(piece: Piece, reference: Reference, *, nested: bool) -> BasisDocument:
    return BasisDocument(reference.type, reference.symbol, reference.dated, piece.source(*reference.span), nested)


def _ranked(text: str) -> Iterator[tuple[Reference, bool]]:
    """Give each document named, and whether it is named only inside the title of another."""
    parts = list(_parts(text))
    found = list(references(text))
    for index, (start, end) in enumerate(parts):
        inside = [one for one in found if start <= one.span[0] < end]
        starts_anew = index == 0 or STARTS_WITH_TYPE.match(text[start:end]) is not None
        scope = TITLE_SCOPE.search(text, start, end)
        for reference in inside:
            behind_title = scope is not None and scope.start() < reference.span[0]
            sibling = behind_title and _is_sibling(text, reference, scope.end() if scope else start, inside)
            yield reference, not starts_anew or (behind_title and not sibling)


def _is_sibling(text: str, reference: Reference, scope: int, inside: list[Reference]) -> bool:
    """Whether a document behind another's title stands beside that one: set off by a comma, outside quotes."""
    between = text[scope : reference.symbol_span[0]]
    quoted = (
        between.count("“") > between.count("”")
        or between.count('"') % 2 == 1
        or between.count("(") > between.count(")")
    )
    nested_before = any(scope <= one.span[0] < reference.span[0] for one in inside)
    return not quoted and not nested_before and SIBLING.search(text[: reference.symbol_span[0]]) is not None


def _parts(text: str) -> Iterator[Span]:
    marks = [0, *(at + 1 for at, character in enumerate(text) if character == ";"), len(text)]
    yield from pairwise(marks)
