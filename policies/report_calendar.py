"""Two-hop reporting: from the date by which an office reports upward, the dates by which those below should have sent.

The calendar is a named policy of the receiving office (policies/defaults/report_calendar.yaml): the state's own binds
only the state. What comes out is a proposal with its arithmetic, never a decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from policies.workdays import WorkCalendar

ONE_DAY = timedelta(days=1)
LAST_DAY_IN_EVERY_MONTH = 28


@dataclass(frozen=True, slots=True)
class Hop:
    """One step upward: who sends to whom, and by which day of the period's last month."""

    sender: str
    receiver: str
    day: int


@dataclass(frozen=True, slots=True)
class ReportCalendar:
    """An office's report calendar: hops from the innermost to the outermost, and the day figures are counted to."""

    name: str
    version: int
    basis: str
    cut_off_day: int
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class InnerDate:
    """A date proposed for one hop: the last working day not after the day that the arithmetic gives."""

    hop: Hop
    on: date
    arithmetic: str


@dataclass(frozen=True, slots=True)
class ReportProposal:
    """What is proposed for one outer date. `needs` says what a person must confirm or settle."""

    outer: date
    inner: tuple[InnerDate, ...]
    cut_off: date | None
    basis: str
    needs: str


def propose_inner_dates(
    outer: date, issued_on: date | None, report_calendar: ReportCalendar, work_calendar: WorkCalendar
) -> ReportProposal:
    """Propose a date for every hop below the outermost, which is due on `outer`.

    Each inner hop stands as many days before `outer` as its day stands before the outermost hop's in the calendar,
    moved back to a working day. One that would fall before the document's own date is left out, and `needs` says so.
    `cut_off` is the calendar's day of the outer date's month, where it precedes every inner date.
    """
    hops = report_calendar.hops
    outermost = hops[-1]
    inner: list[InnerDate] = []
    left_out: list[Hop] = []
    for hop in hops[:-1]:
        days = outermost.day - hop.day
        counted = outer - timedelta(days=days)
        on = _working_day_not_after(counted, work_calendar)
        if issued_on is not None and on < issued_on:
            left_out.append(hop)
            continue
        moved = "" if on == counted else f", lùi về ngày làm việc {on:%d/%m/%Y}"
        steps = f"ngày {hop.day} và ngày {outermost.day} cách nhau {days} ngày"
        inner.append(InnerDate(hop, on, f"{outer:%d/%m/%Y} - {days} ngày ({steps}) = {counted:%d/%m/%Y}{moved}"))
    cut_off = outer.replace(day=report_calendar.cut_off_day)
    is_before = all(cut_off < one.on for one in inner) and cut_off < outer
    needs = "Đề xuất theo lịch báo cáo: cần xác nhận ngày gửi của từng cấp."
    if left_out:
        needs = "Không còn đủ thời gian cho cấp dưới gửi trước khi văn bản ban hành: cần ghi ngày gửi của từng cấp."
    return ReportProposal(outer, tuple(inner), cut_off if is_before else None, report_calendar.basis, needs)


def report_calendar_of(content: Mapping[str, object]) -> ReportCalendar | str:
    """Make a report calendar of a file's content, or say in one line what is wrong with it."""
    hops: list[Hop] = []
    listed = content.get("hops")
    for row in listed if isinstance(listed, list) else []:
        day = row.get("day") if isinstance(row, dict) else None
        if not isinstance(row, dict) or not _is_day(day):
            return f"hops: expected from, to and a day between 1 and {LAST_DAY_IN_EVERY_MONTH}, got {row!r}"
        hops.append(Hop(str(row.get("from")), str(row.get("to")), int(str(day))))
    if len(hops) < 2 or any(inner.day >= outer.day for inner, outer in pairwise(hops)):
        return "hops: expected two or more, each later in the month than the one before it"
    name, version, cut_off = content.get("name"), content.get("version"), content.get("cut_off_day")
    if not isinstance(name, str) or not isinstance(version, int) or not _is_day(cut_off):
        return f"expected a name, a version and a cut_off_day between 1 and {LAST_DAY_IN_EVERY_MONTH}"
    return ReportCalendar(name, version, str(content.get("basis") or ""), int(str(cut_off)), tuple(hops))


def _working_day_not_after(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return day


def _is_day(value: object) -> bool:
    return type(value) is int and 1 <= value <= LAST_DAY_IN_EVERY_MONTH
