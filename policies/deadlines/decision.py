"""What a deadline phrase is decided to mean: the value, and one way to make each kind of it."""

from dataclasses import dataclass
from datetime import date, time

from models.vocabulary import DueKind
from policies.workdays import WorkCalendar, effective_date

CIVIL_CODE = "Bộ luật Dân sự 2015"
NEEDS_A_DATE = "Chưa đọc được thời hạn trong câu này: cần ghi ngày đến hạn."


@dataclass(frozen=True, slots=True)
class DueDecision:
    """What `phrase` means. Without a `nominal` date and without an `rrule`, `needs` says what must be asked.

    nominal: the date that every list prints; effective: the working day from which overdue is computed, and
    `moved_by` the days off between them. window: first and last day, both included. rrule: RFC 5545, several joined
    by " | ". rule: the source of the rule. assumed: a part (a year) was supplied from the document's own date.
    at: the time of day that the phrase names, in Vietnam. warnings: what the calendar does not yet know for sure.
    """

    phrase: str
    kind: DueKind
    rule: str
    nominal: date | None = None
    effective: date | None = None
    moved_by: str | None = None
    window: tuple[date, date] | None = None
    rrule: str | None = None
    needs: str | None = None
    assumed: bool = False
    at: time | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the rules: the phrase, the date of its document if it has one, and the calendar."""

    phrase: str
    issued_on: date | None
    calendar: WorkCalendar

    def dated(
        self,
        nominal: date,
        rule: str,
        *,
        window: tuple[date, date] | None = None,
        assumed: bool = False,
        at: time | None = None,
    ) -> DueDecision:
        """Decide a date, or the last day of a window, and when it takes effect (Civil Code 2015, Art. 148.5)."""
        moved = effective_date(nominal, self.calendar)
        source = f"{rule}; dời theo {CIVIL_CODE}, Đ.148.5" if moved.moved_by else rule
        return DueDecision(
            phrase=self.phrase,
            kind=DueKind.PERIOD if window else DueKind.DATE,
            rule=source,
            nominal=nominal,
            effective=moved.effective,
            moved_by=moved.moved_by,
            window=window,
            assumed=assumed,
            at=at,
            warnings=self.calendar.warnings_between(nominal, moved.effective),
        )

    def recurring(self, rrules: tuple[str, ...], rule: str, *, at: time | None = None) -> DueDecision:
        """Decide one recurrence, or several at once ("6 tháng và năm")."""
        return DueDecision(self.phrase, DueKind.RECURRENCE, rule, rrule=" | ".join(rrules), at=at)

    def standing(self, rule: str) -> DueDecision:
        """Decide a duty without an end: reported, and never overdue."""
        return DueDecision(self.phrase, DueKind.STANDING, rule)

    def question(self, needs: str, rule: str, kind: DueKind = DueKind.UNKNOWN) -> DueDecision:
        """Decide nothing, and say what a person must be asked."""
        return DueDecision(self.phrase, kind, rule, needs=needs)
