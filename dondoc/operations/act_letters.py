"""Letters that an act causes: one to each officer whom it concerns, written to the outbox with the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, bindparam, insert, select

from dondoc.operations.acts_standing import Actor, Standing
from dondoc.operations.ledger import Entry
from dondoc.operations.message_ids import message_id_domain
from dondoc.operations.standing_in import speaking
from models.tables.letters import letter, notice
from models.tables.units import officer
from models.vocabulary import Act, LetterKind, LetterState, OfficerRole, Side
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class _Call:
    """Whom an act's letter goes to: officers of these roles, on this side."""

    kind: LetterKind
    side: Side
    roles: tuple[OfficerRole, ...]


@dataclass(frozen=True, slots=True)
class ActDone:
    """An act as it was written: on what, by whom, when."""

    act: Act
    act_id: int
    standing: Standing
    actor: Actor
    now: datetime


@dataclass(frozen=True, slots=True)
class _Recipient:
    """Somebody who is written to for a unit today: an officer of it, or the substitute of one."""

    officer_id: int
    unit_id: int
    role: str
    name: str
    email: str


_CALLS: Mapping[Act, _Call] = {
    Act.CONFIRM: _Call(LetterKind.CONFIRMED, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.RETURN: _Call(LetterKind.RETURNED, Side.UNIT, (OfficerRole.FOCAL, OfficerRole.HEAD)),
    Act.EXTEND: _Call(LetterKind.EXTENSION, Side.OFFICE, (OfficerRole.FOCAL,)),
    Act.GRANT: _Call(LetterKind.EXTENSION, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.REFUSE: _Call(LetterKind.EXTENSION, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.COUNTER: _Call(LetterKind.EXTENSION, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.ACCEPT: _Call(LetterKind.EXTENSION, Side.OFFICE, (OfficerRole.FOCAL,)),
    Act.DECLINE: _Call(LetterKind.EXTENSION, Side.OFFICE, (OfficerRole.FOCAL,)),
    Act.OBSTACLE: _Call(LetterKind.OBSTACLE, Side.OFFICE, (OfficerRole.FOCAL,)),
    Act.ANSWER: _Call(LetterKind.OBSTACLE, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.SUSPEND: _Call(LetterKind.EXTENSION, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.RESUME: _Call(LetterKind.EXTENSION, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.WAIVE: _Call(LetterKind.REVOKED, Side.UNIT, (OfficerRole.FOCAL,)),
    Act.CANCEL: _Call(LetterKind.REVOKED, Side.UNIT, (OfficerRole.FOCAL,)),
}
_INSERT_LETTER = insert(letter).returning(letter.c.id)
_INSERT_NOTICE = insert(notice)
_DAY: Any = bindparam("day", type_=Date)
_there = speaking(_DAY)
_SERVING = (
    select(officer.c.id, _there.c.unit_id, _there.c.role, officer.c.name, officer.c.email)
    .join(_there, _there.c.officer_id == officer.c.id)
    .where(_there.c.unit_id.in_(bindparam("units", expanding=True)))
    .order_by(officer.c.id)
)


def write_act_letters(connection: Connection, opened: Entry, done: ActDone, mail_domain: str) -> int:
    """Write the letters of an act; give how many. Who acted is not told of it.

    A request goes to the office that receives, or where nobody serves there, to the issuer. A unit that lacks the role
    is told by whoever serves it.
    """
    call = _CALLS.get(done.act)
    if call is None:
        return 0
    day = done.now.astimezone(ZONE).date()
    recipients = _recipients(connection, call, done, day)
    if not recipients:
        return 0
    opened.commits(letter, notice)
    id_domain = message_id_domain(opened, done.now, mail_domain)
    for one in recipients:
        key = f"{call.kind.value}-{done.act_id}-{one.officer_id}"
        values = {
            "key": key,
            "kind": call.kind,
            "officer_id": one.officer_id,
            "unit_id": one.unit_id,
            "directive_id": done.standing.directive_id,
            "to_address": one.email,
            "to_name": one.name,
            "message_id": f"<{key}@{id_domain}>",
            "day": day,
            "created_at": done.now,
            "entry": opened.seq,
            "state": LetterState.NEW,
            "attempts": 0,
        }
        about = {
            "letter_id": connection.execute(_INSERT_LETTER, values).scalar_one(),
            "assignment_id": done.standing.assignment_id,
            "act_id": done.act_id,
            "level": 0 if call.side is Side.UNIT else done.standing.levels,
            "entry": opened.seq,
        }
        connection.execute(_INSERT_NOTICE, about)
    return len(recipients)


def _recipients(connection: Connection, call: _Call, done: ActDone, day: date) -> list[_Recipient]:
    """Choose the recipients, one a person."""
    offices = done.standing.offices
    units = [offices.unit_id] if call.side is Side.UNIT else list(dict.fromkeys((offices.lead_id, offices.issuer_id)))
    serving = [_Recipient(*row) for row in connection.execute(_SERVING, {"units": units, "day": day})]
    for unit_id in units:
        here = [one for one in serving if one.unit_id == unit_id]
        chosen = [one for one in here if one.role in call.roles] or here[:1]
        if chosen:
            persons: dict[str, _Recipient] = {}
            for one in chosen:
                persons.setdefault(one.email.lower(), one)
            return [one for one in persons.values() if not done.actor.is_person(one.email)]
    return []
