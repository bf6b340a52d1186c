"""The list of recipients (Nơi nhận) with the role of each, where the list says it."""

import re
from collections.abc import Iterator, Sequence

from dondoc.intake.blocks import Block
from dondoc.intake.pieces import Piece
from models.schemas.drafts import Recipient, RecipientRole, Span

HEADING = re.compile(r"^\W*Nơi\s+nhận\s*:?\**\s*", re.IGNORECASE)
ROLE = re.compile(r"\(\s*(?:để\s+)?(?P<role>[^()]{1,40})\s*\)\s*$")
BREAK = re.compile(r";|\n\s*[-–+•]\s*|(?<=[;.\s])[-–]\s+(?=[^\W\d])|$")
LONGEST_LIST = 6_000
"""Characters of a list that are read."""
LONGEST_NAME = 240
"""Characters; what is longer is no longer the list."""
ROLES = (
    ("lưu", RecipientRole.ARCHIVE),
    ("như trên", RecipientRole.AS_ADDRESSED),
    ("như kính gửi", RecipientRole.AS_ADDRESSED),
    ("như điều", RecipientRole.AS_ADDRESSED),
)
ROLES_IN_BRACKETS = (
    (("thực hiện", "t/h", "th/h", "th"), RecipientRole.IMPLEMENTS),
    (("báo cáo", "b/c", "bc"), RecipientRole.REPORTED_TO),
    (("biết", "phối hợp", "p/h", "đăng", "theo dõi", "chỉ đạo"), RecipientRole.INFORMED),
)


def recipients_of(blocks: Sequence[Block]) -> tuple[Recipient, ...]:
    """Read the first list of recipients; empty if there is none."""
    for index, block in enumerate(blocks):
        for piece in block.cells or (block.piece,):
            heading = HEADING.match(piece.text)
            if heading:
                found = list(_entries(piece, heading.end()))
                return tuple(found or _following(blocks[index + 1 :]))
    return ()


def _following(blocks: Sequence[Block]) -> Iterator[Recipient]:
    for block in blocks:
        names = list(_entries(block.piece, 0))
        plain = block.mark_kind in {"", "bullet"} and not block.cells and not block.text.isupper()
        if not plain or len(block.text) > LONGEST_NAME or block.text.startswith(("TM.", "KT.", "TL.")):
            return
        yield from names
        if any(name.role is RecipientRole.ARCHIVE for name in names):
            return


def _entries(piece: Piece, start: int) -> Iterator[Recipient]:
    for at, end in _spans(piece.text, start):
        words = " ".join(piece.text[at:end].split())
        bracket = ROLE.search(words)
        name = (words[: bracket.start()] if bracket and _bracket_role(bracket["role"]) else words).strip(" .;,-–+")
        if name:
            yield Recipient(name, _role(words, bracket["role"] if bracket else ""), piece.source(at, end))


def _spans(text: str, start: int) -> Iterator[Span]:
    """Cut the list at semicolons, line heads and dashes outside brackets."""
    at = start
    for mark in BREAK.finditer(text, start, start + LONGEST_LIST):
        if text.count("(", at, mark.start()) > text.count(")", at, mark.start()):
            continue
        first = at + len(text[at : mark.start()]) - len(text[at : mark.start()].lstrip(" \n\t-–+•"))
        if first < mark.start():
            yield first, mark.start()
        at = mark.end()


def _role(words: str, bracket: str) -> RecipientRole | None:
    lowered = words.lower()
    plain = next((role for head, role in ROLES if lowered.startswith(head)), None)
    return plain or _bracket_role(bracket)


def _bracket_role(bracket: str) -> RecipientRole | None:
    words = " ".join(bracket.lower().split())
    return next((role for heads, role in ROLES_IN_BRACKETS if words.startswith(heads)), None)
