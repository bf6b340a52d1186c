"""Every fault of a mail server and the outcome that a letter must have: a table, played, and a page of the docs.

The page is written anew with: python -m tests.mail.fault_matrix, from the project.
"""

import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dondoc.mail.delivery import Transport
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from models.vocabulary import LetterState
from tests.mail.certificates import Certificates, certificates
from tests.mail.scripted_server import DROP, PARTIAL, SLOW, STALL, Script, ScriptedServer, serving

PAGE = Path(__file__).parents[2] / "docs" / "smtp-faults.md"
SHORT_TIMEOUT_SECONDS = 0.25
SENT, RETRY, FAILED, AMBIGUOUS = LetterState.SENT, LetterState.RETRY, LetterState.FAILED, LetterState.AMBIGUOUS

PRIVATE, LOGIN = "private", "login"
NOT_OFFERED, WRONG_HOST, UNTRUSTED = "not offered", "certificate of another host", "certificate nobody vouches for"

STAGES = {
    "connect": "the connection itself",
    "greeting": "the server's first words",
    "ehlo": "what it can do",
    "starttls": "privacy, where it is required",
    "auth": "the login, where there is one",
    "mail": "the sender's address",
    "rcpt": "the recipient's address",
    "data": "may the letter come",
    "body": "the answer to the whole letter",
    "quit": "the farewell, after the letter was taken",
}
"""The stages of a conversation in order, each with what is answered there."""

LONGEST_SHOWN = 80
HEAD = """# What a mail server can do to a letter

Made from the table in `tests/mail/fault_matrix.py`. Every line is played against a real SMTP conversation on loopback,
once as a conversation (`tests/mail/test_smtp_faults.py`) and once through the outbox until the server is well again
(`tests/operations/test_delivery_faults.py`); a test compares this page with the table.

No fault is taken for success. `retry`: the server has not taken the letter, and it is tried again. `failed`: refused
for good. `ambiguous`: the whole letter left and the answer was lost; it is repeated once, under the same Message-ID, so
that whoever gets both copies sees one.
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A fault at a stage, and what must become of the letter. `fault` is a reply, or what the server does instead."""

    stage: str
    fault: str
    outcome: LetterState

    @property
    def needs(self) -> str | None:
        """What the conversation must be like to come to this stage at all."""
        return {"starttls": PRIVATE, "auth": LOGIN}.get(self.stage)

    @property
    def arrives(self) -> bool:
        """Whether the server has the whole letter by then, or gets it all the same."""
        return self.stage in {"body", "quit"} or self.outcome is SENT


def _row(stage: str, *faults: tuple[str, LetterState]) -> tuple[Cell, ...]:
    return tuple(Cell(stage, fault, outcome) for fault, outcome in faults)


CELLS: tuple[Cell, ...] = (
    *_row("connect", (DROP, RETRY)),
    # The connection never came about: nothing was said of the letter.
    *_row("greeting", ("421 too busy", RETRY), ("451 later", RETRY), ("554 no service", RETRY), ("nonsense", RETRY)),
    *_row("greeting", (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY), (SLOW, SENT)),
    *_row("ehlo", ("421 closing", RETRY), ("451 later", RETRY), ("550 no", RETRY), ("nonsense", RETRY)),
    *_row("ehlo", (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY), (SLOW, SENT)),
    # No privacy, no letter: somebody may have cut the offer out.
    *_row("starttls", (NOT_OFFERED, RETRY), (WRONG_HOST, RETRY), (UNTRUSTED, RETRY)),
    *_row("starttls", ("421 closing", RETRY), ("454 not now", RETRY), ("501 no", RETRY), ("nonsense", RETRY)),
    *_row("starttls", (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY)),
    # A wrong password is the office's setting: no recipient's letter is given up for it.
    *_row("auth", (NOT_OFFERED, RETRY), ("421 closing", RETRY), ("454 later", RETRY), ("535 wrong password", RETRY)),
    *_row("auth", ("nonsense", RETRY), (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY)),
    # So is a refused sender; but its size is the letter's own.
    *_row("mail", ("421 closing", RETRY), ("451 later", RETRY), ("530 log in first", RETRY), ("550 refused", RETRY)),
    *_row("mail", ("552 too large", FAILED), ("nonsense", RETRY), (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY)),
    *_row("rcpt", ("421 closing", RETRY), ("450 greylisted", RETRY), ("550 no such user", FAILED)),
    *_row("rcpt", ("nonsense", RETRY), (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY)),
    *_row("data", ("421 closing", RETRY), ("451 later", RETRY), ("554 no valid recipients", FAILED)),
    *_row("data", ("nonsense", RETRY), (DROP, RETRY), (STALL, RETRY), (PARTIAL, RETRY)),
    # The whole letter is there: a clear answer counts, a lost or senseless one leaves it open.
    *_row("body", ("250 taken", SENT), ("251 taken, forwarded", SENT), ("421 closing", RETRY), ("451 later", RETRY)),
    *_row("body", ("554 looks like spam", FAILED), ("nonsense", AMBIGUOUS), ("250 " + "x" * 9000, AMBIGUOUS)),
    *_row("body", (DROP, AMBIGUOUS), (STALL, AMBIGUOUS), (PARTIAL, AMBIGUOUS)),
    # It was taken: how the server says good-bye changes nothing.
    *_row("quit", ("421 closing", SENT), ("554 no", SENT), (DROP, SENT), (STALL, SENT)),
)


