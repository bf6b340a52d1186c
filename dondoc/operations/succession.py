"""A unit that has ended is succeeded: what it still owed moves to its successor, and its own record stays.

Who succeeds whom is said by a decision on paper (sáp nhập, giải thể), never guessed from the tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, case, exists, false, func, literal, select
from sqlalchemy.types import Integer

from dondoc.errors import InvalidInput, Refused
from dondoc.operations.bulk_acts import apply_to_set, ended_as
from dondoc.operations.carrying import SOURCE, link_carried
from dondoc.operations.cascade_rows import ASSIGNMENT_COLUMNS, GIVEN
from dondoc.operations.directive_ending import checked_reason
from dondoc.operations.late_groups import Missing, plan_groups
from dondoc.operations.ledger import Entry, entry
from dondoc.operations.named import named_unit
from dondoc.operations.recount import counts_below
from dondoc.operations.roles import close_where
from dondoc.operations.rows import insert_row
from dondoc.operations.rules import Rules
from dondoc.operations.successors import load_successions
from dondoc.operations.unit_letters import LETTER_COLUMNS, NOW, SEQ, letter_facts, letters_to
from dondoc.operations.unit_list import holds
from models.dialects import add_to_counter, insert_new
from models.paths import STEP, depth
from models.session import Database
from models.tables.assignments import assignment, carry
from models.tables.columns import PathText
from models.tables.counters import counter
from models.tables.directives import directive, obligation
from models.tables.letters import letter
from models.tables.plans import plan_group
from models.tables.units import unit, unit_succession, unit_version
from models.vocabulary import Act, LetterKind, State, SuccessionKind
from policies.status import ENDED
from policies.workdays import ZONE

_ENDED = [state.value for state in ENDED]


@dataclass(frozen=True, slots=True)
class Succeeded:
    """What moved: assignments that the successor took over, and those that it owed already, which only ended.

    `left` are the numbers of directives whose issuer does not stand above the successor: what is open there stays.
    """

    predecessor: str
    successor: str
    new: bool
    moved: int = 0
    joined: int = 0
    letters: int = 0
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Succession:
    """Who takes over from whom, as it stands today; what is written of it under one entry."""

    old_id: int
    new_id: int
    path: str
    ended_on: date
    basis: str
    now: datetime
    rules: Rules


@dataclass(frozen=True, slots=True)
class _Moving:
    """The directives under which something is open, each with the successor's distance from its issuer; those left."""

    distances: dict[int, int]
    left: tuple[str, ...]


def succeed(  # noqa: PLR0913 (who succeeds whom, when, by what paper and which rules)
    database: Database,
    predecessor: str,
    successor: str,
    *,
    basis: str,
    now: datetime,
    rules: Rules,
    actor: str = "dondoc units succeed",
) -> Succeeded:
    """Move what `predecessor` still owes to `successor` (codes), on the `basis` of a document. Again: nothing new.

    1. Check that the one has ended and the other stands; write who succeeds whom.
    2. Give the successor an assignment for each that is open and that it does not owe itself.
    3. Carry state, times, plan and place on the ladder over: an extension that was granted goes on.
    4. Cancel the old ones; what had ended is not touched, nor a result handed in for a duty that the successor owes
       itself. Write the successor a letter.

    Raise NotFound (a code), InvalidInput (no basis, the same unit), or Refused: it still stands, the other does not,
    another one succeeded it, dated back.
    """
    said = checked_reason(basis, "--basis")
    with database.writing() as connection:
        one = _check(connection, predecessor, successor, said, now, rules)
        known = _successors(connection, one.old_id)
        others = [code for unit_id, code in known.items() if unit_id != one.new_id]
        if others:
            raise Refused(f"{predecessor} is succeeded by {others[0]} already")
        moving = _moving(connection, one)
        if known and not moving.distances:
            return Succeeded(predecessor, successor, new=False, left=moving.left)
        detail = {"predecessor": predecessor, "successor": successor, "basis": said, "left": list(moving.left)}
        with entry(connection, at=now, actor=actor, act="succeeded", unit_id=one.new_id, detail=detail) as opened:
            if not known:
                _write_succession(connection, opened, one)
            moved, ended = _move(connection, opened, one, moving.distances) if moving.distances else (0, 0)
            letters = _tell(connection, opened, one) if moved else 0
            if known and not ended:
                opened.abandon()
                return Succeeded(predecessor, successor, new=False, left=moving.left)
            opened.detail |= {"moved": moved, "joined": ended - moved, "letters": letters}
    return Succeeded(predecessor, successor, True, moved, ended - moved, letters, moving.left)


