"""A clause among its neighbours: what its sentences share, and what they leave to the clauses around to say."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from dondoc.intake.above import Above
from dondoc.intake.actions import action_of
from dondoc.intake.actors import actors_beside
from dondoc.intake.clauses import Clause
from dondoc.intake.distractors import PAST
from dondoc.intake.recurring_signs import REPORTED_OR_REVIEWED
from dondoc.intake.sentences import sentences_of
from dondoc.intake.symbols import SYMBOL
from dondoc.intake.time_words import TimeWords, each_year, times_in
from dondoc.intake.verbs import ACTION, ADOPTION, RELAYING
from dondoc.intake.wording import lowered
from models.schemas.drafts import Span, TimeRole

SHORT_FIELD = 90
"""Characters; a shorter sentence with a time and no object of its own is a field of the clause above it."""
FIELD_HEAD = re.compile(r"[\W\d]*(?:[a-zđ]\)\s*)?[thTH]")
FIELD_ONLY = re.compile(
    r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:thời\s+(?:gian|hạn)|hạn|tiến\s+độ|thời\s+điểm|hoàn\s+thành)(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức|triển\s+khai))*"
    r"[\s:]*(?:(?:thực\s+hiện|hoàn\s+thành|xong|bắt\s+đầu|kết\s+thúc|dự\s+kiến|là)[\s,:]*)*$",
    re.IGNORECASE,
)
TASK_FIELD = re.compile(r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:nhiệm\s+vụ|nội\s+dung)(?:\s+thực\s+hiện)?\s*:", re.IGNORECASE)
NEXT_YEAR = re.compile(r"năm\s+(?:sau|tới|(?:liền\s+)?kế\s+tiếp|liền\s+kề|tiếp\s+theo)$", re.IGNORECASE)
FULL_DATE = re.compile(r"\d{4}")
CYCLES_REPORTED = re.compile(
    r"[^.;]{0,80}?báo\s+cáo\s+(?:0?6|sáu)\s+tháng(?:\s+đầu\s+năm)?(?:\s+và|,)\s+(?:hằng\s+|hàng\s+|cả\s+)?năm(?!\w|\s+\d)"
)
"""Behind days without a year: the reports that they are for ("trước 05/7 và 05/01 …, báo cáo 6 tháng và hằng năm")."""
EACH_YEAR = re.compile(r"\d\s+(?:hằng|hàng|mỗi)\s+năm(?!\w)")
"""A day of each year ("trước ngày 31/12 hằng năm")."""
OPENS_WITH_EACH_YEAR = re.compile(r"[\W\d]*(?:[a-zđ]\)\s*)?(?:hằng|hàng|mỗi)\s+năm(?!\w)[^.;:]*$")
"""A sentence that says at its head that it speaks of every year."""
REPORT_OF_THE_YEAR = re.compile(r"báo\s+cáo\s+(?:tổng\s+kết\s+)?(?:hằng\s+|hàng\s+)?năm\s+(?:(?:gửi|nộp)\s+)?$")
"""Right before a day, beside the report of the half-year."""
YEARLY_REPORT = re.compile(r"báo\s+cáo\s+(?:tổng\s+kết\s+|định\s+kỳ\s+)?(?:hằng\s+|hàng\s+)?năm(?!\w|\s+\d)")
REPORTS_OF_A_YEAR = 2
MARKS_OF_A_CLAUSE = " -–+•*(0123456789.)"
LONGEST_TASK = 300
"""Characters of a line whose time stands below it."""
LONGEST_LOOK = 1_500
"""Characters of a neighbouring clause that are looked at."""


class Place:
    """A clause with the ones around it. `named` gives the actors that a sentence names, and remembers them.

    `over` is the time that a heading above says for all that is below it.
    """

    def __init__(
        self,
        clause: Clause,
        around: Sequence[Clause],
        above: Above,
        over: TimeWords | None,
        named: Callable[[str], str | None],
    ) -> None:
        """Take the clause; what it shares is looked for when it is asked for."""
        self.clause, self.around, self.above, self.over, self.named = clause, around, above, over, named
        self.piece = clause.block.piece
        self.text = self.piece.text
        self.lower = lowered(self.text)

    def opens(self, sentence: Span) -> bool:
        """Whether nothing stands before the sentence but the clause's mark."""
        return not self.text[: min(sentence[0], SHORT_FIELD)].strip(MARKS_OF_A_CLAUSE)

    @cached_property
    def adopted(self) -> bool:
        """Whether the clause says that its plan must be adopted."""
        return ADOPTION.said_in(self.lower) is not None and RELAYING.said_in(self.lower) is not None

    @cached_property
    def section(self) -> Sequence[Clause]:
        """The clauses around that stand under the same heading."""
        return [one for one in self.around if one.section == self.clause.section]

    @property
    def earlier(self) -> list[Clause]:
        """Those of the section that stand before the clause."""
        return [one for one in self.section if one.index < self.clause.index]

    def in_their_cycle(self, found: Sequence[TimeWords]) -> list[TimeWords]:
        """Give the days that come round as such, and leave out what then only names the reports that they are for."""
        if not found:
            return []
        of_reports = [one for one in found if self._is_of_the_reports(one)]
        if not of_reports:
            return self._of_each_year(found)
        last = of_reports[-1].span[1]
        named = [one for one in found if one.span[0] > last and one.role is TimeRole.EVERY and "day" not in one.kinds]
        return [each_year(one) if one in of_reports else one for one in found if one not in named]

    def _is_of_the_reports(self, times: TimeWords) -> bool:
        """Whether these are the days of the half-year's and the year's report: as many, without a year of their own."""
        if len(times.phrases) != REPORTS_OF_A_YEAR or times.kinds != {"date"}:
            return False
        yearless = not any(FULL_DATE.search(phrase) for phrase in times.phrases)
        return yearless and CYCLES_REPORTED.match(self.lower, times.span[1]) is not None

    def _of_each_year(self, found: Sequence[TimeWords]) -> list[TimeWords]:
        """Give the days of every year as such; what says at the head that all comes round says no time of its own."""
        given: list[TimeWords] = []
        for times in found:
            plain = times.role is TimeRole.EVERY or FULL_DATE.search(times.phrases[-1])
            if not plain and "date" in times.kinds and self._opens_with_each_year(times, given):
                given = [one for one in given if one.kinds != {"every"}]
                given.append(each_year(times))
            else:
                given.append(each_year(times) if not plain and self._is_of_each_year(times, given) else times)
        return given

    def _opens_with_each_year(self, times: TimeWords, before: Sequence[TimeWords]) -> bool:
        only = all(one.kinds == {"every"} for one in before)
        words = self.lower[: times.span[0]] if times.span[0] < LONGEST_LOOK else ""
        return bool(before) and only and OPENS_WITH_EACH_YEAR.match(words) is not None

    def _is_of_each_year(self, times: TimeWords, before: Sequence[TimeWords]) -> bool:
        """Whether a day without its year is one of each year by the clause, or by those before it."""
        words = self.lower[max(times.span[0] - LONGEST_LOOK, 0) : times.span[0]]
        if any(one.role is TimeRole.EVERY for one in before) and REPORT_OF_THE_YEAR.search(words):
            return True
        if not NEXT_YEAR.search(times.phrases[-1]):
            return False
        if YEARLY_REPORT.search(words) or EACH_YEAR.search(words):
            return True
        before_it = (one.block.text[:LONGEST_LOOK].lower() for one in self.earlier)
        return any(EACH_YEAR.search(one) and REPORTED_OR_REVIEWED.said_in(one) for one in before_it)

    def _sentence_before(self, sentence: Span) -> str:
        said = self.text[max(sentence[0] - LONGEST_LOOK, 0) : sentence[0]]
        before = list(sentences_of(said))
        return said[slice(*before[-1])] if before else ""

    def task_above(self, sentence: Span) -> str | None:
        """Give what is to be done in the sentence before one that says only a time, or in a line above with a colon."""
        before = self._sentence_before(sentence)
        above = [one.block.text for one in self.earlier] or [one.words for one in self.clause.above]
        line = before or (above[-1] if above else "")
        if len(line) > LONGEST_TASK or not (before or line.rstrip().endswith(":")) or times_in(line):
            return None
        tells = PAST.search(line) or re.search(SYMBOL, line)
        return line if ACTION.search(line) and not tells else None

    def actors(self, words: str, sentence: Span) -> str | None:
        """Give who is to act: the words say it, or their sentence, or its clause, or what stands around that."""
        whole = len(words) == sentence[1] - sentence[0]
        said = self.named(words) or (None if whole else self.named(self.text[slice(*sentence)]))
        return said or (self._subject if sentence[0] else None) or self._actors_around

    @property
    def _subject(self) -> str | None:
        return self.named(self.text[:LONGEST_LOOK])

    @cached_property
    def _actors_around(self) -> str | None:
        """Who is to act by a field beside the clause, a heading, or the last subject of the section."""
        fields = [text for one in self.section if ":" in (text := one.block.text[:LONGEST_LOOK])]
        said = actors_beside(fields) or self.above.actors
        if said:
            return said
        earlier = (self.named(one.block.text[:LONGEST_LOOK]) for one in reversed(self.earlier))
        return next((found for found in earlier if found), None)

    def action(self, words: str, sentence: Span, time: str) -> str:
        """Give what is done: in the words themselves, or, for a field of its own, in what stands above it."""
        if not FIELD_HEAD.match(words) or not FIELD_ONLY.match(words.replace(time, " ").strip(" .;,()")):
            return action_of(words, time)
        before = self._sentence_before(sentence)
        if len(before) > SHORT_FIELD // 3:
            return action_of(before)
        siblings = self.earlier
        task = next((one for one in reversed(siblings) if TASK_FIELD.match(one.block.text)), None)
        if task is not None:
            own = TASK_FIELD.sub("", task.block.text).strip()
            under = next((one for one in siblings if one.index > task.index), None)
            return action_of(own or (under.block.body if under else ""))
        headings = [heading for heading in self.clause.above if heading.label]
        if headings and (
            not siblings or (self.clause.block.mark_kind == "bullet" and len(headings[-1].words) > SHORT_FIELD // 4)
        ):
            return action_of(headings[-1].words)
        return action_of(siblings[-1].block.body if siblings else words, "")
