"""A text seen without its typing marks: words with a map back to the place where each stands in the source.

Emphasis marks are dropped and wrapped lines joined; what is found in the clean words is reported by its source span.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from models.schemas.drafts import Span

EMPHASIS = re.compile(r"\*+|_{1,3}(?=\S)|(?<=\S)_{1,3}")
TWO_RUNS = "****"
"""The end of one bold run and the beginning of the next: behind a letter, two lines of a heading put together."""
RULE_LINE = re.compile(r"^[\s\-_=*~.–—]*$")


def without_emphasis(text: str) -> str:
    """Give a text without its emphasis marks."""
    return EMPHASIS.sub("", text.replace(TWO_RUNS, " ")) if _has_emphasis(text) else text


def _has_emphasis(text: str) -> bool:
    return "*" in text or "_" in text


@dataclass(frozen=True, slots=True)
class Piece:
    """Clean words, and where each run of them stands: starts in `text` beside starts in the source."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def source(self, start: int, end: int) -> Span:
        """Give the source span of `text[start:end]`; the ends are moved inwards over blanks."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if start == end:
            return (self._at(start), self._at(start))
        return (self._at(start), self._at(end - 1) + 1)

    def _at(self, index: int) -> int:
        run = max(bisect_right(self.starts, index) - 1, 0)
        return self.sources[run] + index - self.starts[run] if self.sources else 0

    @property
    def span(self) -> Span:
        """Where the whole piece stands."""
        return self.source(0, len(self.text))


@dataclass(slots=True)
class PieceMaker:
    """Puts lines together to one piece."""

    parts: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, source: int, joint: str = " ") -> None:
        """Add a run of the source that begins at `source`, behind a joint if it is not the first."""
        if self.parts:
            self._push(joint, self.sources[-1] + len(self.parts[-1]))
        at = 0
        for mark in EMPHASIS.finditer(text) if _has_emphasis(text) else ():
            self._push(text[at : mark.start()], source + at)
            if mark.group() == TWO_RUNS and text[mark.start() - 1 : mark.start()].isalpha():
                self._push(" ", source + mark.start())
            at = mark.end()
        self._push(text[at:], source + at)

    def _push(self, text: str, source: int) -> None:
        if text:
            self.parts.append(text)
            self.starts.append(self.length)
            self.sources.append(source)
            self.length += len(text)

    def piece(self) -> Piece:
        """Give what was put together."""
        return Piece("".join(self.parts), tuple(self.starts), tuple(self.sources))


NOTHING = Piece("", (), ())


def piece_of(lines: Sequence[tuple[str, int]], joint: str = " ") -> Piece:
    """Make one piece of lines, each with its place in the source."""
    if len(lines) == 1 and not _has_emphasis(lines[0][0]):
        text, source = lines[0]
        return NOTHING if RULE_LINE.match(text) else Piece(text, (0,), (source,))
    maker = PieceMaker()
    for text, source in lines:
        if not RULE_LINE.match(text):
            maker.add(text, source, joint)
    return maker.piece()
