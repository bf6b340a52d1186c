"""Bring a database to the newest schema, and say which schema it has."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from models.session import Database, open_database


def upgrade(url: str) -> str:
    """Create or migrate the schema at `url`, in one transaction; give the revision reached."""
    database = open_database(url)
    try:
        # Not `writing()`: a new database has no ledger head to lock yet.
        with database.writer.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return newest_revision()
    finally:
        database.dispose()


def newest_revision() -> str:
    """Give the revision that this code needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        msg = "the migrations have no head"
        raise RuntimeError(msg)
    return head


def revision_of(database: Database) -> str | None:
    """Give the revision that the database has; None for an empty one."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
