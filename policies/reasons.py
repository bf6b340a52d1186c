"""Why something is not possible, in words that can be said again in another language."""

from collections.abc import Mapping
from typing import Self


class Reason(str):
    """A sentence in English that keeps its pattern (`%(name)s`) and what fills it; a date is written as ISO 8601.

    The pattern is the key under which the catalogue holds the sentence in each language.
    """

    __slots__ = ("pattern", "values")

    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Self:
        """Fill `pattern`."""
        made = super().__new__(cls, pattern % values)
        made.pattern, made.values = pattern, values
        return made
