"""Plan anew what is open, after the calendar or a ladder changed: shown first, done only on the office's word."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from dondoc.operations.ladder_file import Ladder, ladder_from
from dondoc.operations.named import NamedDirective, named_directive
from dondoc.operations.plans import due_of, load_ladders
from dondoc.operations.rules import Rules
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import directive, directive_end, obligation, period
from models.tables.plans import plan, plan_group, policy
from models.tables.units import unit
from models.vocabulary import AddresseeRole, Recurrence
from policies.cascade import Due, GroupPlan
from policies.cascade import plan_group as decide_group
from policies.deadlines import decide_due, occurrences
from policies.escalation import Position, Rung
from policies.ladder_policy import LadderPolicy
from policies.reprojection import Move, Projection, go_on, is_same, moves
from policies.status import OPEN
from policies.workdays import WorkCalendar, effective_date

OF_GROUP = (
    assignment.c.plan_group_id,
    assignment.c.plan_id,
    assignment.c.rung,
    assignment.c.next_action_at,
    assignment.c.assigned_at,
)
"""What assignments share that are planned anew together."""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """Open assignments that stand alike, and the plan that they would have by the rules of today."""

    row: Row[Any]
    ladder: Ladder
    made: GroupPlan
    position: Position
    moves: tuple[Move, ...]

    @property
    def is_moved_due(self) -> bool:
        """Whether the due date itself moves, which the units are told."""
        return bool(self.row.effective_due != self.made.plan.due.effective or self.row.due_at != self.made.plan.due_at)


@dataclass(frozen=True, slots=True)
class Reprojection:
    """What planning anew would move, by group of assignments; nothing where every plan is as the rules of today say."""

    groups: tuple[Regrouped, ...]

    @property
    def assignments(self) -> int:
        """How many assignments would be planned anew."""
        return sum(int(one.row.n) for one in self.groups)

    @property
    def directive_ids(self) -> tuple[int, ...]:
        """The directives that they are of."""
        return tuple(dict.fromkeys(int(one.row.directive_id) for one in self.groups))

    def as_json(self) -> list[dict[str, Any]]:
        """Give a dict a group: directive, obligation, period, level, assignments, moves [name, old, new, cause]."""
        return [
            {
                "directive": one.row.number,
                "obligation": one.row.key,
                "period": one.row.period_key,
                "levels": one.row.levels,
                "assignments": one.row.n,
                "moves": [
                    {"name": move.name, "old": move.old, "new": move.new, "cause": move.cause} for move in one.moves
                ],
            }
            for one in self.groups
        ]


def reprojection(database: Database, *, now: datetime, rules: Rules, directive: str | None = None) -> Reprojection:
    """Show what planning anew would move, and change nothing. `directive` as people name it; all in force without."""
    with database.reading() as connection:
        found = named_directive(connection, directive) if directive else None
        return project(connection, now=now, rules=rules, found=found)


def project(connection: Connection, *, now: datetime, rules: Rules, found: NamedDirective | None) -> Reprojection:
    """Plan anew what owes and has not ended, by the calendar and the ladders of today.

    1. Group the open assignments by plan and place on it; those of one group are planned as one.
    2. Decide each due date again: what the directive says, in the calendar of today; a date that an act set stays the
       nominal one.
    3. Plan the ladder that the obligation names as it stands today, and find where it goes on.
    4. Keep the groups in which something moves.
    """
    rows = connection.execute(_groups(found.id if found else None)).all()
    rungs = load_ladders(connection, {row.plan_id for row in rows})
    ladders: dict[tuple[str | None, int], Ladder] = {}
    changed = []
    for row in rows:
        key = (row.ladder, row.policy_id)
        if key not in ladders:
            ladders[key] = rules.ladder_again(row.ladder, row.content)
        regrouped = _regrouped(row, rungs[row.plan_id], ladders[key], rules.calendar, now)
        if regrouped is not None:
            changed.append(regrouped)
    return Reprojection(tuple(changed))


def _groups(directive_id: int | None) -> Select[Any]:
    standing = (
        select(*OF_GROUP, func.count().label("n"))
        .where(assignment.c.state.in_([state.value for state in OPEN]))
        .where(assignment.c.role == AddresseeRole.LEAD.value)
        .group_by(*OF_GROUP)
        .subquery()
    )
    statement = (
        select(standing)
        .add_columns(directive.c.id.label("directive_id"), directive.c.number, directive.c.issued_on)
        .add_columns(unit.c.code.label("issuer"))
        .add_columns(*(obligation.c[name] for name in ("key", "due_phrase", "every", "send_by", "ladder")))
        .add_columns(period.c.key.label("period_key"), period.c.starts_on, period.c.ends_on)
        .add_columns(period.c.nominal_due.label("asked_for"))
        .add_columns(*(plan.c[name] for name in ("nominal_due", "effective_due", "moved_by", "due_at", "levels")))
        .add_columns(policy.c.name.label("policy"), policy.c.content, policy.c.id.label("policy_id"))
        .join(plan_group, plan_group.c.id == standing.c.plan_group_id)
        .join(obligation, obligation.c.id == plan_group.c.obligation_id)
        .join(period, period.c.id == plan_group.c.period_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .join(unit, unit.c.id == directive.c.issuer_id)
        .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
        .join(plan, plan.c.id == standing.c.plan_id)
        .join(policy, policy.c.id == plan.c.policy_id)
        .where(directive_end.c.id.is_(None))
        .order_by(directive.c.id, obligation.c.ordinal, period.c.id, plan.c.levels, plan.c.id, standing.c.rung)
    )
    return statement if directive_id is None else statement.where(directive.c.id == directive_id)


def _regrouped(
    row: Row[Any], rungs: tuple[Rung, ...], ladder: Ladder, calendar: WorkCalendar, now: datetime
) -> Regrouped | None:
    due = _due_again(row, calendar)
    made = _planned(row, due, ladder.policy, calendar, now)
    old = Projection(due_of(row), rungs, row.policy)
    new = Projection(due, made.plan.rungs, ladder.title)
    if is_same(old, new):
        return None
    kept = ladder_from(row.content, f"ladder {row.policy}, as it was kept")
    between = Projection(due, _planned(row, due, kept, calendar, now).plan.rungs, row.policy)
    position = go_on(old, new, Position(row.rung, row.next_action_at), now, calendar)
    return Regrouped(row, ladder, made, position, moves(old, between, new, (row.rung, position.done), calendar))


def _planned(row: Row[Any], due: Due, policy_: LadderPolicy, calendar: WorkCalendar, now: datetime) -> GroupPlan:
    return decide_group(due, row.levels, policy_, calendar, now, assigned_at=row.assigned_at)


def _due_again(row: Row[Any], calendar: WorkCalendar) -> Due:
    """Decide a due date again; one that an act set is nowhere said, and only moves off a day that is not worked."""
    before = due_of(row)
    if before.nominal is None:
        return before
    nominal = _said_again(row, calendar) if before.nominal == row.asked_for else None
    moved = effective_date(nominal or before.nominal, calendar)
    return Due(moved.nominal, moved.effective, moved.moved_by, before.at)


def _said_again(row: Row[Any], calendar: WorkCalendar) -> date | None:
    """Read the directive's own words about a period again; None where they say no date by themselves."""
    if row.every is None:
        return decide_due(row.due_phrase, row.issued_on, calendar).nominal if row.due_phrase else None
    found = occurrences(Recurrence(row.every), row.starts_on, row.ends_on, row.send_by, calendar)
    return next((one.nominal for one in found if one.key == row.period_key), None)
