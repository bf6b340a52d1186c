"""Do all that issuing a directive would do, count it, and take it back: what --dry-run shows is what would be."""

from dataclasses import dataclass
from datetime import datetime

from dondoc.operations.cascade import cascade_everything_in
from dondoc.operations.issue import register_in
from dondoc.operations.rules import Rules
from models.schemas.directives import DirectiveDraft
from models.session import Database


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What issuing would add, and what a clerk should know first; `silent` as in BranchResult."""

    number: str
    branches: int
    assigned: int
    letters: int
    silent: int
    silent_codes: tuple[str, ...]
    warnings: tuple[str, ...]


def rehearse(
    database: Database, draft: DirectiveDraft, *, now: datetime, rules: Rules, accept_past: bool = False
) -> Rehearsed:
    """Register and cascade in one transaction that is rolled back. Raises what issuing would raise."""
    with database.rehearsing() as connection:
        registered = register_in(connection, draft, now=now, actor="dondoc issue", rules=rules, accept_past=accept_past)
        results = cascade_everything_in(connection, draft.reference, now, rules=rules)
    return Rehearsed(
        draft.number,
        len(results),
        sum(one.assigned for one in results),
        sum(one.letters for one in results),
        sum(one.silent for one in results),
        tuple(code for one in results for code in one.silent_codes),
        registered.warnings,
    )
