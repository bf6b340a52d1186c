"""One SMTP connection: `emails`' client with what it lacks.

Certificates are verified, a required STARTTLS is not waived, and it is known whether a letter's last byte has left,
so that a lost reply is never taken for success.
"""

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING, Final, cast

from emails.backend.response import SMTPResponse
from emails.backend.smtp.client import SMTPClientWithResponse

from dondoc.mail.server import MailServer, Privacy

if TYPE_CHECKING:
    from typing_extensions import Buffer

START_DATA: Final = 354
_HOST_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_LEADING_DOT = re.compile(rb"(?m)^\.")


class CarefulClient(SMTPClientWithResponse):
    """A connection that is open, private and logged in once it is made, or raises SMTPException or OSError."""

    def __init__(self, server: MailServer, context: ssl.SSLContext, timeout_seconds: float) -> None:
        """Connect and go up to where mail may be sent. `timeout_seconds` holds for each reply."""
        self.make_response = SMTPResponse
        self.body_has_left = False
        self._server = server
        self._context = context
        # Not the parent's constructor: it logs in before STARTTLS could be checked, and verifies nothing.
        smtplib.SMTP.__init__(self, server.host, server.port, local_hostname=_own_name(), timeout=timeout_seconds)
        try:
            self._make_private()
            if server.user:
                self.login(server.user, server.password)
        except BaseException:
            self.hang_up()
            raise

    def send_letter(self, sender: str, recipient: str, content: bytes) -> SMTPResponse:
        """Say one letter to one recipient.

        Raises SMTPException or OSError when no reply can be understood; `body_has_left` then says whether the server
        may have taken the letter.
        """
        self.body_has_left = False
        return cast("SMTPResponse", self.sendmail(sender, [recipient], content))

    def data(self, msg: "Buffer | str") -> tuple[int, bytes]:
        """Send the bytes of a body that has CRLF line ends, and note when its last byte has left."""
        self.putcmd("data")
        code, reply = self.getreply()
        if code != START_DATA:
            return code, reply
        body = _LEADING_DOT.sub(b"..", cast("bytes", msg))
        self.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        self.body_has_left = True
        return self.getreply()

    def hang_up(self) -> None:
        """End the connection politely if it still stands; never raises."""
        with suppress(smtplib.SMTPException, OSError, ValueError):
            smtplib.SMTP.quit(self)
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether another letter may be tried on this connection."""
        return self.sock is not None

    def _make_private(self) -> None:
        self.ehlo_or_helo_if_needed()
        if self._server.privacy is Privacy.REQUIRED or (
            self._server.privacy is Privacy.OPTIONAL and self.has_extn("starttls")
        ):
            self.starttls(context=self._context)
            self.ehlo_or_helo_if_needed()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        if self._server.privacy is not Privacy.IMPLICIT:
            return plain
        return self._context.wrap_socket(plain, server_hostname=host)

    def _rset(self) -> None:
        # What RSET answers says nothing about the letter before it.
        try:
            self.rset()
        except (smtplib.SMTPException, OSError):
            self.close()


def _own_name() -> str:
    """Give this machine's name without asking the network, as HELO wants it."""
    name = socket.gethostname()
    return name if _HOST_NAME.fullmatch(name) else "localhost"
