"""One act with every fact that it is decided on, read in as few queries as the act needs."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from dondoc.operations.acts_standing import Actor, LastAct, Standing, find_actor, find_entering
from dondoc.operations.acts_wish import Wish
from dondoc.operations.extensions import Earlier, OpenRequest, count_earlier, find_open_request
from dondoc.operations.obstacles import OpenObstacle, find_open_obstacles
from dondoc.operations.relay import Named, bare_number, find_named
from dondoc.operations.rules import Rules
from dondoc.operations.serving import find_outer_due
from models.vocabulary import Act, State
from policies.act_needs import ActFacts, RequestFacts
from policies.lifecycle import side_needed

ABOUT_TIME = frozenset({Act.EXTEND, Act.GRANT, Act.REFUSE, Act.COUNTER, Act.ACCEPT, Act.DECLINE})
"""Acts that ask for a later date or answer who does."""
BOUNDED = ABOUT_TIME - {Act.REFUSE, Act.DECLINE}
"""Acts that name a later date or set it."""
ON_WHAT_IS_HELD = frozenset({Act.CONFIRM, Act.RETURN, Act.RESUME})
"""Acts that look back to the one by which the assignment came into its state."""


@dataclass(frozen=True, slots=True)
class Case:
    """An act with the facts it is decided on.

    `entered` is the act by which the assignment came into its state, where that matters.
    """

    wish: Wish
    standing: Standing
    actor: Actor
    now: datetime
    rules: Rules
    request: OpenRequest | None
    earlier: Earlier | None
    outer_due: date | None
    entered: LastAct | None
    obstacles: tuple[OpenObstacle, ...]
    named: Named | None

    @property
    def facts(self) -> ActFacts:
        """What the lifecycle decides on."""
        wish, standing, actor = self.wish, self.standing, self.actor
        submitter = self.entered.email if self.entered and standing.state is State.SUBMITTED else None
        before = self.entered.state_before if self.entered and standing.state is State.SUSPENDED else None
        return ActFacts(
            state=standing.state,
            due_at=standing.due_at,
            nominal_due=standing.nominal_due,
            submitted_at=standing.submitted_at,
            late=standing.late,
            sides=actor.sides,
            extension_policy=self.rules.extension,
            role=standing.role,
            is_submitter=actor.is_person(submitter),
            request=self._request(),
            granted=self.earlier.granted if self.earlier else 0,
            to=wish.to,
            outer_due=self.outer_due,
            open_obstacles=len(self.obstacles),
            obstacle_is_own=any(actor.is_person(one.reporter) for one in self.obstacles),
            state_before_suspension=before,
            says_why=wish.reason is not None,
            needs_number=standing.relay,
            gives_number=wish.number is not None,
            named=self.named.facts if self.named else None,
            needs_minutes=standing.adoption,
            gives_minutes=wish.minutes is not None,
        )

    @property
    def is_answered_already(self) -> bool:
        """Whether the act would answer a request, an offer or an obstacle, and none waits for it."""
        match self.wish.act:
            case Act.GRANT | Act.REFUSE | Act.COUNTER:
                return self.request is None or self.request.due_offered is not None
            case Act.ACCEPT | Act.DECLINE:
                return self.request is None or self.request.due_offered is None
            case Act.ANSWER:
                return not self.obstacles
            case _:
                return False

    def _request(self) -> RequestFacts | None:
        one = self.request
        if one is None:
            return None
        asked, offered = self.actor.is_person(one.asker), self.actor.is_person(one.offerer)
        return RequestFacts(one.due_asked, one.due_offered, asked, offered)


def gather(  # noqa: PLR0913 (who wants what, when, by which rules)
    connection: Connection, standing: Standing, wish: Wish, *, by: str, now: datetime, rules: Rules
) -> Case:
    """Read what an act is decided on. Raise NotFound for an address that no officer has."""
    act, one = wish.act, standing.assignment_id
    named = None
    if act is Act.SUBMIT and wish.number is not None:
        if standing.relay:
            named = find_named(connection, standing, wish.number, now)
        if standing.relay or wish.number == f"{bare_number(wish.number)}@{standing.unit_code}":
            wish = replace(wish, number=bare_number(wish.number))
    return Case(
        wish,
        standing,
        find_actor(connection, by, standing.offices, side_needed(act, standing.state), now),
        now,
        rules,
        request=find_open_request(connection, one) if act in ABOUT_TIME else None,
        earlier=count_earlier(connection, one) if act is Act.EXTEND else None,
        outer_due=find_outer_due(connection, standing) if act in BOUNDED else None,
        entered=find_entering(connection, standing) if act in ON_WHAT_IS_HELD else None,
        obstacles=find_open_obstacles(connection, one) if act is Act.ANSWER else (),
        named=named,
    )
