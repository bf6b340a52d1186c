"""What alembic runs for each command: on the connection it was handed, or on DONDOC_DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection

from models.dialects import open_engine
from models.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=False, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    _run(handed)
else:
    with open_engine(os.environ["DONDOC_DATABASE_URL"], writer=True).begin() as opened:
        _run(opened)
