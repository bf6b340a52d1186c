"""When a letter that did not arrive is tried again, and when the house gives up on it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.vocabulary import LetterState

RETRY_MINUTES = (2, 10, 30, 60, 180, 360, *(720,) * 10)
"""Wait before each further attempt: over five days together. RFC 5321, 4.5.4.1, asks for 30 minutes at least between
tries in the long run, and for four to five days before a letter is given up."""

AMBIGUOUS_MINUTES = 15
"""Wait before the one repetition of a letter whose reply was lost: it goes out again under the same Message-ID."""

JITTER_SHARE = 0.25
"""Up to this share is added to a wait, another for each letter, so that a thousand letters do not return at once."""

DEAD_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""RFC 3463, 3.2 and 3.3, and RFC 7505: no such mailbox or host, no address, moved away, takes no mail, disabled."""

THROTTLE_WINDOW = timedelta(minutes=1)
"""The time over which letters to one domain are counted."""


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


@dataclass(slots=True)
class Throttle:
    """How many more letters each recipient domain may get within the window: `limit` for all, less what it had.

    A mail server that gets a province's letters at once takes the sender for a source of spam.
    """

    limit: int | None
    lately: Counter[str] = field(default_factory=Counter)

    def admits(self, address: str) -> bool:
        """Say whether a letter to `address` may leave now, and count it if so."""
        if self.limit is None:
            return True
        domain = address.rpartition("@")[2].lower()
        if self.lately[domain] >= self.limit:
            return False
        self.lately[domain] += 1
        return True


def address_is_dead(status: str) -> bool:
    """Say whether a final refusal with this status (RFC 3463) means that nothing sent to the address will arrive.

    A full mailbox (5.2.2), a policy (5.7.x) or a letter too large (5.3.4) is no fault of the address.
    """
    return status in DEAD_ADDRESS


def _with_jitter(minutes: int, letter_id: int) -> timedelta:
    # Derived from the letter, not drawn: the same run twice gives the same times.
    share = (letter_id * 2_654_435_761 % 2**32) / 2**32
    return timedelta(minutes=minutes * (1 + JITTER_SHARE * share))
