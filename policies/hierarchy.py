"""What a tree of units must satisfy before it is registered. Every answer names the row and says what to do."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from models.schemas.units import OfficerDraft, Problem, UnitDraft, UnitSpan
from models.vocabulary import OfficerRole, UnitKind
from policies.unit_timelines import Timeline, first_gap, span_on

KINDS = frozenset(UnitKind)
ROLES = frozenset(OfficerRole)
LONGEST_CODE = 100
"""Characters; as many as a directive's addressees may hold."""

# One mailbox as SMTP without extensions takes it: ASCII, one @, no spaces, quotes or list marks.
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*")
LONGEST_EMAIL = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""

SHOWN_CODES = 3
"""Codes that a warning names before it only counts."""


def check_drafts(drafts: Sequence[UnitDraft]) -> tuple[Problem, ...]:
    """Check each row for itself and the rows of one code against each other, in the order of the file."""
    by_code: dict[str, list[UnitDraft]] = defaultdict(list)
    problems: list[Problem] = []
    for draft in drafts:
        problems.extend(_check_row(draft))
        problems.extend(_check_same_code(draft, by_code[draft.code]))
        by_code[draft.code].append(draft)
    return tuple(problems)


def _check_row(draft: UnitDraft) -> Iterator[Problem]:
    if not draft.code:
        yield Problem(draft.where, "the unit has no code; give it one")
    elif len(draft.code) > LONGEST_CODE or any(char.isspace() for char in draft.code):
        yield Problem(draft.where, f"the code {draft.code[:40]!r} has spaces or is too long; write it in one word")
    if not draft.name:
        yield Problem(draft.where, f"{draft.code} has no name; give it one")
    if draft.kind not in KINDS:
        yield Problem(draft.where, f"unknown kind {draft.kind!r} of {draft.code}; use one of: {', '.join(UnitKind)}")
    if draft.valid_to is not None and draft.valid_to <= draft.valid_from:
        reason = f"{draft.code} ends on {draft.valid_to}, not after it begins ({draft.valid_from}); correct one of them"
        yield Problem(draft.where, reason)
    if draft.parent == draft.code:
        yield Problem(draft.where, f"cycle: {draft.code} is its own parent; name another parent, or none for a root")
    for officer in draft.officers:
        yield from _check_officer(draft, officer)


def _check_officer(draft: UnitDraft, officer: OfficerDraft) -> Iterator[Problem]:
    who = f"the {officer.role or 'officer'} of {draft.code}"
    if officer.role not in ROLES:
        reason = f"unknown role {officer.role!r} at {draft.code}; use one of: {', '.join(OfficerRole)}"
        yield Problem(officer.where, reason)
    elif not officer.name:
        yield Problem(officer.where, f"{who} has no name; give one (a role will do)")
    elif not officer.email:
        yield Problem(officer.where, f"{who} has no e-mail; give one, or leave the officer out")
    elif len(officer.email) > LONGEST_EMAIL or not EMAIL.fullmatch(officer.email):
        yield Problem(officer.where, f"{officer.email[:60]!r} of {who} is not an e-mail address; correct it")


def _check_same_code(draft: UnitDraft, before: Iterable[UnitDraft]) -> Iterator[Problem]:
    for other in before:
        if not _overlap(draft, other):
            continue
        if draft.parent != other.parent:
            reason = (
                f"two parents: {draft.code} is under {draft.parent or 'none'} here and under {other.parent or 'none'} "
                f"at {other.where} on the same dates; end one where the other begins (valid_to)"
            )
        elif draft.valid_from == other.valid_from:
            reason = f"duplicate code: {draft.code} also stands at {other.where}; keep one, or give it another code"
        else:
            reason = f"overlapping validity: {draft.code} also stands at {other.where}; end one where the other begins"
        yield Problem(draft.where, reason)
        return


