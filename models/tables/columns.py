"""Columns that every table shares: one metadata, aware times, words of the vocabulary, the entry mark."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Integer, MetaData, String, Text, types
from sqlalchemy.engine import Dialect

WORD_LENGTH = 32
"""Longest vocabulary word that a column holds, in characters."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigId = BigInteger().with_variant(Integer, "sqlite")
"""64-bit on both: SQLite's INTEGER PRIMARY KEY already is."""

PathText = Text().with_variant(Text(collation="C"), "postgresql")
"""Compared byte by byte on both databases, so that a range of paths is a range of the index."""


class UTCDateTime(types.TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive value is a programming error and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC; SQLite then stores it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a moment without a time zone reached the database: {value!r}"
            raise ValueError(msg)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (signature of the base)
        """Give an aware moment in UTC, whatever the driver gave."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def identity() -> Column[int]:
    """Make the integer key that most tables have."""
    return Column("id", BigId, primary_key=True)


def entry() -> Column[int]:
    """Mark a row as one that the ledger entry of this sequence number commits to, by digest."""
    return Column("entry", BigId, nullable=False, index=True)


def refers(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Column[Any]:
    """Make a column `name` that refers to the key of table `target`."""
    return Column(name, BigId, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def word(name: str, words: type[StrEnum], *, nullable: bool = False) -> list[Column[str] | CheckConstraint]:
    """Make a column that holds one word of a closed set, and the check that keeps it so."""
    allowed = ", ".join(f"'{member.value}'" for member in words)
    return [
        Column(name, String(WORD_LENGTH), nullable=nullable),
        CheckConstraint(f"{name} IN ({allowed})", name=name),
    ]
