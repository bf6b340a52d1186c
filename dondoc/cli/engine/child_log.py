"""Keeps a child's log bounded: one file and one older one."""

import shutil
from pathlib import Path

LONGEST_BYTES = 5 * 1024 * 1024


def cut_when_long(log: Path, longest_bytes: int = LONGEST_BYTES) -> bool:
    """Move what a long log holds to `NAME.1` and empty it; say whether that was done.

    The child keeps writing to the same open file, by appending; a line written in between may be lost.
    """
    if not log.is_file() or log.stat().st_size <= longest_bytes:
        return False
    shutil.copyfile(log, log.with_name(f"{log.name}.1"))
    with log.open("r+b") as held:
        held.truncate(0)
    return True
