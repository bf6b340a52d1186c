"""How what a file says of a unit joins what is registered: spans that follow one another, each with its path.

A unit's timeline is its spans in order of date, without overlap. A path belongs to dates as much as a name does: when a
unit moves, every unit below it gets a new path from that day and keeps the old one before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.paths import child_path
from models.schemas.units import Problem, UnitSpan

Timeline = tuple[UnitSpan, ...]


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A span, or the part of one, during which the path from the root does not change."""

    span: UnitSpan
    path: str
    valid_from: date
    valid_to: date | None


def revise(registered: Timeline, said: UnitSpan) -> Timeline | Problem:
    """Put one span into a timeline.

    It replaces the registered span that begins on the same day; otherwise it closes the one before it. An open span
    lasts until the next one begins; one that says a later end contradicts the next, which is a problem.
    """
    earlier = [span for span in registered if span.valid_from < said.valid_from]
    later = [span for span in registered if span.valid_from > said.valid_from]
    until = said.valid_to
    if later:
        begins = later[0].valid_from
        if until is not None and until > begins:
            reason = f"{said.code} is already registered from {begins}: its valid_to may be {begins} at the latest"
            return Problem(said.where, f"overlapping validity: {reason}")
        until = until or begins
    if earlier and _lasts_beyond(earlier[-1], said.valid_from):
        earlier[-1] = replace(earlier[-1], valid_to=said.valid_from)
    said = UnitSpan(said.code, said.name, said.kind, said.parent, said.valid_from, until, said.where)
    return join((*earlier, said, *later))


def join(spans: Sequence[UnitSpan]) -> Timeline:
    """Make one span of neighbours that say the same, so that equal facts are kept in one way only."""
    joined: list[UnitSpan] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and last.valid_to == span.valid_from and _facts(last) == _facts(span):
            joined[-1] = replace(last, valid_to=span.valid_to)
        else:
            joined.append(span)
    return tuple(joined)


def _facts(span: UnitSpan) -> tuple[str, str, str | None]:
    return span.name, span.kind, span.parent


def span_on(timeline: Timeline, day: date) -> UnitSpan | None:
    """Give the span that holds on a day, or None."""
    return next((span for span in timeline if span.valid_from <= day and _lasts_beyond(span, day)), None)


def first_gap(timeline: Timeline, valid_from: date, valid_to: date | None) -> date | None:
    """Give the first day of a stretch of time on which no span holds, or None when all of it is covered."""
    day = valid_from
    while valid_to is None or day < valid_to:
        span = span_on(timeline, day)
        if span is None:
            return day
        if span.valid_to is None:
            return None
        day = span.valid_to
    return None


def place(timelines: Mapping[str, Timeline], ids: Mapping[str, int]) -> Iterator[PlacedSpan]:
    """Give every unit's spans with their paths, cut where a unit above them moves.

    Takes timelines in which every parent is there whenever its child is, without cycles (`hierarchy.check_tree`).
    """
    known: dict[tuple[str, date, date | None], list[PlacedSpan]] = {}

    def of(code: str, valid_from: date, valid_to: date | None) -> list[PlacedSpan]:
        window = (code, valid_from, valid_to)
        if window not in known:
            known[window] = _join_paths(list(cut(code, valid_from, valid_to)))
        return known[window]

    def cut(code: str, valid_from: date, valid_to: date | None) -> Iterator[PlacedSpan]:
        for span in timelines[code]:
            start, end = max(span.valid_from, valid_from), _earlier_end(span.valid_to, valid_to)
            if end is not None and start >= end:
                continue
            if span.parent is None:
                yield PlacedSpan(span, child_path("", ids[code]), start, end)
                continue
            for above in of(span.parent, start, end):
                yield PlacedSpan(span, child_path(above.path, ids[code]), above.valid_from, above.valid_to)

    for code, timeline in timelines.items():
        if timeline:
            yield from of(code, timeline[0].valid_from, timeline[-1].valid_to)


def _join_paths(pieces: list[PlacedSpan]) -> list[PlacedSpan]:
    """Join neighbours of one path: a parent that only changed its name does not cut its children."""
    joined: list[PlacedSpan] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.span is piece.span and last.path == piece.path and last.valid_to == piece.valid_from:
            joined[-1] = replace(last, valid_to=piece.valid_to)
        else:
            joined.append(piece)
    return joined


def _lasts_beyond(span: UnitSpan, day: date) -> bool:
    return span.valid_to is None or span.valid_to > day


def _earlier_end(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
