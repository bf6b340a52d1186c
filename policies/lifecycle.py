"""The life of an assignment: which act is possible in which state, by whom, and what stands afterwards.

One table, read by code, tests and documents alike. Three acts touch time and differ (DOMAIN: gia hạn, cam kết tiến độ,
tạm hoãn): an extension is asked before the due time and moves it when granted; a commitment is recorded after it and
moves nothing; a suspension stops the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime

from models.vocabulary import Act, Side, State
from policies.status import CLOCK_STOPPED, is_late
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class Transition:
    """A line of the table: in `state`, `side` may do `act`; `after` comes next (None: the state before suspension)."""

    state: State
    act: Act
    side: Side
    after: State | None


def _while_owing(state: State) -> tuple[Transition, ...]:
    """List what is possible while the unit owes, whatever it has acknowledged."""
    return (
        Transition(state, Act.SUBMIT, Side.UNIT, State.SUBMITTED),
        Transition(state, Act.EXTEND, Side.UNIT, state),
        Transition(state, Act.COMMIT, Side.UNIT, state),
        Transition(state, Act.GRANT, Side.OFFICE, state),
        Transition(state, Act.REFUSE, Side.OFFICE, state),
        Transition(state, Act.SUSPEND, Side.OFFICE, State.SUSPENDED),
        Transition(state, Act.WAIVE, Side.OFFICE, State.WAIVED),
        Transition(state, Act.CANCEL, Side.OFFICE, State.CANCELLED),
    )


TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.ASSIGNED, Act.ACKNOWLEDGE, Side.UNIT, State.ACKNOWLEDGED),
    *_while_owing(State.ASSIGNED),
    *_while_owing(State.ACKNOWLEDGED),
    *_while_owing(State.RETURNED),
    Transition(State.SUBMITTED, Act.CONFIRM, Side.OFFICE, State.COMPLETED),
    Transition(State.SUBMITTED, Act.RETURN, Side.OFFICE, State.RETURNED),
    Transition(State.SUBMITTED, Act.WAIVE, Side.OFFICE, State.WAIVED),
    Transition(State.SUBMITTED, Act.CANCEL, Side.OFFICE, State.CANCELLED),
    Transition(State.SUSPENDED, Act.RESUME, Side.OFFICE, None),
    Transition(State.SUSPENDED, Act.WAIVE, Side.OFFICE, State.WAIVED),
    Transition(State.SUSPENDED, Act.CANCEL, Side.OFFICE, State.CANCELLED),
)
_BY_PAIR = {(line.state, line.act): line for line in TRANSITIONS}


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What is known when somebody acts.

    `asked_for` is the date of the commitment, or of the extension that is asked for or decided on. A duty that
    `needs_number` is done by a document of the unit's own; `gives_number` says that the submission names one.
    """

    state: State
    due_at: datetime | None
    nominal_due: date | None
    submitted_at: datetime | None
    late: bool
    sides: frozenset[Side]
    is_submitter: bool = False
    open_request: bool = False
    request_is_own: bool = False
    asked_for: date | None = None
    outer_due: date | None = None
    state_before_suspension: State | None = None
    says_why: bool = False
    needs_number: bool = False
    gives_number: bool = False


@dataclass(frozen=True, slots=True)
class Allowed:
    """The act is possible; this is how the assignment stands afterwards."""

    state: State
    submitted_at: datetime | None
    confirmed_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """The act is not possible: why, and what would be."""

    reason: str


def side_needed(act: Act, state: State) -> Side | None:
    """Give the side that may do `act` in `state`; None where the table has no such line."""
    line = _BY_PAIR.get((state, act))
    return line.side if line else None


