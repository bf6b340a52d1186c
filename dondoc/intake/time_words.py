"""Finds where a text speaks of a time by which, in which or how often something is done.

Only places and phrases are found here; what a phrase means is decided by the rules of deadlines.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dondoc.intake.time_atoms import SPEAKS_OF_TIME, Atom, atoms_between
from dondoc.intake.verbs import ACTION, REPORTING
from dondoc.intake.wording import Wording, lowered, words_of
from models.schemas.drafts import Span, TimeRole

JOINT = Wording(
    r"(?:\s|,|;|-|–|\(|\)|và|hoặc|đến|tới|kết\s+thúc|của|là|báo\s+cáo|gửi|nộp|tổng\s+kết|sơ\s+kết|định\s+kỳ|cả|"
    r"thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)*"
)
BARE_LIST_OPENER = Wording(r"(?:báo\s+cáo|định\s+kỳ|sơ\s+kết|tổng\s+kết|đánh\s+giá|\()\s*(?:kết\s+quả\s*)?$")
REGULARLY = "định kỳ"
CARRIED_OUT_FOR = Wording(r"\s+(?:thực\s+hiện|triển\s+khai|hoạt\s+động|qua)(?!\w)")
"""Behind months that something has lasted ("sơ kết 6 tháng thực hiện Kế hoạch")."""
CYCLE_OF_A_DAY = re.compile(r"(?:hằng|hàng|mỗi)\s+(?:tháng|qu[ýí])|của\s+tháng\s+(?:đầu|cuối)\D+$", re.IGNORECASE)
GOES_ON = re.compile(r"\s+(?!và\s|của\s|hằng\s|hàng\s|mỗi\s|tháng\s|năm\s|đến\s|báo\s)[^\W\d]")
LEADS_UP = re.compile(r"\s*,?\s*\(?")
REACHING = re.compile(r"\s*(?:-|–|đến|tới)\s*(?:hết\s*)?")
WITH_YEAR = re.compile(r"\d{4}$")
FROM_TO = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}\s+\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}")
"""Two days side by side, as in columns of a beginning and an end that lost their bars."""
DATE_ALONE = Wording(r"ngày|\d{4}")
LONGEST_CUES = 48
"""Characters before the first number or name of a time in which its cues stand."""
LONGEST_OF_A_NOUN = 60
BREAK = re.compile(r"[,;:.(]")
WHO = Wording(words_of("người|đối tượng|trường hợp|những"))
LONGEST_JOINT = 24
RECURRING = frozenset({"every", "interval", "cycle", "bare", "half", "last_day"})
ALWAYS_RECURRING = frozenset({"every", "interval", "cycle", "last_day"})
PERIODS = frozenset({"month", "quarter", "half_year", "half", "year"})
CALENDAR = frozenset({"date", "month", "quarter", "year", "school", "school_year", "half_year", "years"})
WHOLE_YEARS = frozenset({"year", "years", "school_year"})


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
    sign = SPEAKS_OF_TIME.said_in(lower, start, end)
    if sign is None:
        return found
    first = max(start, sign.start() - LONGEST_CUES)
    first = first if first == start else lower.find(" ", first)
    for group in _groups(text, list(atoms_between(lower, first, end))):
        times = _times(text, group) or (_of_the_cycle(text, group, found[-1]) if found else None)
        if times is None:
            continue
        if found and _is_narrowed(text, found[-1], times):
            found.pop()
        found.append(times)
    return found


def _of_the_cycle(text: str, group: list[Atom], before: TimeWords) -> TimeWords | None:
    """Give a day without its month the cycle of the time before it in the sentence.

    "… trước ngày 25 hằng tháng; phòng tổng hợp, báo cáo Sở trước ngày 28" is a day of every month too; only reports
    follow one another so.
    """
    cycle = CYCLE_OF_A_DAY.search(before.phrases[-1])
    if (
        cycle is None
        or before.role is not TimeRole.EVERY
        or {atom.kind for atom in group} != {"day"}
        or not group[0].cue("bound")
        or not REPORTING.search(text[before.span[1] : group[0].span[0]])
    ):
        return None
    span = (group[0].span[0], group[-1].span[1])
    phrase = f"{_words(text, span)} {cycle.group()}"
    return TimeWords(span, (phrase,), TimeRole.EVERY, frozenset({"day", "every"}), False, group[0].cues)


def _is_of_a_noun(text: str, period: TimeWords, between: str) -> bool:
    """Whether a period without its year says which ones are meant ("người nghỉ trong quý I gửi trước ngày …").

    Where something to do stands before it ("khảo sát trong tháng 5 và báo cáo trước ngày …"), it is a time of its own.
    """
    if len(between) > LONGEST_OF_A_NOUN or BREAK.search(between) or WITH_YEAR.search(period.phrases[-1]):
        return False
    before = BREAK.split(text[max(period.span[0] - LONGEST_OF_A_NOUN, 0) : period.span[0]])[-1]
    who = WHO.search(before)
    return period.kinds <= {"month", "quarter"} and ACTION.search(before, who.start() if who else 0) is None


def each_year(times: TimeWords) -> TimeWords:
    """Give a day of the next year as a day of each year, where what stands before it comes round every year."""
    phrases = tuple(f"{phrase} hằng năm" for phrase in times.phrases)
    return times._replace(phrases=phrases, role=TimeRole.EVERY, kinds=times.kinds | {"every"})


def _is_narrowed(text: str, wide: TimeWords, narrow: TimeWords) -> bool:
    """Whether a time only leads up to the day behind it, by which all must be done ("Quý II, chậm nhất 15/6")."""
    between = text[wide.span[1] : narrow.span[0]]
    if narrow.role is not TimeRole.BOUND or "date" not in narrow.kinds or wide.opens_only:
        return False
    if wide.role is TimeRole.WITHIN:
        return wide.kinds <= PERIODS and (LEADS_UP.fullmatch(between) is not None or _is_of_a_noun(text, wide, between))
    return wide.role is TimeRole.BOUND and not between.strip()


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
    if last.kind == "date" and atom.kind == "every" and "và" in gap and WITH_YEAR.search(text[slice(*last.core)]):
        return False  # "trước ngày 20/11/2025 và hằng tháng" is once and again
    rounds = any(one.kind in RECURRING for one in group)
    if atom.kind == "bare":
        return rounds or last.kind == "quarter"
    ranged = group[0].cue("from") and (atom.cue("to") or _is_range(gap))
    ranged = ranged or (last.kind == "date" and atom.cue("to") and not (gap.strip() or group[0].cue("bound")))
    completes = (
        last.kind in {"clock", "day", "week"}
        or atom.kind in {"every", "cycle"}
        or ("(" in gap and last.kind in RECURRING and not atom.cue("from") and _closes(text, atom.span[1]))
    )
    if last.kind == atom.kind == "date" and atom.cue("bound") and _stands_alone(group, gap):
        return False
    listed = (
        last.kind == atom.kind
        or {last.kind, atom.kind} <= RECURRING
        or (rounds and atom.kind in {"date", "day"} and not atom.cue("from"))
        or (last.kind == "every" and atom.kind == "month" and atom.cue("on"))
    )
    return ranged or completes or listed or (last.kind == "bare" and atom.kind == "half")


def _stands_alone(group: list[Atom], gap: str) -> bool:
    """Whether a bound begins another time: behind a span, or right behind a day with nothing between."""
    is_span = group[0].cue("from") and len(group) > 1
    return is_span or not (group[0].cue("from") or gap.strip())


def _closes(text: str, at: int) -> bool:
    """Whether what stands in brackets is the time and no sentence of its own ("(tháng 02 nộp ngày 27)")."""
    return GOES_ON.match(text, at) is None


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
        opener = REGULARLY in group[0].cues or BARE_LIST_OPENER.search(
            text[max(span[0] - LONGEST_JOINT * 2, 0) : span[0]]
        )
        listed = len(group) > 1 and kinds & {"half", "bare"} and ("half" in kinds or opener)
        alone = ("half" in kinds or REGULARLY in group[0].cues) and opener and not _is_for(text, span[1])
        if not listed and not alone:
            return None
        every = True
    if "half" in kinds and not every and ("bare" in kinds or "date" in kinds):
        every = True
    role = TimeRole.EVERY if every else _role(text, group)
    starts_at_an_hour = role is TimeRole.EVENT_DAY and group[0].kind == "clock" and group[0].cue("from")
    if starts_at_an_hour:
        span = (group[0].core[0], span[1])
        group = [group[0]._replace(cues="", span=group[0].core), *group[1:]]
    phrases = (_words(text, span),) if every or role is TimeRole.RANGE else _phrases(text, group)
    if role is TimeRole.EVENT_DAY and FROM_TO.fullmatch(text, *span):
        role, phrases = TimeRole.RANGE, (" đến ".join(_words(text, atom.span) for atom in group),)
    opens_only = (
        role is not TimeRole.RANGE
        and not every
        and group[0].cue("from")
        and not (group[0].cue("bound") or group[0].cue("to"))
    )
    return TimeWords(span, phrases, role, kinds, opens_only, " ".join(atom.cues for atom in group))


def _is_for(text: str, at: int) -> bool:
    return CARRIED_OUT_FOR.match(text[at : at + LONGEST_JOINT]) is not None


def _without_names(text: str, group: list[Atom]) -> list[Atom]:
    """Leave out the cycle that only names the report due on a day of a named year ("6 tháng (trước 10/6/2025)")."""
    dated = any(atom.kind == "date" and WITH_YEAR.search(text[slice(*atom.core)]) for atom in group)
    if not dated or any(atom.kind in ALWAYS_RECURRING for atom in group):
        return group
    return [atom for atom in group if atom.kind not in {"half", "bare"}]


def _is_school_terms(text: str, group: list[Atom]) -> bool:
    return all(atom.kind == "school" and text[slice(*atom.core)][:1] in "hH" for atom in group)


def _role(text: str, group: list[Atom]) -> TimeRole:
    days = [atom for atom in group if atom.kind != "clock"]
    for before, after in pairwise(group):
        gap = text[before.span[1] : after.span[0]]
        if len(days) == 1 and not (group[0].cue("from") or after.cue("to")):
            break  # "8h00 – 11h30 ngày 04/5/2024" is one day
        if (group[0].cue("from") and not _is_hour_of(before, after)) or _is_range(gap) or after.cue("to"):
            return TimeRole.RANGE
    if any(atom.cue("bound") for atom in group) or (group[0].cue("to") and not group[0].cue("from")):
        return TimeRole.BOUND
    if any(atom.cue("within") for atom in group) or not {atom.kind for atom in group} & {"date", "clock", "day"}:
        return TimeRole.WITHIN
    return TimeRole.EVENT_DAY


def _is_hour_of(before: Atom, after: Atom) -> bool:
    """Whether two atoms are the hour and the day of one beginning ("bắt đầu từ 7 giờ 30 phút, ngày 26/4/2024")."""
    return before.kind == "clock" and not after.cue("to")


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
