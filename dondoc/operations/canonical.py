"""One way to write a value down, the same on every machine and database, so that a digest of it means something."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any


def canonical(value: Any) -> str:
    """Write a value as JSON: keys sorted, no spaces, moments in UTC, text as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def digest(value: Any) -> str:
    """Give the SHA-256 of a value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class RowsDigest:
    """The SHA-256 of rows, one canonical line each, in the order they are fed."""

    def __init__(self) -> None:
        """Start with no rows."""
        self.rows = 0
        self._hash = hashlib.sha256()

    def feed(self, rows: Iterable[Sequence[Any]]) -> None:
        """Take rows in."""
        lines = [canonical(list(row)) for row in rows]
        if lines:
            self.rows += len(lines)
            self._hash.update(("\n".join(lines) + "\n").encode())

    def result(self) -> list[Any]:
        """Give [number of rows, digest]."""
        return [self.rows, self._hash.hexdigest()]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    msg = f"{type(value).__name__} has no canonical form"
    raise TypeError(msg)
