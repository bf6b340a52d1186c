"""What a deadline phrase means, and when the occurrences of a recurring obligation fall due."""

from policies.deadlines.decision import DueDecision
from policies.deadlines.periods import Period, Point
from policies.deadlines.phrases import decide_due
from policies.deadlines.recurring import Occurrence, occurrences

__all__ = ["DueDecision", "Occurrence", "Period", "Point", "decide_due", "occurrences"]
