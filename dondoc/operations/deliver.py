"""Send what the outbox holds: lease a batch, render it from its rows, hand it over, record every outcome."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from dondoc.errors import InvalidInput
from dondoc.mail.delivery import DeliveryOutcome, Transport
from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.mail.values import LetterValues
from dondoc.operations.ledger import entry
from dondoc.operations.letter_values import load_letter_values
from models.session import Database
from models.tables.letters import delivery_attempt, letter, letter_lease
from models.vocabulary import LetterState
from policies.delivery import next_try

BATCH_LETTERS = 100
"""Letters leased and sent together, over one connection: few enough that a slow server does not outlast the lease."""

LEASE = timedelta(minutes=10)
"""After this a letter whose deliverer fell silent is taken to be in doubt, and sent once more under its Message-ID."""

WAITING = (LetterState.NEW.value, LetterState.RETRY.value, LetterState.AMBIGUOUS.value)


@dataclass(frozen=True, slots=True)
class DeliverResult:
    """How many letters were sent, will be tried again, failed for good, or may have arrived."""

    sent: int
    retry: int
    failed: int
    ambiguous: int


@dataclass(frozen=True, slots=True)
class Sender:
    """How letters leave: by what, from whom, in which language, with links to where."""

    transport: Transport
    address: str
    language: str
    base_url: str


def deliver(
    database: Database, now: datetime, *, sender: Sender, actor: str = "dondoc deliver", batch: int = BATCH_LETTERS
) -> DeliverResult:
    """Send everything that waits at `now`, batch by batch.

    1. Lease a batch of letters that nobody else is sending.
    2. Render each from the rows it names.
    3. Hand them over one connection; note each outcome as it comes.
    4. Record the outcomes, end the leases, commit the ledger; a lost process leaves the lease to run out.
    """
    counts: Counter[LetterState] = Counter()
    while True:
        owner = uuid4().hex
        with database.writing() as connection:
            leased = _lease(connection, owner, now, batch)
        if not leased:
            break
        with database.reading() as connection:
            values = load_letter_values(connection, [row.id for row in leased], base_url=sender.base_url)
        outcomes = {int(outcome.key): outcome for outcome in _send(leased, values, sender)}
        with database.writing() as connection:
            counts.update(_record(connection, leased=leased, outcomes=outcomes, owner=owner, now=now, actor=actor))
    return DeliverResult(
        counts[LetterState.SENT], counts[LetterState.RETRY], counts[LetterState.FAILED], counts[LetterState.AMBIGUOUS]
    )


def _lease(connection: Connection, owner: str, now: datetime, size: int) -> Sequence[Any]:
    connection.execute(delete(letter_lease).where(letter_lease.c.until <= now))
    held = exists().where(letter_lease.c.letter_id == letter.c.id)
    doubted = exists().where(
        delivery_attempt.c.letter_id == letter.c.id, delivery_attempt.c.result == LetterState.AMBIGUOUS
    )
    rows = connection.execute(
        select(letter.c.id, letter.c.attempts, doubted.label("was_ambiguous"))
        .where(letter.c.state.in_(WAITING))
        .where((letter.c.state == LetterState.NEW) | (letter.c.next_try_at <= now))
        .where(~held)
        .order_by(letter.c.id)
        .limit(size)
    ).all()
    if rows:
        leases = [{"letter_id": row.id, "owner": owner, "until": now + LEASE} for row in rows]
        connection.execute(insert(letter_lease), leases)
    return rows


def _send(leased: Sequence[Row[Any]], values: Mapping[int, LetterValues], sender: Sender) -> Iterator[DeliveryOutcome]:
    """Compose and send each letter; one that cannot be written down (a broken address) fails alone, for good."""
    outgoing = []
    for row in leased:
        try:
            outgoing.append(compose(render(values[row.id], sender.language), key=str(row.id), sender=sender.address))
        except InvalidInput as error:
            yield DeliveryOutcome(str(row.id), LetterState.FAILED, str(error))
    yield from sender.transport.send_batch(outgoing)


def _record(  # noqa: PLR0913 (a batch, its outcomes, and who records them when)
    connection: Connection,
    *,
    leased: Sequence[Row[Any]],
    outcomes: dict[int, DeliveryOutcome],
    owner: str,
    now: datetime,
    actor: str,
) -> Counter[LetterState]:
    """Record the outcomes of the letters whose lease is still ours; another deliverer's are its own to record."""
    ours = set(connection.execute(select(letter_lease.c.letter_id).where(letter_lease.c.owner == owner)).scalars())
    done = [row for row in leased if row.id in outcomes and row.id in ours]
    counts: Counter[LetterState] = Counter()
    with entry(connection, at=now, actor=actor, act="delivered") as opened:
        if not done:
            opened.abandon()
            return counts
        attempts, changes = [], []
        for row in done:
            outcome = outcomes[row.id]
            decided = next_try(row.id, outcome.result, row.attempts + 1, row.was_ambiguous, now)
            counts[decided.state] += 1
            attempts.append(
                {
                    "letter_id": row.id,
                    "attempt": row.attempts + 1,
                    "at": now,
                    "result": decided.state,
                    "reply": outcome.reply,
                    "next_try_at": decided.at,
                    "entry": opened.seq,
                }
            )
            changes.append(
                {
                    "this": row.id,
                    "to_state": decided.state,
                    "made": row.attempts + 1,
                    "next": decided.at,
                    "arrived": now if decided.state is LetterState.SENT else None,
                }
            )
        connection.execute(insert(delivery_attempt), attempts)
        connection.execute(_CHANGE, changes)
        connection.execute(delete(letter_lease).where(letter_lease.c.owner == owner))
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
