"""The command as a process of its own: exit status, what goes where, the terminal's alphabet, and being cut short."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.office import PROJECT, finished, process
from tests.cli.test_directive_files import GOOD

sqlite_only = pytest.mark.parametrize("dialect", ["sqlite"])
PLAIN = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
"""A machine whose terminal knows ASCII only."""


@sqlite_only
@pytest.mark.usefixtures("issued")
def test_json_is_utf8_and_nothing_else_wherever_it_runs() -> None:
    ran = finished(process("tasks", "--json", **PLAIN))
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out)[0]["directive"] == "121/KH-LĐLĐ"


@sqlite_only
@pytest.mark.usefixtures("issued")
def test_a_table_is_printed_where_the_alphabet_lacks_letters() -> None:
    ran = finished(process("tasks", **PLAIN))
    assert (ran.status, ran.err) == (0, "")
    assert "121/KH-L?L?" in ran.out


@sqlite_only
@pytest.mark.usefixtures("issued")
def test_who_stops_reading_is_no_failure() -> None:
    started = process("tasks", "--json")
    assert started.stdout is not None
    started.stdout.close()
    started.stdout = None
    _out, err = started.communicate(timeout=50)
    assert (started.returncode, err) == (0, b"")


@sqlite_only
@pytest.mark.usefixtures("issued")
def test_an_output_that_cannot_be_written_is_a_failure() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "dondoc.cli", "tasks"], stdout=full, stderr=subprocess.PIPE, cwd=PROJECT, check=False
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"dondoc: No space left on device")
    assert ran.stderr.count(b"\n") == 1


@pytest.mark.usefixtures("desk")
def test_bytes_that_are_no_text_are_refused_in_one_line() -> None:
    finished(process("due", b"\xff\xfe", "--json")).failed_plainly(2, "not UTF-8")


@sqlite_only
@pytest.mark.usefixtures("province")
def test_ctrl_c_ends_it_with_130_and_one_line(desk: Path) -> None:
    # A pipe that nobody writes to: the command waits for its file until it is interrupted.
    pipe = desk / "units.yaml"
    subprocess.run(["mkfifo", str(pipe)], check=True)
    started = process("units", "import", str(pipe), PYTHONPROFILEIMPORTTIME="1")
    assert started.stderr is not None
    # Only when the reader of units is loaded is the command at the pipe.
    for line in started.stderr:
        if b"dondoc.intake.units_file" in line:
            break
    started.send_signal(signal.SIGINT)
    _out, err = started.communicate(timeout=50)
    assert started.returncode == 130
    assert err.endswith(b"dondoc: interrupted\n")
    assert b"Traceback" not in err


@sqlite_only
@pytest.mark.parametrize("command", ["--help", "status", "due 28/02/2025", "tasks --json"])
@pytest.mark.usefixtures("issued")
def test_what_is_asked_often_loads_nothing_slow(command: str) -> None:
    ran = finished(process(*command.split(), PYTHONPROFILEIMPORTTIME="1"))
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.err.splitlines()}
    assert ran.status == 0
    assert not loaded & {"prefect", "alembic", "fastapi", "pendulum", "emails", "rich", "babel", "python_calamine"}
    assert ("sqlalchemy" in loaded) == (command.split(maxsplit=1)[0] in {"status", "tasks"})


@sqlite_only
@pytest.mark.usefixtures("province", "desk")
def test_a_directive_is_issued_through_a_server_started_for_it() -> None:
    Path("directive.yaml").write_text(GOOD, encoding="utf-8")
    ran = finished(process("issue", "directive.yaml", "--now", "2025-02-14", "--json"))
    assert ran.status == 0, ran.err
    assert {name: ran.json[name] for name in ("number", "assigned", "letters", "dry_run")} == {
        "number": "121/KH-LĐLĐ",
        "assigned": 10,
        "letters": 2,
        "dry_run": False,
    }
    assert "starting one for this run" in ran.err
