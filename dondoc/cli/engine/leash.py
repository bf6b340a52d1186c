"""Becomes another program that cannot outlive the process that started it.

Usage: python -I -S leash.py PARENT_PID PROGRAM [ARGUMENT …]. Run as a file and not as a module: it imports nothing
of the house, so it costs some milliseconds. A `preexec_fn` would do the same, but is not safe beside threads.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT_IS_GONE = 70


def main(arguments: list[str]) -> None:
    """Ask the kernel for SIGKILL when the parent dies, then become the program; the request survives exec."""
    parent, program = int(arguments[0]), arguments[1:]
    # Only Linux has it; elsewhere a supervisor that is killed with -9 leaves its children running.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before the request was made
        sys.exit(PARENT_IS_GONE)
    os.execvp(program[0], program)  # noqa: S606 - becoming that program is what this file is for


if __name__ == "__main__":
    main(sys.argv[1:])
