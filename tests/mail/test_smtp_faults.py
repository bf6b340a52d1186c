"""What a mail server can do to a letter at each stage, and the outcome it must have."""

import socket

import pytest

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from models.vocabulary import LetterState
from tests.mail.fault_matrix import CELLS, PAGE, STAGES, Cell, faulty, page
from tests.mail.scripted_server import DROP, STALL, Script, ScriptedServer, serving

SHORT_TIMEOUT_SECONDS = 0.15
SENT, RETRY, FAILED, AMBIGUOUS = LetterState.SENT, LetterState.RETRY, LetterState.FAILED, LetterState.AMBIGUOUS


def letters(count: int) -> list[OutgoingLetter]:
    return [
        OutgoingLetter(
            f"key-{n}", f"<{n}@office.example>", "dondoc@office.example", f"unit{n}@unit.example", b"S: x\r\n"
        )
        for n in range(1, count + 1)
    ]


def send(server: ScriptedServer, count: int = 1) -> list[DeliveryOutcome]:
    transport = SmtpTransport(mail_server(f"smtp://127.0.0.1:{server.port}"), timeout_seconds=SHORT_TIMEOUT_SECONDS)
    return list(transport.send_batch(letters(count)))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.stage}-{cell.fault[:20]}")
def test_each_fault_has_one_honest_outcome(cell: Cell) -> None:
    with faulty(cell) as (server, transport):
        outcomes = list(transport.send_batch(letters(1)))
    assert [(outcome.key, outcome.result) for outcome in outcomes] == [("key-1", cell.outcome)]
    assert outcomes[0].reply
    assert len(server.bodies) == (1 if cell.arrives else 0)


def test_every_stage_meets_each_kind_of_fault_that_it_can() -> None:
    kinds = {stage: {_kind(cell.fault) for cell in CELLS if cell.stage == stage} for stage in STAGES}
    usual = {"421", "4xx", "5xx", DROP, STALL}
    assert {stage: usual - kinds[stage] for stage in STAGES if usual - kinds[stage]} == {
        "connect": usual - {DROP},
        "quit": {"4xx"},
    }


def _kind(fault: str) -> str:
    return "421" if fault.startswith("421") else f"{fault[0]}xx" if fault[:3].isdigit() else fault


def test_the_page_is_what_the_table_says_now() -> None:
    again = "python -m tests.mail.fault_matrix"
    assert PAGE.read_text(encoding="utf-8") == page(), f"the table has changed; write it anew: {again}"


def test_a_reply_in_refusal_reaches_the_outbox_in_the_servers_words() -> None:
    with serving({"rcpt": "550 5.1.1 no such user"}) as server:
        assert send(server)[0].reply == "550 5.1.1 no such user"


def test_an_endless_or_dirty_reply_is_one_short_line() -> None:
    with serving({"rcpt": "550 " + "\x07bad\u202e" * 400}) as server:
        reply = send(server)[0].reply
    assert reply.isprintable()
    assert len(reply) <= 300


def test_a_whole_batch_goes_over_one_connection_that_is_closed_politely() -> None:
    with serving({}) as server:
        outcomes = send(server, 5)
    assert {outcome.result for outcome in outcomes} == {SENT}
    assert server.connections == 1
    assert server.commands[-1].upper() == "QUIT"
    assert sum(command.upper().startswith("RCPT") for command in server.commands) == 5


def test_one_refused_recipient_does_not_hold_back_the_others() -> None:
    with serving({"rcpt": ["550 no such user", "250 ok"]}) as server:
        results = [outcome.result for outcome in send(server, 3)]
    assert results == [FAILED, SENT, SENT]
    assert server.connections == 1


@pytest.mark.parametrize("ending", ["421 too many letters on this connection", DROP])
def test_a_connection_that_ends_between_letters_is_replaced_and_no_letter_waits(ending: str) -> None:
    with serving({"mail": ["250 ok", ending]}, {}) as server:
        results = [outcome.result for outcome in send(server, 3)]
    assert results == [SENT, SENT, SENT]
    assert server.connections == 2
    assert len(server.bodies) == 3


def test_a_letter_whose_reply_was_lost_is_not_sent_again_and_the_next_one_goes_on_a_new_connection() -> None:
    with serving({"body": DROP}, {}) as server:
        results = [outcome.result for outcome in send(server, 2)]
    assert results == [AMBIGUOUS, SENT]
    assert len(server.bodies) == 2


def test_a_letter_whose_reply_was_lost_on_a_used_connection_is_not_sent_again_either() -> None:
    with serving({"body": ["250 taken", DROP]}, {}) as server:
        results = [outcome.result for outcome in send(server, 3)]
    assert results == [SENT, AMBIGUOUS, SENT]
    assert len(server.bodies) == 3


@pytest.mark.parametrize("script", [{"mail": STALL}, {"greeting": STALL}])
def test_a_silent_server_is_given_up_after_two_connections_however_long_the_batch(script: Script) -> None:
    with serving(script) as server:
        outcomes = send(server, 50)
    assert {outcome.result for outcome in outcomes} == {RETRY}
    assert len(outcomes) == 50
    assert server.connections == 2
    assert outcomes[-1].reply.startswith("not tried: ")


def test_where_nobody_listens_every_letter_is_to_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    transport = SmtpTransport(mail_server(f"smtp://127.0.0.1:{port}"), timeout_seconds=SHORT_TIMEOUT_SECONDS)
    outcomes = list(transport.send_batch(letters(3)))
    assert [outcome.result for outcome in outcomes] == [RETRY] * 3
    assert "refused" in outcomes[0].reply.lower()


def test_an_empty_batch_opens_no_connection() -> None:
    with serving({}) as server:
        assert send(server, 0) == []
    assert server.connections == 0


def test_a_batch_that_its_reader_leaves_early_closes_its_connection() -> None:
    with serving({}) as server:
        transport = SmtpTransport(mail_server(f"smtp://127.0.0.1:{server.port}"), timeout_seconds=SHORT_TIMEOUT_SECONDS)
        outcomes = transport.send_batch(letters(3))
        assert next(iter(outcomes)).result is SENT
        outcomes.close()  # type: ignore[attr-defined]
    assert server.commands[-1].upper() == "QUIT"
    assert len(server.bodies) == 1


def test_a_line_that_begins_with_a_dot_arrives_as_it_was() -> None:
    body = b"Subject: x\r\n\r\n.\r\n..two\r\nend"
    letter = OutgoingLetter("key", "<1@office.example>", "a@office.example", "b@unit.example", body)
    with serving({}) as server:
        transport = SmtpTransport(mail_server(f"smtp://127.0.0.1:{server.port}"), timeout_seconds=SHORT_TIMEOUT_SECONDS)
        assert next(iter(transport.send_batch([letter]))).result is SENT
    assert server.bodies == [b"Subject: x\r\n\r\n..\r\n...two\r\nend\r\n"]
