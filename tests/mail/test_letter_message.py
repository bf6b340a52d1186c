"""The message of a letter: its identity, its headers, its two alternatives, and its way through a real mail server."""

import email.charset
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from hypothesis import given
from hypothesis import strategies as st

from dondoc.errors import InvalidInput
from dondoc.mail.address import mail_address
from dondoc.mail.attachment import Attachment
from dondoc.mail.delivery import OutgoingLetter
from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from models.vocabulary import LetterKind, LetterState
from tests.mail.letter_samples import DIGEST, OTHERS, PROVINCE, SAMPLES

SENDER = "dondoc@ldld-laichau.example"
HOSTILE = "Ông\r\nBcc: everyone@unit.example\r\n\r\n<script>alert(1)</script>\u202e\x00" + "\u1ec7" * 10_000


def read(letter: OutgoingLetter) -> EmailMessage:
    message = BytesParser(policy=email.policy.default).parsebytes(letter.content)
    assert isinstance(message, EmailMessage)
    return message


def test_a_message_says_who_when_what_and_that_a_machine_wrote_it() -> None:
    message = read(compose(render(DIGEST), key="k", sender=SENDER))
    assert message["Message-ID"] == DIGEST.message_id
    assert message["Date"] == "Thu, 20 Feb 2025 07:30:00 +0700"
    assert message["From"].addresses[0].display_name == PROVINCE
    assert message["From"].addresses[0].addr_spec == SENDER
    assert [(a.display_name, a.addr_spec) for a in message["To"].addresses] == [("Cán bộ đầu mối", DIGEST.to_address)]
    assert message["Subject"] == render(DIGEST).subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<121-kh-ldld.7.dondoc.ldld-laichau.example>"
    assert message["Content-Language"] == "vi"
    assert message["References"] is None


def test_a_message_is_text_and_html_as_alternatives_and_nothing_else() -> None:
    rendered = render(DIGEST)
    message = read(compose(rendered, key="k", sender=SENDER))
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    assert [part.get_content_charset() for part in parts] == ["utf-8", "utf-8"]
    assert [part.get_content() for part in parts] == [rendered.text, rendered.html]


def test_a_letter_that_follows_another_names_it() -> None:
    message = read(compose(render(replace(DIGEST, thread_id="<first@x.example>")), key="k", sender=SENDER))
    assert message["In-Reply-To"] == message["References"] == "<first@x.example>"


def test_every_line_is_ascii_and_short_enough_for_any_mail_server() -> None:
    for values in (*SAMPLES.values(), *OTHERS.values()):
        content = compose(render(values), key="k", sender=SENDER).content
        assert content.isascii()
        assert max(map(len, content.split(b"\r\n"))) <= 998
        assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize("kind", list(LetterKind))
def test_the_same_letter_is_the_same_bytes(kind: LetterKind) -> None:
    file = Attachment("a.xlsx", "application/zip", b"\x00\xff")
    first, again = (compose(render(SAMPLES[kind]), key="k", sender=SENDER, attachments=[file]) for _ in range(2))
    assert first == again


def test_files_go_beside_the_two_alternatives() -> None:
    rendered = render(SAMPLES[LetterKind.ASSIGNED])
    file = Attachment("nhiem-vu.xlsx", "application/zip", b"\x00\xff" * 500)
    message = read(compose(rendered, key="k", sender=SENDER, attachments=[file]))
    assert message.get_content_type() == "multipart/mixed"
    body, calendar, workbook = message.iter_parts()
    assert [part.get_content() for part in body.iter_parts()] == [rendered.text, rendered.html]
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"
    assert [part.get_filename() for part in (calendar, workbook)] == ["han-thuc-hien.ics", "nhiem-vu.xlsx"]
    assert workbook.get_content() == file.content


def test_hostile_names_add_no_header_and_no_recipient() -> None:
    values = replace(DIGEST, to_name=HOSTILE, office_name=HOSTILE, unit_name=HOSTILE)
    values = replace(values, groups=tuple(replace(group, number=HOSTILE, subject=HOSTILE) for group in values.groups))
    rendered = render(values)
    letter = compose(rendered, key="k", sender=SENDER)
    message = read(letter)
    assert message["Bcc"] is None
    assert sorted(message.keys()) == sorted(read(compose(render(DIGEST), key="k", sender=SENDER)).keys())
    assert [address.addr_spec for address in message["To"].addresses] == [DIGEST.to_address]
    assert len(rendered.to_name) <= 80
    assert len(rendered.subject) <= 160
    assert len(letter.content) < 40_000


@given(name=st.text(max_size=200))
def test_any_name_at_all_leaves_the_recipient_alone(name: str) -> None:
    message = read(compose(render(replace(DIGEST, to_name=name, office_name=name)), key="k", sender=SENDER))
    assert [address.addr_spec for address in message["To"].addresses] == [DIGEST.to_address]
    assert [address.addr_spec for address in message["From"].addresses] == [SENDER]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "@unit.example",
        "a@",
        "a@b@c.example",
        "a@unit.example, b@unit.example",
        "a@unit.example\r\nRCPT TO:<b@unit.example>",
        "Name <a@unit.example>",
        "đầu-mối@unit.example",
        "a b@unit.example",
        "a@unit..example",
        "a@-unit.example",
        "a@unit-.example",
        "a@unit.example.",
        "a@" + "b" * 60 + "!",
        "a" * 65 + "@unit.example",
        "a@" + "b" * 300 + ".example",
    ],
)
def test_an_address_that_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidInput):
        compose(render(replace(DIGEST, to_address=address)), key="k", sender=SENDER)


def test_the_default_sender_of_one_machine_can_write() -> None:
    assert compose(render(DIGEST), key="k", sender="dondoc@localhost").sender == "dondoc@localhost"


def test_a_vietnamese_domain_is_written_as_mail_servers_know_it() -> None:
    assert mail_address("vanphong@liênđoàn.example") == "vanphong@" + "liênđoàn".encode("idna").decode() + ".example"


@pytest.mark.parametrize("message_id", ["", "plain", "<a b@x.example>", "<a@x.example>\r\nX: y", "<ạ@x.example>"])
def test_a_message_without_a_proper_identity_is_refused(message_id: str) -> None:
    with pytest.raises(InvalidInput):
        compose(replace(render(DIGEST), message_id=message_id), key="k", sender=SENDER)


def test_the_processes_own_charset_is_as_the_standard_library_has_it() -> None:
    assert email.charset.CHARSETS["utf-8"] == (email.charset.SHORTEST, email.charset.BASE64, "utf-8")


class Postbox:
    """Keeps what a real mail server took."""

    def __init__(self) -> None:
        """Begin empty."""
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.envelopes.append(envelope)
        return "250 taken"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    kept = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield kept, port
    finally:
        controller.stop()


def test_every_kind_of_letter_passes_a_real_mail_server_unchanged(postbox: tuple[Postbox, int]) -> None:
    kept, port = postbox
    letters = [
        compose(render(values, language), key=f"{kind}-{language}", sender=SENDER)
        for kind, values in SAMPLES.items()
        for language in ("vi", "en")
    ]
    transport = SmtpTransport(mail_server(f"smtp://127.0.0.1:{port}"), timeout_seconds=5)
    outcomes = list(transport.send_batch(letters))
    assert [(outcome.key, outcome.result) for outcome in outcomes] == [(one.key, LetterState.SENT) for one in letters]
    assert [envelope.original_content for envelope in kept.envelopes] == [one.content for one in letters]
    assert [envelope.rcpt_tos for envelope in kept.envelopes] == [[one.recipient] for one in letters]
    assert len(letters) == 2 * len(LetterKind)
