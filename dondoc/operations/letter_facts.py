"""What many lines of a batch of letters share, read once: obligations, periods, plans and their rungs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, Row, select

from dondoc.mail.values import Rung
from dondoc.operations.prepare import ONCE, STANDING
from models.tables.directives import clause, directive, directive_end, obligation, period
from models.tables.plans import plan, plan_rung, policy
from models.vocabulary import OfficerRole, RungAction
from policies.escalation import WEEK_DAYS
from policies.workdays import ZONE, due_at

PROMPT_MARK = "ack"
"""Begins the name of a rung that asks who has not acknowledged: its days count from the assignment."""


@dataclass(frozen=True, slots=True)
class DirectiveFacts:
    """A directive as a letter names it; `replaced_by` is the number of what took its place, "" for nothing."""

    id: int
    number: str
    type: str
    issued_on: date
    issuer_id: int
    subject: str
    replaced_by: str
    ended_by: int | None


@dataclass(frozen=True, slots=True)
class ObligationFacts:
    """An obligation as a letter names it; `clause` is "" where the directive has none."""

    directive_id: int
    ordinal: int
    title: str
    clause: str


@dataclass(frozen=True, slots=True)
class DueFacts:
    """A plan's due date: nominal, effective, the day off that moved it, and the hour if it ends before midnight."""

    nominal: date | None
    effective: date | None
    moved_by: str
    hour: time | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The shared facts of a batch, by id."""

    directives: dict[int, DirectiveFacts]
    obligations: dict[int, ObligationFacts]
    periods: dict[int, tuple[str, str]]
    dues: dict[int, DueFacts]
    rungs: dict[tuple[int, int], Row[Any]]

    def rung(self, plan_id: int, step: int, role: str, level: int) -> Rung:
        """Give a plan's rung as it reaches an officer of `role`, `level` levels above the unit that owes."""
        row = self.rungs[plan_id, step]
        days = row.name.removeprefix(PROMPT_MARK)
        offset = int(days) if days.lstrip("+-").isdecimal() else None
        ladder = str(row.content["name"])
        again = WEEK_DAYS if row.repeat_weekday else None
        return Rung(ladder, row.name, offset, RungAction(row.action), OfficerRole(role), level, again)


def load_facts(
    connection: Connection, obligation_ids: Collection[int], directive_ids: Collection[int], plan_ids: Collection[int]
) -> Facts:
    """Read the facts: the obligations with their directives and periods, and the plans with their rungs."""
    obligations = {
        row.id: ObligationFacts(row.directive_id, row.ordinal, row.title, row.reference or "")
        for row in connection.execute(
            select(obligation, clause.c.reference)
            .outerjoin(clause, clause.c.id == obligation.c.clause_id)
            .where(obligation.c.id.in_(obligation_ids))
        )
    }
    successor = directive.alias()
    named = {one.directive_id for one in obligations.values()} | set(directive_ids)
    directives = {
        row.id: DirectiveFacts(
            row.id,
            row.number,
            row.type,
            row.issued_on,
            row.issuer_id,
            row.subject,
            row.replaced_by or "",
            row.ended_by,
        )
        for row in connection.execute(
            select(directive, successor.c.number.label("replaced_by"), directive_end.c.entry.label("ended_by"))
            .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
            .outerjoin(successor, successor.c.id == directive_end.c.replaced_by_id)
            .where(directive.c.id.in_(named))
        )
    }
    periods = {
        # Only an occurrence has a name worth saying; `once` and `standing` are the house's own words.
        row.id: ("" if row.key in {ONCE, STANDING} else row.key, row.content or "")
        for row in connection.execute(
            select(period.c.id, period.c.key, period.c.content).where(period.c.obligation_id.in_(obligation_ids))
        )
    }
    dues = {
        row.id: DueFacts(row.nominal_due, row.effective_due, row.moved_by or "", _hour(row))
        for row in connection.execute(select(plan).where(plan.c.id.in_(plan_ids)))
    }
    rungs = {
        (row.plan_id, row.ordinal): row
        for row in connection.execute(
            select(plan_rung, policy.c.content)
            .join(plan, plan.c.id == plan_rung.c.plan_id)
            .join(policy, policy.c.id == plan.c.policy_id)
            .where(plan_rung.c.plan_id.in_(plan_ids))
        )
    }
    return Facts(directives, obligations, periods, dues, rungs)


def _hour(row: Row[Any]) -> time | None:
    """Give the hour that a plan's last day ends at, None where it ends at midnight."""
    if row.due_at is None or row.effective_due is None or row.due_at == due_at(row.effective_due):
        return None
    return time(*row.due_at.astimezone(ZONE).timetuple()[3:5])
