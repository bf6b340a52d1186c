"""Replace a directive by another of the same issuer: what was done is carried over, what was open ends."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, select

from dondoc.errors import InvalidInput, Refused
from dondoc.operations.carrying import SOURCE, carry_over
from dondoc.operations.cascade import cascade_everything_in
from dondoc.operations.directive_ending import (
    EndAct,
    Ended,
    checked_reason,
    end_directive,
    find_end,
    find_issuing_officer,
)
from dondoc.operations.issue import Registered, register_in
from dondoc.operations.ledger import entry
from dondoc.operations.named import NamedDirective, named_directive
from dondoc.operations.roles import close_where
from dondoc.operations.rules import Rules
from dondoc.operations.successors import acting_units, code_of
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import obligation, period
from models.vocabulary import DirectiveState
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class Replaced:
    """A directive that was replaced by `successor`. `new` is False where it had been before, and nothing was done.

    `assigned` counts what the successor gave, `carried` how many of those took over what had been done; `dropped` are
    the keys of the old one's obligations that the successor does not ask again.
    """

    number: str
    successor: str
    new: bool
    assigned: int
    carried: int
    dropped: tuple[str, ...]
    ended: Ended
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Matched:
    """The old obligation and period whose place each new one takes, by id; and old keys that nothing replaces."""

    obligations: Mapping[int, int]
    periods: Mapping[int, int]
    dropped: tuple[str, ...]

    @property
    def same(self) -> ColumnElement[bool]:
        """The condition that an assignment takes the place of SOURCE; only where periods are matched."""
        return (
            assignment.c.period_id.in_(self.periods)
            & (SOURCE.c.obligation_id == case(dict(self.obligations), value=assignment.c.obligation_id))
            & (SOURCE.c.unit_id == assignment.c.unit_id)
            & (SOURCE.c.period_id == case(dict(self.periods), value=assignment.c.period_id))
        )


def replace_directive(  # noqa: PLR0913 (who replaces what by what, when, why and by which rules)
    database: Database,
    reference: str,
    draft: DirectiveDraft,
    *,
    by: str,
    why: str,
    now: datetime,
    rules: Rules,
    accept_past: bool = False,
    dry_run: bool = False,
) -> Replaced:
    """Put `draft` in the place of the directive that `reference` names, all in one transaction.

    The same again adds nothing; nor does `dry_run`, which says what would be done. Raise as `revoke` and `issue` do,
    and InvalidInput for another issuer, or for an obligation that replaces one which the old directive does not have.

    1. Register the new directive and assign what it asks (which may have been done before).
    2. Carry over what units have done of the obligations that it takes over: by `replaces`, else by the same key.
    3. Close who follows leads that are all done already.
    4. End the old one: cancel what is open under it, and tell who had something open.
    """
    reason = checked_reason(why)
    with database.rehearsing() if dry_run else database.writing() as connection:
        found = named_directive(connection, reference)
        actor = find_issuing_officer(connection, by, found, now)
        acting = acting_units(connection, [found.issuer_id], now.astimezone(ZONE).date())[found.issuer_id]
        _check_draft(draft, found, code_of(connection, acting))
        end = find_end(connection, found)
        if end is not None and (end.state, end.number) != (DirectiveState.REPLACED, draft.number):
            when = f"{end.at.astimezone(ZONE):%Y-%m-%d}"
            what = f"replaced by {end.number}" if end.number else end.state
            raise Refused(f"{found.number} has ended already: {what} on {when}")
        registered = register_in(
            connection, draft, now=now, actor=actor.email, rules=rules, accept_past=accept_past, replacing=True
        )
        if end is not None:
            return Replaced(found.number, draft.number, False, 0, 0, (), Ended(0, 0, 0, (), ()))
        matched = _match(connection, found, registered, draft)
        results = cascade_everything_in(connection, draft.reference, now, rules=rules, actor=actor.email)
        with entry(
            connection,
            at=now,
            actor=actor.email,
            act="replaced",
            directive_id=found.id,
            unit_id=found.issuer_id,
            detail={"number": found.number, "by": draft.number, "reason": reason, "dropped": list(matched.dropped)},
        ) as opened:
            carried = 0
            if matched.periods:
                carried = carry_over(
                    connection, opened, matched.same, officer_id=actor.officer_id, now=now, reason=found.number
                )
            close_where(connection, opened, assignment.c.obligation_id.in_(matched.obligations), now)
            ending = EndAct(actor, now, reason, DirectiveState.REPLACED, registered.directive_id)
            ended = end_directive(connection, opened, found, ending, rules.mail_domain)
            opened.detail |= {"carried": carried} | ended.said()
    assigned = sum(one.assigned for one in results)
    return Replaced(found.number, draft.number, True, assigned, carried, matched.dropped, ended, registered.warnings)


def _check_draft(draft: DirectiveDraft, found: NamedDirective, acting: str) -> None:
    """Hold a draft against what it replaces; `acting` is the code of who acts for its issuer."""
    if draft.issuer not in {found.issuer_code, acting}:
        raise InvalidInput(
            f"{found.number} was issued by {found.issuer_code}; "
            "only a directive of the same issuer, or of who succeeds it, replaces it",
            where="issuer",
        )
    if (draft.issuer, draft.number, draft.issued_on.year) == (found.issuer_code, found.number, found.year):
        raise InvalidInput(f"{found.number} is not replaced by itself; the new text has a number of its own")
    if draft.issued_on < found.issued_on:
        raise InvalidInput(
            f"{draft.issued_on.isoformat()} lies before {found.issued_on.isoformat()}, when {found.number} was issued",
            where="issued_on",
        )


def _match(connection: Connection, found: NamedDirective, registered: Registered, draft: DirectiveDraft) -> _Matched:
    """Match obligations by `replaces`, else by key; periods by key, or where each side has only one."""
    old = _periods(connection, found.id)
    new = _periods(connection, registered.directive_id)
    said = _said(draft, frozenset(key for key, _ in old))
    obligations: dict[int, int] = {}
    periods: dict[int, int] = {}
    for (key, obligation_id), its_periods in new.items():
        replaced = next((one for one in old if one[0] == said.get(key)), None)
        if replaced is None:
            continue
        obligations[obligation_id] = replaced[1]
        earlier = old[replaced]
        if len(its_periods) == len(earlier) == 1:
            periods |= dict(zip(its_periods.values(), earlier.values(), strict=True))
        else:
            periods |= {period_id: earlier[name] for name, period_id in its_periods.items() if name in earlier}
    dropped = tuple(key for key, one in old if one not in obligations.values())
    return _Matched(obligations, periods, dropped)


def _periods(connection: Connection, directive_id: int) -> Mapping[tuple[str, int], Mapping[str, int]]:
    """Give the periods of each obligation (key, id) of a directive: period ids by key."""
    rows = connection.execute(
        select(obligation.c.key, obligation.c.id, period.c.key.label("period"), period.c.id.label("period_id"))
        .join(period, period.c.obligation_id == obligation.c.id)
        .where(obligation.c.directive_id == directive_id)
        .order_by(obligation.c.ordinal, period.c.id)
    )
    found: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row.key, row.id][row.period] = row.period_id
    return found


def _said(draft: DirectiveDraft, old: frozenset[str]) -> dict[str, str]:
    """Give the old key that each new obligation takes the place of. One that is named is not taken by its key too."""
    taken: dict[str, str] = {}
    for index, one in enumerate(draft.obligations):
        if one.replaces is None:
            continue
        where = f"obligations[{index}].replaces"
        if one.replaces not in old:
            known = ", ".join(sorted(old))
            raise InvalidInput(
                f"{one.replaces!r} is no obligation of the directive replaced; they are: {known}", where=where
            )
        if one.replaces in taken.values():
            raise InvalidInput(f"{one.replaces!r} is replaced by two obligations; say which one", where=where)
        taken[one.key] = one.replaces
    named = set(taken.values())
    return taken | {one.key: one.key for one in draft.obligations if one.replaces is None and one.key in old - named}
