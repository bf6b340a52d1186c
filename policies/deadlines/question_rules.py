"""Rules that end in a question, or in no deadline at all. What is not said is asked, never guessed."""

from models.vocabulary import DueKind
from policies.deadlines.date_rules import in_words, is_bound
from policies.deadlines.decision import NEEDS_A_DATE, Asked, DueDecision
from policies.deadlines.periods import MONTHS_A_YEAR
from policies.deadlines.terms import (
    FIRST_YEAR,
    LAST_YEAR,
    ClockTerm,
    Cue,
    CueTerm,
    DateTerm,
    EveryTerm,
    ImpossibleTerm,
    LengthTerm,
    PeriodTerm,
    SchoolTerm,
    Terms,
    WeekdayTerm,
    WeekOfMonthTerm,
)


def impossible(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Name what no calendar has."""
    for term in terms.all:
        if isinstance(term, ImpossibleTerm):
            return asked.question(f"Không có {term.what}: cần ghi lại thời hạn.", source)
        if isinstance(term, DateTerm) and not term.exists:
            return asked.question(f"Không có ngày {in_words(term)}: cần ghi lại ngày đến hạn.", source)
        year = term.year if isinstance(term, PeriodTerm | SchoolTerm) else None
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            return asked.question(f"Năm {year} nằm ngoài khoảng tính được: cần ghi lại thời hạn.", source)
    return None


def left_blank(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask for a date that the form leaves open: "ngày … tháng … năm 2025"."""
    blank = terms.cue(Cue.BLANK)
    return None if blank is None else asked.question(f"“{blank.words}” để trống: cần ghi ngày đến hạn.", source)


def of_figures(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask where only figures are dated: "số liệu tính đến ngày 15/6/2025"; a bound beside them is a deadline."""
    figures = terms.cue(Cue.FIGURES)
    if figures is None or any(is_bound(here) for here in terms.all):
        return None
    needs = f"“{figures.words}” nói về số liệu: cần ghi ngày đến hạn của nhiệm vụ."
    return asked.question(needs, source, DueKind.RELATIVE)


def once_and_again(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask where a time of one year and a cycle are joined by "và": they are two tasks."""
    is_dated = has_joined = False
    for term in terms.all:
        if isinstance(term, DateTerm | PeriodTerm) and term.year is not None:
            is_dated, has_joined = True, False
        elif isinstance(term, CueTerm) and term.words == "và":
            has_joined = is_dated
        elif isinstance(term, EveryTerm) and term.named and has_joined:
            needs = "Câu nêu một thời hạn và một kỳ lặp lại: cần tách thành từng nhiệm vụ."
            return asked.question(needs, source)
    return None


def over_years(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask about a term of office or a programme's years: they say how long a plan runs, not when a task is due."""
    span = terms.cue(Cue.SPAN_OF_YEARS)
    names_a_day = terms.every or terms.dates or terms.first(LengthTerm) is not None
    if span is None or names_a_day or any(term.months < MONTHS_A_YEAR for term in terms.periods):
        return None
    behind = terms.all[terms.all.index(span) + 1 :]
    if behind and isinstance(behind[0], CueTerm) and behind[0].words == "đến hết" and len(terms.periods) == 1:
        return None  # "giai đoạn đến hết năm 2025" sets its end
    needs = f"“{span.words}” là thời gian thực hiện chung: cần ghi ngày đến hạn của nhiệm vụ."
    return asked.question(needs, source, DueKind.RELATIVE)


def only_a_start(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask when it ends: "từ ngày 01/7/2025", "sau ngày 15/6/2025" say only when it begins."""
    if len(terms.dates) + len(terms.periods) != 1 or terms.cue(Cue.NOW, Cue.AT_LATEST) or terms.clocks[1:]:
        return None
    place = next(at for at, term in enumerate(terms.all) if isinstance(term, DateTerm | PeriodTerm))
    if any(isinstance(term, CueTerm) and term.cue is Cue.UNTIL for term in terms.all[:place]):
        return None
    if any(isinstance(term, ClockTerm) for term in terms.all[:place]):
        return None  # "từ 10 giờ ngày 09/12/2025" is when something is held
    before = [term.cue for term in terms.all[:place] if isinstance(term, CueTerm) and term.cue is not Cue.AND]
    if before[-1:] not in ([Cue.FROM], [Cue.AFTER]) or terms.cue(Cue.STANDING):
        return None
    needs = "Câu chỉ nêu ngày bắt đầu: cần ghi ngày đến hạn."
    return asked.question(needs, source, DueKind.RELATIVE)


def of_unknown_start(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask for the day of the event that a length of time is counted from."""
    length = terms.first(LengthTerm)
    if length is None:
        return None
    needs = f"Thời hạn {length.count} {length.unit} tính từ sự kiện nào, ngày nào: cần ghi ngày bắt đầu."
    return asked.question(needs, source, DueKind.RELATIVE)


def on_a_day_of_no_month(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask for the month of a day, or the day of a week."""
    if terms.days:
        needs = f"Ngày {terms.days[0].day} của tháng nào: cần ghi rõ."
        return asked.question(needs, source, DueKind.RELATIVE)
    week = terms.first(WeekOfMonthTerm)
    if week is None and terms.first(WeekdayTerm) is None:
        return None
    needs = "Câu nêu tuần hoặc thứ, không nêu ngày: cần ghi ngày đến hạn."
    return asked.question(needs, source, DueKind.RELATIVE)


def standing(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Recognise a duty that never ends."""
    return asked.standing(source) if terms.cue(Cue.STANDING) else None


def vague(terms: Terms, asked: Asked, source: str) -> DueDecision | None:
    """Ask about words of time that name no day."""
    cue = terms.cue(Cue.VAGUE, Cue.AFTER, Cue.ENDED, Cue.REGULARLY, Cue.THIS_DOCUMENT, Cue.NOW)
    if cue is None:
        return None
    return asked.question(f"“{cue.words}” không nêu ngày: cần ghi ngày đến hạn.", source, DueKind.RELATIVE)


def unread(terms: Terms, asked: Asked, source: str) -> DueDecision:
    """Ask for the date: nothing here is a time that the rules know."""
    del terms
    return asked.question(NEEDS_A_DATE, source)
