"""Play a seeded story through the real operations, day by day under a driven clock: the demo shows what the house does.

Each day in order: the sweep after 07:30, the letters, what is issued, what officers do, the letters once more.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

import pendulum
from sqlalchemy import select

from dondoc.errors import Refused
from dondoc.operations.acts import act_on
from dondoc.operations.cascade import cascade_all
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.issue import register
from dondoc.operations.rules import Rules
from dondoc.operations.samples import derived_directives, sample_directive, sample_story
from dondoc.operations.story import PlannedAct, StoryAssignment, plan_story
from dondoc.operations.sweep import sweep
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import directive, obligation, period
from models.tables.units import officer, unit, unit_version
from models.vocabulary import Act, OfficerRole
from policies.workdays import ZONE

FIRST_DAY = date(2025, 2, 14)
LAST_DAY = date(2025, 7, 31)
SWEPT_AT = time(7, 40)
SENT_AT = (time(7, 45), time(17, 0))
ISSUED_AT = time(8, 0)
OWN_PLAN = "01/KH-CĐCS"
"""The number of a grassroots union's own plan: it has no directive of its own here."""
UNIT_ACTS = frozenset({Act.ACKNOWLEDGE, Act.SUBMIT, Act.EXTEND, Act.COMMIT})


@dataclass(frozen=True, slots=True)
class Day:
    """What one day brought, in all so far."""

    day: date
    directives: int
    acts: int
    refused: int
    letters: int


@dataclass(frozen=True, slots=True)
class _Duty:
    """Who acts on an assignment, for the unit and for the office that receives it; and a relay's document number."""

    unit_email: str
    office_email: str
    number: str | None


class Replay:
    """One story being played. `cascade` carries the first directive out; the derived ones need no engine."""

    def __init__(  # noqa: PLR0913 (what the story is played with)
        self,
        database: Database,
        *,
        seed: int,
        rules: Rules,
        sender: Sender,
        cascade: Callable[[str, datetime], None],
        last_day: date = LAST_DAY,
    ) -> None:
        """Take what the story is played with, and up to which day the house goes on."""
        self.database = database
        self.seed = seed
        self.rules = rules
        self.sender = sender
        self.cascade = cascade
        self.last_day = last_day
        self.story = sample_story()
        self.derived = {draft.issuer: draft for draft in derived_directives()}
        self.planned: dict[date, list[PlannedAct]] = {}
        self.duties: dict[int, _Duty] = {}
        self.directives = self.acts = self.refused = self.letters = 0

    @property
    def days(self) -> int:
        """How many days the story lasts."""
        return (self.last_day - FIRST_DAY).days + 1

    def play(self) -> Iterator[Day]:
        """Play each day in turn, and say what has happened so far."""
        main = sample_directive()
        self.derived = self._with_subordinates()
        for noon in pendulum.interval(_noon(FIRST_DAY), _noon(self.last_day)).range("days"):
            today = noon.date()
            sweep(self.database, _at(today, SWEPT_AT), rules=self.rules)
            self._send(_at(today, SENT_AT[0]))
            for draft in (main, *self.derived.values()):
                if draft.issued_on == today:
                    self._issue(draft, _at(today, ISSUED_AT), through_engine=draft is main)
            self._act(today)
            self._send(_at(today, SENT_AT[1]))
            yield Day(today, self.directives, self.acts, self.refused, self.letters)

    def _with_subordinates(self) -> dict[str, DirectiveDraft]:
        """Give the derived directives of the unions that have somebody to address: in a small province not all do."""
        parents = select(unit.c.code).join(unit_version, unit_version.c.parent_id == unit.c.id)
        with self.database.reading() as connection:
            codes = set(connection.execute(parents.distinct()).scalars())
        return {issuer: draft for issuer, draft in self.derived.items() if issuer in codes}

    def _send(self, now: datetime) -> None:
        self.letters += deliver(self.database, now, sender=self.sender).sent

    def _issue(self, draft: DirectiveDraft, now: datetime, *, through_engine: bool) -> None:
        registered = register(self.database, draft, now=now, actor=f"office of {draft.issuer}", rules=self.rules)
        reference = f"{draft.number}@{draft.issuer}"
        if through_engine:
            self.cascade(reference, now)
        else:
            list(cascade_all(self.database, reference, now, rules=self.rules))
        self.directives += 1
        for act in plan_story(self.seed, self._new_duties(registered.directive_id), self.story, self.rules.calendar):
            self.planned.setdefault(act.day, []).append(act)

    def _new_duties(self, directive_id: int) -> Sequence[StoryAssignment]:
        """Read the assignments of a directive, and remember who acts on each."""
        office = officer.alias("office")
        statement = (
            select(
                assignment.c.id,
                unit.c.code,
                unit_version.c.kind,
                obligation.c.key,
                obligation.c.relay,
                period.c.effective_due,
                directive.c.issued_on,
                officer.c.email,
                office.c.email.label("office_email"),
            )
            .join(unit, unit.c.id == assignment.c.unit_id)
            .join(unit_version, (unit_version.c.unit_id == unit.c.id) & unit_version.c.valid_to.is_(None))
            .join(obligation, obligation.c.id == assignment.c.obligation_id)
            .join(directive, directive.c.id == obligation.c.directive_id)
            .join(period, period.c.id == assignment.c.period_id)
            .join(officer, (officer.c.unit_id == unit.c.id) & (officer.c.role == OfficerRole.FOCAL))
            .join(office, (office.c.unit_id == obligation.c.lead_id) & (office.c.role == OfficerRole.FOCAL))
            .where(directive.c.id == directive_id)
            .order_by(assignment.c.id)
        )
        with self.database.reading() as connection:
            rows = connection.execute(statement).all()
        new = []
        for row in rows:
            own = self.derived.get(row.code) if row.relay else None
            number = own.number if own else OWN_PLAN if row.relay else None
            self.duties[row.id] = _Duty(row.email, row.office_email, number)
            issued = own.issued_on if own else None
            new.append(StoryAssignment(row.id, row.code, row.kind, row.key, row.effective_due, row.issued_on, issued))
        return new

    def _act(self, today: date) -> None:
        """Do the day's acts in order of time: those of one moment in one transaction."""
        todays = sorted(self.planned.pop(today, []), key=lambda act: (act.at, act.assignment_id))
        for at, acts in groupby(todays, key=lambda act: act.at.replace(minute=0, second=0)):
            with self.database.writing() as connection:
                for planned in acts:
                    duty = self.duties[planned.assignment_id]
                    try:
                        act_on(
                            connection,
                            planned.assignment_id,
                            planned.act,
                            by=duty.unit_email if planned.act in UNIT_ACTS else duty.office_email,
                            now=_at(today, planned.at),
                            rules=self.rules,
                            why=planned.why,
                            number=duty.number if planned.act is Act.SUBMIT else None,
                            to=planned.to if planned.act in {Act.EXTEND, Act.COMMIT} else None,
                            basis=planned.why if planned.act is Act.SUSPEND else None,
                        )
                        self.acts += 1
                    except Refused:
                        self.refused += 1
            _ = at


def _noon(day: date) -> pendulum.DateTime:
    return pendulum.datetime(day.year, day.month, day.day, 12, tz=ZONE)


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=ZONE)
