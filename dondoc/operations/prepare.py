"""Turn a directive's draft into decisions: who is addressed as of the issue date, and when each period is due.

Nothing is guessed: a phrase that is no date, a due date before the issue date, an unknown addressee are asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from dondoc.errors import InvalidInput, NeedsAnswer
from dondoc.operations.ladder_file import Ladder
from dondoc.operations.relay import warnings_of_waiting
from dondoc.operations.rules import Rules
from dondoc.operations.serving import find_served
from models.schemas.directives import EARLIEST, LATEST, AddresseesDraft, DirectiveDraft, ObligationDraft
from models.tables.units import unit, unit_version
from models.vocabulary import AddresseeRole, DueKind, UnitKind
from policies.cascade import Due, Reach, UnitFacts, reach_of_unit, reaches_below
from policies.deadlines import DueDecision, Occurrence, decide_due, listed_occurrences, occurrences

ONCE = "once"
"""The period key of an obligation that is owed once."""
STANDING = "standing"
"""The period key of a duty without a deadline (nhiệm vụ thường xuyên)."""
LONGEST_QUOTE = 100
"""Characters of a phrase that a message repeats."""


@dataclass(frozen=True, slots=True)
class PreparedPeriod:
    """A period with its due dates decided, and the rule that gave them."""

    key: str
    starts_on: date | None
    ends_on: date | None
    content: str | None
    due: Due
    rule: str


@dataclass(frozen=True, slots=True)
class PreparedObligation:
    """An obligation with its addressees resolved and its periods decided."""

    draft: ObligationDraft
    lead_id: int
    reaches: tuple[Reach, ...]
    periods: tuple[PreparedPeriod, ...]
    ladder: Ladder


@dataclass(frozen=True, slots=True)
class Prepared:
    """A directive ready to be written; `warnings` are facts that a clerk should know, none of them guessed away.

    `serves` gives, by key, the higher obligation that an obligation is part of.
    """

    draft: DirectiveDraft
    issuer: UnitFacts
    obligations: tuple[PreparedObligation, ...]
    warnings: tuple[str, ...]
    serves: Mapping[str, int]


def prepare(connection: Connection, draft: DirectiveDraft, rules: Rules, *, accept_past: bool) -> Prepared:
    """Decide everything about a draft. Raise InvalidInput or NeedsAnswer with the path of the field it concerns.

    1. Find the issuer and every unit named, as of the issue date.
    2. Resolve each obligation's addressees to ranges of the tree, all within the issuer's subtree; who receives too.
    3. Decide each due phrase or recurrence; what is not a date is asked, and so is one before the issue date.
    4. Hold the dates against what the issuer itself owes to the directives that this one implements.
    """
    units = _units_named(connection, draft)
    issuer = _unit(units, draft.issuer, "issuer", draft.issued_on)
    obligations, warnings = [], []
    for index, obligation in enumerate(draft.obligations):
        where = f"obligations[{index}]"
        lead = _unit(units, obligation.lead or draft.issuer, f"{where}.lead", draft.issued_on)
        _keep_inside(issuer, [lead], f"{where}.lead", "it cannot receive what is owed to it")
        periods, said = _periods(obligation, draft.issued_on, rules, where, accept_past=accept_past)
        reaches = _reaches(obligation, units, issuer, where, draft.issued_on)
        ladder = _ladder(draft, obligation, rules, where)
        obligations.append(PreparedObligation(obligation, lead.unit_id, reaches, periods, ladder))
        warnings += said
    dues = {one.draft.key: [(made.key, made.due.nominal) for made in one.periods] for one in obligations}
    served = find_served(connection, draft, issuer.unit_id, dues)
    warnings += [*served.warnings, *warnings_of_waiting(connection, draft, issuer.unit_id)]
    effective = [period.due.effective for one in obligations for period in one.periods if period.due.effective]
    if effective:
        warnings += rules.calendar.warnings_between(min(*effective, draft.issued_on), max(effective))
    else:
        warnings.append(f"no obligation of {draft.number} has a date; each stands as a standing duty")
    return Prepared(draft, issuer, tuple(obligations), tuple(dict.fromkeys(warnings)), served.ids)


def _ladder(draft: DirectiveDraft, obligation: ObligationDraft, rules: Rules, where: str) -> Ladder:
    """Choose the ladder: the obligation's, else the directive's, else the issuer's own or the office's."""
    place = f"{where}.ladder" if obligation.ladder else "ladder"
    return rules.ladder_for(draft.issuer, said=obligation.ladder or draft.ladder, where=place)


def _units_named(connection: Connection, draft: DirectiveDraft) -> Mapping[str, UnitFacts]:
    codes = {draft.issuer}
    for obligation in draft.obligations:
        named = (code for _role, _field, one in addressed(obligation) for code in _codes(one))
        codes.update(code for code in (obligation.lead, *named) if code)
    version = unit_version.c
    statement = (
        select(unit.c.code, version.unit_id, version.kind, version.path)
        .join(unit_version, version.unit_id == unit.c.id)
        .where(unit.c.code.in_(codes), version.valid_from <= draft.issued_on)
        .where(version.valid_to.is_(None) | (version.valid_to > draft.issued_on))
    )
    rows = connection.execute(statement)
    return {row.code: UnitFacts(row.unit_id, row.code, UnitKind(row.kind), row.path) for row in rows}


def _unit(units: Mapping[str, UnitFacts], code: str, where: str, on: date) -> UnitFacts:
    if code not in units:
        raise InvalidInput(
            f"no unit {code!r} exists on {on.isoformat()}; import it first, or correct the code (dondoc units list)",
            where=where,
        )
    return units[code]


def _reaches(
    obligation: ObligationDraft, units: Mapping[str, UnitFacts], issuer: UnitFacts, where: str, on: date
) -> tuple[Reach, ...]:
    reaches: list[Reach] = []
    for role, field, addressees in addressed(obligation):
        place = f"{where}.{field}"
        found = [_unit(units, code, place, on) for code in dict.fromkeys(_codes(addressees))]
        _keep_inside(issuer, found, place, "it cannot be addressed by it")
        if addressees.units:
            reaches += [reach_of_unit(one, role) for one in found]
        else:
            reaches += reaches_below(found[0], addressees.kinds, addressees.depth, role)
    return tuple(reaches)


def addressed(obligation: ObligationDraft) -> Iterator[tuple[AddresseeRole, str, AddresseesDraft]]:
    """Give who is addressed by role, with the name of the field that says so."""
    yield AddresseeRole.LEAD, "addressees", obligation.addressees
    if obligation.coordinating is not None:
        yield AddresseeRole.COORDINATING, "coordinating", obligation.coordinating
    if obligation.for_information is not None:
        yield AddresseeRole.FOR_INFORMATION, "for_information", obligation.for_information


def _codes(addressees: AddresseesDraft) -> tuple[str, ...]:
    return addressees.units or (addressees.below or "",)


def _keep_inside(issuer: UnitFacts, units: Iterable[UnitFacts], where: str, else_what: str) -> None:
    stranger = next((one for one in units if not one.path.startswith(issuer.path)), None)
    if stranger is not None:
        raise InvalidInput(f"{stranger.code} does not stand under {issuer.code}, so {else_what}", where=where)


def _periods(
    obligation: ObligationDraft, issued_on: date, rules: Rules, where: str, *, accept_past: bool
) -> tuple[tuple[PreparedPeriod, ...], list[str]]:
    if obligation.every is not None:
        return _recurring(obligation, issued_on, rules, where)
    if obligation.due is None:
        return (_standing("no deadline is said"),), []
    where = f"{where}.due"
    decided = decide_due(obligation.due, issued_on, rules.calendar)
    if decided.kind is DueKind.STANDING:
        return (_standing(decided.rule),), []
    if decided.kind is DueKind.RECURRENCE:
        return _listed(obligation, decided, issued_on, rules, where)
    return (_single(decided, issued_on, where, accept_past=accept_past),), []


def _standing(rule: str) -> PreparedPeriod:
    return PreparedPeriod(STANDING, None, None, None, Due(None, None, None), rule)


def _single(decided: DueDecision, issued_on: date, where: str, *, accept_past: bool) -> PreparedPeriod:
    phrase = decided.phrase[:LONGEST_QUOTE]
    if decided.nominal is None or decided.effective is None:
        asked = (decided.needs or "a date").rstrip(".")
        raise NeedsAnswer(f"{phrase!r} is not a date; needed: {asked}. Write the date, or leave due: out", where=where)
    if not EARLIEST <= decided.nominal <= LATEST:
        raise NeedsAnswer(f"{phrase!r} is {decided.nominal.isoformat()}; correct the year", where=where)
    if decided.nominal < issued_on and not accept_past:
        raise NeedsAnswer(
            f"{phrase!r} is {decided.nominal.isoformat()}, before the issue date {issued_on.isoformat()}; "
            "correct it, or issue with --accept-past if the document really says so",
            where=where,
        )
    first, last = decided.window or (None, None)
    due = Due(decided.nominal, decided.effective, decided.moved_by, decided.hour)
    return PreparedPeriod(ONCE, first, last, None, due, decided.rule)


def _listed(
    obligation: ObligationDraft, decided: DueDecision, issued_on: date, rules: Rules, where: str
) -> tuple[tuple[PreparedPeriod, ...], list[str]]:
    """Make periods of several cycles in one phrase ("6 tháng (trước 15/6), năm (trước 15/11)"), in the issue year."""
    first, last = date(issued_on.year, 1, 1), date(issued_on.year, 12, 31)
    found = listed_occurrences(decided, first, last, rules.calendar)
    phrase = decided.phrase[:LONGEST_QUOTE]
    if found is None:
        raise NeedsAnswer(f"{phrase!r} comes round again: say every: month | quarter | half-year | year", where=where)
    if decided.at is not None:
        raise NeedsAnswer(
            f"{phrase!r} names one hour and several dates; write an obligation for each date", where=where
        )
    return _still_due(obligation, found, {}, issued_on, where)


def _recurring(
    obligation: ObligationDraft, issued_on: date, rules: Rules, where: str
) -> tuple[tuple[PreparedPeriod, ...], list[str]]:
    if obligation.every is None:
        return (), []
    first = obligation.from_ or date(issued_on.year, 1, 1)
    last = obligation.until or date(first.year, 12, 31)
    found = occurrences(obligation.every, first, last, obligation.send_by, rules.calendar)
    unclear = next((one for one in found if one.needs), None)
    if unclear is not None:
        raise NeedsAnswer(
            f"{obligation.send_by!r} is no day of a period; needed: {unclear.needs}", where=f"{where}.send_by"
        )
    return _still_due(obligation, found, dict(obligation.periods), issued_on, where)


def _still_due(
    obligation: ObligationDraft,
    found: Sequence[Occurrence],
    contents: dict[str, str],
    issued_on: date,
    where: str,
) -> tuple[tuple[PreparedPeriod, ...], list[str]]:
    """Keep the periods that are due on or after the issue date, with their named contents; say which have passed."""
    periods, past = [], []
    for one in found:
        said = next((name for name in (one.key, one.key.partition("-")[2]) if name in contents), None)
        content = contents.pop(said) if said else None
        if one.nominal is None or one.nominal < issued_on:
            past.append(one.key)
            continue
        due = Due(one.nominal, one.effective, one.moved_by, one.at if one.effective == one.nominal else None)
        periods.append(PreparedPeriod(one.key, one.starts_on, one.ends_on, content, due, one.rule))
    if contents:
        known = ", ".join(one.key for one in found)
        raise InvalidInput(
            f"{next(iter(contents))!r} is no period of this obligation; they are: {known}", where=f"{where}.periods"
        )
    if not periods:
        raise InvalidInput(f"no period is due on or after the issue date {issued_on.isoformat()}", where=where)
    passed = [f"{obligation.key}: {', '.join(past)} was due before the issue date and is not asked for"] if past else []
    return tuple(periods), passed
