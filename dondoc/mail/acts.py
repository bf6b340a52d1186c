"""Says what was done to an assignment, one sentence an act."""

from dondoc.mail.values import ActNote
from dondoc.mail.wording import Wording
from models.vocabulary import Act


def act_sentence(note: ActNote, words: Wording) -> str:
    """Say who did what and when; the reason that a person gave stands beside it, not in it."""
    until = words.day(note.until) if note.until else "…"
    before = words.day(note.before) if note.before else "…"
    return _pattern(note, words) % {"by": note.by, "at": words.moment(note.at), "until": until, "before": before}


def why_sentence(note: ActNote, words: Wording) -> str:
    """Say what a person wrote with an act: what hinders, the answer to it, else the reason."""
    pattern = {
        Act.OBSTACLE: words.gettext("What hinders: %(why)s"),
        Act.ANSWER: words.gettext("The answer: %(why)s"),
    }.get(note.act, words.gettext("Reason given: %(why)s"))
    return pattern % {"why": note.why}


def _pattern(note: ActNote, words: Wording) -> str:
    if note.act is Act.CONFIRM and note.late is not None:
        if note.late:
            return words.gettext("Confirmed as done after the deadline by %(by)s (%(at)s).")
        return words.gettext("Confirmed as done on time by %(by)s (%(at)s).")
    if note.act is Act.REPLAN and note.until and note.before and note.until != note.before:
        return words.gettext("Planned anew (%(at)s): the deadline moves from %(before)s to %(until)s.")
    return {
        Act.ACKNOWLEDGE: words.gettext("Acknowledged by %(by)s (%(at)s)."),
        Act.SUBMIT: words.gettext("Submitted by %(by)s (%(at)s)."),
        Act.CONFIRM: words.gettext("Confirmed as done by %(by)s (%(at)s)."),
        Act.RETURN: words.gettext("Sent back by %(by)s (%(at)s); it counts as not done."),
        Act.EXTEND: words.gettext("%(by)s asks for a new deadline: %(until)s (%(at)s)."),
        Act.GRANT: words.gettext("Extension granted by %(by)s: the new deadline is %(until)s (%(at)s)."),
        Act.REFUSE: words.gettext("Extension refused by %(by)s (%(at)s); the deadline stays."),
        Act.COUNTER: words.gettext("%(by)s offers another deadline: %(until)s (%(at)s); accept or decline it."),
        Act.ACCEPT: words.gettext("%(by)s accepts the deadline offered: %(until)s (%(at)s)."),
        Act.DECLINE: words.gettext("%(by)s declines the deadline offered, %(until)s (%(at)s); the deadline stays."),
        Act.OBSTACLE: words.gettext("%(by)s reports an obstacle (%(at)s); the deadline goes on."),
        Act.ANSWER: words.gettext("%(by)s answers the obstacle reported (%(at)s)."),
        Act.COMMIT: words.gettext("%(by)s commits to finish by %(until)s (%(at)s); it stays overdue."),
        Act.SUSPEND: words.gettext("Suspended by %(by)s (%(at)s); the clock stands still."),
        Act.RESUME: words.gettext("Resumed by %(by)s (%(at)s); the clock runs again."),
        Act.WAIVE: words.gettext("Waived by %(by)s (%(at)s)."),
        Act.CANCEL: words.gettext("Cancelled by %(by)s (%(at)s)."),
        Act.CLOSE: words.gettext("Closed (%(at)s): every leading unit is done."),
        Act.CARRY: words.gettext("Carried over (%(at)s) from the directive that this one replaces."),
        Act.REPLAN: words.gettext("Planned anew (%(at)s)."),
    }[note.act]
