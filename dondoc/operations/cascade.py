"""Apply a registered directive's plans to its units: one INSERT … SELECT a branch of the tree, in its own transaction.

A branch that was applied adds nothing when it is applied again, so a cascade that was killed is simply run again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, case, distinct, func, select
from sqlalchemy.engine import Dialect

from dondoc.errors import NotFound, Refused
from dondoc.operations.cascade_rows import ASSIGNMENT_COLUMNS, ASSIGNMENTS, LETTERS, SILENT
from dondoc.operations.find import FoundDirective, find_directive
from dondoc.operations.issue import is_addressed
from dondoc.operations.late_groups import plan_missing
from dondoc.operations.ledger import entry
from dondoc.operations.recount import counts_below
from dondoc.operations.rules import Rules
from dondoc.operations.unit_letters import LETTER_COLUMNS, letter_facts
from models.dialects import add_to_counter, insert_new
from models.paths import STEP, depth, upper_bound
from models.session import Database
from models.tables.assignments import assignment
from models.tables.counters import counter
from models.tables.directives import addressee, directive_end, obligation
from models.tables.letters import letter
from models.tables.units import unit, unit_version
from models.vocabulary import AddresseeRole, LetterKind
from policies.cascade import DEEPEST


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the tree that one transaction cascades, named by a unit: what lies below it between two depths.

    The issuer's own branch is itself with its direct subordinates; every subordinate's branch is what stands below it.
    `units` are those addressed there, where they were counted.
    """

    code: str
    path: str
    depth_from: int
    depth_to: int
    units: int = 0


@dataclass(frozen=True, slots=True)
class BranchResult:
    """What applying a branch added; zeros when it had been applied before.

    `silent` counts units that were given something and have nobody to write to; `silent_codes` are the first of them.
    """

    code: str
    assigned: int
    letters: int
    silent: int = 0
    silent_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CascadeRow:
    """How a branch stands: addressed units and their assignments."""

    branch: str
    units: int
    assignments: int


def branches(database: Database, reference: str) -> tuple[Branch, ...]:
    """Give the branches in which the directive addresses units, the issuer's own first."""
    with database.reading() as connection:
        return _branches(connection, find_directive(connection, reference))


def _branches(connection: Connection, found: FoundDirective) -> tuple[Branch, ...]:
    step = _branch_path(found, unit_version.c.path).label("branch")
    # Most obligations address the same units: each reach is looked through once.
    reaches = (
        select(*(addressee.c[name] for name in ("kind", "path_from", "path_to", "depth_from", "depth_to")))
        .join(obligation, obligation.c.id == addressee.c.obligation_id)
        .where(obligation.c.directive_id == found.id)
        .distinct()
        .subquery()
    )
    statement = (
        select(step, func.count(distinct(unit_version.c.unit_id)).label("units"))
        .select_from(reaches)
        .join(unit_version, is_addressed(found.issued_on, reaches))
        .group_by(step)
        .order_by(step)
    )
    rows = connection.execute(statement).all()
    ids = [int(row.branch[-STEP:]) for row in rows]
    codes = {row.id: row.code for row in connection.execute(select(unit).where(unit.c.id.in_(ids)))}
    return tuple(_branch(found, codes[unit_id], row.branch, row.units) for row, unit_id in zip(rows, ids, strict=True))


def _branch_path(found: FoundDirective, path: Any) -> Any:
    """Give the path of the branch of the unit at `path`: the issuer's within one level of it, else the child's."""
    near = len(found.issuer_path) + STEP
    return case((func.length(path) <= near, found.issuer_path), else_=func.substr(path, 1, near))


def _branch(found: FoundDirective, code: str, path: str, units: int = 0) -> Branch:
    own = depth(found.issuer_path)
    bounds = (own, own + 1) if path == found.issuer_path else (own + 2, DEEPEST)
    return Branch(code, path, *bounds, units)


def _branch_named(connection: Connection, found: FoundDirective, code: str) -> Branch:
    """Find one branch by its code, without counting every branch again."""
    version = unit_version.c
    path = connection.execute(
        select(version.path)
        .join(unit, unit.c.id == version.unit_id)
        .where(unit.c.code == code, version.valid_from <= found.issued_on)
        .where(version.valid_to.is_(None) | (version.valid_to > found.issued_on))
        .where(version.path.startswith(found.issuer_path), version.depth <= depth(found.issuer_path) + 1)
    ).scalar_one_or_none()
    if path is None:
        raise NotFound(f"{code!r} is no branch under {found.issuer_code} on {found.issued_on.isoformat()}")
    return _branch(found, code, path)


def cascade_branch(  # noqa: PLR0913 (what, where, when, by which rules, for whom)
    database: Database, reference: str, branch_code: str, now: datetime, *, rules: Rules, actor: str = "dondoc cascade"
) -> BranchResult:
    """Apply one branch in a transaction of its own; see `cascade_branch_in`."""
    with database.writing() as connection:
        found = find_directive(connection, reference)
        chosen = _branch_named(connection, found, branch_code)
        return cascade_branch_in(connection, found, chosen, now, rules=rules, actor=actor)


