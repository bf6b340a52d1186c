"""Obligations in tables: a row whose cell is a time, or whose task names one. The heading row tells the columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from dondoc.intake.above import NOTHING_ABOVE
from dondoc.intake.actions import action_of, deliverable_of, report_to
from dondoc.intake.blocks import Block
from dondoc.intake.clauses import Clause
from dondoc.intake.distractors import PAST, TARGET
from dondoc.intake.pieces import Piece
from dondoc.intake.role_signs import DAY_OF_A_SCHEDULE
from dondoc.intake.setting import Setting
from dondoc.intake.signs import judge
from dondoc.intake.standing import VAGUE as NO_DAY
from dondoc.intake.time_words import TimeWords, times_in
from dondoc.intake.verbs import RELAYING
from dondoc.intake.wording import lowered
from models.schemas.drafts import FoundObligation, TimeRole

TIME_COLUMN = re.compile(r"thời\s+(?:gian|hạn|điểm)|hoàn\s+thành|tiến\s+độ|hạn\b|lịch|lộ\s+trình", re.IGNORECASE)
OTHER_DATES = re.compile(
    r"ban\s+hành|số\s+hiệu|ngày\s+(?:sinh|cấp|ký|vào)|năm\s+sinh|căn\s+cứ|trích\s+yếu|kết\s+quả", re.IGNORECASE
)
OLD_TERM = re.compile(r"theo\s+kế\s+hoạch|được\s+giao|đã\s+giao|ban\s+đầu|trước\s+đây|\bcũ\b", re.IGNORECASE)
"""A term that another column replaces ("Hạn theo Kế hoạch" beside "Hạn mới")."""
RUNNING_NUMBER = re.compile(r"\W*(?:s?tt|số\s+(?:tt|thứ\s+tự))\W*", re.IGNORECASE)
"""The first cell of a heading row, whose dates belong to the names of columns."""
NEW_TERM = re.compile(r"\bmới\b|điều\s+chỉnh|gia\s+hạn|thay\s+đổi", re.IGNORECASE)
TASK_COLUMN = re.compile(r"nhiệm\s+vụ|nội\s+dung|công\s+việc|hoạt\s+động|tên\b|đề\s+án|danh\s+mục", re.IGNORECASE)
ACTOR_COLUMN = re.compile(r"chủ\s+trì|thực\s+hiện|chịu\s+trách\s+nhiệm|phụ\s+trách|đầu\s+mối|tham\s+mưu", re.IGNORECASE)
BARE_MONTH = re.compile(r"\s*(?:(?P<month>(?:0?[1-9]|1[0-2])\s?[/\-.]\s?)?20\d\d|20\d\d\s*[-–]\s*20\d\d)\s*")
"""What a column of times may leave unsaid: "năm 2030" is written "2030", "tháng 6/2025" is written "6/2025"."""
FILLERS = re.compile(
    r"thường\s+xuyên|thời\s+gian|thời\s+hạn|thực\s+hiện|hoàn\s+thành|tổ\s+chức|dự\s+kiến|xong|báo\s+cáo|định\s+kỳ|theo\s+quy\s+định|và|khi\s+có\s+yêu\s+cầu|[\W\d_]+",
    re.IGNORECASE,
)
MOST_COLUMNS = 60
LONGEST_COLUMN_NAME = 72
"""Characters; a longer cell is no heading of a column."""
OF_THE_GROUP = 0.75
"""Confidence in a time that stands over a group of rows."""
VAGUE = 0.6
"""Confidence in a row whose time names no day ("sau khi có hướng dẫn")."""
OPENS_A_CELL = 0.7
LONGEST_TIME = 120
"""Characters of a cell that begins with a time and goes on with a remark on it."""
LONGEST_REST = 12
"""Characters that a time's cell may hold beside the time."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table say the task, who is to act and when, and which hold dates of other things."""

    task: int | None
    actor: int | None
    time: int | None
    other_dates: frozenset[int]
    count: int


class Column(Enum):
    """What the heading row tells of a cell's column."""

    TIMES = auto()
    OTHER = auto()
    UNTOLD = auto()


def columns_of(block: Block) -> Columns | None:
    """Read a heading row: it names the task, and the time or who is to act. None for any other row."""
    names = [" ".join(cell.text.split()) for cell in block.cells]
    if len(names) < 2 or max(map(len, names)) > LONGEST_COLUMN_NAME:  # noqa: PLR2004 (two columns make a table)
        return None
    task = _first(names, TASK_COLUMN)
    actor = next((at for at, one in enumerate(names) if ACTOR_COLUMN.search(one) and not TIME_COLUMN.search(one)), None)
    times = [at for at, one in enumerate(names) if TIME_COLUMN.search(one)]
    is_new = any(NEW_TERM.search(names[at]) for at in times)
    old = {at for at in times if OLD_TERM.search(names[at]) and not NEW_TERM.search(names[at])} if is_new else set()
    time = next((at for at in times if at not in old), None)
    if task is None or (time is None and actor is None):
        return None
    other = {at for at, one in enumerate(names) if OTHER_DATES.search(one) and not TIME_COLUMN.search(one)}
    return Columns(task, actor, time, frozenset(other | old), len(names))


