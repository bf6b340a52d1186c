"""What an examination of an installation finds: one value a thing."""

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    """How a thing was found."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was examined; `do` is "" where nothing is to be done."""

    name: str
    result: Result
    says: str
    do: str = ""
