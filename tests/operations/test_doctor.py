"""The doctor: each thing an installation stands on, found well or not, with what to do."""

import socket
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import delete, update

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.operations.cascade import cascade_all
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.doctor import examine
from dondoc.operations.finding import Finding, Result
from dondoc.operations.rules import default_rules
from dondoc.settings import Settings, load_settings
from models.session import Database
from models.tables.assignments import assignment
from models.tables.counters import counter
from models.tables.units import officer
from models.vocabulary import LetterState
from tests.factories import a_directive_issued, a_province, at


def settings_for(database_url: str, folder: Path, **more: str) -> Settings:
    return load_settings({"DONDOC_HOME": str(folder / "home"), "DONDOC_DATABASE_URL": database_url} | more, folder)


def found(settings: Settings, now: str = "2025-03-01") -> Mapping[str, Finding]:
    return {one.name: one for one in examine(settings, at(now))}


def test_a_sound_installation_has_nothing_to_do(database: Database, database_url: str, tmp_path: Path) -> None:
    a_province(database)
    a_directive_issued(database)
    delivered(database, LetterState.SENT)
    findings = examine(settings_for(database_url, tmp_path), at("2025-03-01"))
    assert [one for one in findings if one.result is not Result.OK] == []
    assert {one.name for one in findings} >= {
        "DONDOC_HOME", "database", "schema", "counters", "cascades", "letters", "officers", "clock", "calendar",
        "mail", "prefect", "disk",
    }  # fmt: skip
    shown = {one.name: one.says for one in findings}
    assert shown["DONDOC_LANG"] == "vi (default)"
    assert shown["DONDOC_HOME"].endswith("home (environment)")
    assert not (tmp_path / "home").exists(), "an examination makes nothing"


def test_a_database_without_schema_says_dondoc_init(empty_database_url: str, tmp_path: Path) -> None:
    one = found(settings_for(empty_database_url, tmp_path))["database"]
    assert (one.result, one.do) == (Result.FAILED, "dondoc init")


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    one = found(settings_for(f"sqlite:///{tmp_path / 'none.db'}", tmp_path))["database"]
    assert (one.result, one.do) == (Result.FAILED, "dondoc init")
    assert not (tmp_path / "none.db").exists()


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://user:s3cret@127.0.0.1:{_free_port()}/dondoc"
    one = found(settings_for(url, tmp_path))["database"]
    assert one.result is Result.FAILED
    assert "127.0.0.1" in one.says
    assert "s3cret" not in one.says


def test_counters_written_by_hand_are_found(database: Database, database_url: str, tmp_path: Path) -> None:
    a_province(database)
    a_directive_issued(database)
    with database.writing() as connection:
        connection.execute(update(counter).values(n=counter.c.n + 1))
    assert found(settings_for(database_url, tmp_path))["counters"].result is Result.FAILED


def test_a_cascade_that_died_is_found_until_it_is_run_again(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    a_province(database)
    issued = a_directive_issued(database)
    settings = settings_for(database_url, tmp_path)
    assert found(settings)["cascades"].result is Result.OK
    with database.writing() as connection:
        connection.execute(delete(assignment).where(assignment.c.id == issued.assignments["report", "DISTRICT-2"]))
    one = found(settings)["cascades"]
    assert (one.result, one.do) == (Result.WARNING, "run: dondoc issue FILE again")
    assert one.says == f"{issued.number} has not reached 1 of its units"
    with database.writing() as connection:
        connection.execute(delete(assignment))
    assert found(settings)["cascades"].says == f"{issued.number} has not reached 2 of its units"
    list(cascade_all(database, f"{issued.number}@PROVINCE", at("2025-02-15"), rules=default_rules()))
    assert found(settings)["cascades"].result is Result.OK


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ([LetterState.FAILED], "2 letters failed, 0 may not have arrived; 0 wait for another try"),
        ([LetterState.AMBIGUOUS] * 2, "0 letters failed, 2 may not have arrived; 0 wait for another try"),
    ],
)
def test_letters_that_were_given_up_are_counted_with_what_to_do(
    database: Database, database_url: str, tmp_path: Path, answers: list[LetterState], says: str
) -> None:
    a_province(database)
    a_directive_issued(database)
    for days, answer in enumerate(answers):
        delivered(database, answer, days)
    one = found(settings_for(database_url, tmp_path))["letters"]
    assert (one.result, one.says) == (Result.WARNING, says)
    assert "--requeue" in one.do


