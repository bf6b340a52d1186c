"""Says why a recipient gets a letter: rule, rung, clause. Each cause stands once, with the clauses it applies to."""

from dataclasses import dataclass

from dondoc.mail.values import LetterValues, Rung
from dondoc.mail.wording import Wording
from models.vocabulary import LetterKind

# A cause names this many clauses, then says how many more there are.
NAMED_CLAUSES = 8
FOLLOW_UPS = frozenset({LetterKind.DIGEST, LetterKind.URGENT, LetterKind.WEEKLY})


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of a letter, and the clauses that it applies to."""

    rule: str
    clauses: str


def causes(values: LetterValues, words: Wording) -> tuple[Cause, ...]:
    """Give each cause of the letter once, in the order of its first line."""
    clauses: dict[Rung | None, list[str]] = {}
    for group in values.groups:
        placed = [(line.rung, line.clause, line.title) for line in group.own]
        placed += [(summary.rung, summary.clause, summary.title) for summary in group.below]
        for rung, clause, title in placed:
            place = words.gettext("%(clause)s of %(number)s") % {
                "clause": words.clause(clause) if clause else title,
                "number": group.number,
            }
            named = clauses.setdefault(rung, [])
            if place not in named:
                named.append(place)
    found = [
        Cause(words.reason(rung) if rung else _without_rung(values, words), _listed(places, words))
        for rung, places in clauses.items()
    ]
    pictured = [group.number for group in values.groups if group.picture]
    if pictured:
        found.append(Cause(words.gettext("Every week: who answers for units below that owe"), _listed(pictured, words)))
    if values.dead:
        found.append(Cause(words.gettext("A report of a mail server; the office keeps the register of addresses"), ""))
    return tuple(found)


def _without_rung(values: LetterValues, words: Wording) -> str:
    kind = values.kind
    if kind is LetterKind.ASSIGNED:
        return words.gettext("The directive gives the unit this task")
    if any(group.ended for group in values.groups):
        return words.gettext("The directive that gave the unit this task has ended")
    if kind in FOLLOW_UPS:
        return words.gettext("The unit answers for this task")
    return words.gettext("Something was done to a task that the unit owes or receives")


def _listed(places: list[str], words: Wording) -> str:
    rest = len(places) - NAMED_CLAUSES
    shown = "; ".join(places[:NAMED_CLAUSES])
    if rest <= 0:
        return shown
    return f"{shown}; " + words.ngettext("and %(n)d other", "and %(n)d others", rest) % {"n": rest}
