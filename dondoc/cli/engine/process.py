"""Starts a child process in a group of its own, and ends the whole group."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")


def start_process(argv: Sequence[str], env: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start `argv` as the leader of its own session, its output appended to `log`.

    Call it from the main thread: the kernel ends the child when the thread that started it ends.
    Appending matters: the log can then be cut while the child holds it open.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), *argv]
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - the house's own programs, no shell
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> bool:
    """Send a signal to everything in the child's group, which may outlive its leader; say whether anybody was there."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):  # macOS answers the latter for a group of zombies
        return False
    return True


def end_process(process: subprocess.Popen[bytes], *, patience_seconds: float) -> None:
    """Ask the child's group to stop, wait for its leader at most `patience_seconds`, then kill what is left."""
    end_processes([process], patience_seconds=patience_seconds)


def end_processes(processes: Sequence[subprocess.Popen[bytes]], *, patience_seconds: float) -> None:
    """As `end_process`, for several at once within the same patience."""
    for process in processes:
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + patience_seconds
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            continue
    for process in processes:
        signal_group(process, signal.SIGKILL)
        process.wait()


@contextmanager
def stop_signals_noted(numbers: Sequence[signal.Signals]) -> Iterator[list[signal.Signals]]:
    """Note the named signals in the list that is given, instead of dying of them, until the block ends."""
    noted: list[signal.Signals] = []
    before = {number: signal.signal(number, lambda got, _: noted.append(signal.Signals(got))) for number in numbers}
    try:
        yield noted
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
