"""What the reader of one kind of file hands on: the text, and what a person should know of how it was read."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_TEXT_CHARS = 1_000_000
"""Some 400 pages; a directive has thirty. What is longer is another kind of file, or made to tire a reader out."""

LISTED_FONTS = 3


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text before composition; `marks` say what was converted, `warnings` what may be missing.

    `stamps` has the paragraphs of the document's head each on a line, also where the text flattens a table.
    """

    text: str
    marks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    stamps: str = ""


def converted_mark(encoding: str, fonts: Iterable[str], count: int) -> str:
    """Say that `count` paragraphs or pieces drawn with old fonts were converted, to be confirmed by a person."""
    named = ", ".join(sorted(fonts)[:LISTED_FONTS])
    return f"phông {encoding} ({named}): {count} đoạn đã chuyển mã — cần xác nhận"
