"""End a directive: what is open under it is cancelled, whoever had something open is told, all of its record stays."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, distinct, func, select

from dondoc.errors import InvalidInput, Refused
from dondoc.operations.acts_standing import Actor, find_actor
from dondoc.operations.bulk_acts import apply_to_set, ended_as, refuse_dated_back
from dondoc.operations.ledger import Entry
from dondoc.operations.named import NamedDirective
from dondoc.operations.rows import insert_row
from dondoc.operations.successors import acting_units, code_of, without_successor
from dondoc.operations.unit_letters import LETTER_COLUMNS, SEQ, letter_facts, letters_to, silent_of
from models.dialects import insert_new
from models.tables.assignments import act, assignment, carry
from models.tables.directives import directive, directive_basis, directive_end, obligation
from models.tables.letters import letter
from models.tables.units import unit
from models.vocabulary import Act, DirectiveState, LetterKind, Side, State
from policies.access import OfficeFacts
from policies.status import ENDED
from policies.workdays import ZONE

_TOLD = (
    select(assignment.c.unit_id)
    .join(act, act.c.assignment_id == assignment.c.id)
    .where(act.c.entry == SEQ, act.c.act == Act.CANCEL.value)
    .distinct()
)
"""The units whose open assignments an entry cancelled."""

_HANDED_IN = (
    select(func.count())
    .select_from(act)
    .where(act.c.entry == SEQ, act.c.act == Act.CANCEL.value, act.c.state_before == State.SUBMITTED.value)
    .where(act.c.assignment_id.not_in(select(carry.c.from_assignment_id).where(carry.c.entry == SEQ)))
)
"""How many results an entry cancelled that were handed in and carried nowhere."""


@dataclass(frozen=True, slots=True)
class EndAct:
    """Who ends a directive, when, why, and what takes its place (None: nothing)."""

    actor: Actor
    now: datetime
    why: str
    state: DirectiveState
    replaced_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """What ending a directive did: assignments cancelled, letters, and units with nobody to write to (the first ones).

    `handed_in` of those cancelled waited for their confirmation, and nothing took that over.
    `derived` are the directives in force that implement it, by number: they stand until their own issuers end them.
    """

    cancelled: int
    letters: int
    silent: int
    silent_codes: tuple[str, ...]
    derived: tuple[str, ...]
    handed_in: int = 0

    def said(self) -> dict[str, Any]:
        """Give what the ledger says of it."""
        said = {
            "cancelled": self.cancelled,
            "letters": self.letters,
            "silent": self.silent,
            "handed_in": self.handed_in,
        }
        lists = {"silent_codes": list(self.silent_codes), "derived": list(self.derived)}
        return said | {name: value for name, value in lists.items() if value}


def find_end(connection: Connection, found: NamedDirective) -> Any:
    """Give how a directive ended: a row of state, at and the number of what replaced it; None while it is in force."""
    successor = directive.alias()
    return connection.execute(
        select(directive_end.c.state, directive_end.c.at, successor.c.number)
        .outerjoin(successor, successor.c.id == directive_end.c.replaced_by_id)
        .where(directive_end.c.directive_id == found.id)
    ).one_or_none()


def find_issuing_officer(connection: Connection, email: str, found: NamedDirective, now: datetime) -> Actor:
    """Find the officer who ends a directive: of its issuer, or of who acts for that on the day.

    Raise NotFound for an unknown address, Refused for another unit's.
    """
    day = now.astimezone(ZONE).date()
    issuer = acting_units(connection, [found.issuer_id], day)[found.issuer_id]
    actor = find_actor(connection, email, OfficeFacts(issuer, issuer, issuer), Side.OFFICE, now)
    if Side.OFFICE not in actor.sides:
        whose = f"{found.issuer_code}, which issued it"
        if issuer != found.issuer_id:
            whose = f"{code_of(connection, issuer)}, which succeeds {whose}"
        words = f"only an officer of {whose}, may end {found.number}"
        raise Refused("; ".join((words, *without_successor(connection, [issuer], day))), where=email)
    return actor


def checked_reason(why: str, where: str = "--why") -> str:
    """Give a reason as it is kept. Raise InvalidInput for `where` if it says nothing."""
    words = " ".join(unicodedata.normalize("NFC", why).replace("\x00", "").split())
    if not words:
        raise InvalidInput("it needs a reason in words", where=where)
    return words


def end_directive(
    connection: Connection, opened: Entry, found: NamedDirective, ending: EndAct, mail_domain: str
) -> Ended:
    """End a directive in force, under the caller's entry. Raise Refused to date it back.

    1. Cancel every assignment of it that has not ended.
    2. Write the end itself.
    3. Write one letter to each unit that had something open: to its focal officer, else its head.
    4. Look for what was derived from it.
    """
    now = ending.now
    its_own = select(obligation.c.id).where(obligation.c.directive_id == found.id)
    _refuse_dated_back(connection, found, its_own, now)
    open_ones = select(assignment.c.id, *ended_as(State.CANCELLED)).where(
        assignment.c.obligation_id.in_(its_own), assignment.c.state.not_in([state.value for state in ENDED])
    )
    cancelled = apply_to_set(
        connection, opened, Act.CANCEL, open_ones, officer_id=ending.actor.officer_id, now=now, reason=ending.why
    )
    opened.commits(directive_end)
    insert_row(
        connection,
        directive_end,
        directive_id=found.id,
        state=ending.state,
        at=now,
        replaced_by_id=ending.replaced_by_id,
        reason=ending.why,
        entry=opened.seq,
    )
    letters, silent, codes = _tell(connection, opened, found, now, mail_domain) if cancelled else (0, 0, ())
    handed_in = connection.execute(_HANDED_IN, {"seq": opened.seq}).scalar_one() if cancelled else 0
    return Ended(cancelled, letters, silent, codes, _derived(connection, found), handed_in)


def _refuse_dated_back(connection: Connection, found: NamedDirective, its_own: Select[Any], now: datetime) -> None:
    registered_at = connection.execute(select(directive.c.registered_at).where(directive.c.id == found.id)).scalar_one()
    if now < registered_at:
        raise Refused(f"{found.number} was registered after that: an end is not dated back")
    # Also what has ended since: at the moment dated back to, it was open.
    refuse_dated_back(connection, select(assignment.c.id).where(assignment.c.obligation_id.in_(its_own)), now)


def _tell(
    connection: Connection, opened: Entry, found: NamedDirective, now: datetime, mail_domain: str
) -> tuple[int, int, tuple[str, ...]]:
    """Write the letters; give their number, how many units could not be told, and the first of those."""
    rows = letters_to(_TOLD, LetterKind.REVOKED)
    facts = letter_facts(opened, LetterKind.REVOKED, found.id, now, mail_domain)
    connection.execute(insert_new(connection.dialect.name, letter, LETTER_COLUMNS, rows), facts)
    seq = {"seq": opened.seq}
    written, told = connection.execute(
        select(func.count(), func.count(distinct(letter.c.unit_id))).where(letter.c.entry == SEQ), seq
    ).one()
    if written:
        opened.commits(letter)
    concerned = connection.execute(select(func.count()).select_from(_TOLD.subquery()), seq).scalar_one()
    silent = concerned - told
    return written, silent, tuple(connection.execute(silent_of(_TOLD), seq).scalars()) if silent else ()


def _derived(connection: Connection, found: NamedDirective) -> tuple[str, ...]:
    """Give the directives in force that name it as their basis and were issued by a unit that it was given to."""
    given = (
        select(assignment.c.unit_id)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .where(obligation.c.directive_id == found.id)
    )
    statement = (
        select(directive.c.number, unit.c.code)
        .join(directive_basis, directive_basis.c.directive_id == directive.c.id)
        .join(unit, unit.c.id == directive.c.issuer_id)
        .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
        .where(directive_basis.c.number == found.number, directive_end.c.id.is_(None))
        .where(directive.c.issuer_id.in_(given), directive.c.issued_on >= found.issued_on)
        .order_by(directive.c.issued_on, directive.c.id)
    )
    return tuple(f"{row.number}@{row.code}" for row in connection.execute(statement))
