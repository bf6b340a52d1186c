"""Tell the office that an address takes no letters: one letter a recipient, with all the addresses of one entry."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from dondoc.operations.ledger import Entry
from dondoc.operations.message_ids import message_id_domain
from dondoc.operations.standing_in import speaking
from dondoc.operations.unit_list import holds
from models.paths import unit_ids
from models.tables.letters import letter
from models.tables.units import officer, unit_version
from models.vocabulary import LetterKind, LetterState, OfficerRole
from policies.workdays import ZONE


def tell_offices(
    connection: Connection, opened: Entry, officer_ids: Collection[int], now: datetime, mail_domain: str
) -> int:
    """Write a letter to the focal officer of the nearest unit above each marked officer's; give how many.

    The office above keeps the register of the units under it. The top unit's own other officers hear of its own.
    """
    day = now.astimezone(ZONE).date()
    recipients = {one for unit_id in _units(connection, officer_ids) for one in _nearest(connection, unit_id, day)}
    if not recipients:
        return 0
    opened.commits(letter)
    id_domain = message_id_domain(opened, now, mail_domain)
    rows = connection.execute(select(officer).where(officer.c.id.in_(recipients)).order_by(officer.c.id)).all()
    persons = {row.email.lower(): row for row in reversed(rows)}
    for row in persons.values():
        key = f"{LetterKind.BOUNCED}-{opened.seq}-{row.id}"
        connection.execute(
            insert(letter),
            {
                "key": key,
                "kind": LetterKind.BOUNCED,
                "officer_id": row.id,
                "unit_id": row.unit_id,
                "to_address": row.email,
                "to_name": row.name,
                "message_id": f"<{key}@{id_domain}>",
                "day": day,
                "created_at": now,
                "entry": opened.seq,
                "state": LetterState.NEW,
                "attempts": 0,
            },
        )
    return len(persons)


def _units(connection: Connection, officer_ids: Collection[int]) -> tuple[int, ...]:
    chosen = select(officer.c.unit_id).where(officer.c.id.in_(officer_ids)).distinct().order_by(officer.c.unit_id)
    return tuple(connection.execute(chosen).scalars())


def _nearest(connection: Connection, unit_id: int, day: date) -> tuple[int, ...]:
    """Give whom to tell of a unit's dead address: at the first unit above it, else itself, where somebody is there."""
    path = connection.execute(
        select(unit_version.c.path).where(unit_version.c.unit_id == unit_id, holds(unit_version, day))
    ).scalar()
    chain = unit_ids(path) if path else (unit_id,)
    serving: dict[int, list[tuple[bool, int]]] = defaultdict(list)
    there = speaking(day)
    for row in connection.execute(select(there).where(there.c.unit_id.in_(chain))):
        serving[row.unit_id].append((row.role != OfficerRole.FOCAL, row.officer_id))
    for above in (*reversed(chain[:-1]), chain[-1]):
        if serving[above]:
            return (min(serving[above])[1],)
    return ()