def cascade_branch_in(  # noqa: PLR0913 (what, where, when, by which rules, for whom)
    connection: Connection, found: FoundDirective, branch: Branch, now: datetime, *, rules: Rules, actor: str
) -> BranchResult:
    """Apply a directive's plans to one branch.

    1. Plan the distances that nobody stood at when the directive was issued.
    2. Insert an assignment for each group x addressed unit of the branch that has none yet.
    3. Add them to the counters of every unit above them.
    4. Write one letter to each unit's focal officer (its head where it has none); count the units that have neither.
    5. Commit the ledger to plan and units, by digest; nothing is written when nothing was new.
    """
    with entry(
        connection,
        at=now,
        actor=actor,
        act="cascaded",
        directive_id=found.id,
        unit_id=int(branch.path[-STEP:]),
    ) as opened:
        where = {
            "directive": found.id,
            "issued_on": found.issued_on,
            "issuer_depth": depth(found.issuer_path),
            "path_from": branch.path,
            "path_to": upper_bound(branch.path),
            "depth_from": branch.depth_from,
            "depth_to": branch.depth_to,
        }
        planned = plan_missing(connection, opened, where, now, rules)
        # A unit that is addressed in several roles keeps the first: what it has already is left out.
        for role in AddresseeRole:
            given = where | {"role": role, "now": now, "seq": opened.seq}
            connection.execute(_insert_assignments(connection.dialect), given)
        added, deepest, units = connection.execute(
            select(
                func.count(), func.max(func.length(assignment.c.path)), func.count(distinct(assignment.c.unit_id))
            ).where(assignment.c.entry == opened.seq)
        ).one()
        opened.detail |= {"number": found.number, "branch": branch.code, "assigned": added}
        if planned:
            opened.detail["planned"] = planned
        if not added:
            if not planned:
                opened.abandon()
            return BranchResult(branch.code, 0, 0)
        if deepest > STEP:
            connection.execute(_add_counts(connection.dialect, deepest // STEP - 1), {"seq": opened.seq})
        connection.execute(
            _insert_letters(connection.dialect),
            letter_facts(opened, LetterKind.ASSIGNED, found.id, now, rules.mail_domain),
        )
        written, told = connection.execute(
            select(func.count(), func.count(distinct(letter.c.unit_id))).where(letter.c.entry == opened.seq)
        ).one()
        opened.commits(assignment, letter)
        opened.detail["letters"] = written
        silent = units - told
        codes = tuple(connection.execute(SILENT, {"seq": opened.seq}).scalars()) if silent else ()
        if silent:
            opened.detail |= {"silent": silent, "silent_codes": list(codes)}
    return BranchResult(branch.code, added, written, silent, codes)


# Composed and compiled once: on a small branch that costs more than running it, and SQLAlchemy keeps no compiled form
# of an INSERT that minds conflicts.
@lru_cache(maxsize=8)
def _insert_assignments(dialect: Dialect) -> Any:
    return insert_new(dialect.name, assignment, ASSIGNMENT_COLUMNS, ASSIGNMENTS).compile(dialect=dialect)


@lru_cache(maxsize=8)
def _insert_letters(dialect: Dialect) -> Any:
    return insert_new(dialect.name, letter, LETTER_COLUMNS, LETTERS).compile(dialect=dialect)


@lru_cache(maxsize=8)
def _add_counts(dialect: Dialect, levels: int) -> Any:
    return add_to_counter(dialect.name, counter, counts_below(levels, of_entry=True)).compile(dialect=dialect)


def cascade_all(
    database: Database, reference: str, now: datetime, *, rules: Rules, actor: str = "dondoc cascade"
) -> Iterator[BranchResult]:
    """Apply every branch in turn, each in its own transaction; what the engine does with one task a branch."""
    with database.reading() as connection:
        found = find_directive(connection, reference)
        chosen = _branches(connection, found)
    for branch in chosen:
        with database.writing() as connection:
            _refuse_ended(connection, found)
            result = cascade_branch_in(connection, found, branch, now, rules=rules, actor=actor)
        yield result


def _refuse_ended(connection: Connection, found: FoundDirective) -> None:
    """Between two branches the directive may have been revoked."""
    end = select(directive_end.c.state).where(directive_end.c.directive_id == found.id)
    state = connection.execute(end).scalar()
    if state is not None:
        raise Refused(f"{found.number} was {state} meanwhile; nothing more is assigned by it")


def cascade_everything_in(
    connection: Connection, reference: str, now: datetime, *, rules: Rules, actor: str = "dondoc cascade"
) -> tuple[BranchResult, ...]:
    """Apply every branch within one transaction, which the caller ends."""
    found = find_directive(connection, reference)
    return tuple(
        cascade_branch_in(connection, found, branch, now, rules=rules, actor=actor)
        for branch in _branches(connection, found)
    )


def cascade_picture(database: Database, reference: str) -> tuple[CascadeRow, ...]:
    """Give each branch with its addressed units and the assignments it has so far."""
    with database.reading() as connection:
        found = find_directive(connection, reference)
        step = _branch_path(found, assignment.c.path).label("branch")
        made: dict[str, int] = dict(
            connection.execute(
                select(step, func.count())
                .join(obligation, obligation.c.id == assignment.c.obligation_id)
                .where(obligation.c.directive_id == found.id)
                .group_by(step)
            )
            .tuples()
            .all()
        )
        return tuple(CascadeRow(one.code, one.units, made.get(one.path, 0)) for one in _branches(connection, found))
