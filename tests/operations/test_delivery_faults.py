"""A mail server's every fault, played through the outbox until the server is well: nothing lost, nothing sent twice."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select

from dondoc.mail.delivery import Transport
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from dondoc.operations.deliver import DeliverResult, Sender, deliver
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.letters import letter
from models.vocabulary import LetterState
from tests.factories import DISTRICTS, a_directive_issued, a_province, an_obligation, at
from tests.mail.fault_matrix import CELLS, Cell, faulty
from tests.mail.scripted_server import serving

NOW = at("2025-02-14", "08:05")
LATER = (timedelta(days=1), timedelta(days=2), timedelta(days=9))
"""When it is tried again, after whichever wait."""

COPIES = {LetterState.SENT: 1, LetterState.RETRY: 1, LetterState.FAILED: 0, LetterState.AMBIGUOUS: 2}
"""Copies that servers took or may have taken, when it is all over."""


@pytest.fixture
def outbox(database: Database) -> Iterator[Database]:
    """Give a database whose outbox holds one letter."""
    a_province(database)
    a_directive_issued(database, an_obligation(addressees={"units": [DISTRICTS[0]]}))
    yield database
    assert verify(database).ok


def delivered(outbox: Database, transport: Transport, after: timedelta = timedelta()) -> DeliverResult:
    return deliver(outbox, NOW + after, sender=Sender(transport, "dondoc@office.example", "vi", "http://127.0.0.1"))


# What is played here does not depend on the database.
@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.stage}-{cell.fault[:20]}")
def test_when_the_server_is_well_again_the_letter_is_where_the_table_says(outbox: Database, cell: Cell) -> None:
    with faulty(cell) as (server, transport):
        first = delivered(outbox, transport)
    assert first == DeliverResult(
        **{name: int(name == cell.outcome) for name in ("sent", "retry", "failed", "ambiguous")}
    )
    with serving({}) as well:
        for after in LATER:
            delivered(outbox, SmtpTransport(mail_server(f"smtp://127.0.0.1:{well.port}")), after)
    refused = cell.outcome in {LetterState.RETRY, LetterState.FAILED}
    copies = ([] if refused else server.bodies) + well.bodies
    assert len(copies) == COPIES[cell.outcome]
    assert len({message_from_bytes(copy)["Message-ID"] for copy in copies}) == min(1, len(copies))
    with outbox.reading() as connection:
        state = connection.execute(select(letter.c.state)).scalar_one()
    assert state == (LetterState.FAILED if cell.outcome is LetterState.FAILED else LetterState.SENT)
