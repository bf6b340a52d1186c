"""The things a deadline phrase is made of: the values that readers find in its words and that rules decide about."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from models.vocabulary import Recurrence
from policies.deadlines.periods import Period, Point

Span = tuple[int, int]
NOWHERE: Span = (0, 0)

# Anniversaries name years long past; a year outside these is a misprint, and arithmetic on it would leave the
# range of dates.
FIRST_YEAR = 1800
LAST_YEAR = 2200


class Unit(StrEnum):
    """Units in which a term is counted."""

    DAY = "ngày"
    WORKING_DAY = "ngày làm việc"
    WEEK = "tuần"
    MONTH = "tháng"
    YEAR = "năm"


class Cue(StrEnum):
    """Words that carry no time of their own but say how the times beside them are meant."""

    FROM = "from"
    UNTIL = "until"
    THIS_DOCUMENT = "this document"
    AFTER = "after"
    BEFORE = "before"
    STANDING = "standing"
    OCCASION = "occasion"
    VAGUE = "vague"


class RecurringMonth(StrEnum):
    """Which month a day of a recurring period lies in."""

    LAST = "last"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class CueTerm:
    """A cue, in the words that stand there."""

    cue: Cue
    words: str
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class DateTerm:
    """A day and month, with or without a year; possibly a date that does not exist."""

    day: int
    month: int
    year: int | None
    short_year: bool = False
    span: Span = NOWHERE

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
class DayTerm:
    """A day whose month is not named beside it."""

    day: int
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class PeriodTerm:
    """Months of a year that may not be named, and the point of them that is meant, if one is."""

    first_month: int
    months: int
    year: int | None
    point: Point | None = None
    span: Span = NOWHERE

    def of(self, year: int) -> Period:
        """Give the period in `year`."""
        return Period(year, self.first_month, self.months)


@dataclass(frozen=True, slots=True)
class EveryTerm:
    """How often something comes round; None means every day."""

    every: tuple[Recurrence | None, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class RecurringDayTerm:
    """A day in a period's last month, or in the month after it; `every` where the words name the period."""

    day: int
    month: RecurringMonth
    every: Recurrence | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class LengthTerm:
    """A length of time counted from something."""

    count: int
    unit: Unit
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class TimesTerm:
    """How many times within each period ("02 lần")."""

    times: int
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ClockTerm:
    """A time of day."""

    at: time
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class ImpossibleTerm:
    """Something written as a time that no calendar has, named as what it is ("quý V")."""

    what: str
    span: Span = NOWHERE


Term = (
    CueTerm
    | DateTerm
    | DayTerm
    | PeriodTerm
    | EveryTerm
    | RecurringDayTerm
    | LengthTerm
    | TimesTerm
    | ClockTerm
    | ImpossibleTerm
)

# What a reader answers: a term and the index behind it, or None.
Found = tuple[Term, int] | None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a phrase in the order they stand."""

    all: tuple[Term, ...]
    dates: tuple[DateTerm, ...] = field(init=False)
    days: tuple[DayTerm, ...] = field(init=False)
    periods: tuple[PeriodTerm, ...] = field(init=False)
    every: tuple[Recurrence | None, ...] = field(init=False)
    clock: time | None = field(init=False)

    def __post_init__(self) -> None:
        """Sort the terms by what they are."""
        clocks = [term.at for term in self.all if isinstance(term, ClockTerm)]
        found = {
            "dates": tuple(term for term in self.all if isinstance(term, DateTerm)),
            "days": tuple(term for term in self.all if isinstance(term, DayTerm)),
            "periods": tuple(term for term in self.all if isinstance(term, PeriodTerm)),
            "every": tuple(dict.fromkeys(e for term in self.all if isinstance(term, EveryTerm) for e in term.every)),
            "clock": clocks[0] if len(clocks) == 1 else None,
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def cue(self, *cues: Cue) -> CueTerm | None:
        """Find the first cue of these kinds."""
        return next((term for term in self.all if isinstance(term, CueTerm) and term.cue in cues), None)
