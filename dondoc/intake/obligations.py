"""The obligations of a document: every sentence, field or table row with a deadline, and the duties without one."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from dondoc.intake.actions import action_of, deliverable_of, report_to
from dondoc.intake.actors import actors_above, actors_beside, actors_in
from dondoc.intake.blocks import Block
from dondoc.intake.clauses import Clause, clauses_of
from dondoc.intake.governing import time_over, times_over
from dondoc.intake.layout import Layout
from dondoc.intake.pieces import Piece
from dondoc.intake.sentences import parts_of, sentences_of
from dondoc.intake.setting import Setting
from dondoc.intake.signs import Judgement, judge
from dondoc.intake.standing import standing_duty
from dondoc.intake.table_rows import Columns, columns_of, obligations_of_row
from dondoc.intake.time_words import CALENDAR, TimeWords, times_between
from dondoc.intake.verbs import ACTION, ADOPTION, RELAYING
from dondoc.intake.wording import lowered
from models.schemas.drafts import FoundObligation, Span, TimeRole

QUARTER = re.compile(r"qu[ýí]\s*(?P<which>IV|I{1,3}|[1-4])\b", re.IGNORECASE)
QUARTERS = {"I": "Q1", "II": "Q2", "III": "Q3", "IV": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}
SHORT_FIELD = 90
"""Characters; a shorter sentence with a time and no object of its own is a field of the clause above it."""
FIELD_ONLY = re.compile(
    r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:thời\s+(?:gian|hạn)|hạn|tiến\s+độ|thời\s+điểm|hoàn\s+thành)(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức|triển\s+khai))*"
    r"[\s:]*(?:(?:thực\s+hiện|hoàn\s+thành|xong|bắt\s+đầu|kết\s+thúc|dự\s+kiến|là)[\s,:]*)*$",
    re.IGNORECASE,
)
TASK_FIELD = re.compile(r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:nhiệm\s+vụ|nội\s+dung)(?:\s+thực\s+hiện)?\s*:", re.IGNORECASE)
FRAME = re.compile(r"\W*(?:Nơi\s+nhận|Kính\s+gửi|Số\s*:|TM\.|KT\.|TL\.)")
FRAME_OF_CELLS = re.compile(r"CỘNG\s+HÒA\s+XÃ|Nơi\s+nhận|\bSố\s*:")
GOVERNED = 0.75
"""Confidence in a time that the heading says."""
WITHOUT_ACTOR = 0.9
"""Confidence that is left where nobody is named who is to act."""
LONGEST_LOOK = 1_500
"""Characters of a neighbouring clause that are looked at."""
LOOK_BACK = 12
"""Blocks above a field among which the clause that it belongs to stands."""


class _Place(NamedTuple):
    """A sentence of a clause."""

    clause: Clause
    piece: Piece
    lower: str
    """The words of the piece in lower case."""
    sentence: Span
    headings: str
    around: Sequence[Clause]
    adopted: bool
    """The clause says that its plan must be adopted."""
    named: Callable[[str], str | None]
    """Gives the actors that a sentence names, and remembers them: the deadlines around ask again."""
    over: TimeWords | None
    """The time that the heading right above says for all that is below it."""

    @property
    def opens_clause(self) -> bool:
        """Whether nothing stands before the sentence but the clause's mark."""
        return not self.piece.text[: min(self.sentence[0], SHORT_FIELD)].strip(" -–+•*(0123456789.)")

    @property
    def words(self) -> str:
        return self.piece.text[slice(*self.sentence)]

    @property
    def section(self) -> Sequence[Clause]:
        """The clauses around that stand under the same heading."""
        return [one for one in self.around if one.section == self.clause.section]


