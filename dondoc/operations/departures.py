"""What the next delivery would send, made but not sent: for whoever wants to look before mail leaves."""

from dataclasses import dataclass
from datetime import datetime

from dondoc.errors import InvalidInput
from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.operations.deliver import Sender
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
        made: list[Departure] = []
        for start in range(0, len(leaving), BATCH_LETTERS):
            ids = [one.id for one in leaving[start : start + BATCH_LETTERS]]
            values = load_letter_values(connection, ids, base_url=sender.base_url)
            for letter_id in ids:
                letter = render(values[letter_id], sender.language)
                size, wrong = 0, None
                try:
                    size = len(compose(letter, key=str(letter_id), sender=sender.address).content)
                except InvalidInput as error:
                    wrong = str(error)
                made.append(Departure(letter_id, letter.to_address, letter.subject, size, wrong))
    return Departures(tuple(made), waiting - len(made), switch)
