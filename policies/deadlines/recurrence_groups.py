"""Which cycles a phrase names and which days belong to each: the groups that the rules for what comes round write."""

from dataclasses import dataclass, field

from policies.deadlines.cycles import Cycle
from policies.deadlines.periods import MONTHS_A_YEAR, Point
from policies.deadlines.terms import (
    Cue,
    CueTerm,
    DateTerm,
    DayOfMonthsTerm,
    DayTerm,
    EveryTerm,
    LengthTerm,
    LunarTerm,
    NthDayTerm,
    PeriodTerm,
    RecurringDayTerm,
    Term,
    Terms,
    WeekdayTerm,
)

DayOfPeriod = DateTerm | DayTerm | DayOfMonthsTerm | RecurringDayTerm | NthDayTerm | WeekdayTerm | PeriodTerm


@dataclass(slots=True)
class Group:
    """The cycles of one part of a phrase and the days that are named with them."""

    cycles: tuple[Cycle, ...] = ()
    point: Point | None = None
    days: list[DayOfPeriod] = field(default_factory=list)
    is_span: bool = False
    is_named: bool = False

    def first(self, kind: type[RecurringDayTerm]) -> RecurringDayTerm | None:
        """Find the first day of one kind."""
        return next((day for day in self.days if isinstance(day, kind)), None)


def with_reports_as_cycles(terms: Terms) -> Terms:
    """Take "6 tháng đầu năm (trước 15/6), năm (trước 15/11)" for the two reports of every year that it names."""
    is_dated = len(terms.dates) > 1 and all(term.year is None and term.years_ahead is None for term in terms.dates)
    if not is_dated or Cycle.YEAR not in terms.every or any(term.year is not None for term in terms.periods):
        return terms
    return Terms(tuple(_as_cycle(term, terms.all[at + 1 : at + 3]) for at, term in enumerate(terms.all)))


def _as_cycle(term: Term, behind: tuple[Term, ...]) -> Term:
    has_its_day = any(isinstance(day, DateTerm) for day in behind[:1]) or (
        len(behind) > 1 and isinstance(behind[0], CueTerm) and isinstance(behind[1], DateTerm)
    )
    if isinstance(term, PeriodTerm) and term.months == 3 and term.point is None and has_its_day:
        return EveryTerm((Cycle.YEAR,), named=False)  # "quý I (trước 15/3)" comes once a year
    is_part = isinstance(term, PeriodTerm) and term.first_month == 1 and term.ahead is None and term.point is None
    cycle = {6: Cycle.HALF_YEAR, 9: Cycle.NINE_MONTHS}.get(term.months) if isinstance(term, PeriodTerm) else None
    return EveryTerm((cycle,), named=False) if is_part and cycle is not None else term


def is_recurrence(terms: Terms) -> bool:
    """Whether the phrase names a cycle that no full date overrules; a date that begins or ends it does not."""
    names_cycle = any(
        isinstance(term, EveryTerm | RecurringDayTerm | DayOfMonthsTerm)
        or (isinstance(term, NthDayTerm | WeekdayTerm) and term.cycle)
        for term in terms.all
    )
    if not (names_cycle or _is_regularly_dated(terms)) or terms.first(LunarTerm) or terms.first(LengthTerm):
        return False
    if terms.cue(Cue.ENDED) and len(terms.of(EveryTerm)) == 1 and not (terms.days or terms.dates):
        return False  # "sau khi kết thúc quý" says after what, not when
    if _is_regularly_dated(terms):
        return True
    has_full_date = any(term.year is not None for term in terms.dates)
    is_bound = terms.cue(Cue.FROM, Cue.NOW, Cue.UNTIL) is not None
    is_named = any(term.named for term in terms.of(EveryTerm))
    if any(term.year is not None for term in terms.periods) and not is_named and len(terms.every) == 1:
        return False
    return not has_full_date or (is_bound and is_named)


def _is_regularly_dated(terms: Terms) -> bool:
    """Whether "định kỳ" stands at days of no year, which then come every year: "định kỳ trước ngày 15/6 và 15/12"."""
    if not terms.dates or terms.periods or any(term.year is not None or term.years_ahead for term in terms.dates):
        return False
    places = [at for at, term in enumerate(terms.all) if isinstance(term, CueTerm) and term.cue is Cue.REGULARLY]
    behind = [term for at in places for term in terms.all[at + 1 : at + 3]]
    return any(isinstance(term, DateTerm) for term in behind) and not terms.every


def groups_of(terms: Terms) -> list[Group]:
    """Put each day with its cycle: behind it where the phrase begins with a cycle, else before it."""
    if terms.cue(Cue.UNTIL) is not None and any(term.year is not None for term in terms.dates):
        # "hằng ngày từ 01/4 đến 30/4/2025": both ends of how long it lasts
        terms = Terms(tuple(term for term in terms.all if not isinstance(term, DateTerm)))
    groups: list[Group] = []
    open_group = Group()
    cycle_first: bool | None = None
    for term in terms.all:
        if isinstance(term, EveryTerm):
            if cycle_first is None:
                cycle_first = not open_group.days
            if cycle_first:
                groups.append(open_group := Group(term.every, term.point, is_named=term.named))
            else:
                open_group.cycles, open_group.point, open_group.is_named = term.every, term.point, term.named
                groups.append(open_group)
                open_group = Group()
        elif isinstance(term, RecurringDayTerm | NthDayTerm | WeekdayTerm | DayTerm | DayOfMonthsTerm) or (
            isinstance(term, DateTerm | PeriodTerm) and term.year is None and not (terms.every and _is_year_ahead(term))
        ):
            open_group.days.append(term)
        elif isinstance(term, CueTerm) and term.cue is Cue.UNTIL and open_group.days:
            open_group.is_span = True
    if open_group.days and open_group not in groups:
        groups.append(open_group)
    return groups


def _is_year_ahead(term: Term) -> bool:
    """Whether a term is a whole year counted from the document's, which is what a report is for: "cho năm kế tiếp"."""
    return isinstance(term, PeriodTerm) and term.months == MONTHS_A_YEAR and term.years_ahead is not None
