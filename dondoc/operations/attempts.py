"""A letter's state changes in one way only: with a row that says what was attempted, which an entry commits to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, update

from dondoc.operations.ledger import Entry
from models.tables.letters import delivery_attempt, letter
from models.vocabulary import LetterState


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a letter at `at`. `content_sha256` is of the bytes handed over, None where nothing was."""

    letter_id: int
    attempt: int
    at: datetime
    result: LetterState
    reply: str
    next_try_at: datetime | None = None
    content_sha256: str | None = None


def record_attempts(connection: Connection, opened: Entry, attempts: Sequence[Attempt]) -> Counter[LetterState]:
    """Write attempts and bring their letters to where they left them; give how many ended how."""
    connection.execute(insert(delivery_attempt), [asdict(one) | {"entry": opened.seq} for one in attempts])
    changes = [
        {
            "this": one.letter_id,
            "to_state": one.result,
            "made": one.attempt,
            "next": one.next_try_at,
            "arrived": one.at if one.result is LetterState.SENT else None,
        }
        for one in attempts
    ]
    connection.execute(_CHANGE, changes)
    counts = Counter(one.result for one in attempts)
    opened.commits(delivery_attempt)
    opened.detail |= {state.value: count for state, count in counts.items()}
    return counts


_CHANGE = (
    update(letter)
    .where(letter.c.id == bindparam("this"))
    .values(
        state=bindparam("to_state"),
        attempts=bindparam("made"),
        next_try_at=bindparam("next"),
        sent_at=bindparam("arrived"),
    )
)
