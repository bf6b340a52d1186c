"""How often and how far a due date may be moved on request: a policy of the house, since no regulation sets one.

Systems in use differ from none at all to one; bounds keep an extension from becoming the way a deadline is forgotten.
"""

from dataclasses import dataclass
from datetime import date

from policies.reasons import Reason


@dataclass(frozen=True, slots=True)
class ExtensionPolicy:
    """The bounds: `most` extensions of one assignment, each by at most `longest_days` calendar days.

    From the `often_from`-th request on, an assignment is shown as asked for time often (gia hạn nhiều lần).
    """

    name: str
    version: int
    most: int
    longest_days: int
    often_from: int

    def is_often(self, asked: int) -> bool:
        """Say whether so many requests on one assignment are many."""
        return asked >= self.often_from


def objection_to_date(to: date | None, due: date, outer_due: date | None, policy: ExtensionPolicy) -> Reason | None:
    """Say what speaks against moving a due date to `to`, or None.

    `outer_due` is when what the assignment serves is due above it: subordinates are due before what is made of them.
    """
    if to is None or to <= due:
        return Reason("the new date must be after the due date %(day)s", day=due)
    if (to - due).days > policy.longest_days:
        return Reason(
            "an extension is of %(days)s days at most (%(policy)s), so until %(day)s",
            days=policy.longest_days,
            policy=policy.name,
            day=date.fromordinal(due.toordinal() + policy.longest_days),
        )
    return objection_to_outer(to, outer_due)


def objection_to_outer(to: date, outer_due: date | None) -> Reason | None:
    """Say that a date lies after what the higher directive asks, or None."""
    if outer_due is not None and to > outer_due:
        return Reason("the new date must not be after %(day)s, when the higher directive is due", day=outer_due)
    return None
