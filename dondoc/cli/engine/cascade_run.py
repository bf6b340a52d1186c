"""`dondoc issue`, its engine part: runs the cascade flow on the server that runs, or on one started for it."""

import importlib
import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from dondoc.cli.engine.prefect_server import engine_environment, find_server, temporary_server

if TYPE_CHECKING:
    from flows.cascade import CascadeResult


def cascade_through_engine(number: str, now: datetime, home: Path, say: Callable[[str], None]) -> "CascadeResult":
    """Cascade a registered directive as a Prefect flow run; `EngineUnavailable` if the server dies meanwhile."""
    with ExitStack() as stack:
        api_url = find_server(home, os.environ)
        if api_url is None:
            say("No Prefect server runs; starting one for this run (`dondoc up` keeps one).")
            api_url = stack.enter_context(temporary_server(home, os.environ))
        if api_url != os.environ.get("PREFECT_API_URL"):
            _take(engine_environment(home, os.environ, api_url=api_url))
        os.environ["DO_NOT_TRACK"] = "1"
        # A person reads this terminal: errors only, unless another level was asked for.
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
        # Else Prefect's last lines are sent to a server that has been stopped, and their failure is printed.
        os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "false")
        # Only now: Prefect reads its settings when it is imported, and takes a second that other commands need not pay.
        run_cascade = importlib.import_module("flows.cascade").run_cascade
        result: CascadeResult = run_cascade(number, now, api_url)
        return result


def _take(environment: dict[str, str]) -> None:
    """Make this process's environment the given one: the key of another server is no business of the embedded one."""
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)
