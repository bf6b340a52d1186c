"""A Prefect server as a child process: its settings, starting one for a while, and finding one that runs.

Nothing here imports prefect: the settings are environment variables, given before any process loads it.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from dondoc.cli.engine.process import end_process, start_process
from dondoc.errors import EngineUnavailable

LOOPBACK = "127.0.0.1"
# From Prefect's own port on; all below 32768, from where the kernel lends ports to others.
API_PORTS = range(4200, 4400)
HEALTH_TIMEOUT_SECONDS = 2.0
# A first start migrates an empty database: measured 14 s; a later one 5 s. A slow disk may take several times that.
START_TIMEOUT_SECONDS = 180.0
START_POLL_SECONDS = 0.2
STOP_PATIENCE_SECONDS = 4.0
RETENTION_DAYS = 14
DAY_SECONDS = 24 * 60 * 60


def engine_environment(home: Path, environment: Mapping[str, str], *, api_url: str) -> dict[str, str]:
    """Give the whole environment of a process that runs Prefect, server or client, from the one a person has."""
    folder = _prefect_home(home)
    kept = {
        name: value
        for name, value in environment.items()
        # The embedded server is the house's own: a person's other server, its key or its database must not reach it.
        if not name.startswith(("PREFECT_API_", "PREFECT_SERVER_API_", "PREFECT_SERVER_DATABASE_", "PREFECT_PROFILE"))
    }
    if root := _source_checkout():
        # Children run with -P; from a checkout the house is found this way, whatever folder the person stands in.
        kept["PYTHONPATH"] = ":".join(filter(None, [root, environment.get("PYTHONPATH", "")]))
    return kept | {
        "DONDOC_HOME": str(home.resolve()),
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": api_url,
        # A file of its own: Prefect's many small writes never wait for ours, nor ours for them.
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder / 'prefect.db'}",
        # Without this a client that finds no server starts one silently, in each process.
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        # Private and offline: no usage reports, no banners, no calls home.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # A proxy of the office must not be asked for loopback.
        "NO_PROXY": ",".join(filter(None, [environment.get("NO_PROXY", ""), LOOPBACK, "localhost"])),
        "no_proxy": ",".join(filter(None, [environment.get("no_proxy", ""), LOOPBACK, "localhost"])),
        # The folder of the installed package may not be writable.
        "PREFECT_SERVER_UI_STATIC_DIRECTORY": str(folder / "ui"),
        # A delivery each minute is half a million runs a year. The record is our ledger; Prefect's is a window.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(RETENTION_DAYS * DAY_SECONDS),
        # The logs of children are files.
        "PREFECT_LOGGING_COLORS": "false",
        "PYTHONUNBUFFERED": "1",
        # Until Python 3.15 a child's files default to the locale; our names are Vietnamese.
        "PYTHONUTF8": "1",
    }


def server_argv(port: int) -> tuple[str, ...]:
    """Give the command that serves Prefect on loopback: its application under uvicorn, without a process in between."""
    return (
        *(sys.executable, "-P", "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"),
        *("--host", LOOPBACK, "--port", str(port), "--log-level", "warning", "--timeout-graceful-shutdown", "2"),
    )


def api_address(port: int) -> str:
    """Give the API's URL at a loopback port."""
    return f"http://{LOOPBACK}:{port}/api"


def free_port(candidates: range = API_PORTS) -> int:
    """Find a loopback port that nobody listens on; `EngineUnavailable` if all are taken.

    Processes that look at the same moment begin at different ports: a server takes seconds until it listens.
    """
    first = os.getpid() % len(candidates)
    for port in [*candidates[first:], *candidates[:first]]:
        if port_is_free(port):
            return int(port)
    raise EngineUnavailable(f"Ports {candidates.start} to {candidates.stop - 1} are all taken. Free one and try again.")


def port_is_free(port: int) -> bool:
    """Say whether a server could listen at this loopback port now."""
    with socket.socket() as listener:
        # As servers do: an address in its last wait after a server's death is free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(url: str) -> bool:
    """Say whether a GET of the URL gives 200 in time."""
    try:
        with _opener(url).open(url, timeout=HEALTH_TIMEOUT_SECONDS) as response:
            return bool(response.status == 200)  # noqa: PLR2004 - OK
    except (OSError, ValueError, urllib.error.HTTPError):
        return False


def server_answers(api_url: str) -> bool:
    """Say whether a Prefect server answers at its API's URL."""
    return answers(f"{api_url.rstrip('/')}/health")


def serves_home(api_url: str, home: Path) -> bool:
    """Say whether the server that answers is this home's: another program may have taken the port a moment before."""
    try:
        with _opener(api_url).open(f"{api_url}/admin/settings", timeout=HEALTH_TIMEOUT_SECONDS) as response:
            return bool(json.load(response)["home"] == str(_prefect_home(home)))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def find_server(home: Path, environment: Mapping[str, str]) -> str | None:
    """Find a server that answers: the one that PREFECT_API_URL names, else the one that `dondoc up` started here."""
    named = environment.get("PREFECT_API_URL", "")
    if named and server_answers(named):
        return named
    try:
        written = json.loads((home / "engine.json").read_text(encoding="utf-8"))["api_url"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # A note outlives a supervisor killed with -9, and its port may have another tenant.
    return str(written) if serves_home(str(written), home) else None


@contextmanager
def temporary_server(home: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run a server on a free loopback port for the length of the block; give its API's URL.

    `EngineUnavailable` if it does not answer in time. It ends with the block, or with this process.
    """
    port = free_port()
    api_url = api_address(port)
    log = home / "log" / "server.log"
    process = start_process(server_argv(port), engine_environment(home, environment, api_url=api_url), log)
    try:
        _wait_until_it_answers(process, api_url, home)
        yield api_url
    finally:
        end_process(process, patience_seconds=STOP_PATIENCE_SECONDS)


def _wait_until_it_answers(process: subprocess.Popen[bytes], api_url: str, home: Path) -> None:
    log = home / "log" / "server.log"
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise EngineUnavailable(
                f"The Prefect server ended while it started (exit {process.returncode}); see {log}."
            )
        if serves_home(api_url, home):
            return
        time.sleep(START_POLL_SECONDS)
    raise EngineUnavailable(f"The Prefect server did not answer within {START_TIMEOUT_SECONDS:.0f} s; see {log}.")


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Open by way of the office's proxy, but never for loopback."""
    local = urlsplit(url).hostname in {LOOPBACK, "localhost"}
    return urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if local else []))


def _prefect_home(home: Path) -> Path:
    return home.resolve() / "prefect"


def _source_checkout() -> str | None:
    root = Path(__file__).resolve().parents[3]
    return str(root) if (root / "pyproject.toml").is_file() else None
