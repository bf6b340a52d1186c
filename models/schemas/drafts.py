"""What reading a directive's document finds: each value with the place it was read from and how sure the reading is.

A span counts characters of the extracted text, end excluded. What the text does not say is None, never a guess.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.vocabulary import Deliverable

Span = tuple[int, int]


class RecipientRole(StrEnum):
    """What a body in the list of recipients (Nơi nhận) gets the document for."""

    IMPLEMENTS = "implements"
    REPORTED_TO = "reported_to"
    INFORMED = "informed"
    AS_ADDRESSED = "as_addressed"
    ARCHIVE = "archive"


class TimeRole(StrEnum):
    """How the words of time stand in their sentence."""

    BOUND = "bound"
    """A last day: "trước ngày", "chậm nhất", or a field of its own ("Thời hạn: …")."""
    WITHIN = "within"
    """Inside a period: "trong tháng", "Quý II"."""
    RANGE = "range"
    """From a day to a day."""
    EVENT_DAY = "event_day"
    """A day on which something takes place: "vào ngày"."""
    EVERY = "every"
    """Something that comes round."""


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value as printed, with its place and a confidence between 0 and 1."""

    value: str
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its place and a confidence between 0 and 1."""

    value: date
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundMonth:
    """A month, or a year alone, with its place and a confidence between 0 and 1."""

    year: int
    month: int | None
    span: Span
    confidence: float

    @property
    def first_day(self) -> date:
        """The first day of the month, or of the year where no month is told."""
        return date(self.year, self.month or 1, 1)


@dataclass(frozen=True, slots=True)
class BasisDocument:
    """A document named as a ground: its type word, symbol and date. `nested`: named only inside another's title."""

    type: str | None
    number: str
    dated: date | None
    span: Span
    nested: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """A body in the list of recipients; `role` where the list says it."""

    name: str
    role: RecipientRole | None
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentHeader:
    """What identifies a document, and for whom and in which capacity it is signed.

    dated_in: what is told of the date where the day is left open or untold: by the head ("ngày … tháng 8 năm 2026", a
    plan's title "… năm 2025"), by the page, or by the document's other dates, whose obligation is then its place. Years
    that phrases leave out are supplied from it, and the document's day is still asked for.
    """

    number: FoundValue | None = None
    type: FoundValue | None = None
    issued_on: FoundDate | None = None
    dated_in: FoundMonth | None = None
    issuer: FoundValue | None = None
    place: FoundValue | None = None
    subject: FoundValue | None = None
    signed_for: FoundValue | None = None
    signed_by: FoundValue | None = None


class FoundObligation(NamedTuple):
    """What one sentence, or one row of a table, asks.

    quote: the words, verbatim; phrases: the deadlines in them, each decided apart; relative: words of time that are
    no date ("theo quy định"). told_as_past: an order of the past is quoted. period: the quarter (Q1 … Q4) whose named
    content this is. relay: done by issuing a document of one's own. adoption: valid only once adopted.
    signs: the features that the confidence comes from.
    """

    quote: str
    span: Span
    clause: str | None
    actors: str | None
    action: str
    deliverable: Deliverable
    phrases: tuple[str, ...]
    role: TimeRole | None
    relative: str | None
    report_to: str | None
    through: str | None
    relay: bool
    adoption: bool
    told_as_past: bool
    period: str | None
    confidence: float
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document read: who issued what when, on which grounds, to whom, and what it asks."""

    header: DocumentHeader
    basis: tuple[BasisDocument, ...]
    recipients: tuple[Recipient, ...]
    obligations: tuple[FoundObligation, ...]
