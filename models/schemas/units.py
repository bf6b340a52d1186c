"""Units and officers as a file says them, before anything is decided, and what an import or a question gives back."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be corrected first: where it stands (file and row), and what to do."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class OfficerDraft:
    """Somebody who acts for a unit. `role` is text until it is checked; an absent e-mail is empty."""

    role: str
    name: str
    email: str
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """A unit from `valid_from` up to, not on, `valid_to` (None: still). `kind` is text until it is checked."""

    code: str
    name: str
    kind: str
    parent: str | None
    valid_from: date
    valid_to: date | None = None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class UnitDraft(UnitSpan):
    """A row of a units file: a span of the unit, and the officers that the row names."""

    officers: tuple[OfficerDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitsImported:
    """What an import did, or would do: units and officers counted, and what a clerk should know."""

    new: int
    changed: int
    unchanged: int
    officers_new: int
    officers_changed: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with the units below it, in Vietnamese order."""

    code: str
    name: str
    kind: str
    children: tuple["UnitNode", ...] = ()