def test_letters_that_nobody_sends_are_found_and_those_that_wait_their_time_are_not(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    a_province(database)
    a_directive_issued(database)
    settings = settings_for(database_url, tmp_path)
    assert found(settings, "2025-02-14")["letters"].result is Result.OK, "an hour old"
    assert found(settings, "2025-02-15")["letters"].says == "2 letters should have left over 2 hours ago"
    delivered(database, LetterState.RETRY, 1)
    assert found(settings, "2025-02-15")["letters"].says == "none failed; 2 wait for another try"
    assert found(settings, "2025-02-16")["letters"].result is Result.WARNING


class Answering:
    """A transport that answers the same to every letter."""

    def __init__(self, answer: LetterState) -> None:
        """Give `answer` to every letter."""
        self.answer = answer

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        for one in letters:
            yield DeliveryOutcome(one.key, self.answer, "scripted")


def delivered(database: Database, answer: LetterState, days: int = 0) -> None:
    """Try every letter once, so many days after the issue."""
    sender = Sender(Answering(answer), "dondoc@office.example", "vi", "http://127.0.0.1:8010")
    deliver(database, at("2025-02-14") + timedelta(days=days), sender=sender)


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_units_with_nobody_to_write_to_are_counted(database: Database, database_url: str, tmp_path: Path) -> None:
    a_province(database)
    with database.writing() as connection:
        connection.execute(update(officer).where(officer.c.unit_id == 1).values(valid_to=date(2024, 1, 1)))
    one = found(settings_for(database_url, tmp_path))["officers"]
    assert (one.result, one.says) == (Result.WARNING, "1 of 10 units have nobody to write to")


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_clock_behind_the_ledger_is_a_warning(database: Database, database_url: str, tmp_path: Path) -> None:
    a_province(database)
    a_directive_issued(database)
    assert found(settings_for(database_url, tmp_path), "2025-02-01")["clock"].result is Result.WARNING


def test_a_year_without_decided_days_off_is_a_warning(tmp_path: Path) -> None:
    one = found(settings_for(f"sqlite:///{tmp_path / 'none.db'}", tmp_path), "2031-03-01")["calendar"]
    assert one.result is Result.WARNING
    assert "2031" in one.says


def test_a_mail_server_that_is_not_there_fails_without_its_password(tmp_path: Path) -> None:
    url = f"smtp://user:s3cret@127.0.0.1:{_free_port()}?tls=none"
    one = found(settings_for(f"sqlite:///{tmp_path / 'none.db'}", tmp_path, DONDOC_SMTP_URL=url))["mail"]
    assert one.result is Result.FAILED
    assert "s3cret" not in one.says


class _Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.fixture
def prefect_address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Healthy) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api"
        server.shutdown()
        thread.join()


def test_a_prefect_server_is_asked_for_its_health(prefect_address: str, tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path / 'none.db'}"
    assert found(settings_for(nowhere, tmp_path, PREFECT_API_URL=prefect_address))["prefect"].result is Result.OK
    wrong = settings_for(nowhere, tmp_path, PREFECT_API_URL=f"{prefect_address}/elsewhere")
    assert found(wrong)["prefect"].result is Result.FAILED
    nobody = settings_for(nowhere, tmp_path, PREFECT_API_URL=f"http://127.0.0.1:{_free_port()}/api")
    assert found(nobody)["prefect"].result is Result.FAILED


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
