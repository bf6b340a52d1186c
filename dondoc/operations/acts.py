"""Every act on one assignment, from acknowledging it to its end: facts gathered, the lifecycle asked, rows written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from dondoc.errors import Conflict, Refused
from dondoc.operations.act_letters import ActDone, write_act_letters
from dondoc.operations.acts_course import Course, course_after
from dondoc.operations.acts_standing import Actor, Standing, find_actor, load_standing
from dondoc.operations.acts_wish import Wish, checked_wish
from dondoc.operations.counters import Counted, move_counted
from dondoc.operations.extensions import (
    OpenRequest,
    find_open_request,
    find_outer_due,
    moved_due,
    store_decision,
    store_request,
)
from dondoc.operations.ledger import CHANGING, Entry, entry
from dondoc.operations.rules import Rules
from dondoc.operations.submissions import FileDraft, store_submission
from models.session import Database
from models.tables.assignments import act as act_table
from models.tables.assignments import assignment, commitment, suspension
from models.vocabulary import Act, State
from policies.lifecycle import ActFacts, Allowed, Refusal, decide_act, side_needed
from policies.workdays import ZONE

_INSERT_ACT = insert(act_table).returning(act_table.c.id)
_CHANGE = (
    update(assignment)
    .where(assignment.c.id == bindparam("of_id"), assignment.c.version == bindparam("version_read"))
    .values({name: bindparam(f"new_{name}", type_=assignment.c[name].type) for name in CHANGING[assignment.name]})
)


@dataclass(frozen=True, slots=True)
class ActResult:
    """What an act did. The due dates are those that hold afterwards; None for a standing duty."""

    assignment_id: int
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


@dataclass(frozen=True, slots=True)
class _Case:
    """One act with the facts it is decided on."""

    wish: Wish
    standing: Standing
    actor: Actor
    request: OpenRequest | None
    outer_due: date | None
    now: datetime


def act_on(  # noqa: PLR0913 (an act is who does what to which, and what each act needs)
    where: Database | Connection,
    assignment_id: int,
    act: Act,
    *,
    by: str,
    now: datetime,
    rules: Rules,
    why: str | None = None,
    number: str | None = None,
    files: Sequence[FileDraft] = (),
    values: Mapping[str, Any] | None = None,
    to: date | None = None,
    basis: str | None = None,
    expected_version: int | None = None,
) -> ActResult:
    """Do one act on one assignment, by the officer whose e-mail is `by`. A refused act writes nothing.

    In a `Database` it has a transaction of its own; in a writing `Connection` it joins that one, and fails alone.

    1. Be the one writer (whoever has `Database.writing()` open is).
    2. Gather: how the assignment stands, who acts, an open extension, the outer due date.
    3. Decide by the lifecycle's table.
    4. Apply under one ledger entry: where the ladder goes on, the assignment by compare-and-set, the act,
       what was handed in or asked for, the counters above, and the letters.

    Raise NotFound (assignment, officer), InvalidInput (something given that the act cannot take), Refused with the
    policy's reason, or Conflict when somebody else acted since `expected_version` or `now`.
    """
    wish = checked_wish(act, why=why, number=number, files=files, values=values, to=to, basis=basis)
    if isinstance(where, Database):
        with where.writing() as connection:
            return _act(connection, assignment_id, wish, by=by, now=now, expected=expected_version, rules=rules)
    return _act(where, assignment_id, wish, by=by, now=now, expected=expected_version, rules=rules)


def _act(  # noqa: PLR0913 (as above)
    connection: Connection,
    assignment_id: int,
    wish: Wish,
    *,
    by: str,
    now: datetime,
    expected: int | None,
    rules: Rules,
) -> ActResult:
    standing = load_standing(connection, assignment_id)
    if now < standing.not_before:
        raise Refused(
            f"{now.astimezone(ZONE):%Y-%m-%d %H:%M} lies before {standing.not_before.astimezone(ZONE):%Y-%m-%d %H:%M}, "
            "when it was assigned or last reminded of: an act is not dated back",
            where=f"assignment {assignment_id}",
        )
    overtaken = standing.last is not None and standing.last.at > now
    if overtaken or expected not in {None, standing.version}:
        raise _conflict(standing)
    case = _gather(connection, standing, wish, by, now)
    decision = decide_act(wish.act, _facts(case), now)
    if isinstance(decision, Refusal):
        too_late = side_needed(wish.act, standing.state) is None
        words = f"{decision.reason}; {standing.last_words}" if too_late else decision.reason
        raise Refused(words, where=f"assignment {assignment_id}")
    # A savepoint: in a caller's transaction, an act that fails half-way leaves nothing for the caller to commit.
    with connection.begin_nested():
        return _apply(connection, case, decision, rules)


def _conflict(standing: Standing) -> Conflict:
    return Conflict(
        f"somebody else was first: it is {standing.state.value}; {standing.last_words}. Look at it again before acting",
        where=f"assignment {standing.assignment_id}",
    )


def _gather(connection: Connection, standing: Standing, wish: Wish, by: str, now: datetime) -> _Case:
    actor = find_actor(connection, by, standing.offices, side_needed(wish.act, standing.state), now)
    request, outer_due = None, None
    if wish.act in {Act.EXTEND, Act.GRANT, Act.REFUSE}:
        request = find_open_request(connection, standing.assignment_id)
    if wish.act is Act.EXTEND:
        outer_due = find_outer_due(connection, standing)
    return _Case(wish, standing, actor, request, outer_due, now)


def _facts(case: _Case) -> ActFacts:
    standing, request, last = case.standing, case.request, case.standing.last
    # By the table, the newest act on what is submitted is its submission, and on what is suspended its suspension.
    submitter = last.email if last and standing.state is State.SUBMITTED else None
    return ActFacts(
        state=standing.state,
        due_at=standing.due_at,
        nominal_due=standing.nominal_due,
        submitted_at=standing.submitted_at,
        late=standing.late,
        sides=case.actor.sides,
        is_submitter=case.actor.is_person(submitter),
        open_request=request is not None,
        request_is_own=request is not None and case.actor.is_person(request.asker),
        asked_for=request.due_asked if request and case.wish.act is not Act.EXTEND else case.wish.to,
        outer_due=case.outer_due,
        state_before_suspension=last.state_before if last and standing.state is State.SUSPENDED else None,
        says_why=case.wish.reason is not None,
        needs_number=standing.relay,
        gives_number=case.wish.number is not None,
    )


def _apply(connection: Connection, case: _Case, decision: Allowed, rules: Rules) -> ActResult:
    wish, standing, now = case.wish, case.standing, case.now
    with entry(
        connection,
        at=now,
        actor=case.actor.email,
        act=wish.act.value,
        directive_id=standing.directive_id,
        unit_id=standing.unit_id,
        assignment_id=standing.assignment_id,
        detail=_said(case, decision),
    ) as opened:
        due = moved_due(wish.act, standing, case.request, now, rules.calendar)
        course = course_after(connection, opened, standing, decision.state, due=due, now=now, rules=rules)
        act_id = _change(connection, opened, case, decision, course)
        _store_particulars(connection, opened, case, act_id)
        key = (standing.obligation_id, standing.period_id)
        before = Counted(*key, standing.plan_id, standing.state, standing.late)
        move_counted(connection, standing.path, before, Counted(*key, course.plan_id, decision.state, decision.late))
        done = ActDone(wish.act, act_id, standing, case.actor, now)
        letters = write_act_letters(connection, opened, done, rules.mail_domain)
        if due is not None:
            opened.detail["due"] = [standing.nominal_due, course.nominal_due]
    return ActResult(
        standing.assignment_id,
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
    )


def _said(case: _Case, decision: Allowed) -> dict[str, Any]:
    """Give what the ledger says of the act itself, so that a timeline needs no other row."""
    wish = case.wish
    said = {
        "before": case.standing.state,
        "after": decision.state,
        "reason": wish.why,
        "basis": wish.basis,
        "number": wish.number,
        "files": [file.said for file in wish.files] or None,
        "values": wish.values,
        "to": wish.to or (case.request.due_asked if case.request else None),
        "late": decision.late or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _change(connection: Connection, opened: Entry, case: _Case, decision: Allowed, course: Course) -> int:
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
        raise _conflict(load_standing(connection, standing.assignment_id))
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


def _store_particulars(connection: Connection, opened: Entry, case: _Case, act_id: int) -> None:
    """Write the row that only this kind of act has."""
    wish, request = case.wish, case.request
    if wish.act is Act.SUBMIT:
        store_submission(connection, opened, act_id, number=wish.number, values=wish.values, files=wish.files)
    elif wish.act is Act.EXTEND and wish.to is not None:
        store_request(connection, opened, act_id, case.standing, wish.to)
    elif wish.act in {Act.GRANT, Act.REFUSE} and request is not None:
        store_decision(connection, opened, act_id, request, granted=wish.act is Act.GRANT)
    elif wish.act is Act.COMMIT:
        opened.commits(commitment)
        connection.execute(insert(commitment), {"act_id": act_id, "promised_on": wish.to, "entry": opened.seq})
    elif wish.act is Act.SUSPEND:
        opened.commits(suspension)
        basis = wish.basis or wish.why
        connection.execute(insert(suspension), {"act_id": act_id, "basis": basis, "entry": opened.seq})
