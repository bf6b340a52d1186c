"""Put a letter back into the outbox by hand: it leaves again under its Message-ID, and the ledger says who asked."""

from datetime import datetime

from sqlalchemy import exists, select

from dondoc.errors import NotFound, Refused
from dondoc.operations.attempts import Attempt, record_attempts
from dondoc.operations.ledger import entry
from models.session import Database
from models.tables.letters import letter, letter_lease
from models.vocabulary import LetterState

REFUSED = {
    LetterState.NEW: "it waits already; run: dondoc deliver",
    LetterState.SENT: "it was sent; the recipient has it",
}


def requeue(database: Database, letter_id: int, *, now: datetime, actor: str = "dondoc letters --requeue") -> None:
    """Let a letter that failed, is in doubt or waits for its next try leave at the next delivery, with all its tries.

    Raises NotFound; Refused for a letter that was sent, is new, or is being sent right now.
    """
    where = f"letter {letter_id}"
    with database.writing() as connection:
        held = exists().where(letter_lease.c.letter_id == letter.c.id, letter_lease.c.until > now)
        found = connection.execute(
            select(letter.c.state, letter.c.attempts, held.label("held")).where(letter.c.id == letter_id)
        ).one_or_none()
        if found is None:
            raise NotFound("there is no such letter; see: dondoc letters", where=where)
        if found.held:
            raise Refused("it is being sent right now; look again in a few minutes", where=where)
        if found.state in REFUSED:
            raise Refused(REFUSED[LetterState(found.state)], where=where)
        with entry(connection, at=now, actor=actor, act="requeued") as opened:
            put_back = Attempt(letter_id, found.attempts + 1, now, LetterState.NEW, f"put back by {actor}")
            record_attempts(connection, opened, [put_back])
