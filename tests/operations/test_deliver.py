"""How letters leave: by maildir and by SMTP, again after a failure, once after a doubt, and never twice at once."""

import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from sqlalchemy import insert, select, update

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter, Transport
from dondoc.mail.maildir import MaildirTransport
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from dondoc.operations.deliver import LEASE, DeliverResult, Sender, deliver
from dondoc.operations.verify import verify
from models.session import Database, open_database
from models.tables.letters import delivery_attempt, letter, letter_lease
from models.vocabulary import LetterState
from policies.delivery import RETRY_MINUTES
from tests.factories import a_directive_issued, a_province, at, focal
from tests.mail.scripted_server import DROP, Script, ScriptedServer, serving
from tests.operations.acting import DISTRICT, OTHER, entries

NOW = at("2025-02-14", "08:05")
SENT, RETRY, FAILED, AMBIGUOUS = LetterState.SENT, LetterState.RETRY, LetterState.FAILED, LetterState.AMBIGUOUS


@pytest.fixture
def outbox(database: Database) -> Database:
    """Give a database whose outbox holds two letters, to the focal officers of two districts."""
    a_province(database)
    a_directive_issued(database)
    return database


class Recording:
    """A transport that answers what it is told to and keeps what it was given."""

    def __init__(self, *answers: LetterState) -> None:
        """Give these answers in turn, the last one for all further letters."""
        self.answers = answers or (SENT,)
        self.sent: list[OutgoingLetter] = []
        self.lock = Lock()

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        for one in letters:
            with self.lock:
                answer = self.answers[min(len(self.sent), len(self.answers) - 1)]
                self.sent.append(one)
            yield DeliveryOutcome(one.key, answer, f"scripted {answer}")


def delivered(
    database: Database, transport: Transport, now: datetime = NOW, *, language: str = "vi", batch: int = 100
) -> DeliverResult:
    sender = Sender(transport, "dondoc@office.example", language, "http://127.0.0.1:8010")
    return deliver(database, now, sender=sender, batch=batch)


def stored(database: Database) -> list[tuple[str, int, datetime | None]]:
    with database.reading() as connection:
        rows = connection.execute(select(letter.c.state, letter.c.attempts, letter.c.sent_at).order_by(letter.c.id))
        return [(row.state, row.attempts, row.sent_at) for row in rows]


def results(database: Database, letter_id: int = 1) -> list[str]:
    with database.reading() as connection:
        statement = select(delivery_attempt.c.result).where(delivery_attempt.c.letter_id == letter_id)
        return list(connection.execute(statement.order_by(delivery_attempt.c.attempt)).scalars())


def over_smtp(server: ScriptedServer) -> SmtpTransport:
    return SmtpTransport(mail_server(f"smtp://127.0.0.1:{server.port}"), timeout_seconds=0.3)


def test_letters_arrive_in_the_maildir_and_are_marked_as_sent_with_their_attempt(
    outbox: Database, tmp_path: Path
) -> None:
    assert delivered(outbox, MaildirTransport(tmp_path)) == DeliverResult(2, 0, 0, 0)
    messages = [message_from_bytes(file.read_bytes()) for file in sorted((tmp_path / "new").iterdir())]
    assert {message["To"].partition("<")[2] or message["To"] for message in messages} == {
        f"{focal(DISTRICT)}>",
        f"{focal(OTHER)}>",
    }
    assert stored(outbox) == [(SENT, 1, NOW)] * 2
    assert results(outbox) == [SENT]
    assert verify(outbox).ok


def test_a_second_delivery_finds_nothing_and_writes_nothing(outbox: Database, tmp_path: Path) -> None:
    delivered(outbox, MaildirTransport(tmp_path))
    before = entries(outbox)
    assert delivered(outbox, MaildirTransport(tmp_path)) == DeliverResult(0, 0, 0, 0)
    assert entries(outbox) == before


def test_a_mail_server_takes_each_letter_for_its_recipient_alone(outbox: Database) -> None:
    taken: list[tuple[list[str], str]] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 (the library's name)
            assert isinstance(envelope.content, bytes)
            taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content)["Message-ID"]))
            return "250 taken"

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert delivered(outbox, SmtpTransport(mail_server(f"smtp://127.0.0.1:{port}"))).sent == 2
    finally:
        controller.stop()
    assert sorted(to for to, _id in taken) == [[focal(DISTRICT)], [focal(OTHER)]]
    assert len({message_id for _to, message_id in taken}) == 2
    assert stored(outbox) == [(SENT, 1, NOW)] * 2


def test_a_letter_refused_for_now_is_tried_less_and_less_often_and_then_has_failed(outbox: Database) -> None:
    transport = Recording(RETRY)
    now, waits = NOW, []
    for _attempt in range(len(RETRY_MINUTES) + 1):
        delivered(outbox, transport, now)
        with outbox.reading() as connection:
            again = connection.execute(select(letter.c.next_try_at).order_by(letter.c.id)).scalars().first()
        if again is None:
            break
        assert delivered(outbox, transport, again - timedelta(seconds=1)).retry <= 1, "this one waits its time"
        waits.append(again - now)
        now = again + timedelta(minutes=200)  # the other letter's own moment lies near
    assert results(outbox) == [RETRY] * len(RETRY_MINUTES) + [FAILED]
    assert waits == sorted(waits)
    assert delivered(outbox, transport, now + timedelta(days=9)) == DeliverResult(0, 0, 0, 0)
    assert verify(outbox).ok


