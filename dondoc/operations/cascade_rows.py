"""What a cascade inserts, as two prepared SELECTs: assignments by group and addressed unit, and a letter to each unit.

Built once: composing a statement costs as much as running it on a small branch.
"""

from sqlalchemy import Date, String, and_, bindparam, literal, select
from sqlalchemy.types import Boolean, Integer

from dondoc.operations.issue import is_addressed
from dondoc.operations.unit_letters import DIRECTIVE, NOW, SEQ, letters_to, silent_of
from models.tables.assignments import assignment
from models.tables.columns import PathText
from models.tables.directives import addressee
from models.tables.plans import plan_group
from models.tables.units import unit_version
from models.vocabulary import LetterKind, State

ASSIGNMENT_COLUMNS = (
    "plan_group_id", "obligation_id", "period_id", "unit_id", "path", "role", "assigned_at", "entry",
    "state", "plan_id", "rung", "next_action_at", "late", "version",
)  # fmt: skip

ASSIGNMENTS = (
    select(
        plan_group.c.id,
        plan_group.c.obligation_id,
        plan_group.c.period_id,
        unit_version.c.unit_id,
        unit_version.c.path,
        addressee.c.role,
        NOW,
        SEQ,
        literal(State.ASSIGNED.value),
        plan_group.c.plan_id,
        plan_group.c.first_rung,
        plan_group.c.first_action_at,
        literal(value=False, type_=Boolean),
        literal(0, Integer),
    )
    .select_from(plan_group)
    .join(
        addressee, and_(addressee.c.obligation_id == plan_group.c.obligation_id, addressee.c.role == plan_group.c.role)
    )
    .join(unit_version, is_addressed(bindparam("issued_on", type_=Date)))
    .where(plan_group.c.directive_id == DIRECTIVE)
    .where(unit_version.c.path >= bindparam("path_from", type_=PathText))
    .where(unit_version.c.path < bindparam("path_to", type_=PathText))
    .where(unit_version.c.depth.between(bindparam("depth_from", type_=Integer), bindparam("depth_to", type_=Integer)))
    .where(plan_group.c.distance == unit_version.c.depth - bindparam("issuer_depth", type_=Integer))
    .where(plan_group.c.role == bindparam("role", type_=String))
    .order_by(plan_group.c.id, unit_version.c.path)
)
"""The assignments of a branch in one role: each group of the directive x the units its obligation addresses there."""

GIVEN = select(assignment.c.unit_id).where(assignment.c.entry == SEQ).distinct()
"""The units that an entry gave something."""

LETTERS, SILENT = letters_to(GIVEN, LetterKind.ASSIGNED), silent_of(GIVEN)
"""A letter to each of them, and those to which none could be written."""
