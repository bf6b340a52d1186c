"""Read a directive's document: what it says, when each thing asked is due and by which rule, and what looks amiss.

The words come from the intake, the dates from the rules of deadlines; neither guesses, and what is missing is null.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from typing import NamedTuple

from dondoc.intake.draft import read_draft
from dondoc.intake.role_signs import DAY_OF_A_SCHEDULE, REACH_OF_AN_ACTION
from dondoc.intake.wording import Wording, either
from dondoc.operations.read_warnings import warnings_of
from dondoc.operations.remark import Remark
from models.schemas.drafts import DocumentDraft, FoundMonth, FoundObligation, Span, TimeRole
from models.vocabulary import Deliverable, DueKind, Recurrence
from policies.deadlines import DueDecision, cycles_of, decide_due, recurrence_of, rules_of
from policies.workdays import WorkCalendar

LONGEST_WINDOW_DAYS = 5 * 366
"""A longer span of time is an age or a term, not the window of a task."""
HALF_YEAR_REPORT = re.compile(r"(?:định kỳ\s+)?(?:0?6|sáu)\s+tháng(?!\s+(?:đầu|cuối|một|1))", re.IGNORECASE)
DAY_OF_EACH_YEAR = re.compile(r"(?:0?6|sáu)\s+tháng[\s(]+[^(),;]*\d\s+(?:hằng|hàng)\s+năm(?!\w)", re.IGNORECASE)
"""A half-year's report with its day, and that the day comes every year ("6 tháng trước ngày 15/6 hằng năm")."""
FULL_DATE = re.compile(r"\d{1,2}\s?[/.\-–]\s?\d{1,2}\s?[/.\-–]\s?(20\d\d)(?!\d)")
YEAR_OF_OTHERS = 0.5
"""Confidence in a year that the document's other dates tell."""
MILESTONE = Wording(either("sơ|tổng", r"\s+kết\s+\d{1,2}\s+năm"))
RECURRENCE_WORDS = {
    Recurrence.MONTH: "monthly",
    Recurrence.QUARTER: "quarterly",
    Recurrence.HALF_YEAR: "half-yearly",
    Recurrence.YEAR: "yearly",
}


