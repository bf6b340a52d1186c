"""The words of the house as closed sets: what code says, never what people see.

Values are stored and exchanged as written here; the text that people read is in the catalogue.
"""

from enum import StrEnum


class UnitKind(StrEnum):
    """Kinds of body in the hierarchy (union statutes XIII, and the tree after 1 July 2025)."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    DISTRICT = "district"
    SECTOR = "sector"
    ZONE = "zone"
    COMMUNE = "commune"
    AFFILIATED = "affiliated"
    GRASSROOTS = "grassroots"
    OFFICE = "office"


class OfficerRole(StrEnum):
    """For whom an officer speaks: the focal officer keeps the file, the head answers for the unit."""

    FOCAL = "focal"
    HEAD = "head"


class SuccessionKind(StrEnum):
    """What became of a unit."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"
    ABOLISH = "abolish"


class Urgency(StrEnum):
    """How fast a directive's letters leave: in the next digest, or at once."""

    NORMAL = "normal"
    URGENT = "urgent"


class DirectiveState(StrEnum):
    """Whether a directive still asks for anything."""

    IN_FORCE = "in_force"
    REVOKED = "revoked"
    REPLACED = "replaced"


class Deliverable(StrEnum):
    """What an obligation yields."""

    PLAN = "plan"
    REPORT = "report"
    STUDY = "study"
    REVIEW = "review"
    EVENT = "event"
    REGISTRATION = "registration"
    INSPECTION = "inspection"
    OTHER = "other"


class Recurrence(StrEnum):
    """How often an obligation comes round."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


class AddresseeRole(StrEnum):
    """What an addressee is asked: chủ trì, phối hợp, or để biết."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    FOR_INFORMATION = "for_information"


class State(StrEnum):
    """The stored state of an assignment. Only an act changes it; time never does."""

    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class Act(StrEnum):
    """What somebody does to one assignment."""

    ACKNOWLEDGE = "acknowledge"
    SUBMIT = "submit"
    CONFIRM = "confirm"
    RETURN = "return"
    EXTEND = "extend"
    GRANT = "grant"
    REFUSE = "refuse"
    COMMIT = "commit"
    SUSPEND = "suspend"
    RESUME = "resume"
    WAIVE = "waive"
    CANCEL = "cancel"
    COUNTER = "counter"
    ACCEPT = "accept"
    DECLINE = "decline"
    OBSTACLE = "obstacle"
    ANSWER = "answer"
    CLOSE = "close"
    CARRY = "carry"
    REPLAN = "replan"


class ExtensionOutcome(StrEnum):
    """What the assigner says to a request for more time: the date asked for, none, or another date."""

    GRANTED = "granted"
    REFUSED = "refused"
    COUNTERED = "countered"


class Side(StrEnum):
    """Who may do an act: the unit that owes, or the office that receives and answers for the directive."""

    UNIT = "unit"
    OFFICE = "office"


class Status(StrEnum):
    """The shown status: a function of state, due time, the unit's act and now. Never stored."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TERM = "open_in_term"
    OPEN_OVERDUE = "open_overdue"
    NO_DEADLINE = "no_deadline"
    WAIVED = "waived"
    CANCELLED = "cancelled"


class RungAction(StrEnum):
    """What a rung does: ask who has not acknowledged, remind who owes, or escalate to who answers for them."""

    PROMPT = "prompt"
    REMIND = "remind"
    ESCALATE = "escalate"


class LetterKind(StrEnum):
    """Kinds of letter."""

    ASSIGNED = "assigned"
    DIGEST = "digest"
    URGENT = "urgent"
    RETURNED = "returned"
    EXTENSION = "extension"
    CONFIRMED = "confirmed"
    WEEKLY = "weekly"
    OBSTACLE = "obstacle"
    REVOKED = "revoked"
    BOUNCED = "bounced"


class LetterState(StrEnum):
    """Where a letter is between the outbox and the recipient's server."""

    NEW = "new"
    LEASED = "leased"
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    AMBIGUOUS = "ambiguous"


class DueKind(StrEnum):
    """What a deadline phrase turns out to be."""

    DATE = "date"
    PERIOD = "period"
    RECURRENCE = "recurrence"
    RELATIVE = "relative"
    STANDING = "standing"
    UNKNOWN = "unknown"


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"
    DAY_OFF_IN_LIEU = "day_off_in_lieu"
    WORKING_SATURDAY = "working_saturday"


class DayStatus(StrEnum):
    """Whether the document that orders a day has been issued, or only announced."""

    ISSUED = "issued"
    ANNOUNCED = "announced"
