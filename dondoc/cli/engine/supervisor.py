"""Watches children: starts them in order, restarts them with back-off, and stops them all within ten seconds.

One thread, one loop. A child's death is always noticed by its parent, so nothing here trusts a file or a port.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dondoc.cli.engine.child_log import cut_when_long
from dondoc.cli.engine.process import end_process, end_processes, signal_group, start_process, stop_signals_noted

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK_SECONDS = 0.2
FIRST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 30.0
# A child that stood this long is healthy: its next failure is a new one, and waits the first delay.
HEALTHY_SECONDS = 60.0
READY_TIMEOUT_SECONDS = 180.0
# Dependants first, so that a flow run can still report its end; then what they need. Both fit into ten seconds.
STOP_PATIENCE_SECONDS = 4.0
LOG_CHECK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Child:
    """A process to watch. `needs` names a child that must be ready first, and whose restart restarts this one."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    ready: Callable[[], bool] | None = None
    needs: str | None = None


@dataclass(slots=True)
class Watched:
    """What the supervisor knows of a child now. Times are of the monotonic clock, in seconds."""

    child: Child
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    ready_at: float | None = None
    start_at: float = 0.0
    delay_seconds: float = FIRST_DELAY_SECONDS


@dataclass(slots=True)
class Supervisor:
    """Runs children until a stop signal. `say` gets one line a change; `on_ready` is told when all are ready first."""

    children: Sequence[Child]
    log_dir: Path
    say: Callable[[str], None]
    on_ready: Callable[[], None] = lambda: None
    _watched: list[Watched] = field(init=False, default_factory=list)

    def run(self) -> int:
        """Watch until SIGINT, SIGTERM or SIGHUP; give the exit status. Call it from the main thread."""
        self._watched = [Watched(child) for child in self.children]
        with stop_signals_noted(STOP_SIGNALS) as noted:
            try:
                self._watch(noted)
            finally:
                self._stop(noted)
        return 0

    def _watch(self, noted: list[signal.Signals]) -> None:
        announced = False
        logs_checked_at = time.monotonic()
        while not noted:
            now = time.monotonic()
            for watched in self._watched:
                self._look_after(watched, now)
            if not announced and all(watched.ready_at is not None for watched in self._watched):
                announced = True
                self.on_ready()
            if now - logs_checked_at > LOG_CHECK_SECONDS:
                logs_checked_at = now
                for watched in self._watched:
                    cut_when_long(self._log(watched))
            time.sleep(TICK_SECONDS)

    def _look_after(self, watched: Watched, now: float) -> None:
        if watched.process is None:
            if now >= watched.start_at and self._has_what_it_needs(watched):
                cut_when_long(self._log(watched))
                watched.process = start_process(watched.child.argv, watched.child.env, self._log(watched))
                watched.started_at, watched.ready_at = now, None
        elif (status := watched.process.poll()) is not None:
            self._bury(watched, now, f"ended ({_ending(status)})")
        elif watched.ready_at is None:
            if watched.child.ready is None or watched.child.ready():
                watched.ready_at = now
                self.say(f"{watched.child.name}: ready")
            elif now - watched.started_at > READY_TIMEOUT_SECONDS:
                self._bury(watched, now, f"not ready within {READY_TIMEOUT_SECONDS:.0f} s")
        elif now - watched.ready_at > HEALTHY_SECONDS:
            watched.delay_seconds = FIRST_DELAY_SECONDS

    def _has_what_it_needs(self, watched: Watched) -> bool:
        return all(other.ready_at is not None for other in self._watched if other.child.name == watched.child.needs)

    def _bury(self, watched: Watched, now: float, why: str) -> None:
        if watched.process is not None:
            # Its own children may have outlived it.
            signal_group(watched.process, signal.SIGKILL)
            watched.process.wait()
        watched.process, watched.ready_at = None, None
        watched.start_at = now + watched.delay_seconds
        self.say(
            f"{watched.child.name}: {why}; starting again in {watched.delay_seconds:.0f} s; see {self._log(watched)}"
        )
        watched.delay_seconds = min(watched.delay_seconds * 2, LONGEST_DELAY_SECONDS)
        for other in self._watched:
            if other.child.needs == watched.child.name and other.process is not None:
                self.say(f"{other.child.name}: restarted because {watched.child.name} is")
                end_process(other.process, patience_seconds=1.0)
                other.process, other.ready_at, other.start_at = None, None, now

    def _stop(self, noted: list[signal.Signals]) -> None:
        if noted:
            self.say(f"stopping ({noted[0].name})")
        needed = {watched.child.needs for watched in self._watched}
        for rank in (False, True):
            end_processes(
                [w.process for w in self._watched if w.process is not None and (w.child.name in needed) is rank],
                patience_seconds=STOP_PATIENCE_SECONDS,
            )
        self.say("stopped")

    def _log(self, watched: Watched) -> Path:
        return self.log_dir / f"{watched.child.name}.log"


def _ending(status: int) -> str:
    return f"exit {status}" if status >= 0 else signal.Signals(-status).name
