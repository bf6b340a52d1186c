"""A time that stands over others: a heading, or a row of a table, that says nothing but when ("1. Quý I/2025:").

What is listed below it is due then, unless it says its own time.
"""

from collections.abc import Sequence

from dondoc.intake.clauses import Clause
from dondoc.intake.setting import FIRM
from dondoc.intake.time_words import WHOLE_YEARS, TimeWords, times_in
from dondoc.intake.verbs import ACTION
from dondoc.intake.wording import Wording
from models.schemas.drafts import TimeRole

FILLERS = Wording(
    r"(?<!\w)(?:các|những|một\s+số|nhiệm\s+vụ|nội\s+dung|công\s+việc|văn\s+bản|hoạt\s+động|cần|phải|hoàn\s+thành|"
    r"thực\s+hiện|triển\s+khai|xong|trọng\s+tâm|chủ\s+yếu|trong|thời\s+gian|đợt|bước|giai\s+đoạn|và|[ivx]+)(?!\w)|[\W\d_]+"
)
PHASE = Wording(r"[\W\d]*(?:đợt|bước|giai\s+đoạn|vòng)\s*[\divx]+\s*:")
"""A phase with its time ("Đợt 1: trong tháng 12/2025") is one thing to be done; what is listed below is its content."""
REACHES = Wording(r"(?<!\w)(?:từ|đến|tới)(?!\w)")
LONGEST_REST = 3
"""Characters that may be left beside the time and the words that say no task."""
LONGEST_HEADING = 120
LONGEST_LOOK = 1_500
"""Characters of a clause that are looked through for something to do."""


def time_over(words: str) -> TimeWords | None:
    """Give the time that a heading or a row says, if it says nothing else and the time has an end."""
    if len(words) > LONGEST_HEADING or PHASE.match(words):
        return None
    found = times_in(words)
    if len(found) != 1 or len(found[0].phrases) != 1 or not _ends(found[0]):
        return None
    times = found[0]
    rest = words[: times.span[0]] + " " + words[times.span[1] :]
    left = "".join(_left(rest))
    return times if len(left) <= LONGEST_REST else None


def times_over(clauses: Sequence[Clause]) -> dict[int, TimeWords]:
    """Give the headings that say only a time, by their place, where something to do is listed right below them."""
    found: dict[int, TimeWords | None] = {}
    acting: set[int] = set()
    for clause in clauses:
        parent = clause.above[-1] if clause.above else None
        if parent is None:
            continue
        if parent.index not in found:
            found[parent.index] = time_over(parent.words)
        if found[parent.index] and ACTION.search(clause.block.text[:LONGEST_LOOK]):
            acting.add(parent.index)
    return {index: times for index, times in found.items() if times and index in acting}


def _ends(times: TimeWords) -> bool:
    """Whether the time is one to be done in or by; "từ nay đến tháng 6/2027" only says how far a programme reaches."""
    if times.opens_only or times.kinds <= WHOLE_YEARS:
        return False
    if times.role is TimeRole.RANGE:
        return times.kinds <= {"date", "day"}
    firm = FIRM.search(times.cues) is not None
    return firm or (times.role is TimeRole.WITHIN and not REACHES.search(times.cues))


def _left(rest: str) -> list[str]:
    at, left = 0, []
    for filler in FILLERS.finditer(rest):
        left.append(rest[at : filler.start()])
        at = filler.end()
    return [*left, rest[at:]]
