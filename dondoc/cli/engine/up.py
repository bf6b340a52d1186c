"""`dondoc up`: which children one machine runs, that only one set of them runs on a home, and where they answer."""

import fcntl
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from dondoc.cli.engine.prefect_server import (
    LOOPBACK,
    answers,
    api_address,
    engine_environment,
    free_port,
    port_is_free,
    server_argv,
    serves_home,
)
from dondoc.cli.engine.supervisor import Child, Supervisor
from dondoc.errors import Refused

WEB_APPLICATION = "dondoc.web.app:create_app"


def run_up(home: Path, web_port: int, environment: Mapping[str, str], say: Callable[[str], None]) -> int:
    """Run the Prefect server, the flow runner and the web door until a stop signal; give the exit status.

    `Refused` if the home has its set already, or the port is taken.
    """
    home = home.resolve()
    with only_one(home):
        if not port_is_free(web_port):
            raise Refused(f"Port {web_port} is taken by another program. Free it, or choose another: --port N.")
        api_port = free_port()
        api_url, web_url = api_address(api_port), f"http://{LOOPBACK}:{web_port}"
        with written_down(home, api_url, web_url):
            return Supervisor(
                engine_children(home, environment, api_port=api_port, web_port=web_port),
                log_dir=home / "log",
                say=say,
                on_ready=partial(
                    say, f"all is ready: {web_url} (Prefect: {api_url.removesuffix('/api')}); ctrl-C stops"
                ),
            ).run()


def engine_children(
    home: Path,
    environment: Mapping[str, str],
    *,
    api_port: int,
    web_port: int,
    web_application: str = WEB_APPLICATION,
) -> tuple[Child, ...]:
    """Name the three: the server, the runner that needs it, and the web door that needs neither."""
    api_url = api_address(api_port)
    env = engine_environment(home, environment, api_url=api_url)
    web_argv = (
        *(sys.executable, "-P", "-m", "uvicorn", "--factory", web_application),
        *("--host", LOOPBACK, "--port", str(web_port), "--log-level", "warning", "--timeout-graceful-shutdown", "2"),
    )
    return (
        Child("server", server_argv(api_port), env, ready=partial(serves_home, api_url, home)),
        Child("runner", (sys.executable, "-P", "-m", "flows.schedule"), env, needs="server"),
        Child("web", web_argv, env, ready=partial(answers, f"http://{LOOPBACK}:{web_port}/healthz")),
    )


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Hold the home for this process; `Refused` if another holds it. The kernel lets go when the process ends."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "up.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("`dondoc up` runs on this home already. Stop it first.", where=str(home)) from None
        yield


@contextmanager
def written_down(home: Path, api_url: str, web_url: str) -> Iterator[None]:
    """Keep `engine.json` in the home for as long as the block runs: where the server and the web door answer."""
    note = home / "engine.json"
    draft = home / "engine.json.new"
    draft.write_text(json.dumps({"api_url": api_url, "web_url": web_url, "pid": os.getpid()}), encoding="utf-8")
    draft.replace(note)
    try:
        yield
    finally:
        note.unlink(missing_ok=True)
