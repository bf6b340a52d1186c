"""When what a reading found will be due: the periods that `issue` would make of it, and dates proposed before them."""

from datetime import date

from dondoc.operations.read import ObligationReading
from models.vocabulary import Deliverable, Recurrence
from policies.deadlines import Occurrence, days_of_rule, decide_due, listed_occurrences, occurrences
from policies.deadlines.periods import MONTHS_IN
from policies.report_calendar import ReportCalendar, ReportProposal, propose_inner_dates
from policies.workdays import WorkCalendar


def sends_at_the_end(one: ObligationReading) -> bool:
    """Whether a recurrence names no day of its own, so that each period is due on its last."""
    return "DAY" not in (one.rrule or "")


def sending_day(one: ObligationReading, calendar: WorkCalendar, year: int) -> str | None:
    """Say the day in each period as a directive file does (`send_by`); None where no words for it are sure.

    The document's own words go first; words are sure when they give the days of the rule that was read.
    """
    if one.recurrence is None or one.rrule is None or sends_at_the_end(one):
        return None
    parts = dict(part.partition("=")[::2] for part in one.rrule.split(";"))
    days = days_of_rule(one.rrule, year, year + 1)
    day, month = parts.get("BYMONTHDAY", ""), parts.get("BYMONTH", "")
    hour = f"{one.hour:%H:%M} " if one.hour else ""
    said = [one.phrase or ""]
    said += [f"{hour}ngày {int(day):02d} tháng cuối kỳ"] if day.isdigit() else []
    said += [f"{hour}ngày {int(day):02d}/{int(month):02d}"] if day.isdigit() and month.isdigit() else []
    for words in said:
        found = _of_year(one.recurrence, year, words, calendar)
        if any(each.nominal is None or each.at != one.hour for each in found):
            continue
        if days is None or days.issuperset(each.nominal for each in found if each.nominal):
            return words
    return None


def periods_due(one: ObligationReading, issued: date | None, calendar: WorkCalendar) -> tuple[Occurrence, ...]:
    """Give the periods of the document's year that are due on or after its date; of a list, those of this cycle."""
    if issued is None or one.recurrence is None:
        return ()
    found = listed_periods(one, issued, calendar)
    if found is None:
        send_by = sending_day(one, calendar, issued.year)
        if send_by is None and not sends_at_the_end(one):
            return ()
        found = _of_year(one.recurrence, issued.year, send_by, calendar)
    months = MONTHS_IN[one.recurrence]
    return tuple(
        each
        for each in found
        if each.ends_on.month - each.starts_on.month + 1 == months and (each.nominal or issued) >= issued
    )


def _of_year(every: Recurrence, year: int, send_by: str | None, calendar: WorkCalendar) -> tuple[Occurrence, ...]:
    return occurrences(every, date(year, 1, 1), date(year, 12, 31), send_by, calendar)


def listed_periods(
    one: ObligationReading, issued: date | None, calendar: WorkCalendar
) -> tuple[Occurrence, ...] | None:
    """Give the periods of several cycles that one phrase lists, due on or after the document's date; None if none."""
    if issued is None or one.phrase is None:
        return None
    decided = decide_due(one.phrase, issued, calendar)
    found = listed_occurrences(decided, date(issued.year, 1, 1), date(issued.year, 12, 31), calendar)
    return None if found is None or decided.at else tuple(each for each in found if (each.nominal or issued) >= issued)


def inner_dates(
    one: ObligationReading, issued: date | None, report_calendar: ReportCalendar, calendar: WorkCalendar
) -> tuple[ReportProposal, ...]:
    """Propose for each date of a report when those below should have sent; nothing for what is no report."""
    if one.deliverable is not Deliverable.REPORT:
        return ()
    days = [one.due] if one.due else [each.nominal for each in periods_due(one, issued, calendar)]
    return tuple(propose_inner_dates(day, issued, report_calendar, calendar) for day in days if day)
