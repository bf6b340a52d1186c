"""A sentence to a person with its facts apart, so that it can be said in the office's language: see the catalogue."""

from dataclasses import dataclass
from typing import Protocol


class Words(Protocol):
    """The translations of a language."""

    def gettext(self, message: str, /) -> str:
        """Give a text in the language."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A text of the catalogue with holes, and what fills them."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()

    def said(self, words: Words) -> str:
        """Say it in a language."""
        return words.gettext(self.text) % dict(self.facts)

    def __str__(self) -> str:
        """Say it in English, as the command line and data do."""
        return self.text % dict(self.facts)


def N_(text: str) -> str:  # noqa: N802 (the name by which texts are collected for the catalogue)
    """Mark a text for the catalogue."""
    return text


def remark(text: str, **facts: object) -> Remark:
    """Make a remark of a text marked with `N_`."""
    return Remark(text, tuple((name, str(fact)) for name, fact in facts.items()))