def _check(  # noqa: PLR0913, PLR0917 (what a succession is made of)
    connection: Connection, predecessor: str, successor: str, basis: str, now: datetime, rules: Rules
) -> _Succession:
    old_id, new_id = named_unit(connection, predecessor), named_unit(connection, successor)
    if old_id == new_id:
        raise InvalidInput(f"{predecessor} does not succeed itself")
    today, version = now.astimezone(ZONE).date(), unit_version.c
    path = connection.execute(
        select(version.path).where(version.unit_id == new_id, holds(unit_version, today))
    ).scalar()
    if path is None:
        raise Refused(f"{successor} does not exist on {today.isoformat()}; import it first: dondoc units import")
    ended_on = connection.execute(select(func.max(version.valid_to)).where(version.unit_id == old_id)).scalar()
    open_end = select(version.id).where(
        version.unit_id == old_id, version.valid_to.is_(None) | (version.valid_to > today)
    )
    if ended_on is None or connection.execute(open_end.limit(1)).first() is not None:
        raise Refused(f"{predecessor} still exists on {today.isoformat()}; import the day of its end first (valid_to)")
    return _Succession(old_id, new_id, path, ended_on, basis, now, rules)


def _successors(connection: Connection, old_id: int) -> dict[int, str]:
    statement = (
        select(unit.c.id, unit.c.code)
        .join(unit_succession, unit_succession.c.successor_id == unit.c.id)
        .where(unit_succession.c.predecessor_id == old_id)
    )
    return {row.id: row.code for row in connection.execute(statement)}


def _moving(connection: Connection, one: _Succession) -> _Moving:
    """Find what moves: directives whose issuer stands above the successor today, or who acts for that issuer."""
    today = one.now.astimezone(ZONE).date()
    # What the unit issued itself, for itself too, is the successor's from now on.
    of_itself = directive.c.issuer_id == one.old_id
    issuer = load_successions(connection).acting_column(directive.c.issuer_id, today)
    issuer = case((of_itself, one.new_id), else_=issuer)
    statement = (
        select(directive.c.id, directive.c.number, unit_version.c.path)
        .join(obligation, obligation.c.directive_id == directive.c.id)
        .join(assignment, assignment.c.obligation_id == obligation.c.id)
        .outerjoin(unit_version, (unit_version.c.unit_id == issuer) & holds(unit_version, today))
        .where(assignment.c.unit_id == one.old_id, assignment.c.state.not_in(_ENDED))
        .group_by(directive.c.id, directive.c.number, unit_version.c.path)
        .order_by(directive.c.id)
    )
    distances, left = {}, []
    for row in connection.execute(statement):
        if row.path is not None and one.path.startswith(row.path):
            distances[row.id] = depth(one.path) - depth(row.path)
        else:
            left.append(row.number)
    return _Moving(distances, tuple(left))


def _write_succession(connection: Connection, opened: Entry, one: _Succession) -> None:
    insert_row(
        connection,
        unit_succession,
        predecessor_id=one.old_id,
        successor_id=one.new_id,
        kind=SuccessionKind.MERGE,
        effective_on=one.ended_on,
        basis=one.basis,
    )
    opened.commits_registers()


