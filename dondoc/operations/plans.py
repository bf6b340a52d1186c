"""Keep plans as rows, shared when equal, and read a ladder back as the rule that made it wrote it."""

from collections import defaultdict
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, case, insert, select

from dondoc.errors import InvalidInput
from dondoc.operations.canonical import digest
from dondoc.operations.ladder_file import Ladder
from dondoc.operations.ledger import Entry
from dondoc.operations.rows import insert_row
from dondoc.operations.rules import Rules
from models.tables.plans import plan, plan_audience, plan_rung, policy
from models.vocabulary import OfficerRole, RungAction
from policies.cascade import Due, Plan
from policies.escalation import Rung
from policies.ladder_policy import Audience
from policies.workdays import ZONE


def store_plan(connection: Connection, entry: Entry, made: Plan, rules: Rules, ladder: Ladder | None = None) -> int:
    """Give the id of the plan's rows, writing them under `entry` when no equal plan is kept yet.

    `ladder` is what it was made with, by default the office's. Raise InvalidInput where plans were made with another
    text of that ladder under the same version.
    """
    ladder = ladder or rules.ladder
    key = digest([asdict(made), ladder.digest, rules.calendar.version])
    known = connection.execute(select(plan.c.id).where(plan.c.digest == key)).scalar()
    if known is not None:
        return int(known)
    entry.commits(plan, plan_rung, plan_audience)
    plan_id = insert_row(
        connection,
        plan,
        digest=key,
        nominal_due=made.due.nominal,
        effective_due=made.due.effective,
        due_at=made.due_at,
        moved_by=made.due.moved_by,
        levels=made.distance,
        policy_id=_store_policy(connection, entry, ladder),
        calendar=rules.calendar.version,
        entry=entry.seq,
    )
    rungs = [
        {
            "plan_id": plan_id,
            "ordinal": rung.ordinal,
            "name": rung.name,
            "at": rung.at,
            "action": rung.action,
            "repeat_weekday": rung.repeat_weekday,
            "reason": rung.reason,
            "entry": entry.seq,
        }
        for rung in made.rungs
    ]
    audience = [
        {"plan_id": plan_id, "ordinal": rung.ordinal, "level": one.level, "role": one.role, "entry": entry.seq}
        for rung in made.rungs
        for one in rung.audience
    ]
    if rungs:
        connection.execute(insert(plan_rung), rungs)
    if audience:
        connection.execute(insert(plan_audience), audience)
    return plan_id


def _store_policy(connection: Connection, entry: Entry, ladder: Ladder) -> int:
    same = (policy.c.digest == ladder.digest) | (policy.c.name == ladder.title)
    known = {row.digest: row.id for row in connection.execute(select(policy.c.id, policy.c.digest).where(same))}
    if ladder.digest in known:
        return int(known[ladder.digest])
    if known:
        raise InvalidInput(
            f"the ladder {ladder.policy.name!r} says something else than when plans were made with its version "
            f"{ladder.policy.version}; raise its version"
        )
    entry.commits(policy)
    return insert_row(
        connection, policy, digest=ladder.digest, name=ladder.title, content=ladder.content, entry=entry.seq
    )


def load_ladders(connection: Connection, plan_ids: set[int]) -> dict[int, tuple[Rung, ...]]:
    """Give the ladder of each plan, by plan id; an empty one for a standing duty's plan."""
    heard: dict[tuple[int, int], list[Audience]] = defaultdict(list)
    chosen = select(plan_audience).where(plan_audience.c.plan_id.in_(plan_ids)).order_by(plan_audience.c.id)
    for row in connection.execute(chosen):
        heard[row.plan_id, row.ordinal].append(Audience(row.level, OfficerRole(row.role)))
    ladders: dict[int, list[Rung]] = {plan_id: [] for plan_id in plan_ids}
    at_most = case((plan_rung.c.repeat_weekday.is_not(None), policy.c.content["until_done", "at_most"].as_integer()))
    rungs = (
        select(plan_rung, at_most.label("at_most"))
        .join(plan, plan.c.id == plan_rung.c.plan_id)
        .join(policy, policy.c.id == plan.c.policy_id)
        .where(plan_rung.c.plan_id.in_(plan_ids))
        .order_by(plan_rung.c.ordinal)
    )
    for row in connection.execute(rungs):
        audience = tuple(heard[row.plan_id, row.ordinal])
        said = (RungAction(row.action), audience, row.repeat_weekday, row.reason, row.at_most)
        ladders[row.plan_id].append(Rung(row.ordinal, row.name, row.at, *said))
    return {plan_id: tuple(rungs) for plan_id, rungs in ladders.items()}


def load_ladder(connection: Connection, plan_id: int) -> tuple[Rung, ...]:
    """Give the ladder of one plan."""
    return load_ladders(connection, {plan_id})[plan_id]


def due_of(row: Any) -> Due:
    """Give the due date that a plan's row stands for, with its hour where one was said."""
    whole_day = Due(row.nominal_due, row.effective_due, row.moved_by)
    if row.due_at is None or row.due_at == whole_day.ends_at:
        return whole_day
    return replace(whole_day, at=row.due_at.astimezone(ZONE).time())
