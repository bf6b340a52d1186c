"""The switch of all mail: while it is off, letters are written and wait, and nothing leaves. Every turn is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from dondoc.errors import InvalidInput, Refused
from dondoc.operations.ledger import entry
from models.session import Database
from models.tables.letters import mail_switch
from policies.workdays import ZONE

_NEWEST = (
    select(mail_switch.c.off, mail_switch.c.at, mail_switch.c.actor, mail_switch.c.reason)
    .order_by(mail_switch.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class MailSwitch:
    """How the switch stands: turned by whom, when (Vietnam's clock) and why; None of these where nobody turned it."""

    off: bool
    at: datetime | None = None
    by: str | None = None
    why: str | None = None


def mail_switch_of(connection: Connection) -> MailSwitch:
    """Give how the switch stands. Mail is on until somebody turns it off."""
    row = connection.execute(_NEWEST).one_or_none()
    return MailSwitch(row.off, row.at.astimezone(ZONE), row.actor, row.reason) if row else MailSwitch(off=False)


def turn_mail(database: Database, *, off: bool, by: str, why: str, now: datetime) -> MailSwitch:
    """Turn all mail off, or on again. A delivery that is at work ends with the batch it holds.

    Raises InvalidInput without a reason, or who gives it; Refused where it stands so already.
    """
    if not by.strip():
        raise InvalidInput("say who does it: it is kept in the ledger", where="--by")
    reason = " ".join(why.split())
    if not reason:
        raise InvalidInput("say why, in words: it is kept in the ledger", where="--why")
    with database.writing() as connection:
        standing = mail_switch_of(connection)
        if standing.off == off:
            raise Refused(f"mail is {'off' if off else 'on'} already", where="mail")
        act = "mail_off" if off else "mail_on"
        with entry(connection, at=now, actor=by, act=act, detail={"reason": reason}) as opened:
            opened.commits(mail_switch)
            turned = {"at": now, "actor": by, "off": off, "reason": reason, "entry": opened.seq}
            connection.execute(insert(mail_switch), turned)
    return MailSwitch(off, now, by, reason)
