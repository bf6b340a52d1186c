"""Says what a whole letter is about: its subject, its title, and its opening."""

from collections import Counter
from dataclasses import dataclass

from dondoc.mail.harmless import harmless_text
from dondoc.mail.values import LetterValues, OwnLine
from dondoc.mail.weekly import has_picture, picture_facts, weekly_opening
from dondoc.mail.wording import Wording
from models.vocabulary import Act, AddresseeRole, LetterKind

SUBJECT_LIMIT = 160
# A subject tells the gravest facts; the letter tells all.
FACTS_IN_SUBJECT = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """How many assignments a letter speaks of: the unit's own, and those below it."""

    own: int
    own_overdue: int
    below_overdue: int
    below_due_soon: int


def subject(values: LetterValues, words: Wording) -> str:
    """Give the subject, at most 160 characters: [Đôn đốc] 3 nhiệm vụ cần thực hiện – 121/KH-LĐLĐ (20/02/2025)."""
    numbers = list(dict.fromkeys(group.number for group in values.groups))
    which = f" – {numbers[0]}" if numbers else ""
    if len(numbers) > 1:
        others = words.ngettext("and %(n)d other directive", "and %(n)d other directives", len(numbers) - 1)
        which += " " + others % {"n": len(numbers) - 1}
    tail = f"{which} ({words.day(values.day)})"
    head = f"[{_tag(values.kind, words)}] {_about(values, words)}"
    return harmless_text(head, SUBJECT_LIMIT - len(tail)) + tail


def title(values: LetterValues, words: Wording) -> str:
    """Give the heading of a letter."""
    if has_picture(values):
        return words.gettext("Weekly picture of directives")
    return {
        LetterKind.ASSIGNED: words.gettext("Notice of assigned tasks"),
        LetterKind.REVOKED: words.gettext("Notice of tasks no longer asked"),
        LetterKind.DIGEST: words.gettext("Follow-up of assigned tasks"),
        LetterKind.URGENT: words.gettext("Urgent follow-up of assigned tasks"),
        LetterKind.RETURNED: words.gettext("Notice of a result sent back"),
        LetterKind.EXTENSION: words.gettext("Notice about a deadline"),
        LetterKind.CONFIRMED: words.gettext("Confirmation of finished tasks"),
        LetterKind.OBSTACLE: words.gettext("Notice about an obstacle"),
        LetterKind.WEEKLY: words.gettext("Weekly summary of overdue tasks"),
        LetterKind.BOUNCED: words.gettext("Addresses that take no letters"),
    }[values.kind]


def opening(values: LetterValues, words: Wording) -> tuple[str, ...]:  # noqa: PLR0911 (one for each kind)
    """Give the sentences that open the letter: how things stand, and what is asked."""
    tally = _tally(values)
    facts = {"unit": values.unit_name, "n": tally.own}
    match values.kind:
        case LetterKind.ASSIGNED:
            given = words.ngettext(
                "%(unit)s has been given %(n)d task.", "%(unit)s has been given %(n)d tasks.", tally.own
            )
            return (given % facts, *_roles(values, words), _asked(values, words))
        case LetterKind.REVOKED:
            return _ending(values, tally, words)
        case LetterKind.RETURNED:
            back = words.ngettext(
                "The result of %(n)d task of %(unit)s was sent back.",
                "The results of %(n)d tasks of %(unit)s were sent back.",
                tally.own,
            )
            return (back % facts, words.gettext("Please complete it as asked and submit again."))
        case LetterKind.EXTENSION:
            return _about_deadlines(values, words)
        case LetterKind.OBSTACLE:
            return (words.gettext("This is about what hinders the tasks below; their deadlines go on."),)
        case LetterKind.CONFIRMED:
            done = words.ngettext(
                "%(n)d task of %(unit)s is confirmed as done.",
                "%(n)d tasks of %(unit)s are confirmed as done.",
                tally.own,
            )
            return (done % facts, words.gettext("Nothing more is asked. Thank you."))
        case LetterKind.BOUNCED:
            return (
                words.gettext(
                    "A mail server refused letters to the addresses below for good; none goes there any more."
                ),
                words.gettext("Please correct them in the register of units, or have them restored."),
            )
        case LetterKind.DIGEST | LetterKind.URGENT | LetterKind.WEEKLY:
            return weekly_opening(values, words) if has_picture(values) else _follow_up(values, tally, words)


