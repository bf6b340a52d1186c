"""A ladder as an office says it: which rungs there are, who hears of them, and when nobody is written to."""

from dataclasses import dataclass
from datetime import time

from models.vocabulary import OfficerRole, RungAction


@dataclass(frozen=True, slots=True)
class Audience:
    """Who hears: a role at a level above the unit that owes (0 the unit itself)."""

    level: int
    role: OfficerRole


@dataclass(frozen=True, slots=True)
class RungRule:
    """A rung as the policy says it: working days from the effective due date, and who hears.

    A PROMPT counts from the day of assignment instead.
    """

    days: int
    action: RungAction
    audience: tuple[Audience, ...]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of a day, in Vietnam, in which no letter of a ladder is written; half-open, over midnight or not."""

    begins: time
    ends: time

    def hold(self, at: time) -> bool:
        """Whether `at` lies within them."""
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True, slots=True)
class StormRule:
    """From when on a level above hears of a storm: overdue assignments below it, and their share of those told of."""

    share: float
    at_least: int

    def is_storm(self, overdue: int, total: int) -> bool:
        """Whether `overdue` of `total` assignments are a storm."""
        return overdue >= self.at_least and overdue >= self.share * total


@dataclass(frozen=True, slots=True)
class LadderPolicy:
    """An office's ladder: numbers of working days, `until_done` by ISO weekday; see policies/defaults/ladder.yaml.

    `grace` gives for a level the working days after the one below it, where they are not `above_every_days`.
    `repeat_at_most`: so many weekly letters; None: until it is done.
    """

    name: str
    version: int
    at: time
    rungs: tuple[RungRule, ...]
    above_every_days: int
    above_roles: tuple[OfficerRole, ...]
    until_done_weekday: int
    until_done_roles: tuple[OfficerRole, ...]
    due_soon_days: int
    acknowledge: tuple[RungRule, ...] = ()
    grace: tuple[tuple[int, int], ...] = ()
    repeat_at_most: int | None = None
    quiet: QuietHours | None = None
    storm: StormRule | None = None

    def grace_of(self, level: int) -> int:
        """Give the working days between the rung of the level below and that of `level` (2 or more)."""
        return dict(self.grace).get(level, self.above_every_days)