def obligations_of(source: str, blocks: Sequence[Block], layout: Layout) -> tuple[FoundObligation, ...]:
    """Find what the document asks, in the order of the text."""
    clauses = list(clauses_of(blocks))
    found: list[FoundObligation] = []
    columns: Columns | None = None
    row_over: TimeWords | None = None
    over = times_over(clauses)
    named = cache(actors_in)
    for at, clause in enumerate(clauses):
        if at < layout.subject_end or at in over or _is_frame(clause.block):
            continue
        if not clause.block.cells:
            columns = row_over = None
        elif (
            columns is not None and len(clause.block.cells) < columns.count and (group := time_over(clause.block.text))
        ):
            row_over = group
            continue
        if len(clause.block.cells) > 1:
            heading = columns_of(clause.block)
            columns, row_over = heading or columns, None if heading else row_over
            found += obligations_of_row(source, clause, columns, row_over)
            continue
        around = clauses[max(at - LOOK_BACK, 0) : at + LOOK_BACK // 3]
        headings = " · ".join(heading.words[:80] for heading in clause.above)
        governed = over.get(clause.above[-1].index) if clause.above else None
        text = clause.block.text
        lower = lowered(text)
        adopted = ADOPTION.said_in(lower) is not None and RELAYING.said_in(lower) is not None
        for sentence in sentences_of(text):
            place = _Place(clause, clause.block.piece, lower, sentence, headings, around, adopted, named, governed)
            found += _of_sentence(source, place, layout)
    return tuple(found)


def _is_frame(block: Block) -> bool:
    """Whether a block is the frame of the document and not its matter: title table, recipients, signature."""
    return FRAME.match(block.text) is not None or (
        len(block.cells) > 1 and FRAME_OF_CELLS.search(block.text) is not None
    )


def _of_sentence(source: str, place: _Place, layout: Layout) -> Iterator[FoundObligation]:
    text = place.piece.text
    dated: list[Span] = []
    found = _without_names(times_between(text, place.lower, *place.sentence))
    parts = parts_of(text, place.lower, place.sentence) if found else []
    for times in found:
        part = _part(place.lower, parts, times.span, place.sentence)
        at_head = place.opens_clause and not text[place.sentence[0] : times.span[0]].strip(" -–+•*(0123456789.)")
        judgement = judge(times, Setting(text, place.lower, place.sentence, part, place.headings, at_head))
        if judgement.is_deadline:
            dated.append(part)
            yield _dated(source, place, times, part, judgement)
    if not dated and place.over and place.opens_clause and ACTION.search(place.words):
        dated.append(place.sentence)
        said = _Said(action_of(place.words), GOVERNED, ("time of the heading",), place.over)
        yield _made(source, place, place.sentence, said)
    if place.clause.index < layout.body:
        return
    for part in [part for part in parts if not set(dated) & {part, place.sentence}] if dated else [place.sentence]:
        words = text[slice(*part)]
        duty = standing_duty(words, place.lower[slice(*part)], place.clause.above)
        if duty is not None and (duty.relative or not dated):
            said = _Said(action_of(words), duty.confidence, duty.signs, relative=duty.relative)
            yield _made(source, place, part, said)


def _without_names(found: list[TimeWords]) -> list[TimeWords]:
    """Leave out a half-year that only names the report which another time beside it asks for."""
    bounded = any(one.role is TimeRole.BOUND or one.kinds & CALENDAR for one in found)
    return [one for one in found if not (bounded and one.kinds == {"half"} and len(one.phrases) == 1)]


def _part(lower: str, parts: list[Span], times: Span, sentence: Span) -> Span:
    """Give the part of the sentence that says the time; all of it if the part has no verb of its own."""
    inside = next((part for part in parts if part[0] <= times[0] and times[1] <= part[1]), sentence)
    if inside == sentence:
        return sentence
    acts = ACTION.said_in(lower, inside[0], times[0]) or ACTION.said_in(lower, times[1], inside[1])
    return inside if acts else sentence


def _dated(source: str, place: _Place, times: TimeWords, part: Span, judgement: Judgement) -> FoundObligation:
    text = place.piece.text
    time = text[slice(*times.span)]
    words = text[slice(*part)]
    said = _Said(
        _action(place, words, time),
        judgement.confidence,
        judgement.signs,
        times,
        told_as_past=judgement.told_as_past,
        period=_named_quarter(text[place.sentence[0] : times.span[0]], time) if "label" in judgement.signs else None,
    )
    return _made(source, place, part, said)


def _named_quarter(before: str, time: str) -> str | None:
    """Give the quarter whose content a clause names at its head ("+ Quý I: …")."""
    found = QUARTER.match(time)
    return QUARTERS[found["which"].upper()] if found and not before.strip(" -–+•*") else None


def _action(place: _Place, words: str, time: str) -> str:
    """Give what is done: in the words themselves, or, for a field of its own, in what stands above it."""
    if not FIELD_ONLY.match(words.replace(time, " ").strip(" .;,()")):
        return action_of(words, time)
    above = place.piece.text[max(place.sentence[0] - LONGEST_LOOK, 0) : place.sentence[0]]
    before = list(sentences_of(above))
    if before and before[-1][1] - before[-1][0] > SHORT_FIELD // 3:
        return action_of(above[slice(*before[-1])])
    siblings = [one for one in place.section if one.index < place.clause.index]
    task = next((one for one in reversed(siblings) if TASK_FIELD.match(one.block.text)), None)
    if task is not None:
        own = TASK_FIELD.sub("", task.block.text).strip()
        under = next((one for one in siblings if one.index > task.index), None)
        return action_of(own or (under.block.body if under else ""))
    headings = [heading for heading in place.clause.above if heading.label]
    if headings and (
        not siblings or (place.clause.block.mark_kind == "bullet" and len(headings[-1].words) > SHORT_FIELD // 4)
    ):
        return action_of(headings[-1].words)
    return action_of(siblings[-1].block.body if siblings else words, "")


def _actors(place: _Place, words: str) -> str | None:
    """Give who is to act: the sentence says it, a field beside it, a heading, or the last subject of the section."""
    said = place.named(words) or place.named(place.words)
    if said:
        return said
    section = place.section
    fields = [text for one in section if ":" in (text := one.block.text[:LONGEST_LOOK])]
    said = actors_beside(fields) or actors_above(place.clause.above)
    if said:
        return said
    earlier = (one for one in reversed(section) if one.index < place.clause.index)
    return next((found for one in earlier if (found := place.named(one.block.text[:LONGEST_LOOK]))), None)


class _Said(NamedTuple):
    """What a stretch of a sentence says: the action, its time or vague words of time, and how sure that is."""

    action: str
    confidence: float
    signs: tuple[str, ...]
    times: TimeWords | None = None
    relative: str | None = None
    told_as_past: bool = False
    period: str | None = None


def _made(source: str, place: _Place, part: Span, said: _Said) -> FoundObligation:
    words = place.piece.text[slice(*part)]
    span = place.piece.source(*part)
    to, through = report_to(words)
    actors = _actors(place, words)
    action = said.action
    return FoundObligation(
        quote=source[slice(*span)],
        span=span,
        clause=place.clause.reference,
        actors=actors,
        action=action,
        deliverable=deliverable_of(action),
        phrases=said.times.phrases if said.times else (),
        role=said.times.role if said.times else None,
        relative=said.relative,
        report_to=to,
        through=through,
        relay=RELAYING.search(action) is not None,
        adoption=place.adopted,
        told_as_past=said.told_as_past,
        period=said.period,
        confidence=said.confidence if actors else round(said.confidence * WITHOUT_ACTOR, 2),
        signs=said.signs,
    )
