"""What hinders a unit (vướng mắc): reported to the office that decides, answered by it. It pauses nothing by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from dondoc.operations.ledger import Entry
from models.tables.assignments import act, obstacle, obstacle_answer
from models.tables.units import officer

_OPEN = (
    select(obstacle.c.id, officer.c.email)
    .join(act, act.c.id == obstacle.c.act_id)
    .outerjoin(officer, officer.c.id == act.c.officer_id)
    .outerjoin(obstacle_answer, obstacle_answer.c.obstacle_id == obstacle.c.id)
    .where(obstacle.c.assignment_id == bindparam("assignment_id"), obstacle_answer.c.id.is_(None))
    .order_by(obstacle.c.id)
)


@dataclass(frozen=True, slots=True)
class OpenObstacle:
    """An obstacle that waits for an answer; `reporter` is the e-mail of the officer who reported it."""

    obstacle_id: int
    reporter: str | None


def find_open_obstacles(connection: Connection, assignment_id: int) -> tuple[OpenObstacle, ...]:
    """Find what an assignment's unit has reported and nobody has answered, oldest first."""
    return tuple(OpenObstacle(*row) for row in connection.execute(_OPEN, {"assignment_id": assignment_id}))


def store_obstacle(connection: Connection, opened: Entry, act_id: int, assignment_id: int) -> None:
    """Write that an act reports an obstacle; its words are the act's reason."""
    opened.commits(obstacle)
    values = {"act_id": act_id, "assignment_id": assignment_id, "entry": opened.seq}
    connection.execute(insert(obstacle), values)


def store_answer(connection: Connection, opened: Entry, act_id: int, answered: Sequence[OpenObstacle]) -> None:
    """Write that an act answers every obstacle that was open."""
    opened.commits(obstacle_answer)
    rows = [{"obstacle_id": one.obstacle_id, "act_id": act_id, "entry": opened.seq} for one in answered]
    connection.execute(insert(obstacle_answer), rows)