def decide_act(act: Act, facts: ActFacts, now: datetime) -> Allowed | Refusal:
    """Decide one act: first the table, then whose it is, then what the act itself requires."""
    line = _BY_PAIR.get((facts.state, act))
    if line is None:
        return Refusal(_not_now(act, facts.state))
    if line.side not in facts.sides:
        whose = (
            "the unit that owes it" if line.side is Side.UNIT else "the office that receives it or issued the directive"
        )
        return Refusal(f"only an officer of {whose} may {act.value} it")
    objection = _objection(act, facts, now)
    if objection:
        return Refusal(objection)
    after = line.after or facts.state_before_suspension or State.ASSIGNED
    if act is Act.SUBMIT:
        return Allowed(after, now, None, is_late(now, facts.due_at))
    if act is Act.CONFIRM:
        return Allowed(after, facts.submitted_at, now, facts.late)
    if act is Act.SUSPEND:
        return Allowed(after, facts.submitted_at, None, is_late(now, facts.due_at))
    return Allowed(
        after, facts.submitted_at if after in CLOCK_STOPPED else None, None, facts.late and after in CLOCK_STOPPED
    )


def _not_now(act: Act, state: State) -> str:
    possible = ", ".join(line.act.value for line in TRANSITIONS if line.state is state) or "nothing: its life has ended"
    return f"it is {state.value}, and {act.value} is not possible then; possible: {possible}"


def _objection(act: Act, facts: ActFacts, now: datetime) -> str | None:
    """Give what speaks against an act that the table allows, or None."""
    needs_reason = {Act.RETURN, Act.EXTEND, Act.COMMIT, Act.SUSPEND, Act.WAIVE, Act.CANCEL}
    if act in needs_reason and not facts.says_why:
        return "it needs a reason or a basis document in words"
    if act is Act.SUBMIT and facts.needs_number and not facts.gives_number:
        return "it is done by issuing a directive of the unit's own: give that directive's number"
    if act in {Act.CONFIRM, Act.RETURN} and facts.is_submitter:
        return "who submits a result does not decide on it; another officer of the office must"
    if act is Act.EXTEND:
        return _objection_to_extension(facts, now)
    if act in {Act.GRANT, Act.REFUSE}:
        return _objection_to_deciding(act, facts)
    if act is Act.COMMIT:
        return _objection_to_commitment(facts, now)
    return None


def _objection_to_extension(facts: ActFacts, now: datetime) -> str | None:
    if facts.due_at is None or facts.nominal_due is None:
        return "it has no deadline to extend"
    if is_late(now, facts.due_at):
        return "the due time has passed: an extension is asked before it; afterwards a commitment is recorded (commit)"
    if facts.open_request:
        return "an extension is already asked for and not decided; one at a time"
    if facts.asked_for is None or facts.asked_for <= facts.nominal_due:
        return f"the new date must be after the due date {facts.nominal_due.isoformat()}"
    if facts.outer_due is not None and facts.asked_for > facts.outer_due:
        return f"the new date must not be after {facts.outer_due.isoformat()}, when the higher directive is due"
    return None


def _objection_to_deciding(act: Act, facts: ActFacts) -> str | None:
    if not facts.open_request:
        return "no extension is asked for"
    if facts.request_is_own:
        return "who asks for an extension does not decide on it"
    overtaken = facts.asked_for is None or (facts.nominal_due is not None and facts.asked_for <= facts.nominal_due)
    if act is Act.GRANT and overtaken:
        return "its due date has meanwhile moved past the date asked for: refuse the request, and let it be asked again"
    return None


def _objection_to_commitment(facts: ActFacts, now: datetime) -> str | None:
    if facts.due_at is None:
        return "it has no deadline, so there is nothing to commit to"
    if not is_late(now, facts.due_at):
        return "the due time has not passed: ask for an extension (extend) instead"
    if facts.asked_for is None or facts.asked_for <= now.astimezone(ZONE).date():
        return "the promised date must lie in the future"
    return None


def nominal_due_after_suspension(nominal_due: date, suspended_at: datetime, resumed_at: datetime) -> date:
    """Give the due date of an assignment that was in term when suspended and now resumes: the clock stood still.

    A rule of the house, no regulation has one: the date moves by the calendar days that passed, and never lies before
    the day of resuming (a suspension on the working day that a weekend had moved the date to).
    """
    resumed_on = resumed_at.astimezone(ZONE).date()
    return max(nominal_due + (resumed_on - suspended_at.astimezone(ZONE).date()), resumed_on)
