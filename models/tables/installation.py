"""What tells this database from every other of its kind: one row, drawn by chance when the schema is made."""

from sqlalchemy import Column, Integer, String, Table

from models.tables.columns import metadata

TOKEN_LENGTH = 16
"""Hexadecimal characters."""

installation = Table(
    "installation",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("token", String(TOKEN_LENGTH), nullable=False),
)
