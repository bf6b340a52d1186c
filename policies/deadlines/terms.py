"""The things a deadline phrase is made of: the values that readers find in its words and that rules decide about."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from policies.deadlines.cycles import Cycle
from policies.deadlines.periods import Period, Point

# Anniversaries name years long past; a year outside these is a misprint, and arithmetic on it would leave the
# range of dates.
FIRST_YEAR = 1800
LAST_YEAR = 2200


class Unit(StrEnum):
    """Units in which a term is counted."""

    WORKING_DAY = "ngày làm việc"
    DAY = "ngày"
    WEEK = "tuần"
    MONTH = "tháng"
    YEAR = "năm"
    HOUR = "giờ"


class Cue(StrEnum):
    """Words that carry no time of their own but say how the times beside them are meant."""

    FROM = "from"
    UNTIL = "until"
    NOW = "now"
    THIS_DOCUMENT = "this document"
    AFTER = "after"
    BEFORE = "before"
    ENDED = "ended"
    AND = "and"
    REGULARLY = "regularly"
    STANDING = "standing"
    OCCASION = "occasion"
    SPAN_OF_YEARS = "span of years"
    VAGUE = "vague"
    BLANK = "blank"
    FIGURES = "figures"
    THAT_IS = "that is"
    AT_LATEST = "at the latest"


class Place(StrEnum):
    """Which month a day of a recurring period lies in."""

    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class CueTerm:
    """A cue, in the words that stand there."""

    cue: Cue
    words: str


@dataclass(frozen=True, slots=True)
class DateTerm:
    """A day and month, with or without a year; possibly a date that does not exist. `years_ahead`: "năm sau"."""

    day: int
    month: int
    year: int | None
    short_year: bool = False
    years_ahead: int | None = None

    def on(self, year: int) -> date | None:
        """Give the date in `year`, or None where there is none (30/02)."""
        try:
            return date(year, self.month, self.day) if FIRST_YEAR <= year <= LAST_YEAR else None
        except ValueError:
            return None

    @property
    def exists(self) -> bool:
        """Whether some year has this date: 29/02 without a year does."""
        return self.on(self.year if self.year is not None else 2024) is not None


@dataclass(frozen=True, slots=True)
class LunarTerm:
    """A day of a lunar month, or the whole month (day None); `year` is the lunar year, if one is named."""

    day: int | None
    month: int
    year: int | None = None
    named: str = ""


@dataclass(frozen=True, slots=True)
class DayTerm:
    """A day whose month is not named beside it."""

    day: int


@dataclass(frozen=True, slots=True)
class WeekdayTerm:
    """A day of the week, Monday 0; `ordinal` -1 or 1 where it is the last or first of its month, of a cycle.

    weeks_ahead counts from the document's week: "thứ Sáu tuần này" 0.
    """

    weekday: int
    ordinal: int | None = None
    cycle: Cycle | None = None
    weeks_ahead: int | None = None


@dataclass(frozen=True, slots=True)
class NthDayTerm:
    """The n-th day, or working day, of the period beside it or of a cycle's month: 1 the first, -1 the last."""

    ordinal: int
    working: bool
    cycle: Cycle | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PeriodTerm:
    """Months of a year that may not be named, and the point of them that is meant, if one is.

    `years_ahead` counts from the document's year ("năm nay" 0); `ahead`, whole periods from the document's ("tháng
    này" 0), and then `first_month` is not known before the document's date is.
    """

    first_month: int
    months: int
    year: int | None
    point: Point | None = None
    years_ahead: int | None = None
    ahead: int | None = None

    def of(self, year: int) -> Period:
        """Give the period in `year`."""
        return Period(year, self.first_month, self.months)


@dataclass(frozen=True, slots=True)
class WeekOfMonthTerm:
    """A week of a month that stands beside it, which no rule delimits."""

    words: str


@dataclass(frozen=True, slots=True)
class SchoolTerm:
    """A school year by the calendar year it starts in, or one of its two terms; `year` None where it is not named."""

    year: int | None
    half: int | None
    point: Point | None
    words: str


