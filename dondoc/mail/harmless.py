"""Makes text from outside harmless in a letter: one line, no controls, no hidden direction marks, a bounded length."""

import dataclasses
import re
import unicodedata
from functools import cache
from operator import is_
from typing import TypeVar, cast

TEXT_LIMIT = 240
# Reasons given by people and hashes may be longer; a name in a header less.
FIELD_LIMITS = {"why": 1000, "unit_name": 120, "to_name": 80, "office_name": 120, "number": 60, "clause": 40}
# Identifiers and addresses are checked where they are used; cutting them here would make them wrong instead.
UNTOUCHED = frozenset({"message_id", "thread_id", "to_address", "link", "url", "uid", "base_url"})
# C0 and C1 controls, zero-width and direction marks, line separators, surrogates, private use, tags, spaces in a row.
_HARMFUL = re.compile(
    "[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]|  "
)

Value = TypeVar("Value")


def harmless_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Give the text in NFC as one line of at most `limit` characters, ending in … where it was cut."""
    # Only a bounded part is worked on, so that a huge name costs no more than a long one.
    tame = unicodedata.normalize("NFC", text[: limit * 4])
    if _HARMFUL.search(tame):
        tame = " ".join(_HARMFUL.sub(" ", tame).split())
    tame = tame.strip()
    return tame if len(tame) <= limit else tame[: limit - 1].rstrip() + "…"


def web_link(address: str) -> str:
    """Give the address if it is one of the web, else nothing: a letter carries no javascript: or data: link."""
    return address if address.startswith(("http://", "https://")) and address.isprintable() else ""


def harmless(value: Value) -> Value:
    """Give the same frozen value, dataclasses and tuples walked through, with every text in it made harmless."""
    return cast("Value", _tamed(value, TEXT_LIMIT))


def _tamed(value: object, limit: int) -> object:
    if type(value) is str:
        return harmless_text(value, limit)
    if type(value) is tuple:
        items = tuple(_tamed(item, limit) for item in value)
        return value if all(map(is_, items, value)) else items
    fields = _text_bearing(type(value))  # type: ignore[arg-type]  # mypy takes no class for hashable
    if not fields:
        return value
    changed = {}
    for name, field_limit in fields:
        before = getattr(value, name)
        after = _tamed(before, field_limit)
        if after is not before:
            changed[name] = after
    return dataclasses.replace(value, **changed) if changed else value  # type: ignore[type-var]


@cache
def _text_bearing(kind: type) -> tuple[tuple[str, int], ...]:
    """Name the fields of a dataclass that are walked through, each with its limit; nothing for any other type."""
    if not dataclasses.is_dataclass(kind):
        return ()
    names = [field.name for field in dataclasses.fields(kind) if field.name not in UNTOUCHED]
    return tuple((name, FIELD_LIMITS.get(name, TEXT_LIMIT)) for name in names)
