"""One Prefect server for the tests of flows, since it takes seconds to start; a database of its own for each test."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dondoc.cli.engine.prefect_server import temporary_server
from models.session import Database

# Before any test module imports prefect: it reads these once, and makes its folder.
prefect_home = tempfile.mkdtemp(prefix="dondoc-tests-prefect-")
atexit.register(shutil.rmtree, prefect_home, ignore_errors=True)
os.environ.update(
    {
        "PREFECT_HOME": prefect_home,
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }
)


@pytest.fixture(scope="session")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the API's URL of the server of this session."""
    with temporary_server(tmp_path_factory.mktemp("engine"), os.environ) as url:
        yield url


@pytest.fixture
def on_server(server_url: str) -> Iterator[str]:
    """Run the test against the server of this session."""
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415  # see above

    with temporary_settings({PREFECT_API_URL: server_url}):
        yield server_url


@pytest.fixture
def flow_database(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """Give a database that flows open too."""
    from flows import surroundings  # noqa: PLC0415  # see above

    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    monkeypatch.setenv("DONDOC_DATABASE_URL", database.url)
    yield database
    surroundings.database().dispose()