def _overlap(one: UnitSpan, other: UnitSpan) -> bool:
    return (one.valid_to is None or other.valid_from < one.valid_to) and (
        other.valid_to is None or one.valid_from < other.valid_to
    )


def check_tree(timelines: Mapping[str, Timeline]) -> tuple[Problem, ...]:
    """Check the whole tree as it would stand: parents known and there when their children are, no cycle at any date.

    A span without a place is a registered one: then its parent's row, which changed, is named.
    """
    problems: list[Problem] = []
    left: dict[str, list[str]] = defaultdict(list)
    for code, timeline in timelines.items():
        for span in timeline:
            if span.parent is None or span.parent == code:
                continue
            above = timelines.get(span.parent)
            if above is None:
                reason = f"unknown parent {span.parent!r} of {code}; register that unit, in this file or before it"
                problems.append(Problem(span.where, reason))
                continue
            gap = first_gap(above, span.valid_from, span.valid_to)
            if gap is not None and not span.where:
                left[span.parent].append(code)
            elif gap is not None:
                reason = f"the parent {span.parent} of {code} is not there on {gap}; correct the dates or the parent"
                problems.append(Problem(span.where, reason))
    problems.extend(_left_behind(timelines[parent], children) for parent, children in left.items())
    problems.extend(_cycles(timelines))
    return tuple(problems)


def _left_behind(parent: Timeline, children: Sequence[str]) -> Problem:
    code = parent[-1].code
    where = next((span.where for span in reversed(parent) if span.where), "")
    reason = f"{code} would not be there for all the time of the units below it: {listed(children)}"
    mend = "in the same file, give each a row that ends with it and, if it goes on, a row under its next parent"
    return Problem(where, f"{reason}; {mend}")


def _cycles(timelines: Mapping[str, Timeline]) -> Iterator[Problem]:
    """Find cycles. One that holds on any day holds on the day the last of its spans begins: those days are enough."""
    found: set[frozenset[str]] = set()
    for timeline in timelines.values():
        for span in timeline:
            members = _walk_up(timelines, span, span.valid_from)
            if members and frozenset(members) not in found:
                found.add(frozenset(members))
                said = (one.where for code in members if (one := span_on(timelines[code], span.valid_from)))
                where = next((place for place in said if place), "")
                way = " → ".join((*members, span.code))
                yield Problem(where, f"cycle: {way}; one of them needs another parent")


def _walk_up(timelines: Mapping[str, Timeline], start: UnitSpan, day: date) -> list[str] | None:
    """Give the codes from a span upwards when that leads back to it, else None."""
    walked = [start.code]
    span: UnitSpan | None = start
    while span is not None and span.parent is not None and span.parent in timelines:
        if span.parent == start.code:
            return walked if len(walked) > 1 else None
        if span.parent in walked:
            return None
        walked.append(span.parent)
        span = span_on(timelines[span.parent], day)
    return None


def warn(drafts: Sequence[UnitDraft]) -> tuple[str, ...]:
    """Say what is possible but leaves somebody out: units that no letter can reach, and several roots."""
    warnings = []
    reached: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        reached[draft.code].update(officer.role for officer in draft.officers)
    for role, then in (
        (OfficerRole.FOCAL, "its letters go to nobody there"),
        (OfficerRole.HEAD, "that step of the ladder is skipped"),
    ):
        without = [code for code, roles in reached.items() if role not in roles]
        if without:
            warnings.append(
                f"no {role.value} officer in {len(without)} of the file's units ({then}): {listed(without)}"
            )
    roots = [draft.code for draft in drafts if draft.parent is None]
    if len(set(roots)) > 1:
        warnings.append(f"{len(set(roots))} units have no parent: {listed(roots)}")
    return tuple(warnings)


def listed(codes: Sequence[str]) -> str:
    """Name the first few codes and count the others."""
    more = len(codes) - SHOWN_CODES
    return ", ".join(codes[:SHOWN_CODES]) + (f" and {more} more" if more > 0 else "")
