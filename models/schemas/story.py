"""The parameters of the demo's story, as deploy/samples/story.yaml holds them."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0, le=1)]
Days = tuple[int, int]
"""Least and most working days."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Profile(_Value):
    """How a unit behaves. `submits` counts from the due date, `acknowledge_after` from the day of the assignment."""

    acknowledges: Share
    acknowledge_after: Days
    submits: Days
    hands_in: Share
    returned: Share
    extends: Share
    commits: Share


class Extension(_Value):
    """When extensions are asked, before the due date, and for how long."""

    asked_before: Days
    days: Days


class Office(_Value):
    """How soon the office answers, and how units follow up."""

    confirms_after: Days
    returns_after: Days
    resubmits_after: Days
    decides_after: Days
    grants: Share
    extension: Extension
    commits_after: int


class Suspension(_Value):
    """A duty of one unit that stops for a while."""

    unit: str
    obligation: str
    suspended_on: date
    resumed_on: date
    basis: str


class Story(_Value):
    """The whole story: profiles, which share of which kind of unit has them, and what the office does."""

    profiles: dict[str, Profile]
    shares: dict[str, dict[str, Share]]
    pinned: dict[str, str] = {}
    office: Office
    suspensions: tuple[Suspension, ...] = ()
    words: dict[str, str]

    @model_validator(mode="after")
    def _profiles_are_known(self) -> Self:
        named = {*self.pinned.values(), *(name for shares in self.shares.values() for name in shares)}
        unknown = sorted(named - set(self.profiles))
        if unknown:
            msg = f"unknown profile {unknown[0]!r}; the profiles are: {', '.join(self.profiles)}"
            raise ValueError(msg)
        return self
