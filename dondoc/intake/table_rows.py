"""Obligations in tables: a row whose cell is a time, or whose task names one. The heading row tells the columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dondoc.intake.actions import action_of, deliverable_of, report_to
from dondoc.intake.clauses import Clause
from dondoc.intake.pieces import Piece
from dondoc.intake.signs import Setting, judge
from dondoc.intake.time_words import TimeWords, times_in
from dondoc.intake.verbs import RELAYING
from models.schemas.drafts import FoundObligation, TimeRole

TIME_COLUMN = re.compile(r"thời\s+(?:gian|hạn|điểm)|hoàn\s+thành|tiến\s+độ|hạn\b|lịch|lộ\s+trình", re.IGNORECASE)
OTHER_DATES = re.compile(
    r"ban\s+hành|số\s+hiệu|ngày\s+(?:sinh|cấp|ký|vào)|năm\s+sinh|căn\s+cứ|trích\s+yếu|kết\s+quả", re.IGNORECASE
)
TASK_COLUMN = re.compile(r"nhiệm\s+vụ|nội\s+dung|công\s+việc|hoạt\s+động|tên\b|đề\s+án|danh\s+mục", re.IGNORECASE)
ACTOR_COLUMN = re.compile(r"chủ\s+trì|thực\s+hiện|chịu\s+trách\s+nhiệm|phụ\s+trách|đầu\s+mối|tham\s+mưu", re.IGNORECASE)
FILLERS = re.compile(
    r"thường\s+xuyên|thời\s+gian|thời\s+hạn|thực\s+hiện|hoàn\s+thành|tổ\s+chức|dự\s+kiến|xong|báo\s+cáo|định\s+kỳ|theo\s+quy\s+định|và|khi\s+có\s+yêu\s+cầu|[\W\d_]+",
    re.IGNORECASE,
)
ROWS_BACK = 400
"""Rows above among which the heading row stands."""
LONGEST_REST = 12
"""Characters that a time's cell may hold beside the time."""


@dataclass(frozen=True, slots=True)
class _Columns:
    task: int | None
    actor: int | None
    time: int | None
    other_dates: frozenset[int]
    count: int


def obligations_of_rows(source: str, clauses: Sequence[Clause], at: int) -> Iterator[FoundObligation]:
    """Give the obligations of the row at `at`."""
    clause = clauses[at]
    cells = clause.block.cells
    columns = _columns(clauses, at)
    aligned = columns is not None and columns.count == len(cells)
    for index, cell in enumerate(cells):
        if aligned and columns is not None and index in columns.other_dates:
            continue
        for times, confidence, sign, past in _times_of_cell(cell):
            actors, task = _actor_and_task(cells, index, columns if aligned else None)
            yield _row_obligation(source, clause, times, (confidence, sign, past), (actors, task))


def _times_of_cell(cell: Piece) -> Iterator[tuple[TimeWords, float, str, bool]]:
    found = times_in(cell.text)
    rest = cell.text
    for times in found:
        rest = rest.replace(cell.text[slice(*times.span)], " ")
    if found and len(FILLERS.sub("", rest)) <= LONGEST_REST:
        for times in found:
            if not times.opens_only:
                yield times, 0.9, "a cell of its own", False
        return
    whole = (0, len(cell.text))
    for times in found:
        judgement = judge(times, Setting(cell.text, whole, whole, "", at_head=False))
        if judgement.is_deadline and times.role is not TimeRole.EVENT_DAY:
            yield times, judgement.confidence * 0.9, judgement.signs[0], judgement.told_as_past


def _columns(clauses: Sequence[Clause], at: int) -> _Columns | None:
    """Find the heading row of the table that the row at `at` stands in."""
    for clause in reversed(clauses[max(at - ROWS_BACK, 0) : at]):
        cells = clause.block.cells
        if not cells:
            return None
        names = [" ".join(cell.text.split()) for cell in cells]
        if (
            len(names) > 1
            and max(map(len, names)) <= LONGEST_REST * 6
            and any(TASK_COLUMN.search(name) for name in names)
        ):
            if not any(TIME_COLUMN.search(name) or ACTOR_COLUMN.search(name) for name in names):
                continue
            return _Columns(
                next((index for index, name in enumerate(names) if TASK_COLUMN.search(name)), None),
                next(
                    (
                        index
                        for index, name in enumerate(names)
                        if ACTOR_COLUMN.search(name) and not TIME_COLUMN.search(name)
                    ),
                    None,
                ),
                next((index for index, name in enumerate(names) if TIME_COLUMN.search(name)), None),
                frozenset(
                    index
                    for index, name in enumerate(names)
                    if OTHER_DATES.search(name) and not TIME_COLUMN.search(name)
                ),
                len(names),
            )
    return None


def _actor_and_task(cells: Sequence[Piece], time: int, columns: _Columns | None) -> tuple[str | None, str]:
    words = [" ".join(cell.text.split()) for cell in cells]
    if columns is not None and columns.task is not None:
        return (words[columns.actor] if columns.actor is not None else None), words[columns.task]
    others = [one for index, one in enumerate(words) if index != time and not one.strip(". ").isdigit()]
    return None, max(others, key=len, default=words[time])


def _row_obligation(
    source: str, clause: Clause, times: TimeWords, found: tuple[float, str, bool], who_what: tuple[str | None, str]
) -> FoundObligation:
    span = clause.block.piece.span
    confidence, sign, past = found
    actors, task = who_what
    action = action_of(task)
    to, through = report_to(task)
    return FoundObligation(
        quote=source[slice(*span)],
        span=span,
        clause=clause.reference,
        actors=actors,
        action=action,
        deliverable=deliverable_of(action),
        phrases=times.phrases,
        role=times.role,
        relative=None,
        report_to=to,
        through=through,
        relay=RELAYING.search(action) is not None,
        adoption=False,
        told_as_past=past,
        period=None,
        confidence=confidence,
        signs=(sign,),
    )
