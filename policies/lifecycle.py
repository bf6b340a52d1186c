"""The life of an assignment: which act is possible in which state, by whom, and what stands afterwards.

One table, read by code, tests and documents alike. Three acts touch time and differ (DOMAIN: gia hạn, cam kết tiến độ,
tạm hoãn): an extension is asked before the due time and moves it when granted; a commitment is recorded after it and
moves nothing; a suspension stops the clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.vocabulary import Act, Side, State
from policies.act_needs import ActFacts, objection
from policies.reasons import Reason
from policies.status import CLOCK_STOPPED, is_late
from policies.workdays import ZONE


class After(StrEnum):
    """A state that depends on the one before."""

    SAME = "same"
    AS_BEFORE_SUSPENSION = "as before suspension"
    AS_UNDER_THE_REPLACED = "as under the replaced directive"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: in any of `states`, `side` may do `act`, and `after` comes next.

    `side` None: no person does it, but an operation on a whole directive, in one statement.
    """

    act: Act
    side: Side | None
    states: tuple[State, ...]
    after: State | After


_OWING = (State.ASSIGNED, State.ACKNOWLEDGED, State.RETURNED)
_HELD = (State.SUBMITTED, State.SUSPENDED)

TABLE: tuple[Line, ...] = (
    Line(Act.ACKNOWLEDGE, Side.UNIT, (State.ASSIGNED,), State.ACKNOWLEDGED),
    Line(Act.SUBMIT, Side.UNIT, _OWING, State.SUBMITTED),
    Line(Act.CONFIRM, Side.OFFICE, (State.SUBMITTED,), State.COMPLETED),
    Line(Act.RETURN, Side.OFFICE, (State.SUBMITTED,), State.RETURNED),
    Line(Act.EXTEND, Side.UNIT, _OWING, After.SAME),
    Line(Act.GRANT, Side.OFFICE, _OWING, After.SAME),
    Line(Act.REFUSE, Side.OFFICE, _OWING, After.SAME),
    Line(Act.COUNTER, Side.OFFICE, _OWING, After.SAME),
    Line(Act.ACCEPT, Side.UNIT, _OWING, After.SAME),
    Line(Act.DECLINE, Side.UNIT, _OWING, After.SAME),
    Line(Act.COMMIT, Side.UNIT, _OWING, After.SAME),
    Line(Act.SUSPEND, Side.OFFICE, _OWING, State.SUSPENDED),
    Line(Act.RESUME, Side.OFFICE, (State.SUSPENDED,), After.AS_BEFORE_SUSPENSION),
    Line(Act.OBSTACLE, Side.UNIT, (*_OWING, State.SUSPENDED), After.SAME),
    Line(Act.ANSWER, Side.OFFICE, (*_OWING, *_HELD), After.SAME),
    Line(Act.WAIVE, Side.OFFICE, (*_OWING, *_HELD), State.WAIVED),
    Line(Act.CANCEL, Side.OFFICE, (*_OWING, *_HELD), State.CANCELLED),
    Line(Act.CLOSE, None, (State.ASSIGNED, State.ACKNOWLEDGED), State.COMPLETED),
    Line(Act.CARRY, None, (State.ASSIGNED,), After.AS_UNDER_THE_REPLACED),
    Line(Act.REPLAN, None, _OWING, After.SAME),
)
"""The whole life: a pair of state and act that stands in no line is not possible."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One pair of the table."""

    state: State
    act: Act
    side: Side | None
    after: State | After


TRANSITIONS = tuple(Transition(state, line.act, line.side, line.after) for line in TABLE for state in line.states)
_BY_PAIR = {(pair.state, pair.act): pair for pair in TRANSITIONS}


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
    """Give the side that may do `act` in `state`; None where no person may."""
    pair = _BY_PAIR.get((state, act))
    return pair.side if pair else None


def decide_act(act: Act, facts: ActFacts, now: datetime) -> Allowed | Refusal:
    """Decide one person's act: first the table, then whose it is, then what the act itself needs."""
    pair = _BY_PAIR.get((facts.state, act))
    if pair is None or pair.side is None:
        return Refusal(_not_now(act, facts.state))
    if pair.side not in facts.sides:
        return Refusal(_not_yours(pair.side))
    reason = objection(act, facts, now)
    if reason:
        return Refusal(reason)
    after = state_after(pair, facts.state_before_suspension)
    if act is Act.SUBMIT:
        return Allowed(after, now, None, is_late(now, facts.due_at))
    if act is Act.CONFIRM:
        return Allowed(after, facts.submitted_at, now, facts.late)
    if act is Act.SUSPEND:
        return Allowed(after, facts.submitted_at, None, is_late(now, facts.due_at))
    stopped = after in CLOCK_STOPPED
    return Allowed(after, facts.submitted_at if stopped else None, None, facts.late and stopped)


def state_after(pair: Transition, earlier: State | None) -> State:
    """Give the state that a pair of the table leads to; `earlier` is the one that it goes back to, if it does."""
    if isinstance(pair.after, State):
        return pair.after
    if pair.after is After.SAME:
        return pair.state
    return earlier or State.ASSIGNED


def _not_now(act: Act, state: State) -> str:
    acts = [pair.act.value for pair in TRANSITIONS if pair.state is state and pair.side is not None]
    possible = ", ".join(acts) or "nothing: its life has ended"
    return f"it is {state.value}, and {act.value} is not possible then; possible: {possible}"


def _not_yours(side: Side) -> Reason:
    if side is Side.UNIT:
        return Reason("only an officer of the unit that owes it may do that")
    return Reason("only an officer of the office that receives it or issued the directive may do that")


def nominal_due_after_suspension(nominal_due: date, suspended_at: datetime, resumed_at: datetime) -> date:
    """Give the due date of an assignment that was in term when suspended and now resumes: the clock stood still.

    A rule of the house, no regulation has one: the date moves by the calendar days that passed, and never lies before
    the day of resuming (a suspension on the working day that a weekend had moved the date to).
    """
    resumed_on = resumed_at.astimezone(ZONE).date()
    return max(nominal_due + (resumed_on - suspended_at.astimezone(ZONE).date()), resumed_on)
