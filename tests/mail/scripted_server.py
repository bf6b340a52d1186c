"""A mail server on loopback that does at each stage what its script says: answer, refuse, hang up, or fall silent."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

DROP = "drop"
STALL = "stall"
PARTIAL = "partial"
SLOW = "slow"
SLOW_SECONDS = 0.1
FINE = {
    "greeting": "220 ready",
    "ehlo": "250-hello\r\n250 SIZE 1000000",
    "starttls": "220 go ahead",
    "auth": "235 welcome",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "body": "250 taken",
    "rset": "250 ok",
    "noop": "250 ok",
    "quit": "221 bye",
}
Script = Mapping[str, str | Sequence[str]]


class HungUp(Exception):
    """The conversation is over."""


@dataclass
class ScriptedServer:
    """What happened: connections, commands in order, and the bodies that came whole. Scripts: one a connection.

    The last script serves all further connections; a list of replies is used up one by one, its last one kept.
    """

    scripts: list[Script]
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    port: int = 0

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            script = self.scripts[min(self.connections, len(self.scripts) - 1)]
            self.connections += 1
            conversation = _Conversation(self, line, script)
            with suppress(HungUp, OSError):
                conversation.hold()
            conversation.line.close()


class _Conversation:
    def __init__(self, server: ScriptedServer, line: socket.socket, script: Script) -> None:
        self.server = server
        line.settimeout(5)
        self.line = line
        self.script = {stage: [reply] if isinstance(reply, str) else list(reply) for stage, reply in script.items()}

    def hold(self) -> None:
        if self.server.implicit_tls:
            self._become_private()
        with closing(self.line.makefile("rb")) as self.reader:
            self._talk()

    def _talk(self) -> None:
        self._answer("greeting")
        while command := self.reader.readline().decode("ascii").strip():
            self.server.commands.append(command)
            stage = command.split()[0].lower().replace("helo", "ehlo")
            self._answer(stage)
            if stage == "starttls":
                self.reader.close()
                self._become_private()
                self.reader = self.line.makefile("rb")
            if stage == "data":
                body = bytearray()
                while (row := self.reader.readline()) not in {b".\r\n", b""}:
                    body += row
                self.server.bodies.append(bytes(body))
                self._answer("body")

    def _answer(self, stage: str) -> None:
        replies = self.script.get(stage, [FINE[stage]])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if reply == DROP:
            raise HungUp
        if reply == PARTIAL:
            self.line.sendall(b"25")
            raise HungUp
        if reply == SLOW:
            time.sleep(SLOW_SECONDS)
            reply = FINE[stage]
        if reply == STALL:
            # Silent until the other side gives up.
            while self.line.recv(4096):
                pass
            raise HungUp
        self.line.sendall(reply.encode() + b"\r\n")
        if reply.startswith("421") or stage == "quit":
            raise HungUp
        if stage == "data" and not reply.startswith("354"):
            self.hold_on_refusal()

    def hold_on_refusal(self) -> None:
        """After a refused DATA no body follows."""
        while command := self.reader.readline().decode("ascii").strip():
            self.server.commands.append(command)
            self._answer(command.split()[0].lower())

    def _become_private(self) -> None:
        if self.server.tls is None:
            raise HungUp
        self.line = self.server.tls.wrap_socket(self.line, server_side=True)


@contextmanager
def serving(
    *scripts: Script, tls: ssl.SSLContext | None = None, implicit_tls: bool = False
) -> Iterator[ScriptedServer]:
    """Serve the scripts on a free port of loopback until the block ends."""
    server = ScriptedServer(list(scripts) or [{}], tls, implicit_tls)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=6)
