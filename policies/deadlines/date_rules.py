"""Rules that end in a date or a window. Each answers with a decision, or None when the phrase is not its business."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from models.vocabulary import DueKind
from policies.deadlines.decision import PRACTICE, Asked, DueDecision
from policies.deadlines.periods import MONTHS_A_YEAR, Point, day_of_month
from policies.deadlines.resolving import (
    end_of_count,
    first_day_of_window,
    has_passed,
    resolve_date,
    resolve_period,
    start_of_count,
)
from policies.deadlines.terms import (
    FIRST_YEAR,
    Cue,
    CueTerm,
    DateTerm,
    DayTerm,
    EveryTerm,
    LengthTerm,
    NthDayTerm,
    PeriodTerm,
    Terms,
    Unit,
    WeekdayTerm,
    WeekOfMonthTerm,
)

WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DAYS_A_WEEK = 7


def counted_from(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Count a length of time from a day that is known, or back from it: the day itself is not counted."""
    place = next((at for at, term in enumerate(terms.all) if isinstance(term, LengthTerm)), None)
    if place is None:
        return None
    length, following = terms.all[place], Terms(terms.all[place + 1 :])
    if following.cue(Cue.UNTIL) is not None and len(following.dates) + len(following.days) > 1:
        return None  # "trong 3 ngày, từ 15 đến 17/6/2025"
    if not isinstance(length, LengthTerm) or length.unit is Unit.HOUR:
        return None
    is_ahead = place > 0 and isinstance(named := terms.all[place - 1], CueTerm) and named.cue is Cue.BEFORE
    back = None if is_ahead else _counts_back(terms, following)  # "(trước 15 ngày): … trước ngày 19/9"
    if back is not None:
        end, assumed = resolve_date(back, asked)
        return (
            None if end is None else asked.dated(end_of_count(end, length, asked, back=True), source, assumed=assumed)
        )
    start = start_of_count(following, asked)
    if start is None:
        return None
    assumed = any(day.year is None for day in following.dates)
    return asked.dated(end_of_count(start, length, asked), source, assumed=assumed)


