"""What an act that was allowed leaves behind, all under one ledger entry."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from dondoc.operations import extensions, obstacles, relay, submissions
from dondoc.operations.act_letters import ActDone, write_act_letters
from dondoc.operations.acts_case import Case
from dondoc.operations.acts_course import Course, course_after
from dondoc.operations.acts_standing import conflict, load_standing
from dondoc.operations.counters import Counted, move_counted
from dondoc.operations.ledger import CHANGING, Entry, entry
from dondoc.operations.roles import close_followers
from models.tables.assignments import act as act_table
from models.tables.assignments import assignment, commitment, suspension
from models.vocabulary import Act, AddresseeRole, State
from policies.lifecycle import Allowed

_INSERT_ACT = insert(act_table).returning(act_table.c.id)
_CHANGE = (
    update(assignment)
    .where(assignment.c.id == bindparam("of_id"), assignment.c.version == bindparam("version_read"))
    .values({name: bindparam(f"new_{name}", type_=assignment.c[name].type) for name in CHANGING[assignment.name]})
)


@dataclass(frozen=True, slots=True)
class ActResult:
    """What an act did. The due dates are those that hold afterwards; None for a standing duty.

    `submission_id` is the result handed in, for a submission.
    """

    assignment_id: int
    unit_id: int
    act_id: int
    act: Act
    by: str
    at: datetime
    state_before: State
    state_after: State
    nominal_due: date | None
    effective_due: date | None
    late: bool
    version: int
    reason: str | None
    letters: int
    submission_id: int | None = None


def apply_act(connection: Connection, case: Case, decision: Allowed, share: ActResult | None = None) -> ActResult:
    """Write an act that was allowed: the assignment, the act, what it brings along, counters and letters.

    `share` is the act whose result this one hands in too. Raise Conflict when somebody else acted meanwhile.
    """
    wish, standing, now = case.wish, case.standing, case.now
    with entry(
        connection,
        at=now,
        actor=case.actor.email,
        act=wish.act.value,
        directive_id=standing.directive_id,
        unit_id=standing.unit_id,
        assignment_id=standing.assignment_id,
        detail=_said(case, decision, share),
    ) as opened:
        due = extensions.moved_due(
            wish.act,
            standing,
            request=case.request,
            suspended=case.entered,
            now=now,
            calendar=case.rules.calendar,
        )
        course = course_after(connection, opened, standing, decision.state, due=due, now=now, rules=case.rules)
        act_id = _change(connection, opened, case, decision, course)
        submission_id = _store_particulars(connection, opened, case, act_id, share)
        if standing.role is AddresseeRole.LEAD:
            key = (standing.obligation_id, standing.period_id)
            before = Counted(*key, standing.plan_id, standing.state, standing.late)
            move_counted(
                connection, standing.path, before, Counted(*key, course.plan_id, decision.state, decision.late)
            )
            close_followers(connection, opened, standing, decision.state, now)
        done = ActDone(wish.act, act_id, standing, case.actor, now)
        letters = write_act_letters(connection, opened, done, case.rules.mail_domain)
        if due is not None:
            opened.detail["due"] = [standing.nominal_due, course.nominal_due]
    return ActResult(
        standing.assignment_id,
        standing.unit_id,
        act_id,
        wish.act,
        case.actor.email,
        now,
        standing.state,
        decision.state,
        course.nominal_due,
        course.effective_due,
        decision.late,
        standing.version + 1,
        wish.reason,
        letters,
        submission_id,
    )


def _said(case: Case, decision: Allowed, share: ActResult | None) -> dict[str, Any]:
    """Give what the ledger says of the act itself, so that a timeline needs no other row."""
    wish, request, policy = case.wish, case.request, case.rules.extension
    number = case.earlier.asked + 1 if case.earlier else None
    said = {
        "before": case.standing.state,
        "after": decision.state,
        "reason": wish.why,
        "basis": wish.basis,
        "number": wish.number,
        "minutes": wish.minutes,
        "files": [file.said for file in wish.files] or None,
        "values": wish.values,
        "with": share.assignment_id if share else None,
        "to": wish.to or (request.due_settled if request else None),
        "asked": request.due_asked if request and (wish.to or request.due_offered) else None,
        "request": number,
        "often": (number is not None and policy.is_often(number)) or None,
        "late": decision.late or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _change(connection: Connection, opened: Entry, case: Case, decision: Allowed, course: Course) -> int:
    """Move the assignment if nobody moved it meanwhile, and write the act that says how; give the act's id."""
    standing = case.standing
    common = {
        "plan_id": course.plan_id,
        "rung": course.position.done,
        "next_action_at": course.position.next_at,
        "submitted_at": decision.submitted_at,
        "confirmed_at": decision.confirmed_at,
        "late": decision.late,
        "version": standing.version + 1,
    }
    new = {f"new_{name}": value for name, value in (common | {"state": decision.state}).items()}
    of = {"of_id": standing.assignment_id, "version_read": standing.version}
    if connection.execute(_CHANGE, of | new).rowcount != 1:
        raise conflict(load_standing(connection, standing.assignment_id, case.now))
    done = {
        "assignment_id": standing.assignment_id,
        "act": case.wish.act,
        "at": case.now,
        "officer_id": case.actor.officer_id,
        "state_before": standing.state,
        "state_after": decision.state,
        "reason": case.wish.reason,
        "entry": opened.seq,
    }
    opened.commits(act_table)
    return int(connection.execute(_INSERT_ACT, done | common).scalar_one())


def _store_particulars(
    connection: Connection, opened: Entry, case: Case, act_id: int, share: ActResult | None
) -> int | None:
    """Write the row that only this kind of act has; give the id of the result handed in, if it is one."""
    wish, request, assignment_id = case.wish, case.request, case.standing.assignment_id
    match wish.act:
        case Act.SUBMIT:
            return _store_result(connection, opened, case, act_id, share)
        case Act.EXTEND if wish.to is not None:
            extensions.store_request(connection, opened, act_id, case.standing, wish.to)
        case Act.GRANT | Act.REFUSE | Act.COUNTER if request is not None:
            extensions.store_decision(connection, opened, act_id, request, decided=wish.act, offered=wish.to)
        case Act.ACCEPT | Act.DECLINE if request is not None:
            extensions.store_answer(connection, opened, act_id, request, accepted=wish.act is Act.ACCEPT)
        case Act.OBSTACLE:
            obstacles.store_obstacle(connection, opened, act_id, assignment_id)
        case Act.ANSWER:
            obstacles.store_answer(connection, opened, act_id, case.obstacles)
        case Act.COMMIT:
            opened.commits(commitment)
            connection.execute(insert(commitment), {"act_id": act_id, "promised_on": wish.to, "entry": opened.seq})
        case Act.SUSPEND:
            opened.commits(suspension)
            values = {"act_id": act_id, "basis": wish.basis or wish.why, "entry": opened.seq}
            connection.execute(insert(suspension), values)
    return None


def _store_result(
    connection: Connection, opened: Entry, case: Case, act_id: int, share: ActResult | None
) -> int | None:
    """Keep what was handed in, or that it is another's; link the directive that it names, where one is registered."""
    wish = case.wish
    if case.named is not None:
        relay.link(connection, opened, case.standing.assignment_id, case.named.directive_id)
    if share is not None and share.submission_id is not None:
        submissions.store_share(connection, opened, act_id, share.submission_id)
        return share.submission_id
    return submissions.store_submission(
        connection,
        opened,
        act_id,
        number=wish.number,
        minutes=wish.minutes,
        values=wish.values,
        files=wish.files,
    )
