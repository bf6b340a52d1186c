"""One way to write a value down, the same on every machine and database, so that a digest of it means something."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any


def canonical(value: Any) -> str:
    """Write a value as JSON: keys sorted, no spaces, moments in UTC, text as it is."""
    return _ENCODER.encode(value)


def digest(value: Any) -> str:
    """Give the SHA-256 of a value's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    msg = f"{type(value).__name__} has no canonical form"
    raise TypeError(msg)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