def said_again_as_a_date(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide the date that the words give for a term: "chậm nhất 10 ngày sau ngày bầu cử (tức ngày 25/3)"."""
    said = [there for here, there in pairwise(terms.all) if isinstance(here, CueTerm) and here.cue is Cue.THAT_IS]
    day, assumed = resolve_date(said[-1], asked) if said and isinstance(said[-1], DateTerm) else (None, False)
    return None if day is None else asked.dated(day, source, assumed=assumed, at=terms.at)


def from_day_to_day(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide a window of two days, due on the second. A first day lacking month or year takes those of the second."""
    ends = [(i, term) for i, term in enumerate(terms.all) if isinstance(term, DateTerm | DayTerm)]
    if len(ends) < 2 or not isinstance(ends[-1][1], DateTerm):
        return None
    if len(terms.days) == len(ends) - 1 and terms.cue(Cue.UNTIL, Cue.FROM) is None:
        return _on_listed_days(terms.days, ends[-1][1], asked, source)
    if len(ends) != 2:
        return None
    (at, first), (until, last) = ends
    before = [term.cue for term in terms.all[:at] if isinstance(term, CueTerm)]
    between = [term.cue for term in terms.all[at + 1 : until] if isinstance(term, CueTerm)]
    is_span = Cue.UNTIL in between or (Cue.FROM in before and Cue.BEFORE in between)
    if not is_span or not isinstance(last, DateTerm):
        return None
    end, assumed = resolve_date(last, asked)
    if end is None:
        return asked.asks_year(source)
    if any(term.year is not None and not term.of(term.year).holds(end) for term in terms.periods):
        return asked.question("Câu có nhiều thời hạn: cần tách thành từng nhiệm vụ.", source)
    start = first_day_of_window(first, end)
    if start is None or start > end:
        return asked.question("Ngày đầu không đứng trước ngày cuối: cần ghi lại khoảng thời gian.", source)
    return asked.dated(end, source, window=(start, end), assumed=assumed, at=terms.at)


def _on_listed_days(days: tuple[DayTerm, ...], last: DateTerm, asked: Asked, source: str) -> DueDecision:
    """Decide days that share a month: "ngày 10, 11 và 12/6/2025" is one window; days apart are tasks apart."""
    end, assumed = resolve_date(last, asked)
    if end is None:
        return asked.asks_year(source)
    listed = [DateTerm(term.day, last.month, end.year).on(end.year) for term in days]
    dates = [*(day for day in listed if day is not None), end]
    if len(dates) == len(days) + 1 and all(there - here == timedelta(days=1) for here, there in pairwise(dates)):
        return asked.dated(end, source, window=(dates[0], end), assumed=assumed)
    words = ", ".join(f"{day:%d/%m/%Y}" for day in dates)
    parts = tuple(asked.dated(day, source, assumed=assumed) for day in dates)
    return asked.question(f"Câu có nhiều ngày ({words}): cần tách thành từng nhiệm vụ.", source, parts=parts)


def _of_the_last_year(first: PeriodTerm, last: PeriodTerm) -> PeriodTerm:
    """Give the first of a span the year that its last says, or the one before: "từ tháng 3 đến tháng 7/2024"."""
    said = first.year is not None or first.years_ahead is not None or first.ahead is not None
    if said or last.year is None:
        return first
    is_later = first.of(last.year).ends_on > last.of(last.year).ends_on
    return replace(first, year=last.year - is_later)


def from_period_to_period(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide "từ tháng 3 đến tháng 5/2025", and periods that follow one another in a list, due with the last."""
    is_span = _is_span(terms, PeriodTerm)
    if len(terms.periods) < 2 or terms.every or terms.dates:
        return None
    if any(term.point for term in terms.periods[1:]) and not (is_span and terms.periods[-1].point is Point.END):
        return None
    first_said, *others = terms.periods
    if is_span and len(others) == 1:
        first_said = _of_the_last_year(first_said, others[0])
    resolved = [resolve_period(term, asked) for term in (first_said, *others)]
    periods = [period for period, _ in resolved if period is not None]
    if len(periods) != len(resolved):
        return asked.asks_year(source)
    if is_span and len(periods) == 2:
        first, last = periods
        start = first.point(terms.periods[0].point or Point.START)
        if terms.periods[0].year is None:
            start = max(
                day
                for ahead in (0, 1)
                if (day := _beginning(replace(terms.periods[0], year=last.year - ahead))) <= last.ends_on
            )
        if start > last.ends_on or first.ends_on > last.ends_on:
            return asked.question("Kỳ đầu không đứng trước kỳ cuối: cần ghi lại khoảng thời gian.", source)
        return asked.dated(last.ends_on, source, window=(start, last.ends_on), assumed=resolved[1][1])
    follows = all(
        one.months == other.months and other.starts_on - one.ends_on == timedelta(days=1)
        for one, other in pairwise(periods)
    )
    if not follows:
        return None
    window = (periods[0].starts_on, periods[-1].ends_on)
    parts = tuple(asked.dated(each.ends_on, source, window=(each.starts_on, each.ends_on)) for each in periods)
    note = f"Câu nêu {len(periods)} kỳ liền nhau: nếu mỗi kỳ có sản phẩm riêng thì tách thành từng nhiệm vụ."
    return asked.dated(window[1], source, window=window, assumed=resolved[-1][1], warnings=(note,), parts=parts)


def until_the_end_of_a_period(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide "từ nay đến cuối năm": the year, quarter or month that the document lies in."""
    if terms.cue(Cue.NOW) is None or terms.dates or terms.periods or terms.days:
        return None
    months = {"năm": 12, "quý": 3, "tháng": 1}
    words = [term.words.split()[-1] for term in terms.all if isinstance(term, CueTerm) and term.cue is Cue.VAGUE]
    unit = next((months[word] for word in words if word in months), None)
    if unit is None and terms.every:
        unit = terms.every[0].months or None
    if unit not in (1, 3, 12):
        return None
    period, _ = resolve_period(PeriodTerm(1, unit, None, ahead=0), asked)
    if period is None or asked.issued_on is None:
        return asked.asks_year(source)
    return asked.dated(period.ends_on, source, window=(asked.issued_on, period.ends_on), assumed=True)


def on_a_date(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide the day that is named, which belongs to the term ("trước ngày X" is due on X)."""
    if not terms.dates:
        return None
    dates = terms.dates
    if terms.cue(Cue.OCCASION, Cue.FIGURES) is not None:  # "dịp kỷ niệm 28/7, hoàn thành trước ngày 25/7/2025"
        bounded = tuple(there for here, there in pairwise(terms.all) if is_bound(here) and isinstance(there, DateTerm))
        dates = bounded or dates
    own_years = {term.year for term in terms.periods if term.year is not None}
    if len(own_years) == 1:  # "trong năm 2025, trước ngày 30/11"
        year = next(iter(own_years))
        dates = tuple(DateTerm(d.day, d.month, year) if d.year is None else d for d in dates)
    resolved = list(dict.fromkeys(resolve_date(term, asked) for term in dates))
    if len(resolved) > 1:
        listed = ", ".join(in_words(term) for term in terms.dates)
        parts = tuple(asked.dated(day, source, assumed=assumed) for day, assumed in resolved if day is not None)
        needs = f"Câu có nhiều ngày ({listed}): cần tách thành từng nhiệm vụ."
        return asked.question(needs, source, parts=parts)
    day, assumed = resolved[0]
    if day is None:
        return asked.asks_year(source)
    window = None
    if terms.cue(Cue.NOW) and asked.issued_on is not None and asked.issued_on < day:
        window = (asked.issued_on, day)
    return asked.dated(day, source, assumed=assumed, at=terms.at, window=window, warnings=_weekday_told(terms, day))


def on_a_day_of_the_month_named(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide a day whose month stands apart from it: "trong tháng 6/2025 (trước ngày 20)", the last working day."""
    nth, weekday = terms.first(NthDayTerm), terms.first(WeekdayTerm)
    if len(terms.periods) != 1 or (len(terms.days) != 1 and nth is None and (weekday is None or not weekday.ordinal)):
        return None
    period, assumed = resolve_period(terms.periods[0], asked)
    if period is None:
        return asked.asks_year(source)
    if nth is None and weekday is not None and weekday.ordinal:
        return asked.dated(_weekday_of(weekday, period.starts_on, period.ends_on), source, assumed=assumed)
    if nth is not None:
        edge = period.starts_on - timedelta(days=1) if nth.ordinal > 0 else period.ends_on + timedelta(days=1)
        day = (
            asked.calendar.shift_working_days(edge, nth.ordinal) if nth.working else edge + timedelta(days=nth.ordinal)
        )
        return asked.dated(day, source, assumed=assumed, at=terms.at)
    if period.months != 1:
        return None
    day_number = terms.days[0].day
    day = day_of_month(period.year, period.first_month, day_number)
    if day.day != day_number:
        return asked.question(f"Không có ngày {day_number:02}/{day:%m/%Y}: cần ghi lại ngày đến hạn.", source)
    return asked.dated(day, source, assumed=assumed, at=terms.at)


def in_the_documents_own_week(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide "thứ Sáu tuần này" from the document's date."""
    weekday = terms.first(WeekdayTerm)
    if weekday is None or weekday.weeks_ahead is None:
        return None
    if asked.issued_on is None or not 1 < asked.issued_on.year < 9999:
        return asked.asks_year(source)
    monday = asked.issued_on - timedelta(days=asked.issued_on.weekday())
    day = monday + timedelta(days=DAYS_A_WEEK * weekday.weeks_ahead + weekday.weekday)
    return asked.dated(day, source, assumed=True, at=terms.at)


def before_a_period(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask about "trước Quý III/2025", and propose the last day before it."""
    if len(terms.periods) != 1 or terms.periods[0].point is not None or terms.every:
        return None
    place = terms.all.index(terms.periods[0])
    before = terms.all[place - 1] if place else None
    if not isinstance(before, CueTerm) or before.cue is not Cue.BEFORE:
        return None
    period, _ = resolve_period(terms.periods[0], asked)
    if period is None:
        return asked.asks_year(source)
    day = period.starts_on - timedelta(days=1)
    needs = f"“Trước” một kỳ là hết ngày {day:%d/%m/%Y} hay trong kỳ đó: cần xác nhận ngày đến hạn."
    return asked.question(needs, source, DueKind.RELATIVE, proposed=day)


def at_a_point(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide giữa and cuối of one named period. "đầu" is where work begins rather than ends, so it is asked."""
    if len(terms.periods) != 1 or (point := terms.periods[0].point) is None or terms.first(WeekOfMonthTerm):
        return None
    period, assumed = resolve_period(terms.periods[0], asked)
    if period is None:
        return asked.asks_year(source)
    day = period.point(point)
    if point is Point.START:
        needs = f"“Đầu” kỳ hiểu là ngày {day:%d/%m/%Y} hay một ngày khác: cần xác nhận ngày đến hạn."
        return asked.question(needs, source, DueKind.RELATIVE, proposed=day)
    if point is Point.MIDDLE and period.months not in (1, 12):
        needs = f"Luật không nêu “giữa” kỳ này; suy theo tháng và năm là ngày {day:%d/%m/%Y}: cần xác nhận."
        return asked.question(needs, source, DueKind.RELATIVE, proposed=day)
    return asked.dated(day, source, assumed=assumed)


def every_year_since_it_has_passed(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide a month that narrows a quarter, neither with a year, past when the document is dated.

    Such a document speaks of every year: "trong Quý II, chậm nhất tháng 6", dated in November.
    """
    if terms.dates or terms.days or len(terms.periods) != 2 or any(term.year is not None for term in terms.periods):
        return None
    wide, narrow = sorted(terms.periods, key=lambda term: -term.months)
    is_within = wide.first_month <= narrow.first_month < wide.first_month + wide.months
    if not (wide.months > narrow.months and is_within):
        return None
    last_month = narrow.first_month + narrow.months - 1
    if has_passed(narrow, asked):
        rrule = f"FREQ=YEARLY;BYMONTH={last_month};BYMONTHDAY=-1"
        return asked.recurring((rrule,), source, cadence=("yearly",), assumed=True)
    return within_a_period(Terms((narrow,)), asked, f"{PRACTICE}: ngày cuối của kỳ")


def within_a_period(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Decide the last day of the period."""
    is_week = terms.first(WeekOfMonthTerm) is not None
    if terms.cue(Cue.STANDING) and all(term.months == MONTHS_A_YEAR and not term.point for term in terms.periods):
        return None  # "thường xuyên trong năm 2025"
    if is_week or terms.days or not terms.periods or (terms.every and all(term.year is None for term in terms.periods)):
        return None
    resolved = list(dict.fromkeys(resolve_period(term, asked) for term in terms.periods))
    parts = tuple(
        asked.dated(period.ends_on, source, window=(period.starts_on, period.ends_on), assumed=assumed)
        for period, assumed in resolved
        if period is not None
    )
    if len(parts) < len(resolved):
        return asked.asks_year(source)
    places = [place for place, term in enumerate(terms.all) if isinstance(term, PeriodTerm)]
    between = terms.all[places[0] : places[-1]]
    is_list = any(isinstance(term, CueTerm) and term.words in ("và", "hoặc", ";") for term in between)
    nested = (
        []
        if is_list
        else [each for each in parts if each.window and all(_holds(other, each.window) for other in parts)]
    )
    if len(parts) > 1 and not nested:
        return asked.question("Câu có nhiều kỳ: cần tách thành từng nhiệm vụ.", source, parts=parts)
    return parts[0] if len(parts) == 1 else nested[0]


def is_bound(term: object) -> bool:
    """Whether a term is "trước", which makes the date behind it a deadline."""
    return isinstance(term, CueTerm) and term.cue is Cue.BEFORE


def in_words(term: DateTerm) -> str:
    """Write a date that may lack its year."""
    return f"{term.day:02}/{term.month:02}" + ("" if term.year is None else f"/{term.year}")


def _counts_back(terms: Terms, following: Terms) -> DateTerm | None:
    """Find the date counted back from: "10 ngày trước ngày 15/6", "trước ngày 15/6 ít nhất 10 ngày"."""
    if following.all[:1] and isinstance(following.all[0], CueTerm) and following.all[0].cue is Cue.BEFORE:
        behind = following.all[1:2]
        return behind[0] if behind and isinstance(behind[0], DateTerm) else None
    cues = [term.cue for term in terms.all[:1] if isinstance(term, CueTerm)]
    is_least = not following.all and cues == [Cue.BEFORE] and len(terms.all) == 3
    return terms.all[1] if is_least and isinstance(terms.all[1], DateTerm) else None


def _beginning(term: PeriodTerm) -> date:
    """Give the day a span begins on: the period's first, or the point of it that is named."""
    return term.of(term.year or FIRST_YEAR).point(term.point or Point.START)


def _is_span(terms: Terms, kind: type[PeriodTerm]) -> bool:
    places = [place for place, term in enumerate(terms.all) if isinstance(term, kind)] or [0]
    between = terms.all[places[0] + 1 : places[-1]]
    return any(isinstance(term, CueTerm) and term.cue is Cue.UNTIL for term in between)


def _holds(other: DueDecision, window: tuple[date, date]) -> bool:
    return other.window is not None and other.window[0] <= window[0] and window[1] <= other.window[1]


def _weekday_of(weekday: WeekdayTerm, first: date, last: date) -> date:
    if weekday.ordinal == 1:
        return first + timedelta(days=(weekday.weekday - first.weekday()) % DAYS_A_WEEK)
    return last - timedelta(days=(last.weekday() - weekday.weekday) % DAYS_A_WEEK)


def _weekday_told(terms: Terms, day: date) -> tuple[str, ...]:
    """Warn where the weekday beside a date is not that date's."""
    told = terms.first(WeekdayTerm)
    if told is None or told.weekday == day.weekday() or terms.first(EveryTerm) is not None:
        return ()
    is_, was = WEEKDAY_NAMES[day.weekday()], WEEKDAY_NAMES[told.weekday]
    return (f"Ngày {day:%d/%m/%Y} là {is_}, không phải {was} như văn bản ghi: cần xác nhận ngày.",)
