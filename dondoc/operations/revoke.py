"""Revoke a directive: what is open under it ends, and who owed it is told; what was done keeps its record."""

from dataclasses import dataclass
from datetime import datetime

from dondoc.errors import Refused
from dondoc.operations.directive_ending import (
    EndAct,
    Ended,
    checked_reason,
    end_directive,
    find_end,
    find_issuing_officer,
)
from dondoc.operations.ledger import entry
from dondoc.operations.named import named_directive
from dondoc.operations.rules import Rules
from models.session import Database
from models.vocabulary import DirectiveState
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class Revoked:
    """A directive that is revoked. `new` is False where it had been before, and nothing was done."""

    number: str
    new: bool
    ended: Ended


def revoke(  # noqa: PLR0913 (who ends what, when, why and by which rules)
    database: Database, reference: str, *, by: str, why: str, now: datetime, rules: Rules, dry_run: bool = False
) -> Revoked:
    """Revoke the directive that `reference` names, by the officer of its issuer whose e-mail is `by`.

    Revoked again, nothing changes; nor with `dry_run`, which says what would be done. Raise NotFound (number, address),
    NeedsAnswer (a number of several directives), InvalidInput (no reason), or Refused: another unit's officer, replaced
    already, dated back.
    """
    reason = checked_reason(why)
    with database.rehearsing() if dry_run else database.writing() as connection:
        found = named_directive(connection, reference)
        actor = find_issuing_officer(connection, by, found, now)
        end = find_end(connection, found)
        if end is not None and end.state == DirectiveState.REVOKED:
            return Revoked(found.number, new=False, ended=Ended(0, 0, 0, (), ()))
        if end is not None:
            when = end.at.astimezone(ZONE)
            raise Refused(f"{found.number} has ended already: replaced by {end.number} on {when:%Y-%m-%d}")
        with entry(
            connection,
            at=now,
            actor=actor.email,
            act="revoked",
            directive_id=found.id,
            unit_id=found.issuer_id,
            detail={"number": found.number, "reason": reason},
        ) as opened:
            ending = EndAct(actor, now, reason, DirectiveState.REVOKED)
            ended = end_directive(connection, opened, found, ending, rules.mail_domain)
            opened.detail |= ended.said()
    return Revoked(found.number, new=True, ended=ended)
