"""The supervisor over real, tiny children: it restarts, waits longer each time, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("supervised.py")
ROOT = Path(__file__).parents[2]
STOP_SECONDS = 10


@contextmanager
def supervised(folder: Path, *names: str) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), *names], env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def pids(folder: Path, name: str) -> list[int]:
    file = folder / f"{name}.pids"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def is_alive(pid: int) -> bool:
    """Say whether the process runs; one that nobody has buried yet does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def comes_true(question: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.05)
    return False


def test_a_child_killed_with_9_is_started_again_after_a_second(tmp_path: Path) -> None:
    with supervised(tmp_path, "stays"):
        assert comes_true(lambda: len(pids(tmp_path, "stays")) == 1, 5)
        killed_at = time.monotonic()
        os.kill(pids(tmp_path, "stays")[0], signal.SIGKILL)
        assert comes_true(lambda: len(pids(tmp_path, "stays")) == 2, 5)
        assert time.monotonic() - killed_at >= 1


def test_the_child_that_needs_another_is_restarted_with_it(tmp_path: Path) -> None:
    with supervised(tmp_path, "stays", "follows"):
        assert comes_true(lambda: pids(tmp_path, "follows"), 5)
        os.kill(pids(tmp_path, "stays")[0], signal.SIGKILL)
        assert comes_true(lambda: len(pids(tmp_path, "follows")) == 2, 5)
        assert not is_alive(pids(tmp_path, "follows")[0])
        assert is_alive(pids(tmp_path, "stays")[-1])


def test_a_child_that_keeps_failing_waits_twice_as_long_each_time(tmp_path: Path) -> None:
    with supervised(tmp_path, "fails") as process:
        assert comes_true(lambda: len(pids(tmp_path, "fails")) == 3, 8)
        process.terminate()
        _, said = process.communicate(timeout=STOP_SECONDS)
    assert "fails: ended (exit 3); starting again in 1 s" in said
    assert "fails: ended (exit 3); starting again in 2 s" in said


def test_a_dead_childs_own_children_are_ended(tmp_path: Path) -> None:
    with supervised(tmp_path, "clings"):
        assert comes_true(lambda: len(pids(tmp_path, "clings")) == 2, 5)
        leader, grandchild = pids(tmp_path, "clings")
        os.kill(leader, signal.SIGKILL)
        assert comes_true(lambda: not is_alive(grandchild), 2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_signal_ends_everything_in_time_even_what_clings(tmp_path: Path, number: signal.Signals) -> None:
    with supervised(tmp_path, "stays", "clings", "follows") as process:
        assert comes_true(lambda: len(pids(tmp_path, "clings")) == 2 and pids(tmp_path, "follows"), 5)
        process.send_signal(number)
        assert process.wait(STOP_SECONDS) == 0
    for name in ("stays", "clings", "follows"):
        assert not [pid for pid in pids(tmp_path, name) if is_alive(pid)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_no_child_outlives_a_supervisor_killed_with_9(tmp_path: Path) -> None:
    with supervised(tmp_path, "stays", "follows") as process:
        assert comes_true(lambda: pids(tmp_path, "follows"), 5)
        process.kill()
        process.wait()
        left = pids(tmp_path, "stays") + pids(tmp_path, "follows")
        assert comes_true(lambda: not any(map(is_alive, left)), 2)
