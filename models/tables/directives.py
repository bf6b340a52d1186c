"""Directives as issued: their legal basis, clauses, obligations, addressees and periods. Written once, at issue."""

from sqlalchemy import JSON, Boolean, Column, Date, Integer, Table, Text, UniqueConstraint

from models.tables.columns import PathText, UTCDateTime, entry, identity, metadata, refers, word
from models.vocabulary import AddresseeRole, Deliverable, DirectiveState, Recurrence, Urgency

# A number is unique within one year and one body (Decree 30/2020/NĐ-CP, Article 15).
directive = Table(
    "directive",
    metadata,
    identity(),
    refers("issuer_id", "unit"),
    Column("year", Integer, nullable=False),
    Column("number", Text, nullable=False, index=True),
    Column("type", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("place", Text),
    Column("subject", Text, nullable=False),
    *word("urgency", Urgency),
    Column("registered_at", UTCDateTime, nullable=False),
    Column("source_digest", Text, nullable=False),
    Column("warnings", JSON, nullable=False),
    entry(),
    UniqueConstraint("issuer_id", "year", "number"),
)

# The end of a directive is a row of its own: what was issued is never rewritten.
directive_end = Table(
    "directive_end",
    metadata,
    identity(),
    Column("directive_id", directive.c.id.type, nullable=False, unique=True),
    *word("state", DirectiveState),
    Column("at", UTCDateTime, nullable=False),
    refers("replaced_by_id", "directive", nullable=True),
    Column("reason", Text),
    entry(),
)

# The legal chain, by number; a number not registered here is kept as it was written.
directive_basis = Table(
    "directive_basis",
    metadata,
    identity(),
    refers("directive_id", "directive", index=True),
    Column("number", Text, nullable=False, index=True),
    Column("nested", Boolean, nullable=False),
    entry(),
)

clause = Table(
    "clause",
    metadata,
    identity(),
    refers("directive_id", "directive", index=True),
    Column("reference", Text, nullable=False),
    Column("quote", Text),
    Column("span_start", Integer),
    Column("span_end", Integer),
    entry(),
    UniqueConstraint("directive_id", "reference"),
)

obligation = Table(
    "obligation",
    metadata,
    identity(),
    refers("directive_id", "directive"),
    Column("ordinal", Integer, nullable=False),
    Column("key", Text, nullable=False),
    refers("clause_id", "clause", nullable=True),
    Column("title", Text, nullable=False),
    *word("deliverable", Deliverable),
    refers("lead_id", "unit"),
    Column("due_phrase", Text),
    *word("every", Recurrence, nullable=True),
    Column("send_by", Text),
    Column("relay", Boolean, nullable=False),
    Column("adoption", Boolean, nullable=False),
    Column("form", JSON),
    # The name of the ladder it was planned with, and the higher obligation that it serves in a derived directive.
    Column("ladder", Text),
    refers("serves_id", "obligation", nullable=True),
    entry(),
    UniqueConstraint("directive_id", "key"),
)

# Who is addressed: one unit, or all units of a kind within a range of paths, as of the issue date.
addressee = Table(
    "addressee",
    metadata,
    identity(),
    refers("obligation_id", "obligation", index=True),
    *word("role", AddresseeRole),
    refers("unit_id", "unit", nullable=True),
    refers("below_id", "unit", nullable=True),
    Column("kind", Text),
    Column("path_from", PathText, nullable=False),
    Column("path_to", PathText, nullable=False),
    Column("depth_from", Integer, nullable=False),
    Column("depth_to", Integer, nullable=False),
    entry(),
)

period = Table(
    "period",
    metadata,
    identity(),
    refers("obligation_id", "obligation"),
    Column("key", Text, nullable=False),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("content", Text),
    Column("nominal_due", Date),
    Column("effective_due", Date),
    Column("moved_by", Text),
    Column("rule", Text, nullable=False),
    entry(),
    UniqueConstraint("obligation_id", "key"),
)
