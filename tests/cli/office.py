"""The command line as a person meets it: one command run in this process or in its own, and what the database holds."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dondoc.cli import run
from models.session import open_database
from models.tables import metadata

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command left: its exit status, and what it printed where."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output; fails if anything else is there."""
        return json.loads(self.out)

    def failed_plainly(self, status: int, *words: str) -> None:
        """Check that it failed in one line without a trace, with these words in it, and printed nothing else."""
        assert self.status == status, (self.out, self.err)
        assert not self.out
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("dondoc: ")
        assert "Traceback" not in self.err
        assert "should not have happened" not in self.err
        for word in words:
            assert word in self.err, self.err


def dondoc(*arguments: str) -> Ran:
    """Run a command in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(arguments)
        out.flush()
    assert isinstance(out.buffer, io.BytesIO)
    return Ran(status, out.buffer.getvalue().decode(), err.getvalue())


def process(*arguments: str | bytes, **settings: str) -> subprocess.Popen[bytes]:
    """Start a command as a process of its own, with these variables over the test's."""
    environment = (
        os.environ | {"PYTHONPATH": os.pathsep.join((str(PROJECT), os.environ.get("PYTHONPATH", "")))} | settings
    )
    command: Sequence[str | bytes] = [sys.executable, "-m", "dondoc.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def finished(started: subprocess.Popen[bytes]) -> Ran:
    """Wait for a process and give what it left."""
    out, err = started.communicate(timeout=50)
    return Ran(started.returncode, out.decode(), err.decode())


def everything(url: str) -> dict[str, list[Any]]:
    """Give every row of every table, to compare before and after."""
    database = open_database(url)
    try:
        with database.reading() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(select(table)).all()))
                for table in metadata.sorted_tables
            }
    finally:
        database.dispose()
