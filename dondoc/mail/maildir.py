"""Writes letters as .eml files into a maildir: the delivery path of an office that has no mail server yet.

A file is named by its Message-ID, so a letter delivered again is the same file and nobody reads it twice.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from models.vocabulary import LetterState

SUFFIX: Final = ".eml"
SLUG_LIMIT: Final = 80
FLUSHES_AT_ONCE: Final = 8
_NOT_SLUG = re.compile(r"[^A-Za-z0-9.-]+")


class MaildirTransport:
    """Delivers into one maildir: written whole in `tmp`, made to last, then renamed into `new`."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`; it is made at the first delivery, readable by its owner alone."""
        self.folder = folder

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        """Give one outcome a letter, in order: SENT, or RETRY when the disk refuses.

        1. Write each letter into `tmp`, but none that is there already.
        2. Have the disk keep the files, then put them into `new`, then have it keep the folder: once a batch.
        3. Only now say what was sent: a power cut takes nothing back.
        """
        outcomes: list[DeliveryOutcome] = []
        half_written: list[tuple[Path, str]] = []
        read_already: set[str] | None = None
        for letter in letters:
            name = file_name(letter.message_id)
            try:
                if read_already is None:
                    self._make_folders()
                    # A mail program moves what was read to `cur` and adds its flags after a colon.
                    read_already = {path.name.partition(":")[0] for path in (self.folder / "cur").iterdir()}
                if name in read_already or (self.folder / "new" / name).exists():
                    outcomes.append(DeliveryOutcome(letter.key, LetterState.SENT, f"already delivered as {name}"))
                    continue
                half_written.append((self._write(name, letter.content), name))
            except OSError as trouble:
                outcomes.append(self._refused(letter.key, trouble))
            else:
                outcomes.append(DeliveryOutcome(letter.key, LetterState.SENT, f"delivered as {name}"))
        try:
            if any(one.result is LetterState.SENT for one in outcomes):
                self._keep(half_written)
        except OSError as trouble:
            outcomes = [self._refused(one.key, trouble) for one in outcomes]
        yield from outcomes

    def _make_folders(self) -> None:
        for part in ("tmp", "new", "cur"):
            (self.folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)

    def _write(self, name: str, content: bytes) -> Path:
        # The process number keeps two deliverers of the same letter off each other's half-written file.
        half_written = self.folder / "tmp" / f"{name}.{os.getpid()}"
        try:
            half_written.write_bytes(content)
        except OSError:
            half_written.unlink(missing_ok=True)
            raise
        return half_written

    def _keep(self, half_written: Sequence[tuple[Path, str]]) -> None:
        """Make files last and show them. What was shown before the disk refused is found again at the next try."""
        # In threads: the disk then takes many files with one flush. Two letters of one name are one file.
        files = dict(half_written)
        try:
            with ThreadPoolExecutor(FLUSHES_AT_ONCE) as pool:
                list(pool.map(_flush, files))
            for file, name in files.items():
                file.rename(self.folder / "new" / name)
            _flush(self.folder / "new")
        finally:
            for file in files:
                file.unlink(missing_ok=True)

    def _refused(self, key: str, trouble: OSError) -> DeliveryOutcome:
        return DeliveryOutcome(key, LetterState.RETRY, f"{self.folder}: {trouble.strerror or trouble}")


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_name(message_id: str) -> str:
    """Give the name of a letter's file: readable, and different for every Message-ID."""
    local = message_id.strip("<>").partition("@")[0]
    slug = _NOT_SLUG.sub("-", local)[:SLUG_LIMIT].strip("-.") or "letter"
    return f"{slug}.{hashlib.sha256(message_id.encode()).hexdigest()[:8]}{SUFFIX}"
