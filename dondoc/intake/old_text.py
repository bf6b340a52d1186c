"""Recognise old Vietnamese text that names no font, by asking which reading of it has Vietnamese syllables."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dondoc.intake.old_fonts import to_unicode

OldText: TypeAlias = Literal["TCVN3", "VNI", "Windows-1258"]

SAMPLE_CHARS = 40_000
"""Enough to tell an encoding by; the rest of a long text is not looked at."""
FEWEST_WORDS = 5
"""With fewer words beyond ASCII nothing is decided."""
LEAST_SHARE = 0.85
"""Of the words beyond ASCII, how many must be syllables; proper Vietnamese has over 0.95, names and signs aside."""
LEAST_LEAD = 0.25
"""By how much the chosen reading must be ahead of every other."""

_GENUINE = re.compile("[ĂăĐđƠơƯư\u1ea0-\u1ef9]")
_BEYOND_ASCII = re.compile("[\u00a0-\u00ff]")
_WORD = re.compile(r"[^\s!-/:-@\[-`{-~“”‘’–—…0-9]*[^\x00-\x7f“”‘’–—…][^\s!-/:-@\[-`{-~“”‘’–—…0-9]*")
_TONES = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?"
    "(?:[ou](?=[aăâeêiyơ]))?"
    "(?:(?:[aeêoôơiuư]|êu|ia|ya|ua|ưa|y)|[aăâeêioôơuưy](?:ch?|m|ng?|nh|p|t)|[aâeêiơư]u|[ae]o|[aoôơuư]i|[aâ]y"
    "|(?:iê|yê)(?:[cmptu]|ng?)|uô(?:[cmpti]|ng?)|ươ(?:[cmptiu]|ng?)|oo(?:ng?|c))"
)
_STOPPED = re.compile("(?:ch?|p|t)$")
_STOP_TONES = frozenset("\u0301\u0323")


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text in NFC, and what it was before."""

    text: str
    encoding: OldText


def recognise_text(text: str) -> Recognised | None:
    """Convert text whose characters are TCVN3 or VNI shown as Western letters; None for any other text."""
    sample = text[:SAMPLE_CHARS]
    if len(_GENUINE.findall(sample)) * 2 >= len(_BEYOND_ASCII.findall(sample)):
        return None
    return _best({"TCVN3": text, "VNI": text}, likeness(sample))


def recognise_bytes(content: bytes) -> Recognised | None:
    """Convert bytes that are TCVN3, VNI or Windows-1258 text; None where nothing is clearly the best reading."""
    # Python's cp1252 leaves five codes out; old text has none of them.
    western = content.decode("cp1252", "replace")
    composed = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    return _best({"TCVN3": western, "VNI": western, "Windows-1258": composed}, 0.0)


def likeness(text: str) -> float:
    """Give the share, 0 to 1, of Vietnamese syllables among the words that are not plain ASCII; 0 if too few."""
    words = _WORD.findall(text)
    return sum(map(_is_syllable, words)) / len(words) if len(words) >= FEWEST_WORDS else 0.0


def _best(readings: dict[OldText, str], as_it_is: float) -> Recognised | None:
    scores = {encoding: likeness(_reading(sample[:SAMPLE_CHARS], encoding)) for encoding, sample in readings.items()}
    encoding = max(scores, key=scores.__getitem__)
    others = max(as_it_is, *(score for other, score in scores.items() if other != encoding))
    if scores[encoding] < LEAST_SHARE or scores[encoding] - others < LEAST_LEAD:
        return None
    return Recognised(_reading(readings[encoding], encoding), encoding)


def _reading(text: str, encoding: OldText) -> str:
    return text if encoding == "Windows-1258" else to_unicode(text, encoding)


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", apart.translate(_TONES))
    if not _SYLLABLE.fullmatch(bare):
        return False
    return not _STOPPED.search(bare) or any(tone in apart for tone in _STOP_TONES)
