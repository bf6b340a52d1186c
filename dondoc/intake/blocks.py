"""Cuts a document's text into what a reader sees: paragraphs, headings, list items, and rows of tables.

Texts come with one paragraph a line, wrapped at a column, or with tables in bars; a page break may cut a sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.intake.bar_tables import Line, Row, tables_in
from dondoc.intake.pieces import RULE_LINE, Piece, piece_of, without_emphasis

ENUMERATOR = re.compile(
    r"(?P<article>Điều\s+\d{1,3}\s*[.:])|(?P<part>(?:PHẦN|Phần)\s+(?:[IVX]{1,5}|\d|thứ\s+\w+)\b\s*[.:]?)"
    r"|(?P<roman>[IVX]{1,5}\s*[.\-)–](?=\s|[^\W\d]))|(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}\s*[.)](?=\s|[^\W\d])"
    r"|\d{1,2}(?:\.\d{1,2}){1,4}(?=\s)|\d{1,2}(?:[.\-]\d{1,2}){0,3}\s?[-–](?=\s+[^\W\d])(?!\s*[A-ZĐ]{2,8}\s?/))|(?P<letter>[a-zđ]\)(?=\s|\w))|(?P<paren>\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\))"
    r"|(?P<bullet>[-–—+•●▪*]+(?=\s|[^\W\d]))"
)
"""The printed mark at the head of a clause."""

ENDS = tuple(".;:!?…”")
WRAPPED_AT_MOST = 130
"""Characters; a text whose long lines are shorter than this was wrapped at a column."""
FULL_LINE = 0.62
"""A wrapped line shorter than this part of the column was ended on purpose."""
LONGEST_EMPHASIS_LINES = 8
CUT_BEHIND = tuple(f" {word}" for word in ("số", "ngày", "tháng", "năm", "trước", "hết", "nhất", "đến", "từ", "vào"))
"""A line that ends so goes on with a number, on the next line or behind a page break."""
CUT_DATE = re.compile(r"\d\s?[/\-–]$")
"""A line that ends in the middle of a date."""
HEADING_SIGN = re.compile(r"#{1,6}\s+")
"""How Markdown marks a heading; the printed mark stands behind it."""
HEADINGS = frozenset({"article", "part", "roman", "number"})


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the mark at its head, or a row of a table with its cells."""

    piece: Piece
    mark: str
    mark_kind: str
    cells: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return self.piece.text

    @property
    def body(self) -> str:
        """The words behind the mark."""
        return self.piece.text[len(self.mark) :].strip() if self.mark else self.piece.text.strip()


def blocks_of(text: str) -> tuple[Block, ...]:
    """Cut the text into blocks, in order."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    found: list[Block] = []
    run: list[Line] = []
    for content in tables_in(lines):
        if not isinstance(content, Row):
            run.append(content)
            continue
        found += _paragraphs(run, width)
        run = []
        found += _row(content)
    return tuple(found + _paragraphs(run, width))


def _lines(text: str) -> Iterator[Line]:
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        sign = HEADING_SIGN.match(bare) if bare.startswith("#") else None
        bare = bare[sign.end() :] if sign else bare
        yield bare, at + (line.index(bare) if bare else 0)
        at += len(line)


def _wrap_width(lines: list[Line]) -> int | None:
    lengths = sorted(len(text) for text, _ in lines if len(text) > 1)
    if not lengths:
        return None
    width = lengths[int(len(lengths) * 0.92)]
    return width if width <= WRAPPED_AT_MOST else None


def _row(row: Row) -> list[Block]:
    cells = tuple(piece for cell in row.cells if (piece := piece_of(cell, "\n")).text.strip())
    if not cells:
        return []
    whole = piece_of([line for cell in row.cells for line in cell], "\n")
    mark, kind = mark_of(whole.text) if len(cells) == 1 else ("", "")
    return [Block(whole, mark, kind, cells)]


def _paragraphs(lines: list[Line], width: int | None) -> list[Block]:
    groups: list[list[Line]] = []
    blank = True
    for line in lines:
        if not line[0] or RULE_LINE.match(line[0]):
            blank = True
            continue
        if groups and _goes_on(groups[-1], line[0], width, blank=blank):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank = False
    return [Block(piece, *mark_of(piece.text)) for piece in map(piece_of, groups) if piece.text.strip()]


def _goes_on(group: list[Line], line: str, width: int | None, *, blank: bool) -> bool:
    """Whether a line continues the paragraph above it: wrapped, cut by a page break, or inside open emphasis."""
    before, after = bare(group[-1][0]), bare(line)
    if not before or not after or mark_of(after)[0]:
        return False
    if after[0].isdigit() and (f" {before}".endswith(CUT_BEHIND) or CUT_DATE.search(before)):
        return True
    if blank:
        cut = after[0].islower() or before.endswith(",")
        return cut and not before.endswith(ENDS)
    return _wrapped(group, before, after, width)


def _wrapped(group: list[Line], before: str, after: str, width: int | None) -> bool:
    """Whether a line directly below another goes on with its sentence."""
    unfinished = not before.endswith(ENDS)
    if (after[0].islower() and not before.endswith((";", "./."))) or before.endswith(","):
        return True
    if after[0].islower() and before.endswith(";") and width is not None and len(before) >= width * FULL_LINE:
        return True
    if unfinished and _emphasis_is_open(group):
        return True
    if width is None or before.endswith(("./.", ";")):
        return False
    if len(before) >= width * FULL_LINE:
        opens = not unfinished and len(after) < width * FULL_LINE and not after.endswith(ENDS)
        return not opens and (after.isupper() or not before.isupper())
    return unfinished and _first_line(group, before)


def _emphasis_is_open(group: list[Line]) -> bool:
    if len(group) > LONGEST_EMPHASIS_LINES:
        return False
    return "".join(text.removeprefix("* ") for text, _ in group).count("*") % 2 == 1 or (
        "".join(text for text, _ in group).count("**") % 2 == 1
    )


def _first_line(group: list[Line], before: str) -> bool:
    """Whether a short line is a first line set shorter than the rest, and not a heading."""
    heading = mark_of(bare(group[0][0]))[1] in HEADINGS or before.isupper() or before.startswith("Kính gửi")
    heading = heading or group[-1][0].startswith("**")
    return len(group) == 1 and not heading


def bare(text: str) -> str:
    """Give a line without emphasis marks and outer blanks."""
    return without_emphasis(text).strip()


def mark_of(text: str) -> tuple[str, str]:
    """Give the mark at the head of a text and its kind, or nothing."""
    found = ENUMERATOR.match(text)
    return (found.group(), found.lastgroup or "") if found else ("", "")
