"""Writes letters as .eml files into a maildir: the delivery path of an office that has no mail server yet.

A file is named by its Message-ID, so a letter delivered again is the same file and nobody reads it twice.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from models.vocabulary import LetterState

SUFFIX: Final = ".eml"
SLUG_LIMIT: Final = 80
_NOT_SLUG = re.compile(r"[^A-Za-z0-9.-]+")


class MaildirTransport:
    """Delivers into one maildir: written whole in `tmp`, then renamed into `new`."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`; it is made at the first delivery, readable by its owner alone."""
        self.folder = folder

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        """Give one outcome a letter, in order: SENT, or RETRY when the disk refuses."""
        read_already: set[str] | None = None
        for letter in letters:
            name = file_name(letter.message_id)
            try:
                if read_already is None:
                    self._make_folders()
                    # A mail program moves what was read to `cur` and adds its flags after a colon.
                    read_already = {path.name.partition(":")[0] for path in (self.folder / "cur").iterdir()}
                if name in read_already or (self.folder / "new" / name).exists():
                    yield DeliveryOutcome(letter.key, LetterState.SENT, f"already delivered as {name}")
                    continue
                self._write(name, letter.content)
            except OSError as trouble:
                reason = trouble.strerror or str(trouble)
                yield DeliveryOutcome(letter.key, LetterState.RETRY, f"{self.folder}: {reason}")
            else:
                yield DeliveryOutcome(letter.key, LetterState.SENT, f"delivered as {name}")

    def _make_folders(self) -> None:
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)

    def _write(self, name: str, content: bytes) -> None:
        # The process number keeps two deliverers of the same letter off each other's half-written file. No fsync: it
        # makes a delivery six times slower, and after a power cut a letter can be made again from its rows.
        half_written = self.folder / "tmp" / f"{name}.{os.getpid()}"
        try:
            half_written.write_bytes(content)
            half_written.rename(self.folder / "new" / name)
        except OSError:
            half_written.unlink(missing_ok=True)
            raise


def file_name(message_id: str) -> str:
    """Give the name of a letter's file: readable, and different for every Message-ID."""
    local = message_id.strip("<>").partition("@")[0]
    slug = _NOT_SLUG.sub("-", local)[:SLUG_LIMIT].strip("-.") or "letter"
    return f"{slug}.{hashlib.sha256(message_id.encode()).hexdigest()[:8]}{SUFFIX}"
