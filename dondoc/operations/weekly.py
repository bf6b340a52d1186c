"""Write the weekly picture: to the head of each unit with subordinates that owe, how they stand, beside the last one.

Its figures are kept with the letter, so it says the same whenever it is read again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from dondoc.operations.ledger import Entry, entry
from dondoc.operations.letter_pictures import BEFORE, BEFORE_ON, COUNTS
from dondoc.operations.message_ids import message_id_domain
from dondoc.operations.rows import insert_row
from dondoc.operations.rules import Rules
from dondoc.operations.standing_in import speaking
from dondoc.operations.status import Adder, due_times, is_current
from dondoc.operations.tally import TallyRow, current_tally, past_tally
from dondoc.operations.unit_list import holds
from models.session import Database
from models.tables.counters import counter
from models.tables.directives import directive, directive_end, obligation
from models.tables.letters import letter, letter_figure
from models.tables.units import officer, unit_version
from models.vocabulary import LetterKind, LetterState, OfficerRole
from policies.escalation import may_write
from policies.status import ENDED
from policies.workdays import ZONE

Key = tuple[int, int, int | None]
"""What figures are of: the unit that is told, the directive, and the branch, None for all of them together."""


@dataclass(frozen=True, slots=True)
class WeeklyResult:
    """What one run did: the Monday of its week, the letters written, and the units with nobody to write to."""

    now: datetime
    week: date
    letters: int
    unheard: int


def write_weekly(database: Database, now: datetime, *, rules: Rules, actor: str = "dondoc weekly") -> WeeklyResult:
    """Write the pictures of the week of `now` that are not written yet; a second run writes nothing.

    1. Outside working time nothing is written: the first run in it, on Monday or the next working day, does it.
    2. Find the units that stand at or below an issuer and have somebody below who owes under a directive in force.
    3. Leave out those told this week; find the head of each other (or a substitute, or its focal officer).
    4. Count, for each unit and directive, what stands below: the whole and each direct subordinate.
    5. Write one letter to each, with the counts and those of the picture before it.
    """
    today = now.astimezone(ZONE).date()
    week = today - timedelta(days=today.weekday())
    if not may_write(now, rules.ladder.policy, rules.calendar):
        return WeeklyResult(now, week, 0, 0)
    with database.writing() as connection:
        owed = _owed(connection, today)
        told = _told(connection, owed, week)
        recipients = _recipients(connection, owed.keys() - told, today)
        if not recipients:
            return WeeklyResult(now, week, 0, len(owed.keys() - told))
        chosen = {unit_id: owed[unit_id] for unit_id in recipients}
        counts = _counts(connection, chosen, now, rules.ladder.policy.due_soon_days)
        with entry(connection, at=now, actor=actor, act="pictured", detail={"week": week}) as opened:
            domain = message_id_domain(opened, now, rules.mail_domain)
            writing = _Writing(connection, opened, now, week, domain, _last_pictures(connection, chosen))
            letters = sum(writing.write(unit_id, recipients[unit_id], counts) for unit_id in sorted(chosen))
            opened.detail["letters"] = letters
    return WeeklyResult(now, week, letters, len(owed.keys() - told - recipients.keys()))


def _owed(connection: Connection, day: date) -> Mapping[int, frozenset[int]]:
    """Give the directives in force under which somebody owes, by each unit above who owes, up to the issuer."""
    own, issuer = unit_version.alias("own"), unit_version.alias("issuer")
    statement = (
        select(counter.c.unit_id, obligation.c.directive_id)
        .join(obligation, obligation.c.id == counter.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .join(own, (own.c.unit_id == counter.c.unit_id) & holds(own, day))
        .join(issuer, (issuer.c.unit_id == directive.c.issuer_id) & holds(issuer, day))
        .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
        .where(counter.c.n > 0, counter.c.state.not_in([state.value for state in ENDED]))
        .where(directive_end.c.id.is_(None))
        .where(func.substr(own.c.path, 1, func.length(issuer.c.path)) == issuer.c.path)
        .distinct()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in connection.execute(statement):
        found[row.unit_id].add(row.directive_id)
    return {unit_id: frozenset(directives) for unit_id, directives in found.items()}


def _told(connection: Connection, units: Iterable[int], week: date) -> set[int]:
    """Give the units whose picture of this week is written."""
    keys = {_key(unit_id, week, 0): unit_id for unit_id in units}
    written = connection.execute(select(letter.c.key).where(letter.c.key.in_(keys))).scalars()
    return {keys[key] for key in written}


def _key(unit_id: int, week: date, number: int) -> str:
    return f"{LetterKind.WEEKLY}-{unit_id}-{week.isoformat()}-{number}"


def _recipients(connection: Connection, units: Collection[int], day: date) -> Mapping[int, Sequence[Row[Any]]]:
    """Give who is written to for each unit that has anybody: its heads, else its other officers, one an address."""
    there = speaking(day)
    statement = (
        select(there.c.unit_id, there.c.role, officer.c.id, officer.c.name, officer.c.email)
        .join(there, there.c.officer_id == officer.c.id)
        .where(there.c.unit_id.in_(units))
        .order_by(officer.c.id)
    )
    heads: dict[int, dict[str, Row[Any]]] = defaultdict(dict)
    others: dict[int, dict[str, Row[Any]]] = defaultdict(dict)
    for row in connection.execute(statement):
        of_role = heads if row.role == OfficerRole.HEAD else others
        of_role[row.unit_id].setdefault(row.email.lower(), row)
    return {unit_id: tuple(persons.values()) for unit_id, persons in (others | heads).items()}


def _counts(
    connection: Connection, owed: Mapping[int, frozenset[int]], now: datetime, due_soon_days: int
) -> Mapping[Key, Mapping[str, int]]:
    """Count what stands in each unit's subtree and in those of its direct subordinates, by directive."""
    directives = frozenset().union(*owed.values())
    chosen = select(obligation.c.id, obligation.c.directive_id).where(obligation.c.directive_id.in_(directives))
    directive_of = {row.id: row.directive_id for row in connection.execute(chosen)}
    version, day = unit_version.c, now.astimezone(ZONE).date()
    below = select(version.unit_id, version.parent_id).where(version.parent_id.in_(owed), holds(unit_version, day))
    parent_of = {row.unit_id: row.parent_id for row in connection.execute(below)}
    tally = current_tally if is_current(connection, now) else past_tally
    rows = tally(connection, owed.keys() | parent_of.keys(), tuple(directive_of), now)
    by_key: dict[Key, list[TallyRow]] = defaultdict(list)
    for row in rows:
        directive_id = directive_of[row.obligation_id]
        if directive_id in owed.get(row.unit_id, ()):
            by_key[row.unit_id, directive_id, None].append(row)
        above = parent_of.get(row.unit_id)
        if above is not None and directive_id in owed[above]:
            by_key[above, directive_id, row.unit_id].append(row)
    adder = Adder(due_times(connection, rows), now, due_soon_days)
    return {key: asdict(adder.add(some)) for key, some in by_key.items()}


