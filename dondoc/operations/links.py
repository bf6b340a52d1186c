"""Follow a one-time link of a letter: shown as often as anybody looks, acted on once, as its officer would act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from dondoc.errors import NotFound, Refused
from dondoc.operations.acts import ActResult, act_on
from dondoc.operations.ledger import entry
from dondoc.operations.link_tokens import Link
from dondoc.operations.rules import Rules
from dondoc.operations.submissions import FileDraft
from dondoc.operations.unit_list import holds
from models.session import Database
from models.tables.assignments import act, assignment, link_use
from models.tables.directives import clause, directive, obligation, period
from models.tables.letters import letter
from models.tables.plans import plan
from models.tables.units import unit_version
from models.vocabulary import Act, State
from policies.lifecycle import side_needed


@dataclass(frozen=True, slots=True)
class LinkView:
    """What a link is about, as it stands now. `used_at` is set once it was acted on, with the act's own moment."""

    act: Act
    assignment_id: int
    title: str
    directive: str
    clause: str
    period: str
    unit_name: str
    state: State
    nominal_due: date | None
    relay: bool
    adoption: bool
    possible: bool
    used_at: datetime | None


def view_link(database: Database, link: Link) -> LinkView:
    """Give what a link is about; changes nothing. Raises NotFound where its letter or assignment is not here."""
    with database.reading() as connection:
        return _view(connection, link)


def _view(connection: Connection, link: Link) -> LinkView:
    row = connection.execute(
        select(assignment.c.state, assignment.c.unit_id, letter.c.day, plan.c.nominal_due, directive.c.number)
        .add_columns(obligation.c.title, obligation.c.relay, obligation.c.adoption)
        .add_columns(clause.c.reference, period.c.key, unit_version.c.name)
        .join(obligation, obligation.c.id == assignment.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .join(period, period.c.id == assignment.c.period_id)
        .join(plan, plan.c.id == assignment.c.plan_id)
        .join(letter, letter.c.id == link.letter_id)
        .outerjoin(clause, clause.c.id == obligation.c.clause_id)
        .outerjoin(unit_version, (unit_version.c.unit_id == assignment.c.unit_id) & holds(unit_version, letter.c.day))
        .where(assignment.c.id == link.assignment_id)
    ).one_or_none()
    if row is None:
        raise NotFound("the letter that this link stood in is not registered here")
    state = State(row.state)
    return LinkView(
        act=link.act,
        assignment_id=link.assignment_id,
        title=row.title,
        directive=row.number,
        clause=row.reference or "",
        period=row.key,
        unit_name=row.name or "",
        state=state,
        nominal_due=row.nominal_due,
        relay=row.relay,
        adoption=row.adoption,
        possible=side_needed(link.act, state) is not None,
        used_at=_used_at(connection, link),
    )


def _used_at(connection: Connection, link: Link) -> datetime | None:
    used = select(act.c.at).join(link_use, link_use.c.act_id == act.c.id).where(link_use.c.token_sha256 == link.digest)
    return connection.execute(used).scalar()


def follow_link(  # noqa: PLR0913 (an act by a link, with all that may be given for it)
    database: Database,
    link: Link,
    *,
    now: datetime,
    rules: Rules,
    number: str | None = None,
    minutes: str | None = None,
    files: Sequence[FileDraft] = (),
    to: date | None = None,
    why: str | None = None,
) -> ActResult:
    """Do the act that a link stands for, in the name of the officer to whom its letter was written.

    1. Be the one writer; refuse a link that was used.
    2. Do the act, as if that officer did it: the lifecycle decides, and a refused act leaves the link unused.
    3. Remember the use under an entry of its own, which names the letter.

    Raises Refused, and whatever `act_on` raises.
    """
    with database.writing() as connection:
        if _used_at(connection, link) is not None:
            raise Refused("this link was used; a link works once", where=f"assignment {link.assignment_id}")
        by = connection.execute(select(letter.c.to_address).where(letter.c.id == link.letter_id)).scalar()
        if by is None:
            raise NotFound("the letter that this link stood in is not registered here")
        given: dict[str, Any] = {"number": number, "minutes": minutes, "files": files, "to": to, "why": why}
        done = act_on(connection, link.assignment_id, link.act, by=by, now=now, rules=rules, **given)
        with entry(
            connection,
            at=now,
            actor=by,
            act="link_used",
            assignment_id=link.assignment_id,
            detail={"letter": link.letter_id, "act": link.act},
        ) as opened:
            opened.commits(link_use)
            use = {"token_sha256": link.digest, "act_id": done.act_id, "entry": opened.seq}
            connection.execute(insert(link_use), use)
    return done
