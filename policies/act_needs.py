"""What each act needs beside a state that allows it: one list, read by the decision and by the documents alike.

A need is a function of the facts that gives what speaks against the act, or None; its docstring says the need.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.vocabulary import Act, AddresseeRole, Side, State
from policies.extension import ExtensionPolicy, objection_to_date, objection_to_outer
from policies.reasons import Reason
from policies.status import is_late
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """An extension that is asked for and not settled. `due_offered`: another date, that waits for the unit's answer."""

    due_asked: date
    due_offered: date | None = None
    asked_by_actor: bool = False
    offered_by_actor: bool = False

    @property
    def due_settled(self) -> date:
        """The date that saying yes sets now."""
        return self.due_offered or self.due_asked


@dataclass(frozen=True, slots=True)
class NamedFacts:
    """What is registered under the number that a submission names: whose it is, and whether it serves the duty."""

    owner: str
    is_own: bool
    implements: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What is known when somebody acts.

    `to` is the date that the act itself names. A duty that `needs_number` is done by a directive of the unit's own;
    `named` is what is registered under that number, None for nothing. `granted` counts the extensions so far.
    """

    state: State
    due_at: datetime | None
    nominal_due: date | None
    submitted_at: datetime | None
    late: bool
    sides: frozenset[Side]
    extension_policy: ExtensionPolicy
    role: AddresseeRole = AddresseeRole.LEAD
    is_submitter: bool = False
    request: RequestFacts | None = None
    granted: int = 0
    to: date | None = None
    outer_due: date | None = None
    open_obstacles: int = 0
    obstacle_is_own: bool = False
    state_before_suspension: State | None = None
    says_why: bool = False
    needs_number: bool = False
    gives_number: bool = False
    named: NamedFacts | None = None
    needs_minutes: bool = False
    gives_minutes: bool = False


Need = Callable[[ActFacts, datetime], Reason | None]

ALWAYS_POSSIBLE = frozenset({Act.ACKNOWLEDGE, Act.WAIVE, Act.CANCEL})
"""What may also be done with an assignment that coordinates or is for information: it owes nothing."""


def _reason(facts: ActFacts, _: datetime) -> Reason | None:
    """Give a reason in words, or the document that orders it."""
    return None if facts.says_why else Reason("it needs a reason or a basis document in words")


def _own_directive(facts: ActFacts, _: datetime) -> Reason | None:
    """Name, for a relay duty, the number of a directive of the unit's own that implements the higher one."""
    if not facts.needs_number:
        return None
    if not facts.gives_number:
        return Reason("it is done by issuing a directive of the unit's own: give that directive's number")
    named = facts.named
    if named is None:
        return None
    if not named.is_own:
        return Reason(
            "that number is of %(owner)s, not of the unit that owes it; "
            "if the unit has a directive of the same number, give it with the unit's own code (NUMBER@CODE)",
            owner=named.owner,
        )
    if not named.in_force:
        return Reason("that directive is no longer in force: it was revoked or replaced")
    if not named.implements:
        return Reason("that directive does not say that it implements the one that asks for it (implements:)")
    return None


def _minutes(facts: ActFacts, _: datetime) -> Reason | None:
    """Name, where the obligation asks for adoption, the minutes by which it was adopted."""
    if facts.needs_minutes and not facts.gives_minutes:
        return Reason("it holds only when adopted: give the minutes by which it was (--minutes)")
    return None


def _not_the_submitter(facts: ActFacts, _: datetime) -> Reason | None:
    """Come from another person than who submitted."""
    if not facts.is_submitter:
        return None
    return Reason("who submits a result does not decide on it; another officer of the office must")


def _in_term(facts: ActFacts, now: datetime) -> Reason | None:
    """Come before the due time."""
    if facts.due_at is None or facts.nominal_due is None:
        return Reason("it has no deadline to extend")
    if is_late(now, facts.due_at):
        return Reason(
            "the due time has passed: an extension is asked before it; afterwards a commitment is recorded (commit)"
        )
    return None


def _no_open_request(facts: ActFacts, _: datetime) -> Reason | None:
    """Find no other request open: one at a time."""
    if facts.request is None:
        return None
    if facts.request.due_offered:
        return Reason(
            "%(day)s was offered on an earlier request: accept or decline that first; one at a time",
            day=facts.request.due_offered,
        )
    return Reason("an extension is already asked for and not decided; one at a time")


def _extensions_left(facts: ActFacts, _: datetime) -> Reason | None:
    """Find fewer extensions granted so far than the policy's most."""
    policy = facts.extension_policy
    if facts.granted < policy.most:
        return None
    if facts.granted == 1:
        return Reason(
            "it was extended once already, and the office's policy allows no more (%(policy)s)", policy=policy.name
        )
    return Reason(
        "it was extended %(times)s times already, and the office's policy allows no more (%(policy)s)",
        times=facts.granted,
        policy=policy.name,
    )