@dataclass(frozen=True, slots=True)
class EveryTerm:
    """How often something comes round. `named` where a word such as "hằng" says so, and not only a list."""

    every: tuple[Cycle, ...]
    named: bool = True
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class RecurringDayTerm:
    """A day of one month of a period, or of the month after it; `every` where the words name the period."""

    day: int
    place: Place
    every: Cycle | None = None


@dataclass(frozen=True, slots=True)
class DayOfMonthsTerm:
    """A day that two or more named months share, without a year: "ngày 10 các tháng 3, 6, 9, 12"."""

    day: int
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LengthTerm:
    """A length of time counted from something."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class TimesTerm:
    """How many times within each period ("02 lần")."""

    times: int


@dataclass(frozen=True, slots=True)
class ClockTerm:
    """A time of day."""

    at: time


@dataclass(frozen=True, slots=True)
class YearsSinceTerm:
    """A round number of years since something ("sơ kết 03 năm", "kỷ niệm 95 năm")."""

    count: int


@dataclass(frozen=True, slots=True)
class CitationTerm:
    """The number of a document, with its own date if that stands beside it: no deadline."""

    date: DateTerm | None


@dataclass(frozen=True, slots=True)
class ImpossibleTerm:
    """Something written as a time that no calendar has, named as what it is ("quý V")."""

    what: str


Term = (
    CueTerm | DateTerm | LunarTerm | DayTerm | WeekdayTerm | NthDayTerm | PeriodTerm | WeekOfMonthTerm | SchoolTerm
    | EveryTerm | RecurringDayTerm | DayOfMonthsTerm | LengthTerm | TimesTerm | ClockTerm | YearsSinceTerm
    | CitationTerm | ImpossibleTerm
)  # fmt: skip
AnyTerm = TypeVar("AnyTerm", bound=Term)

# What a reader answers: one or more terms and the index behind them, or None.
Found = tuple[tuple[Term, ...], int] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a phrase in the order they stand."""

    all: tuple[Term, ...]
    dates: tuple[DateTerm, ...] = field(init=False)
    days: tuple[DayTerm, ...] = field(init=False)
    periods: tuple[PeriodTerm, ...] = field(init=False)
    every: tuple[Cycle, ...] = field(init=False)
    clocks: tuple[time, ...] = field(init=False)
    _cues: dict[Cue, CueTerm] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the terms by what they are."""
        cues: dict[Cue, CueTerm] = {}
        kinds: dict[type, list[Any]] = {}
        for term in self.all:
            kinds.setdefault(type(term), []).append(term)
            if isinstance(term, CueTerm):
                cues.setdefault(term.cue, term)
        found = {
            "dates": tuple(kinds.get(DateTerm, ())),
            "days": tuple(kinds.get(DayTerm, ())),
            "periods": tuple(kinds.get(PeriodTerm, ())),
            "every": tuple(dict.fromkeys(each for term in kinds.get(EveryTerm, ()) for each in term.every)),
            "clocks": tuple(term.at for term in kinds.get(ClockTerm, ())),
            "_cues": cues,
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def of(self, kind: type[AnyTerm]) -> tuple[AnyTerm, ...]:
        """List the terms of one kind."""
        return tuple(term for term in self.all if isinstance(term, kind))

    def first(self, kind: type[AnyTerm]) -> AnyTerm | None:
        """Find the first term of one kind."""
        return next((term for term in self.all if isinstance(term, kind)), None)

    def cue(self, *cues: Cue) -> CueTerm | None:
        """Find a cue of these kinds: the first of the first kind that stands in the phrase."""
        for cue in cues:
            if cue in self._cues:
                return self._cues[cue]
        return None

    @property
    def at(self) -> time | None:
        """The time of day at which the term ends: the last that is named ("từ 8h00 … đến 17h00 …").

        One that stands before "đến" and another day is the time it begins, and the last day then has none.
        """
        if not self.clocks:
            return None
        last = max(place for place, term in enumerate(self.all) if isinstance(term, ClockTerm))
        ends = [place for place, term in enumerate(self.all) if isinstance(term, CueTerm) and term.cue is Cue.UNTIL]
        is_start = any(
            last < place and any(isinstance(term, DateTerm) for term in self.all[place:])
            for place in ends
            if any(isinstance(term, DateTerm | DayTerm) for term in self.all[last:place])
        )
        return None if is_start else self.clocks[-1]
