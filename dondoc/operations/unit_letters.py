"""One letter to each unit of a set, from an operation that concerns many units at once, as a prepared SELECT.

Who is told is a unit's focal officer, or its head where it has none; units that have neither are named.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Date, Select, String, bindparam, cast, exists, literal, select, union_all
from sqlalchemy.types import BigInteger, Integer

from dondoc.operations.ledger import Entry
from dondoc.operations.message_ids import message_id_domain
from dondoc.operations.standing_in import ABSENT, present, stand_ins
from models.tables.columns import UTCDateTime
from models.tables.letters import letter
from models.tables.units import officer, unit
from models.vocabulary import LetterKind, LetterState, OfficerRole
from policies.workdays import ZONE

LETTER_COLUMNS = (
    "key", "kind", "officer_id", "unit_id", "directive_id", "to_address", "to_name", "message_id",
    "day", "created_at", "entry", "state", "attempts",
)  # fmt: skip

NOW = bindparam("now", type_=UTCDateTime)
SEQ = bindparam("seq", type_=BigInteger)
DIRECTIVE = bindparam("directive", type_=BigInteger)
_DAY = bindparam("day", type_=Date)

MOST_SILENT = 20
"""Units without an officer that an entry names; it counts all of them."""


def letters_to(units: Select[Any], kind: LetterKind) -> CompoundSelect[Any]:
    """Select LETTER_COLUMNS for the officers of `units` (a select of unit ids), by the parameters `letter_facts`.

    For a focal officer who is away the substitute is told, in a letter about the unit that it stands in for.
    """
    told, other, in_place = units.subquery(), officer.alias(), officer.c.unit_id
    stand_in = stand_ins(_DAY).where(ABSENT.c.role == OfficerRole.FOCAL).subquery("stand_in")
    focal = other.c.role == OfficerRole.FOCAL
    has_focal = exists().where(other.c.unit_id == in_place, focal, present(other, _DAY))
    is_stood_in = exists().where(stand_in.c.unit_id == in_place)
    key = bindparam("key_start", type_=String) + cast(officer.c.id, String)
    own = (
        _letters(in_place, key, kind)
        .join(told, told.c.unit_id == in_place)
        .where(present(officer, _DAY))
        .where((officer.c.role == OfficerRole.FOCAL) | ~(has_focal | is_stood_in))
    )
    # One person may stand in for several units: the unit is in the key.
    others = (
        _letters(stand_in.c.unit_id, key + literal("-") + cast(stand_in.c.unit_id, String), kind)
        .join(stand_in, stand_in.c.officer_id == officer.c.id)
        # The sum keeps the planner from looking at every unit: it begins with who is away, mostly nobody.
        .where((stand_in.c.unit_id + 0).in_(units))
    )
    return union_all(own, others).order_by("id")


def _letters(unit_id: Any, key: Any, kind: LetterKind) -> Select[Any]:
    return select(
        key,
        literal(kind.value),
        officer.c.id,
        unit_id,
        DIRECTIVE,
        officer.c.email,
        officer.c.name,
        literal("<") + key + bindparam("domain", type_=String),
        _DAY,
        NOW,
        SEQ,
        literal(LetterState.NEW.value),
        literal(0, Integer),
    )


def silent_of(units: Select[Any]) -> Select[tuple[str]]:
    """Select the codes of the first MOST_SILENT of `units` to which entry `seq` wrote no letter."""
    return (
        select(unit.c.code)
        .where(unit.c.id.in_(units))
        .where(unit.c.id.not_in(select(letter.c.unit_id).where(letter.c.entry == SEQ)))
        .order_by(unit.c.code)
        .limit(MOST_SILENT)
    )


def letter_facts(
    opened: Entry, kind: LetterKind, directive_id: int | None, now: datetime, mail_domain: str
) -> dict[str, Any]:
    """Give the parameters of `letters_to`; the entry's number is in the key: what comes later has a letter of its own.

    `directive_id` is None for letters about several. Raise InvalidInput for a sender's domain that is none.
    """
    return {
        "directive": directive_id,
        "key_start": f"{kind}-{directive_id or 0}-{opened.seq}-",
        "domain": f"@{message_id_domain(opened, now, mail_domain)}>",
        "day": now.astimezone(ZONE).date(),
        "now": now,
        "seq": opened.seq,
    }
