"""The rules that turn terms into a decision, in order of precedence, each with its source and an example.

A rule answers with a decision, or None when the phrase is not its business. What is not said is asked, never guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.vocabulary import DueKind, Recurrence
from policies.deadlines.decision import CIVIL_CODE, NEEDS_A_DATE, Asked, DueDecision
from policies.deadlines.periods import MONTHS_A_YEAR, MONTHS_IN, Point
from policies.deadlines.resolving import (
    end_of_count,
    first_day_of_window,
    resolve_date,
    resolve_period,
    start_of_count,
)
from policies.deadlines.terms import (
    FIRST_YEAR,
    LAST_YEAR,
    Cue,
    CueTerm,
    DateTerm,
    DayTerm,
    ImpossibleTerm,
    LengthTerm,
    PeriodTerm,
    RecurringDayTerm,
    RecurringMonth,
    Terms,
    TimesTerm,
)

PRACTICE = "Cách ghi thời hạn tại Phụ lục Thông báo 624/TB-VPCP ngày 16/11/2025"
FREQUENCIES = {
    None: "FREQ=DAILY",
    Recurrence.MONTH: "FREQ=MONTHLY",
    Recurrence.QUARTER: "FREQ=MONTHLY;INTERVAL=3",
    Recurrence.HALF_YEAR: "FREQ=MONTHLY;INTERVAL=6",
    Recurrence.YEAR: "FREQ=YEARLY",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it comes from, a phrase that it decides, and the function that decides."""

    source: str
    example: str
    decide: Callable[[Terms, Asked, str], DueDecision | None]


