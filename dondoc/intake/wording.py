"""Words looked for in any case: a pattern in lower case that meets a text in lower case.

The standard library's IGNORECASE enters every branch of an alternation at every letter; this costs a fifth of it.
"""

import re
from collections.abc import Iterator
from sys import maxsize


class Wording:
    """A pattern for words in any case. What a match gives is in lower case; its places are those of the text."""

    __slots__ = ("_find", "_find_all", "_match", "_match_all", "pattern")

    def __init__(self, pattern: str) -> None:
        """Raise ValueError for a capital in the pattern, which would never be met."""
        letters = re.sub(r"\\.|\(\?P", "", pattern)
        if letters != letters.lower():
            raise ValueError(f"a wording is written in lower case: {pattern}")
        self.pattern = pattern
        compiled = re.compile(pattern)
        self._find, self._find_all = compiled.search, compiled.finditer
        self._match, self._match_all = compiled.match, compiled.fullmatch

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Find the first place. All of `text` is put in lower case: give a sentence, not a document."""
        return self._find(text.replace("İ", "I").lower(), start, end)

    def match(self, text: str) -> re.Match[str] | None:
        """Find it at the head of the text."""
        return self._match(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Find it in the whole text."""
        return self._match_all(lowered(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find every place."""
        return self._find_all(lowered(text))


def any_of(phrases: str) -> str:
    r"""Give a pattern for phrases set apart by bars, in lower case; those that begin alike share their beginning.

    A hundred verbs then cost a look at one letter in most places: "họp|học tập" is họ(?:p|c\s+tập).
    """
    return _shared([phrase.strip() for phrase in phrases.split("|")])


def _shared(endings: list[str]) -> str:
    by_letter: dict[str, list[str]] = {}
    for ending in endings:
        if ending:
            by_letter.setdefault(ending[0], []).append(ending[1:])
    branches = [(r"\s+" if letter == " " else letter) + _shared(rest) for letter, rest in by_letter.items()]
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""
    return f"(?:{joined})?" if joined and "" in endings else joined


def lowered(text: str) -> str:
    """Give the text in lower case, each letter in its place; İ is the one letter that would become two."""
    return text.replace("İ", "I").lower()