def _roles(values: LetterValues, words: Wording) -> tuple[str, ...]:
    """Say in which role the unit is asked: how many tasks it leads, and in how many it only helps or is informed."""
    asked = Counter(line.role for line in _own_lines(values))
    if not asked:
        return ()
    if len(asked) == 1:
        return (words.gettext("Role: %(role)s") % {"role": words.role(next(iter(asked)))} + ".",)
    parts = [f"{words.role(role)} {asked[role]}" for role in AddresseeRole if asked[role]]
    return (words.gettext("By role: %(roles)s.") % {"roles": ", ".join(parts)},)


def _asked(values: LetterValues, words: Wording) -> str:
    if any(line.role is AddresseeRole.LEAD for line in _own_lines(values)):
        return words.gettext("Please acknowledge and carry out within the deadlines below.")
    return words.gettext("Please acknowledge and work with the leading units.")


def _about_deadlines(values: LetterValues, words: Wording) -> tuple[str, ...]:
    """Say what became of deadlines, and what is asked of the reader."""
    about = words.gettext("This is about the deadline of the tasks below.")
    acts = {line.note.act for line in _own_lines(values) if line.note}
    asked = {
        Act.EXTEND: words.gettext("Please grant it, refuse it, or offer another date."),
        Act.COUNTER: words.gettext("Please accept the date offered, or decline it; until then the deadline stays."),
        Act.REPLAN: words.gettext("Please go by the new deadlines below."),
    }
    return (about, *(sentence for act, sentence in asked.items() if acts == {act}))


def _ending(values: LetterValues, tally: Tally, words: Wording) -> tuple[str, ...]:
    group = next((one for one in values.groups if one.ended), None)
    no_more = words.ngettext(
        "%(n)d task of %(unit)s is no longer asked.", "%(n)d tasks of %(unit)s are no longer asked.", tally.own
    )
    if group is None:
        return (no_more % {"unit": values.unit_name, "n": tally.own}, words.gettext("What was done keeps its record."))
    note = next((line.note for line in _own_lines(values) if line.note), None)
    facts = {
        "number": group.number,
        "successor": group.replaced_by,
        "by": note.by if note else "…",
        "at": words.moment(note.at if note else values.written_at),
    }
    ended = (
        words.gettext("%(number)s was replaced by %(successor)s (%(by)s, %(at)s).")
        if facts["successor"]
        else words.gettext("%(number)s was revoked (%(by)s, %(at)s).")
    )
    sentences = [ended % facts, no_more % {"unit": values.unit_name, "n": tally.own}]
    if facts["successor"]:
        sentences.append(
            words.gettext(
                "The new directive's tasks come in a letter of their own; what was handed in for such is carried over."
            )
        )
    else:
        sentences.append(words.gettext("Nothing more is asked; what was done keeps its record."))
    if note and note.why:
        sentences.append(words.gettext("Reason given: %(why)s") % {"why": note.why})
    return tuple(sentences)


def _follow_up(values: LetterValues, tally: Tally, words: Wording) -> tuple[str, ...]:
    stands = words.gettext("This letter tells %(unit)s, as of %(day)s, of: %(facts)s.")
    facts = ", ".join(_follow_up_facts(values, tally, words))
    sentences = [stands % {"day": words.day(values.day), "unit": values.unit_name, "facts": facts}]
    if tally.own:
        sentences.append(
            words.gettext("Please finish and submit the result; ask for an extension before the deadline.")
        )
    if values.storm:
        share = 100 * values.storm.overdue // max(values.storm.total, 1)
        facts_of = {"overdue": values.storm.overdue, "total": values.storm.total, "share": share}
        sentences.append(
            words.gettext(
                "At once %(overdue)d of %(total)d tasks below are overdue (%(share)d%%); this one letter sums them up."
            )
            % facts_of
        )
    if tally.below_overdue or tally.below_due_soon:
        sentences.append(words.gettext("Please direct and urge the subordinate units named below."))
    return tuple(sentences)


def _tag(kind: LetterKind, words: Wording) -> str:
    return {
        LetterKind.ASSIGNED: words.gettext("New tasks"),
        LetterKind.REVOKED: words.gettext("Ended"),
        LetterKind.DIGEST: words.gettext("Follow-up"),
        LetterKind.URGENT: words.gettext("Urgent"),
        LetterKind.RETURNED: words.gettext("Sent back"),
        LetterKind.EXTENSION: words.gettext("Deadline"),
        LetterKind.OBSTACLE: words.gettext("Obstacle"),
        LetterKind.CONFIRMED: words.gettext("Confirmed"),
        LetterKind.WEEKLY: words.gettext("Weekly"),
        LetterKind.BOUNCED: words.gettext("Undelivered"),
    }[kind]


