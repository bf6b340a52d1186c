"""The database as the house uses it: one writer at a time, readers that never wait. See decision 0001."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url

from models.dialects import lock_head, open_engine


@dataclass(frozen=True, slots=True)
class Database:
    """A database by its two engines. `url` may hold a password: print `shown`, never `url`."""

    url: str
    writer: Engine
    reader: Engine

    @property
    def shown(self) -> str:
        """The address without its password, wherever in it that stands: libpq takes one among the parameters too."""
        return self.writer.url.set(query={}).render_as_string(hide_password=True)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.writer.dialect.name

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction as the one writer; commit at the end, or leave nothing if an error escapes."""
        with self.writer.begin() as connection:
            if self.dialect == "postgresql":
                lock_head(connection)
            yield connection

    @contextmanager
    def rehearsing(self) -> Iterator[Connection]:
        """Open a transaction as the one writer, and take back at the end whatever it did."""
        with self.writer.connect() as connection, connection.begin() as transaction:
            if self.dialect == "postgresql":
                lock_head(connection)
            yield connection
            transaction.rollback()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a snapshot to read from; nothing is committed."""
        with self.reader.connect() as connection:
            yield connection

    def dispose(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open the database at `url`; for SQLite, make the folder its file stands in."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    return Database(url, open_engine(url, writer=True), open_engine(url, writer=False))
