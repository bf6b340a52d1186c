"""When what a reading found will be due: the periods that `issue` would make of it, and dates proposed before them."""

from datetime import date

from dondoc.operations.read import ObligationReading
from models.vocabulary import Deliverable, Recurrence
from policies.deadlines import Occurrence, decide_due, listed_occurrences, occurrences
from policies.deadlines.periods import MONTHS_IN
from policies.report_calendar import ReportCalendar, ReportProposal, propose_inner_dates
from policies.workdays import WorkCalendar


def sending_day(one: ObligationReading) -> str | None:
    """Say the day in each period as a directive file says it (`send_by`); None for the last day of the period."""
    parts = dict(part.partition("=")[::2] for part in (one.rrule or "").split(";"))
    day, month = parts.get("BYMONTHDAY"), parts.get("BYMONTH", "")
    if not day or not day.isdigit() or one.recurrence is None:
        return None
    if one.recurrence is Recurrence.YEAR:
        return f"{int(day):02d}/{int(month):02d}" if month.isdigit() else None
    return f"{int(day):02d} tháng cuối kỳ"


def periods_due(one: ObligationReading, issued: date | None, calendar: WorkCalendar) -> tuple[Occurrence, ...]:
    """Give the periods of the document's year that are due on or after its date; of a list, those of this cycle."""
    if issued is None or one.recurrence is None:
        return ()
    first, last = date(issued.year, 1, 1), date(issued.year, 12, 31)
    found = listed_periods(one, issued, calendar)
    if found is None:
        found = occurrences(one.recurrence, first, last, sending_day(one), calendar)
    months = MONTHS_IN[one.recurrence]
    return tuple(each for each in found if each.ends_on.month - each.starts_on.month + 1 == months)


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
