"""The obligations of a document: every sentence, field or table row with a deadline, and the duties without one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from dondoc.intake.above import Above
from dondoc.intake.actions import action_of, deliverable_of, report_to
from dondoc.intake.actors import actors_in
from dondoc.intake.blocks import Block
from dondoc.intake.clauses import Clause, clauses_of
from dondoc.intake.distractors import A_BEGINNING, PAST
from dondoc.intake.governing import time_over, times_over
from dondoc.intake.layout import Layout
from dondoc.intake.place import Place
from dondoc.intake.role_signs import NOTHING
from dondoc.intake.sentences import parts_of, sentences_of
from dondoc.intake.setting import AT_HEAD, Setting
from dondoc.intake.signs import Judgement, judge
from dondoc.intake.standing import StandingDuty, standing_duty
from dondoc.intake.table_rows import Columns, columns_of, obligations_of_row
from dondoc.intake.time_words import CALENDAR, TimeWords, times_between
from dondoc.intake.verbs import ACTION, RELAYING
from models.schemas.drafts import FoundObligation, Span, TimeRole

QUARTER = re.compile(r"qu[ýí]\s*(?P<which>IV|I{1,3}|[1-4])\b", re.IGNORECASE)
QUARTERS = {"I": "Q1", "II": "Q2", "III": "Q3", "IV": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}
FRAME = re.compile(r"\W*(?:Nơi\s+nhận|Kính\s+gửi|Số\s*:|TM\.|KT\.|TL\.)")
FRAME_OF_CELLS = re.compile(r"CỘNG\s+HÒA\s+XÃ|Nơi\s+nhận|\bSố\s*:")
STOPS = " .;,:…"
"""What ends a sentence and is no part of a quote of it."""
CLOSING = re.compile(r"\W*(?:Trên đây|Trong quá trình|Nhận được|Căn cứ|Yêu cầu các|Đề nghị các)\b")
"""How the last words of a document begin, which belong to no heading."""
GOVERNED = 0.75
"""Confidence in a time that the heading says."""
BELOW = 0.6
"""Confidence in a time that stands alone below what is to be done."""
NO_SIGN = (NOTHING[1],)
BEGUN = 0.45
"""Confidence in a duty of which only the day is said from which on it holds."""
WITHOUT_ACTOR = 0.9
"""Confidence that is left where nobody is named who is to act."""
OF_ITS_OWN = frozenset({TimeRole.BOUND, TimeRole.RANGE, TimeRole.EVERY})
"""Times by which a clause under a heading with a time is due by itself; a year or a cited day only names something."""
LONGEST_ORDER = 1_500
"""Characters of a clause that are looked through for something to do."""
LOOK_BACK = 12
"""Blocks above a field among which the clause that it belongs to stands."""


def obligations_of(source: str, blocks: Sequence[Block], layout: Layout) -> tuple[FoundObligation, ...]:
    """Find what the document asks, in the order of the text."""
    clauses = list(clauses_of(blocks))
    found: list[FoundObligation] = []
    columns: Columns | None = None
    row_over: TimeWords | None = None
    over = times_over(clauses)
    named = cache(actors_in)
    above: dict[int, Above] = {}
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
        # The last heading tells the wider ones: each was open when it came.
        last = clause.above[-1].index if clause.above else -1
        around = clauses[max(at - LOOK_BACK, 0) : at + LOOK_BACK // 3]
        headings = above.get(last) or above.setdefault(last, Above(clause.above))
        governed = _time_above(clause, over) if over else None
        if governed and (_closes(clause.block) or (at + 1 < len(clauses) and _leads(at, clauses[at + 1]))):
            governed = None
        place = Place(clause, around, headings, governed, named)
        for sentence in sentences_of(place.text):
            found += _of_sentence(source, place, sentence, layout)
    return tuple(found)


def _is_frame(block: Block) -> bool:
    """Whether a block is the frame of the document and not its matter: title table, recipients, signature."""
    return FRAME.match(block.text) is not None or (
        len(block.cells) > 1 and FRAME_OF_CELLS.search(block.text) is not None
    )


def _of_sentence(source: str, place: Place, sentence: Span, layout: Layout) -> Iterator[FoundObligation]:
    text, lower = place.text, place.lower
    if text[sentence[1] - 1] == "?":
        return  # a page asks what the document says
    dated: list[Span] = []
    begun: dict[Span, TimeWords] = {}
    behind_mark = max(sentence[0], len(place.clause.block.mark))  # its number is no time
    found = _without_names(times_between(text, lower, behind_mark, sentence[1]))
    parts = parts_of(text, lower, sentence) if found else []
    opens = bool(found or place.over) and place.opens(sentence)
    for times in place.in_their_cycle(found):
        part = _part(lower, parts, times, sentence)
        at_head = opens and AT_HEAD.match(text[sentence[0] : times.span[0]]) is not None
        judgement = judge(times, Setting(text, lower, sentence, part, place.above, at_head))
        if judgement.is_deadline:
            dated.append(part)
            yield _dated(source, place, sentence, times, part, judgement)
        elif judgement.signs == NO_SIGN and _is_all(text, times, sentence) and (task := place.task_above(sentence)):
            dated.append(part)
            yield _made(source, place, sentence, part, _Said(action_of(task), BELOW, ("time below its task",), times))
        elif judgement.signs == (A_BEGINNING,) and _begins(text, times, part):
            begun.setdefault(part, times)
    by_heading = place.over is not None and not any(one.role in OF_ITS_OWN for one in found)
    if by_heading and opens and _acts(text, lower, sentence, place.clause.block.mark):
        dated.append(sentence)
        said = _Said(action_of(text[slice(*sentence)]), GOVERNED, ("time of the heading",), place.over)
        yield _made(source, place, sentence, sentence, said)
    if place.clause.index >= layout.body or layout.title is None:
        left = [part for part in parts if part != sentence and part not in dated] if dated else [sentence]
        yield from _without_a_day(source, place, sentence, left, begun, layout)


def _without_a_day(  # noqa: PLR0913, PLR0917 (the parts of one sentence)
    source: str, place: Place, sentence: Span, left: list[Span], begun: Mapping[Span, TimeWords], layout: Layout
) -> Iterator[FoundObligation]:
    """Give the duties of those parts of a sentence that set no day; before the matter, only lengths of time."""
    introduces = place.clause.index < layout.body
    for part in left:
        whole = part == sentence
        duty = standing_duty(place.text, place.lower, part, place.above)
        begins = begun.get(part) or (next(iter(begun.values()), None) if whole else None)
        if begins and (duty is None or not duty.relative):
            duty = StandingDuty(place.text[slice(*begins.span)], BEGUN, (A_BEGINNING,))
        if duty is not None and (duty.relative or whole) and (duty.is_counted or not introduces):
            said = _Said(action_of(place.text[slice(*part)]), duty.confidence, duty.signs, relative=duty.relative)
            yield _made(source, place, sentence, part, said)


def _is_all(text: str, times: TimeWords, sentence: Span) -> bool:
    """Whether a sentence says a time and nothing else."""
    rest = text[sentence[0] : times.span[0]] + text[times.span[1] : sentence[1]]
    return times.kinds & CALENDAR != frozenset() and not any(map(str.isalnum, rest))


def _begins(text: str, times: TimeWords, part: Span) -> bool:
    """Whether a part of a sentence opens with the day from which on something is to be done."""
    from_a_day = "date" in times.kinds and "sau" not in times.cues
    opens = from_a_day and AT_HEAD.match(text[part[0] : times.span[0]]) is not None
    behind = text[times.span[1] : part[1]]
    return opens and ACTION.search(behind) is not None and PAST.search(behind) is None


def _acts(text: str, lower: str, sentence: Span, mark: str) -> bool:
    """Whether something is to be done: a verb, and not the word of a name ("1. Ban Xây dựng Hội")."""
    head = max(sentence[0], len(mark) + 1)
    verbs = (found.start() for found in ACTION.said_often_in(lower, *sentence))
    return any(at <= head or not text[at].isupper() for at in verbs)


def _time_above(clause: Clause, over: Mapping[int, TimeWords]) -> TimeWords | None:
    return next((over[one.index] for one in reversed(clause.above) if one.index in over), None)


def _closes(block: Block) -> bool:
    return not block.mark and CLOSING.match(block.text) is not None


def _leads(at: int, under: Clause) -> bool:
    """Whether a clause leads one that says something to do; a list of objects leaves that to the clause itself."""
    listed = bool(under.block.mark) and any(one.index == at for one in under.above)
    return listed and ACTION.search(under.block.text[:LONGEST_ORDER]) is not None


def _without_names(found: list[TimeWords]) -> list[TimeWords]:
    """Leave out a half-year that only names the report which another time beside it asks for."""
    if len(found) < 2:  # noqa: PLR2004 (one beside another)
        return found
    bounded = any(one.role is TimeRole.BOUND or one.kinds & CALENDAR for one in found)
    return [one for one in found if not (bounded and one.kinds == {"half"} and len(one.phrases) == 1)]


def _part(lower: str, parts: list[Span], times: TimeWords, sentence: Span) -> Span:
    """Give the part of the sentence that says the time; all of it if the part has no verb of its own."""
    start, end = times.span
    inside = next((part for part in parts if part[0] <= start and end <= part[1]), sentence)
    if inside == sentence:
        return sentence
    acts = ACTION.said_in(lower, inside[0], end) or ACTION.said_in(lower, end, inside[1])
    return inside if acts else sentence


def _dated(  # noqa: PLR0913, PLR0917 (the parts of one reading)
    source: str, place: Place, sentence: Span, times: TimeWords, part: Span, judgement: Judgement
) -> FoundObligation:
    time = place.text[slice(*times.span)]
    said = _Said(
        place.action(place.text[slice(*part)], sentence, time),
        judgement.confidence,
        judgement.signs,
        times,
        told_as_past=judgement.told_as_past,
        period=_named_quarter(place.text[sentence[0] : times.span[0]], time) if "label" in judgement.signs else None,
    )
    return _made(source, place, sentence, part, said)


def _named_quarter(before: str, time: str) -> str | None:
    """Give the quarter whose content a clause names at its head ("+ Quý I: …")."""
    found = QUARTER.match(time)
    return QUARTERS[found["which"].upper()] if found and not before.strip(" -–+•*") else None


class _Said(NamedTuple):
    """What a stretch of a sentence says: the action, its time or vague words of time, and how sure that is."""

    action: str
    confidence: float
    signs: tuple[str, ...]
    times: TimeWords | None = None
    relative: str | None = None
    told_as_past: bool = False
    period: str | None = None


def _made(source: str, place: Place, sentence: Span, part: Span, said: _Said) -> FoundObligation:
    words = place.text[slice(*part)].rstrip(STOPS)
    span = place.piece.source(part[0], part[0] + len(words))
    to, through = report_to(words)
    actors = place.actors(place.text[slice(*part)], sentence)
    action, does = said.action, said.action.lower()
    return FoundObligation(
        quote=source[slice(*span)],
        span=span,
        clause=place.clause.reference,
        actors=actors,
        action=action,
        deliverable=deliverable_of(does),
        phrases=said.times.phrases if said.times else (),
        role=said.times.role if said.times else None,
        relative=said.relative,
        report_to=to,
        through=through,
        relay=RELAYING.said_in(does) is not None,
        adoption=place.adopted,
        told_as_past=said.told_as_past,
        period=said.period,
        confidence=said.confidence if actors else round(said.confidence * WITHOUT_ACTOR, 2),
        signs=said.signs,
    )
