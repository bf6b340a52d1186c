"""Says in the reader's language what spoke against an act by a link: the rules say it in English."""

from dataclasses import dataclass
from datetime import date

from dondoc.errors import Conflict, DondocError, InvalidInput, NotFound
from dondoc.mail.wording import Wording
from policies.reasons import Reason


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the language it is in (`en` where the reader's has none for it)."""

    text: str
    language: str


def refusal_said(refusal: DondocError, words: Wording) -> Said:
    """Say why something was not done, without the number of its assignment, which the page stands for."""
    if isinstance(refusal, Conflict):
        text = words.gettext("Somebody else acted on this task first. Look at how it stands now before acting again.")
        return Said(text, words.language)
    if isinstance(refusal, NotFound):
        text = words.gettext(
            "The officer to whom the letter was written serves there no longer. Please use a letter of your own."
        )
        return Said(text, words.language)
    reason = refusal.reason
    if not isinstance(reason, Reason):
        return Said(reason, "en")
    text = words.gettext(reason.pattern) % {name: _value(name, value, words) for name, value in reason.values.items()}
    # What is wrong with a file is said of that file.
    return Said(
        f"{refusal.where}: {text}" if isinstance(refusal, InvalidInput) and refusal.where else text, words.language
    )


def _value(name: str, value: object, words: Wording) -> object:
    if name == "policy" and value == "default":
        return words.gettext("default")
    return words.day(value) if isinstance(value, date) else value
