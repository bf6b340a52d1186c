"""Units and their officers: an identity that never changes, versions valid from a date to a date, and succession."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint, text

from models.tables.columns import PathText, UTCDateTime, identity, metadata, refers, word
from models.vocabulary import OfficerRole, SuccessionKind, UnitKind

unit = Table("unit", metadata, identity(), Column("code", Text, nullable=False, unique=True))

# A version is true from valid_from up to, not on, valid_to (null: still). `path` is the fixed-width ids from the root
# down to this unit, so that a subtree is a range; see models/paths.py.
unit_version = Table(
    "unit_version",
    metadata,
    identity(),
    refers("unit_id", "unit"),
    refers("parent_id", "unit", nullable=True, index=True),
    Column("path", PathText, nullable=False, index=True),
    Column("depth", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_sort", Text, nullable=False),
    Column("name_fold", Text, nullable=False),
    *word("kind", UnitKind),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    UniqueConstraint("unit_id", "valid_from"),
)
Index("ix_unit_version_kind_path", unit_version.c.kind, unit_version.c.path)

unit_succession = Table(
    "unit_succession",
    metadata,
    identity(),
    refers("predecessor_id", "unit"),
    refers("successor_id", "unit", nullable=True),
    *word("kind", SuccessionKind),
    Column("effective_on", Date, nullable=False),
    Column("basis", Text),
)

officer = Table(
    "officer",
    metadata,
    identity(),
    refers("unit_id", "unit", index=True),
    *word("role", OfficerRole),
    Column("name", Text, nullable=False),
    Column("email", String(320), nullable=False, index=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("bounced_at", UTCDateTime),
)
Index(
    "uq_officer_unit_role_email",
    officer.c.unit_id,
    officer.c.role,
    officer.c.email,
    unique=True,
    sqlite_where=text("valid_to IS NULL"),
    postgresql_where=text("valid_to IS NULL"),
)

# Who writes and signs for an officer who is away (ký thay, KT.), from a date up to, not on, another.
absence = Table(
    "absence",
    metadata,
    identity(),
    refers("officer_id", "officer", index=True),
    refers("substitute_id", "officer", nullable=True),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("basis", Text),
)
