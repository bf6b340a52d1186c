"""A storm: so much of what a letter tells of is overdue below its recipient that a list would be read by nobody.

Its letter has a row of figures for each directive (`letter_figure`, its figures under STORM): by that it is known when
it is written out, with counts, the worst and a table instead of one news after the other.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, case, func, insert, literal, select, update

from models.tables.assignments import assignment
from models.tables.columns import UTCDateTime
from models.tables.counters import counter
from models.tables.directives import obligation
from models.tables.letters import letter, letter_figure, pending_notice
from models.tables.plans import plan
from models.tables.units import officer
from models.vocabulary import LetterKind, State
from policies.ladder_policy import StormRule
from policies.status import OPEN

STORM = "storm"
"""The name under which a letter's figures say that it is one: {"storm": {"overdue": n, "total": n}}."""


@dataclass(frozen=True, slots=True)
class Storm:
    """What is overdue below a unit of what one directive asks there, of the periods that its officers are told of."""

    email: str
    unit_id: int
    directive_id: int
    overdue: int
    total: int


def find_storms(connection: Connection, rule: StormRule | None, now: datetime) -> Sequence[Storm]:
    """Find the recipients for whom what waits in the queue is a storm, by directive.

    A share is judged over all that a recipient's unit is told of, by the counters: it costs nothing of the assignments.
    """
    if rule is None:
        return ()
    by_recipient: dict[tuple[str, int], list[Storm]] = defaultdict(list)
    for row in connection.execute(_told_of(now)):
        by_recipient[row.email, row.unit_id].append(Storm(*row))
    return [
        one
        for some in by_recipient.values()
        if rule.is_storm(sum(one.overdue for one in some), sum(one.total for one in some))
        for one in some
    ]


def _told_of(now: datetime) -> Select[tuple[str, int, int, int, int]]:
    """Select, by recipient, unit and directive, what is overdue below and what there is, waived and cancelled aside."""
    about = (
        select(officer.c.email, pending_notice.c.unit_id, obligation.c.directive_id)
        .add_columns(assignment.c.obligation_id, assignment.c.period_id)
        .join_from(pending_notice, officer, officer.c.id == pending_notice.c.officer_id)
        .join(assignment, assignment.c.id == pending_notice.c.assignment_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .where(pending_notice.c.level > 0)
        .distinct()
        .subquery()
    )
    of_period = (
        (counter.c.unit_id == about.c.unit_id)
        & (counter.c.obligation_id == about.c.obligation_id)
        & (counter.c.period_id == about.c.period_id)
    )
    is_overdue = counter.c.state.in_([state.value for state in OPEN]) & (plan.c.due_at <= literal(now, UTCDateTime))
    columns = (about.c.email, about.c.unit_id, about.c.directive_id)
    return (
        select(*columns, func.sum(case((is_overdue, counter.c.n), else_=0)), func.sum(counter.c.n))
        .join_from(about, counter, of_period)
        .join(plan, plan.c.id == counter.c.plan_id)
        .where(counter.c.state.not_in([State.WAIVED.value, State.CANCELLED.value]), plan.c.due_at.is_not(None))
        .group_by(*columns)
        .order_by(*columns)
    )


def join_urgent(connection: Connection, storms: Sequence[Storm], day: date) -> None:
    """Let what is urgent ride in the digest of who is in a storm, unless that was written today: one letter for all."""
    has_digest = select(letter.c.to_address).where(
        letter.c.day == day, letter.c.kind.in_([LetterKind.DIGEST.value, LetterKind.WEEKLY.value])
    )
    persons = select(officer.c.id).where(
        officer.c.email.in_({one.email for one in storms}), officer.c.email.not_in(has_digest)
    )
    connection.execute(update(pending_notice).where(pending_notice.c.officer_id.in_(persons)).values(urgent=False))


def mark_storms(connection: Connection, storms: Sequence[Storm], seq: int) -> bool:
    """Write the figures of the letters of entry `seq` that are about a storm; say whether there were any."""
    addresses = {one.email for one in storms}
    chosen = select(letter.c.id, letter.c.to_address).where(letter.c.entry == seq, letter.c.to_address.in_(addresses))
    rows = [
        {
            "letter_id": row.id,
            "directive_id": one.directive_id,
            "unit_id": one.unit_id,
            "figures": {STORM: {"overdue": one.overdue, "total": one.total}},
            "entry": seq,
        }
        for row in connection.execute(chosen.order_by(letter.c.id))
        for one in storms
        if one.email == row.to_address
    ]
    if rows:
        connection.execute(insert(letter_figure), rows)
    return bool(rows)
