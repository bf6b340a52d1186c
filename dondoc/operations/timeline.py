"""Who did what when, from the ledger: of a directive with all its assignments, or of one assignment."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from dondoc.errors import NotFound
from dondoc.operations.named import named_directive
from dondoc.operations.timeline_facts import assignment_facts, directive_facts
from models.session import Database
from models.tables.assignments import assignment
from models.tables.ledger import ledger
from models.tables.units import unit
from policies.workdays import ZONE

DIGESTS = "rows"
"""The part of an entry's detail that proves rows and tells a reader nothing."""


def timeline(database: Database, subject: str) -> list[dict[str, Any]]:
    """Give INTERFACE's `timeline` of an assignment (its id) or a directive (its number), oldest first. Raises NotFound.

    The entry of a batch (a sweep, a delivery) that concerns the subject is there too; its detail then says only how.
    """
    with database.reading() as connection:
        if subject.strip().isdecimal():
            assignment_id = int(subject)
            known = select(func.count()).where(assignment.c.id == assignment_id)
            if not connection.execute(known).scalar():
                raise NotFound(f"no assignment has the id {assignment_id}; see: dondoc tasks")
            return _entries(
                connection, ledger.c.assignment_id == assignment_id, assignment_facts(connection, assignment_id)
            )
        found = named_directive(connection, subject)
        return _entries(connection, ledger.c.directive_id == found.id, directive_facts(connection, found))


def _entries(connection: Connection, own: Any, facts: Iterable[tuple[int, str, Any]]) -> list[dict[str, Any]]:
    """Read the subject's own entries and those that its facts name; put each fact into its entry's detail."""
    said: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for seq, name, fact in facts:
        said[seq][name].append(fact)
    statement = (
        select(ledger, unit.c.code)
        .outerjoin(unit, unit.c.id == ledger.c.unit_id)
        .where(or_(own, ledger.c.seq.in_(said)))
        .order_by(ledger.c.seq)
    )
    return [
        {
            "seq": row.seq,
            "at": row.at.astimezone(ZONE).isoformat(),
            "actor": row.actor,
            "act": row.act,
            "unit": row.code,
            "assignment": row.assignment_id,
            "detail": _own_words(row) | dict(said.get(row.seq, {})),
            "hash": row.hash,
        }
        for row in connection.execute(statement)
    ]


def _own_words(row: Row[Any]) -> dict[str, Any]:
    """Give an entry's own detail without its digests; nothing of a batch, whose totals are about everybody."""
    if row.directive_id is None and row.unit_id is None and row.assignment_id is None:
        return {}
    try:
        said = json.loads(row.detail)
    except ValueError:
        # A ledger that somebody changed is still shown; `dondoc verify` says which entry does not hold.
        return {"unreadable": row.detail}
    return (
        {name: value for name, value in said.items() if name != DIGESTS} if isinstance(said, dict) else {"said": said}
    )
