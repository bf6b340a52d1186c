"""The migrations and the tables say the same thing, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from models.migrations.run import newest_revision, revision_of, upgrade
from models.session import Database, open_database
from models.tables import metadata


def test_the_migrations_build_exactly_the_tables(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_brought_to_the_newest_schema_and_a_second_time_changes_nothing(
    empty_database_url: str,
) -> None:
    assert upgrade(empty_database_url) == newest_revision()
    assert upgrade(empty_database_url) == newest_revision()
    opened = open_database(empty_database_url)
    assert revision_of(opened) == newest_revision()
    opened.dispose()
