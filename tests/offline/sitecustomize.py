"""Refuse every connection that leaves this machine, and write it down, so that a swallowed error still fails the suite.

Python imports a module of this name at its start: with this folder on PYTHONPATH, child processes are held to it too.
"""

import os
import sys
from typing import Any

RECORD = "DONDOC_TESTS_OUTBOUND"
"""The environment variable that names the file in which refused connections are written, one a line."""

LOOPBACK_NAMES = ("", "localhost", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1")  # noqa: S104  # allowed, not bound


def stays_here(host: object) -> bool:
    """Say whether `host` is this machine's own loopback; a missing name is."""
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    if name is None:
        return True
    return isinstance(name, str) and (name.lower() in (*LOOPBACK_NAMES, os.uname().nodename) or name.startswith("127."))


def refuse_outbound(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise on a connection, a datagram or a name look-up that would leave the machine (an audit hook)."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and not stays_here(address[0]):
            _refuse(f"{event} {address[0]}:{address[1]}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname") and not stays_here(arguments[0]):
        _refuse(f"{event} {arguments[0]}")


def _refuse(what: str) -> None:
    with open(os.environ[RECORD], "a", encoding="utf-8") as record:  # noqa: PTH123  # loaded by every child: no imports
        record.write(f"{what} (by {' '.join(sys.orig_argv)[:200]})\n")
    msg = f"the tests stay on this machine: {what}"
    raise ConnectionRefusedError(msg)


if RECORD in os.environ:
    sys.addaudithook(refuse_outbound)
