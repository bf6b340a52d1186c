"""Every act on one assignment, from acknowledging it to its end: facts gathered, the lifecycle asked, rows written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from dondoc.errors import InvalidInput, Refused
from dondoc.operations.acts_case import gather
from dondoc.operations.acts_standing import conflict, load_standing
from dondoc.operations.acts_wish import Wish, checked_wish
from dondoc.operations.acts_written import ActResult, apply_act
from dondoc.operations.rules import Rules
from dondoc.operations.submissions import FileDraft
from dondoc.operations.successors import without_successor
from models.session import Database
from models.vocabulary import Act, Side
from policies.lifecycle import Refusal, decide_act, side_needed
from policies.reasons import Reason
from policies.workdays import ZONE

__all__ = ["ActResult", "act_on", "submit_for_several"]


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
    minutes: str | None = None,
    files: Sequence[FileDraft] = (),
    values: Mapping[str, Any] | None = None,
    to: date | None = None,
    basis: str | None = None,
    expected_version: int | None = None,
) -> ActResult:
    """Do one act on one assignment, by the officer whose e-mail is `by`. A refused act writes nothing.

    In a `Database` it has a transaction of its own; in a writing `Connection` it joins that one, and fails alone.

    1. Be the one writer (whoever has `Database.writing()` open is).
    2. Gather: how the assignment stands, who acts, an open extension or obstacle, the outer due date.
    3. Decide by the lifecycle's table.
    4. Apply under one ledger entry: where the ladder goes on, the assignment by compare-and-set, the act,
       what was handed in or asked for, the counters above, and the letters.

    Raise NotFound (assignment, officer), InvalidInput (something given that the act cannot take), Refused with the
    policy's reason, or Conflict when somebody else acted since `expected_version` or `now`.
    """
    wish = checked_wish(act, why=why, number=number, minutes=minutes, files=files, values=values, to=to, basis=basis)
    if isinstance(where, Database):
        with where.writing() as connection:
            return _act(connection, assignment_id, wish, by=by, now=now, expected=expected_version, rules=rules)
    return _act(where, assignment_id, wish, by=by, now=now, expected=expected_version, rules=rules)


def submit_for_several(  # noqa: PLR0913 (what is handed in, by whom, for which)
    where: Database | Connection,
    assignment_ids: Sequence[int],
    *,
    by: str,
    now: datetime,
    rules: Rules,
    number: str | None = None,
    minutes: str | None = None,
    files: Sequence[FileDraft] = (),
    values: Mapping[str, Any] | None = None,
) -> tuple[ActResult, ...]:
    """Hand in one result for several assignments of a unit: an act on each, the result kept once; all or none.

    Raises as `act_on`, naming the assignment that speaks against it.
    """
    wish = checked_wish(
        Act.SUBMIT, why=None, number=number, minutes=minutes, files=files, values=values, to=None, basis=None
    )
    twice = next((one for one in assignment_ids if assignment_ids.count(one) > 1), None)
    if twice is not None:
        raise InvalidInput(f"assignment {twice} is named twice; name each once", where="--also")
    if isinstance(where, Database):
        with where.writing() as connection:
            return _submit_each(connection, assignment_ids, wish, by=by, now=now, rules=rules)
    return _submit_each(where, assignment_ids, wish, by=by, now=now, rules=rules)


def _submit_each(  # noqa: PLR0913 (as above)
    connection: Connection, assignment_ids: Sequence[int], wish: Wish, *, by: str, now: datetime, rules: Rules
) -> tuple[ActResult, ...]:
    done: list[ActResult] = []
    with connection.begin_nested():
        for assignment_id in assignment_ids:
            share = done[0] if done else None
            one = _act(connection, assignment_id, wish, by=by, now=now, expected=None, rules=rules, share=share)
            done.append(one)
    return tuple(done)


def _act(  # noqa: PLR0913 (as above)
    connection: Connection,
    assignment_id: int,
    wish: Wish,
    *,
    by: str,
    now: datetime,
    expected: int | None,
    rules: Rules,
    share: ActResult | None = None,
) -> ActResult:
    standing = load_standing(connection, assignment_id, now)
    if now < standing.not_before:
        raise Refused(
            Reason(
                "%(at)s lies before %(since)s, when it was assigned or last reminded of: an act is not dated back",
                at=f"{now.astimezone(ZONE):%Y-%m-%d %H:%M}",
                since=f"{standing.not_before.astimezone(ZONE):%Y-%m-%d %H:%M}",
            ),
            where=f"assignment {assignment_id}",
        )
    overtaken = standing.last is not None and standing.last.at > now
    if overtaken or expected not in {None, standing.version}:
        raise conflict(standing)
    if share is not None and standing.unit_id != share.unit_id:
        raise Refused(
            f"it is owed by another unit than assignment {share.assignment_id}; one result is of one unit",
            where=f"assignment {assignment_id}",
        )
    case = gather(connection, standing, wish, by=by, now=now, rules=rules)
    decision = decide_act(wish.act, case.facts, now)
    if isinstance(decision, Refusal):
        # Not possible in this state, or what it would answer is answered already: somebody may have been first.
        side = side_needed(wish.act, standing.state)
        too_late = side is None or case.is_answered_already
        words = f"{decision.reason}; {standing.last_words}" if too_late else decision.reason
        if side is Side.OFFICE and side not in case.actor.sides:
            offices = (standing.offices.lead_id, standing.offices.issuer_id)
            ended = without_successor(connection, offices, now.astimezone(ZONE).date())
            words = "; ".join((words, *ended)) if ended else words
        raise Refused(words, where=f"assignment {assignment_id}")
    # A savepoint: in a caller's transaction, an act that fails half-way leaves nothing for the caller to commit.
    with connection.begin_nested():
        return apply_act(connection, case, decision, share)
