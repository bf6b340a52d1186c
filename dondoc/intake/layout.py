"""Where the parts of a document stand among its blocks: the title with the subject under it, and the first clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.intake.blocks import Block
from dondoc.intake.bodies import BODY
from dondoc.intake.symbols import TYPE_WORDS

TITLE = re.compile(rf"^\s*(?P<type>{TYPE_WORDS})(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
GROUNDS_OR_GREETING = re.compile(
    r"^(?:-\s*)?(?:Căn cứ|Thực hiện|Thi hành|Kính gửi|Xét|Theo|Triển khai|Tiếp tục|Nhằm|Để)\b"
)
GROUNDS = re.compile(r"^\W*Căn cứ\b")
HEAD_OF_NAME = re.compile(rf"(?:{BODY})", re.IGNORECASE)
LETTER = "công văn"
"""The type that has no title: a line that begins so is the headline of a page."""
FIRST_BLOCKS = 30
"""Blocks among which a title must stand."""
LINES_OF_A_SUBJECT = 4


@dataclass(frozen=True, slots=True)
class Layout:
    """The block of the title, the one behind the subject, and the first numbered clause."""

    title: int | None
    subject_end: int
    body: int


def layout_of(blocks: Sequence[Block]) -> Layout:
    """Find the title, the end of the subject under it, and the first numbered clause behind the preamble."""
    title = next((at for at, block in enumerate(blocks[:FIRST_BLOCKS]) if _is_title(block)), None)
    if title is not None and any(GROUNDS.match(block.text) for block in blocks[:title]):
        title = None  # the word that enacts ("QUYẾT ĐỊNH:"), behind the grounds of a text that lost its title
    if title is None:
        title = next((at for at in range(min(len(blocks) - 1, FIRST_BLOCKS)) if _is_plain_title(blocks, at)), None)
    subject_end = 0 if title is None else _subject_end(blocks, title)
    body = next(
        (at for at, block in enumerate(blocks) if at >= subject_end and block.mark_kind not in {"", "bullet"}),
        len(blocks),
    )
    return Layout(title, subject_end, body)


def _is_title(block: Block) -> bool:
    text = " ".join(block.text.split())
    found = TITLE.match(text)
    if block.mark or found is None or len(block.cells) > 1:
        return False
    name = found["type"]
    if name.lower() == LETTER:
        return False
    return name.isupper() and (
        not found["rest"].strip(" .:*") or text.isupper() or found["rest"].lstrip()[:3] in {"V/v", "Về", "CỦA"}
    )


def _is_plain_title(blocks: Sequence[Block], at: int) -> bool:
    """Whether a type word in small letters stands alone on a line ("Kế hoạch") above a line that is no clause."""
    block = blocks[at]
    found = TITLE.match(" ".join(block.text.split())) if len(block.cells) <= 1 and not block.mark else None
    return found is not None and not found["rest"].strip(" .:*") and not blocks[at + 1].mark


def _subject_end(blocks: Sequence[Block], title: int) -> int:
    """Give the index behind the subject: the lines under the title, up to the preamble."""
    at = title + 1
    while at < len(blocks) and at <= title + LINES_OF_A_SUBJECT and not blocks[at].mark and not blocks[at].cells:
        text = " ".join(blocks[at].text.split())
        first = at == title + 1
        if text.endswith((":", ";")) or (GROUNDS_OR_GREETING.match(text) and not (first and _is_subject(text))):
            break
        if not first and (not text.isupper() or HEAD_OF_NAME.match(text)):
            break
        at += 1
    return at


def _is_subject(text: str) -> bool:
    """Whether the line under a title that begins like a preamble is the subject: it ends without a mark."""
    return text.startswith(("Thực hiện", "Triển khai", "Tiếp tục", "Thi hành")) and not text.endswith(
        (".", ":", ";", ",")
    )
