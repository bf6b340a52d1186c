"""Addresses that take no letter any more: marked when a server says so for good, told to the office, and restored.

Nothing is written to a marked address: the ladder goes on to whoever is next, and says so.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from dondoc.errors import InvalidInput, NotFound
from dondoc.mail.dsn import DeliveryReport, delivery_reports
from dondoc.mail.harmless import harmless_text
from dondoc.operations.bounce_letters import tell_offices
from dondoc.operations.ledger import Entry, entry
from models.session import Database
from models.tables.letters import bounce, letter
from models.tables.units import officer, unit
from policies.delivery import address_is_dead
from policies.workdays import ZONE

DIAGNOSTIC_LIMIT = 300
"""Characters kept of what a server said."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A server's last word on a letter to an address: RFC 3463's status, its reply, and the digest of what said so."""

    letter_id: int
    address: str
    status: str
    diagnostic: str
    source_sha256: str


@dataclass(frozen=True, slots=True)
class BounceResult:
    """What a reading found: reports, addresses newly marked, reports of no letter of ours or that change nothing.

    `not_reports` are messages of another kind, left as they were; `letters` were written to tell offices.
    """

    reports: int
    marked: int
    unknown: int
    not_reports: int
    letters: int


def read_bounces(
    database: Database,
    messages: Iterable[bytes],
    now: datetime,
    *,
    mail_domain: str,
    actor: str = "dondoc mail bounces",
) -> BounceResult:
    """Take in reports of failed delivery. The same message read again adds nothing.

    1. Read each message; find our letter by a Message-ID that the report names, and its recipient's address.
    2. A final refusal that speaks of the address marks it; a delay, a full mailbox or a policy does not.
    3. Tell the office of each address that was marked, in one letter a recipient.
    """
    found, not_reports = [], 0
    for content in messages:
        reports = delivery_reports(content)
        not_reports += not reports
        found += [(one, hashlib.sha256(content).hexdigest()) for one in reports]
    if not found:
        return BounceResult(0, 0, 0, not_reports, 0)
    with database.writing() as connection:
        refusals = [refusal for one, digest in found for refusal in _about(connection, one, digest)]
        with entry(connection, at=now, actor=actor, act="bounced") as opened:
            marked = mark_dead(connection, opened, refusals, now)
            if not marked:
                opened.abandon()
            letters = tell_offices(connection, opened, marked, now, mail_domain) if marked else 0
    return BounceResult(len(found), len(marked), len(found) - len(refusals), not_reports, letters)


def _about(connection: Connection, report: DeliveryReport, digest: str) -> Sequence[Refusal]:
    """Find the letter that a final report is about: ours by its Message-ID, and to that address."""
    if not report.is_final or not report.letters:
        return ()
    row = connection.execute(
        select(letter.c.id, letter.c.to_address)
        .where(letter.c.message_id.in_(report.letters))
        .where(func.lower(letter.c.to_address) == report.recipient.lower())
        .order_by(letter.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return ()
    return (Refusal(row.id, row.to_address, report.status, report.diagnostic, digest),)


def mark_dead(connection: Connection, opened: Entry, refusals: Sequence[Refusal], now: datetime) -> tuple[int, ...]:
    """Mark the officers whose address is dead by these refusals; give the ids of the officers that were not yet.

    Every officer who serves under the address is marked, in whatever unit: it is one mailbox. An address that was
    corrected since the letter left is not meant, nor one that was restored since the same report was read.
    """
    said = [one for one in refusals if address_is_dead(one.status)]
    if not said:
        return ()
    served = connection.execute(
        select(officer.c.id, officer.c.email)
        .where(func.lower(officer.c.email).in_({one.address.lower() for one in said}))
        .where(officer.c.bounced_at.is_(None), officer.c.valid_to.is_(None))
        .order_by(officer.c.id)
    ).all()
    heard = _heard(connection, [row.id for row in served])
    marked = {
        row.id: (row.email, one)
        for row in served
        for one in said
        if one.address.lower() == row.email.lower() and (row.id, one.source_sha256) not in heard
    }
    if not marked:
        return ()
    opened.commits(bounce)
    rows = [_row(one, officer_id, email, now, opened.seq) for officer_id, (email, one) in marked.items()]
    connection.execute(insert(bounce), rows)
    connection.execute(update(officer).where(officer.c.id.in_(marked)).values(bounced_at=now))
    opened.detail["addresses"] = sorted({email for email, _ in marked.values()})
    return tuple(marked)


def _heard(connection: Connection, officer_ids: Sequence[int]) -> set[tuple[int, str]]:
    """Give which reports marked these officers before."""
    known = select(bounce.c.officer_id, bounce.c.source_sha256).where(bounce.c.officer_id.in_(officer_ids))
    return set(connection.execute(known).tuples())


def _row(refusal: Refusal, officer_id: int, address: str, now: datetime, seq: int) -> dict[str, Any]:
    return {
        "officer_id": officer_id,
        "letter_id": refusal.letter_id,
        "address": address,
        "at": now,
        "status": refusal.status,
        "diagnostic": harmless_text(refusal.diagnostic, DIAGNOSTIC_LIMIT),
        "source_sha256": refusal.source_sha256,
        "entry": seq,
    }


@dataclass(frozen=True, slots=True)
class DeadAddress:
    """An address that takes no letters, since when, and what a server said of it."""

    address: str
    unit: str
    role: str
    at: datetime
    status: str
    diagnostic: str

    def as_json(self) -> dict[str, Any]:
        """Give the fields of `dondoc mail show --json`."""
        return asdict(self)


def dead_addresses(connection: Connection) -> tuple[DeadAddress, ...]:
    """List the officers in office whose address is marked, by unit and role."""
    latest = select(bounce.c.officer_id, func.max(bounce.c.id).label("id")).group_by(bounce.c.officer_id).subquery()
    rows = connection.execute(
        select(officer.c.email, unit.c.code, officer.c.role, officer.c.bounced_at)
        .add_columns(bounce.c.status, bounce.c.diagnostic)
        .join(unit, unit.c.id == officer.c.unit_id)
        .outerjoin(latest, latest.c.officer_id == officer.c.id)
        .outerjoin(bounce, bounce.c.id == latest.c.id)
        .where(officer.c.bounced_at.is_not(None), officer.c.valid_to.is_(None))
        .order_by(unit.c.code, officer.c.role)
    )
    return tuple(
        DeadAddress(
            row.email, row.code, row.role, row.bounced_at.astimezone(ZONE), row.status or "", row.diagnostic or ""
        )
        for row in rows
    )


def restore_address(database: Database, address: str, *, by: str, why: str, now: datetime) -> int:
    """Let letters go to an address again that was marked; give how many officers it serves.

    Raises NotFound where no officer with a marked address has it; InvalidInput without a reason, or who gives it.
    """
    if not by.strip():
        raise InvalidInput("say who does it: it is kept in the ledger", where="--by")
    reason = " ".join(why.split())
    if not reason:
        raise InvalidInput("say why, in words: it is kept in the ledger", where="--why")
    with database.writing() as connection:
        marked = (func.lower(officer.c.email) == address.strip().lower()) & officer.c.bounced_at.is_not(None)
        ids = connection.execute(select(officer.c.id).where(marked)).scalars().all()
        if not ids:
            raise NotFound(f"no officer has a marked address {address!r}; see: dondoc mail show")
        with entry(connection, at=now, actor=by, act="address_restored") as opened:
            opened.detail |= {"address": address.strip(), "reason": reason, "officers": len(ids)}
            connection.execute(update(officer).where(officer.c.id.in_(ids)).values(bounced_at=None))
    return len(ids)
