"""How letters leave: by maildir and by SMTP, again after a failure, once after a doubt, and never twice at once."""

import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Lock
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from sqlalchemy import Connection, delete, func, insert, select, update

from dondoc.errors import InvalidInput
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter, Transport
from dondoc.mail.maildir import MaildirTransport
from dondoc.mail.render import render
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from dondoc.mail.values import LetterValues, RenderedLetter
from dondoc.operations.deliver import DeliverResult, Sender, deliver
from dondoc.operations.lease import LEASE
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.verify import verify
from models.session import Database, open_database
from models.tables.ledger import ledger
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
    database: Database,
    transport: Transport,
    now: datetime = NOW,
    *,
    batch: int = 100,
    clock: Callable[[], datetime] | None = None,
) -> DeliverResult:
    sender = Sender(transport, "dondoc@office.example", "vi", "http://127.0.0.1:8010")
    return deliver(database, now, sender=sender, batch=batch, clock=clock)


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


def test_a_deliverer_that_died_leaves_its_letter_in_doubt_and_it_is_sent_once_more(outbox: Database) -> None:
    die_with_a_letter(outbox, NOW)
    transport = Recording()
    assert delivered(outbox, transport) == DeliverResult(1, 0, 0, 0)
    assert delivered(outbox, transport, NOW + LEASE - timedelta(seconds=1)) == DeliverResult(0, 0, 0, 0)
    assert delivered(outbox, transport, NOW + LEASE) == DeliverResult(0, 0, 0, 1)
    assert verify(outbox).ok
    assert delivered(outbox, transport, NOW + LEASE + timedelta(hours=1)) == DeliverResult(1, 0, 0, 0)
    assert len(transport.sent) == 2
    assert results(outbox) == [AMBIGUOUS, SENT]
    assert verify(outbox).ok


def test_a_letter_that_kills_whoever_sends_it_is_not_sent_for_ever(outbox: Database) -> None:
    keep_one_letter(outbox)
    for hours in (0, 1):
        die_with_a_letter(outbox, NOW + timedelta(hours=hours))
        assert delivered(outbox, Recording(), NOW + timedelta(hours=hours) + LEASE).ambiguous == 1
    transport = Recording()
    assert delivered(outbox, transport, NOW + timedelta(days=9)) == DeliverResult(0, 0, 0, 0)
    assert transport.sent == []
    assert results(outbox) == [AMBIGUOUS, AMBIGUOUS]
    assert verify(outbox).ok


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
    assert stored(outbox) == [(AMBIGUOUS, 1, None)] * 2, "the other one noted the doubt"
    assert delivered(outbox, Recording(), NOW + timedelta(hours=2)).sent == 2
    assert verify(outbox).ok


class Ticking:
    """A clock that moves on by so much each time somebody looks."""

    def __init__(self, step: timedelta) -> None:
        """Start at NOW."""
        self.at, self.step = NOW, step

    def __call__(self) -> datetime:
        self.at += self.step
        return self.at


def test_a_long_run_records_when_each_letter_left_and_leases_from_the_present(outbox: Database) -> None:
    class Slow(Recording):
        """Looks at the leases while it holds a letter."""

        def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
            for outcome in super().send_batch(letters):
                with outbox.reading() as connection:
                    left.extend(
                        until - clock.at for until in connection.execute(select(letter_lease.c.until)).scalars()
                    )
                yield outcome

    left: list[timedelta] = []
    clock = Ticking(timedelta(minutes=4))
    assert delivered(outbox, Slow(), batch=1, clock=clock).sent == 2
    first, second = (sent_at for _state, _attempts, sent_at in stored(outbox))
    assert first is not None
    assert second is not None
    assert NOW < first < second < clock.at
    assert len(left) == 2
    assert min(left) > timedelta(0), "the second batch was leased long after the run began"
    assert results(outbox) == [SENT]
    assert verify(outbox).ok


def test_no_letter_is_begun_late_in_its_lease_but_every_letter_is(outbox: Database) -> None:
    """The clock moves on by six minutes a look: a batch of two begins its first only, the next batch the other."""
    transport = Recording()
    assert delivered(outbox, transport, clock=Ticking(timedelta(minutes=6))) == DeliverResult(2, 0, 0, 0)
    assert sorted(one.recipient for one in transport.sent) == [focal(DISTRICT), focal(OTHER)]
    assert entries_named(outbox, "delivered") == 2
    assert verify(outbox).ok


