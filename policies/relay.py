"""When a derived directive's duty must be due: before what its issuer itself owes upward, period by period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Owed:
    """A period of what the issuer owes to a higher directive; `due` None for a standing duty."""

    period: str
    due: date | None


def outer_due_of(period: str, owed: Sequence[Owed]) -> date | None:
    """Give the date that a period of the served obligation may not lie after, or None where nothing bounds it.

    The same period's; where the higher obligation is cut into other periods, its last one's.
    """
    same = [one for one in owed if one.period == period]
    return max((one.due for one in same or owed if one.due), default=None)
