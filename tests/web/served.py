"""The web door on a free port of loopback, as a browser meets it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Thread
from time import sleep

import uvicorn
from httpx import Client

from dondoc.settings import load_settings
from dondoc.web.app import create_app


@contextmanager
def client_for(
    database_url: str, folder: Path, clock: Callable[[], datetime] | None = None, **environment: str
) -> Iterator[Client]:
    """Serve the application as `dondoc up` does, on a free port, by its clock or a driven one; give a client of it."""
    given = {"DONDOC_HOME": str(folder / "home"), "DONDOC_DATABASE_URL": database_url, **environment}
    app = create_app(load_settings(given, folder), clock)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        with Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
