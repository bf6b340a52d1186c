"""A supervisor over tiny children, as a program of its own: python supervised.py FOLDER CHILD.

One or more children. A child's word is what it does: `stays`, `clings` (ignores SIGTERM, and has a child of its own),
`fails`, `follows` (needs `stays`). Each writes its pid into FOLDER/NAME.pids at every start.
"""

import os
import sys
from pathlib import Path

from dondoc.cli.engine.supervisor import Child, Supervisor

NOTE = "import os, sys, time, signal, subprocess; print(os.getpid(), file=open(sys.argv[1], 'a'), flush=True); "
WHAT = {
    "stays": "time.sleep(600)",
    "follows": "time.sleep(600)",
    "fails": "sys.exit(3)",
    "clings": (
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']); "
        "print(child.pid, file=open(sys.argv[1], 'a'), flush=True); time.sleep(600)"
    ),
}


def say(line: str) -> None:
    """Tell whoever watches."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main(folder: Path, names: list[str]) -> int:
    """Run the supervisor over the named children."""
    children = [
        Child(
            name,
            (sys.executable, "-c", NOTE + WHAT[name], str(folder / f"{name}.pids")),
            os.environ,
            needs="stays" if name == "follows" else None,
        )
        for name in names
    ]
    return Supervisor(children, folder / "log", say).run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
