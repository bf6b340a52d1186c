"""Cuts a block's words into sentences, and a sentence into the parts that semicolons set off."""

import re
from collections.abc import Iterator

from dondoc.intake.verbs import ACTION
from models.schemas.drafts import Span

STOP = re.compile(r"[.!?…](?:[.!?…]*[”\"’)*]*\s+(?=[\"“(*\-–+]*\s*(?P<next>[^\W\d_]))|(?<=\.)/\.)")
SHORT_FORM = re.compile(
    r"(?:^|[\s(])(?:TP|Tp|TM|KT|TL|TUQ|TS|ThS|PGS|GS|BS|Th|Tr|v\.v|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|số|St|Mr)$"
)
BRACKET_OR_SEMICOLON = re.compile(r"[();]")

LONGEST_SHORT_FORM = 16
LONGEST_SENTENCE = 4_000
"""Characters; a directive's longest sentences have half of it."""


def sentences_of(text: str, start: int = 0) -> Iterator[Span]:
    """Give where each sentence stands from `start` on, without outer blanks."""
    at = start
    for stop in STOP.finditer(text, start):
        if stop["next"] and not stop["next"].isupper():
            continue
        head = text[max(at, stop.start() - LONGEST_SHORT_FORM) : stop.start()]
        if text[stop.start()] == "." and SHORT_FORM.search(head) and "./." not in stop.group():
            continue
        yield from _bounded(text, at, stop.start() + len(stop.group().rstrip()))
        at = stop.end()
    yield from _bounded(text, at, len(text))


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut what is far longer than a sentence at a blank, so that no text costs more than its length."""
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + LONGEST_SENTENCE
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def parts_of(text: str, lower: str, sentence: Span) -> list[Span]:
    """Give the parts of a sentence between semicolons outside brackets; a list of names belongs to the verb behind.

    `lower` is the text in lower case.
    """
    if text.find(";", *sentence) < 0:
        return [sentence]
    found: list[Span] = []
    at, depth, acts, searched = sentence[0], 0, False, sentence[0]
    for mark in BRACKET_OR_SEMICOLON.finditer(text, *sentence):
        index, character = mark.start(), mark.group()
        depth += (character == "(") - (character == ")" and depth > 0)
        if character != ";" or depth:
            continue
        acts = acts or ACTION.said_in(lower, searched, index) is not None
        searched = index
        if acts:
            found.append((at, index))
            at, acts = index + 1, False
    found.append((at, sentence[1]))
    return [part for start, end in found for part in _trimmed(text, start, end)]


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
