"""The ledger: append-only, hash-chained. Triggers in the migrations refuse UPDATE, DELETE and TRUNCATE."""

from sqlalchemy import Column, Integer, String, Table, Text

from models.tables.columns import BigId, UTCDateTime, metadata

HASH_LENGTH = 64
"""Hexadecimal characters of a SHA-256."""

ledger = Table(
    "ledger",
    metadata,
    Column("seq", BigId, primary_key=True, autoincrement=False),
    Column("at", UTCDateTime, nullable=False, index=True),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("directive_id", BigId, index=True),
    Column("unit_id", BigId),
    Column("assignment_id", BigId, index=True),
    Column("detail", Text, nullable=False),
    Column("prev", String(HASH_LENGTH), nullable=False),
    Column("hash", String(HASH_LENGTH), nullable=False, unique=True),
)

# One row: the newest entry. A writing transaction locks it first.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigId, nullable=False),
    Column("hash", String(HASH_LENGTH), nullable=False),
)
