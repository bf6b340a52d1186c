"""The shown status: a function of state, due time, the unit's act and now. Never stored, so time cannot falsify it.

The official count asks two questions, finished? and within the deadline? (1270/BC-TCTTTg), plus standing duties, which
have no deadline and are never overdue. The late clock stops when the unit submits; a result sent back is not done.
"""

from datetime import datetime, timedelta

from models.vocabulary import State, Status

CLOCK_STOPPED = frozenset({State.SUBMITTED, State.SUSPENDED, State.COMPLETED})
"""States in which lateness was settled by an act and no longer depends on now."""

OPEN = frozenset({State.ASSIGNED, State.ACKNOWLEDGED, State.RETURNED})
"""States in which the unit owes and the clock runs."""

ENDED = frozenset({State.COMPLETED, State.WAIVED, State.CANCELLED})
"""States that no act leaves."""


def is_late(moment: datetime, due_at: datetime | None) -> bool:
    """Say whether `moment` is past the due time: 24:00 of the term's last day (Civil Code 2015, Article 148.6)."""
    return due_at is not None and moment >= due_at


def status_of(state: State, due_at: datetime | None, *, late: bool, now: datetime) -> Status:
    """Give the status shown at `now`. `late` is what the last act settled; it counts while the clock is stopped."""
    if state is State.WAIVED:
        return Status.WAIVED
    if state is State.CANCELLED:
        return Status.CANCELLED
    if due_at is None:
        return Status.NO_DEADLINE
    if state is State.COMPLETED:
        return Status.DONE_LATE if late else Status.DONE_ON_TIME
    overdue = late if state in CLOCK_STOPPED else is_late(now, due_at)
    return Status.OPEN_OVERDUE if overdue else Status.OPEN_IN_TERM


def is_due_soon(state: State, due_at: datetime | None, now: datetime, days: int) -> bool:
    """Say whether an open assignment in term has `days` calendar days or fewer left."""
    return due_at is not None and state in OPEN and now < due_at <= now + timedelta(days=days)
