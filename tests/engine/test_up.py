"""What `dondoc up` refuses, what it writes down, and the environment its children get."""

import json
import os
import socket
from pathlib import Path

import pytest

from dondoc.cli.engine.child_log import cut_when_long
from dondoc.cli.engine.prefect_server import engine_environment, find_server, free_port, port_is_free
from dondoc.cli.engine.up import engine_children, only_one, run_up, written_down
from dondoc.errors import EngineUnavailable, Refused

API = "http://127.0.0.1:4200/api"


def test_a_second_up_on_the_same_home_is_refused(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(Refused, match="runs on this home already"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        assert (tmp_path / "up.lock").exists()


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} is taken"):
            run_up(tmp_path, port, {}, print)
    assert not (tmp_path / "engine.json").exists()


def test_a_free_port_is_looked_for_and_its_absence_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not port_is_free(port)
        with pytest.raises(EngineUnavailable, match="all taken"):
            free_port(range(port, port + 1))


def test_the_addresses_are_written_down_only_while_it_runs(tmp_path: Path) -> None:
    with written_down(tmp_path, API, "http://127.0.0.1:8765"):
        note = json.loads((tmp_path / "engine.json").read_text())
        assert note == {"api_url": API, "web_url": "http://127.0.0.1:8765", "pid": os.getpid()}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("note", [None, "", "[]", "{}", '{"api_url": "http://127.0.0.1:1/api"}', '{"api_url": 5}'])
def test_a_server_that_does_not_answer_is_not_found(tmp_path: Path, note: str | None) -> None:
    if note is not None:
        (tmp_path / "engine.json").write_text(note)
    assert find_server(tmp_path, {"PREFECT_API_URL": "http://127.0.0.1:1/api"}) is None


def test_a_persons_other_server_never_reaches_the_embedded_one(tmp_path: Path) -> None:
    other = {
        "PREFECT_API_URL": "https://prefect.example/api",
        "PREFECT_API_KEY": "secret",
        "PREFECT_API_DATABASE_CONNECTION_URL": "postgresql+asyncpg://elsewhere",
        "PREFECT_SERVER_DATABASE_PASSWORD": "secret",
        "PREFECT_PROFILE": "cloud",
        "NO_PROXY": "intranet.example",
        "LANG": "vi_VN.UTF-8",
    }
    made = engine_environment(tmp_path, other, api_url=API)
    assert "secret" not in made.values()
    assert "PREFECT_API_DATABASE_CONNECTION_URL" not in made
    assert "PREFECT_PROFILE" not in made
    assert made["PREFECT_API_URL"] == API
    assert made["PREFECT_SERVER_DATABASE_CONNECTION_URL"] == f"sqlite+aiosqlite:///{tmp_path}/prefect/prefect.db"
    assert made["NO_PROXY"] == "intranet.example,127.0.0.1,localhost"
    assert made["LANG"] == "vi_VN.UTF-8"


def test_nothing_calls_home(tmp_path: Path) -> None:
    made = engine_environment(tmp_path, {}, api_url=API)
    assert made["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert made["DO_NOT_TRACK"] == "1"
    assert made["PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT"] == "false"


def test_only_the_runner_needs_the_server(tmp_path: Path) -> None:
    children = engine_children(tmp_path, {}, api_port=4200, web_port=8765)
    assert {child.name: child.needs for child in children} == {"server": None, "runner": "server", "web": None}


def test_a_long_log_is_cut_while_its_child_goes_on_writing(tmp_path: Path) -> None:
    log = tmp_path / "runner.log"
    with log.open("ab", buffering=0) as held:
        held.write(b"x" * 100)
        assert not cut_when_long(log, longest_bytes=100)
        held.write(b"x")
        assert cut_when_long(log, longest_bytes=100)
        held.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "runner.log.1").read_bytes() == b"x" * 101
