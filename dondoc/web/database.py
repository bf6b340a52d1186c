"""Opens the database when a page first needs it: the web door starts, and says what is missing, without one."""

from threading import Lock

from dondoc.operations.ready import check_schema, open_ready
from dondoc.settings import Settings
from models.session import Database


class DatabaseDoor:
    """One database for all requests, opened once it is there."""

    def __init__(self, settings: Settings) -> None:
        """Remember where the database is; nothing is opened yet."""
        self._settings = settings
        self._lock = Lock()
        self._opened: Database | None = None

    def database(self) -> Database:
        """Give the database. Raises NotInitialised or DatabaseFailed."""
        with self._lock:
            if self._opened is None:
                self._opened = open_ready(self._settings)
            return self._opened

    def check(self) -> Database:
        """Give the database after asking it again whether it is well. Raises as `database` does."""
        database = self.database()
        check_schema(database)
        return database

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            if self._opened is not None:
                self._opened.dispose()
                self._opened = None
