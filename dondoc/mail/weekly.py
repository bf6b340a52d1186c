"""Says the weekly picture: the count of a directive in a sentence, and what of all of them opens the letter."""

from dondoc.mail.figures import Figures
from dondoc.mail.values import LetterValues
from dondoc.mail.wording import Wording


def has_picture(values: LetterValues) -> bool:
    """Whether a letter shows figures, and not only what a ladder repeats every week."""
    return any(group.picture for group in values.groups)


def counts_sentence(figures: Figures, words: Wording) -> str:
    """Say the official count: what is asked, finished and open, each within its deadline and past it."""
    said = words.gettext(
        "%(total)d tasks: finished %(done)d (on time %(on_time)d, late %(late)d); "
        "open %(open)d (in term %(in_term)d, overdue %(overdue)d)"
    ) % {
        "total": figures.total,
        "done": figures.done,
        "on_time": figures.done_on_time,
        "late": figures.done_late,
        "open": figures.open_in_term + figures.open_overdue,
        "in_term": figures.open_in_term,
        "overdue": figures.open_overdue,
    }
    others = [
        (figures.no_deadline, words.gettext("standing duties %(n)d")),
        (figures.waived, words.gettext("waived %(n)d")),
        (figures.cancelled, words.gettext("cancelled %(n)d")),
        (figures.awaiting_confirmation, words.gettext("awaiting confirmation %(n)d (counted above)")),
    ]
    return "; ".join([said, *(pattern % {"n": n} for n, pattern in others if n)]) + "."


def picture_facts(values: LetterValues, words: Wording) -> list[str]:
    """Give the gravest facts of all the pictures together."""
    shown = [group.picture.figures for group in values.groups if group.picture]
    overdue, soon = sum(one.open_overdue for one in shown), sum(one.due_soon for one in shown)
    done, judged = sum(one.done for one in shown), sum(one.judged for one in shown)
    facts = []
    if overdue:
        facts.append(words.ngettext("%(n)d task overdue", "%(n)d tasks overdue", overdue) % {"n": overdue})
    facts.append(words.gettext("%(done)d of %(judged)d tasks finished") % {"done": done, "judged": judged})
    if soon:
        facts.append(words.ngettext("%(n)d task due soon", "%(n)d tasks due soon", soon) % {"n": soon})
    return facts


def weekly_opening(values: LetterValues, words: Wording) -> tuple[str, ...]:
    """Give the sentences that open the weekly picture."""
    directives = sum(1 for group in values.groups if group.picture)
    below = words.ngettext(
        "As of %(day)s, %(unit)s and the units below it carry out %(n)d directive: %(facts)s.",
        "As of %(day)s, %(unit)s and the units below it carry out %(n)d directives: %(facts)s.",
        directives,
    ) % {
        "day": words.day(values.day),
        "unit": values.unit_name,
        "n": directives,
        "facts": ", ".join(picture_facts(values, words)),
    }
    return (below, words.gettext("The units are shown with the most overdue first."))
