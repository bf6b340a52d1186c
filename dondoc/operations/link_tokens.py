"""One-time links of letters: what a link stands for, signed so that nobody can make one, opaque to whoever scans mail.

A token holds ids and a moment, no name, number or address; what it opens is read from the rows when it is used.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import mkstemp

from itsdangerous import BadData, URLSafeSerializer

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.settings import Settings
from models.vocabulary import Act

LINK_LIFE = timedelta(days=30)
"""From the writing of its letter; the next letter about the same assignment brings new links."""

LINKS = "/l"
"""The path of the web door where links lead."""

KEY_FILE = "secret.key"
KEY_BYTES = 32
SHORTEST_KEY = 16
"""Characters of DONDOC_SECRET_KEY."""

BY_LINK: tuple[Act, ...] = (Act.ACKNOWLEDGE, Act.SUBMIT, Act.EXTEND)
"""What can be done by a link, in the order that a letter offers it. The place in it stands in tokens: only append."""


class LinkProblem(StrEnum):
    """Why a token opens nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Link:
    """What a token stands for. `digest`, by which a use is remembered, is SHA-256 of the token in hexadecimal."""

    letter_id: int
    assignment_id: int
    act: Act
    expires: datetime
    digest: str


class LinkSigner:
    """Makes and reads the tokens of an installation."""

    def __init__(self, key: str) -> None:
        """Sign with `key`; another key reads none of the tokens."""
        self._serializer = URLSafeSerializer(
            key, salt="dondoc letter link 1", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def token(self, letter_id: int, assignment_id: int, act: Act, written_at: datetime) -> str:
        """Make the token of one act of a letter. The same facts give the same token."""
        expires = int((written_at + LINK_LIFE).timestamp())
        return str(self._serializer.dumps([letter_id, assignment_id, BY_LINK.index(act), expires]))

    def read(self, token: str, now: datetime) -> Link | LinkProblem:
        """Give what a token stands for at `now`, or why it opens nothing."""
        try:
            letter_id, assignment_id, place, until = self._serializer.loads(token)
        except (BadData, ValueError, TypeError):
            return LinkProblem.UNKNOWN
        # Base64 lets one signature be spelt in several ways: only the spelling that was written is the link.
        if self._serializer.dumps([letter_id, assignment_id, place, until]) != token:
            return LinkProblem.UNKNOWN
        expires = datetime.fromtimestamp(until, UTC)
        if now >= expires:
            return LinkProblem.EXPIRED
        return Link(letter_id, assignment_id, BY_LINK[place], expires, hashlib.sha256(token.encode()).hexdigest())


def link_signer(settings: Settings) -> LinkSigner:
    """Make the signer of an installation: by DONDOC_SECRET_KEY, else by a key that DONDOC_HOME keeps, made once.

    Raises InvalidInput for a key too short to keep a secret; UnreadableInput where the file cannot be made or read.
    """
    if settings.secret_key is not None:
        if len(settings.secret_key) < SHORTEST_KEY:
            raise InvalidInput(f"a key needs {SHORTEST_KEY} characters at least", where="DONDOC_SECRET_KEY")
        return LinkSigner(settings.secret_key)
    return LinkSigner(_kept_key(settings.home / KEY_FILE))


def _kept_key(file: Path) -> str:
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            _make_key(file)
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"cannot be made or read: {error}", where=str(file)) from None
    if len(key) < SHORTEST_KEY:
        raise InvalidInput("holds no key; remove the file, and links of letters sent before end", where=str(file))
    return key


def _make_key(file: Path) -> None:
    """Write a key beside its place and put it there whole, unless another process was first."""
    key = secrets.token_urlsafe(KEY_BYTES)
    handle, beside = mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as opened:
            opened.write(key)
        with suppress(FileExistsError):
            os.link(beside, file)
    finally:
        Path(beside).unlink()
