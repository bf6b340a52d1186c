"""What a letter says, as facts of no language: who owes what, who below is late, and why this person hears of it.

Text in these values is taken as it stands in the database; `render` makes it harmless and bounds its length.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from dondoc.mail.figures import Picture
from models.vocabulary import Act, AddresseeRole, LetterKind, OfficerRole, RungAction


@dataclass(frozen=True, slots=True)
class Rung:
    """The step of a ladder that caused a line.

    `offset` counts working days around the effective due date, negative before it (or from the assignment on, for one
    that asks to acknowledge); None where the ladder gives none.
    `level` is the recipient's place above the unit that owes: 0 the unit itself, 1 its parent, and so on.
    `repeat_days`: calendar days after which the rung comes again, None for once.
    """

    ladder: str
    name: str
    offset: int | None
    action: RungAction
    role: OfficerRole
    level: int
    repeat_days: int | None = None


@dataclass(frozen=True, slots=True)
class ActNote:
    """An act that a letter tells of. `until` is the due date asked for, granted, refused or promised.

    `before` is the due date that a plan made anew takes the place of. `late` answers, for a confirmed result, whether
    it came after the deadline; None where that was not judged.
    """

    act: Act
    at: datetime
    by: str
    why: str = ""
    until: date | None = None
    late: bool | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class ActionLink:
    """A link by which the recipient does an act without a password: it shows on GET and acts on POST."""

    act: Act
    url: str


@dataclass(frozen=True, slots=True)
class CalendarMark:
    """An assignment's entry in calendars: the same `uid` in every letter, `sequence` higher in each later one."""

    uid: str
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One assignment of the recipient's own unit. A standing duty has no due dates, nor has a role that does not lead.

    `due_time` is the hour that ends the last day, None for its midnight. `unit_name` is given where it is not the
    letter's unit, `taken_from` where another unit had it before; `link` opens the assignment, "" for none. `calendar`:
    where the letter puts the due date into a calendar.
    """

    assignment_id: int
    title: str
    clause: str
    nominal_due: date | None
    effective_due: date | None
    moved_by: str = ""
    period: str = ""
    period_content: str = ""
    unit_name: str = ""
    rung: Rung | None = None
    note: ActNote | None = None
    link: str = ""
    role: AddresseeRole = AddresseeRole.LEAD
    due_time: time | None = None
    actions: tuple[ActionLink, ...] = ()
    calendar: CalendarMark | None = None
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class WorstUnit:
    """A unit below that is among the latest of an obligation. `days_overdue` are calendar days."""

    unit_name: str
    days_overdue: int


@dataclass(frozen=True, slots=True)
class BranchCount:
    """How one direct subordinate and all below it stand with an obligation: numbers of assignments."""

    unit_name: str
    overdue: int
    due_soon: int
    total: int


@dataclass(frozen=True, slots=True)
class BelowSummary:
    """One obligation as a level above hears of it: counts and the worst, never a hundred lines.

    `others` is the number of overdue units that `worst` leaves out.
    """

    title: str
    clause: str
    nominal_due: date | None
    effective_due: date | None
    overdue: int
    due_soon: int
    total: int
    moved_by: str = ""
    period: str = ""
    period_content: str = ""
    branches: tuple[BranchCount, ...] = ()
    worst: tuple[WorstUnit, ...] = ()
    others: int = 0
    rung: Rung | None = None
    link: str = ""
    due_time: time | None = None


@dataclass(frozen=True, slots=True)
class LetterGroup:
    """Everything in a letter that follows from one directive.

    `ended`: the letter tells of the directive's end; `replaced_by` is the number of what took its place, "" for none.
    `directive_id` keeps the letters of a directive together; `picture` is how it stands, in a weekly letter.
    """

    number: str
    type: str
    issued_on: date
    issuer_name: str
    subject: str
    ended: bool = False
    replaced_by: str = ""
    own: tuple[OwnLine, ...] = ()
    below: tuple[BelowSummary, ...] = ()
    directive_id: int = 0
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A level of a unit's ladder that had nobody to write to, told to the office."""

    unit_name: str
    directive_number: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class DeadAddress:
    """An officer's address that takes no letters any more, told to the office. `status` is RFC 3463's."""

    unit_name: str
    officer_name: str
    address: str
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True)
class ToldTask:
    """One assignment that a letter tells of, as its workbook lists it.

    `branch` is the recipient's direct subordinate above the unit that owes, "" where they are the same.
    """

    assignment_id: int
    number: str
    clause: str
    title: str
    period: str
    unit_name: str
    branch: str
    nominal_due: date | None
    effective_due: date | None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Storm:
    """So much overdue below the recipient at once that its letter sums it up: numbers of assignments."""

    overdue: int
    total: int


@dataclass(frozen=True, slots=True)
class LetterValues:
    """One letter to one recipient. `written_at` is aware; `day` is the day that overdue is counted on.

    `ledger_head` is the newest hash of the ledger: who keeps the letter can later see whether the ledger's tail
    was cut. `thread_id` is the message that this one follows, "" for none. `tasks` are all that it tells of, where
    they are too many to print: they go with it as a workbook.
    """

    message_id: str
    kind: LetterKind
    to_address: str
    to_name: str
    unit_name: str
    office_name: str
    written_at: datetime
    day: date
    base_url: str
    ledger_head: str = ""
    groups: tuple[LetterGroup, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    dead: tuple[DeadAddress, ...] = ()
    thread_id: str = ""
    tasks: tuple[ToldTask, ...] = ()
    storm: Storm | None = None


@dataclass(frozen=True, slots=True)
class DueEvent:
    """A due date in words, as calendars show it: a whole day."""

    mark: CalendarMark
    day: date
    summary: str
    description: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter in words, ready to become a message. `language` is `vi` or `en`.

    `list_name` is what mail programs sort by, in ASCII: the letters of one directive share it.
    """

    message_id: str
    kind: LetterKind
    to_address: str
    to_name: str
    office_name: str
    written_at: datetime
    language: str
    subject: str
    text: str
    html: str
    thread_id: str = ""
    list_name: str = "dondoc"
    events: tuple[DueEvent, ...] = ()
