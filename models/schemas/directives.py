"""A directive as a file says it, before anything is decided. INTERFACE, Files, has the shape."""

import unicodedata
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from models.vocabulary import Deliverable, Recurrence, UnitKind, Urgency

LONGEST_TEXT = 4_000
"""Characters; a title or a subject longer than this is a document pasted into a field."""


EARLIEST, LATEST = date(1945, 9, 2), date(2199, 12, 31)
"""A date outside these is a slip of the hand; the calendar's arithmetic would leave what dates can hold."""

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode's categories of what nobody sees: controls, direction marks, halves of characters, private use."""


def _clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    words = " ".join(unicodedata.normalize("NFC", value).split())
    hidden = next((character for character in words if unicodedata.category(character) in UNSEEN), None)
    if hidden is not None:
        msg = f"there is a character in it that nobody sees (U+{ord(hidden):04X}); write the text again without it"
        raise ValueError(msg)
    return words


def _written(value: Any) -> Any:
    # pydantic would take a number for seconds since 1970.
    if isinstance(value, int | float):
        msg = "this is not a date; write it as 2025-02-28"
        raise ValueError(msg)  # noqa: TRY004 (pydantic turns it into the field's problem)
    return value


def _phrase(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else _clean(value)


def _possible(value: date) -> date:
    if not EARLIEST <= value <= LATEST:
        msg = f"{value.isoformat()} lies outside {EARLIEST.year} to {LATEST.year}; correct the year"
        raise ValueError(msg)
    return value


def _without_at(value: str) -> str:
    if "@" in value:
        msg = "a number has no @: NUMBER@ISSUER@YEAR is how one of several is named"
        raise ValueError(msg)
    return value


Text = Annotated[str, BeforeValidator(_clean), StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
Code = Annotated[str, BeforeValidator(_clean), StringConstraints(min_length=1, max_length=100)]
Number = Annotated[Code, AfterValidator(_without_at)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]
Day = Annotated[date, BeforeValidator(_written), AfterValidator(_possible)]
Phrase = Annotated[str, BeforeValidator(_phrase), StringConstraints(min_length=1, max_length=500)]


class _Draft(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AddresseesDraft(_Draft):
    """Who is addressed: units by code, or all units of some kinds below one, down to `depth` levels."""

    units: tuple[Code, ...] = ()
    below: Code | None = None
    kinds: tuple[UnitKind, ...] = ()
    depth: int | None = Field(default=None, ge=1, le=20, strict=True)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.units) == bool(self.below):
            msg = "say either units: [CODE, …] or below: CODE with kinds: […]"
            raise ValueError(msg)
        if self.below and not self.kinds:
            msg = "below: needs kinds: […]"
            raise ValueError(msg)
        if self.units and (self.kinds or self.depth):
            msg = "kinds: and depth: go with below:, not with units:"
            raise ValueError(msg)
        return self


class ObligationDraft(_Draft):
    """What a directive asks: once by a due phrase, each period of a recurrence, or standing (neither).

    `addressees` owe it (chủ trì). Who is `coordinating` (phối hợp) or told `for_information` (để biết) owes nothing; a
    unit named in several ways has the first of these roles.
    """

    key: Key
    clause: Code | None = None
    title: Text
    deliverable: Deliverable = Deliverable.OTHER
    addressees: AddresseesDraft
    coordinating: AddresseesDraft | None = None
    for_information: AddresseesDraft | None = None
    lead: Code | None = None
    due: Phrase | None = None
    relay: bool = False
    adoption: bool = False
    serves: Text | None = None
    replaces: Key | None = None
    every: Recurrence | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    periods: dict[str, Text] = {}
    send_by: Phrase | None = None
    ladder: Key | None = None

    @model_validator(mode="after")
    def _once_or_each_period(self) -> Self:
        if self.every is None and (self.periods or self.send_by or self.from_ or self.until):
            msg = "periods:, send_by:, from: and until: go with every:"
            raise ValueError(msg)
        if self.every is not None and self.due is not None:
            msg = "say due: or every:, not both; a day in each period is send_by:"
            raise ValueError(msg)
        if self.from_ and self.until and self.until < self.from_:
            msg = "until: lies before from:"
            raise ValueError(msg)
        return self


class DirectiveDraft(_Draft):
    """A directive with its obligations."""

    number: Number
    type: Text
    issued_on: Day
    issuer: Code
    place: Text | None = None
    subject: Text
    implements: tuple[Code, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    ladder: Key | None = None
    obligations: tuple[ObligationDraft, ...] = Field(min_length=1)

    @property
    def reference(self) -> str:
        """What finds this directive and no other, once it is registered."""
        return f"{self.number}@{self.issuer}@{self.issued_on.year}"

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        keys = [obligation.key for obligation in self.obligations]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            msg = f"the key {twice!r} is used by two obligations; each needs its own"
            raise ValueError(msg)
        return self
