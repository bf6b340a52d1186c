"""Finds where a text speaks of a time by which, in which or how often something is done.

Only places and phrases are found here; what a phrase means is decided by the rules of deadlines.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dondoc.intake.wording import Wording, any_of, lowered
from models.schemas.drafts import Span, TimeRole

_SLASH = r"\s?[/.\-–]\s?"
_CALENDAR_YEAR = r"(?:\s*[/\-–]\s*\d{4}(?!\d)|\s*,?\s+năm\s+\d{4}(?!\d))"
_OTHER_YEAR = (
    r"(?:\s+(?:của\s+)?năm\s+(?:nay|này|sau|tới|trước|(?:liền\s+)?kế\s+tiếp|liền\s+kề|tiếp\s+theo|báo\s+cáo)(?!\w))"
)
_YEAR_BEHIND = rf"(?:{_CALENDAR_YEAR}|{_OTHER_YEAR})"
_MONTHS_OF_A_YEAR = rf"(?:(?:\s*(?:[,\-–]|và|đến)\s*(?:0?[1-9]|1[0-2])){{1,4}}{_CALENDAR_YEAR})"
_QUARTERS_OF_A_YEAR = rf"(?:(?:\s*(?:[,\-–]|và|đến)\s*(?:iv|i{{1,3}}|[1-4])){{1,3}}{_CALENDAR_YEAR})"
"""Months that share the year behind the last ("tháng 7, 8 năm 2026")."""
_MONTH_NAME = r"(?:\d{1,2}|giêng|chạp|mười\s+(?:một|hai)|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
_EACH = r"(?:hằng|hàng|mỗi|từng)"
_COUNT = r"(?:0?[369]|sáu|chín|ba)"
CUES = {
    "bound": r"hạn\s+cuối(?:\s+cùng)?|hạn\s+chót|thời\s+hạn|chậm\s+nhất|muộn\s+nhất|trễ\s+nhất|không\s+quá|"
    r"trước(?:\s+hết)?|đến\s+hết|hết|xong",
    "within": r"trong|(?<!hà )nội|ngay|cả|dịp",
    "from": r"(?:bắt\s+đầu\s+)?(?:kể\s+)?từ(?:\s+nay)?|sau(?:\s+khi)?",
    "to": r"đến|tới|kết\s+thúc",
    "on": r"vào|lúc|là|khoảng|dự\s+kiến",
    "point": r"định\s+kỳ|tuần\s+[1-5](?=\s+(?:của\s+)?tháng\s+\d)|"
    r"(?:tuần|ngày|thứ\s+\w+|chủ\s+nhật|thời\s+điểm|hạ\s+tuần|trung\s+tuần|thượng\s+tuần)"
    r"(?=\s+(?:cuối|đầu|thứ|tháng|ngày|từ))|tuần|đầu|giữa|cuối(?:\s+cùng)?(?:\s+của)?|nửa\s+(?:đầu|cuối)|"
    r"thứ\s+(?:nhất|hai|ba|tư|[1-5])|của",
}
CORES = {
    "clock": r"\d{1,2}\s?(?:giờ|g(?=\d|\b)|h(?=\d|\b))\s?(?:\d{2}(?:\s?(?:phút|['’]))?|['’])?",
    "date": rf"(?:ngày\s+)?\d{{1,2}}{_SLASH}\d{{1,2}}{_SLASH}\d{{4}}(?!\d)|"
    rf"ngày\s+\d{{1,2}}\s+tháng\s+{_MONTH_NAME}(?:\s*,?\s+năm\s+\d{{4}}|{_OTHER_YEAR})?|"
    rf"\d{{1,2}}\s+tháng\s+\d{{1,2}}\s*,?\s+năm\s+\d{{4}}(?!\d)"
    rf"|(?:ngày\s+\d{{1,2}}\s?[/.]\s?\d{{1,2}}(?![\d/]|\s?[/.]\s?\d)|"
    rf"(?<![\d/.,])\d{{1,2}}/\d{{1,2}}(?![\d/%]|[,.]\d)){_OTHER_YEAR}?",
    "day": rf"ngày\s+\d{{1,2}}(?=\s*(?:{_EACH}|của|tháng|các\s+tháng|đến|tới|[-–]|và|,|\d|định\s+kỳ|[).;]|$))|"
    rf"\d{{1,2}}(?=\s*[-–]\s*\d{{1,2}}/\d)|(?:(?<=trước )|(?<=nhất )|(?<=nhất là ))\d{{1,2}}(?=\s+{_EACH}\s+tháng)",
    "week": r"ngày\s+làm\s+việc\s+(?:đầu|cuối)(?:\s+(?:tiên|cùng))?",
    "last_day": r"ngày\s+(?:làm\s+việc\s+)?(?:đầu\s+tiên|cuối\s+cùng)\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|"
    r"hàng\s+)?(?:tháng|qu[ýí]|năm)(?!\s+\d)",
    "every": rf"(?:{_EACH}|định\s+kỳ)\s+(?:ngày|tuần|tháng|qu[ýí]|{_COUNT}\s+tháng|nửa\s+năm|năm(?!\s+\d))",
    "interval": r"(?:\d{1,2}|một|hai|ba|sáu)\s+(?:ngày|tuần|tháng|qu[ýí]|năm)(?:\s*/\s*|\s+(?:0?1|một)\s+)lần",
    "cycle": r"tháng\s+(?:cuối|đầu|liền\s+kề|sau|tiếp\s+theo|kế\s+tiếp)(?:\s+(?:cùng|"
    r"tiên))?(?:\s+(?:của\s+)?(?:mỗi\s+)?(?:qu[ýí]|kỳ))?",
    "half_year": rf"{_COUNT}\s+tháng\s+(?:đầu|cuối)\s+(?:của\s+)?(?:năm\s*)?\s*\d{{4}}",
    "half": rf"{_COUNT}\s+tháng(?:\s+(?:đầu|cuối)(?:\s+năm)?)?(?:\s*[/\-–]\s*\d{{4}}|\s+năm\s+\d{{4}}|\s+\d{{4}})?",
    "month": rf"(?:các\s+)?tháng\s+{_MONTH_NAME}(?!\s*tháng)(?:{_MONTHS_OF_A_YEAR}|{_YEAR_BEHIND})?(?![\d/])",
    "quarter": rf"qu[ýí]\s*(?:iv|i{{1,3}}|v\b|[1-4](?![\d.]|,\d))(?!\w)(?:{_QUARTERS_OF_A_YEAR}|{_YEAR_BEHIND})?",
    "school_year": r"năm\s+học\s+\d{4}\s*[-–]\s*\d{4}",
    "school": r"học\s+k[ỳì]\s*(?:i{1,3}|[123])(?!\w)",
    "year": r"năm\s+\d{4}(?!\d|\s*[-–]\s*\d{4})",
    "bare": r"(?<!hai )(?:tháng|qu[ýí]|(?:cả\s+|(?:0?1|một)\s+)?năm)(?=\s*(?:[,;.)]|và\s|báo\s+cáo|\(|$))",
}
CORE_HEADS = "ngày|hằng|hàng|mỗi|từng|định|các|tháng|hai|sáu|chín|ba|quý|quí|năm|học|cả|một"
CUE_HEADS = (
    "hạn|thời|chậm|muộn|trễ|không|trước|đến|hết|xong|trong|nội|ngay|cả|dịp|bắt|kể|từ|sau|tới|kết|vào|lúc|là|khoảng|dự|"
    "định|tuần|ngày|thứ|chủ|hạ|trung|thượng|đầu|giữa|cuối|nửa|của"
)
"""How cores and cues begin: it tells most words apart before each is tried."""
ATOM = Wording(
    rf"(?<!\w)(?=\d|{any_of(f'{CUE_HEADS}|{CORE_HEADS}')})(?P<cues>(?:(?:"
    + "|".join(CUES.values())
    + rf")\s+){{0,6}})(?=\d|{any_of(CORE_HEADS)})(?:"
    + "|".join(f"(?P<{name}>{core})" for name, core in CORES.items())
    + r")(?!\w)"
)
_UNIT = r"\s+(?:ngày|tuần|nửa|năm)"
SPEAKS_OF_TIME = Wording(
    rf"{'|'.join('0123456789')}|tháng|quý\b|quí\b|hằng{_UNIT}|hàng{_UNIT}|mỗi{_UNIT}|từng{_UNIT}|định\s+kỳ{_UNIT}|một\s+lần"
)
"""What stands in every time; most sentences have none of it. Each branch begins with a letter, which is fastest."""
JOINT = Wording(
    r"(?:\s|,|;|-|–|\(|\)|và|hoặc|đến|tới|kết\s+thúc|của|là|báo\s+cáo|tổng\s+kết|sơ\s+kết|định\s+kỳ|cả|"
    r"thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)*"
)
BARE_LIST_OPENER = Wording(r"(?:báo\s+cáo|định\s+kỳ|sơ\s+kết|tổng\s+kết|đánh\s+giá|\()\s*(?:kết\s+quả\s*)?$")
CARRIED_OUT_FOR = Wording(r"\s+(?:thực\s+hiện|triển\s+khai|hoạt\s+động|qua)(?!\w)")
"""Behind months that something has lasted ("sơ kết 6 tháng thực hiện Kế hoạch")."""
REACHING = re.compile(r"\s*(?:-|–|đến|tới)\s*(?:hết\s*)?")
WITH_YEAR = re.compile(r"\d{4}$")
DATE_ALONE = Wording(r"ngày|\d{4}")
LONGEST_JOINT = 24
RECURRING = frozenset({"every", "interval", "cycle", "bare", "half", "last_day"})
ALWAYS_RECURRING = frozenset({"every", "interval", "cycle", "last_day"})
CALENDAR = frozenset({"date", "month", "quarter", "year", "school", "school_year", "half_year"})


class Atom(NamedTuple):
    """One time word with the cues before it."""

    kind: str
    cues: str
    span: Span
    core: Span

    def cue(self, name: str) -> bool:
        """Whether a cue of this family stands before it."""
        return _CUE[name].search(self.cues) is not None


class TimeWords(NamedTuple):
    """A time as the text gives it: where, in which phrases (each to be decided apart), and how it is meant."""

    span: Span
    phrases: tuple[str, ...]
    role: TimeRole
    kinds: frozenset[str]
    opens_only: bool
    """Only a beginning is said ("từ tháng 12/2025")."""
    cues: str


def times_in(text: str) -> list[TimeWords]:
    """Find the times that a text speaks of."""
    return times_between(text, lowered(text), 0, len(text))


def times_between(text: str, lower: str, start: int, end: int) -> list[TimeWords]:
    """Find the times that a stretch of text speaks of; `lower` is the text in lower case."""
    found: list[TimeWords] = []
    if SPEAKS_OF_TIME.said_in(lower, start, end) is None:
        return found
    for group in _groups(text, list(_atoms(lower, start, end))):
        times = _times(text, group)
        if times is not None:
            found.append(times)
    return found


def _atoms(lower: str, start: int, end: int) -> Iterator[Atom]:
    for match in ATOM.said_often_in(lower, start, end):
        kind = match.lastgroup or ""
        yield Atom(kind, match["cues"], match.span(), match.span(kind))


def _groups(text: str, atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    group: list[Atom] = []
    for atom in atoms:
        if group and not _joined(text, group, atom):
            yield group
            group = []
        group.append(atom)
    if group:
        yield group


def _joined(text: str, group: list[Atom], atom: Atom) -> bool:
    gap = text[group[-1].span[1] : atom.span[0]]
    if len(gap) > LONGEST_JOINT or JOINT.fullmatch(gap) is None:
        return False
    if ";" in gap and not (group[0].cue("from") and (atom.cue("to") or "kết thúc" in gap)):
        return False
    last = group[-1]
    rounds = any(one.kind in RECURRING for one in group)
    if atom.kind == "bare":
        return rounds or last.kind == "quarter"
    ranged = group[0].cue("from") and (atom.cue("to") or _is_range(gap))
    completes = (
        last.kind in {"clock", "day", "week"}
        or atom.kind in {"every", "cycle"}
        or ("(" in gap and last.kind in RECURRING)
    )
    listed = (
        last.kind == atom.kind
        or {last.kind, atom.kind} <= RECURRING
        or (rounds and atom.kind in {"date", "day"})
        or (last.kind == "every" and atom.kind == "month" and atom.cue("on"))
    )
    return ranged or completes or listed or (last.kind == "bare" and atom.kind == "half")


def _is_range(gap: str) -> bool:
    return REACHING.fullmatch(gap) is not None


def _times(text: str, group: list[Atom]) -> TimeWords | None:
    group = _without_names(text, group)
    kinds = frozenset(atom.kind for atom in group)
    span = (group[0].span[0], group[-1].span[1])
    if text.count("(", *span) > text.count(")", *span) and text[span[1] : span[1] + 1] == ")":
        span = (span[0], span[1] + 1)
    every = bool(kinds & ALWAYS_RECURRING) or (len(group) > 1 and _is_school_terms(text, group))
    if len(group) == 1 and kinds == {"date"} and not group[0].cues and not DATE_ALONE.search(text[slice(*span)]):
        return None
    if not kinds & CALENDAR and not every:
        opener = BARE_LIST_OPENER.search(text[max(span[0] - LONGEST_JOINT * 2, 0) : span[0]])
        listed = len(group) > 1 and kinds & {"half", "bare"} and ("half" in kinds or opener)
        alone = "half" in kinds and opener and not CARRIED_OUT_FOR.match(text[span[1] : span[1] + LONGEST_JOINT])
        if not listed and not alone:
            return None
        every = True
    if "half" in kinds and not every and ("bare" in kinds or "date" in kinds):
        every = True
    role = TimeRole.EVERY if every else _role(text, group)
    phrases = (_words(text, span),) if every or role is TimeRole.RANGE else _phrases(text, group)
    opens_only = (
        role is not TimeRole.RANGE
        and not every
        and group[0].cue("from")
        and not (group[0].cue("bound") or group[0].cue("to"))
    )
    return TimeWords(span, phrases, role, kinds, opens_only, " ".join(atom.cues for atom in group))


def _without_names(text: str, group: list[Atom]) -> list[Atom]:
    """Leave out the cycle that only names the report due on a day of a named year ("6 tháng (trước 10/6/2025)")."""
    dated = any(atom.kind == "date" and WITH_YEAR.search(text[slice(*atom.core)]) for atom in group)
    if not dated or any(atom.kind in ALWAYS_RECURRING for atom in group):
        return group
    return [atom for atom in group if atom.kind not in {"half", "bare"}]


def _is_school_terms(text: str, group: list[Atom]) -> bool:
    return all(atom.kind == "school" and text[slice(*atom.core)][:1] in "hH" for atom in group)


def _role(text: str, group: list[Atom]) -> TimeRole:
    for before, after in pairwise(group):
        gap = text[before.span[1] : after.span[0]]
        if group[0].cue("from") or _is_range(gap) or after.cue("to"):
            return TimeRole.RANGE
    if any(atom.cue("bound") for atom in group) or (group[0].cue("to") and not group[0].cue("from")):
        return TimeRole.BOUND
    if any(atom.cue("within") for atom in group) or not {atom.kind for atom in group} & {"date", "clock", "day"}:
        return TimeRole.WITHIN
    return TimeRole.EVENT_DAY


def _phrases(text: str, group: list[Atom]) -> tuple[str, ...]:
    """Give a phrase for each date of a list, each behind the cue that stands before the first."""
    found: list[str] = []
    run: list[Atom] = []
    for atom in group:
        run.append(atom)
        if atom.kind not in {"clock", "day", "week"}:
            cue = "" if run[0].cues or not found else group[0].cues
            found.append(" ".join((cue + _words(text, (run[0].span[0], atom.span[1]))).split()))
            run = []
    if run and found:
        found[-1] = _words(text, (group[-1 - len(run)].span[0], group[-1].span[1]))
    return tuple(found) or (_words(text, (group[0].span[0], group[-1].span[1])),)


def _words(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].split())


_CUE = {name: Wording(rf"(?<!\w)(?:{cue})(?!\w)") for name, cue in CUES.items()}