def _date_in_bounds(facts: ActFacts, _: datetime) -> Reason | None:
    """Name a date after the due date, within the policy's longest move, and not after what the higher one asks."""
    if facts.nominal_due is None:
        return Reason("it has no deadline to extend")
    return objection_to_date(facts.to, facts.nominal_due, facts.outer_due, facts.extension_policy)


def _date_to_come(facts: ActFacts, now: datetime) -> Reason | None:
    """Name a date that has not passed."""
    if facts.to is None or facts.to < now.astimezone(ZONE).date():
        return Reason("the date offered has passed already")
    return None


def _request_to_decide(facts: ActFacts, _: datetime) -> Reason | None:
    """Find a request that waits for the office."""
    if facts.request is None:
        return Reason("no extension is asked for")
    if facts.request.due_offered:
        return Reason("%(day)s was offered; the unit accepts or declines it", day=facts.request.due_offered)
    return None


def _not_who_asked(facts: ActFacts, _: datetime) -> Reason | None:
    """Come from another person than who asked."""
    asked = facts.request is not None and facts.request.asked_by_actor
    return Reason("who asks for an extension does not decide on it") if asked else None


def _offer_to_answer(facts: ActFacts, _: datetime) -> Reason | None:
    """Find another date offered, that waits for the unit."""
    if facts.request is None or facts.request.due_offered is None:
        return Reason("no other date is offered")
    return None


def _not_who_offered(facts: ActFacts, _: datetime) -> Reason | None:
    """Come from another person than who offered."""
    offered = facts.request is not None and facts.request.offered_by_actor
    return Reason("who offers a date does not answer the offer") if offered else None


def _not_overtaken(facts: ActFacts, _: datetime) -> Reason | None:
    """Find the due date still before the date in question, and what the higher directive asks not before it."""
    if facts.request is None or facts.nominal_due is None:
        return None
    if facts.request.due_settled <= facts.nominal_due:
        if facts.request.due_offered:
            return Reason(
                "its due date has meanwhile moved past that date: decline the offer, and let it be asked again"
            )
        return Reason("its due date has meanwhile moved past that date: refuse the request, and let it be asked again")
    return objection_to_outer(facts.request.due_settled, facts.outer_due)


def _after_due(facts: ActFacts, now: datetime) -> Reason | None:
    """Come after the due time; it stays overdue."""
    if facts.due_at is None:
        return Reason("it has no deadline, so there is nothing to commit to")
    if not is_late(now, facts.due_at):
        return Reason("the due time has not passed: ask for an extension (extend) instead")
    return None


def _promise_to_come(facts: ActFacts, now: datetime) -> Reason | None:
    """Promise a day to come."""
    if facts.to is None or facts.to <= now.astimezone(ZONE).date():
        return Reason("the promised date must lie in the future")
    return None


def _open_obstacle(facts: ActFacts, _: datetime) -> Reason | None:
    """Find an obstacle that nobody has answered."""
    return None if facts.open_obstacles else Reason("no obstacle is reported that waits for an answer")


def _not_who_reported(facts: ActFacts, _: datetime) -> Reason | None:
    """Come from another person than who reported."""
    return Reason("who reports an obstacle does not answer it") if facts.obstacle_is_own else None


NEEDS: Mapping[Act, tuple[Need, ...]] = {
    Act.SUBMIT: (_own_directive, _minutes),
    Act.CONFIRM: (_not_the_submitter,),
    Act.RETURN: (_reason, _not_the_submitter),
    Act.EXTEND: (_reason, _in_term, _no_open_request, _extensions_left, _date_in_bounds),
    Act.GRANT: (_request_to_decide, _not_who_asked, _not_overtaken),
    Act.REFUSE: (_request_to_decide, _not_who_asked),
    Act.COUNTER: (_request_to_decide, _not_who_asked, _date_to_come, _date_in_bounds),
    Act.ACCEPT: (_offer_to_answer, _not_who_offered, _not_overtaken),
    Act.DECLINE: (_offer_to_answer, _not_who_offered),
    Act.COMMIT: (_reason, _after_due, _promise_to_come),
    Act.SUSPEND: (_reason,),
    Act.OBSTACLE: (_reason,),
    Act.ANSWER: (_reason, _open_obstacle, _not_who_reported),
    Act.WAIVE: (_reason,),
    Act.CANCEL: (_reason,),
}
"""What an act needs, in the order in which it is asked for. An act that is not named needs nothing more."""


def objection(act: Act, facts: ActFacts, now: datetime) -> Reason | None:
    """Give the first thing that speaks against an act which the state allows, or None."""
    if facts.role is not AddresseeRole.LEAD and act not in ALWAYS_POSSIBLE:
        if facts.role is AddresseeRole.COORDINATING:
            return Reason(
                "it was given for coordination, so nothing is owed on it; it closes when the leading units are done"
            )
        return Reason(
            "it was given for information, so nothing is owed on it; it closes when the leading units are done"
        )
    found = (need(facts, now) for need in NEEDS.get(act, ()))
    return next((reason for reason in found if reason), None)
