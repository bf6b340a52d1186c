"""One pass over what is due: fire the rungs of each group, decide who hears, and write one letter to each of them.

The cost is that of what is due, never of what exists. A second pass at the same moment finds nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, case, func, insert, literal, select, update

from dondoc.operations.audience import Heard, find_audience
from dondoc.operations.digests import write_letters
from dondoc.operations.ledger import entry
from dondoc.operations.message_ids import message_id_domain
from dondoc.operations.plans import load_ladders
from dondoc.operations.rules import Rules
from models.session import Database
from models.tables.assignments import assignment, rung
from models.tables.columns import UTCDateTime
from models.vocabulary import RungAction, State
from policies.escalation import Advance, Position, advance, may_write

_UNACKNOWLEDGED = assignment.c.state == State.ASSIGNED.value


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one pass did: assignments due, rungs that reminded or escalated, letters written, seconds taken.

    `prompted` counts those asked to acknowledge, `unheard` rungs of which nobody up to the issuer could be told.
    """

    now: datetime
    due: int
    reminded: int
    escalated: int
    letters: int
    unheard: int
    seconds: float
    prompted: int = 0


@dataclass(frozen=True, slots=True)
class _Group:
    """Assignments on the same plan, at the same rung: they advance together. Some of them nobody acknowledged."""

    plan_id: int
    done: int
    next_at: datetime
    assignments: int
    unacknowledged: int

    def told_of(self, action: RungAction) -> int:
        """Count those of which somebody is told when a rung of this kind fires."""
        return self.unacknowledged if action is RungAction.PROMPT else self.assignments


def sweep(database: Database, now: datetime, *, rules: Rules, actor: str = "dondoc sweep") -> SweepResult:
    """Do one pass in one transaction.

    1. Group the assignments whose next action is due by plan and rung; outside working time, and in quiet hours, they
       wait, unburnt.
    2. Ask the policy how each group advances: every missed rung once, in order.
    3. Record the rungs and move the groups on, comparing what was read.
    4. Find who hears of each rung; a level with nobody is skipped and the office is told.
    5. Write one letter to each recipient who has none today; the rest waits for the next working day.
    6. Commit the ledger to rungs, letters and notices; nothing is written when nothing was due.
    """
    began = perf_counter()
    with database.writing() as connection:
        groups = _due_groups(connection, now)
        due = sum(group.assignments for group in groups)
        if not may_write(now, rules.ladder.policy, rules.calendar):
            return SweepResult(now, due, 0, 0, 0, 0, perf_counter() - began)
        with entry(connection, at=now, actor=actor, act="swept") as opened:
            fired = _fire(connection, groups, now, rules, opened.seq)
            heard = find_audience(connection, opened.seq, now) if fired else Heard((), 0)
            id_domain = message_id_domain(opened, now, rules.mail_domain)
            letters = write_letters(connection, opened.seq, now, id_domain, storm=rules.ladder.policy.storm)
            if not fired and not letters:
                opened.abandon()
            opened.commits(*(table for table in (rung, *letters.tables) if fired or table is not rung))
            opened.detail |= {
                "due": due,
                "rungs": [[name, count] for (name, _action), count in sorted(fired.items())],
                "letters": letters.written,
                "skipped": list(heard.skipped),
                "unheard": heard.unheard,
            }
    by_action: Counter[RungAction] = Counter()
    for (_name, action), count in fired.items():
        by_action[action] += count
    return SweepResult(
        now,
        due,
        by_action[RungAction.REMIND],
        by_action[RungAction.ESCALATE],
        letters.written,
        heard.unheard,
        perf_counter() - began,
        by_action[RungAction.PROMPT],
    )


def _due_groups(connection: Connection, now: datetime) -> tuple[_Group, ...]:
    key = (assignment.c.plan_id, assignment.c.rung, assignment.c.next_action_at)
    unacknowledged = func.sum(case((_UNACKNOWLEDGED, 1), else_=0))
    counted = select(*key, func.count(), unacknowledged).where(assignment.c.next_action_at <= now)
    statement = counted.group_by(*key).order_by(*key)
    return tuple(_Group(*row) for row in connection.execute(statement))


def _fire(
    connection: Connection, groups: Sequence[_Group], now: datetime, rules: Rules, seq: int
) -> Counter[tuple[str, RungAction]]:
    """Record the rungs of every group and move it on; give how many fired, by name and action."""
    ladders = load_ladders(connection, {group.plan_id for group in groups})
    fired: Counter[tuple[str, RungAction]] = Counter()
    for group in groups:
        step = advance(ladders[group.plan_id], Position(group.done, group.next_at), now, rules.calendar)
        _record(connection, group, step, now, seq)
        for one in step.fired:
            fired[one.rung.name, one.rung.action] += group.told_of(one.rung.action)
    return fired


def _record(connection: Connection, group: _Group, step: Advance, now: datetime, seq: int) -> None:
    mine = (
        (assignment.c.plan_id == group.plan_id)
        & (assignment.c.rung == group.done)
        & (assignment.c.next_action_at == group.next_at)
    )
    for one in step.fired:
        values: dict[str, Any] = {
            "assignment_id": assignment.c.id,
            "plan_id": assignment.c.plan_id,
            "ordinal": literal(one.ordinal),
            "step": literal(one.rung.ordinal),
            "name": literal(one.rung.name),
            "planned_at": literal(one.planned_at, UTCDateTime),
            "fired_at": literal(now, UTCDateTime),
            "next_action_at": literal(step.position.next_at, UTCDateTime),
            "told": _UNACKNOWLEDGED if one.rung.action is RungAction.PROMPT else literal(value=True),
            "entry": literal(seq),
        }
        rows = select(*values.values()).where(mine).order_by(assignment.c.id)
        connection.execute(insert(rung).from_select(list(values), rows))
    connection.execute(
        update(assignment).where(mine).values(rung=step.position.done, next_action_at=step.position.next_at)
    )
