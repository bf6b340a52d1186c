"""What letters say, as values for `dondoc.mail`: read in a fixed number of queries for a batch of any size.

A letter says how things stood when it was written, from rows that the ledger commits to, so it can be read again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import Connection, Row, select

from dondoc.mail.figures import Picture
from dondoc.mail.values import (
    ActNote,
    BelowSummary,
    CalendarMark,
    DeadAddress,
    LetterGroup,
    LetterValues,
    OwnLine,
    Skipped,
)
from dondoc.operations import letter_rows
from dondoc.operations.letter_below import Summing, load_totals
from dondoc.operations.letter_facts import Facts, load_facts
from dondoc.operations.letter_pictures import pictures, storm_of
from dondoc.operations.letter_tasks import load_told_tasks, too_many_to_print
from dondoc.operations.letter_told import Told
from dondoc.operations.named import UnitNames
from models.tables.installation import installation
from models.vocabulary import Act, AddresseeRole, LetterKind

MOVE_DUE_DATES = frozenset({Act.GRANT, Act.ACCEPT, Act.RESUME, Act.REPLAN})
"""Acts whose letters move the due date in the unit's calendar."""

END_DUE_DATES = frozenset({Act.WAIVE, Act.CANCEL})
"""Acts whose letters take it out of there."""


def load_letter_values(
    connection: Connection, letter_ids: Sequence[int], *, base_url: str, with_tasks: bool = False
) -> dict[int, LetterValues]:
    """Give the values of each letter, by id; ids that are no letter are left out.

    1. Read the letters and what they tell of: new assignments, rungs of the unit's own, acts, those below, gaps.
    2. Read once what many of them share: obligations, plans and rungs, totals, names of units.
    3. Put each letter together, by directive, and find the letter that it follows.
    4. With tasks: read all that letters tell of which cannot print it.
    """
    letters = letter_rows.letter_rows(connection, letter_ids)
    told = Told.read(connection, letters)
    facts = load_facts(connection, told.obligation_ids, told.directive_ids, told.plan_ids)
    totals = load_totals(connection, told.below)
    issuers = {one.issuer_id for one in facts.directives.values()}
    names = UnitNames(connection, told.unit_ids | issuers | {row.unit_id for row in letters})
    token = connection.execute(select(installation.c.token)).scalar_one()
    batch = _Batch(told.by_letter(), facts, names, Summing(facts, names, totals), base_url, token)
    values = {row.id: batch.values(row) for row in letters}
    for letter_id, thread_id in _threads(connection, letters, values).items():
        values[letter_id] = replace(values[letter_id], thread_id=thread_id)
    if with_tasks:
        long = {row.id: row for row in letters if too_many_to_print(values[row.id])}
        for letter_id, tasks in load_told_tasks(connection, long).items():
            values[letter_id] = replace(values[letter_id], tasks=tasks)
    return values


def _threads(connection: Connection, letters: Sequence[Row[Any]], values: Mapping[int, LetterValues]) -> dict[int, str]:
    """Give, for letters about one directive, the first letter that the same officer got about it, if there is one."""
    about: dict[int, tuple[int, int]] = {}
    for row in letters:
        groups = values[row.id].groups
        directive_id = row.directive_id or (groups[0].directive_id if len(groups) == 1 else None)
        if directive_id:
            about[row.id] = (row.officer_id, directive_id)
    first: dict[tuple[int, int], Row[Any]] = {}
    for row in letter_rows.first_letters(connection, about.values()) if about else ():
        first.setdefault((row.officer_id, row.directive_id), row)
    return {one: first[key].message_id for one, key in about.items() if key in first and first[key].id < one}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Puts letters together from the rows of each and the facts of all."""

    told: Mapping[int, Told]
    facts: Facts
    names: UnitNames
    summing: Summing
    base_url: str
    token: str

    def values(self, letter: Row[Any]) -> LetterValues:
        told = self.told.get(letter.id, Told())
        groups = self._groups(letter, told)
        directive = self.facts.directives
        issuers = [directive[one.directive_id].issuer_id for one in groups]
        issuers += [directive[row.directive_id].issuer_id for row in told.skipped]
        return LetterValues(
            message_id=letter.message_id,
            kind=LetterKind(letter.kind),
            to_address=letter.to_address,
            to_name=letter.to_name,
            unit_name=self._name(letter.unit_id, letter.day),
            office_name=self._name(issuers[0] if issuers else letter.unit_id, letter.day),
            written_at=letter.created_at,
            day=letter.day,
            base_url=self.base_url,
            ledger_head=letter.hash or "",
            groups=groups,
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
            storm=storm_of(told.figures),
        )

    def _groups(self, letter: Row[Any], told: Told) -> tuple[LetterGroup, ...]:
        """Give what the letter tells of each directive, the one issued first in front."""
        own = self._own(letter, told)
        below = self.summing.by_directive(letter, told.below, told.worst)
        shown = pictures(told.figures, letter, self.names, self.base_url)
        directives = sorted({*own, *below, *shown}, key=lambda one: (self.facts.directives[one].issued_on, one))
        return tuple(
            self._group(one, own.get(one, ()), below.get(one, ()), shown.get(one), letter) for one in directives
        )

    def _group(
        self,
        directive_id: int,
        own: tuple[OwnLine, ...],
        below: tuple[BelowSummary, ...],
        picture: Picture | None,
        letter: Row[Any],
    ) -> LetterGroup:
        one = self.facts.directives[directive_id]
        # Of an end that came later, a letter written before it does not know.
        ended = one.ended_by == letter.entry
        return LetterGroup(
            number=one.number,
            type=one.type,
            issued_on=one.issued_on,
            issuer_name=self._name(one.issuer_id, letter.day),
            subject=one.subject,
            ended=ended,
            replaced_by=one.replaced_by if ended else "",
            own=own,
            below=below,
            directive_id=one.id,
            picture=picture,
        )

    def _own(self, letter: Row[Any], told: Told) -> dict[int, tuple[OwnLine, ...]]:
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
            role=AddresseeRole(row.asked_as),
            taken_from=self._name(row.taken_from, letter.day) if getattr(row, "taken_from", None) else "",
            due_time=due.hour,
            calendar=self._calendar(letter, row),
        )

    def _calendar(self, letter: Row[Any], row: Row[Any]) -> CalendarMark | None:
        """Give the entry in the unit's own calendar, in letters that put it there, move it or take it out."""
        act = Act(row.act) if "act" in row._fields else None
        written = letter.kind == LetterKind.ASSIGNED if act is None else act in MOVE_DUE_DATES | END_DUE_DATES
        if not written or row.unit_id != letter.unit_id:
            return None
        uid = uuid5(NAMESPACE_URL, f"dondoc:{self.token}:{row.assignment_id}")
        return CalendarMark(str(uid), row.version if act else 0, cancelled=act in END_DUE_DATES)

    def _name(self, unit_id: int, day: date) -> str:
        return self.names.on(unit_id, day).name


def _note(row: Row[Any], *, judged: bool) -> ActNote:
    act = Act(row.act)
    late = row.late if act is Act.CONFIRM and judged else None
    return ActNote(act, row.at, row.by or "", row.reason or "", row.until, late, row.before)