@contextmanager
def faulty(cell: Cell) -> Iterator[tuple[ScriptedServer, Transport]]:
    """Serve the fault of `cell` to every connection, and give the server with a transport that goes to it."""
    own, other = _certificates()
    able = {PRIVATE: "250-hello\r\n250 STARTTLS", LOGIN: "250-hello\r\n250 AUTH PLAIN"}.get(cell.needs or "")
    script: Script = {"ehlo": able} if able and cell.fault != NOT_OFFERED else {}
    if cell.fault not in {NOT_OFFERED, WRONG_HOST, UNTRUSTED} and cell.stage != "connect":
        script = {**script, cell.stage: cell.fault}
    shown = other if cell.fault == WRONG_HOST else own
    trusted = None if cell.fault == UNTRUSTED else shown.trusting
    with serving(script, tls=shown.server) as server:
        port = server.port if cell.stage != "connect" else _closed_port()
        yield server, _transport(port, cell.needs, trusted)


def _transport(port: int, needs: str | None, trusted: ssl.SSLContext | None) -> SmtpTransport:
    login = "dondoc:s3cret@" if needs == LOGIN else ""
    url = f"smtp://{login}127.0.0.1:{port}{'?tls=required' if needs == PRIVATE else ''}"
    return SmtpTransport(mail_server(url), timeout_seconds=SHORT_TIMEOUT_SECONDS, context=trusted)


def _closed_port() -> int:
    with serving({}) as server:
        return server.port


@cache
def _certificates() -> tuple[Certificates, Certificates]:
    """Make a certificate of this host, and one of another, once."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for name, address in (("own", "127.0.0.1"), ("other", "127.0.0.9")):
            (place := Path(folder) / name).mkdir()
            made.append(certificates(place, address))
    return made[0], made[1]


def page() -> str:
    """Write the whole page."""
    rows = [
        f"| {cell.stage}: {STAGES[cell.stage]} | {_fault(cell)} | {cell.outcome} | {_then(cell)} |" for cell in CELLS
    ]
    return "\n".join(
        [HEAD, "| stage | the server | the letter is | in the end |", "| --- | --- | --- | --- |", *rows, ""]
    )


def _fault(cell: Cell) -> str:
    said = {DROP: "hangs up", STALL: "falls silent", PARTIAL: "hangs up in the middle of a reply", SLOW: "is slow"}
    fault = "is not there" if cell.stage == "connect" else said.get(cell.fault, cell.fault)
    return "a reply of 9,000 characters" if len(fault) > LONGEST_SHOWN else fault


def _then(cell: Cell) -> str:
    return {
        SENT: "one copy",
        RETRY: "one copy, when the server is well again",
        FAILED: "none, and the office is told",
        AMBIGUOUS: "one or two copies under one Message-ID",
    }[cell.outcome]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
