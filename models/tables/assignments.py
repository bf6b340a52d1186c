"""Assignments and what happened to them: acts with what each brought along, and rungs.

What may change of an assignment always equals what its latest act or rung says, so that the ledger can prove it.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from models.tables.columns import BigId, PathText, UTCDateTime, entry, identity, metadata, refers, word
from models.vocabulary import Act, AddresseeRole, ExtensionOutcome, State

assignment = Table(
    "assignment",
    metadata,
    identity(),
    refers("plan_group_id", "plan_group"),
    refers("obligation_id", "obligation"),
    refers("period_id", "period"),
    refers("unit_id", "unit"),
    Column("path", PathText, nullable=False),
    *word("role", AddresseeRole),
    Column("assigned_at", UTCDateTime, nullable=False),
    entry(),
    # Changed only together with an act or a rung:
    *word("state", State),
    refers("plan_id", "plan"),
    Column("rung", Integer, nullable=False),
    Column("next_action_at", UTCDateTime),
    Column("submitted_at", UTCDateTime),
    Column("confirmed_at", UTCDateTime),
    Column("late", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("obligation_id", "unit_id", "period_id"),
)
Index("ix_assignment_unit_id", assignment.c.unit_id)
Index(
    "ix_assignment_next_action_at",
    assignment.c.next_action_at,
    sqlite_where=text("next_action_at IS NOT NULL"),
    postgresql_where=text("next_action_at IS NOT NULL"),
)

act = Table(
    "act",
    metadata,
    identity(),
    refers("assignment_id", "assignment", index=True),
    *word("act", Act),
    Column("at", UTCDateTime, nullable=False),
    refers("officer_id", "officer", nullable=True),
    *word("state_before", State),
    *word("state_after", State),
    refers("plan_id", "plan"),
    Column("rung", Integer, nullable=False),
    Column("next_action_at", UTCDateTime),
    Column("submitted_at", UTCDateTime),
    Column("confirmed_at", UTCDateTime),
    Column("late", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("reason", Text),
    entry(),
    UniqueConstraint("assignment_id", "version"),
)

submission = Table(
    "submission",
    metadata,
    identity(),
    refers("act_id", "act", index=True),
    Column("number", Text),
    # The minutes by which a duty with an adoption gate was adopted.
    Column("minutes", Text),
    Column("form_values", JSON),
    entry(),
)

# One result may answer several assignments: `act_id` of the submission is the first act, these are the others.
submission_share = Table(
    "submission_share",
    metadata,
    identity(),
    refers("submission_id", "submission", index=True),
    refers("act_id", "act"),
    entry(),
    UniqueConstraint("act_id"),
)

stored_file = Table(
    "stored_file",
    metadata,
    identity(),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", BigId, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

submission_file = Table(
    "submission_file",
    metadata,
    identity(),
    refers("submission_id", "submission", index=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", BigId, nullable=False),
    entry(),
)

# Gia hạn: asked by one act, decided by another. A counter-offer waits for the answer of who asked.
extension = Table(
    "extension",
    metadata,
    identity(),
    refers("act_id", "act", index=True),
    refers("assignment_id", "assignment", index=True),
    Column("due_before", Date, nullable=False),
    Column("due_asked", Date, nullable=False),
    entry(),
)
extension_decision = Table(
    "extension_decision",
    metadata,
    identity(),
    Column("extension_id", BigId, nullable=False, unique=True),
    refers("act_id", "act"),
    *word("outcome", ExtensionOutcome),
    Column("due_offered", Date),
    entry(),
)
extension_answer = Table(
    "extension_answer",
    metadata,
    identity(),
    Column("extension_id", BigId, nullable=False, unique=True),
    refers("act_id", "act"),
    Column("accepted", Boolean, nullable=False),
    entry(),
)

# Cam kết tiến độ: a date promised after the due time; the assignment stays overdue.
commitment = Table(
    "commitment",
    metadata,
    identity(),
    refers("act_id", "act", index=True),
    Column("promised_on", Date, nullable=False),
    entry(),
)

# Tạm hoãn: the clock stops, on the basis of a document.
suspension = Table(
    "suspension",
    metadata,
    identity(),
    refers("act_id", "act", index=True),
    Column("basis", Text, nullable=False),
    entry(),
)

# Vướng mắc: reported by the unit to who decides; it pauses nothing by itself. Its words are the act's reason.
obstacle = Table(
    "obstacle",
    metadata,
    identity(),
    refers("act_id", "act", index=True),
    refers("assignment_id", "assignment", index=True),
    entry(),
)
obstacle_answer = Table(
    "obstacle_answer",
    metadata,
    identity(),
    Column("obstacle_id", BigId, nullable=False, unique=True),
    refers("act_id", "act"),
    entry(),
)

# What stood under a directive that was replaced, carried onto the assignment of the one that replaces it.
carry = Table(
    "carry",
    metadata,
    identity(),
    refers("act_id", "act"),
    refers("from_assignment_id", "assignment", index=True),
    entry(),
    UniqueConstraint("act_id"),
)

# A relay duty is done by a directive of the unit's own: which one, once both are registered.
relay_link = Table(
    "relay_link",
    metadata,
    identity(),
    refers("assignment_id", "assignment"),
    refers("directive_id", "directive", index=True),
    entry(),
    UniqueConstraint("assignment_id", "directive_id"),
)

# A link of a letter that was used: the digest of its token, and the act that it did. A link works once.
link_use = Table(
    "link_use",
    metadata,
    identity(),
    Column("token_sha256", String(64), nullable=False, unique=True),
    refers("act_id", "act"),
    entry(),
)

# A rung that fell due and was acted on. `planned_at` is when the plan put it, `fired_at` when a sweep found it.
# `step` is the plan's rung: the same as `ordinal`, but for repeats of the last one. Nobody is `told` of a rung whose
# condition does not hold when it falls due (asked to acknowledge, and had acknowledged).
rung = Table(
    "rung",
    metadata,
    identity(),
    refers("assignment_id", "assignment"),
    refers("plan_id", "plan"),
    Column("ordinal", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("planned_at", UTCDateTime, nullable=False),
    Column("fired_at", UTCDateTime, nullable=False),
    Column("next_action_at", UTCDateTime),
    Column("told", Boolean, nullable=False),
    entry(),
    UniqueConstraint("assignment_id", "plan_id", "ordinal"),
)
