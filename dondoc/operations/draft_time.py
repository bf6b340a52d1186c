"""How a draft says when an obligation is due: a date, the periods of a recurrence, or why there is none.

A recurrence that names no day and is no report ("hằng năm đưa vào chương trình") stays a standing duty: its last day
of a period would be a deadline that nobody set.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time

from dondoc.operations.draft_sheet import Sheet, quoted
from dondoc.operations.due_days import inner_dates, listed_periods, periods_due, sending_day, sends_at_the_end
from dondoc.operations.office import Office
from dondoc.operations.read import ObligationReading
from dondoc.operations.remark import N_, Remark, remark
from models.vocabulary import Deliverable
from policies.deadlines import Occurrence
from policies.report_calendar import ReportProposal

INDENT = "    "
DAY = "%d/%m/%Y"
"""As documents write a day; a field of the file takes it too."""
EVERY = N_("no due: the text says “%(words)s”; to follow each period up, add every: %(every)s")
NO_DUE = N_("no due: the text says “%(words)s”; add due: or every: if the office sets one")
NO_TIME = N_("no due: the text names no time; add due: or every: if the office sets one")
WHICH_DAY = N_("“%(words)s”: on which day of each period? write it as 20 tháng cuối kỳ")
NONE_LEFT = N_("no period of %(year)s is still due; write every: with from: and until: for the years that are meant")
PAST = N_("%(day)s lies before the document; correct it, or issue with --accept-past")
DUE_ON = N_("due %(day)s")
DUE_MOVED = N_("due %(day)s, effective %(effective)s (%(moved_by)s)")
PERIOD_DUE = N_("%(key)s: %(when)s")
DUE_AT = N_("due %(day)s at %(hour)s")
PROPOSED = N_("proposed by calendar %(calendar)s: %(sender)s → %(receiver)s on %(day)s; %(arithmetic)s")
LEAST_YEAR = 2025
"""A year to try the words of a day in where the document has no date: any will do, they name none."""
HOPS = {"unit": N_("unit"), "office": N_("office"), "above": N_("above")}
"""The words of the shipped report calendar; an office's own are said as it wrote them."""


def write_time(
    sheet: Sheet,
    readings: Sequence[ObligationReading],
    contents: Mapping[str, str],
    issued: date | None,
    office: Office,
) -> None:
    """Write due, or every with its periods, and beside it the dates that come of it."""
    one = readings[0]
    if one.recurrence and not any(_has_days(each, contents) for each in readings):
        every = " | ".join(each.recurrence.value for each in readings if each.recurrence)
        sheet.remark(remark(EVERY, words=one.phrase, every=every), indent=INDENT)
        return
    if one.recurrence and len(readings) > 1:
        periods = listed_periods(one, issued, office.calendar) or ()
        sheet.value("due", quoted(one.phrase or ""), indent=INDENT, ask=_none_left(periods, issued))
        _dates(sheet, periods)
    elif one.recurrence:
        send_by = sending_day(one, office.calendar, issued.year if issued else LEAST_YEAR)
        periods = periods_due(one, issued, office.calendar)
        unsure = send_by is None and not sends_at_the_end(one)
        _every(sheet, one, contents, send_by, ask=None if unsure else _none_left(periods, issued))
        _dates(sheet, periods)
    elif one.due:
        past = remark(PAST, day=f"{one.due:{DAY}}") if issued and one.due < issued else None
        note = _when(one.due, one.effective, one.moved_by, one.hour)
        words = _with_its_year(one) if one.assumed and issued is None else one.phrase
        sheet.value("due", quoted(words or one.due.isoformat()), indent=INDENT, ask=past, note=note)
    else:
        sheet.remark(remark(NO_DUE, words=one.relative) if one.relative else remark(NO_TIME), indent=INDENT)
    for each in readings:
        proposals = inner_dates(each, issued, office.report_calendar, office.calendar)
        _proposals(sheet, proposals, office.report_calendar.name)


def _with_its_year(one: ObligationReading) -> str:
    """Give the day with the year that was supplied: the date that the author writes in must not supply another."""
    if one.window:
        first, last = one.window
        return f"từ ngày {first:{DAY}} đến ngày {last:{DAY}}"
    hour = f"{one.hour:%H:%M} " if one.hour else ""
    return f"{hour}ngày {one.due:{DAY}}"


def _has_days(one: ObligationReading, contents: Mapping[str, str]) -> bool:
    return bool(contents) or one.deliverable is Deliverable.REPORT or not sends_at_the_end(one)


def _none_left(periods: Sequence[Occurrence], issued: date | None) -> Remark | None:
    """Ask for other years where no period of the document's own is still to come: `issue` would refuse it."""
    return remark(NONE_LEFT, year=issued.year) if issued and not periods else None


def _every(
    sheet: Sheet, one: ObligationReading, contents: Mapping[str, str], send_by: str | None, *, ask: Remark | None
) -> None:
    every = one.recurrence.value if one.recurrence else None
    sheet.value("every", every, indent=INDENT, ask=ask, note=one.phrase)
    if contents:
        sheet.lines.append(f"{INDENT}periods:")
    for name, content in contents.items():
        sheet.value(name, quoted(content), indent=f"{INDENT}  ")
    if not sends_at_the_end(one):
        ask = None if send_by else remark(WHICH_DAY, words=one.phrase)
        sheet.value("send_by", quoted(send_by) if send_by else None, indent=INDENT, ask=ask)


def _dates(sheet: Sheet, periods: Iterable[Occurrence]) -> None:
    for each in periods:
        if each.nominal:
            when = _when(each.nominal, each.effective, each.moved_by, each.at).said(sheet.words)
            sheet.remark(remark(PERIOD_DUE, key=each.key, when=when), indent=INDENT)


def _when(nominal: date, effective: date | None, moved_by: str | None, at: time | None) -> Remark:
    if effective and effective != nominal:
        return remark(DUE_MOVED, day=f"{nominal:{DAY}}", effective=f"{effective:{DAY}}", moved_by=moved_by)
    if at:
        return remark(DUE_AT, day=f"{nominal:{DAY}}", hour=at.isoformat("minutes"))
    return remark(DUE_ON, day=f"{nominal:{DAY}}")


def _proposals(sheet: Sheet, proposals: Iterable[ReportProposal], calendar: str) -> None:
    for proposal in proposals:
        for inner in proposal.inner:
            sender, receiver = (
                sheet.words.gettext(HOPS.get(end, end)) for end in (inner.hop.sender, inner.hop.receiver)
            )
            sheet.remark(
                remark(
                    PROPOSED,
                    calendar=calendar,
                    sender=sender,
                    receiver=receiver,
                    day=f"{inner.on:{DAY}}",
                    arithmetic=inner.arithmetic,
                ),
                indent=INDENT,
                hang="  ",
            )