def _first(names: Sequence[str], wanted: re.Pattern[str]) -> int | None:
    return next((at for at, one in enumerate(names) if wanted.search(one)), None)


def obligations_of_row(
    source: str, clause: Clause, columns: Columns | None, over: TimeWords | None = None
) -> Iterator[FoundObligation]:
    """Give the obligations of a row: `columns` are those of the heading row, `over` the time of its group of rows."""
    cells = clause.block.cells[:MOST_COLUMNS]
    if RUNNING_NUMBER.fullmatch(cells[0].text):
        return
    known = columns if columns is not None and columns.count == len(cells) else None
    timed = False
    for index, cell in enumerate(cells):
        if known is not None and index in known.other_dates:
            continue
        column = Column.UNTOLD if known is None else Column.TIMES if index == known.time else Column.OTHER
        for times, confidence, sign, past in _times_of_cell(cell, column):
            timed = True
            who_what = _actor_and_task(cells, index, known)
            yield _row_obligation(source, clause, times, (confidence, sign, past), who_what)
    if timed:
        return
    who_what = _actor_and_task(cells, -1, known)
    if over is not None:
        yield _row_obligation(source, clause, over, (OF_THE_GROUP, "time of the group of rows", False), who_what)
    elif columns is not None and columns_of(clause.block) is None:
        vague = _vague_time(cells, columns)
        if vague:
            yield _row_obligation(source, clause, None, (VAGUE, "a time without a day", False), who_what, vague)


def _vague_time(cells: Sequence[Piece], columns: Columns) -> str | None:
    """Give what the column of times says without a day; where a row leaves a cell empty, the last one may be that."""
    if columns.time is None or len(cells) > columns.count:
        return None
    full = len(cells) == columns.count
    words = " ".join(cells[columns.time if full else -1].text.split())
    if full:
        return words if any(character.isalpha() for character in words) else None
    last = columns.time == columns.count - 1
    return words if last and NO_DAY.search(words) else None


def _times_of_cell(cell: Piece, column: Column) -> Iterator[tuple[TimeWords, float, str, bool]]:
    """Give the times of a cell, how surely, by which sign, and whether told as past."""
    rest = cell.text
    bare = BARE_MONTH.fullmatch(rest) if column is Column.TIMES else None
    if bare:
        rest = f"{'tháng' if bare['month'] else 'năm'} {rest.strip()}"
    found = times_in(rest)
    words = rest
    for times in found:
        rest = rest.replace(words[slice(*times.span)], " ")
    if found and len(FILLERS.sub("", rest)) <= LONGEST_REST:
        for times in found:
            if not times.opens_only:
                yield times, 0.9, "a cell of its own", False
        return
    whole = (0, len(cell.text))
    if (
        column is not Column.OTHER
        and len(found) == 1
        and len(cell.text) <= LONGEST_TIME
        and _opens(cell.text, found[0])
    ):
        if not found[0].opens_only:
            yield found[0], OPENS_A_CELL, "a cell that begins with a time", False
        return
    for times in found:
        judgement = judge(times, Setting(cell.text, lowered(cell.text), whole, whole, NOTHING_ABOVE, at_head=False))
        if judgement.is_deadline and (times.role is not TimeRole.EVENT_DAY or DAY_OF_A_SCHEDULE in judgement.signs):
            yield times, judgement.confidence * 0.9, judgement.signs[0], judgement.told_as_past


def _opens(words: str, times: TimeWords) -> bool:
    """Whether a cell begins with its time and goes on with a remark on it, not with what was reached."""
    behind = words[times.span[1] :]
    return not FILLERS.sub("", words[: times.span[0]]) and not PAST.search(behind) and not TARGET.search(behind)


def _actor_and_task(cells: Sequence[Piece], time: int, columns: Columns | None) -> tuple[str | None, str]:
    words = [" ".join(cell.text.split()) for cell in cells]
    if columns is not None and columns.task is not None:
        return (words[columns.actor] if columns.actor is not None else None), words[columns.task]
    others = [one for index, one in enumerate(words) if index != time and not one.strip(". ").isdigit()]
    return None, max(others, key=len, default=words[time])


def _row_obligation(  # noqa: PLR0913, PLR0917 (the parts of one reading)
    source: str,
    clause: Clause,
    times: TimeWords | None,
    found: tuple[float, str, bool],
    who_what: tuple[str | None, str],
    relative: str | None = None,
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
        deliverable=deliverable_of(lowered(action)),
        phrases=times.phrases if times else (),
        role=times.role if times else None,
        relative=relative,
        report_to=to,
        through=through,
        relay=RELAYING.search(action) is not None,
        adoption=False,
        told_as_past=past,
        period=None,
        confidence=confidence,
        signs=(sign,),
    )
