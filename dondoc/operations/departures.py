"""What the next delivery would send, made but not sent: for whoever wants to look before mail leaves."""

from dataclasses import dataclass
from datetime import datetime

from dondoc.errors import InvalidInput
from dondoc.mail.harmless import harmless
from dondoc.mail.subject import subject
from dondoc.mail.values import LetterValues
from dondoc.mail.wording import wording
from dondoc.operations.deliver import Sender, made
from dondoc.operations.lease import count_waiting, departing
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.mail_switch import MailSwitch, mail_switch_of
from models.session import Database

BATCH_LETTERS = 500
"""Letters made at a time."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A letter as it would leave: its size in bytes, or what is wrong with it."""

    id: int
    to: str
    subject: str
    size: int
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Departures:
    """All that would leave now; `held` letters more could, and are kept back by the switch or a domain's share."""

    letters: tuple[Departure, ...]
    held: int
    switch: MailSwitch


def departures(database: Database, now: datetime, *, sender: Sender) -> Departures:
    """Make every letter that a delivery at `now` would hand over, and change nothing."""
    with database.reading() as connection:
        switch = mail_switch_of(connection)
        waiting = count_waiting(connection, now)
        leaving = [] if switch.off else departing(connection, due=now, now=now, size=None, per_domain=sender.per_domain)
        found: list[Departure] = []
        for start in range(0, len(leaving), BATCH_LETTERS):
            ids = [one.id for one in leaving[start : start + BATCH_LETTERS]]
            values = load_letter_values(connection, ids, base_url=sender.base_url, with_tasks=True)
            for letter_id in ids:
                one = values[letter_id]
                found.append(_departure(letter_id, one, sender))
    return Departures(tuple(found), waiting - len(found), switch)


def _departure(letter_id: int, values: LetterValues, sender: Sender) -> Departure:
    """Make one letter as a delivery would; what is wrong with it is its own, as it would be there."""
    says, size, wrong = "", 0, None
    try:
        says = subject(harmless(values), wording(sender.language))
        size = len(made(letter_id, values, sender).content)
    except InvalidInput as error:
        wrong = str(error)
    except Exception as error:  # noqa: BLE001 (kept as what is wrong with this letter)
        wrong = f"it cannot be made: {type(error).__name__}: {error}"
    return Departure(letter_id, values.to_address, says, size, wrong)
