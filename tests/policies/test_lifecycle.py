"""The life of an assignment: every pair of its table, allowed and refused, and what each act requires."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Act, AddresseeRole, Side, State
from policies.act_needs import ActFacts, NamedFacts, RequestFacts
from policies.extension import ExtensionPolicy
from policies.lifecycle import (
    TRANSITIONS,
    Allowed,
    Refusal,
    decide_act,
    nominal_due_after_suspension,
    side_needed,
    state_after,
)
from policies.status import CLOCK_STOPPED, ENDED, OPEN
from policies.workdays import ZONE

NOMINAL = date(2025, 2, 28)
DUE = datetime(2025, 3, 1, tzinfo=ZONE)
IN_TERM = datetime(2025, 2, 20, 9, tzinfo=ZONE)
OVERDUE = datetime(2025, 3, 5, 9, tzinfo=ZONE)
EITHER_SIDE = frozenset(Side)

POLICY = ExtensionPolicy("default", 1, most=2, longest_days=90, often_from=3)

# Written out, not computed from the table: what may be done in each state, by whom, and what stands afterwards.
# Side None: no person does it, but an operation on the whole directive.
ENDINGS: dict[Act, tuple[Side | None, State | str]] = {
    Act.WAIVE: (Side.OFFICE, State.WAIVED),
    Act.CANCEL: (Side.OFFICE, State.CANCELLED),
    Act.ANSWER: (Side.OFFICE, "same"),
}
WHILE_OWING = ENDINGS | {
    Act.SUBMIT: (Side.UNIT, State.SUBMITTED),
    Act.EXTEND: (Side.UNIT, "same"),
    Act.ACCEPT: (Side.UNIT, "same"),
    Act.DECLINE: (Side.UNIT, "same"),
    Act.COMMIT: (Side.UNIT, "same"),
    Act.OBSTACLE: (Side.UNIT, "same"),
    Act.GRANT: (Side.OFFICE, "same"),
    Act.REFUSE: (Side.OFFICE, "same"),
    Act.COUNTER: (Side.OFFICE, "same"),
    Act.SUSPEND: (Side.OFFICE, State.SUSPENDED),
    Act.REPLAN: (None, "same"),
}
EXPECTED: dict[State, dict[Act, tuple[Side | None, State | str]]] = {
    State.ASSIGNED: WHILE_OWING
    | {
        Act.ACKNOWLEDGE: (Side.UNIT, State.ACKNOWLEDGED),
        Act.CLOSE: (None, State.COMPLETED),
        Act.CARRY: (None, "earlier"),
    },
    State.ACKNOWLEDGED: WHILE_OWING | {Act.CLOSE: (None, State.COMPLETED)},
    State.RETURNED: WHILE_OWING,
    State.SUBMITTED: ENDINGS | {Act.CONFIRM: (Side.OFFICE, State.COMPLETED), Act.RETURN: (Side.OFFICE, State.RETURNED)},
    State.SUSPENDED: ENDINGS | {Act.RESUME: (Side.OFFICE, "earlier"), Act.OBSTACLE: (Side.UNIT, "same")},
    State.COMPLETED: {},
    State.WAIVED: {},
    State.CANCELLED: {},
}
PAIRS = [(state, act) for state in State for act in Act]
ASKED, OFFERED = date(2025, 3, 15), date(2025, 3, 10)


REQUESTS = {
    **dict.fromkeys((Act.GRANT, Act.REFUSE, Act.COUNTER), RequestFacts(ASKED)),
    **dict.fromkeys((Act.ACCEPT, Act.DECLINE), RequestFacts(ASKED, OFFERED)),
}


def facts_for(act: Act, state: State, **known: object) -> ActFacts:
    """Give facts with which nothing but the table and the side can speak against `act`."""
    facts = ActFacts(
        state=state,
        due_at=DUE,
        nominal_due=NOMINAL,
        submitted_at=IN_TERM if state in {State.SUBMITTED, State.COMPLETED} else None,
        late=False,
        sides=EITHER_SIDE,
        extension_policy=POLICY,
        request=REQUESTS.get(act),
        to=ASKED,
        open_obstacles=1,
        state_before_suspension=State.RETURNED,
        says_why=True,
    )
    return replace(facts, **known)  # type: ignore[arg-type]


def moment_for(act: Act) -> datetime:
    """Give a moment at which `act` is possible: a commitment is recorded after the due time, the rest before."""
    return OVERDUE if act is Act.COMMIT else IN_TERM


RELAYED = {"needs_number": True, "gives_number": True}
OWN = NamedFacts("DISTRICT-1", is_own=True, implements=True, in_force=True)
BY_ME = RequestFacts(ASKED, asked_by_actor=True)
COUNTERED = RequestFacts(ASKED, OFFERED)
OFFERED_BY_ME = RequestFacts(ASKED, OFFERED, offered_by_actor=True)


def refusal(act: Act, state: State, now: datetime, **known: object) -> str:
    decided = decide_act(act, facts_for(act, state, **known), now)
    assert isinstance(decided, Refusal)
    return decided.reason


@pytest.mark.parametrize("side", Side)
@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_every_pair_of_the_table_is_decided_as_written(state: State, act: Act, side: Side) -> None:
    decided = decide_act(act, facts_for(act, state, sides=frozenset({side})), moment_for(act))
    needed, after = EXPECTED[state].get(act, (None, None))
    if side is needed:
        assert isinstance(decided, Allowed)
        assert decided.state is {"same": state, "earlier": State.RETURNED}.get(str(after), after)
    else:
        assert isinstance(decided, Refusal)
        assert decided.reason
    assert side_needed(act, state) is needed


@pytest.mark.parametrize("state", State)
def test_the_table_has_no_other_pair_than_those_written_here(state: State) -> None:
    pairs = {pair.act: pair for pair in TRANSITIONS if pair.state is state}
    assert {act: pair.side for act, pair in pairs.items()} == {act: one[0] for act, one in EXPECTED[state].items()}
    for act, (_, after) in EXPECTED[state].items():
        assert state_after(pairs[act], State.RETURNED) is {"same": state, "earlier": State.RETURNED}.get(after, after)


@pytest.mark.parametrize(("state", "act"), PAIRS)
def test_a_stranger_may_do_nothing(state: State, act: Act) -> None:
    assert isinstance(decide_act(act, facts_for(act, state, sides=frozenset()), moment_for(act)), Refusal)


def test_the_table_has_one_line_a_pair() -> None:
    assert len({(line.state, line.act) for line in TRANSITIONS}) == len(TRANSITIONS)


def test_no_act_leaves_an_end_and_every_other_state_reaches_one() -> None:
    assert not [line for line in TRANSITIONS if line.state in ENDED]
    for state in set(State) - ENDED:
        assert {line.after for line in TRANSITIONS if line.state is state} & ENDED


def test_a_refusal_says_what_would_be_possible() -> None:
    reason = refusal(Act.ACKNOWLEDGE, State.SUBMITTED, IN_TERM)
    assert (
        reason
        == "it is submitted, and acknowledge is not possible then; possible: confirm, return, answer, waive, cancel"
    )
    assert "its life has ended" in refusal(Act.SUBMIT, State.COMPLETED, IN_TERM)


@pytest.mark.parametrize(
    ("act", "state", "now", "known", "reason"),
    [
        (Act.RETURN, State.SUBMITTED, IN_TERM, {"says_why": False}, "needs a reason"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"says_why": False}, "needs a reason"),
        (Act.COMMIT, State.ASSIGNED, OVERDUE, {"says_why": False}, "needs a reason"),
        (Act.SUSPEND, State.ASSIGNED, IN_TERM, {"says_why": False}, "basis document"),
        (Act.WAIVE, State.ASSIGNED, IN_TERM, {"says_why": False}, "needs a reason"),
        (Act.CANCEL, State.ASSIGNED, IN_TERM, {"says_why": False}, "needs a reason"),
        (Act.CONFIRM, State.SUBMITTED, IN_TERM, {"is_submitter": True}, "another officer"),  # four eyes
        (Act.RETURN, State.SUBMITTED, IN_TERM, {"is_submitter": True}, "another officer"),
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, {"needs_number": True}, "number"),  # a relay duty is done by a document
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, RELAYED | {"named": replace(OWN, is_own=False)}, "is of DISTRICT-1, not"),
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, RELAYED | {"named": replace(OWN, in_force=False)}, "no longer in force"),
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, RELAYED | {"named": replace(OWN, implements=False)}, "implements"),
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, {"needs_minutes": True}, "--minutes"),  # an adoption gate
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, RELAYED | {"needs_minutes": True}, "--minutes"),
        (Act.EXTEND, State.ASSIGNED, OVERDUE, {}, "commit"),  # too late: names what is possible instead
        (Act.EXTEND, State.ASSIGNED, DUE, {}, "commit"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"due_at": None, "nominal_due": None}, "no deadline"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"request": RequestFacts(ASKED)}, "one at a time"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"request": COUNTERED}, "accept or decline that first"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"granted": 2}, "extended 2 times already"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"to": NOMINAL}, "after the due date 2025-02-28"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"to": None}, "after the due date 2025-02-28"),
        (
            Act.EXTEND,
            State.ASSIGNED,
            IN_TERM,
            {"to": date(2025, 5, 30)},
            "90 days at most (default), so until 2025-05-29",
        ),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"outer_due": date(2025, 3, 14)}, "not be after 2025-03-14"),
        (Act.GRANT, State.ASSIGNED, IN_TERM, {"request": None}, "no extension is asked for"),
        (Act.REFUSE, State.ASSIGNED, IN_TERM, {"request": None}, "no extension is asked for"),
        (Act.COUNTER, State.ASSIGNED, IN_TERM, {"request": None}, "no extension is asked for"),
        (Act.GRANT, State.ASSIGNED, IN_TERM, {"request": BY_ME}, "does not decide"),
        (Act.REFUSE, State.ASSIGNED, IN_TERM, {"request": BY_ME}, "does not decide"),
        (Act.COUNTER, State.ASSIGNED, IN_TERM, {"request": BY_ME}, "does not decide"),
        # What was countered waits for the unit: the office neither grants, nor refuses, nor offers yet another date.
        (Act.GRANT, State.ASSIGNED, IN_TERM, {"request": COUNTERED}, "the unit accepts or declines"),
        (Act.REFUSE, State.ASSIGNED, IN_TERM, {"request": COUNTERED}, "the unit accepts or declines"),
        (Act.COUNTER, State.ASSIGNED, IN_TERM, {"request": COUNTERED}, "the unit accepts or declines"),
        (Act.COUNTER, State.ASSIGNED, IN_TERM, {"to": NOMINAL}, "after the due date 2025-02-28"),
        (Act.COUNTER, State.ASSIGNED, IN_TERM, {"to": date(2025, 6, 1)}, "90 days at most"),
        (Act.COUNTER, State.ASSIGNED, IN_TERM, {"outer_due": date(2025, 3, 14)}, "not be after 2025-03-14"),
        (Act.COUNTER, State.ASSIGNED, datetime(2025, 3, 20, tzinfo=ZONE), {}, "has passed already"),
        (Act.ACCEPT, State.ASSIGNED, IN_TERM, {"request": RequestFacts(ASKED)}, "no other date is offered"),
        (Act.DECLINE, State.ASSIGNED, IN_TERM, {"request": None}, "no other date is offered"),
        (Act.ACCEPT, State.ASSIGNED, IN_TERM, {"request": OFFERED_BY_ME}, "does not answer the offer"),
        (Act.DECLINE, State.ASSIGNED, IN_TERM, {"request": OFFERED_BY_ME}, "does not answer the offer"),
        # A suspension has moved the due date past what was asked or offered.
        (Act.GRANT, State.ASSIGNED, IN_TERM, {"nominal_due": ASKED}, "meanwhile moved past that date: refuse"),
        (Act.ACCEPT, State.ASSIGNED, IN_TERM, {"nominal_due": OFFERED}, "meanwhile moved past that date: decline"),
        # What the unit above owes was meanwhile planned for an earlier day.
        (Act.GRANT, State.ASSIGNED, IN_TERM, {"outer_due": date(2025, 3, 14)}, "not be after 2025-03-14"),
        (Act.ACCEPT, State.ASSIGNED, IN_TERM, {"outer_due": date(2025, 3, 9)}, "not be after 2025-03-09"),
        (Act.OBSTACLE, State.ASSIGNED, IN_TERM, {"says_why": False}, "needs a reason"),
        (Act.ANSWER, State.ASSIGNED, IN_TERM, {"says_why": False}, "needs a reason"),
        (Act.ANSWER, State.SUBMITTED, IN_TERM, {"open_obstacles": 0}, "no obstacle"),
        (Act.ANSWER, State.ASSIGNED, IN_TERM, {"obstacle_is_own": True}, "does not answer it"),
        (Act.SUBMIT, State.ASSIGNED, IN_TERM, {"role": AddresseeRole.COORDINATING}, "for coordination"),
        (Act.EXTEND, State.ASSIGNED, IN_TERM, {"role": AddresseeRole.FOR_INFORMATION}, "for information"),
        (Act.COMMIT, State.ASSIGNED, IN_TERM, {}, "extend"),  # not late yet: names what is possible instead
        (Act.COMMIT, State.ASSIGNED, OVERDUE, {"due_at": None}, "no deadline"),
        (Act.COMMIT, State.ASSIGNED, OVERDUE, {"to": OVERDUE.date()}, "future"),
        (Act.COMMIT, State.ASSIGNED, OVERDUE, {"to": None}, "future"),
    ],
)
def test_an_act_that_the_table_allows_is_refused_for_what_it_lacks(
    act: Act, state: State, now: datetime, known: dict[str, object], reason: str
) -> None:
    assert reason in refusal(act, state, now, **known)


def test_an_extension_up_to_the_outer_due_date_is_possible() -> None:
    facts = facts_for(Act.EXTEND, State.ASSIGNED, outer_due=ASKED)
    assert isinstance(decide_act(Act.EXTEND, facts, IN_TERM), Allowed)


def test_a_promise_is_measured_on_the_clock_of_vietnam() -> None:
    """At 23:00 in London on the 14th it is already the 15th in Hanoi, so the 15th is no longer the future."""
    facts = facts_for(Act.COMMIT, State.ASSIGNED, to=date(2025, 3, 15))
    assert isinstance(decide_act(Act.COMMIT, facts, datetime(2025, 3, 14, 23, tzinfo=UTC)), Refusal)
    assert isinstance(decide_act(Act.COMMIT, facts, datetime(2025, 3, 14, 16, tzinfo=UTC)), Allowed)


@pytest.mark.parametrize(("now", "late"), [(DUE - timedelta(microseconds=1), False), (DUE, True)])
def test_submitting_settles_lateness_and_the_time_of_confirming_does_not(now: datetime, *, late: bool) -> None:
    submitted = decide_act(Act.SUBMIT, facts_for(Act.SUBMIT, State.ACKNOWLEDGED), now)
    assert submitted == Allowed(State.SUBMITTED, now, None, late)
    facts = facts_for(Act.CONFIRM, State.SUBMITTED, submitted_at=now, late=late)
    assert decide_act(Act.CONFIRM, facts, OVERDUE) == Allowed(State.COMPLETED, now, OVERDUE, late)


def test_a_result_sent_back_is_as_if_never_handed_in() -> None:
    facts = facts_for(Act.RETURN, State.SUBMITTED, submitted_at=IN_TERM, late=True)
    assert decide_act(Act.RETURN, facts, IN_TERM) == Allowed(State.RETURNED, None, None, late=False)


@pytest.mark.parametrize("named", [OWN, None])  # registered already, or not yet
def test_a_relay_duty_is_done_by_a_directive_of_the_units_own(named: NamedFacts | None) -> None:
    facts = facts_for(Act.SUBMIT, State.ACKNOWLEDGED, **RELAYED, named=named, needs_minutes=True, gives_minutes=True)
    assert isinstance(decide_act(Act.SUBMIT, facts, IN_TERM), Allowed)


@pytest.mark.parametrize("act", [Act.ACKNOWLEDGE, Act.WAIVE, Act.CANCEL])
def test_what_was_given_for_coordination_may_be_acknowledged_and_ended(act: Act) -> None:
    facts = facts_for(act, State.ASSIGNED, role=AddresseeRole.COORDINATING)
    assert isinstance(decide_act(act, facts, IN_TERM), Allowed)


@pytest.mark.parametrize("before", sorted(OPEN))
def test_resuming_goes_back_to_the_state_before_the_suspension(before: State) -> None:
    facts = facts_for(Act.RESUME, State.SUSPENDED, state_before_suspension=before)
    decided = decide_act(Act.RESUME, facts, IN_TERM)
    assert isinstance(decided, Allowed)
    assert decided.state is before


@given(
    pair=st.sampled_from(PAIRS),
    now=st.datetimes(datetime(2025, 1, 1), datetime(2025, 12, 31), timezones=st.just(ZONE)),  # noqa: DTZ001 (the strategy adds it)
    late=st.booleans(),
    asked=st.booleans(),
)
def test_whatever_is_allowed_keeps_the_times_in_step_with_the_state(
    pair: tuple[State, Act], now: datetime, *, late: bool, asked: bool
) -> None:
    state, act = pair
    facts = facts_for(act, state, late=late and state in CLOCK_STOPPED, request=RequestFacts(ASKED) if asked else None)
    decided = decide_act(act, facts, now)
    if isinstance(decided, Refusal):
        assert decided.reason
        return
    assert state not in ENDED
    assert (decided.submitted_at is not None) is (decided.state in {State.SUBMITTED, State.COMPLETED})
    assert (decided.confirmed_at is not None) is (decided.state is State.COMPLETED)
    assert not decided.late or decided.state in CLOCK_STOPPED


@pytest.mark.parametrize(
    ("nominal", "suspended", "resumed", "moved_to"),
    [
        (NOMINAL, "2025-02-20T09:00", "2025-03-02T09:00", date(2025, 3, 10)),  # ten days stood still
        (NOMINAL, "2025-02-20T09:00", "2025-02-20T17:00", date(2025, 2, 28)),  # resumed the same day: nothing moves
        (NOMINAL, "2025-02-20T23:59", "2025-02-21T00:01", date(2025, 3, 1)),  # calendar days, as lists print them
        # Due on a Sunday, suspended on the Monday that this moved it to: never due before the day of resuming.
        (date(2025, 3, 2), "2025-03-03T09:00", "2025-03-04T09:00", date(2025, 3, 4)),
    ],
)
def test_the_due_date_moves_by_the_days_that_the_clock_stood_still(
    nominal: date, suspended: str, resumed: str, moved_to: date
) -> None:
    at, until = (datetime.fromisoformat(moment).replace(tzinfo=ZONE) for moment in (suspended, resumed))
    assert nominal_due_after_suspension(nominal, at, until) == moved_to
