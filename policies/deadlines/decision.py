"""What a deadline phrase is decided to mean: the value, and one way to make each kind of it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from models.vocabulary import DueKind
from policies.workdays import WorkCalendar, due_at, effective_date

CIVIL_CODE = "Bộ luật Dân sự 2015"
PRACTICE = "Cách ghi thời hạn tại Phụ lục Thông báo 624/TB-VPCP ngày 16/11/2025"
NEEDS_A_DATE = "Chưa đọc được thời hạn trong câu này: cần ghi ngày đến hạn."


@dataclass(frozen=True, slots=True)
class DueDecision:
    """What `phrase` means. Without a `nominal` date and without an `rrule`, `needs` says what must be asked.

    nominal: the date that every list prints; effective: the working day from which overdue is computed, and
    `moved_by` the days off between them. window: first and last day, both included. rrule: RFC 5545, several joined
    by " | ", each with its `cadence` (daily, weekly, monthly, quarterly, half-yearly, yearly …). rule: the source of
    the rule. assumed: a part (a year, a custom) was supplied. at: the time of day that the phrase names, in Vietnam.
    proposed: a date to be confirmed, its arithmetic in `needs`. parts: what each time of a list means by itself.
    warnings: what the calendar does not yet know for sure, and what in the phrase contradicts itself.
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
    cadence: tuple[str, ...] = ()
    proposed: date | None = None
    parts: tuple["DueDecision", ...] = ()

    @property
    def hour(self) -> time | None:
        """The time of day at which the term ends; None: 24:00 (Civil Code 2015, Art. 148.6).

        A term moved off a day off ends with the next working day, whatever hour was named (Art. 148.5).
        """
        return self.at if self.effective == self.nominal else None

    @property
    def due_at(self) -> datetime | None:
        """The instant the term ends."""
        return due_at(self.effective, self.hour) if self.effective else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the rules: the phrase, the date of its document if it has one, and the calendar.

    dated_from: the first day on which a document without a date may have been issued. It supplies years, never a day.
    """

    phrase: str
    issued_on: date | None
    calendar: WorkCalendar
    dated_from: date | None = None

    @property
    def years_from(self) -> date | None:
        """The day from which a year that the words leave out is looked for."""
        return self.issued_on or self.dated_from

    def dated(  # noqa: PLR0913 (the fields of the decision)
        self,
        nominal: date,
        rule: str,
        *,
        window: tuple[date, date] | None = None,
        assumed: bool = False,
        at: time | None = None,
        warnings: tuple[str, ...] = (),
        parts: tuple[DueDecision, ...] = (),
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
            warnings=(*warnings, *self.calendar.warnings_between(nominal, moved.effective)),
            parts=parts,
        )

    def recurring(  # noqa: PLR0913 (likewise)
        self,
        rrules: tuple[str, ...],
        rule: str,
        *,
        cadence: tuple[str, ...] = (),
        at: time | None = None,
        window: tuple[date, date] | None = None,
        assumed: bool = False,
    ) -> DueDecision:
        """Decide one recurrence, or several at once ("6 tháng và năm"); `window` bounds them where the words do."""
        return DueDecision(
            self.phrase, DueKind.RECURRENCE, rule, rrule=" | ".join(rrules), cadence=cadence, at=at, window=window,
            assumed=assumed,
        )  # fmt: skip

    def standing(self, rule: str) -> DueDecision:
        """Decide a duty without an end: reported, and never overdue."""
        return DueDecision(self.phrase, DueKind.STANDING, rule)

    def question(
        self,
        needs: str,
        rule: str,
        kind: DueKind = DueKind.UNKNOWN,
        *,
        proposed: date | None = None,
        parts: tuple[DueDecision, ...] = (),
    ) -> DueDecision:
        """Decide nothing, say what a person must be asked, and propose a date where arithmetic gives one."""
        return DueDecision(self.phrase, kind, rule, needs=needs, proposed=proposed, parts=parts)

    def asks_year(self, rule: str) -> DueDecision:
        """Ask for the year that neither the words nor the document's date give."""
        needs = "Thời hạn không ghi năm, văn bản không có ngày: cần ghi rõ năm."
        return self.question(needs, rule, DueKind.RELATIVE)
