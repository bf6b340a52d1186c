"""The outbox: letters, what each is about, notices that wait for the next digest, and every attempt to deliver.

A letter holds no text: it is rendered from the rows it names. The attempt keeps the digest of what was handed over, so
that a copy can be proven even after a name in those rows was corrected.
"""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from models.tables.columns import BigId, UTCDateTime, entry, identity, metadata, refers, word
from models.vocabulary import LetterKind, LetterState, OfficerRole

DIGEST_LENGTH = 64
"""Hexadecimal characters of a SHA-256."""

letter = Table(
    "letter",
    metadata,
    identity(),
    Column("key", Text, nullable=False, unique=True),
    *word("kind", LetterKind),
    refers("officer_id", "officer", index=True),
    refers("unit_id", "unit"),
    refers("directive_id", "directive", nullable=True),
    Column("to_address", String(320), nullable=False),
    Column("to_name", Text, nullable=False),
    Column("message_id", Text, nullable=False, unique=True),
    Column("day", Date, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    entry(),
    # Changed only together with a delivery attempt:
    *word("state", LetterState),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", UTCDateTime),
    Column("sent_at", UTCDateTime),
)
Index("ix_letter_state_next_try_at", letter.c.state, letter.c.next_try_at)
Index("ix_letter_entry_to_address", letter.c.entry, letter.c.to_address)

# Why a letter was written: a rung of an assignment, an act on one, or a level with nobody to write to (skipped).
notice = Table(
    "notice",
    metadata,
    identity(),
    refers("letter_id", "letter", index=True),
    refers("assignment_id", "assignment", index=True),
    refers("rung_id", "rung", nullable=True),
    refers("act_id", "act", nullable=True),
    Column("level", Integer, nullable=False),
    Column("skipped_level", Integer),
    entry(),
)

# What a sweep found for a recipient and no letter carries yet. A queue: emptied by the letter that takes it.
# `skipped_level` is the level that had nobody to write to, -1 where none was skipped.
pending_notice = Table(
    "pending_notice",
    metadata,
    identity(),
    refers("officer_id", "officer", index=True),
    refers("unit_id", "unit"),
    refers("assignment_id", "assignment"),
    refers("rung_id", "rung"),
    Column("level", Integer, nullable=False),
    *word("role", OfficerRole),
    Column("skipped_level", Integer, nullable=False),
    Column("urgent", Boolean, nullable=False),
    UniqueConstraint("officer_id", "rung_id", "level", "skipped_level"),
)

# The figures of a weekly picture as they stood when it was written: of a whole directive (no unit), or of a branch.
letter_figure = Table(
    "letter_figure",
    metadata,
    identity(),
    refers("letter_id", "letter", index=True),
    refers("directive_id", "directive"),
    refers("unit_id", "unit", nullable=True),
    Column("figures", JSON, nullable=False),
    entry(),
)

# A report that a letter could not be delivered for good (DSN). The letters of the same entry tell the office of it.
bounce = Table(
    "bounce",
    metadata,
    identity(),
    refers("officer_id", "officer", index=True),
    refers("letter_id", "letter", nullable=True),
    Column("address", String(320), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("status", Text, nullable=False),
    Column("diagnostic", Text, nullable=False),
    Column("source_sha256", String(DIGEST_LENGTH), nullable=False),
    entry(),
    UniqueConstraint("source_sha256", "officer_id"),
)

# The switch of all mail: the newest row holds. Letters are written and wait; nothing is delivered while it is off.
mail_switch = Table(
    "mail_switch",
    metadata,
    identity(),
    Column("at", UTCDateTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("off", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    entry(),
)

# Who is delivering a letter right now, until when. Gone when the attempt is recorded.
letter_lease = Table(
    "letter_lease",
    metadata,
    Column("letter_id", BigId, primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False),
    Column("until", UTCDateTime, nullable=False),
)

# `new` is no delivery: a person put the letter back, and its tries are counted from there. `content_sha256` is of the
# bytes handed over; none where nothing was.
delivery_attempt = Table(
    "delivery_attempt",
    metadata,
    identity(),
    refers("letter_id", "letter"),
    Column("attempt", Integer, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    *word("result", LetterState),
    Column("reply", Text, nullable=False),
    Column("next_try_at", UTCDateTime),
    Column("content_sha256", String(DIGEST_LENGTH)),
    entry(),
    UniqueConstraint("letter_id", "attempt"),
)
