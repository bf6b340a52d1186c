"""A file that goes with a letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file: its name in ASCII without a folder, its media type with parameters, and its bytes."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    parameters: Mapping[str, str] = field(default_factory=dict)