def impossible(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Name what no calendar has."""
    for term in terms.all:
        if isinstance(term, ImpossibleTerm):
            return asked.question(f"Không có {term.what}: cần ghi lại thời hạn.", source)
        if isinstance(term, DateTerm) and not term.exists:
            return asked.question(f"Không có ngày {_words(term)}: cần ghi lại ngày đến hạn.", source)
        if isinstance(term, PeriodTerm) and term.year is not None and not FIRST_YEAR <= term.year <= LAST_YEAR:
            return asked.question(f"Năm {term.year} nằm ngoài khoảng tính được: cần ghi lại thời hạn.", source)
    return None


def counted_from(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Count a length of time from a day that is known: the day itself is not counted."""
    counted = [(term, terms.all[at + 1 :]) for at, term in enumerate(terms.all) if isinstance(term, LengthTerm)]
    if not counted:
        return None
    length, following = counted[0]
    start = start_of_count(following, asked)
    if start is None:
        needs = f"Thời hạn {length.count} {length.unit} tính từ sự kiện nào, ngày nào: cần ghi ngày bắt đầu."
        return asked.question(needs, source, DueKind.RELATIVE)
    assumed = any(isinstance(term, DateTerm) and term.year is None for term in following)
    return asked.dated(end_of_count(start, length, asked), source, assumed=assumed)


def on_recurring_dates(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide dates without a year that come round every year."""
    if Recurrence.YEAR not in terms.every or not terms.dates or any(term.year is not None for term in terms.dates):
        return None
    rrules = tuple(f"FREQ=YEARLY;BYMONTH={term.month};BYMONTHDAY={term.day}" for term in terms.dates)
    return asked.recurring(rrules, source, at=terms.clock)


def on_recurring_day(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide a day of every month, or of the last month of every longer period."""
    recurring = next((term for term in terms.all if isinstance(term, RecurringDayTerm)), None)
    if recurring is not None:
        every = recurring.every or next(iter(terms.every), None)
        if recurring.month is RecurringMonth.NEXT and every in (None, Recurrence.MONTH):
            every = Recurrence.MONTH
        if every is None or (recurring.month is RecurringMonth.NEXT and every is not Recurrence.MONTH):
            return asked.question("Kỳ báo cáo là tháng, quý, 6 tháng hay năm: cần ghi rõ.", source, DueKind.RELATIVE)
        return asked.recurring((_day_of_last_month(every, recurring.day),), source, at=terms.clock)
    if not terms.every or len(terms.days) != 1:
        return None
    if terms.every == (Recurrence.MONTH,):
        return asked.recurring((_day_of_last_month(Recurrence.MONTH, terms.days[0].day),), source, at=terms.clock)
    return asked.question(f"Ngày {terms.days[0].day} của tháng nào trong kỳ: cần ghi rõ.", source, DueKind.RELATIVE)


def on_an_occasion(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask about an anniversary or occasion: it is an event, not a deadline, even where its date is written."""
    occasion = terms.cue(Cue.OCCASION)
    if occasion is None or terms.every:
        return None
    needs = f"“{occasion.words}” gắn với một sự kiện: cần xác nhận ngày đến hạn."
    return asked.question(needs, source, DueKind.RELATIVE)


def from_day_to_day(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide a window of two days, due on the second. A first day lacking month or year takes those of the second."""
    ends = [(i, term) for i, term in enumerate(terms.all) if isinstance(term, DateTerm | DayTerm)]
    if len(ends) != 2:
        return None
    (at, first), (until, last) = ends
    if not isinstance(last, DateTerm):
        return None
    before = [term.cue for term in terms.all[:at] if isinstance(term, CueTerm)]
    between = [term.cue for term in terms.all[at + 1 : until] if isinstance(term, CueTerm)]
    if Cue.UNTIL not in between and not (Cue.FROM in before and Cue.BEFORE in between):
        return None
    end, assumed = resolve_date(last, asked)
    if end is None:
        return _asks_year(asked, source)
    start = first_day_of_window(first, end)
    if start is None or start > end:
        return asked.question("Ngày đầu không đứng trước ngày cuối: cần ghi lại khoảng thời gian.", source)
    return asked.dated(end, source, window=(start, end), assumed=assumed)


def on_a_date(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide the day that is named, which belongs to the term ("trước ngày X" is due on X)."""
    if not terms.dates:
        return None
    resolved = {resolve_date(term, asked) for term in terms.dates}
    if len(resolved) > 1:
        listed = ", ".join(_words(term) for term in terms.dates)
        return asked.question(f"Câu có nhiều ngày ({listed}): cần tách thành từng nhiệm vụ.", source)
    day, assumed = resolved.pop()
    return _asks_year(asked, source) if day is None else asked.dated(day, source, assumed=assumed, at=terms.clock)


def at_a_point(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide đầu, giữa, cuối of one named period. "đầu" is where work begins rather than ends, so it is asked."""
    if len(terms.periods) != 1 or (point := terms.periods[0].point) is None:
        return None
    period, assumed = resolve_period(terms.periods[0], asked)
    if period is None:
        return _asks_year(asked, source)
    if point is Point.START:
        needs = f"“Đầu” kỳ hiểu là ngày {period.starts_on:%d/%m/%Y} hay một ngày khác: cần xác nhận ngày đến hạn."
        return asked.question(needs, source, DueKind.RELATIVE)
    return asked.dated(period.point(point), source, assumed=assumed)


def within_a_period(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide the last day of the period."""
    resolved = {resolve_period(term, asked) for term in terms.periods}
    if not resolved or (terms.every and all(term.year is None for term in terms.periods)):
        return None
    if len(resolved) > 1:
        return asked.question("Câu có nhiều kỳ: cần tách thành từng nhiệm vụ.", source)
    period, assumed = resolved.pop()
    if period is None:
        return _asks_year(asked, source)
    return asked.dated(period.ends_on, source, window=(period.starts_on, period.ends_on), assumed=assumed)


def recurring(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide a plain recurrence, each due on the last day of its period unless the directive says otherwise."""
    if not terms.every:
        return None
    times = next((term.times for term in terms.all if isinstance(term, TimesTerm)), 1)
    if times != 1:
        return asked.question(f"{times} lần trong mỗi kỳ vào những ngày nào: cần ghi rõ.", source, DueKind.RELATIVE)
    return asked.recurring(tuple(FREQUENCIES[every] for every in terms.every), source, at=terms.clock)


def on_a_day_of_no_month(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask for the month of a day."""
    if not terms.days:
        return None
    return asked.question(f"Ngày {terms.days[0].day} của tháng nào: cần ghi rõ.", source, DueKind.RELATIVE)


def standing(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Recognise a duty that never ends."""
    return asked.standing(source) if terms.cue(Cue.STANDING) else None


def vague(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask about words of time that name no day."""
    cue = terms.cue(Cue.VAGUE, Cue.AFTER)
    if cue is None:
        return None
    return asked.question(f"“{cue.words}” không nêu ngày: cần ghi ngày đến hạn.", source, DueKind.RELATIVE)


def unread(terms: Terms, asked: Asked, source: str) -> DueDecision:
    """Ask for the date: nothing here is a time that the rules know."""
    del terms
    return asked.question(NEEDS_A_DATE, source)


RULES: tuple[Rule, ...] = (
    Rule("Lịch dương: không có ngày, tháng, quý này", "trước ngày 30/02/2025", impossible),
    Rule(f"{CIVIL_CODE}, Đ.147, Đ.148: không tính ngày đầu", "trong 05 ngày kể từ ngày 14/02", counted_from),
    Rule(f"{CIVIL_CODE}, Đ.144.2: thời hạn theo sự kiện", "nhân dịp kỷ niệm 19/5/2025", on_an_occasion),
    Rule("Ngày cố định hằng năm", "trước ngày 01/6 và 15/11 hằng năm", on_recurring_dates),
    Rule("Ngày cố định của mỗi kỳ", "ngày 20 của tháng cuối quý", on_recurring_day),
    Rule(f"{PRACTICE}: ngày cuối của khoảng", "từ ngày 20/8/2025 đến ngày 29/8/2025", from_day_to_day),
    Rule(f"{PRACTICE}: tính cả ngày được nêu", "trước ngày 18/10/2025", on_a_date),
    Rule(f"{CIVIL_CODE}, Đ.146.2, Đ.146.3: đầu, giữa, cuối", "cuối tháng 6/2025", at_a_point),
    Rule(f"{PRACTICE}: ngày cuối của kỳ", "trong Quý III/2025", within_a_period),
    Rule("Định kỳ: ngày cuối của mỗi kỳ dương lịch", "6 tháng, năm", recurring),
    Rule("Thiếu tháng", "trước ngày 25", on_a_day_of_no_month),
    Rule(f"{PRACTICE}: “Nhiệm vụ thường xuyên”", "thường xuyên", standing),
    Rule(f"{CIVIL_CODE}, Đ.144.2: thời hạn theo sự kiện hoặc theo văn bản khác", "theo quy định", vague),
    Rule("Không có quy tắc", "Tăng cường công tác kiểm tra", unread),
)


def _day_of_last_month(every: Recurrence, day: int) -> str:
    """Write the recurrence of one day of every month, or of the last month of every longer period."""
    if every is Recurrence.MONTH:
        return f"FREQ=MONTHLY;BYMONTHDAY={day}"
    step = MONTHS_IN[every]
    months = ",".join(str(month) for month in range(step, MONTHS_A_YEAR + 1, step))
    return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}"


def _asks_year(asked: Asked, source: str) -> DueDecision:
    return asked.question("Thời hạn không ghi năm, văn bản không có ngày: cần ghi rõ năm.", source, DueKind.RELATIVE)


def _words(term: DateTerm) -> str:
    return f"{term.day:02}/{term.month:02}" + ("" if term.year is None else f"/{term.year}")
