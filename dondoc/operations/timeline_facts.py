"""What the entries of the ledger did to one assignment or one directive, from the rows they commit to."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select, union

from dondoc.operations.named import NamedDirective
from models.tables.assignments import (
    act,
    assignment,
    carry,
    commitment,
    extension,
    extension_answer,
    extension_decision,
    obstacle_answer,
    relay_link,
    rung,
    submission,
    submission_file,
    submission_share,
    suspension,
)
from models.tables.directives import directive, directive_end, obligation, period
from models.tables.letters import delivery_attempt, letter, notice
from models.tables.plans import plan, plan_rung
from models.tables.units import officer, unit
from models.vocabulary import LetterKind
from policies.workdays import ZONE

Fact = tuple[int, str, Any]
"""The entry's sequence number, the name under which its detail says the fact, and the fact."""


def assignment_facts(connection: Connection, assignment_id: int) -> Iterator[Fact]:
    """Give what happened to an assignment: given, acted on, its rungs, the letters about it and their delivery."""
    mine = assignment.c.id == assignment_id
    given = (
        select(assignment.c.entry, unit.c.code.label("unit"), obligation.c.key.label("obligation"))
        .add_columns(obligation.c.title, period.c.key.label("period"), period.c.nominal_due, period.c.effective_due)
        .join(unit, unit.c.id == assignment.c.unit_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(period, period.c.id == assignment.c.period_id)
        .where(mine)
    )
    yield from _facts(connection, given, "given")
    yield from _facts(connection, _acts(assignment_id), "done")
    yield from _facts(connection, _links(relay_link.c.assignment_id == assignment_id), "linked")
    yield from _carried(connection, assignment_id)
    fired = (
        select(rung.c.entry, rung.c.name, rung.c.planned_at, rung.c.fired_at, plan_rung.c.action, plan_rung.c.reason)
        .outerjoin(plan_rung, (plan_rung.c.plan_id == rung.c.plan_id) & (plan_rung.c.ordinal == rung.c.step))
        .where(rung.c.assignment_id == assignment_id)
        .order_by(rung.c.id)
    )
    yield from _facts(connection, fired, "rungs")
    about = union(
        select(notice.c.letter_id).where(notice.c.assignment_id == assignment_id),
        # Letters of these kinds have no notices: they are about all that their entry did to their unit.
        select(letter.c.id)
        .join(assignment, (assignment.c.unit_id == letter.c.unit_id) & (assignment.c.entry == letter.c.entry))
        .where(mine, letter.c.kind == LetterKind.ASSIGNED.value),
        select(letter.c.id)
        .join(act, act.c.entry == letter.c.entry)
        .join(assignment, (assignment.c.id == act.c.assignment_id) & (assignment.c.unit_id == letter.c.unit_id))
        .where(mine, letter.c.kind == LetterKind.REVOKED.value),
    )
    yield from _letters(connection, about)


def _acts(assignment_id: int) -> Select[Any]:
    asked, decided, shared = extension.alias(), extension.alias(), submission.alias()
    offered = extension_decision.alias()
    result = func.coalesce(submission.c.id, shared.c.id)
    files = (
        select(func.count())
        .where(submission_file.c.submission_id == result)
        .correlate(submission, shared)
        .scalar_subquery()
    )
    answers = select(func.count()).where(obstacle_answer.c.act_id == act.c.id).correlate(act).scalar_subquery()
    return (
        select(
            act.c.entry,
            act.c.act,
            officer.c.email.label("by"),
            act.c.state_before,
            act.c.state_after,
            act.c.late,
            act.c.reason,
            plan.c.nominal_due,
            func.coalesce(submission.c.number, shared.c.number).label("number"),
            func.coalesce(submission.c.minutes, shared.c.minutes).label("minutes"),
            case((result.is_not(None), files)).label("files"),
            func.coalesce(asked.c.due_before, decided.c.due_before).label("due_before"),
            func.coalesce(asked.c.due_asked, decided.c.due_asked).label("due_asked"),
            func.coalesce(extension_decision.c.due_offered, offered.c.due_offered).label("due_offered"),
            func.nullif(answers, 0).label("obstacles_answered"),
            commitment.c.promised_on,
            suspension.c.basis,
        )
        .join(plan, plan.c.id == act.c.plan_id)
        .outerjoin(officer, officer.c.id == act.c.officer_id)
        .outerjoin(submission, submission.c.act_id == act.c.id)
        .outerjoin(submission_share, submission_share.c.act_id == act.c.id)
        .outerjoin(shared, shared.c.id == submission_share.c.submission_id)
        .outerjoin(asked, asked.c.act_id == act.c.id)
        .outerjoin(extension_decision, extension_decision.c.act_id == act.c.id)
        .outerjoin(extension_answer, extension_answer.c.act_id == act.c.id)
        .outerjoin(offered, offered.c.extension_id == extension_answer.c.extension_id)
        .outerjoin(
            decided, decided.c.id == func.coalesce(extension_decision.c.extension_id, extension_answer.c.extension_id)
        )
        .outerjoin(commitment, commitment.c.act_id == act.c.id)
        .outerjoin(suspension, suspension.c.act_id == act.c.id)
        .where(act.c.assignment_id == assignment_id)
        .order_by(act.c.id)
    )


def _links(condition: ColumnElement[bool]) -> Select[Any]:
    """Select relay duties that a unit's own directive does, with the numbers of both directives."""
    higher = directive.alias("higher")
    return (
        select(relay_link.c.entry, relay_link.c.assignment_id.label("assignment"))
        .add_columns(directive.c.number.label("directive"), higher.c.number.label("implements"))
        .join(directive, directive.c.id == relay_link.c.directive_id)
        .join(assignment, assignment.c.id == relay_link.c.assignment_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(higher, higher.c.id == obligation.c.directive_id)
        .where(condition)
        .order_by(relay_link.c.id)
    )


def _carried(connection: Connection, assignment_id: int) -> Iterator[Fact]:
    """Give the assignment from which what stood there was carried here, and the one onto which it was carried."""
    source, target = assignment.alias("source"), assignment.alias("target")
    both = (
        select(carry.c.entry, source.c.id.label("from"), target.c.id.label("to"))
        .join(act, act.c.id == carry.c.act_id)
        .join(source, source.c.id == carry.c.from_assignment_id)
        .join(target, target.c.id == act.c.assignment_id)
        .order_by(carry.c.id)
    )
    for this, other, name in ((target, source, "carried_from"), (source, target, "carried_to")):
        told = (
            both.with_only_columns(carry.c.entry, other.c.id.label("assignment"))
            .add_columns(directive.c.number.label("directive"), unit.c.code.label("unit"))
            .join(obligation, obligation.c.id == other.c.obligation_id)
            .join(directive, directive.c.id == obligation.c.directive_id)
            .join(unit, unit.c.id == other.c.unit_id)
            .where(this.c.id == assignment_id)
        )
        yield from _facts(connection, told, name)


def _letters(connection: Connection, about: Any) -> Iterator[Fact]:
    chosen = select(about.subquery().c.letter_id)
    written = (
        select(letter.c.entry, letter.c.id, letter.c.kind, letter.c.to_address.label("to"), unit.c.code.label("unit"))
        .join(unit, unit.c.id == letter.c.unit_id)
        .where(letter.c.id.in_(chosen))
        .order_by(letter.c.id)
    )
    yield from _facts(connection, written, "letters")
    delivered = (
        select(delivery_attempt.c.entry, letter.c.id.label("letter"), letter.c.to_address.label("to"))
        .add_columns(delivery_attempt.c.attempt, delivery_attempt.c.at, delivery_attempt.c.result)
        .add_columns(delivery_attempt.c.reply)
        .join(letter, letter.c.id == delivery_attempt.c.letter_id)
        .where(letter.c.id.in_(chosen))
        .order_by(delivery_attempt.c.id)
    )
    yield from _facts(connection, delivered, "deliveries")


def directive_facts(connection: Connection, found: NamedDirective) -> Iterator[Fact]:
    """Give what happened to a directive: issued, ended; and how many rungs and letters each batch made of it."""
    issued = select(directive.c.entry, directive.c.type, directive.c.subject, directive.c.issued_on)
    yield from _facts(connection, issued.where(directive.c.id == found.id), "issued")
    yield from _ends(connection, found)
    yield from _facts(connection, _links(relay_link.c.directive_id == found.id), "linked")
    its = select(obligation.c.id).where(obligation.c.directive_id == found.id)
    fired = (
        select(rung.c.entry, rung.c.name, func.count().label("assignments"))
        .join(assignment, assignment.c.id == rung.c.assignment_id)
        .where(assignment.c.obligation_id.in_(its))
        .group_by(rung.c.entry, rung.c.name)
        .order_by(rung.c.entry, func.min(rung.c.ordinal))
    )
    yield from _facts(connection, fired, "rungs")
    written = (
        select(letter.c.entry, letter.c.kind, func.count(letter.c.id.distinct()).label("letters"))
        .join(notice, notice.c.letter_id == letter.c.id)
        .join(assignment, assignment.c.id == notice.c.assignment_id)
        .where(assignment.c.obligation_id.in_(its))
        .group_by(letter.c.entry, letter.c.kind)
        .order_by(letter.c.entry, letter.c.kind)
    )
    yield from _facts(connection, written, "letters")


def _ends(connection: Connection, found: NamedDirective) -> Iterator[Fact]:
    """Give how it ended and what replaced it, or which one it replaced."""
    successor, predecessor = directive.alias(), directive.alias()
    ended = (
        select(directive_end.c.entry, directive_end.c.state, directive_end.c.reason)
        .add_columns(successor.c.number.label("replaced_by"))
        .outerjoin(successor, successor.c.id == directive_end.c.replaced_by_id)
    )
    yield from _facts(connection, ended.where(directive_end.c.directive_id == found.id), "ended")
    replaced = (
        select(directive_end.c.entry, predecessor.c.number, directive_end.c.reason)
        .join(predecessor, predecessor.c.id == directive_end.c.directive_id)
        .where(directive_end.c.replaced_by_id == found.id)
    )
    yield from _facts(connection, replaced, "replaces")


def _facts(connection: Connection, statement: Select[Any], name: str) -> Iterator[Fact]:
    """Give each row as a fact of its entry, without what it leaves empty."""
    for row in connection.execute(statement).mappings():
        yield row["entry"], name, {key: _plain(row[key]) for key in row if key != "entry" and row[key] is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat()
    return value.isoformat() if isinstance(value, date) else value
