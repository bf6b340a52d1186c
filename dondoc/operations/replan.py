"""Carry out a re-projection: new plans for what is open, an act for each assignment, a letter where a date moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, case, func, insert, literal, select

from dondoc.operations.bulk_acts import apply_to_set
from dondoc.operations.directive_ending import checked_reason, find_issuing_officer
from dondoc.operations.ledger import Entry, entry
from dondoc.operations.named import named_directive
from dondoc.operations.plans import store_plan
from dondoc.operations.reproject import OF_GROUP, Regrouped, Reprojection, project
from dondoc.operations.rules import Rules
from dondoc.operations.unit_letters import LETTER_COLUMNS, letter_facts, letters_to
from models.dialects import insert_new
from models.session import Database
from models.tables.assignments import act, assignment, rung
from models.tables.columns import UTCDateTime
from models.tables.letters import letter, notice
from models.vocabulary import Act, LetterKind
from policies.status import OPEN

MOST_SAID = 50
"""Groups whose moves an entry spells out; it counts all of them."""


@dataclass(frozen=True, slots=True)
class Replanned:
    """What was planned anew, and the letters that say so."""

    reprojection: Reprojection
    assignments: int
    letters: int


def replan(  # noqa: PLR0913 (who says so, why, when, by which rules)
    database: Database, *, by: str, why: str, now: datetime, rules: Rules, directive: str | None = None
) -> Replanned:
    """Plan anew what is open, by the officer of the issuer whose e-mail is `by`, all or nothing.

    1. Find what moves, as `reproject.reprojection` shows it.
    2. For each directive, under one entry that keeps the reason: a plan for each group, and the act `replan` on its
       assignments. Nothing else of them changes: their state, what was handed in, whether it was late.
    3. Write one letter to each unit whose due date moved.

    Raise NotFound (number, address), InvalidInput (no reason), or Refused: another unit's directive, dated back.
    """
    reason = checked_reason(why)
    with database.writing() as connection:
        found = named_directive(connection, directive) if directive else None
        projected = project(connection, now=now, rules=rules, found=found)
        assignments = letters = 0
        for _id, some in groupby(projected.groups, key=lambda one: one.row.directive_id):
            done = _replan_directive(connection, list(some), by=by, reason=reason, now=now, rules=rules)
            assignments += done[0]
            letters += done[1]
    return Replanned(projected, assignments, letters)


def _replan_directive(  # noqa: PLR0913 (as above)
    connection: Connection, groups: list[Regrouped], *, by: str, reason: str, now: datetime, rules: Rules
) -> tuple[int, int]:
    """Plan one directive's groups anew; give how many assignments there were, and letters."""
    row = groups[0].row
    found = named_directive(connection, f"{row.number}@{row.issuer}@{row.issued_on.year}")
    actor = find_issuing_officer(connection, by, found, now)
    with entry(
        connection,
        at=now,
        actor=actor.email,
        act="replanned",
        directive_id=found.id,
        unit_id=found.issuer_id,
        detail={"number": found.number, "reason": reason},
    ) as opened:
        plans = [store_plan(connection, opened, one.made.plan, rules, one.ladder) for one in groups]
        assignments = sum(
            apply_to_set(
                connection,
                opened,
                Act.REPLAN,
                _chosen(one, plan_id),
                officer_id=actor.officer_id,
                now=now,
                reason=reason,
            )
            for one, plan_id in zip(groups, plans, strict=True)
        )
        moved = {plan_id for one, plan_id in zip(groups, plans, strict=True) if one.is_moved_due}
        letters = _tell(connection, opened, found.id, moved, now, rules.mail_domain) if moved else 0
        said = Reprojection(tuple(groups[:MOST_SAID])).as_json()
        opened.detail |= {"assignments": assignments, "letters": letters, "groups": len(groups), "moves": said}
    return assignments, letters


def _chosen(one: Regrouped, plan_id: int) -> Select[Any]:
    """Select the assignments of a group with the plan they get, and where its ladder goes on.

    A plan that an assignment was on before, as when a calendar is put right again, goes on after what it fired then.
    """
    done = one.position.done
    fired = (
        select(func.coalesce(func.max(rung.c.ordinal), 0))
        .where(rung.c.assignment_id == assignment.c.id, rung.c.plan_id == plan_id)
        .scalar_subquery()
    )
    return select(
        assignment.c.id,
        literal(plan_id).label("plan_id"),
        case((fired > done, fired), else_=done).label("rung"),
        literal(one.position.next_at, UTCDateTime).label("next_action_at"),
    ).where(assignment.c.state.in_([state.value for state in OPEN]), *_of_group(one.row))


def _of_group(row: Row[Any]) -> Iterable[Any]:
    for column in OF_GROUP:
        value = getattr(row, column.name)
        yield column.is_(None) if value is None else column == value


def _tell(  # noqa: PLR0913, PLR0917 (which letters, of what)
    connection: Connection, opened: Entry, directive_id: int, moved: Iterable[int], now: datetime, mail_domain: str
) -> int:
    """Write a letter to each unit that has a new due date, about each of its assignments; give how many."""
    acts = (act.c.entry == opened.seq) & act.c.plan_id.in_(moved)
    units = select(assignment.c.unit_id).join(act, act.c.assignment_id == assignment.c.id).where(acts).distinct()
    facts = letter_facts(opened, LetterKind.EXTENSION, directive_id, now, mail_domain)
    rows = letters_to(units, LetterKind.EXTENSION)
    connection.execute(insert_new(connection.dialect.name, letter, LETTER_COLUMNS, rows), facts)
    written = connection.execute(select(func.count()).where(letter.c.entry == opened.seq)).scalar_one()
    if written:
        opened.commits(letter, notice)
        # By the newest act of each assignment of a unit. The sum keeps SQLite from looking through all acts of the
        # entry for each letter.
        newest = (act.c.assignment_id == assignment.c.id) & (act.c.version == assignment.c.version)
        about = (
            select(letter.c.id, assignment.c.id, act.c.id, literal(0), literal(opened.seq))
            .join_from(letter, assignment, assignment.c.unit_id == letter.c.unit_id)
            .join(act, newest & (act.c.entry + 0 == opened.seq) & act.c.plan_id.in_(moved))
            .where(letter.c.entry == opened.seq)
            .order_by(letter.c.id, act.c.id)
        )
        columns = ["letter_id", "assignment_id", "act_id", "level", "entry"]
        connection.execute(insert(notice).from_select(columns, about))
    return int(written)
