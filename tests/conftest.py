"""What every test may ask for: a database of its own on either engine. And what none may do: leave this machine."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RECORD = "DONDOC_TESTS_OUTBOUND"
"""Names the file of refused connections; see tests/offline/sitecustomize.py."""

POSTGRES = "DONDOC_TESTS_POSTGRES"
"""Gives the workers of pytest-xdist the address of the server that the first process keeps."""

# Before the imports below: child processes inherit it, and workers share the first process's record.
IS_FIRST_PROCESS = RECORD not in os.environ
if IS_FIRST_PROCESS:
    handle, os.environ[RECORD] = tempfile.mkstemp(prefix="dondoc-tests-outbound-")
    os.close(handle)
    offline = str(Path(__file__).with_name("offline"))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (offline, os.environ.get("PYTHONPATH"))))
    os.environ.update({"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"})

from models.session import Database, open_database  # noqa: E402
from tests.databases import DIALECTS, Databases, PostgresServer  # noqa: E402
from tests.offline import sitecustomize  # noqa: E402, F401  # importing it sets the guard

_shared_server: list[PostgresServer] = []


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for all workers, where there are workers."""
    if IS_FIRST_PROCESS and config.getoption("numprocesses", None):
        _shared_server.append(PostgresServer())
        os.environ[POSTGRES] = _shared_server[0].address


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the suite if anything tried to leave this machine, even where the error was swallowed."""
    if IS_FIRST_PROCESS and Path(os.environ[RECORD]).read_text():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which connections were refused."""
    refused = Path(os.environ[RECORD]).read_text()
    if refused:
        terminalreporter.section("connections that would have left this machine", red=True)
        terminalreporter.line(refused)


def pytest_unconfigure() -> None:
    """Leave nothing running and no file behind."""
    while _shared_server:
        _shared_server.pop().stop()
    if IS_FIRST_PROCESS:
        Path(os.environ.pop(RECORD)).unlink(missing_ok=True)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Give the maker of databases, for a test that needs several, or one for many examples."""
    made = Databases(tmp_path_factory.mktemp("databases"), os.environ.get(POSTGRES))
    yield made
    made.stop()


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """Give each database kind in turn; parametrise `dialect` to have one only."""
    return str(request.param)


@pytest.fixture
def database_url(databases: Databases, dialect: str) -> Iterator[str]:
    """Give the URL of a database with the newest schema and nothing registered."""
    with databases.migrated(dialect) as url:
        yield url


@pytest.fixture
def empty_database_url(databases: Databases, dialect: str) -> Iterator[str]:
    """Give the URL of a database without a table."""
    with databases.empty(dialect) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give a database with the newest schema, opened."""
    opened = open_database(database_url)
    yield opened
    opened.dispose()
