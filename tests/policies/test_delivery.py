"""When a letter is tried again: later each time, then no more; and once only where it may have arrived."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import LetterState
from policies.delivery import AMBIGUOUS_MINUTES, JITTER_SHARE, RETRY_MINUTES, NextTry, next_try
from policies.workdays import ZONE

NOW = datetime(2025, 2, 19, 7, 45, tzinfo=ZONE)


@pytest.mark.parametrize("result", [LetterState.SENT, LetterState.FAILED])
def test_what_is_settled_is_not_tried_again(result: LetterState) -> None:
    assert next_try(1, result, 1, was_ambiguous=False, now=NOW) == NextTry(result, None)


@given(st.integers(1, 10**9))
def test_waits_never_shrink_from_try_to_try_and_then_the_letter_has_failed(letter_id: int) -> None:
    tries = [
        next_try(letter_id, LetterState.RETRY, attempt, was_ambiguous=False, now=NOW)
        for attempt in range(1, len(RETRY_MINUTES) + 2)
    ]
    assert tries.pop() == NextTry(LetterState.FAILED, None)
    waits = [one.at - NOW for one in tries if one.at]
    assert [one.state for one in tries] == [LetterState.RETRY] * len(RETRY_MINUTES)
    assert waits == sorted(waits)
    for wait, minutes in zip(waits, RETRY_MINUTES, strict=True):
        assert timedelta(minutes=minutes) <= wait <= timedelta(minutes=minutes * (1 + JITTER_SHARE))


def test_an_outage_of_five_days_loses_no_letter() -> None:
    """RFC 5321, 4.5.4.1: "the give-up time generally needs to be at least 4-5 days"."""
    assert timedelta(minutes=sum(RETRY_MINUTES)) >= timedelta(days=5)


@given(st.integers(1, 10**9), st.integers(1, 9))
def test_a_letter_in_doubt_goes_out_once_more_and_never_again(letter_id: int, attempt: int) -> None:
    first = next_try(letter_id, LetterState.AMBIGUOUS, attempt, was_ambiguous=False, now=NOW)
    assert first.state is LetterState.AMBIGUOUS
    assert first.at is not None
    assert first.at >= NOW + timedelta(minutes=AMBIGUOUS_MINUTES)
    again = next_try(letter_id, LetterState.AMBIGUOUS, attempt + 1, was_ambiguous=True, now=NOW)
    assert again == NextTry(LetterState.AMBIGUOUS, None)


def test_a_thousand_letters_do_not_come_back_at_the_same_moment() -> None:
    moments = {next_try(number, LetterState.RETRY, 1, was_ambiguous=False, now=NOW).at for number in range(1_000)}
    assert len(moments) > 900
