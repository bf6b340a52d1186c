"""The shown status: what the official count calls an assignment at a moment."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import State, Status
from policies.status import CLOCK_STOPPED, ENDED, OPEN, is_due_soon, is_late, status_of
from policies.workdays import ZONE

DUE = datetime(2025, 3, 1, tzinfo=ZONE)
"""24:00 of 28 February 2025."""
BEFORE, AFTER = DUE - timedelta(seconds=1), DUE
MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2027, 12, 31), timezones=st.just(ZONE))  # noqa: DTZ001 (the strategy adds it)


@pytest.mark.parametrize(
    ("state", "late", "now", "status"),
    [
        (State.ASSIGNED, False, BEFORE, Status.OPEN_IN_TERM),
        (State.ASSIGNED, False, AFTER, Status.OPEN_OVERDUE),
        (State.ACKNOWLEDGED, False, BEFORE, Status.OPEN_IN_TERM),
        (State.ACKNOWLEDGED, False, AFTER, Status.OPEN_OVERDUE),
        (State.RETURNED, False, BEFORE, Status.OPEN_IN_TERM),
        (State.RETURNED, False, AFTER, Status.OPEN_OVERDUE),  # sent back counts as not done
        (State.SUBMITTED, False, BEFORE, Status.OPEN_IN_TERM),
        (State.SUBMITTED, False, AFTER, Status.OPEN_IN_TERM),  # the clock stopped when the unit submitted
        (State.SUBMITTED, True, AFTER, Status.OPEN_OVERDUE),
        (State.SUSPENDED, False, AFTER, Status.OPEN_IN_TERM),
        (State.SUSPENDED, True, AFTER, Status.OPEN_OVERDUE),
        (State.COMPLETED, False, AFTER, Status.DONE_ON_TIME),  # however late the office confirms
        (State.COMPLETED, True, AFTER, Status.DONE_LATE),
        (State.WAIVED, False, AFTER, Status.WAIVED),
        (State.CANCELLED, False, AFTER, Status.CANCELLED),
    ],
)
def test_status_follows_from_state_due_time_act_and_now(
    state: State, *, late: bool, now: datetime, status: Status
) -> None:
    assert status_of(state, DUE, late=late, now=now) is status


@pytest.mark.parametrize("state", [state for state in State if state not in {State.WAIVED, State.CANCELLED}])
def test_a_standing_duty_is_never_overdue(state: State) -> None:
    assert status_of(state, None, late=False, now=AFTER) is Status.NO_DEADLINE


def test_a_term_ends_at_midnight_after_its_last_day() -> None:
    assert not is_late(datetime(2025, 2, 28, 23, 59, 59, tzinfo=ZONE), DUE)
    assert is_late(datetime(2025, 3, 1, tzinfo=ZONE), DUE)
    assert not is_late(AFTER, None)


def test_due_on_a_sunday_a_result_on_monday_evening_is_on_time() -> None:
    effective_monday_ends = datetime(2024, 4, 2, tzinfo=ZONE)
    assert not is_late(datetime(2024, 4, 1, 23, 59, tzinfo=ZONE), effective_monday_ends)


def test_every_state_is_open_stopped_or_ended() -> None:
    assert set(State) == OPEN | CLOCK_STOPPED | ENDED
    assert not OPEN & (CLOCK_STOPPED | ENDED)


@given(state=st.sampled_from(State), late=st.booleans(), one=MOMENTS, other=MOMENTS)
def test_time_alone_changes_only_open_into_overdue(state: State, *, late: bool, one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    before = status_of(state, DUE, late=late, now=earlier)
    after = status_of(state, DUE, late=late, now=later)
    assert before is after or (state in OPEN and (before, after) == (Status.OPEN_IN_TERM, Status.OPEN_OVERDUE))


@pytest.mark.parametrize(
    ("state", "now", "soon"),
    [
        (State.ASSIGNED, DUE - timedelta(days=3), True),
        (State.ASSIGNED, DUE - timedelta(days=3, seconds=1), False),
        (State.RETURNED, BEFORE, True),
        (State.ASSIGNED, AFTER, False),  # overdue is no longer due soon
        (State.SUBMITTED, BEFORE, False),  # nothing is owed
    ],
)
def test_due_soon_is_what_is_owed_within_the_days(state: State, now: datetime, *, soon: bool) -> None:
    assert is_due_soon(state, DUE, now, days=3) is soon
    assert not is_due_soon(state, None, now, days=3)
