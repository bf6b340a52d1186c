"""Whether the database that the settings name is there, answers, and has the schema that this code needs."""

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from dondoc.errors import DatabaseFailed, NotInitialised
from dondoc.operations.database_failure import database_failure
from dondoc.settings import Settings
from models.migrations import SCHEMA
from models.session import Database, open_database

SQLITE_FILE = "sqlite:///"


def open_ready(settings: Settings) -> Database:
    """Open the database; the caller disposes of it. Raises NotInitialised or DatabaseFailed, leaving no trace."""
    url = settings.database_url
    # Opening an SQLite file makes it: an empty one would look like a database that lost everything.
    if url.startswith(SQLITE_FILE) and not Path(url.removeprefix(SQLITE_FILE).partition("?")[0]).exists():
        raise NotInitialised("there is no database yet; run: dondoc init")
    database = open_database(url)
    try:
        check_schema(database)
    except BaseException:
        database.dispose()
        raise
    return database


def check_schema(database: Database) -> None:
    """Raise NotInitialised unless the schema is the one this code needs, DatabaseFailed where nothing answers."""
    try:
        with database.reading() as connection:
            kept = inspect(connection).has_table("alembic_version")
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if kept else None
    except SQLAlchemyError as error:
        failure = database_failure(error, database.shown)
        raise failure or DatabaseFailed(f"cannot be read: {error}", where=database.shown) from error
    if found is None:
        raise NotInitialised("the database has no schema; run: dondoc init")
    if found > SCHEMA:
        raise NotInitialised(f"the database has schema {found}, newer than this program's {SCHEMA}; update dondoc")
    if found != SCHEMA:
        raise NotInitialised(f"the database has schema {found}, this program needs {SCHEMA}; run: dondoc init")
