"""Plans: what was decided once for a group of assignments, shared when equal, never changed."""

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from models.tables.columns import UTCDateTime, entry, identity, metadata, refers, word
from models.vocabulary import AddresseeRole, OfficerRole, RungAction

# The text of a policy as it was when plans were made with it.
policy = Table(
    "policy",
    metadata,
    identity(),
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("content", JSON, nullable=False),
    entry(),
)

plan = Table(
    "plan",
    metadata,
    identity(),
    Column("digest", String(64), nullable=False, unique=True),
    Column("nominal_due", Date),
    Column("effective_due", Date),
    Column("due_at", UTCDateTime),
    Column("moved_by", Text),
    Column("levels", Integer, nullable=False),
    refers("policy_id", "policy"),
    Column("calendar", String(64), nullable=False),
    entry(),
)
Index("ix_plan_due_at", plan.c.due_at)

plan_rung = Table(
    "plan_rung",
    metadata,
    identity(),
    refers("plan_id", "plan"),
    Column("ordinal", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    *word("action", RungAction),
    Column("repeat_weekday", Integer),
    Column("reason", Text, nullable=False),
    entry(),
    UniqueConstraint("plan_id", "ordinal"),
)

# Who hears of a rung, relative to the unit: 0 itself, 1 its parent, and so on up to the issuer.
plan_audience = Table(
    "plan_audience",
    metadata,
    identity(),
    refers("plan_id", "plan"),
    Column("ordinal", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    *word("role", OfficerRole),
    entry(),
    UniqueConstraint("plan_id", "ordinal", "level", "role"),
)

# Which plan a group (obligation x period x role x levels up to the issuer) was given, and where its ladder starts.
plan_group = Table(
    "plan_group",
    metadata,
    identity(),
    refers("directive_id", "directive", index=True),
    refers("obligation_id", "obligation"),
    refers("period_id", "period"),
    *word("role", AddresseeRole),
    Column("distance", Integer, nullable=False),
    refers("plan_id", "plan"),
    Column("first_rung", Integer, nullable=False),
    Column("first_action_at", UTCDateTime),
    entry(),
    UniqueConstraint("period_id", "role", "distance"),
)
