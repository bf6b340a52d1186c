"""The counts: how many assignments stand how, for a directive or all, for a unit's subtree or all, at a moment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from dondoc.operations.closed import closed_times
from dondoc.operations.named import UnitNames, named_directive, named_unit
from dondoc.operations.status_scope import Scope, children_of, find_scope
from dondoc.operations.tally import TallyRow, current_tally, past_tally
from models.session import Database
from models.tables.directives import directive, obligation, period
from models.tables.ledger import ledger
from models.tables.plans import plan
from models.tables.units import unit as unit_of_issuer
from models.vocabulary import State, Status
from policies.status import ENDED, is_due_soon, status_of
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of assignments. The seven after `total` add up to it; the last two are of which."""

    total: int = 0
    done_on_time: int = 0
    done_late: int = 0
    open_in_term: int = 0
    open_overdue: int = 0
    no_deadline: int = 0
    waived: int = 0
    cancelled: int = 0
    due_soon: int = 0
    awaiting_confirmation: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        """Count both."""
        return Counts(*(mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class ObligationCounts:
    """One obligation in one period. Standing duties have no due dates.

    `closed_at` is when the last of those counted was done (or waived or cancelled); None while any is not, and where
    nobody asked for it.
    """

    directive: str
    issuer: str
    key: str
    period: str
    nominal_due: date | None
    effective_due: date | None
    counts: Counts
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """A unit with all below it."""

    code: str
    name: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class StatusPicture:
    """The counts at `as_of`; `number` None stands for all directives."""

    number: str | None
    as_of: datetime
    counts: Counts
    obligations: tuple[ObligationCounts, ...]
    units: tuple[UnitCounts, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the fields of `dondoc status --json` (INTERFACE)."""
        return {
            "number": self.number,
            "as_of": self.as_of.astimezone(ZONE).isoformat(),
            "counts": asdict(self.counts),
            "obligations": [
                asdict(one)
                | {"nominal_due": _iso(one.nominal_due), "effective_due": _iso(one.effective_due)}
                | {"closed_at": one.closed_at.astimezone(ZONE).isoformat() if one.closed_at else None}
                for one in self.obligations
            ],
            "units": [asdict(one) for one in self.units],
        }


def status(  # noqa: PLR0913 (what is counted, when, and how much is said of it)
    database: Database,
    *,
    now: datetime,
    due_soon_days: int,
    number: str | None = None,
    unit: str | None = None,
    closed: bool = False,
) -> StatusPicture:
    """Count at `now`, which may lie in the past. Raises NotFound; NeedsAnswer for a number of several directives.

    1. Find what is meant: the directive, and the unit whose subtree is counted (else all roots).
    2. Choose the units shown: the direct subordinates of that unit, else of the issuer, else of the roots.
    3. Read the counters where nothing was recorded after `now`; else replay the acts up to `now`.
    4. Turn states into statuses, which depend on `now`, and add up.
    5. Where `closed`, look up when what is done was done: that reads the assignments of such obligations.
    """
    with database.reading() as connection:
        found = named_directive(connection, number) if number is not None else None
        scope = find_scope(connection, found, named_unit(connection, unit) if unit is not None else None, now)
        tally = current_tally if is_current(connection, now) else past_tally
        shown = children_of(connection, scope, found)
        told = tally(connection, scope.counted | shown, tuple(scope.directives) if found else None, now)
        rows = [row for row in told if row.obligation_id in scope.directives]
        adder = Adder(due_times(connection, rows), now, due_soon_days)
        names = UnitNames(connection, shown)
        done = _done(rows, scope) if closed else set()
        return StatusPicture(
            found.number if found else None,
            now,
            adder.add(row for row in rows if scope.counts(row)),
            _by_obligation(connection, rows, scope, adder, closed_times(connection, done, scope.unit_id, now)),
            _by_unit(rows, shown, names, now, adder),
        )


def is_current(connection: Connection, now: datetime) -> bool:
    """Whether nothing was recorded after `now`, so that the counters say how things stand then."""
    newest = connection.execute(select(func.max(ledger.c.at))).scalar()
    return newest is None or newest <= now


def due_times(connection: Connection, rows: Iterable[TallyRow]) -> Mapping[int, datetime | None]:
    """Give when the plans of some rows are due, None for a standing duty's."""
    plans = {row.plan_id for row in rows}
    statement = select(plan.c.id, plan.c.due_at).where(plan.c.id.in_(plans))
    return {row.id: row.due_at for row in connection.execute(statement)}


class Adder:
    """Adds up rows of states as the statuses that they are at one moment."""

    def __init__(self, due_times: Mapping[int, datetime | None], now: datetime, due_soon_days: int) -> None:
        """Judge by these due times at `now`; `due_soon_days` before it is due, an assignment is due soon."""
        self._due_times, self._now, self._days = due_times, now, due_soon_days

    def add(self, rows: Iterable[TallyRow]) -> Counts:
        """Add up some rows."""
        counts: Counter[str] = Counter()
        for row in rows:
            due_at, state = self._due_times[row.plan_id], State(row.state)
            shown: Status = status_of(state, due_at, late=row.late, now=self._now)
            counts["total"] += row.n
            counts[shown.value] += row.n
            counts["due_soon"] += row.n if is_due_soon(state, due_at, self._now, self._days) else 0
            counts["awaiting_confirmation"] += row.n if state is State.SUBMITTED else 0
        return Counts(**counts)


def _done(rows: Iterable[TallyRow], scope: Scope) -> set[tuple[int, int]]:
    """Give the obligations and periods of which nothing that is counted is still to do."""
    states: dict[tuple[int, int], set[State]] = defaultdict(set)
    for row in rows:
        if scope.counts(row):
            states[row.obligation_id, row.period_id].add(State(row.state))
    return {key for key, found in states.items() if found <= ENDED}


def _by_obligation(
    connection: Connection,
    rows: Iterable[TallyRow],
    scope: Scope,
    adder: Adder,
    closed: Mapping[int, datetime],
) -> tuple[ObligationCounts, ...]:
    of_period: dict[int, list[TallyRow]] = defaultdict(list)
    for row in rows:
        if scope.counts(row):
            of_period[row.period_id].append(row)
    said = (
        select(
            directive.c.number,
            unit_of_issuer.c.code.label("issuer"),
            obligation.c.key,
            period.c.key.label("period"),
            period.c.nominal_due,
            period.c.effective_due,
            period.c.id,
        )
        .join(obligation, obligation.c.id == period.c.obligation_id)
        .join(directive, directive.c.id == obligation.c.directive_id)
        .join(unit_of_issuer, unit_of_issuer.c.id == directive.c.issuer_id)
        .order_by(directive.c.issued_on, directive.c.id, obligation.c.ordinal, period.c.starts_on, period.c.id)
    )
    if len(set(scope.directives.values())) == 1:
        said = said.where(directive.c.id == next(iter(scope.directives.values())))
    return tuple(
        ObligationCounts(
            row.number,
            row.issuer,
            row.key,
            row.period,
            row.nominal_due,
            row.effective_due,
            adder.add(of_period[row.id]),
            closed.get(row.id),
        )
        for row in connection.execute(said)
        if row.id in of_period
    )


def _by_unit(
    rows: Iterable[TallyRow], shown: frozenset[int], names: UnitNames, now: datetime, adder: Adder
) -> tuple[UnitCounts, ...]:
    of_unit: dict[int, list[TallyRow]] = defaultdict(list)
    for row in rows:
        if row.unit_id in shown:
            of_unit[row.unit_id].append(row)
    day = now.astimezone(ZONE).date()
    units = sorted((names.on(unit_id, day) for unit_id in of_unit), key=lambda one: (one.sort, one.code))
    return tuple(UnitCounts(one.code, one.name, adder.add(of_unit[one.id])) for one in units)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
