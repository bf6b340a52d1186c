"""Write one row and give its key: for what an operation writes a few of, and refers to afterwards."""

from typing import Any

from sqlalchemy import Connection, Table, insert


def insert_row(connection: Connection, table: Table, **values: Any) -> int:
    """Insert a row of `values`; give its id."""
    return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())
