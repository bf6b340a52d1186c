"""The guard on the network guards: outbound is refused and recorded, in this process and in its children."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offline.sitecustomize import RECORD, stays_here

OUTSIDE = "192.0.2.1"
"""An address that the standards keep for documentation (RFC 5737): nobody's."""


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep this test's refusals apart from the suite's."""
    file = tmp_path / "outbound"
    file.touch()
    monkeypatch.setenv(RECORD, str(file))
    return file


def test_a_connection_outside_is_refused_and_recorded(record: Path) -> None:
    with socket.socket() as outside, pytest.raises(ConnectionRefusedError, match="stay on this machine"):
        outside.connect((OUTSIDE, 25))
    assert f"{OUTSIDE}:25" in record.read_text()


def test_a_name_is_not_looked_up_outside(record: Path) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.getaddrinfo("server.example", 25)
    assert "server.example" in record.read_text()


def test_a_child_is_held_to_it_too(record: Path) -> None:
    code = f"import socket; socket.create_connection(({OUTSIDE!r}, 443), timeout=1)"
    child = subprocess.run([sys.executable, "-c", code], env=dict(os.environ), capture_output=True, check=False)
    assert child.returncode == 1
    assert OUTSIDE in record.read_text()


def test_loopback_is_free(record: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert record.read_text() == ""


@pytest.mark.parametrize(
    ("host", "stays"),
    [
        ("localhost", True),
        ("127.0.0.53", True),  # the whole of 127/8 is loopback
        ("::1", True),
        (b"localhost", True),
        (None, True),  # the wildcard of getaddrinfo
        ("10.0.0.1", False),  # the office's own network is not this machine
        ("localhost.example", False),
        ("::ffff:8.8.8.8", False),
    ],
)
def test_what_counts_as_this_machine(host: str | bytes | None, *, stays: bool) -> None:
    assert stays_here(host) is stays
