"""What letters tell a level above: for each obligation counts, branches and the worst, never a hundred lines."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Table, case, func, select

from dondoc.mail.values import BelowSummary, BranchCount, Rung, WorstUnit
from dondoc.operations.letter_facts import DueFacts, Facts
from dondoc.operations.letter_rows import WORST, Rows
from dondoc.operations.named import UnitNames
from dondoc.operations.recount import OWES
from models.tables.assignments import assignment
from models.tables.counters import counter


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of assignments by unit and period: strictly below the unit, and its own."""

    below: Mapping[tuple[int, int], int]
    own: Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class _Key:
    """What one summary is about."""

    obligation_id: int
    period_id: int
    due: DueFacts
    rung: Rung
    head_id: int


@dataclass(slots=True)
class _Gathered:
    told: int = 0
    branches: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    worst: list[int] = field(default_factory=list)


def load_totals(connection: Connection, groups: Rows) -> Totals:
    """Count what the units that summaries name have below them, from the counters, and of their own."""
    periods = {row.period_id for row in groups}
    branches = {row.branch_id for row in groups}
    units = branches | {row.head_id for row in groups}
    if not groups:
        return Totals({}, {})
    below = _by_unit_and_period(connection, counter, func.sum(counter.c.n), units, periods)
    owed = func.sum(case((OWES, 1), else_=0))
    return Totals(below, _by_unit_and_period(connection, assignment, owed, branches, periods))


def _by_unit_and_period(
    connection: Connection, table: Table, number: Any, units: set[int], periods: set[int]
) -> dict[tuple[int, int], int]:
    key = (table.c.unit_id, table.c.period_id)
    statement = select(*key, number.label("n")).where(key[0].in_(units), key[1].in_(periods)).group_by(*key)
    return {(row.unit_id, row.period_id): int(row.n) for row in connection.execute(statement)}


@dataclass(frozen=True, slots=True)
class Summing:
    """Makes the summaries of a batch of letters from what they share."""

    facts: Facts
    names: UnitNames
    totals: Totals

    def by_directive(
        self, letter: Row[Any], groups: Collection[Row[Any]], worst: Collection[Row[Any]]
    ) -> dict[int, tuple[BelowSummary, ...]]:
        """Give a letter's summaries by directive: the first due first, then in the directive's order."""
        gathered: dict[_Key, _Gathered] = defaultdict(_Gathered)
        for row in groups:
            one = gathered[self._key(row, letter.role)]
            one.told += row.n
            one.branches[row.branch_id] += row.n
        for row in worst:
            gathered[self._key(row, letter.role)].worst.append(row.unit_id)
        found: dict[int, list[tuple[Any, BelowSummary]]] = defaultdict(list)
        for key, one in gathered.items():
            about = self.facts.obligations[key.obligation_id]
            order = (key.due.effective or date.max, about.ordinal, key.period_id, key.rung.level)
            found[about.directive_id].append((order, self._summary(key, one, letter.day)))
        return {
            directive_id: tuple(summary for _, summary in sorted(ranked, key=lambda pair: pair[0]))
            for directive_id, ranked in found.items()
        }

    def _key(self, row: Row[Any], role: str) -> _Key:
        rung = self.facts.rung(row.plan_id, row.step, role, row.level)
        return _Key(row.obligation_id, row.period_id, self.facts.dues[row.plan_id], rung, row.head_id)

    def _summary(self, key: _Key, one: _Gathered, day: date) -> BelowSummary:
        about = self.facts.obligations[key.obligation_id]
        late = (day - key.due.effective).days if key.due.effective else 0
        overdue = one.told if late > 0 else 0
        units = sorted((self.names.on(unit_id, day) for unit_id in one.worst), key=lambda unit: unit.sort)
        worst = tuple(WorstUnit(unit.name, late) for unit in units[:WORST]) if overdue else ()
        period, content = self.facts.periods[key.period_id]
        return BelowSummary(
            title=about.title,
            clause=about.clause,
            nominal_due=key.due.nominal,
            effective_due=key.due.effective,
            overdue=overdue,
            due_soon=one.told - overdue,
            # Who has got new subordinates since may be told of more than was counted below at issue.
            total=max(self.totals.below.get((key.head_id, key.period_id), 0), one.told),
            moved_by=key.due.moved_by,
            due_time=key.due.hour,
            period=period,
            period_content=content,
            branches=self._branches(key, one, day, overdue=bool(overdue)),
            worst=worst,
            others=max(overdue - len(worst), 0),
            rung=key.rung,
        )

    def _branches(self, key: _Key, one: _Gathered, day: date, *, overdue: bool) -> tuple[BranchCount, ...]:
        """Give the direct subordinates, most told of first; none where these are the units that owe."""
        if key.rung.level == 1:
            return ()
        ranked = sorted((-n, self.names.on(unit_id, day).sort, unit_id, n) for unit_id, n in one.branches.items())
        return tuple(
            BranchCount(
                self.names.on(unit_id, day).name,
                n if overdue else 0,
                0 if overdue else n,
                max(self._branch_total(unit_id, key.period_id), n),
            )
            for _, _, unit_id, n in ranked
        )

    def _branch_total(self, unit_id: int, period_id: int) -> int:
        key = (unit_id, period_id)
        return self.totals.below.get(key, 0) + self.totals.own.get(key, 0)
