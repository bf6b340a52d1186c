"""What a transport takes and what it answers: one letter to one recipient, and what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from models.vocabulary import LetterState


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A message ready to leave: the outbox key, the envelope's two addresses, and the bytes with CRLF line ends."""

    key: str
    message_id: str
    sender: str
    recipient: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What became of one letter. `reply` is one line: the server's own words, or what went wrong.

    SENT: accepted. RETRY: not accepted and no harm in trying again. FAILED: refused for good.
    AMBIGUOUS: it may have been accepted; whoever tries again must use the same Message-ID.
    """

    key: str
    result: LetterState
    reply: str


class Transport(Protocol):
    """Takes letters to where their recipients find them."""

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        """Give one outcome a letter, in order, each as soon as it is known. Raises nothing for a letter that fails."""
        ...
