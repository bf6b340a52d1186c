"""Cuts a phrase into words, numbers and marks, each in its standard spelling."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from policies.deadlines.spelling import cleaned, glued, is_known, joined, meant_behind, spelled

PATTERN = re.compile(r"(?P<number>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<mark>\S)")
LONGEST_NUMBER_DIGITS = 4
LONGEST_DAY_DIGITS = 2
# What stands against a number without a space and belongs to it: 8h00, 9g30, T6/2025, Q3/2025.
BESIDE_NUMBERS = frozenset(("h", "g", "p", "t", "q", "giờ"))
LONGEST_BROKEN_PIECE_LETTERS = 6


class Token(NamedTuple):
    """A piece of the text in lower case and standard spelling; `number` is its value where it is one.

    adjoins: no space stands between it and the piece before.
    """

    text: str
    number: int | None = None
    adjoins: bool = False


class Tokens(tuple[Token, ...]):
    """The pieces of a phrase in order. Looking past either end finds nothing, never an error."""

    __slots__ = ()

    def text(self, index: int) -> str:
        """Give the piece at `index`, or nothing."""
        return self[index].text if 0 <= index < len(self) else ""

    def number(self, index: int) -> int | None:
        """Give the value of the piece at `index`, if it is a number."""
        return self[index].number if 0 <= index < len(self) else None

    def adjoins(self, index: int) -> bool:
        """Whether no space stands before the piece at `index`."""
        return 0 <= index < len(self) and self[index].adjoins

    def digits(self, index: int) -> int:
        """How many digits the number at `index` was written with; 0 if it is none."""
        if not 0 <= index < len(self):
            return 0
        token = self[index]
        return 0 if token.number is None else len(token.text)

    def day(self, index: int) -> int | None:
        """Give the value of a number of one or two digits."""
        if not 0 <= index < len(self):
            return None
        token = self[index]
        return token.number if token.number is not None and len(token.text) <= LONGEST_DAY_DIGITS else None

    def after(self, index: int, *words: str) -> int | None:
        """Give the index behind these words if they stand at `index`, else None."""
        for word in words:
            if not 0 <= index < len(self) or self[index].text != word:
                return None
            index += 1
        return index

    def after_any(self, index: int, choices: Sequence[str]) -> int:
        """Give the index behind the first of these runs of words that stands at `index`, or `index` if none does."""
        first = self.text(index)
        for choice in choices:
            # Few choices begin with the piece that stands here: only those are cut into their words.
            end = self.after(index, *choice.split()) if first and choice.startswith(first) else None
            if end is not None:
                return end
        return index


def tokenise(phrase: str) -> Tokens:
    """Cut `phrase`. A number too long to be part of a date, or run together with other letters, counts as a word."""
    pieces: list[Token] = []
    last_end, last_piece = -1, ""
    text_of_all = cleaned(phrase)
    bare = text_of_all.isascii()
    for match in PATTERN.finditer(text_of_all):
        text, adjoins = match.group(), match.start() == last_end
        if match.lastgroup == "number":
            runs_on = adjoins and last_piece.isalpha() and last_piece not in BESIDE_NUMBERS and not is_known(last_piece)
            value = None if runs_on or len(text) > LONGEST_NUMBER_DIGITS else int(text)
            pieces.append(Token(text, value, adjoins))
        elif match.lastgroup == "word":
            _add_word(text, pieces, adjoins=adjoins, bare=bare)
        else:
            pieces.append(Token(text))
        last_end, last_piece = match.end(), pieces[-1].text
    return Tokens(pieces)


def _add_word(text: str, pieces: list[Token], *, adjoins: bool, bare: bool) -> None:
    """Add a word: in its standard spelling, split if two were typed as one, joined if one was broken in two."""
    word = spelled(text, bare=bare)
    if bare and pieces:
        before, word = meant_behind(pieces[-1].text, word)
        if before != pieces[-1].text:
            pieces[-1] = Token(before)
    if not adjoins and pieces and pieces[-1].text.isalpha() and len(text) <= LONGEST_BROKEN_PIECE_LETTERS:
        whole = joined(pieces[-1].text, text) if len(pieces[-1].text) <= LONGEST_BROKEN_PIECE_LETTERS else None
        if whole is not None:
            pieces[-1] = Token(whole)
            return
    pair = None if is_known(word) else glued(text)
    pieces.extend(Token(part) for part in pair or (word,))
