"""Connections are private or refused: certificates verified, a missing STARTTLS not waived, secrets kept."""

import base64
import ssl

import pytest

from dondoc.errors import InvalidInput
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.mail.server import MailServer, Privacy, mail_server
from dondoc.mail.smtp import SmtpTransport, check
from models.vocabulary import LetterState
from tests.mail.certificates import Certificates, certificates
from tests.mail.scripted_server import DROP, Script, serving

TIMEOUT_SECONDS = 2.0
OFFERS_TLS = {"ehlo": "250-hello\r\n250-STARTTLS\r\n250 AUTH PLAIN"}
OFFERS_AUTH = {"ehlo": "250-hello\r\n250 AUTH PLAIN"}
LETTER = OutgoingLetter("key", "<1@office.example>", "dondoc@office.example", "unit@unit.example", b"Subject: x\r\n")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("good"), "127.0.0.1")


@pytest.fixture(scope="module")
def other_host(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("other"), "127.0.0.9")


def send(url: str, context: ssl.SSLContext | None = None) -> DeliveryOutcome:
    transport = SmtpTransport(mail_server(url), timeout_seconds=TIMEOUT_SECONDS, context=context)
    return next(iter(transport.send_batch([LETTER])))


def test_a_trusted_certificate_carries_the_letter_by_starttls(good: Certificates) -> None:
    with serving(OFFERS_TLS, tls=good.server) as server:
        outcome = send(f"smtp://127.0.0.1:{server.port}?tls=required", good.trusting)
    assert outcome.result is LetterState.SENT
    assert server.commands.index("STARTTLS") < next(n for n, c in enumerate(server.commands) if c.startswith("mail"))


def test_a_trusted_certificate_carries_the_letter_when_private_from_the_first_byte(good: Certificates) -> None:
    with serving({}, tls=good.server, implicit_tls=True) as server:
        assert send(f"smtps://127.0.0.1:{server.port}", good.trusting).result is LetterState.SENT
    assert len(server.bodies) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_an_unknown_certificate_gets_no_letter(good: Certificates, scheme: str) -> None:
    with serving(OFFERS_TLS, tls=good.server, implicit_tls=scheme == "smtps") as server:
        outcome = send(f"{scheme}://127.0.0.1:{server.port}?tls=required")
    assert outcome.result is LetterState.RETRY
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.reply
    assert not any(command.lower().startswith("mail") for command in server.commands)


def test_a_certificate_of_another_host_gets_no_letter(other_host: Certificates) -> None:
    with serving(OFFERS_TLS, tls=other_host.server) as server:
        outcome = send(f"smtp://127.0.0.1:{server.port}?tls=required", other_host.trusting)
    assert outcome.result is LetterState.RETRY
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.reply
    assert server.bodies == []


@pytest.mark.parametrize(
    "script",
    [
        {},  # STARTTLS is not offered: somebody may have cut it out
        OFFERS_TLS | {"starttls": "454 not now"},
        OFFERS_TLS | {"starttls": DROP},
    ],
)
def test_a_required_starttls_that_is_missing_gets_no_letter(script: Script) -> None:
    with serving(script) as server:
        outcome = send(f"smtp://127.0.0.1:{server.port}?tls=required")
    assert outcome.result is LetterState.RETRY
    assert server.bodies == []


def test_an_optional_starttls_is_used_where_offered_and_still_verified(good: Certificates) -> None:
    with serving({}) as server:
        assert send(f"smtp://127.0.0.1:{server.port}?tls=optional").result is LetterState.SENT
    with serving(OFFERS_TLS, tls=good.server) as server:
        assert send(f"smtp://127.0.0.1:{server.port}?tls=optional", good.trusting).result is LetterState.SENT
        assert "STARTTLS" in server.commands
    with serving(OFFERS_TLS, tls=good.server) as server:
        assert send(f"smtp://127.0.0.1:{server.port}?tls=optional").result is LetterState.RETRY


