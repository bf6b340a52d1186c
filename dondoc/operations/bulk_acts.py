"""One act on a set of assignments, by the database: acts inserted, counters told, assignments moved; no row is fetched.

For what an operation does to many at once: a directive revoked or replaced, followers closed, plans made anew.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Text,
    and_,
    cast,
    false,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)
from sqlalchemy.types import BigInteger

from dondoc.errors import Refused
from dondoc.operations.ledger import CHANGING, Entry
from dondoc.operations.recount import KEY, OWES, counts_above, parent_path
from models.dialects import add_to_counter
from models.paths import STEP
from models.tables.assignments import act as act_table
from models.tables.assignments import assignment, rung
from models.tables.columns import UTCDateTime
from models.tables.counters import counter
from models.vocabulary import Act, State
from policies.workdays import ZONE

MAY_CHANGE = tuple(sorted(CHANGING[assignment.name] - {"version"}))
"""The columns of an assignment that an act may leave otherwise than it found them."""

NEVER: ColumnElement[Any] = cast(null(), UTCDateTime)
"""No moment, as a column to select."""


def ended_as(state: State) -> tuple[ColumnElement[Any], ...]:
    """Give the columns of an assignment that ends without having been done, to select beside its `id`."""
    nothing = [NEVER.label(name) for name in ("next_action_at", "submitted_at", "confirmed_at")]
    return (literal(state.value).label("state"), *nothing, false().label("late"))


def apply_to_set(  # noqa: PLR0913 (an act is who does what to which, when and why)
    connection: Connection,
    opened: Entry,
    act: Act,
    chosen: Select[Any],
    *,
    officer_id: int | None,
    now: datetime,
    reason: str | None = None,
) -> int:
    """Do `act` on every chosen assignment, under one ledger entry; give how many there were.

    `chosen` selects a row for each assignment: its `id`, and under their own names those of the columns MAY_CHANGE that
    stand otherwise afterwards; what it leaves out stays as it is. For one that ends:

        select(assignment.c.id, literal(State.CANCELLED.value).label("state"), NEVER.label("next_action_at"))

    `officer_id` is None where no officer but an operation acts. Whether the act is allowed is for the caller to decide,
    and who hears of it; the caller is the one writer (`Database.writing`). An act of a set may follow another one on
    the same assignments under the same entry. Raise Refused, with nothing written, when one of them was assigned, acted
    on or reminded of after `now`.

    1. Refuse to date back.
    2. Insert the acts, each saying how its assignment will stand.
    3. Move what is counted above them, by the difference.
    4. Bring the assignments to where their acts say.
    """
    refuse_dated_back(connection, chosen, now)
    columns, rows = _acts(chosen, act, officer_id=officer_id, now=now, reason=reason, seq=opened.seq)
    connection.execute(insert(act_table).from_select(columns, rows))
    new = and_(
        act_table.c.entry == opened.seq,
        act_table.c.assignment_id == assignment.c.id,
        act_table.c.version == assignment.c.version + 1,
    )
    done, longest = connection.execute(
        select(func.count(), func.max(func.length(assignment.c.path))).select_from(assignment).join(act_table, new)
    ).one()
    if not done:
        return 0
    opened.commits(act_table)
    if longest > STEP:
        moved = counts_above(_differences(new), longest // STEP - 1)
        connection.execute(add_to_counter(connection.dialect.name, counter, moved))
    connection.execute(update(assignment).values({name: _after(name) for name in CHANGING[assignment.name]}).where(new))
    return int(done)


def refuse_dated_back(connection: Connection, chosen: Select[Any], now: datetime) -> None:
    """Raise Refused when a chosen assignment (a select with its `id`) was assigned, acted on or reminded of later."""
    ids = select(chosen.subquery().c.id)
    acted = select(act_table.c.id).where(act_table.c.assignment_id == assignment.c.id, act_table.c.at > now)
    reminded = select(rung.c.id).where(rung.c.assignment_id == assignment.c.id, rung.c.fired_at > now)
    later = select(func.min(assignment.c.id)).where(
        assignment.c.id.in_(ids), (assignment.c.assigned_at > now) | acted.exists() | reminded.exists()
    )
    found = connection.execute(later).scalar()
    if found is not None:
        raise Refused(
            f"something happened to it after {now.astimezone(ZONE):%Y-%m-%d %H:%M}: an act is not dated back",
            where=f"assignment {found}",
        )


def _acts(  # noqa: PLR0913 (the columns of an act)
    chosen: Select[Any], act: Act, *, officer_id: int | None, now: datetime, reason: str | None, seq: int
) -> tuple[Sequence[str], Select[Any]]:
    """Give the columns of the acts and a row for each."""
    given = chosen.subquery("chosen")
    after = {name: given.c[name] if name in given.c else assignment.c[name] for name in MAY_CHANGE}
    after["state_after"] = after.pop("state")
    columns = {
        "assignment_id": assignment.c.id,
        "act": literal(act.value, String),
        "at": literal(now, UTCDateTime),
        "officer_id": literal(officer_id, BigInteger),
        "state_before": assignment.c.state,
        "version": assignment.c.version + 1,
        "reason": literal(reason, Text),
        "entry": literal(seq, BigInteger),
    } | after
    rows = select(*columns.values()).join_from(assignment, given, given.c.id == assignment.c.id)
    return list(columns), rows.order_by(assignment.c.id)


def _differences(new: ColumnElement[bool]) -> Select[Any]:
    """Select what the acts take from each count of the units directly above, and what they add to another."""
    above = parent_path().label("above")
    joined = select(above).select_from(assignment).join(act_table, new).where(OWES)
    taken = joined.add_columns(*(assignment.c[name] for name in KEY[1:]), literal(-1).label("n"))
    added = joined.add_columns(*(_counted_after(name) for name in KEY[1:]), literal(1).label("n"))
    each = union_all(taken, added).subquery()
    columns = [each.c[name] for name in ("above", *KEY[1:])]
    total = func.sum(each.c.n)
    return select(*columns, total.label("n")).group_by(*columns).having(total != 0)


def _counted_after(name: str) -> ColumnElement[Any]:
    return (_after(name) if name in MAY_CHANGE else assignment.c[name]).label(name)


def _after(name: str) -> ColumnElement[Any]:
    """Give what an assignment's column will say, by its new act."""
    return act_table.c["state_after" if name == "state" else name]
