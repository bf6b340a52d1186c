"""Send what the outbox holds: lease a batch, render it from its rows, hand it over, record every outcome."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import Connection, delete, select

from dondoc.errors import InvalidInput
from dondoc.mail.address import mail_address
from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter, Transport
from dondoc.mail.dsn import enhanced_status
from dondoc.mail.harmless import harmless_text
from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.mail.values import LetterValues
from dondoc.operations.attempts import Attempt, record_attempts
from dondoc.operations.bounce_letters import tell_offices
from dondoc.operations.bounces import Refusal, mark_dead
from dondoc.operations.lease import LEASE, Leased, count_waiting, doubt_silent, lease
from dondoc.operations.ledger import entry
from dondoc.operations.letter_links import with_links
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.letter_workbook import attachments_of
from dondoc.operations.link_tokens import LinkSigner
from dondoc.operations.mail_switch import mail_switch_of
from models.session import Database
from models.tables.letters import letter_lease
from models.vocabulary import LetterState
from policies.delivery import next_try

BATCH_LETTERS = 100
"""Letters leased and sent together, over one connection."""

LAST_START = LEASE / 2
"""No letter of a batch is begun later than this: even one that a slow server holds up ends within its lease."""

REASON_LIMIT = 300
"""Characters kept of what went wrong with a letter."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliverResult:
    """How many letters were sent, will be tried again, failed for good, or may have arrived.

    `held` are those that could leave and were kept back: mail is off, a recipient's domain has had its share, or the
    transport takes nothing.
    """

    sent: int
    retry: int
    failed: int
    ambiguous: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """How letters leave: by what, from whom, in which language, with links to where, how many a minute to one domain.

    `signer` signs the one-time links; without one, letters carry none.

    Raises InvalidInput for an address that cannot write letters: it would fail every one of them.
    """

    transport: Transport
    address: str
    language: str
    base_url: str
    per_domain: int | None = None
    signer: LinkSigner | None = None

    def __post_init__(self) -> None:
        """Check the address once, for all letters."""
        mail_address(self.address)

    @property
    def domain(self) -> str:
        """The domain that Message-IDs are made in."""
        return self.address.rpartition("@")[2]


def deliver(  # noqa: PLR0913 (what, when, by whom, how many at a time, by which clock)
    database: Database,
    now: datetime,
    *,
    sender: Sender,
    actor: str = "dondoc deliver",
    batch: int = BATCH_LETTERS,
    clock: Callable[[], datetime] | None = None,
) -> DeliverResult:
    """Send everything that waits at `now`, batch by batch.

    `clock` says what time it has become as the run goes on: leases and the times on record follow it. Without one the
    time stands still at `now`.

    1. Note letters in doubt whose deliverer fell silent. Unless mail is off, lease a batch of letters that nobody else
       is sending and whose recipients' domains have not had their share.
    2. Render each from the rows it names.
    3. Hand them over one connection; note each outcome, and when, as it comes.
    4. Record the outcomes, end the leases, commit the ledger; a lost process leaves the lease to run out.
    """
    time = clock or (lambda: now)
    counts: Counter[LetterState] = Counter()
    while True:
        owner = uuid4().hex
        with database.writing() as connection:
            began = time()
            counts[LetterState.AMBIGUOUS] += doubt_silent(connection, began, actor)
            leased: Sequence[Leased] = ()
            if not mail_switch_of(connection).off:
                leased = lease(connection, owner, due=now, now=began, size=batch, per_domain=sender.per_domain)
            if not leased:
                held = count_waiting(connection, now)
        if not leased:
            break
        values = _values(database, leased, sender.base_url)
        sending = _Sending(leased, values, sender, time, began + LAST_START)
        sending.send()
        with database.writing() as connection:
            counts += _record(connection, sending, owner=owner, now=time(), actor=actor)
            held = 0 if sending.ended else count_waiting(connection, now)
        if not sending.ended:
            # The transport takes nothing at all: asked again in this run, it would be asked for ever.
            break
    return DeliverResult(
        counts[LetterState.SENT],
        counts[LetterState.RETRY],
        counts[LetterState.FAILED],
        counts[LetterState.AMBIGUOUS],
        held,
    )


def _values(database: Database, leased: Sequence[Leased], base_url: str) -> Mapping[int, LetterValues | Exception]:
    """Read what the letters say; where some cannot be read, what is wrong with each of those alone."""
    try:
        with database.reading() as connection:
            ids = [one.id for one in leased]
            return dict(load_letter_values(connection, ids, base_url=base_url, with_tasks=True))
    except Exception as error:  # noqa: BLE001 (kept as what became of this letter)
        if len(leased) == 1:
            return {leased[0].id: error}
    found: dict[int, LetterValues | Exception] = {}
    for one in leased:
        found |= _values(database, [one], base_url)
    return found