def _move(connection: Connection, opened: Entry, one: _Succession, distances: dict[int, int]) -> tuple[int, int]:
    """Give the successor what is open, and end it for the one before; give how many of each."""
    dialect = connection.dialect.name
    plan_groups(connection, opened, _missing(connection, one, distances), one.now, one.rules)
    rows, given = _given(one, distances), {"seq": opened.seq, "now": one.now}
    connection.execute(insert_new(dialect, assignment, ASSIGNMENT_COLUMNS, rows), given)
    opened.commits(assignment)
    levels = len(one.path) // STEP - 1
    if levels:
        connection.execute(add_to_counter(dialect, counter, counts_below(levels, of_entry=True)), {"seq": opened.seq})
    same = (
        (assignment.c.entry == opened.seq)
        & (assignment.c.unit_id == one.new_id)
        & (SOURCE.c.unit_id == one.old_id)
        & (SOURCE.c.obligation_id == assignment.c.obligation_id)
        & (SOURCE.c.period_id == assignment.c.period_id)
    )
    kept = ("state", "plan_id", "rung", "next_action_at", "submitted_at", "confirmed_at", "late")
    taken = select(assignment.c.id, *(SOURCE.c[name].label(name) for name in kept)).join(SOURCE, same)
    done: dict[str, Any] = {"officer_id": None, "now": one.now, "reason": one.basis}
    moved = apply_to_set(connection, opened, Act.CARRY, taken, **done)
    if moved:
        link_carried(connection, opened, same)
    its_own = select(obligation.c.id).where(obligation.c.directive_id.in_(distances))
    concerned = assignment.c.obligation_id.in_(its_own)
    # A result that waits for its confirmation, where the successor owes its own, is not thrown away: it stands.
    taken_over = select(carry.c.from_assignment_id).where(carry.c.entry == opened.seq)
    open_ones = select(assignment.c.id, *ended_as(State.CANCELLED)).where(
        concerned,
        assignment.c.unit_id == one.old_id,
        assignment.c.state.not_in(_ENDED),
        (assignment.c.state != State.SUBMITTED.value) | assignment.c.id.in_(taken_over),
    )
    ended = apply_to_set(connection, opened, Act.CANCEL, open_ones, **done)
    close_where(connection, opened, concerned, one.now)
    return moved, ended


def _missing(connection: Connection, one: _Succession, distances: dict[int, int]) -> Sequence[Missing]:
    """Find the obligations and roles without a plan at the successor's distance."""
    far = case(distances, value=obligation.c.directive_id)
    planned = exists().where(
        plan_group.c.obligation_id == obligation.c.id,
        plan_group.c.role == assignment.c.role,
        plan_group.c.distance == far,
    )
    statement = (
        select(obligation.c.directive_id, obligation.c.id, assignment.c.role, far)
        .join(assignment, assignment.c.obligation_id == obligation.c.id)
        .where(obligation.c.directive_id.in_(distances), assignment.c.unit_id == one.old_id)
        .where(assignment.c.state.not_in(_ENDED), ~planned)
        .distinct()
    )
    return [Missing(*row) for row in connection.execute(statement)]


def _given(one: _Succession, distances: dict[int, int]) -> Select[Any]:
    """Select the successor's new assignments, as of the moment they begin; what stood before is carried onto them."""
    return (
        select(
            plan_group.c.id,
            plan_group.c.obligation_id,
            plan_group.c.period_id,
            literal(one.new_id),
            literal(one.path, PathText),
            plan_group.c.role,
            NOW,
            SEQ,
            literal(State.ASSIGNED.value),
            plan_group.c.plan_id,
            plan_group.c.first_rung,
            plan_group.c.first_action_at,
            false(),
            literal(0, Integer),
        )
        .join(SOURCE, (SOURCE.c.period_id == plan_group.c.period_id) & (SOURCE.c.role == plan_group.c.role))
        .where(plan_group.c.directive_id.in_(distances))
        .where(plan_group.c.distance == case(distances, value=plan_group.c.directive_id))
        .where(SOURCE.c.unit_id == one.old_id, SOURCE.c.state.not_in(_ENDED))
        .order_by(plan_group.c.id)
    )


def _tell(connection: Connection, opened: Entry, one: _Succession) -> int:
    facts = letter_facts(opened, LetterKind.ASSIGNED, None, one.now, one.rules.mail_domain)
    rows = letters_to(GIVEN, LetterKind.ASSIGNED)
    connection.execute(insert_new(connection.dialect.name, letter, LETTER_COLUMNS, rows), facts)
    opened.commits(letter)
    return connection.execute(select(func.count()).where(letter.c.entry == opened.seq)).scalar_one()
