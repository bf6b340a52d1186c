"""Counters: how many assignments strictly below a unit stand in each state, kept by deltas in the same transaction."""

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, Table

from models.tables.columns import metadata, refers, word
from models.vocabulary import State

counter = Table(
    "counter",
    metadata,
    refers("unit_id", "unit"),
    refers("obligation_id", "obligation"),
    refers("period_id", "period"),
    refers("plan_id", "plan"),
    *word("state", State),
    Column("late", Boolean, nullable=False),
    Column("n", Integer, nullable=False),
    PrimaryKeyConstraint("unit_id", "obligation_id", "period_id", "plan_id", "state", "late"),
)
