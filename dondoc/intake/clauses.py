"""The clauses as printed: each block with its reference (II.2.1.a) and the headings above it.

The reference is the printed one, never a counter: a document that goes from II to IV has no III.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dondoc.intake.blocks import Block

RANKS = {"part": 0, "roman": 1, "article": 1, "number": 2, "letter": 6, "paren": 7, "bullet": 8}
BULLET_RANK = RANKS["bullet"]
AROUND_A_LABEL = re.compile(r"^(?:Điều|PHẦN|Phần)\s+|[\s.)\-–(:]+$|^\(")


@dataclass(frozen=True, slots=True)
class Heading:
    """An open heading: its rank (lower is wider), its printed mark, and its words."""

    rank: int
    label: str
    words: str
    index: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A block in its place: `above` are the headings that it stands under, the widest first."""

    block: Block
    index: int
    reference: str | None
    above: tuple[Heading, ...]
    section: int | None
    """The block of the nearest numbered heading above; clauses of one section share their actors and task."""


def clauses_of(blocks: Sequence[Block]) -> Iterator[Clause]:
    """Give every block its reference and its headings."""
    open_headings: list[Heading] = []
    for index, block in enumerate(blocks):
        rank = _rank(block)
        if rank is None:
            plain = tuple(one for one in open_headings if one.rank < BULLET_RANK)
            if len(block.cells) <= 1:
                open_headings = list(plain)
            above = tuple(open_headings)
            yield Clause(block, index, _reference(open_headings), above, _section(above))
            continue
        deepest = rank + (1 if block.mark.startswith("+") else 0)
        open_headings = [one for one in open_headings if one.rank < deepest]
        above = tuple(open_headings)
        open_headings.append(Heading(deepest, _label(block), block.body, index))
        yield Clause(block, index, _reference(open_headings), above, _section(above))


def _rank(block: Block) -> int | None:
    if not block.mark_kind:
        return None
    rank = RANKS[block.mark_kind]
    return rank + _label(block).count(".") if block.mark_kind == "number" else rank


def _label(block: Block) -> str:
    if block.mark_kind == "bullet":
        return ""
    return AROUND_A_LABEL.sub("", block.mark.strip())


def _section(above: Sequence[Heading]) -> int | None:
    return next((one.index for one in reversed(above) if one.label and one.rank < BULLET_RANK - 2), None)


def _reference(headings: Sequence[Heading]) -> str | None:
    """Join the printed marks; a number that repeats the one above it (2.1 under 2) stands for both."""
    labels: list[str] = []
    for heading in headings:
        if not heading.label:
            continue
        if labels and heading.label.startswith(labels[-1] + "."):
            labels.pop()
        labels.append(heading.label)
    return ".".join(labels) or None
