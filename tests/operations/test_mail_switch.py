"""The switch of all mail, and each recipient domain's share: what is kept back is counted, and leaves later."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Text, cast, literal, select, update

from dondoc.errors import InvalidInput, Refused
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.mail.render import render
from dondoc.mail.values import LetterValues, RenderedLetter
from dondoc.operations.deliver import DeliverResult, Sender, deliver
from dondoc.operations.departures import departures
from dondoc.operations.mail_switch import mail_switch_of, turn_mail
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.ledger import ledger
from models.tables.letters import letter
from models.vocabulary import LetterState
from policies.delivery import Throttle
from tests.factories import GRASSROOTS, a_directive_issued, a_province, an_obligation, at, focal

NOW = at("2025-02-14", "08:05")
MINUTE = timedelta(minutes=1)


class Taking:
    """A transport that takes every letter; `before` is called ahead of each."""

    def __init__(self) -> None:
        """Begin with nothing taken."""
        self.sent: list[OutgoingLetter] = []

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        for one in letters:
            self.sent.append(one)
            yield DeliveryOutcome(one.key, LetterState.SENT, "250 taken")


@pytest.fixture
def outbox(database: Database) -> Database:
    """Give a database whose outbox holds five letters."""
    a_province(database)
    a_directive_issued(database, an_obligation(addressees={"units": list(GRASSROOTS[:5])}))
    return database


def a_sender(transport: Taking, per_domain: int | None = None) -> Sender:
    return Sender(transport, "dondoc@office.example", "vi", "http://127.0.0.1", per_domain)


def test_while_mail_is_off_letters_wait_and_leave_when_it_is_on_again(outbox: Database) -> None:
    transport = Taking()
    turn_mail(outbox, off=True, by="cán bộ trực", why="sai mẫu thư", now=NOW)
    assert deliver(outbox, NOW, sender=a_sender(transport)) == DeliverResult(0, 0, 0, 0, held=5)
    assert transport.sent == []
    turn_mail(outbox, off=False, by="cán bộ trực", why="đã sửa", now=NOW + MINUTE)
    assert deliver(outbox, NOW + MINUTE, sender=a_sender(transport)) == DeliverResult(5, 0, 0, 0)
    with outbox.reading() as connection:
        acts = connection.execute(select(ledger.c.act, ledger.c.actor).order_by(ledger.c.seq)).all()
    assert [(row.act, row.actor) for row in acts if row.act.startswith("mail_")] == [
        ("mail_off", "cán bộ trực"),
        ("mail_on", "cán bộ trực"),
    ]
    assert verify(outbox).ok


def test_a_delivery_at_work_ends_with_the_batch_it_holds(outbox: Database) -> None:
    class Alarmed(Taking):
        """Turns mail off when it has taken two letters."""

        def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
            for outcome in super().send_batch(letters):
                if len(self.sent) == 2:
                    turn_mail(outbox, off=True, by="cán bộ trực", why="nhầm", now=NOW)
                yield outcome

    transport = Alarmed()
    done = deliver(outbox, NOW, sender=a_sender(transport), batch=2)
    assert (done.sent, done.held) == (2, 3)


def test_the_switch_is_turned_for_a_reason_and_not_twice(outbox: Database) -> None:
    with pytest.raises(InvalidInput, match="say why"):
        turn_mail(outbox, off=True, by="cán bộ trực", why="  ", now=NOW)
    with pytest.raises(InvalidInput, match="who does it"):
        turn_mail(outbox, off=True, by="  ", why="thử", now=NOW)
    with pytest.raises(Refused, match="mail is on already"):
        turn_mail(outbox, off=False, by="cán bộ trực", why="thử", now=NOW)
    with outbox.reading() as connection:
        assert not mail_switch_of(connection).off


def turned_to_one_domain(outbox: Database) -> None:
    """Write all letters to one domain: an office's units often have their mailboxes with one provider."""
    with outbox.writing() as connection:
        connection.execute(
            update(letter).values(to_address=literal("unit") + cast(letter.c.id, Text) + "@units.example")
        )


def test_a_domain_gets_its_share_each_minute_and_the_rest_waits(outbox: Database) -> None:
    turned_to_one_domain(outbox)
    transport = Taking()
    taken = [deliver(outbox, NOW + n * MINUTE, sender=a_sender(transport, per_domain=2)) for n in range(4)]
    assert [(one.sent, one.held) for one in taken] == [(2, 3), (2, 1), (1, 0), (0, 0)]
    assert len({one.message_id for one in transport.sent}) == 5


def test_a_share_is_of_each_domain_by_itself_and_minds_no_capitals() -> None:
    throttle = Throttle(1)
    admitted = [throttle.admits(one) for one in ("a@x.example", "b@X.example", "a@y.example")]
    assert admitted == [True, False, True]


def test_a_dry_run_makes_every_letter_and_changes_nothing(outbox: Database) -> None:
    turned_to_one_domain(outbox)
    transport = Taking()
    before = departures(outbox, NOW, sender=a_sender(transport, per_domain=3))
    assert (len(before.letters), before.held) == (3, 2)
    assert all(one.size > 1000 and one.wrong is None and one.subject for one in before.letters)
    assert departures(outbox, NOW, sender=a_sender(transport, per_domain=3)) == before
    assert transport.sent == []
    turn_mail(outbox, off=True, by="cán bộ trực", why="thử", now=NOW)
    assert departures(outbox, NOW, sender=a_sender(transport)).held == 5


def test_what_cannot_be_made_is_said_of_that_letter_alone(outbox: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(values: LetterValues, language: str) -> RenderedLetter:
        if values.to_address == focal(GRASSROOTS[0]):
            raise ZeroDivisionError("a letter of no lines")
        return render(values, language)

    monkeypatch.setattr("dondoc.operations.deliver.render", broken)
    found = departures(outbox, NOW, sender=a_sender(Taking())).letters
    assert [one.wrong for one in found if one.wrong] == ["it cannot be made: ZeroDivisionError: a letter of no lines"]
    assert len(found) == 5


def test_a_transport_that_takes_nothing_ends_the_run_and_the_letters_wait(outbox: Database) -> None:
    class Broken(Taking):
        asked = 0

        def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
            del letters
            self.asked += 1
            if self.asked > 1:
                pytest.fail("it was asked again")
            raise RuntimeError("a fault of the program")

    assert deliver(outbox, NOW, sender=a_sender(Broken())) == DeliverResult(0, 0, 0, 0, held=5)
    assert deliver(outbox, NOW, sender=a_sender(Taking())).sent == 5
    assert verify(outbox).ok