def test_the_user_and_password_of_the_url_log_in() -> None:
    with serving(OFFERS_AUTH) as server:
        outcome = send(f"smtp://dondoc%40office.example:s3cret%3A@127.0.0.1:{server.port}")
    assert outcome.result is LetterState.SENT
    said = next(command for command in server.commands if command.startswith("AUTH"))
    assert base64.b64decode(said.split()[-1]) == b"\0dondoc@office.example\0s3cret:"


@pytest.mark.parametrize("reply", ["535 wrong password", "454 later", DROP])
def test_a_refused_login_keeps_every_letter_and_never_tells_the_password(reply: str) -> None:
    with serving(OFFERS_AUTH | {"auth": reply}) as server:
        outcome = send(f"smtp://dondoc:s3cret@127.0.0.1:{server.port}")
    assert outcome.result is LetterState.RETRY
    assert "s3cret" not in outcome.reply
    assert base64.b64encode(b"\0dondoc\0s3cret").decode() not in outcome.reply
    assert server.bodies == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", MailServer("mail.example", 25, Privacy.REQUIRED)),
        ("smtp://u:p@mail.example", MailServer("mail.example", 587, Privacy.REQUIRED, "u", "p")),
        ("smtp://mail.example:2525?tls=none", MailServer("mail.example", 2525, Privacy.NONE)),
        ("smtp://mail.example?tls=optional", MailServer("mail.example", 25, Privacy.OPTIONAL)),
        ("smtps://u:p@mail.example", MailServer("mail.example", 465, Privacy.IMPLICIT, "u", "p")),
        # This machine itself needs no privacy, unless asked for.
        ("smtp://localhost", MailServer("localhost", 25, Privacy.NONE)),
        ("smtp://u:p@[::1]:1025", MailServer("::1", 1025, Privacy.NONE, "u", "p")),
        ("smtp://127.0.0.1?tls=required", MailServer("127.0.0.1", 25, Privacy.REQUIRED)),
    ],
)
def test_a_url_says_which_server_and_how_private(url: str, expected: MailServer) -> None:
    assert mail_server(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mail.example:587",
        "http://mail.example",
        "smtp://",
        "smtp://u:s3cret@mail.example:port",
        "smtp://u:s3cret@mail.example?tls=perhaps",
        "smtp://u:s3cret@mail.example?ssl=no",
        "smtp://u:s3cret@mail.example/path",
        "smtps://u:s3cret@mail.example?tls=none",
        # A password over an open line.
        "smtp://u:s3cret@mail.example?tls=none",
        "smtp://u:s3cret@mail.example?tls=optional",
        # The protocol's login knows ASCII alone; a line end would be a second command.
        "smtp://u:s3cret%E1%BA%AD@mail.example",
        "smtp://u:s3cret%0D%0ARSET@mail.example",
    ],
)
def test_an_unusable_url_is_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(InvalidInput, match="DONDOC_SMTP_URL") as refused:
        mail_server(url)
    assert "s3cret" not in str(refused.value)


def test_a_server_value_shows_no_password() -> None:
    assert "s3cret" not in repr(mail_server("smtps://u:s3cret@mail.example"))


def test_a_check_goes_as_far_as_noop_and_sends_nothing(good: Certificates) -> None:
    with serving(OFFERS_TLS, tls=good.server) as server:
        url = f"smtp://u:p@127.0.0.1:{server.port}?tls=required"
        handshake = check(url, timeout_seconds=TIMEOUT_SECONDS, context=good.trusting)
    assert handshake.ok
    assert handshake.tls.startswith("TLSv1")
    said = [command.split()[0].upper() for command in server.commands]
    assert said == ["EHLO", "STARTTLS", "EHLO", "AUTH", "NOOP", "QUIT"]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ({"greeting": "554 no service"}, "554 no service"),
        ({"noop": "451 not well"}, "451 not well"),
        ({"noop": DROP}, "closed"),
        ({"auth": "535 wrong password", **OFFERS_AUTH}, "535 wrong password"),
    ],
)
def test_a_failed_check_says_what_the_server_said(script: Script, words: str) -> None:
    with serving(script) as server:
        login = "u:p@" if "auth" in script else ""
        handshake = check(f"smtp://{login}127.0.0.1:{server.port}", timeout_seconds=TIMEOUT_SECONDS)
    assert not handshake.ok
    assert words in handshake.reply
