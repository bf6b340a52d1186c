"""The whole model: units, directives, plans, assignments, letters, counters and the ledger with its guards.

Over 400 lines because a first schema is one list of tables, read from top to bottom.
"""

from secrets import token_hex

import sqlalchemy as sa
from alembic import op

from models.dialects import ledger_guards
from models.tables.columns import BigId, PathText, UTCDateTime
from models.tables.installation import TOKEN_LENGTH

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", BigId, autoincrement=False, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("directive_id", BigId, nullable=True),
        sa.Column("unit_id", BigId, nullable=True),
        sa.Column("assignment_id", BigId, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ledger")),
        sa.UniqueConstraint("hash", name=op.f("uq_ledger_hash")),
    )
    op.create_index(op.f("ix_ledger_assignment_id"), "ledger", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_ledger_at"), "ledger", ["at"], unique=False)
    op.create_index(op.f("ix_ledger_directive_id"), "ledger", ["directive_id"], unique=False)
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", BigId, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "letter_lease",
        sa.Column("letter_id", BigId, autoincrement=False, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_lease")),
    )
    op.create_table(
        "mail_switch",
        sa.Column("id", BigId, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_switch")),
    )
    op.create_index(op.f("ix_mail_switch_entry"), "mail_switch", ["entry"], unique=False)
    op.create_table(
        "policy",
        sa.Column("id", BigId, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("digest", name=op.f("uq_policy_digest")),
    )
    op.create_index(op.f("ix_policy_entry"), "policy", ["entry"], unique=False)
    op.create_table(
        "stored_file",
        sa.Column("id", BigId, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("sha256", name=op.f("uq_stored_file_sha256")),
    )
    op.create_table(
        "unit",
        sa.Column("id", BigId, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    op.create_table(
        "directive",
        sa.Column("id", BigId, nullable=False),
        sa.Column("issuer_id", BigId, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(length=32), nullable=False),
        sa.Column("registered_at", UTCDateTime(), nullable=False),
        sa.Column("source_digest", sa.Text(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint("urgency IN ('normal', 'urgent')", name=op.f("ck_directive_urgency")),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_directive_issuer_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("issuer_id", "year", "number", name=op.f("uq_directive_issuer_id_year_number")),
    )
    op.create_index(op.f("ix_directive_entry"), "directive", ["entry"], unique=False)
    op.create_index(op.f("ix_directive_number"), "directive", ["number"], unique=False)
    op.create_table(
        "officer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("bounced_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint("role IN ('focal', 'head')", name=op.f("ck_officer_role")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_officer_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
    )
    op.create_index(op.f("ix_officer_email"), "officer", ["email"], unique=False)
    op.create_index(op.f("ix_officer_unit_id"), "officer", ["unit_id"], unique=False)
    op.create_index(
        "uq_officer_unit_role_email",
        "officer",
        ["unit_id", "role", "email"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    op.create_table(
        "plan",
        sa.Column("id", BigId, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("nominal_due", sa.Date(), nullable=True),
        sa.Column("effective_due", sa.Date(), nullable=True),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("moved_by", sa.Text(), nullable=True),
        sa.Column("levels", sa.Integer(), nullable=False),
        sa.Column("policy_id", BigId, nullable=False),
        sa.Column("calendar", sa.String(length=64), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_plan_policy_id_policy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("digest", name=op.f("uq_plan_digest")),
    )
    op.create_index("ix_plan_due_at", "plan", ["due_at"], unique=False)
    op.create_index(op.f("ix_plan_entry"), "plan", ["entry"], unique=False)
    op.create_table(
        "unit_succession",
        sa.Column("id", BigId, nullable=False),
        sa.Column("predecessor_id", BigId, nullable=False),
        sa.Column("successor_id", BigId, nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('merge', 'split', 'rename', 'abolish')", name=op.f("ck_unit_succession_kind")),
        sa.ForeignKeyConstraint(["predecessor_id"], ["unit.id"], name=op.f("fk_unit_succession_predecessor_id_unit")),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_succession_successor_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_succession")),
    )
    op.create_table(
        "unit_version",
        sa.Column("id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("parent_id", BigId, nullable=True),
        sa.Column("path", PathText, nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_sort", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('central', 'provincial', 'district', 'sector', 'zone', 'commune', 'affiliated', 'grassroots', 'office')",
            name=op.f("ck_unit_version_kind"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_version_parent_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_version")),
        sa.UniqueConstraint("unit_id", "valid_from", name=op.f("uq_unit_version_unit_id_valid_from")),
    )
    op.create_index("ix_unit_version_kind_path", "unit_version", ["kind", "path"], unique=False)
    op.create_index(op.f("ix_unit_version_parent_id"), "unit_version", ["parent_id"], unique=False)
    op.create_index(op.f("ix_unit_version_path"), "unit_version", ["path"], unique=False)
    op.create_table(
        "absence",
        sa.Column("id", BigId, nullable=False),
        sa.Column("officer_id", BigId, nullable=False),
        sa.Column("substitute_id", BigId, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_absence_officer_id_officer")),
        sa.ForeignKeyConstraint(["substitute_id"], ["officer.id"], name=op.f("fk_absence_substitute_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_officer_id"), "absence", ["officer_id"], unique=False)
    op.create_table(
        "clause",
        sa.Column("id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_clause_directive_id_directive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("directive_id", "reference", name=op.f("uq_clause_directive_id_reference")),
    )
    op.create_index(op.f("ix_clause_directive_id"), "clause", ["directive_id"], unique=False)
    op.create_index(op.f("ix_clause_entry"), "clause", ["entry"], unique=False)
    op.create_table(
        "directive_basis",
        sa.Column("id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("nested", sa.Boolean(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_directive_basis_directive_id_directive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_basis")),
    )
    op.create_index(op.f("ix_directive_basis_directive_id"), "directive_basis", ["directive_id"], unique=False)
    op.create_index(op.f("ix_directive_basis_entry"), "directive_basis", ["entry"], unique=False)
    op.create_index(op.f("ix_directive_basis_number"), "directive_basis", ["number"], unique=False)
    op.create_table(
        "directive_end",
        sa.Column("id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("replaced_by_id", BigId, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint("state IN ('in_force', 'revoked', 'replaced')", name=op.f("ck_directive_end_state")),
        sa.ForeignKeyConstraint(
            ["replaced_by_id"], ["directive.id"], name=op.f("fk_directive_end_replaced_by_id_directive")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_end")),
        sa.UniqueConstraint("directive_id", name=op.f("uq_directive_end_directive_id")),
    )
    op.create_index(op.f("ix_directive_end_entry"), "directive_end", ["entry"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("officer_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=True),
        sa.Column("to_address", sa.String(length=320), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UTCDateTime(), nullable=True),
        sa.Column("sent_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('assigned', 'digest', 'urgent', 'returned', 'extension', 'confirmed', 'weekly', 'obstacle', 'revoked', 'bounced')",
            name=op.f("ck_letter_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('new', 'leased', 'sent', 'retry', 'failed', 'ambiguous')", name=op.f("ck_letter_state")
        ),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_letter_directive_id_directive")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_letter_officer_id_officer")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_letter_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_entry"), "letter", ["entry"], unique=False)
    op.create_index("ix_letter_entry_to_address", "letter", ["entry", "to_address"], unique=False)
    op.create_index(op.f("ix_letter_officer_id"), "letter", ["officer_id"], unique=False)
    op.create_index("ix_letter_state_next_try_at", "letter", ["state", "next_try_at"], unique=False)
    op.create_table(
        "plan_audience",
        sa.Column("id", BigId, nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint("role IN ('focal', 'head')", name=op.f("ck_plan_audience_role")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_audience_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_audience")),
        sa.UniqueConstraint(
            "plan_id", "ordinal", "level", "role", name=op.f("uq_plan_audience_plan_id_ordinal_level_role")
        ),
    )
    op.create_index(op.f("ix_plan_audience_entry"), "plan_audience", ["entry"], unique=False)
    op.create_table(
        "plan_rung",
        sa.Column("id", BigId, nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("repeat_weekday", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint("action IN ('prompt', 'remind', 'escalate')", name=op.f("ck_plan_rung_action")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_rung_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_rung")),
        sa.UniqueConstraint("plan_id", "ordinal", name=op.f("uq_plan_rung_plan_id_ordinal")),
    )
    op.create_index(op.f("ix_plan_rung_entry"), "plan_rung", ["entry"], unique=False)
    op.create_table(
        "bounce",
        sa.Column("id", BigId, nullable=False),
        sa.Column("officer_id", BigId, nullable=False),
        sa.Column("letter_id", BigId, nullable=True),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("diagnostic", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_bounce_letter_id_letter")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_bounce_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("source_sha256", "officer_id", name=op.f("uq_bounce_source_sha256_officer_id")),
    )
    op.create_index(op.f("ix_bounce_entry"), "bounce", ["entry"], unique=False)
    op.create_index(op.f("ix_bounce_officer_id"), "bounce", ["officer_id"], unique=False)
    op.create_table(
        "delivery_attempt",
        sa.Column("id", BigId, nullable=False),
        sa.Column("letter_id", BigId, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("next_try_at", UTCDateTime(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint(
            "result IN ('new', 'leased', 'sent', 'retry', 'failed', 'ambiguous')",
            name=op.f("ck_delivery_attempt_result"),
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_delivery_attempt_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_attempt")),
        sa.UniqueConstraint("letter_id", "attempt", name=op.f("uq_delivery_attempt_letter_id_attempt")),
    )
    op.create_index(op.f("ix_delivery_attempt_entry"), "delivery_attempt", ["entry"], unique=False)
    op.create_table(
        "letter_figure",
        sa.Column("id", BigId, nullable=False),
        sa.Column("letter_id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directive.id"], name=op.f("fk_letter_figure_directive_id_directive")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_figure_letter_id_letter")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_letter_figure_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_figure")),
    )
    op.create_index(op.f("ix_letter_figure_entry"), "letter_figure", ["entry"], unique=False)
    op.create_index(op.f("ix_letter_figure_letter_id"), "letter_figure", ["letter_id"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("clause_id", BigId, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.String(length=32), nullable=False),
        sa.Column("lead_id", BigId, nullable=False),
        sa.Column("due_phrase", sa.Text(), nullable=True),
        sa.Column("every", sa.String(length=32), nullable=True),
        sa.Column("send_by", sa.Text(), nullable=True),
        sa.Column("relay", sa.Boolean(), nullable=False),
        sa.Column("adoption", sa.Boolean(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=True),
        sa.Column("ladder", sa.Text(), nullable=True),
        sa.Column("serves_id", BigId, nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint(
            "deliverable IN ('plan', 'report', 'study', 'review', 'event', 'registration', 'inspection', 'other')",
            name=op.f("ck_obligation_deliverable"),
        ),
        sa.CheckConstraint("every IN ('month', 'quarter', 'half-year', 'year')", name=op.f("ck_obligation_every")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_obligation_clause_id_clause")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_obligation_directive_id_directive")),
        sa.ForeignKeyConstraint(["lead_id"], ["unit.id"], name=op.f("fk_obligation_lead_id_unit")),
        sa.ForeignKeyConstraint(["serves_id"], ["obligation.id"], name=op.f("fk_obligation_serves_id_obligation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("directive_id", "key", name=op.f("uq_obligation_directive_id_key")),
    )
    op.create_index(op.f("ix_obligation_entry"), "obligation", ["entry"], unique=False)
    op.create_table(
        "addressee",
        sa.Column("id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("unit_id", BigId, nullable=True),
        sa.Column("below_id", BigId, nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("path_from", PathText, nullable=False),
        sa.Column("path_to", PathText, nullable=False),
        sa.Column("depth_from", sa.Integer(), nullable=False),
        sa.Column("depth_to", sa.Integer(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint("role IN ('lead', 'coordinating', 'for_information')", name=op.f("ck_addressee_role")),
        sa.ForeignKeyConstraint(["below_id"], ["unit.id"], name=op.f("fk_addressee_below_id_unit")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_addressee_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_addressee_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
    )
    op.create_index(op.f("ix_addressee_entry"), "addressee", ["entry"], unique=False)
    op.create_index(op.f("ix_addressee_obligation_id"), "addressee", ["obligation_id"], unique=False)
    op.create_table(
        "period",
        sa.Column("id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("nominal_due", sa.Date(), nullable=True),
        sa.Column("effective_due", sa.Date(), nullable=True),
        sa.Column("moved_by", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_period_obligation_id_obligation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("obligation_id", "key", name=op.f("uq_period_obligation_id_key")),
    )
    op.create_index(op.f("ix_period_entry"), "period", ["entry"], unique=False)
    op.create_table(
        "counter",
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("period_id", BigId, nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('assigned', 'acknowledged', 'submitted', 'returned', 'completed', 'suspended', 'waived', 'cancelled')",
            name=op.f("ck_counter_state"),
        ),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"], name=op.f("fk_counter_obligation_id_obligation")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_counter_period_id_period")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_counter_plan_id_plan")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_counter_unit_id_unit")),
        sa.PrimaryKeyConstraint(
            "unit_id", "obligation_id", "period_id", "plan_id", "state", "late", name=op.f("pk_counter")
        ),
    )
    op.create_table(
        "plan_group",
        sa.Column("id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("period_id", BigId, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("distance", sa.Integer(), nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("first_rung", sa.Integer(), nullable=False),
        sa.Column("first_action_at", UTCDateTime(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint("role IN ('lead', 'coordinating', 'for_information')", name=op.f("ck_plan_group_role")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_plan_group_directive_id_directive")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_plan_group_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_plan_group_period_id_period")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_group_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_group")),
        sa.UniqueConstraint("period_id", "role", "distance", name=op.f("uq_plan_group_period_id_role_distance")),
    )
    op.create_index(op.f("ix_plan_group_directive_id"), "plan_group", ["directive_id"], unique=False)
    op.create_index(op.f("ix_plan_group_entry"), "plan_group", ["entry"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", BigId, nullable=False),
        sa.Column("plan_group_id", BigId, nullable=False),
        sa.Column("obligation_id", BigId, nullable=False),
        sa.Column("period_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("path", PathText, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("assigned_at", UTCDateTime(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_action_at", UTCDateTime(), nullable=True),
        sa.Column("submitted_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('lead', 'coordinating', 'for_information')", name=op.f("ck_assignment_role")),
        sa.CheckConstraint(
            "state IN ('assigned', 'acknowledged', 'submitted', 'returned', 'completed', 'suspended', 'waived', 'cancelled')",
            name=op.f("ck_assignment_state"),
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_assignment_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_assignment_period_id_period")),
        sa.ForeignKeyConstraint(
            ["plan_group_id"], ["plan_group.id"], name=op.f("fk_assignment_plan_group_id_plan_group")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_assignment_plan_id_plan")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "obligation_id", "unit_id", "period_id", name=op.f("uq_assignment_obligation_id_unit_id_period_id")
        ),
    )
    op.create_index(op.f("ix_assignment_entry"), "assignment", ["entry"], unique=False)
    op.create_index(
        "ix_assignment_next_action_at",
        "assignment",
        ["next_action_at"],
        unique=False,
        sqlite_where=sa.text("next_action_at IS NOT NULL"),
        postgresql_where=sa.text("next_action_at IS NOT NULL"),
    )
    op.create_index("ix_assignment_unit_id", "assignment", ["unit_id"], unique=False)
    op.create_table(
        "act",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("officer_id", BigId, nullable=True),
        sa.Column("state_before", sa.String(length=32), nullable=False),
        sa.Column("state_after", sa.String(length=32), nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_action_at", UTCDateTime(), nullable=True),
        sa.Column("submitted_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint(
            "act IN ('acknowledge', 'submit', 'confirm', 'return', 'extend', 'grant', 'refuse', 'commit', 'suspend', 'resume', 'waive', 'cancel', 'counter', 'accept', 'decline', 'obstacle', 'answer', 'close', 'carry', 'replan')",
            name=op.f("ck_act_act"),
        ),
        sa.CheckConstraint(
            "state_after IN ('assigned', 'acknowledged', 'submitted', 'returned', 'completed', 'suspended', 'waived', 'cancelled')",
            name=op.f("ck_act_state_after"),
        ),
        sa.CheckConstraint(
            "state_before IN ('assigned', 'acknowledged', 'submitted', 'returned', 'completed', 'suspended', 'waived', 'cancelled')",
            name=op.f("ck_act_state_before"),
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_act_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_act_officer_id_officer")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_act_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("assignment_id", "version", name=op.f("uq_act_assignment_id_version")),
    )
    op.create_index(op.f("ix_act_assignment_id"), "act", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_act_entry"), "act", ["entry"], unique=False)
    op.create_table(
        "relay_link",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("directive_id", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_relay_link_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_relay_link_directive_id_directive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_link")),
        sa.UniqueConstraint("assignment_id", "directive_id", name=op.f("uq_relay_link_assignment_id_directive_id")),
    )
    op.create_index(op.f("ix_relay_link_directive_id"), "relay_link", ["directive_id"], unique=False)
    op.create_index(op.f("ix_relay_link_entry"), "relay_link", ["entry"], unique=False)
    op.create_table(
        "rung",
        sa.Column("id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("plan_id", BigId, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("planned_at", UTCDateTime(), nullable=False),
        sa.Column("fired_at", UTCDateTime(), nullable=False),
        sa.Column("next_action_at", UTCDateTime(), nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_rung_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_rung_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung")),
        sa.UniqueConstraint("assignment_id", "plan_id", "ordinal", name=op.f("uq_rung_assignment_id_plan_id_ordinal")),
    )
    op.create_index(op.f("ix_rung_entry"), "rung", ["entry"], unique=False)
    op.create_table(
        "carry",
        sa.Column("id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("from_assignment_id", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_carry_act_id_act")),
        sa.ForeignKeyConstraint(
            ["from_assignment_id"], ["assignment.id"], name=op.f("fk_carry_from_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry")),
        sa.UniqueConstraint("act_id", name=op.f("uq_carry_act_id")),
    )
    op.create_index(op.f("ix_carry_entry"), "carry", ["entry"], unique=False)
    op.create_index(op.f("ix_carry_from_assignment_id"), "carry", ["from_assignment_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_commitment_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    op.create_index(op.f("ix_commitment_act_id"), "commitment", ["act_id"], unique=False)
    op.create_index(op.f("ix_commitment_entry"), "commitment", ["entry"], unique=False)
    op.create_table(
        "extension",
        sa.Column("id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_asked", sa.Date(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_extension_act_id_act")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_extension_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_act_id"), "extension", ["act_id"], unique=False)
    op.create_index(op.f("ix_extension_assignment_id"), "extension", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_extension_entry"), "extension", ["entry"], unique=False)
    op.create_table(
        "extension_answer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("extension_id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_extension_answer_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_answer")),
        sa.UniqueConstraint("extension_id", name=op.f("uq_extension_answer_extension_id")),
    )
    op.create_index(op.f("ix_extension_answer_entry"), "extension_answer", ["entry"], unique=False)
    op.create_table(
        "extension_decision",
        sa.Column("id", BigId, nullable=False),
        sa.Column("extension_id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("due_offered", sa.Date(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('granted', 'refused', 'countered')", name=op.f("ck_extension_decision_outcome")
        ),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_extension_decision_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_decision")),
        sa.UniqueConstraint("extension_id", name=op.f("uq_extension_decision_extension_id")),
    )
    op.create_index(op.f("ix_extension_decision_entry"), "extension_decision", ["entry"], unique=False)
    op.create_table(
        "link_use",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_link_use_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_use")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_link_use_token_sha256")),
    )
    op.create_index(op.f("ix_link_use_entry"), "link_use", ["entry"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", BigId, nullable=False),
        sa.Column("letter_id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("rung_id", BigId, nullable=True),
        sa.Column("act_id", BigId, nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("skipped_level", sa.Integer(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_notice_act_id_act")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_notice_assignment_id_assignment")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_notice_letter_id_letter")),
        sa.ForeignKeyConstraint(["rung_id"], ["rung.id"], name=op.f("fk_notice_rung_id_rung")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_assignment_id"), "notice", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_notice_entry"), "notice", ["entry"], unique=False)
    op.create_index(op.f("ix_notice_letter_id"), "notice", ["letter_id"], unique=False)
    op.create_table(
        "obstacle",
        sa.Column("id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_obstacle_act_id_act")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_obstacle_assignment_id_assignment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle")),
    )
    op.create_index(op.f("ix_obstacle_act_id"), "obstacle", ["act_id"], unique=False)
    op.create_index(op.f("ix_obstacle_assignment_id"), "obstacle", ["assignment_id"], unique=False)
    op.create_index(op.f("ix_obstacle_entry"), "obstacle", ["entry"], unique=False)
    op.create_table(
        "obstacle_answer",
        sa.Column("id", BigId, nullable=False),
        sa.Column("obstacle_id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_obstacle_answer_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_answer")),
        sa.UniqueConstraint("obstacle_id", name=op.f("uq_obstacle_answer_obstacle_id")),
    )
    op.create_index(op.f("ix_obstacle_answer_entry"), "obstacle_answer", ["entry"], unique=False)
    op.create_table(
        "pending_notice",
        sa.Column("id", BigId, nullable=False),
        sa.Column("officer_id", BigId, nullable=False),
        sa.Column("unit_id", BigId, nullable=False),
        sa.Column("assignment_id", BigId, nullable=False),
        sa.Column("rung_id", BigId, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("skipped_level", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.CheckConstraint("role IN ('focal', 'head')", name=op.f("ck_pending_notice_role")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_pending_notice_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_pending_notice_officer_id_officer")),
        sa.ForeignKeyConstraint(["rung_id"], ["rung.id"], name=op.f("fk_pending_notice_rung_id_rung")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pending_notice_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_notice")),
        sa.UniqueConstraint(
            "officer_id",
            "rung_id",
            "level",
            "skipped_level",
            name=op.f("uq_pending_notice_officer_id_rung_id_level_skipped_level"),
        ),
    )
    op.create_index(op.f("ix_pending_notice_officer_id"), "pending_notice", ["officer_id"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("form_values", sa.JSON(), nullable=True),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_submission_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
    )
    op.create_index(op.f("ix_submission_act_id"), "submission", ["act_id"], unique=False)
    op.create_index(op.f("ix_submission_entry"), "submission", ["entry"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_suspension_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index(op.f("ix_suspension_act_id"), "suspension", ["act_id"], unique=False)
    op.create_index(op.f("ix_suspension_entry"), "suspension", ["entry"], unique=False)
    op.create_table(
        "submission_file",
        sa.Column("id", BigId, nullable=False),
        sa.Column("submission_id", BigId, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_file_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_file")),
    )
    op.create_index(op.f("ix_submission_file_entry"), "submission_file", ["entry"], unique=False)
    op.create_index(op.f("ix_submission_file_submission_id"), "submission_file", ["submission_id"], unique=False)
    op.create_table(
        "submission_share",
        sa.Column("id", BigId, nullable=False),
        sa.Column("submission_id", BigId, nullable=False),
        sa.Column("act_id", BigId, nullable=False),
        sa.Column("entry", BigId, nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_submission_share_act_id_act")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_share_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_share")),
        sa.UniqueConstraint("act_id", name=op.f("uq_submission_share_act_id")),
    )
    op.create_index(op.f("ix_submission_share_entry"), "submission_share", ["entry"], unique=False)
    op.create_index(op.f("ix_submission_share_submission_id"), "submission_share", ["submission_id"], unique=False)
    op.execute(f"INSERT INTO installation (id, token) VALUES (1, '{token_hex(TOKEN_LENGTH // 2)}')")
    op.execute(f"INSERT INTO ledger_head (id, seq, hash) VALUES (1, 0, '{'0' * 64}')")
    for statement in ledger_guards(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Refuse: going back before the first schema would destroy the ledger."""
    msg = "the first schema cannot be taken back; restore a backup instead"
    raise NotImplementedError(msg)
