"""Who is away from when until when, and who stands in (ký thay, KT.): kept as a register that the ledger proves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from dondoc.errors import Conflict, InvalidInput, NotFound
from dondoc.operations.ledger import entry
from dondoc.operations.unit_list import holds
from models.session import Database
from models.tables.units import absence, officer, unit
from policies.workdays import ZONE

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Absence:
    """One absence as registered, both days included; `units` are the codes of those the officer serves."""

    email: str
    first: date
    last: date
    substitute: str | None
    units: tuple[str, ...]
    new: bool


def send_away(  # noqa: PLR0913 (who is away, when, who stands in, and who says so)
    database: Database,
    email: str,
    *,
    first: date,
    last: date,
    now: datetime,
    actor: str,
    substitute: str | None = None,
    basis: str | None = None,
) -> Absence:
    """Register that an officer is away from `first` to `last`, both included; the same again changes nothing.

    1. Find the officer in each unit served on the first day, and the substitute: of the same unit where there is one.
    2. Refuse what cannot be: days in the wrong order or over, a substitute who is away too, a second absence at a time.
    3. Write the rows, and commit the ledger to the registers as they then stand.

    Raise NotFound (an address that nobody has that day), InvalidInput, or Conflict naming the absence that stands.
    """
    today = now.astimezone(ZONE).date()
    if last < first:
        raise InvalidInput(f"{last.isoformat()} lies before {first.isoformat()}", where="--until")
    if last < today:
        raise InvalidInput(f"{last.isoformat()} is over; nobody is written to in the past", where="--until")
    with database.writing() as connection:
        officers = _officers(connection, email, first)
        others = _officers(connection, substitute, first) if substitute else []
        if {one.email for one in officers} & {one.email for one in others}:
            raise InvalidInput("nobody stands in for themselves; name another officer", where="--substitute")
        _refuse_overlap(connection, others, first, last, "who is to stand in is away too")
        rows = [
            {
                "officer_id": one.id,
                "substitute_id": _stand_in(others, one.unit_id),
                "valid_from": first,
                "valid_to": last + ONE_DAY,
                "basis": basis,
            }
            for one in officers
        ]
        found = Absence(
            officers[0].email,
            first,
            last,
            others[0].email if others else None,
            tuple(row.code for row in officers),
            True,
        )
        if _is_known(connection, rows):
            return Absence(found.email, first, last, found.substitute, found.units, new=False)
        _refuse_overlap(connection, officers, first, last, "it is away already; end that first: dondoc units back")
        detail = {"email": found.email, "from": first, "to": last, "substitute": found.substitute, "basis": basis}
        with entry(connection, at=now, actor=actor, act="officer away", detail=detail) as opened:
            connection.execute(insert(absence), rows)
            opened.commits_registers()
    return found


def call_back(database: Database, email: str, *, now: datetime, actor: str) -> int:
    """End the absences of an officer that have not ended by themselves, as of today; give how many.

    One that has not begun never does. Raise NotFound when the address is nobody's, or is not away.
    """
    today = now.astimezone(ZONE).date()
    with database.writing() as connection:
        officers = _officers(connection, email, today)
        standing = connection.execute(
            select(absence.c.id, absence.c.valid_from).where(
                absence.c.officer_id.in_([one.id for one in officers]),
                absence.c.valid_to > today,
                absence.c.valid_to > absence.c.valid_from,
            )
        ).all()
        if not standing:
            raise NotFound(f"{officers[0].email} is not away on {today.isoformat()}, and no absence is to come")
        with entry(connection, at=now, actor=actor, act="officer back", detail={"email": officers[0].email}) as opened:
            for row in standing:
                ended = update(absence).where(absence.c.id == row.id)
                connection.execute(ended.values(valid_to=max(today, row.valid_from)))
            opened.commits_registers()
    return len(standing)


def _officers(connection: Connection, email: str, on: date) -> list[Row[Any]]:
    address = email.strip()
    statement = (
        select(officer.c.id, officer.c.unit_id, officer.c.email, unit.c.code)
        .join(unit, unit.c.id == officer.c.unit_id)
        .where(officer.c.email.in_([address, address.lower()]), holds(officer, on))
        .order_by(officer.c.id)
    )
    found = list(connection.execute(statement))
    if not found:
        raise NotFound(f"no officer has the address {address!r} on {on.isoformat()}; see: dondoc units list --json")
    return found


def _stand_in(others: list[Row[Any]], unit_id: int) -> int | None:
    """Choose under which of its offices the substitute stands in: that of the same unit, else the first."""
    return next((one.id for one in others if one.unit_id == unit_id), others[0].id if others else None)


def _is_known(connection: Connection, rows: list[dict[str, Any]]) -> bool:
    columns = [absence.c[name] for name in rows[0]]
    kept = select(*columns).where(absence.c.officer_id.in_([row["officer_id"] for row in rows]))
    known = {tuple(row) for row in connection.execute(kept)}
    return all(tuple(row.values()) in known for row in rows)


def _refuse_overlap(connection: Connection, officers: list[Row[Any]], first: date, last: date, what: str) -> None:
    standing = connection.execute(
        select(absence, officer.c.email)
        .join(officer, officer.c.id == absence.c.officer_id)
        .where(absence.c.officer_id.in_([one.id for one in officers]))
        .where(absence.c.valid_from <= last, absence.c.valid_to > first, absence.c.valid_to > absence.c.valid_from)
        .limit(1)
    ).one_or_none()
    if standing is not None:
        until = standing.valid_to - ONE_DAY
        raise Conflict(f"{standing.email} is away from {standing.valid_from} to {until}: {what}")
