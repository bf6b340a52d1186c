"""What letters say, as values for `dondoc.mail`: read in a fixed number of queries for a batch of any size.

A letter says how things stood when it was written, from rows that the ledger commits to, so it can be read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from dondoc.mail.values import ActNote, BelowSummary, DeadAddress, LetterGroup, LetterValues, OwnLine, Skipped
from dondoc.operations import letter_rows
from dondoc.operations.letter_below import Summing, load_totals
from dondoc.operations.letter_facts import Facts, load_facts
from dondoc.operations.named import UnitNames
from models.vocabulary import Act, LetterKind


def load_letter_values(connection: Connection, letter_ids: Sequence[int], *, base_url: str) -> dict[int, LetterValues]:
    """Give the values of each letter, by id; ids that are no letter are left out.

    1. Read the letters and what they tell of: new assignments, rungs of the unit's own, acts, those below, gaps.
    2. Read once what many of them share: obligations, plans and rungs, totals, names of units.
    3. Put each letter together, by directive.
    """
    letters = letter_rows.letter_rows(connection, letter_ids)
    told = _Told.read(connection, letters)
    facts = load_facts(connection, told.obligation_ids, told.directive_ids, told.plan_ids)
    totals = load_totals(connection, told.below)
    issuers = {one.issuer_id for one in facts.directives.values()}
    names = UnitNames(connection, told.unit_ids | issuers | {row.unit_id for row in letters})
    threads = {row.id: row.message_id for row in letter_rows.first_letters(connection, letter_ids)}
    batch = _Batch(told.by_letter(), facts, names, Summing(facts, names, totals))
    return {row.id: batch.values(row, base_url, threads.get(row.id, "")) for row in letters}


@dataclass(frozen=True, slots=True)
class _Told:
    """The rows of a batch: what its letters tell of."""

    own: Sequence[Row[Any]] = ()
    acts: Sequence[Row[Any]] = ()
    below: Sequence[Row[Any]] = ()
    worst: Sequence[Row[Any]] = ()
    skipped: Sequence[Row[Any]] = ()
    dead: Sequence[Row[Any]] = ()

    @classmethod
    def read(cls, connection: Connection, letters: Iterable[Row[Any]]) -> "_Told":
        ids: dict[bool, list[int]] = defaultdict(list)
        for row in letters:
            ids[row.kind == LetterKind.ASSIGNED].append(row.id)
        given = letter_rows.assigned_lines(connection, ids[True])
        if not ids[False]:
            return cls(own=given)
        return cls(
            own=(*given, *letter_rows.own_rung_lines(connection, ids[False])),
            acts=(*letter_rows.ended_lines(connection, ids[False]), *letter_rows.act_lines(connection, ids[False])),
            below=letter_rows.below_groups(connection, ids[False]),
            worst=letter_rows.worst_below(connection, ids[False]),
            skipped=letter_rows.skipped_lines(connection, ids[False]),
            dead=letter_rows.dead_addresses(connection, ids[False]),
        )

    @property
    def obligation_ids(self) -> set[int]:
        return {row.obligation_id for rows in (self.own, self.acts, self.below) for row in rows}

    @property
    def directive_ids(self) -> set[int]:
        return {row.directive_id for row in self.skipped}

    @property
    def plan_ids(self) -> set[int]:
        return {row.plan_id for rows in (self.own, self.acts, self.below, self.skipped) for row in rows}

    @property
    def unit_ids(self) -> set[int]:
        owing = {row.unit_id for rows in (self.own, self.acts, self.worst, self.skipped, self.dead) for row in rows}
        return owing | {row.branch_id for row in self.below}

    def by_letter(self) -> dict[int, "_Told"]:
        """Split the rows by letter, keeping their order."""
        parts: dict[int, dict[str, list[Row[Any]]]] = defaultdict(lambda: defaultdict(list))
        for name in ("own", "acts", "below", "worst", "skipped", "dead"):
            for row in getattr(self, name):
                parts[row.letter_id][name].append(row)
        return {letter_id: _Told(**rows) for letter_id, rows in parts.items()}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Puts letters together from the rows of each and the facts of all."""

    told: Mapping[int, _Told]
    facts: Facts
    names: UnitNames
    summing: Summing

    def values(self, letter: Row[Any], base_url: str, thread_id: str) -> LetterValues:
        told = self.told.get(letter.id, _Told())
        own = self._own(letter, told)
        below = self.summing.by_directive(letter, told.below, told.worst)
        directives = sorted(
            {*own, *below, *(row.directive_id for row in told.skipped)},
            key=lambda one: (self.facts.directives[one].issued_on, one),
        )
        office = self.facts.directives[directives[0]].issuer_id if directives else letter.unit_id
        return LetterValues(
            message_id=letter.message_id,
            kind=LetterKind(letter.kind),
            to_address=letter.to_address,
            to_name=letter.to_name,
            unit_name=self._name(letter.unit_id, letter.day),
            office_name=self._name(office, letter.day),
            written_at=letter.created_at,
            day=letter.day,
            base_url=base_url,
            ledger_head=letter.hash or "",
            groups=tuple(
                self._group(one, own.get(one, ()), below.get(one, ()), letter)
                for one in directives
                if one in own or one in below
            ),
            skipped=tuple(
                Skipped(
                    self._name(row.unit_id, letter.day),
                    self.facts.directives[row.directive_id].number,
                    self.facts.rung(row.plan_id, row.step, row.role or letter.role, row.level),
                )
                for row in told.skipped
            ),
            dead=tuple(
                DeadAddress(self._name(row.unit_id, letter.day), row.name, row.address, row.status, row.diagnostic)
                for row in told.dead
            ),
            thread_id=thread_id,
        )

    def _group(
        self, directive_id: int, own: tuple[OwnLine, ...], below: tuple[BelowSummary, ...], letter: Row[Any]
    ) -> LetterGroup:
        one = self.facts.directives[directive_id]
        issuer = self._name(one.issuer_id, letter.day)
        # Of an end that came later, a letter written before it does not know.
        replaced_by = one.replaced_by if letter.kind == LetterKind.REVOKED else ""
        return LetterGroup(one.number, one.type, one.issued_on, issuer, one.subject, replaced_by, own, below)

    def _own(self, letter: Row[Any], told: _Told) -> dict[int, tuple[OwnLine, ...]]:
        """Give the own lines by directive: the first due first, then in the directive's order."""
        lines: dict[int, list[tuple[Any, OwnLine]]] = defaultdict(list)
        for row in (*told.own, *told.acts):
            about, due = self.facts.obligations[row.obligation_id], self.facts.dues[row.plan_id]
            order = (due.effective or date.max, about.ordinal, row.period_id, row.assignment_id)
            lines[about.directive_id].append((order, self._line(letter, row)))
        return {key: tuple(line for _, line in sorted(some, key=lambda pair: pair[0])) for key, some in lines.items()}

    def _line(self, letter: Row[Any], row: Row[Any]) -> OwnLine:
        about, due = self.facts.obligations[row.obligation_id], self.facts.dues[row.plan_id]
        period, content = self.facts.periods[row.period_id]
        return OwnLine(
            assignment_id=row.assignment_id,
            title=about.title,
            clause=about.clause,
            nominal_due=due.nominal,
            effective_due=due.effective,
            moved_by=due.moved_by,
            period=period,
            period_content=content,
            unit_name=self._name(row.unit_id, letter.day) if row.unit_id != letter.unit_id else "",
            rung=self.facts.rung(row.plan_id, row.step, letter.role, 0) if row.step is not None else None,
            note=_note(row, judged=due.effective is not None) if "act" in row._fields else None,
        )

    def _name(self, unit_id: int, day: date) -> str:
        return self.names.on(unit_id, day).name


def _note(row: Row[Any], *, judged: bool) -> ActNote:
    act = Act(row.act)
    late = row.late if act is Act.CONFIRM and judged else None
    return ActNote(act, row.at, row.by or "", row.reason or "", row.until, late)
