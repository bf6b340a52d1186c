"""Who is sending which letter right now: a batch is leased, and a lease that ran out leaves its letters in doubt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, insert, select

from dondoc.operations.attempts import Attempt, record_attempts
from dondoc.operations.ledger import entry
from models.tables.letters import delivery_attempt, letter, letter_lease
from models.vocabulary import LetterState
from policies.delivery import THROTTLE_WINDOW, Throttle, next_try

LEASE = timedelta(minutes=10)
"""After this a letter whose deliverer fell silent is in doubt: it is repeated once under its Message-ID."""

WAITING = (LetterState.NEW.value, LetterState.RETRY.value, LetterState.AMBIGUOUS.value)


@dataclass(frozen=True, slots=True)
class Leased:
    """A letter to send: its attempts in all, those since a person put it back, and whether one of these is in doubt."""

    id: int
    attempts: int
    tries: int
    was_ambiguous: bool


def lease(  # noqa: PLR0913 (for whom, what waits, from when, how many, how fast)
    connection: Connection, owner: str, *, due: datetime, now: datetime, size: int, per_domain: int | None = None
) -> Sequence[Leased]:
    """Lease to `owner`, from `now`, up to `size` letters that wait at `due` and that nobody else is sending.

    `per_domain`: no more letters than these to one recipient domain within the policy's window; the rest waits.
    """
    found = departing(connection, due=due, now=now, size=size, per_domain=per_domain)
    if found:
        leases = [{"letter_id": one.id, "owner": owner, "until": now + LEASE} for one in found]
        connection.execute(insert(letter_lease), leases)
    return found


def departing(
    connection: Connection, *, due: datetime, now: datetime, size: int | None, per_domain: int | None
) -> Sequence[Leased]:
    """Give the letters that `lease` would take; `size` None: all of them."""
    throttle = Throttle(per_domain, _lately(connection, now) if per_domain is not None else Counter())
    rows = connection.execute(_waiting(due) if per_domain is not None else _waiting(due).limit(size))
    admitted = (row for row in rows if throttle.admits(row.to_address))
    found = [Leased(row.id, row.attempts, row.tries, row.was_ambiguous) for row in islice(admitted, size)]
    rows.close()
    return found


def count_waiting(connection: Connection, due: datetime) -> int:
    """Give how many letters wait at `due` and nobody is sending."""
    return connection.execute(select(func.count()).select_from(_waiting(due).order_by(None).subquery())).scalar_one()


def _waiting(due: datetime) -> Select[Any]:
    held = exists().where(letter_lease.c.letter_id == letter.c.id)
    return (
        _letters()
        .where(letter.c.state.in_(WAITING))
        .where((letter.c.state == LetterState.NEW) | (letter.c.next_try_at <= due))
        .where(~held)
        .order_by(letter.c.id)
    )


def _lately(connection: Connection, now: datetime) -> Counter[str]:
    """Count by recipient domain what was handed over, or is being handed over, within the policy's window."""
    tried = (
        select(letter.c.to_address)
        .join(delivery_attempt, delivery_attempt.c.letter_id == letter.c.id)
        .where(delivery_attempt.c.at > now - THROTTLE_WINDOW, delivery_attempt.c.content_sha256.is_not(None))
    )
    leased = select(letter.c.to_address).join(letter_lease, letter_lease.c.letter_id == letter.c.id)
    addresses = connection.execute(tried.union_all(leased)).scalars()
    return Counter(address.rpartition("@")[2].lower() for address in addresses)


def doubt_silent(connection: Connection, now: datetime, actor: str) -> int:
    """Record an attempt in doubt for each letter whose lease ran out by `now`, and end these leases; give how many."""
    ran_out = letter_lease.c.until <= now
    silent = _letters().join(letter_lease, letter_lease.c.letter_id == letter.c.id).where(ran_out)
    rows = connection.execute(silent.order_by(letter.c.id))
    found = [Leased(row.id, row.attempts, row.tries, row.was_ambiguous) for row in rows]
    if not found:
        return 0
    with entry(connection, at=now, actor=actor, act="doubted") as opened:
        attempts = []
        for one in found:
            decided = next_try(one.id, LetterState.AMBIGUOUS, one.tries + 1, one.was_ambiguous, now)
            said = "who was sending it fell silent; it may have left"
            attempts.append(Attempt(one.id, one.attempts + 1, now, decided.state, said, decided.at))
        record_attempts(connection, opened, attempts)
        connection.execute(delete(letter_lease).where(ran_out))
    return len(found)


def _letters() -> Select[Any]:
    """Select letters as `Leased` has them."""
    of_letter = delivery_attempt.c.letter_id == letter.c.id
    put_back = (
        select(func.coalesce(func.max(delivery_attempt.c.attempt), 0))
        .where(of_letter, delivery_attempt.c.result == LetterState.NEW)
        .correlate(letter)
        .scalar_subquery()
    )
    in_doubt = exists().where(
        of_letter, delivery_attempt.c.result == LetterState.AMBIGUOUS, delivery_attempt.c.attempt > put_back
    )
    return select(
        letter.c.id,
        letter.c.to_address,
        letter.c.attempts,
        (letter.c.attempts - put_back).label("tries"),
        in_doubt.correlate(letter).label("was_ambiguous"),
    )
