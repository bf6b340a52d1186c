"""Whose subtrees a status counts, and which directives: found once, before anything is added up."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from dondoc.operations.named import NamedDirective
from dondoc.operations.tally import TallyRow
from models.tables.directives import directive, directive_end, obligation
from models.tables.units import unit_version
from models.vocabulary import DirectiveState


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose subtrees are counted: one chosen unit, or for each directive the roots of the tree it was issued in.

    `directives` gives the directive of each obligation that is counted.
    """

    unit_id: int | None
    roots: Mapping[int, frozenset[int]]
    directives: Mapping[int, int]

    @property
    def counted(self) -> frozenset[int]:
        """The units whose subtrees are added up."""
        return frozenset({self.unit_id}) if self.unit_id is not None else frozenset().union(*self.roots.values())

    def counts(self, row: TallyRow) -> bool:
        """Whether a row stands for the whole of what is counted, not for a part of it."""
        if self.unit_id is not None:
            return row.unit_id == self.unit_id
        return row.unit_id in self.roots.get(self.directives[row.obligation_id], frozenset())


def find_scope(connection: Connection, found: NamedDirective | None, unit_id: int | None, now: datetime) -> Scope:
    """Find the scope of one directive, or of all; of one unit's subtree, or of the whole tree."""
    version = unit_version.c
    statement = (
        select(directive.c.id, version.unit_id)
        .join(unit_version, version.depth == 1)
        .where(version.valid_from <= directive.c.issued_on)
        .where(version.valid_to.is_(None) | (version.valid_to > directive.c.issued_on))
    )
    if found:
        statement = statement.where(directive.c.id == found.id)
    roots: dict[int, set[int]] = defaultdict(set)
    for directive_id, root in connection.execute(statement):
        roots[directive_id].add(root)
    of_directive = {key: frozenset(value) for key, value in roots.items()}
    return Scope(unit_id, of_directive, obligations_counted(connection, found, now))


def children_of(connection: Connection, scope: Scope, found: NamedDirective | None) -> frozenset[int]:
    """Give what ever stood directly under the unit chosen, else the issuer, else the roots."""
    parents = scope.counted if found is None or scope.unit_id is not None else {found.issuer_id}
    statement = select(unit_version.c.unit_id).where(unit_version.c.parent_id.in_(parents)).distinct()
    return frozenset(connection.execute(statement).scalars())


def obligations_counted(connection: Connection, found: NamedDirective | None, now: datetime) -> dict[int, int]:
    """Give the directive of each obligation that is counted: one directive's, else those of all but the replaced ones.

    What was done under a directive that was replaced by `now` was carried to another, and is counted there.
    """
    statement = select(obligation.c.id, obligation.c.directive_id)
    if found:
        statement = statement.where(obligation.c.directive_id == found.id)
    else:
        replaced = select(directive_end.c.directive_id).where(
            directive_end.c.state == DirectiveState.REPLACED.value, directive_end.c.at <= now
        )
        statement = statement.where(obligation.c.directive_id.not_in(replaced))
    return {row.id: row.directive_id for row in connection.execute(statement)}
