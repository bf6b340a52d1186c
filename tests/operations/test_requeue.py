"""A letter put back by hand leaves again under its Message-ID, and the ledger says so."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from dondoc.errors import NotFound, Refused
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.operations.deliver import DeliverResult, Sender, deliver
from dondoc.operations.lease import LEASE
from dondoc.operations.requeue import requeue
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.ledger import ledger
from models.tables.letters import delivery_attempt, letter, letter_lease
from models.vocabulary import LetterState
from policies.delivery import RETRY_MINUTES
from tests.factories import a_directive_issued, a_province, at
from tests.operations.acting import stored

NOW = at("2025-02-14", "08:05")
LATER = NOW + timedelta(days=1)


class Answering:
    """A transport that answers the same to every letter, and keeps their Message-IDs."""

    def __init__(self, answer: LetterState) -> None:
        """Give `answer` to every letter."""
        self.answer = answer
        self.taken: list[str] = []

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        for one in letters:
            self.taken.append(one.message_id)
            yield DeliveryOutcome(one.key, self.answer, f"scripted {self.answer}")


def delivered(database: Database, transport: Answering, now: datetime = NOW) -> DeliverResult:
    return deliver(database, now, sender=Sender(transport, "dondoc@office.example", "vi", "http://127.0.0.1:8010"))


@pytest.fixture
def outbox(database: Database) -> Database:
    """Give a database whose outbox holds two letters."""
    a_province(database)
    a_directive_issued(database)
    return database


@pytest.mark.parametrize("ended", [LetterState.FAILED, LetterState.AMBIGUOUS, LetterState.RETRY])
def test_a_letter_put_back_leaves_under_its_message_id_and_everything_is_on_record(
    outbox: Database, ended: LetterState
) -> None:
    before = Answering(ended)
    delivered(outbox, before)
    requeue(outbox, 1, now=LATER, actor="office")
    assert verify(outbox).ok
    kept = stored(outbox, letter)[0]
    assert (kept["state"], kept["attempts"], kept["next_try_at"]) == (LetterState.NEW, 2, None)
    with outbox.reading() as connection:
        newest = connection.execute(select(ledger.c.act, ledger.c.actor).order_by(ledger.c.seq.desc())).first()
    assert newest == ("requeued", "office")
    after = Answering(LetterState.SENT)
    delivered(outbox, after, LATER)
    assert before.taken[0] in after.taken
    assert [row["result"] for row in stored(outbox, delivery_attempt) if row["letter_id"] == 1] == [
        ended,
        "new",
        "sent",
    ]
    assert verify(outbox).ok


def test_a_letter_put_back_has_all_its_tries_again(outbox: Database) -> None:
    transport, now = Answering(LetterState.RETRY), NOW
    for _round in range(2):
        for _attempt in range(len(RETRY_MINUTES) + 1):
            delivered(outbox, transport, now)
            now += timedelta(days=1)
        assert stored(outbox, letter)[0]["state"] == LetterState.FAILED
        requeue(outbox, 1, now=now)
    assert verify(outbox).ok


def test_a_letter_put_back_after_a_doubt_is_repeated_once_again(outbox: Database) -> None:
    transport = Answering(LetterState.AMBIGUOUS)
    for days in range(3):
        delivered(outbox, transport, NOW + timedelta(days=days))
    assert len(transport.taken) == 4, "each of two letters and its repetition"
    requeue(outbox, 1, now=NOW + timedelta(days=3))
    for days in range(4, 8):
        delivered(outbox, transport, NOW + timedelta(days=days))
    assert len(transport.taken) == 6


def test_what_needs_no_putting_back_is_refused_and_leaves_no_trace(outbox: Database) -> None:
    before = verify(outbox).head
    with pytest.raises(NotFound, match="letter 99"):
        requeue(outbox, 99, now=NOW)
    with pytest.raises(Refused, match="waits already"):
        requeue(outbox, 1, now=NOW)
    with outbox.writing() as connection:
        connection.execute(insert(letter_lease).values(letter_id=1, owner="somebody", until=NOW + LEASE))
    with pytest.raises(Refused, match="being sent"):
        requeue(outbox, 1, now=NOW)
    assert verify(outbox).head == before
    delivered(outbox, Answering(LetterState.SENT))
    with pytest.raises(Refused, match="was sent"):
        requeue(outbox, 2, now=NOW)


def test_a_letter_put_back_by_hand_in_the_tables_is_found(outbox: Database) -> None:
    delivered(outbox, Answering(LetterState.FAILED))
    with outbox.writing() as connection:
        connection.execute(update(letter).where(letter.c.id == 1).values(state=LetterState.NEW))
    assert not verify(outbox).ok
