"""What is around the program fails: database, disk, folders, servers. One line, nothing half-written, no password."""

import socket
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine, create_engine, event, make_url, text

from dondoc.cli.engine import cascade_run
from dondoc.errors import EngineUnavailable
from dondoc.operations.cascade import cascade_all
from dondoc.operations.rules import default_rules
from models import dialects
from models.session import Database
from tests.cli.office import dondoc, everything
from tests.cli.test_directive_files import GOOD
from tests.factories import Issued, focal

sqlite_only = pytest.mark.parametrize("dialect", ["sqlite"])
postgresql_only = pytest.mark.parametrize("dialect", ["postgresql"])

GEHEIM = "geheim"
"""A password that must never be printed."""

READING = [("status",), ("tasks", "--json"), ("units", "tree"), ("letters",), ("verify",), ("timeline", "1")]
WRITING = [("sweep",), ("deliver",), ("task", "submit", "1", "--by", "a@b.example")]


@pytest.mark.parametrize("command", READING + WRITING, ids=" ".join)
def test_without_a_database_a_command_says_how_to_make_one_and_makes_nothing(
    command: tuple[str, ...], desk: Path
) -> None:
    dondoc(*command).failed_plainly(1, "dondoc init")
    assert list(desk.iterdir()) == []


@pytest.mark.usefixtures("desk")
def test_a_database_without_tables_is_told_from_one_that_is_missing(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", empty_database_url)
    dondoc("status").failed_plainly(1, "dondoc init")
    assert dondoc("init").status == 0
    assert dondoc("init").out == "The database is ready (schema 0001).\n"
    assert dondoc("status").status == 0


def test_a_newer_schema_is_left_alone(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    dondoc("status").failed_plainly(1, "newer", "update dondoc")
    dondoc("init").failed_plainly(1, "newer", "update dondoc")


@sqlite_only
def test_a_writer_that_waits_too_long_is_told_so(issued: Issued, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "BUSY_TIMEOUT_SECONDS", 0)
    before = everything(url)
    other = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    report = str(issued.assignments["report", "DISTRICT-1"])
    ran = dondoc("task", "submit", report, "--by", focal("DISTRICT-1"), "--now", "2025-02-20")
    reading = dondoc("status")
    other.close()
    ran.failed_plainly(1, "locked", "try again")
    assert reading.status == 0, "readers never wait"
    assert everything(url) == before


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Let SQLite grow no file by more than two pages, as if the disk had no room for more."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@sqlite_only
@pytest.mark.usefixtures("province", "full_disk")
def test_a_full_disk_leaves_the_database_as_it_was(url: str) -> None:
    rows = [f"MANY-{number},Công đoàn số {number},grassroots,DISTRICT-1,2025-01-01" for number in range(500)]
    Path("many.csv").write_text("\n".join(["code,name,kind,parent,valid_from", *rows]), encoding="utf-8")
    before = everything(url)
    dondoc("units", "import", "many.csv", "--now", "2025-01-01").failed_plainly(
        1, "the disk is full", "Free some space"
    )
    assert everything(url) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a letter, not a database" * 100, "not an SQLite database"), (None, "cannot be opened")],
    ids=["a text", "a folder"],
)
def test_a_file_that_is_no_database_is_named(
    content: bytes | None, words: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = desk / "place"
    place.mkdir() if content is None else place.write_bytes(content)
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"sqlite:///{place}")
    for command in ("status", "init"):
        dondoc(command).failed_plainly(1, words, "DONDOC_DATABASE_URL")
    assert content is None or place.read_bytes() == content


@sqlite_only
@pytest.mark.usefixtures("issued")
def test_a_damaged_database_is_not_taken_for_a_full_disk(url: str, province: Database) -> None:
    province.dispose()
    file = Path(make_url(url).database or "")
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    dondoc("tasks").failed_plainly(1, "damaged", "backup")


def refused_port() -> int:
    """Give a port of this machine where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("command", [("status",), ("init",), ("sweep", "--debug"), ("deliver",)], ids=" ".join)
@pytest.mark.usefixtures("desk")
def test_a_server_that_does_not_run_is_named_without_its_password(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", f"postgresql://office:geheim@127.0.0.1:{refused_port()}/dondoc")
    ran = dondoc(*command)
    assert GEHEIM not in ran.out + ran.err
    line = ran.err.splitlines()[-1]
    assert line.startswith("dondoc: ")
    assert "Connection refused" in line
    assert ran.status == 1
    assert ("Traceback" in ran.err) == ("--debug" in command)


@postgresql_only
@pytest.mark.parametrize(("user", "name"), [("nobody", None), (None, "nowhere")])
def test_a_server_that_lets_nobody_in_is_named_without_the_password(
    user: str | None, name: str | None, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = make_url(url).set(username=user, password=GEHEIM, database=name).render_as_string(hide_password=False)
    monkeypatch.setenv("DONDOC_DATABASE_URL", address)
    ran = dondoc("status")
    ran.failed_plainly(1, user or name or "", "dondoc doctor")
    assert GEHEIM not in ran.err


@pytest.mark.parametrize(
    ("variable", "value", "status"),
    [
        ("DONDOC_HOME", "file.txt", 2),
        ("DONDOC_HOME", "file.txt/home", 1),
        ("DONDOC_HOME", "/proc/dondoc", 1),
        ("DONDOC_LANG", "fr", 2),
        ("DONDOC_DATABASE_URL", "mysql://user:geheim@host/db", 2),
        ("DONDOC_SMTP_URL", "http://user:geheim@host", 2),
        ("DONDOC_MAIL_FROM", "không có", 2),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_wrong_setting_is_named_without_its_secrets(
    variable: str, value: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file.txt").write_text("x")
    monkeypatch.setenv(variable, value)
    ran = dondoc("init")
    ran.failed_plainly(status, variable if status == 2 else value)
    assert GEHEIM not in ran.err
    monkeypatch.delenv(variable)
    if variable != "DONDOC_HOME":
        Path(".env").write_text(f"{variable}={value}\n", encoding="utf-8")
        dondoc("init").failed_plainly(2, variable, "from .env")


@pytest.mark.usefixtures("desk")
def test_settings_are_read_from_env_file_under_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DONDOC_LANG=en\nDONDOC_MAIL_FROM=office@p.example\n", encoding="utf-8")
    monkeypatch.setenv("DONDOC_LANG", "vi")
    assert dondoc("init").status == 0
    said = {one["name"]: one["says"] for one in dondoc("doctor", "--now", "2025-02-14", "--json").json}
    assert said["DONDOC_LANG"] == "vi (environment)"
    assert said["DONDOC_MAIL_FROM"] == "office@p.example (.env)"
    assert said["DONDOC_BASE_URL"].endswith("(default)")


@sqlite_only
@pytest.mark.usefixtures("province")
def test_a_server_that_dies_during_a_cascade_leaves_the_directive_registered(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(number: str, *_given: object) -> None:
        assert number == "121/KH-LĐLĐ@PROVINCE@2025"
        raise EngineUnavailable

    monkeypatch.setattr(cascade_run, "cascade_through_engine", dies)
    Path("directive.yaml").write_text(GOOD, encoding="utf-8")
    said = ("issue", "directive.yaml", "--now", "2025-02-14")
    dondoc(*said).failed_plainly(1, "121/KH-LĐLĐ is registered", "run the same command again")
    before = everything(url)
    assert len(before["directive"]) == 1
    again = dondoc(*said)
    assert again.status == 1
    assert "already registered" in again.err
    assert everything(url) == before


def test_the_same_file_again_adds_nothing(province: Database, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_prefect(number: str, now: datetime, *_given: object) -> SimpleNamespace:
        done = list(cascade_all(province, number, now, rules=default_rules()))
        added = {"assigned": sum(one.assigned for one in done), "letters": sum(one.letters for one in done)}
        return SimpleNamespace(number=number, branches=len(done), silent=0, silent_codes=(), **added)

    monkeypatch.setattr(cascade_run, "cascade_through_engine", without_prefect)
    Path("directive.yaml").write_text(GOOD.replace("trong tháng 02/2025", "2025-02-10"), encoding="utf-8")
    said = ("issue", "directive.yaml", "--json")
    assert dondoc(*said, "--now", "2025-02-14", "--accept-past").json["assigned"] == 10
    before = everything(url)
    again = dondoc(*said, "--now", "2025-02-17")  # what was accepted once is not asked again
    assert (again.json["assigned"], again.json["letters"]) == (0, 0)
    assert everything(url) == before


@sqlite_only
@pytest.mark.usefixtures("issued")
def test_the_same_number_with_another_content_is_refused(url: str) -> None:
    Path("directive.yaml").write_text(GOOD, encoding="utf-8")
    before = everything(url)
    dondoc("issue", "directive.yaml", "--now", "2025-02-20").failed_plainly(1, "121/KH-LĐLĐ", "another content")
    assert everything(url) == before


@pytest.mark.usefixtures("desk")
def test_the_trace_is_there_for_who_asks() -> None:
    assert "Traceback" in dondoc("status", "--debug").err
    assert "Traceback" in dondoc("--debug", "status").err