def test_a_letter_refused_once_leaves_at_the_next_try(outbox: Database) -> None:
    with serving({"rcpt": ["450 later", "250 ok"]}, {}) as server:
        assert delivered(outbox, over_smtp(server)) == DeliverResult(1, 1, 0, 0)
        assert delivered(outbox, over_smtp(server), NOW + timedelta(minutes=5)) == DeliverResult(1, 0, 0, 0)
    assert results(outbox) == [RETRY, SENT]
    assert verify(outbox).ok


def test_a_letter_whose_reply_was_lost_is_repeated_once_under_the_same_message_id(outbox: Database) -> None:
    keep_one_letter(outbox)
    lost: Script = {"body": DROP}
    with serving(lost) as server:
        assert delivered(outbox, over_smtp(server)).ambiguous == 1
        assert delivered(outbox, over_smtp(server), NOW + timedelta(minutes=10)) == DeliverResult(0, 0, 0, 0)
        assert delivered(outbox, over_smtp(server), NOW + timedelta(minutes=20)).ambiguous == 1
        assert delivered(outbox, over_smtp(server), NOW + timedelta(days=9)) == DeliverResult(0, 0, 0, 0)
        ids = [message_from_bytes(body)["Message-ID"] for body in server.bodies]
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert results(outbox) == [AMBIGUOUS, AMBIGUOUS]
    assert verify(outbox).ok


def test_a_doubt_is_repeated_once_even_when_the_server_was_busy_in_between(outbox: Database) -> None:
    keep_one_letter(outbox)
    transport = Recording(AMBIGUOUS, RETRY, AMBIGUOUS, SENT)
    for hours in range(0, 48, 2):
        delivered(outbox, transport, NOW + timedelta(hours=hours))
    assert results(outbox) == [AMBIGUOUS, RETRY, AMBIGUOUS]


@pytest.mark.parametrize("address", ["no-at-sign", "two@signs@unit.example", "line\nbreak@unit.example", ""])
def test_a_broken_address_fails_alone(outbox: Database, tmp_path: Path, address: str) -> None:
    """An import refuses such an address; one may stand in rows that came another way."""
    with outbox.writing() as connection:
        connection.execute(update(letter).where(letter.c.id == 1).values(to_address=address))
    assert delivered(outbox, MaildirTransport(tmp_path)) == DeliverResult(1, 0, 1, 0)
    assert stored(outbox) == [(FAILED, 1, None), (SENT, 1, NOW)]


def test_deliverers_at_once_send_each_letter_once(outbox: Database, database_url: str) -> None:
    transport, barrier = Recording(), Barrier(3)

    def one_process(_number: int) -> DeliverResult:
        opened = open_database(database_url)
        try:
            barrier.wait(timeout=30)
            return delivered(opened, transport, batch=1)
        finally:
            opened.dispose()

    with ThreadPoolExecutor(3) as pool:
        assert sum(one.sent for one in pool.map(one_process, range(3))) == 2
    assert sorted(one.recipient for one in transport.sent) == [focal(DISTRICT), focal(OTHER)]
    assert verify(outbox).ok


def test_a_deliverer_that_died_leaves_its_letters_for_a_while_and_not_for_good(outbox: Database) -> None:
    with outbox.writing() as connection:
        connection.execute(insert(letter_lease).values(letter_id=1, owner="dead", until=NOW + LEASE))
    transport = Recording()
    assert delivered(outbox, transport).sent == 1
    assert delivered(outbox, transport, NOW + LEASE - timedelta(seconds=1)).sent == 0
    assert delivered(outbox, transport, NOW + LEASE).sent == 1
    assert len(transport.sent) == 2


def test_a_deliverer_that_comes_back_too_late_records_nothing_for_letters_taken_over(
    outbox: Database, database_url: str
) -> None:
    class Slow(Recording):
        """Takes so long with its first letter that the lease runs out and another deliverer sends everything."""

        def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
            other = open_database(database_url)
            delivered(other, Recording(), NOW + 2 * LEASE)
            other.dispose()
            yield from super().send_batch(letters)

    assert delivered(outbox, Slow()) == DeliverResult(0, 0, 0, 0)
    assert stored(outbox) == [(SENT, 1, NOW + 2 * LEASE)] * 2
    assert verify(outbox).ok


def keep_one_letter(database: Database) -> None:
    """Let the second letter have left already."""
    transport = Recording()
    with database.writing() as connection:
        connection.execute(insert(letter_lease).values(letter_id=1, owner="test", until=NOW))
    delivered(database, transport, NOW - timedelta(minutes=1))
    assert len(transport.sent) == 1