class ObligationReading(NamedTuple):
    """One obligation: a deadline and an actor. `found` is what the text says; the rest is what the rules make of it."""

    found: FoundObligation
    phrase: str | None
    due: date | None
    effective: date | None
    window: tuple[date, date] | None
    recurrence: Recurrence | None
    rrule: str | None
    rule: str | None
    needs: str | None
    relative: str | None

    period: tuple[date, date] | None = None
    """The first and last day of what the words name, also where only its end counts (a quarter)."""
    moved_by: str | None = None
    hour: time | None = None
    """The hour at which the term ends, where the words say one and the day is worked."""
    assumed: bool = False
    """A part of the date was supplied: most often the year."""
    proposed: date | None = None
    """A date to be confirmed; its arithmetic is in `needs`."""
    report_period: Recurrence | None = None
    """The period that the words name, where it is not how often the day comes ("báo cáo 6 tháng trước ngày 15/6")."""

    @property
    def span(self) -> Span:
        """Where the words stand."""
        return self.found.span

    @property
    def deliverable(self) -> Deliverable:
        """What the obligation yields."""
        return self.found.deliverable


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A document read: the draft of the intake, its obligations with dates, and warnings."""

    draft: DocumentDraft
    obligations: tuple[ObligationReading, ...]
    warnings: tuple[Remark, ...]


def read_directive_text(text: str, calendar: WorkCalendar) -> DocumentReading:
    """Read the text of a directive.

    1. Find its header, grounds, recipients and the words of its obligations.
    2. Decide each phrase of time by the rules of deadlines, with the document's own date, or what its head tells of it.
    3. Leave out what the date shows to be no deadline: an order of the past, a day that was before the document.
    4. Warn of what the norm for documents does not foresee.
    """
    draft = read_draft(text)
    if draft.header.issued_on is None and draft.header.dated_in is None:
        draft = replace(draft, header=replace(draft.header, dated_in=_year_of_dates(draft)))
    issued = draft.header.issued_on.value if draft.header.issued_on else None
    dated_from = draft.header.dated_in.first_day if draft.header.dated_in else None
    decide = cache(lambda phrase: decide_due(phrase, issued, calendar, dated_from))
    readings = tuple(reading for found in draft.obligations for reading in _readings(found, issued, decide))
    return DocumentReading(draft, readings, warnings_of(text, draft, readings))


def _year_of_dates(draft: DocumentDraft) -> FoundMonth | None:
    """Give the one year of the full dates by which a document without a date of its own asks for something."""
    dated = [one for one in draft.obligations if FULL_DATE.search(" ".join(one.phrases))]
    years = {int(found[1]) for one in dated for phrase in one.phrases for found in FULL_DATE.finditer(phrase)}
    return FoundMonth(years.pop(), None, dated[0].span, YEAR_OF_OTHERS) if len(years) == 1 else None


def _readings(
    found: FoundObligation, issued: date | None, decide: Callable[[str], DueDecision]
) -> Iterator[ObligationReading]:
    if not found.phrases:
        yield _undated(found, decide)
        return
    for phrase in found.phrases:
        decided = decide(phrase)
        if _is_past(found, decided, issued):
            continue
        if decided.rrule:
            yield from _recurring(found, decided)
        else:
            yield _single(found, decided)


def _undated(found: FoundObligation, decide: Callable[[str], DueDecision]) -> ObligationReading:
    """Give a duty without a deadline; of a review after so many years, the date that the years give is proposed."""
    undated = ObligationReading(found, None, None, None, None, None, None, None, None, found.relative)
    if not MILESTONE.search(found.quote):
        return undated
    decided = decide(found.quote)
    return undated._replace(proposed=decided.proposed, needs=decided.needs) if decided.proposed else undated


def _is_past(found: FoundObligation, decided: DueDecision, issued: date | None) -> bool:
    if decided.nominal is None:
        return False
    if decided.window and (decided.window[1] - decided.window[0]).days > LONGEST_WINDOW_DAYS:
        return True
    if issued is None or decided.nominal > issued:
        return False
    told = found.role in {TimeRole.RANGE, TimeRole.EVENT_DAY} or REACH_OF_AN_ACTION in found.signs
    # A timetable lists what was before its document too; elsewhere such a day is told, not asked.
    listed = not found.told_as_past and not {"label", DAY_OF_A_SCHEDULE}.isdisjoint(found.signs)
    return found.told_as_past or (told and not listed)


def _single(found: FoundObligation, decided: DueDecision) -> ObligationReading:
    standing = decided.kind is DueKind.STANDING
    return ObligationReading(
        found=found,
        phrase=decided.phrase,
        due=decided.nominal,
        effective=decided.effective,
        window=decided.window if found.role is TimeRole.RANGE else None,
        recurrence=None,
        rrule=None,
        rule=decided.rule,
        needs=None if standing else decided.needs,
        relative=_bound_word(found) if decided.nominal else decided.phrase,
        period=decided.window,
        moved_by=decided.moved_by,
        hour=decided.hour,
        assumed=decided.assumed,
        proposed=decided.proposed,
    )


def _recurring(found: FoundObligation, decided: DueDecision) -> Iterator[ObligationReading]:
    for rrule, cycle in zip(rules_of(decided), cycles_of(decided), strict=True):
        every = (cycle.recurrence if cycle else None) or recurrence_of(rrule)
        yield ObligationReading(
            found=found,
            phrase=decided.phrase,
            due=None,
            effective=None,
            window=None,
            recurrence=every,
            rrule=rrule,
            rule=decided.rule,
            needs=decided.needs,
            relative=_bound_word(found) if every else decided.phrase,
            hour=decided.at,
            report_period=_report_period(decided, every),
        )


def _report_period(decided: DueDecision, every: Recurrence | None) -> Recurrence | None:
    """Give the period that a report is for: a half-year whose one day comes once a year, unless each year is said."""
    each_year = DAY_OF_EACH_YEAR.search(decided.phrase) is not None
    if every is Recurrence.HALF_YEAR:
        return Recurrence.YEAR if each_year else None
    alone = every is Recurrence.YEAR and len(rules_of(decided)) == 1
    of_half_year = alone and HALF_YEAR_REPORT.match(decided.phrase) is not None
    return Recurrence.HALF_YEAR if of_half_year and not each_year else None


def _bound_word(found: FoundObligation) -> str | None:
    return "before" if found.phrases and "trước" in found.phrases[0].lower() else None
