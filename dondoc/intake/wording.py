"""Words looked for in any case: a pattern in lower case that meets a text in lower case.

The standard library's IGNORECASE enters every branch of an alternation at every letter; this costs a fifth of it.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from sys import maxsize

TEXTS_KEPT = 32
"""A sentence and the stretches of it that are searched for many wordings in turn; in lower case they are kept."""


class Wording:
    """A pattern for words in any case. What a match gives is in lower case; its places are those of the text.

    `said_in`, `said_often_in` and `opens` look for one place, for all, and at the head of a text that is in lower case
    already, as `lowered` gives it; they take a start and an end.
    """

    __slots__ = ("_match_all", "opens", "pattern", "said_in", "said_often_in")

    def __init__(self, pattern: str) -> None:
        """Raise ValueError for a capital in the pattern, which would never be met."""
        letters = re.sub(r"\\.|\(\?P", "", pattern)
        if letters != letters.lower():
            raise ValueError(f"a wording is written in lower case: {pattern}")
        self.pattern = pattern
        compiled = re.compile(pattern)
        self.said_in, self.said_often_in = compiled.search, compiled.finditer
        self.opens, self._match_all = compiled.match, compiled.fullmatch

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """Find the first place. All of `text` is put in lower case: give a sentence, not a document."""
        return self.said_in(lowered(text), start, end)

    def match(self, text: str) -> re.Match[str] | None:
        """Find it at the head of the text."""
        return self.opens(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Find it in the whole text."""
        return self._match_all(lowered(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Find every place."""
        return self.said_often_in(lowered(text))


def any_of(phrases: str) -> str:
    r"""Give a pattern for phrases set apart by bars, in lower case; those that begin alike share their beginning.

    A hundred verbs then cost a look at one letter in most places: "họp|học tập" is họ(?:p|c\s+tập).
    """
    return _shared([phrase.strip() for phrase in phrases.split("|")])


def words_of(phrases: str) -> str:
    """Give a pattern for whole words, as any_of does for phrases.

    Its branches begin with a letter each, and only behind it look whether a word begins there: so a search skips to
    the next of these letters instead of trying the pattern at every place.
    """
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases.split("|"):
        by_letter.setdefault(phrase[0], []).append(phrase[1:])
    return "|".join(rf"{letter}(?<!\w{letter}){_shared(rest)}(?!\w)" for letter, rest in by_letter.items())


def either(heads: str, rest: str) -> str:
    """Give a pattern for each of the heads, set apart by bars, with the same rest: each branch begins with a letter."""
    return "|".join(head + rest for head in heads.split("|"))


def _shared(endings: list[str]) -> str:
    by_letter: dict[str, list[str]] = {}
    for ending in endings:
        if ending:
            by_letter.setdefault(ending[0], []).append(ending[1:])
    branches = [(r"\s+" if letter == " " else letter) + _shared(rest) for letter, rest in by_letter.items()]
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})" if branches else ""
    return f"(?:{joined})?" if joined and "" in endings else joined


@lru_cache(maxsize=TEXTS_KEPT)
def lowered(text: str) -> str:
    """Give the text in lower case, each letter in its place: İ would become two; ƣ is what older fonts have for ư."""
    return text.replace("İ", "I").lower().replace("ƣ", "ư")
