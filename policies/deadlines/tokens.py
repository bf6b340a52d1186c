"""Cuts a phrase into words, numbers and marks, each with its place in the text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

PATTERN = re.compile(r"(?P<number>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<mark>\S)")
LONGEST_NUMBER_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text in lower case; `number` is its value where it is one. `span` counts characters after NFC."""

    text: str
    number: int | None
    span: tuple[int, int]


class Tokens(tuple[Token, ...]):
    """The pieces of a phrase in order. Looking past either end finds nothing, never an error."""

    __slots__ = ()

    def text(self, index: int) -> str:
        """Give the piece at `index`, or nothing."""
        return self[index].text if 0 <= index < len(self) else ""

    def number(self, index: int) -> int | None:
        """Give the value of the piece at `index`, if it is a number."""
        return self[index].number if 0 <= index < len(self) else None

    def digits(self, index: int) -> int:
        """How many digits the number at `index` was written with; 0 if it is none."""
        return 0 if self.number(index) is None else len(self.text(index))

    def after(self, index: int, *words: str) -> int | None:
        """Give the index behind these words if they stand at `index`, else None."""
        found = all(self.text(index + offset) == word for offset, word in enumerate(words))
        return index + len(words) if found else None

    def after_any(self, index: int, choices: Sequence[str]) -> int:
        """Give the index behind the first of these runs of words that stands at `index`, or `index` if none does."""
        for choice in choices:
            end = self.after(index, *choice.split())
            if end is not None:
                return end
        return index


def tokenise(phrase: str) -> Tokens:
    """Cut `phrase`, brought to NFC and lower case. A number too long to be part of a date counts as a word."""
    text = unicodedata.normalize("NFC", phrase).lower()
    return Tokens(
        Token(
            match.group(),
            int(match.group()) if match["number"] and len(match.group()) <= LONGEST_NUMBER_DIGITS else None,
            match.span(),
        )
        for match in PATTERN.finditer(text)
    )
