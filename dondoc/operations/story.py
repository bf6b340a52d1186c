"""The demo's story: who acts when, drawn from shares and lags of story.yaml. Seeded, pure, planned batch by batch.

What an assignment's unit does depends on the seed and on that assignment alone, so a plan for a later batch is the same
whether or not it is made together with an earlier one.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from models.schemas.story import Story, Suspension
from models.vocabulary import Act
from policies.workdays import WorkCalendar

FIRST_TIME = time(8, 0)
LAST_TIME = time(16, 0)
BETWEEN_ACTS = timedelta(minutes=20)
"""Least time between two acts on one assignment."""


@dataclass(frozen=True, slots=True)
class StoryAssignment:
    """What is known of an assignment when its part of the story is planned.

    `hands_in_on` fixes the day of the submission where something else decides it: the issue of the unit's own plan.
    """

    id: int
    unit_code: str
    unit_kind: str
    obligation_key: str
    due_on: date | None
    assigned_on: date
    hands_in_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """One act to replay: when (local time), on what, and what it says. `to` is the date asked for or promised."""

    day: date
    at: time
    assignment_id: int
    act: Act
    why: str | None = None
    to: date | None = None


def plan_story(
    seed: int, assignments: Sequence[StoryAssignment], story: Story, calendar: WorkCalendar
) -> tuple[PlannedAct, ...]:
    """Plan every act on these assignments, in order of time; acts on one assignment follow one another strictly."""
    acts = [act for one in assignments for act in _Life(seed, one, story, calendar).acts()]
    return tuple(sorted(acts, key=lambda act: (act.day, act.at, act.assignment_id)))


class _Life:
    """The acts on one assignment, one after the other."""

    def __init__(self, seed: int, assignment: StoryAssignment, story: Story, calendar: WorkCalendar) -> None:
        self.assignment = assignment
        self.story = story
        self.calendar = calendar
        named = f"{assignment.unit_code} {assignment.obligation_key} {assignment.due_on} {assignment.assigned_on}"
        self.random = Random(f"{seed} {named}")  # noqa: S311 (a demo, not a secret)
        self.profile = story.profiles[_profile_name(seed, assignment, story)]
        self.now = datetime.combine(assignment.assigned_on, LAST_TIME)

    def acts(self) -> Iterator[PlannedAct]:
        """Acknowledge, perhaps ask for time, hand in, and be answered; a standing duty is only received."""
        profile, due = self.profile, self.assignment.due_on
        fixed = self.assignment.hands_in_on
        if self.happens(profile.acknowledges):
            received = self.after(self.assignment.assigned_on, profile.acknowledge_after)
            yield self.act(Act.ACKNOWLEDGE, min(received, fixed or received))
        if due is None:
            if fixed is not None and self.happens(profile.hands_in):
                yield from self.hand_in(fixed)
            return
        stopped = self.suspension()
        if stopped is None:
            asked = yield from self.ask_for_time(due)
            due = asked or due
        else:
            yield self.act(Act.SUSPEND, stopped.suspended_on, stopped.basis)
            yield self.act(Act.RESUME, stopped.resumed_on, self.story.words["resume"])
        day = fixed or self.after(due, profile.submits)
        if day > due and self.happens(profile.commits):
            yield from self.commit(due, day)
        if self.happens(profile.hands_in):
            yield from self.hand_in(day)

    def suspension(self) -> Suspension | None:
        """Find the suspension that the story names for this assignment."""
        one = self.assignment
        wanted = (one.unit_code, one.obligation_key)
        return next((each for each in self.story.suspensions if (each.unit, each.obligation) == wanted), None)

    def ask_for_time(self, due: date) -> Generator[PlannedAct, None, date | None]:
        """Ask for an extension before the due date and have it decided; gives the new date when it is granted."""
        office = self.story.office
        day = self.shift(due, -self.between(office.extension.asked_before))
        if self.assignment.hands_in_on or not self.happens(self.profile.extends) or day <= self.now.date():
            return None
        wanted = self.shift(due, self.between(office.extension.days))
        yield self.act(Act.EXTEND, day, self.story.words["extend"], wanted)
        granted = self.happens(office.grants)
        decided = self.after(day, office.decides_after)
        why = None if granted else self.story.words["refuse"]
        yield self.act(Act.GRANT if granted else Act.REFUSE, decided, why, wanted if granted else None)
        return wanted if granted else None

    def commit(self, due: date, day: date) -> Iterator[PlannedAct]:
        """Promise a day once the due date has passed, where there is time left before that day."""
        promised_on = self.shift(due, self.story.office.commits_after)
        if self.now.date() < promised_on < day:
            yield self.act(Act.COMMIT, promised_on, self.story.words["commit"], day)

    def hand_in(self, day: date) -> Iterator[PlannedAct]:
        """Submit; the office confirms, or returns it once and confirms what comes back."""
        office = self.story.office
        submitted = self.act(Act.SUBMIT, day)
        yield submitted
        if self.happens(self.profile.returned):
            returned = self.act(Act.RETURN, self.after(submitted.day, office.returns_after), self.story.words["return"])
            yield returned
            submitted = self.act(Act.SUBMIT, self.after(returned.day, office.resubmits_after))
            yield submitted
        yield self.act(Act.CONFIRM, self.after(submitted.day, office.confirms_after))

    def act(self, act: Act, day: date, why: str | None = None, to: date | None = None) -> PlannedAct:
        """Place an act on a working day in office hours, after everything before it."""
        minutes = (LAST_TIME.hour - FIRST_TIME.hour) * 60
        moment = datetime.combine(self.calendar.next_working_day(day), FIRST_TIME) + timedelta(
            minutes=self.random.randrange(minutes)
        )
        self.now = max(moment, self.now + BETWEEN_ACTS)
        return PlannedAct(self.now.date(), self.now.time(), self.assignment.id, act, why, to)

    def happens(self, share: float) -> bool:
        """Draw whether something of this share happens."""
        return self.random.random() < share

    def between(self, pair: tuple[int, int]) -> int:
        """Draw a whole number of a pair's range."""
        return self.random.randint(*pair)

    def after(self, day: date, pair: tuple[int, int]) -> date:
        """Draw a day so many working days after (negative: before) another."""
        return self.shift(day, self.between(pair))

    def shift(self, day: date, working_days: int) -> date:
        """Move a day by working days."""
        return self.calendar.shift_working_days(day, working_days)


def _profile_name(seed: int, assignment: StoryAssignment, story: Story) -> str:
    """Draw the profile that a unit keeps through the whole story."""
    pinned = story.pinned.get(assignment.unit_code)
    if pinned:
        return pinned
    shares = story.shares[assignment.unit_kind]
    draw = Random(f"{seed} {assignment.unit_code}")  # noqa: S311 (as above)
    return draw.choices(list(shares), weights=list(shares.values()))[0]
