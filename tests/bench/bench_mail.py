"""Send a province's letters through a real mail server and count what arrives, beside a bare smtplib loop.

Usage: python -m tests.bench.bench_mail [LETTERS] [RUNS]. The loop hands over the same bytes, made before, over one
connection, in the same run; each side begins first in turn. Exit status 1 where a letter is lost, doubled, or the ratio
is over its limit.
"""

import smtplib
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport
from dondoc.operations.cascade import cascade_all
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.import_units import import_units
from dondoc.operations.issue import register
from dondoc.operations.province import generate_grassroots
from dondoc.operations.rules import default_rules
from dondoc.operations.samples import sample_directive, sample_units
from dondoc.operations.verify import verify
from models.migrations.run import upgrade
from models.session import Database, open_database
from models.vocabulary import LetterState
from policies.workdays import ZONE
from tests.bench.exim import Exim, exim

LIMIT = 2.0
LETTERS = 10_000
RUNS = 3
NOW = datetime(2025, 2, 14, 8, tzinfo=ZONE)


class Keeping:
    """A transport that keeps the letters and says it sent them: what the bare loop hands over."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self.kept: list[OutgoingLetter] = []

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        """Take each."""
        for one in letters:
            self.kept.append(one)
            yield DeliveryOutcome(one.key, LetterState.SENT, "250 kept")


def main(letters: int, runs: int) -> int:
    """Measure; give the exit status."""
    _say(f"{letters:,} letters, {runs} runs")
    ratios, whole = [], True
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            place.chmod(0o755)
            (place / "exim").mkdir()
            with exim(place / "exim") as server:
                ours, floor, complete = _pair(place, server, letters, floor_first=run % 2 == 1)
        ratios.append(ours / floor)
        whole = whole and complete
        _say(f"dondoc deliver {1 / ours:,.0f} letters/s, smtplib {1 / floor:,.0f}/s: {ours / floor:.2f} x")
    ratio = median(ratios)
    _say(f"ratio {ratio:.2f} (limit {LIMIT}) {'ok' if ratio <= LIMIT else 'NOT'}")
    return 0 if whole and ratio <= LIMIT else 1


def _pair(place: Path, server: Exim, letters: int, *, floor_first: bool) -> tuple[float, float, bool]:
    """Give the seconds a letter of both sides, and whether every letter of ours arrived once."""
    keeping = Keeping()
    bare = _outbox(place / "bare.db", letters)
    deliver(bare, NOW, sender=_sender(keeping))
    bare.dispose()
    database = _outbox(place / "ours.db", letters)
    floor = _bare(server, keeping.kept) if floor_first else 0.0
    others = set(server.arrived()) if floor_first else set()
    began = time.perf_counter()
    done = deliver(database, NOW, sender=_sender(SmtpTransport(mail_server(f"smtp://127.0.0.1:{server.port}"))))
    ours = time.perf_counter() - began
    arrived = server.arrived()
    floor = floor or _bare(server, keeping.kept)
    holds = verify(database).ok
    database.dispose()
    twice = sum(times > 1 for times in arrived.values())
    ledger = "holds" if holds else "DOES NOT HOLD"
    _say(f"sent {done.sent:,}, arrived {len(arrived):,}, twice {twice}, the ledger {ledger}")
    complete = done.sent == len(arrived) == len(keeping.kept) and not twice and holds and not others & set(arrived)
    return ours / done.sent, floor / len(keeping.kept), complete


def _sender(transport: Keeping | SmtpTransport) -> Sender:
    return Sender(transport, "dondoc@office.example", "vi", "http://127.0.0.1:8765")


def _bare(server: Exim, letters: Iterable[OutgoingLetter]) -> float:
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", server.port) as line:
        for one in letters:
            line.sendmail(one.sender, [one.recipient], one.content)
    return time.perf_counter() - began


def _outbox(file: Path, letters: int) -> Database:
    """Make a database whose outbox holds one letter each of so many units."""
    upgrade(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    rules = default_rules("office.example")
    upper = sample_units()
    import_units(
        database,
        (*upper, *generate_grassroots(upper, letters + len(upper), 1)),
        now=NOW - timedelta(days=1),
        actor="bench",
    )
    draft = sample_directive()
    register(database, draft, now=NOW, actor="bench", rules=rules)
    written = sum(one.letters for one in cascade_all(database, draft.reference, NOW, rules=rules))
    _say(f"{written:,} letters in the outbox")
    return database


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:3]]
    sys.exit(main(*given, *(LETTERS, RUNS)[len(given) :]))