def test_a_letter_that_cannot_be_made_waits_alone(outbox: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(values: LetterValues, language: str) -> RenderedLetter:
        if values.to_address == focal(DISTRICT):
            raise ZeroDivisionError("a letter of no lines")
        return render(values, language)

    with monkeypatch.context() as at_fault:
        at_fault.setattr("dondoc.operations.deliver.render", broken)
        assert delivered(outbox, Recording()) == DeliverResult(1, 1, 0, 0)
    [attempt] = [row for row in attempts(outbox) if row["result"] == RETRY]
    assert attempt["reply"] == "it cannot be made: ZeroDivisionError: a letter of no lines"
    assert attempt["content_sha256"] is None
    assert delivered(outbox, Recording(), NOW + timedelta(hours=1)).sent == 1
    assert verify(outbox).ok


@pytest.mark.parametrize("trouble", ["one cannot be read", "one is missing"])
def test_a_letter_whose_rows_cannot_be_read_waits_alone(
    outbox: Database, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    def broken(connection: Connection, letter_ids: Sequence[int], **given: Any) -> dict[int, LetterValues]:
        if trouble == "one cannot be read" and 1 in letter_ids:
            raise KeyError("plan 7")
        found = load_letter_values(connection, letter_ids, **given)
        found.pop(1, None)
        return found

    monkeypatch.setattr("dondoc.operations.deliver.load_letter_values", broken)
    assert delivered(outbox, Recording()) == DeliverResult(1, 1, 0, 0)
    assert stored(outbox)[0][:2] == (RETRY, 1)
    assert verify(outbox).ok


def test_what_a_transport_leaves_without_an_answer_is_in_doubt_and_the_rest_is_on_record(outbox: Database) -> None:
    class Breaking(Recording):
        def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
            yield next(outcomes := super().send_batch(letters))
            next(outcomes)
            raise RuntimeError("a fault of the program")

    assert delivered(outbox, Breaking()) == DeliverResult(1, 0, 0, 1)
    assert [row["result"] for row in attempts(outbox)] == [SENT, AMBIGUOUS]
    assert verify(outbox).ok


def test_an_attempt_keeps_the_digest_of_the_bytes_that_left(outbox: Database) -> None:
    transport = Recording()
    delivered(outbox, transport)
    digests = {sha256(one.content).hexdigest() for one in transport.sent}
    assert {row["content_sha256"] for row in attempts(outbox)} == digests
    assert len(digests) == 2


def test_a_changed_digest_of_what_left_is_found(outbox: Database) -> None:
    delivered(outbox, Recording())
    with outbox.writing() as connection:
        connection.execute(update(delivery_attempt).values(content_sha256="0" * 64))
    assert not verify(outbox).ok


def test_a_sender_that_cannot_write_is_refused_before_any_letter_is_touched() -> None:
    with pytest.raises(InvalidInput, match="mail_server"):
        Sender(Recording(), "dondoc@mail_server", "vi", "http://127.0.0.1:8010")


def attempts(database: Database) -> list[Mapping[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(select(delivery_attempt).order_by("id")).mappings()]


def entries_named(database: Database, act: str) -> int:
    with database.reading() as connection:
        statement = select(func.count()).select_from(ledger).where(ledger.c.act == act)
        return connection.execute(statement).scalar_one()


def die_with_a_letter(database: Database, now: datetime) -> None:
    """Leave the first letter to a deliverer that is no more."""
    with database.writing() as connection:
        connection.execute(insert(letter_lease).values(letter_id=1, owner="dead", until=now + LEASE))


def keep_one_letter(database: Database) -> None:
    """Let the second letter have left already."""
    transport = Recording()
    with database.writing() as connection:
        connection.execute(insert(letter_lease).values(letter_id=1, owner="test", until=NOW))
    delivered(database, transport, NOW - timedelta(minutes=1))
    with database.writing() as connection:
        connection.execute(delete(letter_lease))
    assert len(transport.sent) == 1
