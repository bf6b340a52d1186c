"""What an office knows beside a document: its units on the issue date, its calendars, and its language."""

from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.locale.catalogue import DEFAULT_LANGUAGE
from dondoc.operations.named import NamedUnit
from policies.report_calendar import ReportCalendar
from policies.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Office:
    """The surroundings of a draft. `units` may be empty where nothing is registered; `issuer` is a code, if known."""

    calendar: WorkCalendar
    report_calendar: ReportCalendar
    units: Sequence[NamedUnit] = ()
    issuer: str | None = None
    language: str = DEFAULT_LANGUAGE
