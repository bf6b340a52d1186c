"""All that SQLite and PostgreSQL do differently: opening, locking, conflicts, a row as text, the ledger's guards."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    DateTime,
    Engine,
    Select,
    Table,
    Text,
    cast,
    create_engine,
    event,
    func,
    make_url,
    select,
    type_coerce,
    types,
)

from models.tables.ledger import ledger_head

BUSY_TIMEOUT_SECONDS = 30
"""How long a writer waits for the one before it."""

IDLE_TIMEOUT_SECONDS = 300
"""How long a PostgreSQL transaction may stand idle before the server ends it; ours never pause for anybody."""

GUARDED_TABLE = "ledger"


def open_engine(url: str, *, writer: bool) -> Engine:
    """Open an engine for writers (each transaction locks at its start) or readers (plain snapshots).

    SQLite's driver would otherwise begin transactions late and lose updates without an error.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, writer=writer)
    # A reader's statements all see one moment, as they do on SQLite; a writer locks first and then sees the newest.
    level = "READ COMMITTED" if writer else "REPEATABLE READ"
    # A writer that hangs must not hang the house: whoever waits for it gives up, and the server ends what stands idle.
    waits = f"-c lock_timeout={BUSY_TIMEOUT_SECONDS}s -c idle_in_transaction_session_timeout={IDLE_TIMEOUT_SECONDS}s"
    options = {"options": f"-c jit=off -c timezone=UTC {waits}"}
    return create_engine(url, pool_pre_ping=True, isolation_level=level, connect_args=options)


def _open_sqlite(url: str, *, writer: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def lock_head(connection: Connection) -> tuple[int, str]:
    """Become the one writer until the transaction ends; give the ledger's newest (seq, hash)."""
    statement = select(ledger_head.c.seq, ledger_head.c.hash)
    if connection.dialect.name == "postgresql":
        statement = statement.with_for_update()
    row = connection.execute(statement).one()
    return row.seq, row.hash


def insert_new(dialect: str, table: Table, columns: Sequence[str], rows: Select[Any] | CompoundSelect[Any]) -> Any:
    """Build INSERT … SELECT that leaves out the rows which some unique key of `table` already has."""
    return _insert(dialect, table).from_select(list(columns), rows).on_conflict_do_nothing()


def insert_or_leave(dialect: str, table: Table) -> Any:
    """Build an INSERT for rows given by value, which leaves out those that some unique key of `table` already has."""
    return _insert(dialect, table).on_conflict_do_nothing()


def add_to_counter(dialect: str, table: Table, rows: Select[Any] | None = None) -> Any:
    """Build an INSERT into counter `table` that adds `n` to the row of the same key where there is one."""
    statement = _insert(dialect, table)
    if rows is not None:
        statement = statement.from_select([column.name for column in table.columns], rows)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={"n": table.c.n + statement.excluded.n}
    )


def _insert(dialect: str, table: Table) -> Any:
    # Each where it is used: an SQLite office need not wait for PostgreSQL's part of SQLAlchemy to load.
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as insert_sqlite  # noqa: PLC0415

    return insert_sqlite(table)


def row_as_text(columns: Sequence[Column[Any]], dialect: str) -> ColumnElement[str]:
    """Write a row down as a JSON list, made by the database: no two different rows give the same text.

    The text is the database's own, so a digest of it speaks for rows in that database, not for a copy in another.
    """
    if dialect == "sqlite":
        return func.json_array(*(type_coerce(column, Text) for column in columns), type_=Text)
    moments = (types.TypeDecorator, DateTime)
    values = (func.timezone("UTC", column) if isinstance(column.type, moments) else column for column in columns)
    return cast(func.json_build_array(*values), Text)


def ledger_guards(dialect: str) -> tuple[str, ...]:
    """Give the statements that make the ledger refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE."""
    if dialect == "postgresql":
        refusal = "EXECUTE FUNCTION ledger_is_append_only()"
        body = "BEGIN RAISE EXCEPTION 'the ledger is append-only'; END"
        return (
            f"CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            f"CREATE TRIGGER ledger_keeps_rows BEFORE UPDATE OR DELETE ON {GUARDED_TABLE} FOR EACH ROW {refusal}",
            f"CREATE TRIGGER ledger_keeps_all BEFORE TRUNCATE ON {GUARDED_TABLE} FOR EACH STATEMENT {refusal}",
        )
    return tuple(
        f"CREATE TRIGGER ledger_refuses_{verb.lower()} BEFORE {verb} ON {GUARDED_TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )
