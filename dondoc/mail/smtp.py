"""Hands letters to a mail server: one connection a batch, one recipient a letter, one honest outcome each.

Nothing is sent twice blindly: when the reply to a whole letter is lost, the outcome is ambiguous.
"""

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from emails.backend.response import SMTPResponse

from dondoc.mail.client import CarefulClient
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.mail.harmless import harmless_text
from dondoc.mail.server import MailServer, mail_server
from models.vocabulary import LetterState

REPLY_TIMEOUT_SECONDS: Final = 45.0
REPLY_LIMIT: Final = 300
# Two new connections in a row that carried no letter: the server is not well, the rest of the batch waits.
EMPTY_CONNECTIONS: Final = 2
SERVICE_CLOSING: Final = 421
TOO_LARGE: Final = 552


@dataclass(frozen=True, slots=True)
class Handshake:
    """How far a conversation without a letter came. `tls` is the protocol's version, "" on an open line."""

    ok: bool
    tls: str
    reply: str


class SmtpTransport:
    """Sends batches of letters to one mail server."""

    def __init__(
        self,
        server: MailServer,
        *,
        timeout_seconds: float = REPLY_TIMEOUT_SECONDS,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Use `server`; `context` replaces the system's trusted certificates."""
        self._server = server
        self._timeout_seconds = timeout_seconds
        self._context = context or ssl.create_default_context()

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        """Give one outcome a letter, in order. A server out of reach is tried twice; all get RETRY."""
        batch = _Batch(self)
        try:
            for letter in letters:
                yield batch.send(letter)
        finally:
            batch.close()

    def connect(self) -> CarefulClient:
        """Open a connection. Raises SMTPException or OSError."""
        return CarefulClient(self._server, self._context, self._timeout_seconds)


class _Batch:
    """The connection of one batch, opened when needed and again when it is lost, within bounds."""

    def __init__(self, transport: SmtpTransport) -> None:
        self._transport = transport
        self._client: CarefulClient | None = None
        self._carried = 0
        self._empty = 0
        self._trouble = ""

    def send(self, letter: OutgoingLetter) -> DeliveryOutcome:
        """Send one letter. A connection that had carried others and ends is replaced once, before anything is lost."""
        worn = self._client is not None and self._client.is_open and self._carried > 0
        outcome, connection_ended = self._try(letter)
        if worn and connection_ended and outcome.result is LetterState.RETRY:
            outcome, _ = self._try(letter)
        return outcome

    def close(self) -> None:
        """End the connection, if any."""
        if self._client is not None:
            self._client.hang_up()
            self._client = None

    def _try(self, letter: OutgoingLetter) -> tuple[DeliveryOutcome, bool]:
        """Give the outcome, and whether the connection ended with it."""
        client = self._connected()
        if client is None:
            return _outcome(letter, LetterState.RETRY, f"not tried: {self._trouble}"), True
        try:
            response = client.send_letter(letter.sender, letter.recipient, letter.content)
        except (smtplib.SMTPException, OSError, ValueError) as trouble:
            client.close()
            result = LetterState.AMBIGUOUS if client.body_has_left else LetterState.RETRY
            self._note_end(_said(trouble))
            return _outcome(letter, result, self._trouble), True
        result, code = _verdict(response, body_has_left=client.body_has_left), response.status_code
        outcome = _outcome(letter, result, f"{code} {_decoded(response.status_text)}")
        if code == SERVICE_CLOSING or result is LetterState.AMBIGUOUS:
            client.close()
            self._note_end(outcome.reply)
            return outcome, True
        self._carried += 1
        self._empty = 0
        return outcome, False

    def _connected(self) -> CarefulClient | None:
        if self._client is not None and self._client.is_open:
            return self._client
        while self._empty < EMPTY_CONNECTIONS:
            self._carried = 0
            try:
                self._client = self._transport.connect()
            except (smtplib.SMTPException, OSError, ValueError) as trouble:
                self._note_end(_said(trouble))
            else:
                return self._client
        return None

    def _note_end(self, trouble: str) -> None:
        self._trouble = trouble
        if self._carried == 0:
            self._empty += 1


def check(
    url: str, *, timeout_seconds: float = REPLY_TIMEOUT_SECONDS, context: ssl.SSLContext | None = None
) -> Handshake:
    """Connect, greet, become private, log in and say NOOP; no letter. Raises InvalidInput for an unreadable URL."""
    transport = SmtpTransport(mail_server(url), timeout_seconds=timeout_seconds, context=context)
    try:
        client = transport.connect()
    except (smtplib.SMTPException, OSError, ValueError) as trouble:
        return Handshake(ok=False, tls="", reply=_said(trouble))
    tls = client.sock.version() or "" if isinstance(client.sock, ssl.SSLSocket) else ""
    try:
        code, reply = client.noop()
    except (smtplib.SMTPException, OSError) as trouble:
        return Handshake(ok=False, tls=tls, reply=_said(trouble))
    finally:
        client.hang_up()
    return Handshake(ok=_is_good(code), tls=tls, reply=f"{code} {_decoded(reply)}")


def _verdict(response: SMTPResponse, *, body_has_left: bool) -> LetterState:
    """Judge a reply by the command that it answered, and by whether the letter had left by then."""
    code, command = response.status_code or -1, response.last_command
    if _is_good(code) and body_has_left:
        return LetterState.SENT
    if 400 <= code <= 499:  # noqa: PLR2004 - RFC 5321, 4.2.1: a transient refusal
        return LetterState.RETRY
    if 500 <= code <= 599:  # noqa: PLR2004 - RFC 5321, 4.2.1: a permanent refusal
        # A refused sender is the office's setting, not the recipient's fault: nobody's letter is given up for it.
        return LetterState.RETRY if command == "mail" and code != TOO_LARGE else LetterState.FAILED
    # No reply that the protocol knows: after a whole letter, nobody can tell.
    return LetterState.AMBIGUOUS if body_has_left else LetterState.RETRY


def _is_good(code: int) -> bool:
    return 200 <= code <= 299  # noqa: PLR2004 - RFC 5321, 4.2.1: accepted


def _outcome(letter: OutgoingLetter, result: LetterState, reply: str) -> DeliveryOutcome:
    return DeliveryOutcome(letter.key, result, harmless_text(reply, REPLY_LIMIT))


def _said(trouble: Exception) -> str:
    """Say what went wrong in one line; a server's own words where it spoke."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        return harmless_text(f"{trouble.smtp_code} {_decoded(trouble.smtp_error)}", REPLY_LIMIT)
    return harmless_text(f"{type(trouble).__name__}: {trouble}", REPLY_LIMIT)


def _decoded(reply: bytes | str | None) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply or ""
