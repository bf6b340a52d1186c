"""Register a directive: all it says, and the plan of every group, as rows. The cascade then applies them to units."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dondoc.errors import Conflict, InvalidInput, SecretDocument
from dondoc.intake.secrecy import value_mark
from dondoc.operations.canonical import digest
from dondoc.operations.ledger import Entry, entry
from dondoc.operations.plans import store_plan
from dondoc.operations.prepare import Prepared, PreparedObligation, addressed, prepare
from dondoc.operations.relay import link_waiting
from dondoc.operations.rows import insert_row
from dondoc.operations.rules import Rules
from models.paths import depth
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.directives import addressee, clause, directive, directive_basis, obligation, period
from models.tables.plans import plan_group
from models.tables.units import unit, unit_version
from models.vocabulary import AddresseeRole
from policies.cascade import plan_group as decide_group
from policies.cascade import plan_without_ladder
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class Registered:
    """A directive as registered: its id, whether it is new, and what a clerk should know of it."""

    directive_id: int
    number: str
    new: bool
    warnings: tuple[str, ...]


def register(  # noqa: PLR0913 (who, what, when and by which rules)
    database: Database, draft: DirectiveDraft, *, now: datetime, actor: str, rules: Rules, accept_past: bool = False
) -> Registered:
    """Register a directive in a transaction of its own; see `register_in`."""
    with database.writing() as connection:
        return register_in(connection, draft, now=now, actor=actor, rules=rules, accept_past=accept_past)


def register_in(  # noqa: PLR0913 (as above)
    connection: Connection,
    draft: DirectiveDraft,
    *,
    now: datetime,
    actor: str,
    rules: Rules,
    accept_past: bool = False,
    replacing: bool = False,
) -> Registered:
    """Write a directive and its plans. The same draft again is known by its digest and adds nothing.

    `replacing`: it takes the place of another, so that its obligations may say which of that one they replace.

    1. Refuse a secret document; find a directive of the same issuer, year and number.
    2. Decide addressees and due dates (`prepare`), asking what the draft does not say.
    3. Write directive, basis, clauses, obligations, addressees and periods.
    4. For each distance from the issuer at which units are reached, decide one plan a period, and write it once.
    5. Commit the ledger to all of it.
    """
    _refuse_secret(draft)
    # Without what is not said: a field that a later version of the house adds leaves the digest as it was.
    source = digest(draft.model_dump(mode="json", exclude_defaults=True))
    known = _known(connection, draft)
    if known is not None:
        if known.source_digest != source:
            raise Conflict(
                f"{draft.number} of {draft.issuer} ({draft.issued_on.year}) is registered with another content; "
                "what was issued is not rewritten: give the new text a number of its own"
            )
        return Registered(known.id, draft.number, new=False, warnings=tuple(known.warnings))
    if not replacing:
        _refuse_replacing(draft)
    prepared = prepare(connection, draft, rules, accept_past=accept_past)
    prepared = replace(prepared, warnings=(*_of_another_day(draft, now), *prepared.warnings))
    with entry(
        connection, at=now, actor=actor, act="issued", unit_id=prepared.issuer.unit_id, detail={"number": draft.number}
    ) as opened:
        directive_id = _write(connection, opened, prepared, source, now)
        groups = _write_groups(connection, opened, prepared, directive_id=directive_id, now=now, rules=rules)
        opened.detail |= {
            "directive": directive_id,
            "subject": draft.subject,
            "obligations": len(prepared.obligations),
            "plans": groups,
            "warnings": list(prepared.warnings),
            "relays": link_waiting(connection, opened, directive_id, draft, prepared.issuer.unit_id),
        }
    return Registered(directive_id, draft.number, new=True, warnings=prepared.warnings)


def _of_another_day(draft: DirectiveDraft, now: datetime) -> Iterator[str]:
    """Tell of an issue date that has not come yet: a slip in the year gives every unit a year more."""
    today = now.astimezone(ZONE).date()
    if draft.issued_on > today:
        days = (draft.issued_on - today).days
        yield f"{draft.number} is dated {draft.issued_on.isoformat()}, {days} days from now; is the date right?"


def _refuse_replacing(draft: DirectiveDraft) -> None:
    for index, one in enumerate(draft.obligations):
        if one.replaces is not None:
            raise InvalidInput(
                f"it replaces {one.replaces!r} of another directive; say which: dondoc replace NUMBER FILE",
                where=f"obligations[{index}].replaces",
            )


def _refuse_secret(draft: DirectiveDraft) -> None:
    said = {"type": draft.type, "number": draft.number, "subject": draft.subject}
    for index, one in enumerate(draft.obligations):
        said[f"obligations[{index}].title"] = one.title
        said |= {f"obligations[{index}].periods.{name}": content for name, content in one.periods.items()}
    for field, text in said.items():
        if level := value_mark(text):
            raise SecretDocument(
                f"the document is marked {level}; state secrets are not taken in, and nothing of it was stored",
                where=field,
            )


def _known(connection: Connection, draft: DirectiveDraft) -> Row[Any] | None:
    """Find it before anything is decided: what was taken once is not asked about again."""
    return connection.execute(
        select(directive.c.id, directive.c.source_digest, directive.c.warnings)
        .join(unit, unit.c.id == directive.c.issuer_id)
        .where(
            unit.c.code == draft.issuer,
            directive.c.year == draft.issued_on.year,
            directive.c.number == draft.number,
        )
    ).one_or_none()


def _write(connection: Connection, opened: Entry, prepared: Prepared, source: str, now: datetime) -> int:
    draft = prepared.draft
    opened.commits(directive, directive_basis, clause, obligation, addressee, period)
    directive_id = insert_row(
        connection,
        directive,
        issuer_id=prepared.issuer.unit_id,
        year=draft.issued_on.year,
        number=draft.number,
        type=draft.type,
        issued_on=draft.issued_on,
        place=draft.place,
        subject=draft.subject,
        urgency=draft.urgency,
        registered_at=now,
        source_digest=source,
        warnings=list(prepared.warnings),
        entry=opened.seq,
    )
    for number in draft.implements:
        insert_row(
            connection, directive_basis, directive_id=directive_id, number=number, nested=False, entry=opened.seq
        )
    references = dict.fromkeys(one.draft.clause for one in prepared.obligations if one.draft.clause)
    clauses = {
        reference: insert_row(connection, clause, directive_id=directive_id, reference=reference, entry=opened.seq)
        for reference in references
    }
    for ordinal, one in enumerate(prepared.obligations, start=1):
        _write_obligation(
            connection,
            opened,
            directive_id=directive_id,
            ordinal=ordinal,
            one=one,
            clauses=clauses,
            serves_id=prepared.serves.get(one.draft.key),
        )
    return directive_id


def _write_obligation(  # noqa: PLR0913 (a row and where it belongs)
    connection: Connection,
    opened: Entry,
    *,
    directive_id: int,
    ordinal: int,
    one: PreparedObligation,
    clauses: dict[str, int],
    serves_id: int | None,
) -> None:
    draft = one.draft
    obligation_id = insert_row(
        connection,
        obligation,
        directive_id=directive_id,
        ordinal=ordinal,
        key=draft.key,
        clause_id=clauses.get(draft.clause or ""),
        title=draft.title,
        deliverable=draft.deliverable,
        lead_id=one.lead_id,
        due_phrase=draft.due,
        every=draft.every,
        send_by=draft.send_by,
        relay=draft.relay,
        adoption=draft.adoption,
        ladder=one.ladder.policy.name,
        serves_id=serves_id,
        entry=opened.seq,
    )
    for reach in one.reaches:
        insert_row(
            connection,
            addressee,
            obligation_id=obligation_id,
            role=reach.role,
            unit_id=reach.unit_id,
            below_id=reach.below_id,
            kind=reach.kind,
            path_from=reach.path_from,
            path_to=reach.path_to,
            depth_from=reach.depth_from,
            depth_to=reach.depth_to,
            entry=opened.seq,
        )
    for made in one.periods:
        insert_row(
            connection,
            period,
            obligation_id=obligation_id,
            key=made.key,
            starts_on=made.starts_on,
            ends_on=made.ends_on,
            content=made.content,
            nominal_due=made.due.nominal,
            effective_due=made.due.effective,
            moved_by=made.due.moved_by,
            rule=made.rule,
            entry=opened.seq,
        )


def _write_groups(  # noqa: PLR0913 (a decision and where it belongs)
    connection: Connection, opened: Entry, prepared: Prepared, *, directive_id: int, now: datetime, rules: Rules
) -> int:
    distances = _distances(connection, directive_id, prepared)
    periods = {
        (row.key, row.period_key): row
        for row in connection.execute(
            select(
                obligation.c.key, obligation.c.id.label("obligation_id"), period.c.key.label("period_key"), period.c.id
            )
            .join(period, period.c.obligation_id == obligation.c.id)
            .where(obligation.c.directive_id == directive_id)
        )
    }
    rows = []
    for one, role, reached in _groups(prepared, distances):
        for made in one.periods:
            for distance in sorted(reached):
                group = (
                    decide_group(made.due, distance, one.ladder.policy, rules.calendar, now)
                    if role is AddresseeRole.LEAD
                    else plan_without_ladder(distance)
                )
                row = periods[one.draft.key, made.key]
                rows.append(
                    {
                        "directive_id": directive_id,
                        "obligation_id": row.obligation_id,
                        "period_id": row.id,
                        "role": role,
                        "distance": distance,
                        "plan_id": store_plan(connection, opened, group.plan, rules, one.ladder),
                        "first_rung": group.first.done,
                        "first_action_at": group.first.next_at,
                        "entry": opened.seq,
                    }
                )
    opened.commits(plan_group)
    connection.execute(insert(plan_group), rows)
    return len(rows)


def _groups(
    prepared: Prepared, distances: Mapping[tuple[str, str], set[int]]
) -> Iterator[tuple[PreparedObligation, AddresseeRole, set[int]]]:
    """Give each obligation with each role of its addressees and their distances; nobody at all is asked about."""
    for index, one in enumerate(prepared.obligations):
        for role, field, _addressees in addressed(one.draft):
            reached = distances.get((one.draft.key, role))
            if not reached:
                raise InvalidInput(
                    f"no unit is addressed on {prepared.draft.issued_on.isoformat()}; "
                    "check kinds: and the units' dates",
                    where=f"obligations[{index}].{field}",
                )
            yield one, role, reached


def _distances(connection: Connection, directive_id: int, prepared: Prepared) -> dict[tuple[str, str], set[int]]:
    """Give, by obligation key and role, how far below the issuer units are addressed on the issue date."""
    version, reach = unit_version.c, addressee.c
    statement = (
        select(obligation.c.key, reach.role, version.depth)
        .select_from(addressee)
        .join(obligation, obligation.c.id == reach.obligation_id)
        .join(unit_version, is_addressed(prepared.draft.issued_on))
        .where(obligation.c.directive_id == directive_id)
        .group_by(obligation.c.key, reach.role, version.depth)
    )
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in connection.execute(statement):
        found[row.key, row.role].add(row.depth - depth(prepared.issuer.path))
    return found


def is_addressed(on: Any, reaches: Any = addressee) -> Any:
    """Give the condition that a version of a unit is addressed on a day: `policies.cascade.is_reached`, for the set."""
    version, reach = unit_version.c, reaches.c
    return (
        (version.path >= reach.path_from)
        & (version.path < reach.path_to)
        & version.depth.between(reach.depth_from, reach.depth_to)
        & (reach.kind.is_(None) | (reach.kind == version.kind))
        & (version.valid_from <= on)
        & (version.valid_to.is_(None) | (version.valid_to > on))
    )