def _last_pictures(connection: Connection, units: Iterable[int]) -> Mapping[Key, tuple[Mapping[str, int], date]]:
    """Give the counts of each unit's newest picture, and its day."""
    newest = (
        select(func.max(letter.c.id))
        .where(letter.c.unit_id.in_(list(units)), letter.c.kind == LetterKind.WEEKLY.value)
        .where(letter.c.key.startswith(f"{LetterKind.WEEKLY}-"))
        .group_by(letter.c.unit_id)
    )
    statement = (
        select(letter_figure, letter.c.unit_id.label("told_id"), letter.c.day)
        .join(letter, letter.c.id == letter_figure.c.letter_id)
        .where(letter.c.id.in_(newest))
    )
    return {
        (row.told_id, row.directive_id, row.unit_id): (row.figures[COUNTS], row.day)
        for row in connection.execute(statement)
        if COUNTS in row.figures
    }


@dataclass(frozen=True, slots=True)
class _Writing:
    """Writes the letters of one run under one entry."""

    connection: Connection
    opened: Entry
    now: datetime
    week: date
    domain: str
    last: Mapping[Key, tuple[Mapping[str, int], date]]

    def write(self, unit_id: int, recipients: Sequence[Row[Any]], counts: Mapping[Key, Mapping[str, int]]) -> int:
        """Write the letters of one unit, each with all of its figures; give how many."""
        self.opened.commits(letter, letter_figure)
        mine = sorted((key for key in counts if key[0] == unit_id), key=lambda key: (key[1], key[2] or 0))
        for number, person in enumerate(recipients):
            letter_id = self._letter(unit_id, number, person)
            rows = [
                {
                    "letter_id": letter_id,
                    "directive_id": key[1],
                    "unit_id": key[2],
                    "figures": {COUNTS: counts[key], **self._before(key)},
                    "entry": self.opened.seq,
                }
                for key in mine
            ]
            self.connection.execute(insert(letter_figure), rows)
        return len(recipients)

    def _letter(self, unit_id: int, number: int, person: Row[Any]) -> int:
        key = _key(unit_id, self.week, number)
        return insert_row(
            self.connection,
            letter,
            key=key,
            kind=LetterKind.WEEKLY,
            officer_id=person.id,
            unit_id=unit_id,
            to_address=person.email,
            to_name=person.name,
            message_id=f"<{key}@{self.domain}>",
            day=self.now.astimezone(ZONE).date(),
            created_at=self.now,
            entry=self.opened.seq,
            state=LetterState.NEW,
            attempts=0,
        )

    def _before(self, key: Key) -> dict[str, Any]:
        found = self.last.get(key)
        return {BEFORE: found[0], BEFORE_ON: found[1].isoformat()} if found else {}
