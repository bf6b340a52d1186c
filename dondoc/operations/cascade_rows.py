"""What a cascade inserts, as two prepared SELECTs: assignments by group and addressed unit, and a letter to each unit.

Built once: composing a statement costs as much as running it on a small branch.
"""

from sqlalchemy import Date, String, bindparam, cast, literal, select
from sqlalchemy.types import BigInteger, Boolean, Integer

from dondoc.operations.audience import serves
from dondoc.operations.issue import is_addressed
from models.tables.assignments import assignment
from models.tables.columns import PathText, UTCDateTime
from models.tables.directives import addressee
from models.tables.letters import letter
from models.tables.plans import plan_group
from models.tables.units import officer, unit, unit_version
from models.vocabulary import LetterKind, LetterState, OfficerRole, State

ASSIGNMENT_COLUMNS = (
    "plan_group_id", "obligation_id", "period_id", "unit_id", "path", "role", "assigned_at", "entry",
    "state", "plan_id", "rung", "next_action_at", "late", "version",
)  # fmt: skip
LETTER_COLUMNS = (
    "key", "kind", "officer_id", "unit_id", "directive_id", "to_address", "to_name", "message_id",
    "day", "created_at", "entry", "state", "attempts",
)  # fmt: skip

_NOW = bindparam("now", type_=UTCDateTime)
_SEQ = bindparam("seq", type_=BigInteger)
_DAY = bindparam("day", type_=Date)
_DIRECTIVE = bindparam("directive", type_=BigInteger)


ASSIGNMENTS = (
    select(
        plan_group.c.id,
        plan_group.c.obligation_id,
        plan_group.c.period_id,
        unit_version.c.unit_id,
        unit_version.c.path,
        addressee.c.role,
        _NOW,
        _SEQ,
        literal(State.ASSIGNED.value),
        plan_group.c.plan_id,
        plan_group.c.first_rung,
        plan_group.c.first_action_at,
        literal(value=False, type_=Boolean),
        literal(0, Integer),
    )
    .select_from(plan_group)
    .join(addressee, addressee.c.obligation_id == plan_group.c.obligation_id)
    .join(unit_version, is_addressed(bindparam("issued_on", type_=Date)))
    .where(plan_group.c.directive_id == _DIRECTIVE)
    .where(unit_version.c.path >= bindparam("path_from", type_=PathText))
    .where(unit_version.c.path < bindparam("path_to", type_=PathText))
    .where(unit_version.c.depth.between(bindparam("depth_from", type_=Integer), bindparam("depth_to", type_=Integer)))
    .where(plan_group.c.distance == unit_version.c.depth - bindparam("issuer_depth", type_=Integer))
    .order_by(plan_group.c.id, unit_version.c.path)
)
"""The assignments of a branch: each group of the directive x the units its obligation addresses there."""

_units = select(assignment.c.unit_id).where(assignment.c.entry == _SEQ).distinct().subquery()
_other = officer.alias()
_has_focal = (
    select(literal(1))
    .where(_other.c.unit_id == officer.c.unit_id, _other.c.role == OfficerRole.FOCAL, serves(_other, _DAY))
    .exists()
)
_key = bindparam("key_start", type_=String) + cast(officer.c.id, String)

LETTERS = (
    select(
        _key,
        literal(LetterKind.ASSIGNED.value),
        officer.c.id,
        officer.c.unit_id,
        _DIRECTIVE,
        officer.c.email,
        officer.c.name,
        literal("<") + _key + bindparam("domain", type_=String),
        _DAY,
        _NOW,
        _SEQ,
        literal(LetterState.NEW.value),
        literal(0, Integer),
    )
    .join(_units, _units.c.unit_id == officer.c.unit_id)
    .where(serves(officer, _DAY))
    .where((officer.c.role == OfficerRole.FOCAL) | ~_has_focal)
    .order_by(officer.c.id)
)
"""One letter for each focal officer of the units of an entry; for its head where a unit has no focal officer."""

MOST_SILENT = 20
"""Units without an officer that an entry names for each branch; it counts all of them."""

SILENT = (
    select(unit.c.code)
    .where(unit.c.id.in_(select(_units.c.unit_id)))
    .where(unit.c.id.not_in(select(letter.c.unit_id).where(letter.c.entry == _SEQ)))
    .order_by(unit.c.code)
    .limit(MOST_SILENT)
)
"""The units of an entry to which no letter could be written."""
