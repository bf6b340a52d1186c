"""A relay duty is done by a directive of the unit's own: found by its number, and linked to it either way round.

The unit submits the number before or after that directive is registered; whichever comes second makes the link.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, func, insert, or_, select

from dondoc.errors import Refused
from dondoc.operations.acts_standing import Standing
from dondoc.operations.ledger import Entry
from dondoc.operations.successors import acting_units
from models.schemas.directives import DirectiveDraft
from models.tables.assignments import act, assignment, relay_link, submission, submission_share
from models.tables.directives import directive, directive_basis, directive_end, obligation
from models.tables.units import unit
from models.vocabulary import Act, State
from policies.act_needs import NamedFacts
from policies.reasons import Reason
from policies.workdays import ZONE

_higher = directive.alias("higher")
_IMPLEMENTS = exists().where(
    directive_basis.c.directive_id == directive.c.id,
    directive_basis.c.number == _higher.c.number,
    _higher.c.id == bindparam("higher_id"),
)
_ASKED_ON = select(_higher.c.issued_on).where(_higher.c.id == bindparam("higher_id")).scalar_subquery()
_NAMED = (
    select(
        directive.c.id,
        unit.c.code,
        directive.c.issuer_id,
        _IMPLEMENTS.label("implements"),
        directive_end.c.id.is_(None).label("in_force"),
    )
    .join(unit, unit.c.id == directive.c.issuer_id)
    .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
    .where(directive.c.number == bindparam("number"))
    .where(or_(_IMPLEMENTS, directive.c.issued_on >= _ASKED_ON))
    .order_by(directive.c.issued_on.desc(), directive.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Named:
    """The directive that a submission names by number, with what the lifecycle asks about it."""

    directive_id: int
    facts: NamedFacts


def bare_number(number: str) -> str:
    """Give a number without the mark of whose it is (NUMBER@CODE)."""
    return number.partition("@")[0].strip()


def find_named(connection: Connection, standing: Standing, number: str, now: datetime) -> Named | None:
    """Find the directive of a relay duty's unit under a number; another's, where only others have one like it.

    Numbers are unique within one body and year: of several, what implements the higher directive and is in force goes
    first, and what is older than that directive without implementing it is another year's. NUMBER@CODE looks among one
    unit's alone. What a unit issued that has ended is the own of who acts for it on the day of `now`.
    Raise Refused for the mark of another unit than the one that owes.
    """
    said, mark = bare_number(number), number.partition("@")[2].strip()
    if mark not in {"", standing.unit_code}:
        raise Refused(
            Reason(
                "%(number)s is a number of %(other)s, and %(unit)s owes it: give a directive of its own",
                number=repr(number),
                other=mark,
                unit=standing.unit_code,
            ),
            where=f"assignment {standing.assignment_id}",
        )
    rows = connection.execute(_NAMED, {"number": said, "higher_id": standing.directive_id}).all()
    acting = acting_units(connection, {row.issuer_id for row in rows}, now.astimezone(ZONE).date())
    own = {row.id for row in rows if standing.unit_id in {row.issuer_id, acting[row.issuer_id]}}
    known = [row for row in rows if row.id in own or not mark]
    if not known:
        return None
    best = max(known, key=lambda row: (row.id in own, row.implements, row.in_force))
    return Named(best.id, NamedFacts(best.code, best.id in own, bool(best.implements), bool(best.in_force)))


def link(connection: Connection, opened: Entry, assignment_id: int, directive_id: int) -> None:
    """Write that a directive does an assignment's relay duty, once."""
    known = select(relay_link.c.id).where(
        relay_link.c.assignment_id == assignment_id, relay_link.c.directive_id == directive_id
    )
    if connection.execute(known).first() is None:
        opened.commits(relay_link)
        values = {"assignment_id": assignment_id, "directive_id": directive_id, "entry": opened.seq}
        connection.execute(insert(relay_link), values)


def link_waiting(
    connection: Connection, opened: Entry, directive_id: int, draft: DirectiveDraft, issuer_id: int
) -> int:
    """Link a directive that is being registered to the duties that its issuer did by its number; give how many."""
    waiting = [row.id for row in connection.execute(_waiting(draft, issuer_id)) if row.higher in draft.implements]
    for assignment_id in waiting:
        link(connection, opened, assignment_id, directive_id)
    return len(waiting)


def warnings_of_waiting(connection: Connection, draft: DirectiveDraft, issuer_id: int) -> list[str]:
    """Name the duties that were submitted by this number, but whose directive the draft does not implement."""
    return [
        f"{draft.number} was handed in as what carries out {row.higher} (assignment {row.id}), "
        f"but does not name it in implements: {row.higher}"
        for row in connection.execute(_waiting(draft, issuer_id))
        if row.higher not in draft.implements
    ]


def newest_number() -> ColumnElement[str | None]:
    """Give the number of the document that was handed in last for an assignment, as a column to select beside it."""
    newest, shared = act.alias("newest"), submission.alias("shared")
    return (
        select(func.coalesce(submission.c.number, shared.c.number))
        .select_from(newest)
        .outerjoin(submission, submission.c.act_id == newest.c.id)
        .outerjoin(submission_share, submission_share.c.act_id == newest.c.id)
        .outerjoin(shared, shared.c.id == submission_share.c.submission_id)
        .where(newest.c.assignment_id == assignment.c.id, newest.c.act == Act.SUBMIT.value)
        .order_by(newest.c.version.desc())
        .limit(1)
        .correlate(assignment)
        .scalar_subquery()
    )


def _waiting(draft: DirectiveDraft, issuer_id: int) -> Select[tuple[int, str]]:
    """Select the issuer's relay duties whose newest result is a document of the draft's number, with whose they are."""
    return (
        select(assignment.c.id, directive.c.number.label("higher"))
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .where(assignment.c.unit_id == issuer_id, obligation.c.relay)
        .where(assignment.c.state.in_([State.SUBMITTED.value, State.COMPLETED.value]))
        .where(newest_number() == draft.number)
        .order_by(assignment.c.id)
    )
