"""Who signs, and in which capacity: "TM. BAN THƯỜNG VỤ, PHÓ CHỦ TỊCH"."""

import re
from collections.abc import Sequence

from dondoc.intake.blocks import Block
from dondoc.intake.pieces import Piece
from models.schemas.drafts import FoundValue

MODES = ("TM", "T/M", "KT", "TL", "TUQ", "Q")
MODE = re.compile("|".join(MODES))
SIGNED_FOR = re.compile(rf"\b(?P<mode>{'|'.join(MODES)})\.?\s*(?P<whom>[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ ,\n\-–]{{3,80}})")
SIGNED_BY = re.compile(
    r"^\s*\*?(?P<post>(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|GIÁM\s+ĐỐC|HIỆU\s+TRƯỞNG|BÍ\s+THƯ|CHỦ\s+NHIỆM|"
    r"THỦ\s+TƯỚNG|TRƯỞNG\s+BAN|CHÁNH\s+VĂN\s+PHÒNG|CỤC\s+TRƯỞNG|TRƯỞNG\s+PHÒNG|VIỆN\s+TRƯỞNG|TỔNG\s+THƯ\s+KÝ))\b",
    re.MULTILINE,
)
LIKELY = 0.85


def signer_of(blocks: Sequence[Block]) -> tuple[FoundValue | None, FoundValue | None]:
    """Give in whose name and by which post the document is signed."""
    signed_for = signed_by = None
    for block in blocks:
        for piece in block.cells or (block.piece,):
            found = SIGNED_FOR.search(piece.text) if MODE.search(piece.text) else None
            if found:
                signed_for = _found(piece, *found.span())
            if signed_for is None:
                continue
            post = SIGNED_BY.search(piece.text, found.end() if found and "\n" in found.group() else 0)
            if post:
                signed_by = _found(piece, *post.span("post"))
    return signed_for, signed_by


def _found(piece: Piece, start: int, end: int) -> FoundValue:
    return FoundValue(" ".join(piece.text[start:end].split()), piece.source(start, end), LIKELY)
