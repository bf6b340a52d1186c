"""Decides what one deadline phrase means: words to terms to the first rule that answers."""

from datetime import date

from policies.deadlines.decision import Asked, DueDecision
from policies.deadlines.readers import read_terms
from policies.deadlines.resolving import with_shared_years
from policies.deadlines.rules import RULES
from policies.deadlines.terms import Terms
from policies.deadlines.tokens import tokenise
from policies.workdays import WorkCalendar


def decide_due(
    phrase: str, issued_on: date | None, calendar: WorkCalendar, dated_from: date | None = None
) -> DueDecision:
    """Decide a phrase such as "trong Quý II/2025" of a document dated `issued_on`. Never raises.

    The document's date supplies a missing year and stands for "ngày ký"; without it these are asked. A date that
    lies before the document is decided all the same: whether to take it is the caller's question. `dated_from`, the
    first day on which a document without a date may have been issued, supplies missing years and nothing else.
    """
    terms = Terms(with_shared_years(read_terms(tokenise(phrase))))
    asked = Asked(phrase, issued_on, calendar, dated_from)
    return next(due for rule in RULES if (due := rule.decide(terms, asked, rule.source)) is not None)
