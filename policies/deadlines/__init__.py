"""What a deadline phrase means, and when the occurrences of a recurring obligation fall due."""

from policies.deadlines.decision import DueDecision
from policies.deadlines.listed import cycles_of, days_of_rule, listed_occurrences, recurrence_of, rules_of
from policies.deadlines.periods import Period, Point
from policies.deadlines.phrases import decide_due
from policies.deadlines.recurring import Occurrence, occurrences

__all__ = [
    "DueDecision",
    "Occurrence",
    "Period",
    "Point",
    "cycles_of",
    "days_of_rule",
    "decide_due",
    "listed_occurrences",
    "occurrences",
    "recurrence_of",
    "rules_of",
]
