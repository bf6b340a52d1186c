"""Rules for times that stand outside the solar calendar: lunar days, the school year, anniversaries and milestones."""

from datetime import date
from itertools import pairwise

from models.vocabulary import DueKind
from policies.anniversaries import REMEMBERED_DAYS, anniversary, years_since
from policies.deadlines.cycles import Cycle, plain_rule
from policies.deadlines.date_rules import is_bound
from policies.deadlines.decision import Asked, DueDecision
from policies.deadlines.periods import MONTHS_A_YEAR, Point
from policies.deadlines.resolving import end_of_count, resolve_date
from policies.deadlines.spelling import cleaned
from policies.deadlines.terms import (
    CitationTerm,
    Cue,
    CueTerm,
    DateTerm,
    DayTerm,
    LengthTerm,
    LunarTerm,
    SchoolTerm,
    Terms,
    Unit,
    YearsSinceTerm,
)
from policies.lunar import LUNAR_MONTHS, lunar_date, lunar_month, lunar_year_of

SCHOOL_YEAR_OPENS = (9, 5)
SCHOOL_YEAR_ENDS = (5, 31)
LAST_LUNAR_YEAR = LUNAR_MONTHS[-1].year


def in_the_lunar_calendar(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Look a lunar day up; a feast by its name is asked, with its date; a year outside the table is asked."""
    lunar = terms.of(LunarTerm)
    if not lunar or terms.dates or any(term.years_ahead is None for term in terms.periods):
        return None
    found = [_solar(term, asked) for term in lunar]
    if any(window is None for window in found):
        needs = f"Bảng âm lịch không có {lunar[0].named} này, hoặc câu không ghi năm: cần ghi ngày dương lịch."
        return asked.question(needs, source, DueKind.RELATIVE)
    windows = [window for window in found if window is not None]
    festival = next((term for term in lunar if not term.named[:1].isdigit() and term.day is not None), None)
    if festival is not None:
        return _around_a_festival(festival.named, windows[0][1], terms, asked, source)
    place = terms.all.index(lunar[0])
    before = terms.all[place - 1] if place else None
    is_start = isinstance(before, CueTerm) and before.cue in (Cue.FROM, Cue.AFTER)
    if is_start and len(lunar) == 1 and terms.cue(Cue.UNTIL) is None:
        return asked.question("Câu chỉ nêu ngày bắt đầu: cần ghi ngày đến hạn.", source, DueKind.RELATIVE)
    if terms.every:
        needs = f"“{lunar[0].named}” mỗi năm là một ngày dương lịch khác: cần ghi ngày của từng năm."
        return asked.question(needs, source, DueKind.RELATIVE, proposed=windows[0][1])
    last_days = {window[1] for window in windows}
    if len(last_days) > 1 and terms.cue(Cue.UNTIL) is None:
        return asked.question("Câu có nhiều ngày âm lịch: cần tách thành từng nhiệm vụ.", source)
    first, end = windows[0][0], max(last_days)
    assumed = any(term.year is None for term in lunar)
    window = (first, end) if first < end else None
    return asked.dated(end, source, window=window, assumed=assumed, at=terms.at)


def _around_a_festival(named: str, day: date, terms: Terms, asked: Asked, source: str) -> DueDecision:
    """Propose the days counted from a feast, or the last day worked before it, or the first worked after it."""
    length = next((term for term in terms.of(LengthTerm) if term.unit is not Unit.HOUR), None)
    is_after = terms.cue(Cue.AFTER) is not None and terms.cue(Cue.BEFORE) is None
    if length is not None:
        proposed = end_of_count(day, length, asked, back=not is_after)
        sign = "+" if is_after else "-"
        how = f"{day:%d/%m/%Y} {sign} {length.count} {length.unit} = {proposed:%d/%m/%Y}"
    elif is_after:
        proposed = asked.calendar.shift_working_days(day, 1)
        how = f"ngày làm việc đầu tiên sau đó là {proposed:%d/%m/%Y}"
    else:
        proposed = asked.calendar.shift_working_days(day, -1)
        how = f"ngày làm việc cuối cùng trước đó là {proposed:%d/%m/%Y}"
    needs = f"“{named}” là ngày {day:%d/%m/%Y}; {how}: cần xác nhận ngày đến hạn."
    return asked.question(needs, source, DueKind.RELATIVE, proposed=proposed)


def in_the_school_year(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide the last day of a school year by custom, and the ends of both terms as twice a year; ask the rest."""
    school = terms.of(SchoolTerm)
    if not school or terms.dates or terms.periods:
        return None
    halves = {term.half for term in school}
    is_regular = bool(terms.every) or terms.cue(Cue.REGULARLY) is not None
    if is_regular and halves == {1, 2} and all(term.point in (None, Point.END) for term in school):
        return asked.recurring((plain_rule(Cycle.HALF_YEAR),), source, cadence=(Cycle.HALF_YEAR.cadence,), assumed=True)
    first = school[0]
    place = terms.all.index(first)
    before = terms.all[place - 1] if place else None
    is_start = isinstance(before, CueTerm) and (before.cue is Cue.BEFORE or before.words == "khai giảng")
    if is_start and first.year is not None:
        opens = date(first.year, *SCHOOL_YEAR_OPENS)
        needs = f"“{first.words}” theo thông lệ khai giảng ngày {opens:%d/%m/%Y}: cần xác nhận ngày đến hạn."
        return asked.question(needs, source, DueKind.RELATIVE, proposed=opens)
    if len(school) == 1 and first.year is not None and first.half is None and first.point in (None, Point.END):
        opens, ends = date(first.year, *SCHOOL_YEAR_OPENS), date(first.year + 1, *SCHOOL_YEAR_ENDS)
        note = "Khung thời gian năm học do Bộ và UBND cấp tỉnh quyết định từng năm: cần đối chiếu."
        return asked.dated(ends, source, window=(opens, ends), assumed=True, warnings=(note,))
    needs = f"“{first.words}” theo khung thời gian năm học của địa phương: cần ghi ngày đến hạn."
    return asked.question(needs, source, DueKind.RELATIVE)


def on_an_occasion(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask about an anniversary or occasion: it is an event, not a deadline, even where its date is written.

    A date with a bound of its own ("… trước ngày 15/5/2025"), or a month or quarter, is a deadline beside the
    occasion; a lunar feast has a rule of its own.
    """
    occasion = terms.cue(Cue.OCCASION)
    if occasion is None or terms.every or _has_bounded_date(terms) or terms.first(LunarTerm):
        return None
    if _is_window(terms) or (
        not terms.dates and any(term.months < MONTHS_A_YEAR and not term.point for term in terms.periods)
    ):
        return None
    proposal = _occasion_date(terms, asked)
    if proposal is None:
        needs = f"“{occasion.words}” gắn với một sự kiện: cần xác nhận ngày đến hạn."
        return asked.question(needs, source, DueKind.RELATIVE)
    day, arithmetic = proposal
    needs = f"“{occasion.words}” gắn với một sự kiện; đề xuất {day:%d/%m/%Y} ({arithmetic}): cần xác nhận."
    return asked.question(needs, source, DueKind.RELATIVE, proposed=day)


def at_a_milestone(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Propose n years after the document that a review looks back on: "sơ kết 03 năm thực hiện Kết luận 01-KL/TW"."""
    since: YearsSinceTerm | LengthTerm | None = terms.first(YearsSinceTerm)
    cited = next((term.date for term in terms.of(CitationTerm) if term.date is not None), None)
    if since is None and cited is not None:  # "sau 3 năm thực hiện Nghị quyết số …"
        since = next((term for term in terms.of(LengthTerm) if term.unit is Unit.YEAR), None)
    if since is None or terms.dates or terms.periods or terms.every:
        return None
    base = None if cited is None or cited.year is None else cited.on(cited.year)
    if base is None:
        needs = f"{since.count} năm tính từ ngày nào: cần ghi ngày của văn bản hoặc sự kiện gốc."
        return asked.question(needs, source, DueKind.RELATIVE)
    found = years_since(base, since.count)
    if found is None:
        return asked.question(f"{since.count} năm kể từ {base:%d/%m/%Y} nằm ngoài lịch: cần ghi ngày.", source)
    needs = f"Đề xuất {found.on:%d/%m/%Y} ({found.arithmetic}): cần xác nhận."
    return asked.question(needs, source, DueKind.RELATIVE, proposed=found.on)


def _solar(term: LunarTerm, asked: Asked) -> tuple[date, date] | None:
    """Find the solar days of a lunar term; without a year, the first that end on or after the document's date."""
    if term.year is not None:
        # "30 Tết 2026" and "Chạp … Tết 2026" are said of the new year that follows
        year = term.year - 1 if term.month == LUNAR_MONTHS[0].month and term.named.endswith("Tết") else term.year
        return _solar_in(term, year)
    year_now = None if asked.issued_on is None else lunar_year_of(asked.issued_on)
    if year_now is None or asked.issued_on is None:
        return None
    candidates = (_solar_in(term, year) for year in range(year_now, min(year_now + 2, LAST_LUNAR_YEAR) + 1))
    return next((days for days in candidates if days is not None and days[1] >= asked.issued_on), None)


def _solar_in(term: LunarTerm, year: int) -> tuple[date, date] | None:
    if term.day is None:
        month = lunar_month(year, term.month)
        return None if month is None else (month.starts_on, month.ends_on)
    day = lunar_date(year, term.month, term.day)
    return None if day is None else (day, day)


def _is_window(terms: Terms) -> bool:
    """Whether "từ … đến …" stands round two days, which is when something is done: "từ 01/3 đến 31/3"."""
    starts = any(
        isinstance(here, CueTerm) and here.cue is Cue.FROM and isinstance(there, DateTerm | DayTerm)
        for here, there in pairwise(terms.all)
    )
    return starts and terms.cue(Cue.UNTIL) is not None


def _has_bounded_date(terms: Terms) -> bool:
    """Whether "trước" stands directly before a date, or before a day with a name and its date behind that."""
    named = [term for term in terms.all if not (isinstance(term, CueTerm) and term.cue is Cue.OCCASION)]
    at_once = any(is_bound(here) and isinstance(there, DateTerm) for here, there in pairwise(terms.all))
    dated = any(is_bound(a) and isinstance(b, DateTerm) and b.year is not None for a, b in pairwise(named))
    return at_once or (dated and terms.first(YearsSinceTerm) is None)


def _occasion_date(terms: Terms, asked: Asked) -> tuple[date, str] | None:
    """Find the day of an occasion: the later of two dates written, n years after the first, or a day remembered."""
    written = sorted(day for term in terms.dates if term.year is not None and (day := term.on(term.year)))
    since = terms.first(YearsSinceTerm)
    if since is not None and written:
        found = years_since(written[0], since.count)
        if found is not None and (len(written) == 1 or found.on == written[-1]):
            return found.on, found.arithmetic
    if written:
        return written[-1], "ngày ghi trong câu"
    if asked.issued_on is None:
        return None
    if len(terms.dates) == 1 and since is None:
        day, _ = resolve_date(terms.dates[0], asked)
        return None if day is None else (day, "ngày ghi trong câu, năm theo văn bản")
    words = " ".join(cleaned(asked.phrase).split())
    named = next((day for name, day in REMEMBERED_DAYS.items() if name in words), None)
    if named is None:
        return None
    found = anniversary(named, asked.issued_on, since.count if since else None)
    return None if found is None else (found.on, found.arithmetic)
