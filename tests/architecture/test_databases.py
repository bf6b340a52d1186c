"""The tests' own PostgreSQL: it is there, it is the test's alone, and it ends however the run ends."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from models.session import Database, open_database
from tests import databases as databases_module
from tests.databases import Databases, find_binaries

OWNER = """
import sys
from tests.databases import PostgresServer
server = PostgresServer()
print(server.address, server._keeper.pid, flush=True)
sys.stdin.read()
"""


def test_each_database_starts_without_a_unit_and_with_a_ledger(database: Database) -> None:
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM unit")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM ledger_head")).scalar_one() == 1


def test_what_one_database_gets_the_next_does_not_have(databases: Databases, dialect: str) -> None:
    with databases.empty(dialect) as first, databases.empty(dialect) as second:
        one, other = open_database(first), open_database(second)
        with one.writer.begin() as connection:
            connection.execute(text("CREATE TABLE mark (id INTEGER)"))
        with other.reading() as connection, pytest.raises(Exception, match=r"mark"):
            connection.execute(text("SELECT * FROM mark"))
        one.dispose()
        other.dispose()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_when_the_process_that_asked_for_it_is_ended(how: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    ) as owner:  # fmt: skip
        assert owner.stdout is not None
        _address, keeper = owner.stdout.readline().split()
        owner.send_signal(how)
    until = time.monotonic() + 20
    while _is_running(int(keeper)):
        assert time.monotonic() < until, "the keeper outlived its parent"
        time.sleep(0.05)


def test_a_machine_without_postgresql_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(databases_module, "SYSTEM_FOLDERS", "/nowhere/*")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(RuntimeError, match="no PostgreSQL for the tests"):
        find_binaries()


def test_the_package_serves_where_the_system_has_no_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(databases_module, "SYSTEM_FOLDERS", "/nowhere/*")
    server = databases_module.PostgresServer()
    server.stop()
    assert server.address.startswith("postgresql+psycopg://dondoc:")


def test_binaries_in_a_private_folder_are_copied_for_the_user_who_runs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(databases_module, "SYSTEM_FOLDERS", "/nowhere/*")
    binaries = find_binaries()
    package, installation = binaries.parents[1], binaries.parent.name
    private = tmp_path / "private"  # pytest's own folders are open to their owner only: as root, to nobody else
    shutil.copytree(binaries.parent, private / package.name / installation, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, private / libraries.name, symlinks=True)
    monkeypatch.setattr(databases_module, "find_binaries", lambda: private / package.name / installation / "bin")
    server = databases_module.PostgresServer()
    server.stop()
    assert server.address.startswith("postgresql+psycopg://dondoc:")


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
