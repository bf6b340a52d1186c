"""Keep one throwaway PostgreSQL for as long as standard input stays open, then stop it and remove its folder.

Run as a child: however its parent ends (ctrl-C, kill -9), the pipe closes, and nothing is left running.
Usage: python postgres_keeper.py FOLDER-OF-BINARIES. Prints one line: the server's address, or what went wrong.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

START_SECONDS = 60
STOP_SECONDS = 20
USERS = ("postgres", "nobody")
"""Whom the server runs as when this process is root, which PostgreSQL refuses."""

SETTINGS = {
    "fsync": "off",  # nothing here outlives the run
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
}


def main(binaries: Path) -> int:
    """Start the server, print its address, wait for the end of standard input, stop."""
    folder = Path(tempfile.mkdtemp(prefix="dondoc-tests-postgres-"))
    server = None
    try:
        identity = _identity(folder)
        binaries = _reachable(binaries, folder, identity)
        address = _create(binaries, folder, identity)
        server, port = _start(binaries, folder, identity)
        print(address.format(port=port), flush=True)  # noqa: T201  # the protocol with the parent
        sys.stdin.read()
    except (OSError, subprocess.SubprocessError, KeyError) as problem:
        print(f"failed: {problem} {_last_words(folder)}", flush=True)  # noqa: T201
        return 1
    else:
        return 0
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _identity(folder: Path) -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    for name in USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    msg = f"PostgreSQL does not run as root, and there is no user named {' or '.join(USERS)}"
    raise KeyError(msg)


def _reachable(binaries: Path, folder: Path, identity: dict[str, Any]) -> Path:
    """Give binaries that the server's user may execute: a copy, where theirs stand in somebody's private folder."""
    probe = [str(binaries / "postgres"), "--version"]
    try:
        subprocess.run(probe, check=True, capture_output=True, cwd=folder, **identity)
    except PermissionError:
        package = binaries.parents[1]
        libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps what its binaries load
        copied = folder / "installation" / package.name
        shutil.copytree(binaries.parent, copied / binaries.parent.name, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, copied.with_name(libraries.name), symlinks=True)
        return copied / binaries.parent.name / binaries.name
    return binaries


def _create(binaries: Path, folder: Path, identity: dict[str, Any]) -> str:
    password = secrets.token_urlsafe(16)
    password_file = folder / "password"
    password_file.write_text(password)
    password_file.chmod(0o644)  # the folder itself is open to the server's user only
    options = ("--username=dondoc", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync")
    command = [f"{binaries}/initdb", f"--pgdata={folder}/data", f"--pwfile={password_file}", *options]
    with (folder / "log").open("ab") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log, cwd=folder, **identity)
    return f"postgresql+psycopg://dondoc:{password}@127.0.0.1:{{port}}"


def _start(binaries: Path, folder: Path, identity: dict[str, Any]) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = SETTINGS | {"port": str(port), "unix_socket_directories": str(folder)}
    command = [
        f"{binaries}/postgres",
        "-D",
        f"{folder}/data",
        *(f"--{name}={value}" for name, value in settings.items()),
    ]
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, start_new_session=True, **identity
        )
    until = time.monotonic() + START_SECONDS
    while "ready" not in _state(folder):
        if server.poll() is not None or time.monotonic() > until:
            _stop(server)
            msg = "the server did not start:"
            raise OSError(msg)
        time.sleep(0.02)
    return server, port


def _state(folder: Path) -> str:
    pid_file = folder / "data" / "postmaster.pid"
    return pid_file.read_text().splitlines()[-1] if pid_file.exists() and pid_file.stat().st_size else ""


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # "fast": ends the connections that are still open
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _last_words(folder: Path) -> str:
    log = folder / "log"
    return " ".join(log.read_text(errors="replace").splitlines()[-5:]) if log.exists() else ""


if __name__ == "__main__":
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)  # the parent says when: by closing the pipe, or by ending
    sys.exit(main(Path(sys.argv[1])))
