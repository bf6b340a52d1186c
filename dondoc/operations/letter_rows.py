"""Reads the rows that letters are made of, for a batch of letters at a time, however many assignments each is about.

What a letter says comes from rows that nothing changes later: it is the same letter whenever it is read again.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, case, func, null, select

from dondoc.operations.chain import OWN, on_chain, unit_at, unit_before
from dondoc.operations.unit_list import holds
from models.tables.assignments import (
    act,
    assignment,
    carry,
    rung,
)
from models.tables.directives import directive, obligation
from models.tables.ledger import ledger
from models.tables.letters import bounce, letter, notice
from models.tables.plans import plan, plan_audience, plan_group
from models.tables.units import officer, unit_version
from models.vocabulary import LetterKind

WORST = 5
"""Units that a level above is told by name, for each obligation."""

Rows = Sequence[Row[Any]]


def letter_rows(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the letters, each with its officer's role and the hash of the entry that wrote it."""
    columns = (
        "id",
        "kind",
        "unit_id",
        "officer_id",
        "directive_id",
        "to_address",
        "to_name",
        "message_id",
        "day",
        "entry",
    )
    statement: Select[Any] = (
        select(*(letter.c[name] for name in columns), letter.c.created_at, officer.c.role, ledger.c.hash)
        .join(officer, officer.c.id == letter.c.officer_id)
        .outerjoin(ledger, ledger.c.seq == letter.c.entry)
        .where(letter.c.id.in_(letter_ids))
        .order_by(letter.c.id)
    )
    return connection.execute(statement).all()