def _about(values: LetterValues, words: Wording) -> str:  # noqa: PLR0911 (one for each kind)
    tally = _tally(values)
    counted = {"n": tally.own}
    match values.kind:
        case LetterKind.ASSIGNED:
            return words.ngettext("%(n)d task given", "%(n)d tasks given", tally.own) % counted
        case LetterKind.REVOKED:
            return words.ngettext("%(n)d task no longer asked", "%(n)d tasks no longer asked", tally.own) % counted
        case LetterKind.RETURNED:
            return words.ngettext("%(n)d result sent back", "%(n)d results sent back", tally.own) % counted
        case LetterKind.CONFIRMED:
            return words.ngettext("%(n)d task confirmed", "%(n)d tasks confirmed", tally.own) % counted
        case LetterKind.EXTENSION:
            return _extension_about(values, words)
        case LetterKind.OBSTACLE:
            answered = Act.ANSWER in {line.note.act for line in _own_lines(values) if line.note}
            return words.gettext("obstacle answered") if answered else words.gettext("obstacle reported")
        case LetterKind.BOUNCED:
            dead = len(values.dead)
            return words.ngettext("%(n)d address", "%(n)d addresses", dead) % {"n": dead}
        case LetterKind.DIGEST | LetterKind.URGENT | LetterKind.WEEKLY:
            facts = picture_facts(values, words) if has_picture(values) else _follow_up_facts(values, tally, words)
            return ", ".join(facts[:FACTS_IN_SUBJECT])


def _extension_about(values: LetterValues, words: Wording) -> str:
    acts = {line.note.act for line in _own_lines(values) if line.note}
    known = {
        Act.EXTEND: words.gettext("extension asked for"),
        Act.GRANT: words.gettext("extension granted"),
        Act.REFUSE: words.gettext("extension refused"),
        Act.COUNTER: words.gettext("another deadline offered"),
        Act.ACCEPT: words.gettext("the deadline offered is accepted"),
        Act.DECLINE: words.gettext("the deadline offered is declined"),
        Act.REPLAN: words.gettext("deadlines moved"),
        Act.SUSPEND: words.gettext("deadline suspended"),
        Act.RESUME: words.gettext("deadline counted on"),
    }
    if len(acts) == 1 and acts <= known.keys():
        return known[acts.pop()]
    return words.gettext("about a deadline")


def _follow_up_facts(values: LetterValues, tally: Tally, words: Wording) -> list[str]:
    open_tasks = tally.own - tally.own_overdue
    parts = []
    if tally.own_overdue:
        late = words.ngettext("%(n)d task overdue", "%(n)d tasks overdue", tally.own_overdue)
        parts.append(late % {"n": tally.own_overdue})
    if open_tasks:
        parts.append(words.ngettext("%(n)d task to do", "%(n)d tasks to do", open_tasks) % {"n": open_tasks})
    if tally.below_overdue:
        below = words.ngettext("%(n)d task overdue below", "%(n)d tasks overdue below", tally.below_overdue)
        parts.append(below % {"n": tally.below_overdue})
    if tally.below_due_soon:
        soon = words.ngettext("%(n)d task due soon below", "%(n)d tasks due soon below", tally.below_due_soon)
        parts.append(soon % {"n": tally.below_due_soon})
    if values.skipped:
        nobody = words.ngettext(
            "%(n)d level without a recipient", "%(n)d levels without a recipient", len(values.skipped)
        )
        parts.append(nobody % {"n": len(values.skipped)})
    return parts or [words.gettext("nothing open")]


def _tally(values: LetterValues) -> Tally:
    own = _own_lines(values)
    below = [summary for group in values.groups for summary in group.below]
    return Tally(
        own=len(own),
        own_overdue=sum(line.effective_due is not None and line.effective_due < values.day for line in own),
        below_overdue=sum(summary.overdue for summary in below),
        below_due_soon=sum(summary.due_soon for summary in below),
    )


def _own_lines(values: LetterValues) -> list[OwnLine]:
    return [line for group in values.groups for line in group.own]
