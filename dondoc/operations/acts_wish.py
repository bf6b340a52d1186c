"""What somebody wants to do to an assignment, with all that was given for it, cleaned and checked."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.errors import InvalidInput
from dondoc.operations.submissions import FileDraft, checked_files, checked_values
from models.vocabulary import Act

GOES_WITH: Mapping[str, frozenset[Act]] = {
    "number": frozenset({Act.SUBMIT}),
    "minutes": frozenset({Act.SUBMIT}),
    "files": frozenset({Act.SUBMIT}),
    "values": frozenset({Act.SUBMIT}),
    "to": frozenset({Act.EXTEND, Act.COUNTER, Act.COMMIT}),
    "basis": frozenset({Act.SUSPEND, Act.RESUME, Act.WAIVE, Act.CANCEL}),
}
"""What may be given with which acts; given with another, it would be lost in silence."""


@dataclass(frozen=True, slots=True)
class Wish:
    """An act as asked for. `to` is the date asked for, offered or promised; `basis` the document that orders the act.

    `minutes` is the record by which what is handed in was adopted.
    """

    act: Act
    why: str | None = None
    number: str | None = None
    files: tuple[FileDraft, ...] = ()
    values: Mapping[str, Any] | None = None
    to: date | None = None
    basis: str | None = None
    minutes: str | None = None

    @property
    def reason(self) -> str | None:
        """Why, in words, or by the document that orders it."""
        return self.why or self.basis


def checked_wish(  # noqa: PLR0913 (all that may be given for an act)
    act: Act,
    *,
    why: str | None,
    number: str | None,
    files: Sequence[FileDraft],
    values: Mapping[str, Any] | None,
    to: date | None,
    basis: str | None,
    minutes: str | None = None,
) -> Wish:
    """Make a wish of what was given. Raise InvalidInput for what does not go with the act, or cannot be kept."""
    wish = Wish(
        act,
        _clean(why),
        _clean(number),
        checked_files(files),
        checked_values(values),
        to,
        _clean(basis),
        _clean(minutes),
    )
    for name, acts in GOES_WITH.items():
        if getattr(wish, name) not in (None, ()) and act not in acts:
            allowed = ", ".join(sorted(one.value for one in acts))
            raise InvalidInput(f"{name} does not go with {act.value}, only with: {allowed}")
    return wish


def _clean(text: str | None) -> str | None:
    return unicodedata.normalize("NFC", text).replace("\x00", "").strip() or None if text else None
