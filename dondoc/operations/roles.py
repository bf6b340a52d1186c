"""What follows the leads of an obligation: who coordinates or was told is closed when the last lead is done."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal, select

from dondoc.operations.acts_standing import Standing
from dondoc.operations.bulk_acts import NEVER, apply_to_set
from dondoc.operations.ledger import Entry
from dondoc.operations.recount import OWES
from models.tables.assignments import assignment
from models.tables.columns import UTCDateTime
from models.vocabulary import Act, AddresseeRole, State
from policies.status import ENDED

_ENDED = [state.value for state in ENDED]
_lead = assignment.alias("lead")


def close_followers(connection: Connection, opened: Entry, standing: Standing, state: State, now: datetime) -> int:
    """Close who coordinates or was told, after an act put the lead's assignment `standing` into `state`; give how many.

    Nothing is closed while any lead of the same obligation and period has not ended. No officer does it: it is the act
    `close` under the entry of the lead's own act.
    """
    if state not in ENDED:
        return 0
    alike = (assignment.c.obligation_id == standing.obligation_id) & (assignment.c.period_id == standing.period_id)
    return close_where(connection, opened, alike, now)


def close_where(connection: Connection, opened: Entry, chosen: ColumnElement[bool], now: datetime) -> int:
    """Close those of the `chosen` assignments that only follow, and of which no lead is left; give how many."""
    followers = select(assignment.c.id).where(chosen, ~OWES, assignment.c.state.not_in(_ENDED), ~_led())
    if connection.execute(followers.limit(1)).first() is None:
        return 0
    ended = followers.add_columns(
        literal(State.COMPLETED.value).label("state"),
        NEVER.label("next_action_at"),
        literal(now, UTCDateTime).label("confirmed_at"),
    )
    closed = apply_to_set(connection, opened, Act.CLOSE, ended, officer_id=None, now=now)
    opened.detail["closed"] = closed
    return closed


def _led() -> ColumnElement[Any]:
    """Give the condition that a lead of the same obligation and period has not ended."""
    return (
        select(_lead.c.id)
        .where(_lead.c.obligation_id == assignment.c.obligation_id, _lead.c.period_id == assignment.c.period_id)
        .where(_lead.c.role == AddresseeRole.LEAD.value, _lead.c.state.not_in(_ENDED))
        .correlate(assignment)
        .exists()
    )
