"""Reads the acts that letters tell of: each with who did it, when and why, and the dates that it speaks of."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, case, func, null, select

from dondoc.operations.letter_rows import Rows, line_columns
from models.tables.assignments import act, assignment, commitment, extension, extension_answer, extension_decision
from models.tables.letters import letter, notice
from models.tables.plans import plan, plan_group
from models.tables.units import officer
from models.vocabulary import Act, LetterKind


def act_lines(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give the assignments whose acts a letter tells of, each with the act, who did it, and the date it speaks of."""
    asked, decided, offered = extension.alias(), extension.alias(), extension_decision.alias()
    earlier, planned, replaced = act.alias(), plan.alias(), plan.alias()
    anew = act.c.act == Act.REPLAN.value
    statement: Select[Any] = (
        select(
            notice.c.letter_id,
            *line_columns(assignment.c.obligation_id, act.c.plan_id),
            *_done(),
            case((anew, replaced.c.effective_due)).label("before"),
            func.coalesce(
                asked.c.due_asked,
                extension_decision.c.due_offered,
                offered.c.due_offered,
                decided.c.due_asked,
                commitment.c.promised_on,
                case((anew, planned.c.effective_due)),
            ).label("until"),
        )
        .join(act, act.c.id == notice.c.act_id)
        .join(assignment, assignment.c.id == notice.c.assignment_id)
        .outerjoin(officer, officer.c.id == act.c.officer_id)
        .outerjoin(asked, asked.c.act_id == act.c.id)
        .outerjoin(extension_decision, extension_decision.c.act_id == act.c.id)
        .outerjoin(decided, decided.c.id == extension_decision.c.extension_id)
        .outerjoin(extension_answer, extension_answer.c.act_id == act.c.id)
        .outerjoin(offered, offered.c.extension_id == extension_answer.c.extension_id)
        .outerjoin(commitment, commitment.c.act_id == act.c.id)
        .outerjoin(earlier, (earlier.c.assignment_id == assignment.c.id) & (earlier.c.version == act.c.version - 1))
        .join(plan_group, plan_group.c.id == assignment.c.plan_group_id)
        .join(planned, planned.c.id == act.c.plan_id)
        .join(replaced, replaced.c.id == func.coalesce(earlier.c.plan_id, plan_group.c.plan_id))
        .where(notice.c.letter_id.in_(letter_ids))
        .order_by(notice.c.id)
    )
    return connection.execute(statement).all()


def entry_lines(connection: Connection, letter_ids: Collection[int]) -> Rows:
    """Give what a letter of kind `revoked` without notices tells of: all of its unit that its entry cancelled."""
    told = (letter.c.kind == LetterKind.REVOKED.value) & (act.c.act == Act.CANCEL.value)
    statement: Select[Any] = (
        select(
            letter.c.id.label("letter_id"),
            *line_columns(assignment.c.obligation_id, act.c.plan_id),
            *_done(),
            null().label("before"),
            null().label("until"),
        )
        .join(assignment, assignment.c.unit_id == letter.c.unit_id)
        # The sum keeps the planner off the index of entries: one entry acts on thousands.
        .join(act, (act.c.assignment_id == assignment.c.id) & (act.c.entry + 0 == letter.c.entry))
        .outerjoin(officer, officer.c.id == act.c.officer_id)
        .where(letter.c.id.in_(letter_ids), told, ~_has_notices())
        .order_by(act.c.id)
    )
    return connection.execute(statement).all()


def _has_notices() -> Any:
    return select(notice.c.id).where(notice.c.letter_id == letter.c.id).correlate(letter).exists()


def _done() -> tuple[Any, ...]:
    return (act.c.act, act.c.at, act.c.reason, act.c.late, act.c.version, officer.c.name.label("by"))