def assigned_lines(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the assignments that a letter of kind `assigned` tells of: all that its entry gave its unit.

    What it took over from another unit in the same entry goes on by the plan that it had there.
    """
    taken, source = act.alias("taken"), assignment.alias("source")
    plan_id = func.coalesce(taken.c.plan_id, plan_group.c.plan_id).label("plan_id")
    statement: Select[Any] = (
        select(letter.c.id.label("letter_id"), *line_columns(assignment.c.obligation_id, plan_id))
        .add_columns(source.c.unit_id.label("taken_from"))
        # The sum keeps the planner off the index of entries: one entry gives thousands of units their assignments.
        .join(assignment, (assignment.c.unit_id == letter.c.unit_id) & (assignment.c.entry + 0 == letter.c.entry))
        .join(plan_group, plan_group.c.id == assignment.c.plan_group_id)
        .outerjoin(taken, (taken.c.assignment_id == assignment.c.id) & (taken.c.entry + 0 == letter.c.entry))
        .outerjoin(carry, carry.c.act_id == taken.c.id)
        .outerjoin(source, source.c.id == carry.c.from_assignment_id)
        .where(letter.c.id.in_(letter_ids), letter.c.kind == LetterKind.ASSIGNED.value)
    )
    return connection.execute(statement).all()


def line_columns(obligation_id: Any, plan_id: Any) -> tuple[Any, ...]:
    """Give the columns of a line about one assignment; `step` is null, but for the line of a rung."""
    return (
        assignment.c.id.label("assignment_id"),
        assignment.c.unit_id,
        obligation_id,
        assignment.c.period_id,
        plan_id,
        assignment.c.role.label("asked_as"),
        null().label("step"),
    )


def own_rung_lines(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the assignments whose own unit a letter reminds, each with the last of the rungs that it tells of."""
    told = _told(letter_ids)
    statement: Select[Any] = select(told).where(told.c.level == 0)
    return connection.execute(statement).all()


def below_groups(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give how many assignments below its recipient's unit a letter tells of, alike in all that is said of them.

    `head_id` is the recipient's own unit, `branch_id` its direct subordinate on the way to those that owe.
    """
    told = _told(letter_ids)
    key = [told.c[name] for name in _GROUP]
    statement: Select[Any] = select(*key, told.c.branch_id, func.count().label("n")).where(told.c.level > 0)
    return connection.execute(statement.group_by(*key, told.c.branch_id)).all()


_GROUP = ("letter_id", "obligation_id", "period_id", "plan_id", "step", "level", "head_id")


def told_tasks(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give every assignment that letters tell of by rungs: the first due first, then by directive and unit."""
    told = _told(letter_ids)
    statement: Select[Any] = (
        select(told)
        .join(obligation, obligation.c.id == told.c.obligation_id)
        .join(plan, plan.c.id == told.c.plan_id)
        .order_by(plan.c.effective_due, obligation.c.directive_id, obligation.c.ordinal)
        .order_by(told.c.name_sort, told.c.assignment_id)
    )
    return connection.execute(statement).all()


def worst_below(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the first WORST units of each group of `below_groups`, by name: within one they are equally late."""
    told = _told(letter_ids)
    rank = func.row_number().over(
        partition_by=[told.c[name] for name in _GROUP], order_by=[told.c.name_sort, told.c.assignment_id]
    )
    ranked = select(*(told.c[name] for name in _GROUP), told.c.unit_id, rank.label("rank")).where(told.c.level > 0)
    rows = ranked.subquery()
    return connection.execute(select(rows).where(rows.c.rank <= WORST).order_by(rows.c.rank)).all()


def _told(letter_ids: Collection[int]) -> Subquery:
    """Select what letters tell of by rungs, an assignment once a letter, in the tree of the letter's day."""
    latest = (
        select(
            notice.c.letter_id,
            notice.c.assignment_id,
            func.max(notice.c.rung_id).label("rung_id"),
            func.min(notice.c.level).label("level"),
        )
        .where(notice.c.letter_id.in_(letter_ids), notice.c.rung_id.is_not(None), notice.c.skipped_level.is_(None))
        .group_by(notice.c.letter_id, notice.c.assignment_id)
        .subquery()
    )
    level = latest.c.level
    told = (
        select(
            latest.c.letter_id,
            *line_columns(assignment.c.obligation_id, rung.c.plan_id)[:-1],
            rung.c.step,
            level,
            unit_at(level).label("head_id"),
            case((level > 0, unit_before(level))).label("branch_id"),
            func.coalesce(OWN.c.name_sort, "").label("name_sort"),
        )
        .join(letter, letter.c.id == latest.c.letter_id)
        .join(rung, rung.c.id == latest.c.rung_id)
        .join(assignment, assignment.c.id == latest.c.assignment_id)
    )
    return on_chain(_with_issuer(told), letter.c.day).subquery()


def _with_issuer(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(plan_group, plan_group.c.id == assignment.c.plan_group_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
    )


def skipped_lines(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the levels that had nobody to write to, once for each unit without an officer, directive and rung.

    `unit_id` is one of the units below it whose ladder ran into the gap.
    """
    role = (
        select(func.min(plan_audience.c.role))
        .where(plan_audience.c.plan_id == rung.c.plan_id, plan_audience.c.ordinal == rung.c.step)
        .where(plan_audience.c.level == notice.c.skipped_level)
        .correlate(rung, notice)
        .scalar_subquery()
    )
    gap = unit_at(notice.c.skipped_level)
    skipped = (
        select(notice.c.letter_id, obligation.c.directive_id, rung.c.plan_id, rung.c.step)
        .add_columns(notice.c.skipped_level.label("level"), role.label("role"), gap.label("gap"), assignment.c.unit_id)
        .join(rung, rung.c.id == notice.c.rung_id)
        .join(letter, letter.c.id == notice.c.letter_id)
        .join(assignment, assignment.c.id == notice.c.assignment_id)
        .where(notice.c.letter_id.in_(letter_ids), notice.c.skipped_level.is_not(None))
    )
    rows = on_chain(_with_issuer(skipped), letter.c.day).subquery()
    key = [rows.c[name] for name in ("letter_id", "directive_id", "step", "level", "role", "gap")]
    statement: Select[Any] = select(
        *key, func.min(rows.c.plan_id).label("plan_id"), func.min(rows.c.unit_id).label("unit_id")
    )
    return connection.execute(statement.group_by(*key).order_by(*key)).all()


def dead_addresses(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the addresses of the same entry that a letter of kind `bounced` tells of: its unit's, and those below it."""
    own, theirs = unit_version.alias("told_version"), unit_version.alias("dead_version")
    statement: Select[Any] = (
        select(letter.c.id.label("letter_id"), officer.c.unit_id, officer.c.name)
        .add_columns(bounce.c.address, bounce.c.status, bounce.c.diagnostic)
        .join(bounce, bounce.c.entry == letter.c.entry)
        .join(officer, officer.c.id == bounce.c.officer_id)
        .join(own, (own.c.unit_id == letter.c.unit_id) & holds(own, letter.c.day))
        .outerjoin(theirs, (theirs.c.unit_id == officer.c.unit_id) & holds(theirs, letter.c.day))
        .where(letter.c.id.in_(letter_ids), letter.c.kind == LetterKind.BOUNCED.value)
        .where(theirs.c.path.is_(None) | (func.substr(theirs.c.path, 1, func.length(own.c.path)) == own.c.path))
        .order_by(bounce.c.id)
    )
    return connection.execute(statement).all()


def first_letters(connection: Connection, about: Collection[tuple[int, int]]) -> Rows:
    """Give all letters to these officers about one of these directives alone, oldest first: pairs of their ids."""
    officers, directives = {one for one, _ in about}, {other for _, other in about}
    statement: Select[Any] = (
        select(letter.c.id, letter.c.officer_id, letter.c.directive_id, letter.c.message_id)
        .where(letter.c.officer_id.in_(officers), letter.c.directive_id.in_(directives))
        .order_by(letter.c.id)
    )
    return connection.execute(statement).all()
