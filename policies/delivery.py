"""When a letter that did not arrive is tried again, and when the house gives up on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.vocabulary import LetterState

RETRY_MINUTES = (2, 10, 30, 60, 180, 360, *(720,) * 10)
"""Wait before each further attempt: over five days together. RFC 5321, 4.5.4.1, asks for 30 minutes at least between
tries in the long run, and for four to five days before a letter is given up."""

AMBIGUOUS_MINUTES = 15
"""Wait before the one repetition of a letter whose reply was lost: it goes out again under the same Message-ID."""

JITTER_SHARE = 0.25
"""Up to this share is added to a wait, another for each letter, so that a thousand letters do not return at once."""


@dataclass(frozen=True, slots=True)
class NextTry:
    """What a letter's state becomes, and when it is tried again (None: never)."""

    state: LetterState
    at: datetime | None


def next_try(letter_id: int, result: LetterState, attempt: int, was_ambiguous: bool, now: datetime) -> NextTry:  # noqa: FBT001 (a fact)
    """Decide after attempt number `attempt` (from 1, anew where a person put the letter back) ended with `result`.

    A lost reply is repeated once: a second letter under the same Message-ID does less harm than none.
    """
    if result is LetterState.RETRY:
        if attempt > len(RETRY_MINUTES):
            return NextTry(LetterState.FAILED, None)
        return NextTry(LetterState.RETRY, now + _with_jitter(RETRY_MINUTES[attempt - 1], letter_id))
    if result is LetterState.AMBIGUOUS:
        again = None if was_ambiguous else now + _with_jitter(AMBIGUOUS_MINUTES, letter_id)
        return NextTry(LetterState.AMBIGUOUS, again)
    return NextTry(result, None)


def _with_jitter(minutes: int, letter_id: int) -> timedelta:
    # Derived from the letter, not drawn: the same run twice gives the same times.
    share = (letter_id * 2_654_435_761 % 2**32) / 2**32
    return timedelta(minutes=minutes * (1 + JITTER_SHARE * share))
