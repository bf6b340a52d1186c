"""The numbers that Word prints before list paragraphs and does not store with them: "II.", "1.2.", "a)", "-"."""

import re
from dataclasses import dataclass, field

from dondoc.intake.docx_package import STRICT_WORD, WORD, Attributes, word_attribute, word_number

LEVELS = 9
LARGEST_NUMBER = 10_000
PRINTED_BULLETS = frozenset("-–—+*•")
BULLET = "-"
"""Stands for the signs of symbol fonts, as directives print a dash there."""

ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix"}
ROMAN |= {5: "v", 4: "iv", 1: "i"}


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _Scheme:
    levels: list[_Level] = field(default_factory=lambda: [_Level() for _ in range(LEVELS)])
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """Listens to numbering.xml, then gives each list paragraph's label in the order of the document."""

    def __init__(self) -> None:
        """Begin without any list."""
        self.level_of_style: dict[str, int] = {}
        self._schemes: dict[str, _Scheme] = {}
        self._scheme_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._scheme: _Scheme | None = None
        self._number = ""
        self._level = 0
        self._used: set[tuple[str, int]] = set()

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the definitions: a scheme has levels, a number names a scheme and may restart a level."""
        if not name.startswith((WORD, STRICT_WORD)):
            return
        local = name.rpartition(" ")[2]
        if self._scheme and local in {"pStyle", "start", "numFmt", "lvlText"}:
            self._define(local, attributes, self._scheme.levels[self._level])
        match local:
            case "abstractNum":
                self._scheme = self._schemes[word_attribute(attributes, "abstractNumId") or ""] = _Scheme()
            case "num":
                self._scheme, self._number = None, word_attribute(attributes, "numId") or ""
            case "abstractNumId":
                self._scheme_of[self._number] = word_attribute(attributes, "val") or ""
            case "lvl" | "lvlOverride":
                self._level = min(word_number(attributes, "ilvl", missing=0), LEVELS - 1)
            case "startOverride":
                begin = word_number(attributes, "val", missing=1)
                self._restarts.setdefault(self._number, {})[self._level] = begin

    def _define(self, local: str, attributes: Attributes, level: _Level) -> None:
        value = word_attribute(attributes, "val") or ""
        match local:
            case "pStyle":
                self.level_of_style[value] = self._level
            case "start":
                level.start = word_number(attributes, "val", missing=1)
            case "numFmt":
                level.form = value or level.form
            case "lvlText":
                level.text = value

    def end(self, name: str) -> None:
        """Take an element's end; nothing hangs on it."""

    def characters(self, data: str) -> None:
        """Take text; the part has none."""

    def label(self, number: str, level: int) -> str:
        """Give what Word prints before the next paragraph of list `number` at `level`; empty for none."""
        scheme = self._schemes.get(self._scheme_of.get(number, ""))
        if scheme is None:
            return ""
        level = min(level, LEVELS - 1)
        own = scheme.levels[level]
        if own.form == "bullet":
            return own.text if own.text in PRINTED_BULLETS else BULLET
        if own.form == "none":
            return ""
        restart = self._restarts.get(number, {}).get(level)
        before = scheme.counts[level]
        if restart is not None and (number, level) not in self._used:
            scheme.counts[level] = restart
        else:
            scheme.counts[level] = own.start if before is None else before + 1
        self._used.add((number, level))
        scheme.counts[level + 1 :] = [None] * (LEVELS - level - 1)
        return re.sub("%([1-9])", lambda found: self._part(scheme, int(found[1]) - 1), own.text)

    @staticmethod
    def _part(scheme: _Scheme, level: int) -> str:
        count = scheme.counts[level]
        return _printed(scheme.levels[level].start if count is None else count, scheme.levels[level].form)


def _printed(count: int, form: str) -> str:
    if not 0 < count < LARGEST_NUMBER:
        return str(count)
    match form:
        case "upperRoman" | "lowerRoman":
            text = _roman(count)
        case "upperLetter" | "lowerLetter":
            text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        case "decimalZero":
            text = f"{count:02d}"
        case _:
            text = str(count)
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for value, letters in ROMAN.items():
        text += letters * (count // value)
        count %= value
    return text