def made(letter_id: int, values: LetterValues, sender: Sender) -> OutgoingLetter:
    """Make the bytes of one letter, the same for the same values and sender. Raises InvalidInput as `compose`."""
    if sender.signer is not None:
        values = with_links(letter_id, values, sender.signer, sender.base_url)
    letter, files = render(values, sender.language), attachments_of(values, sender.language)
    return compose(letter, key=str(letter_id), sender=sender.address, attachments=files)


@dataclass(slots=True)
class _Sending:
    """One batch on its way, and what became of each letter of it so far."""

    leased: Sequence[Leased]
    values: Mapping[int, LetterValues | Exception]
    sender: Sender
    time: Callable[[], datetime]
    last_start: datetime
    handed_over: dict[int, str] = field(default_factory=dict)
    ended: dict[int, tuple[DeliveryOutcome, datetime]] = field(default_factory=dict)

    def send(self) -> None:
        """Hand over the batch. What the transport took and gave no answer for is in doubt."""
        try:
            for outcome in self.sender.transport.send_batch(self._letters()):
                self._end(int(outcome.key), outcome.result, outcome.reply)
        except Exception:
            log.exception("the transport gave up in the middle of a batch")
        for letter_id in self.handed_over.keys() - self.ended.keys():
            self._end(letter_id, LetterState.AMBIGUOUS, "the transport ended without an answer")

    def _letters(self) -> Iterator[OutgoingLetter]:
        """Make the letters one by one; what is wrong with one ends that one alone."""
        for one in self.leased:
            if self.handed_over and self.time() >= self.last_start:
                return
            try:
                outgoing = self._made(one.id)
            except InvalidInput as error:
                self._end(one.id, LetterState.FAILED, str(error))
            except Exception as error:
                log.exception("letter %d cannot be made", one.id)
                self._end(one.id, LetterState.RETRY, f"it cannot be made: {type(error).__name__}: {error}")
            else:
                self.handed_over[one.id] = sha256(outgoing.content).hexdigest()
                yield outgoing

    def _made(self, letter_id: int) -> OutgoingLetter:
        values = self.values.get(letter_id) or LookupError("its rows are gone")
        if isinstance(values, Exception):
            raise values
        return made(letter_id, values, self.sender)

    def _end(self, letter_id: int, result: LetterState, reply: str) -> None:
        outcome = DeliveryOutcome(str(letter_id), result, harmless_text(reply, REASON_LIMIT))
        self.ended[letter_id] = (outcome, self.time())


def _record(
    connection: Connection, sending: _Sending, *, owner: str, now: datetime, actor: str
) -> Counter[LetterState]:
    """Record the outcomes of the letters whose lease is still ours; another deliverer's are its own to record."""
    ours = set(connection.execute(select(letter_lease.c.letter_id).where(letter_lease.c.owner == owner)).scalars())
    connection.execute(delete(letter_lease).where(letter_lease.c.owner == owner))
    attempts = []
    for one in sending.leased:
        if one.id not in ours or one.id not in sending.ended:
            continue
        outcome, at = sending.ended[one.id]
        decided = next_try(one.id, outcome.result, one.tries + 1, one.was_ambiguous, at)
        handed = sending.handed_over.get(one.id)
        attempts.append(Attempt(one.id, one.attempts + 1, at, decided.state, outcome.reply, decided.at, handed))
    if not attempts:
        return Counter()
    with entry(connection, at=now, actor=actor, act="delivered") as opened:
        marked = mark_dead(connection, opened, _refusals(sending, attempts), now)
        if marked:
            tell_offices(connection, opened, marked, now, sending.sender.domain)
        return record_attempts(connection, opened, attempts)


def _refusals(sending: _Sending, attempts: Sequence[Attempt]) -> list[Refusal]:
    """Give what servers said for good of the addresses themselves, by their status in the reply."""
    said = {one.letter_id: one for one in attempts if one.result is LetterState.FAILED and one.content_sha256}
    found = []
    for letter_id, attempt in said.items():
        values = sending.values[letter_id]
        status = enhanced_status(attempt.reply)
        if isinstance(values, LetterValues) and status:
            source = sha256(f"{letter_id} {attempt.attempt} {attempt.reply}".encode()).hexdigest()
            found.append(Refusal(letter_id, values.to_address, status, attempt.reply, source))
    return found
