"""Dead addresses: marked by a server's last word, told to the office above, passed over, restored; never by a guess."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from dondoc.errors import InvalidInput, NotFound
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.operations.bounces import BounceResult, dead_addresses, read_bounces, restore_address
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import letters
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.ledger import ledger
from models.tables.units import officer
from models.vocabulary import LetterKind, LetterState
from tests.factories import PROVINCE, a_directive_issued, a_province, at, focal
from tests.mail.report_samples import report
from tests.operations.acting import DISTRICT, OTHER
from tests.operations.sweeping import swept_daily

NOW = at("2025-02-14", "08:05")


@pytest.fixture
def office(database: Database) -> Iterator[Database]:
    """Give a province whose districts were sent their tasks."""
    a_province(database)
    a_directive_issued(database)
    deliver(database, NOW, sender=Sender(Answering("250 taken"), "dondoc@office.example", "vi", "http://127.0.0.1"))
    yield database
    assert verify(database).ok


class Answering:
    """A transport that gives each letter to a district the same answer, and takes all others."""

    def __init__(self, reply: str) -> None:
        """Take the letter for 2xx, refuse it for good for 5xx."""
        self.reply = reply

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        for one in letters:
            reply = self.reply if one.recipient in {focal(DISTRICT), focal(OTHER)} else "250 taken"
            result = LetterState.SENT if reply.startswith("2") else LetterState.FAILED
            yield DeliveryOutcome(one.key, result, reply)


def a_report(database: Database, **changes: str) -> bytes:
    [row] = letters(database, to=focal(DISTRICT))
    return report(letter=row.message_id, recipients=(focal(DISTRICT),), **changes)


def read(database: Database, *messages: bytes) -> BounceResult:
    return read_bounces(database, messages, NOW + timedelta(hours=1), mail_domain="office.example")


def dead(database: Database) -> list[str]:
    with database.reading() as connection:
        return [one.address for one in dead_addresses(connection)]


def test_a_final_report_marks_the_address_and_the_office_above_is_told_once(office: Database) -> None:
    content = a_report(office)
    assert read(office, content, content) == BounceResult(2, 1, 0, 0, 1)
    assert dead(office) == [focal(DISTRICT)]
    [told] = [row for row in letters(office) if row.kind is LetterKind.BOUNCED]
    assert told.unit == PROVINCE
    assert told.to == focal(PROVINCE)
    with office.reading() as connection:
        values = load_letter_values(connection, [told.id], base_url="")[told.id]
    assert [(one.address, one.status, one.diagnostic) for one in values.dead] == [
        (focal(DISTRICT), "5.1.1", "550 5.1.1 no such user")
    ]
    assert read(office, content) == BounceResult(1, 0, 0, 0, 0), "the same report again adds nothing"


@pytest.mark.parametrize(
    "changes",
    [
        {"action": "delayed", "status": "4.4.1", "diagnostic": "451 later"},
        {"status": "5.2.2", "diagnostic": "552 5.2.2 mailbox full"},
        {"status": "5.7.1", "diagnostic": "550 5.7.1 looks like spam"},
    ],
)
def test_what_is_no_fault_of_the_address_marks_nothing(office: Database, changes: dict[str, str]) -> None:
    assert read(office, a_report(office, **changes)).marked == 0
    assert dead(office) == []


def test_a_report_of_no_letter_of_ours_marks_nothing(office: Database) -> None:
    """Who does not know a Message-ID of ours, or names another recipient, cannot silence an officer."""
    forged = report(letter="<guess@office.example>", recipients=(focal(DISTRICT),))
    [row] = letters(office, to=focal(DISTRICT))
    other = report(letter=row.message_id, recipients=(focal(PROVINCE),))
    assert read(office, forged, other, b"Subject: hello\r\n\r\n") == BounceResult(2, 0, 2, 1, 0)
    assert dead(office) == []


@pytest.mark.parametrize(
    "hostile",
    [
        {"references": " ".join(f"<{number}@x>" for number in range(70_000))},
        {"recipients": (f"\x00{focal(DISTRICT)}",)},
        {"letter": "<a\x00b@office.example>"},
        {"diagnostic": "550 5.1.1 \x00\x1b[31m" + "x" * 10_000},
    ],
    ids=["letters without end", "no text in an address", "no text in a Message-ID", "no text in what was said"],
)
def test_a_hostile_report_stops_nobody_from_reading_the_others(office: Database, hostile: dict[str, Any]) -> None:
    [row] = letters(office, to=focal(DISTRICT))
    crafted = report(**({"letter": row.message_id, "recipients": (focal(OTHER),)} | hostile))
    assert read(office, crafted, a_report(office)).marked == 1
    assert dead(office) == [focal(DISTRICT)]


def test_an_address_that_was_corrected_meanwhile_is_not_meant(office: Database) -> None:
    content = a_report(office)
    with office.writing() as connection:
        connection.execute(update(officer).where(officer.c.email == focal(DISTRICT)).values(email="moi@unit.example"))
    assert read(office, content).marked == 0
    with office.writing() as connection:
        connection.execute(update(officer).where(officer.c.email == "moi@unit.example").values(email=focal(DISTRICT)))


def test_a_refusal_at_the_door_that_names_the_address_marks_it_as_well(database: Database) -> None:
    a_province(database)
    a_directive_issued(database)
    refusing = Sender(Answering("550 5.1.1 no such user"), "dondoc@office.example", "vi", "http://127.0.0.1")
    assert deliver(database, NOW, sender=refusing).failed == 2
    assert len(dead(database)) == 2
    [told] = [row for row in letters(database) if row.kind is LetterKind.BOUNCED]
    assert told.to == focal(PROVINCE)
    assert verify(database).ok


def test_a_refusal_without_a_status_marks_nothing(database: Database) -> None:
    a_province(database)
    a_directive_issued(database)
    refusing = Sender(Answering("550 no"), "dondoc@office.example", "vi", "http://127.0.0.1")
    assert deliver(database, NOW, sender=refusing).failed == 2
    assert dead(database) == []


def test_nothing_is_written_to_a_dead_address_until_it_is_restored(office: Database) -> None:
    read(office, a_report(office))
    before = len(letters(office, to=focal(DISTRICT)))
    swept_daily(office, "2025-02-17", "2025-02-25")
    assert len(letters(office, to=focal(DISTRICT))) == before
    restored = restore_address(office, focal(DISTRICT).upper(), by=focal(PROVINCE), why="hộp thư đã mở lại", now=NOW)
    assert restored == 1
    assert dead(office) == []
    swept_daily(office, "2025-02-26", "2025-03-05")
    assert len(letters(office, to=focal(DISTRICT))) > before


def test_a_report_that_was_read_before_the_address_was_restored_does_not_mark_it_again(office: Database) -> None:
    """Reports stay in their mailbox, which is read again and again; a new report counts."""
    content = a_report(office)
    read(office, content)
    restore_address(office, focal(DISTRICT), by=focal(PROVINCE), why="hộp thư đã mở lại", now=NOW + timedelta(hours=2))
    assert read(office, content) == BounceResult(1, 0, 0, 0, 0)
    assert dead(office) == []
    assert read(office, content, a_report(office, diagnostic="550 5.1.1 closed again")).marked == 1
    assert dead(office) == [focal(DISTRICT)]


def test_restoring_needs_a_reason_and_a_marked_address(office: Database) -> None:
    with pytest.raises(NotFound, match="no officer has a marked address"):
        restore_address(office, focal(DISTRICT), by="x", why="thử", now=NOW)
    with pytest.raises(InvalidInput, match="say why"):
        restore_address(office, focal(DISTRICT), by="x", why="", now=NOW)
    with pytest.raises(InvalidInput, match="who does it"):
        restore_address(office, focal(DISTRICT), by=" ", why="thử", now=NOW)
    with office.reading() as connection:
        acts = connection.execute(
            select(func.count()).select_from(ledger).where(ledger.c.act == "address_restored")
        ).scalar_one()
    assert acts == 0
