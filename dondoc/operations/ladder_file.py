"""Reads a ladder from its YAML file: each mistake is one line that names the field and says what it should be.

Written out rather than left to pydantic, which takes longer to load than a count takes to make.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from dondoc.errors import InvalidInput
from dondoc.intake.text_file import read_text
from dondoc.intake.yaml_file import parse_yaml
from dondoc.operations.canonical import canonical, digest
from models.vocabulary import OfficerRole, RungAction
from policies.escalation import WEEK_DAYS
from policies.ladder_policy import Audience, LadderPolicy, QuietHours, RungRule, StormRule

LONGEST_DAYS = 400
"""Working days that a rung may lie from its date; a larger number is a slip of the hand."""
HIGHEST_LEVEL = 98
LONGEST_NAME = 60
DUE_SOON_DAYS = 3

Value = TypeVar("Value")
Reader = Callable[[Any, str], Value]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder policy with the content it was read from, by whose digest plans name it."""

    policy: LadderPolicy
    content: dict[str, Any] = field(compare=False)

    @property
    def digest(self) -> str:
        """The digest of the content as it is kept: in JSON, where a key is text."""
        return digest(json.loads(canonical(self.content)))

    @property
    def title(self) -> str:
        """Name and version, which no other content may bear."""
        return f"{self.policy.name} {self.policy.version}"


@cache
def default_ladder() -> Ladder:
    """Read the ladder that the house ships."""
    where = "policies/defaults/ladder.yaml"
    content = parse_yaml((files("policies") / "defaults" / "ladder.yaml").read_text(encoding="utf-8"), where)
    return Ladder(ladder_from(content, where), content)


def read_ladder(path: Path) -> Ladder:
    """Read an office's own ladder from a YAML file of the shape of policies/defaults/ladder.yaml."""
    content = parse_yaml(read_text(path), str(path))
    return Ladder(ladder_from(content, str(path)), content)


def ladder_from(content: Any, where: str) -> LadderPolicy:
    """Make a ladder policy of parsed YAML. Raise InvalidInput naming the first field that is missing or wrong."""
    top = _Fields(content, where)
    above, until_done = _Fields(top.said("above"), f"{where}: above"), top.said("until_done")
    weekly = _Fields(until_done, f"{where}: until_done")
    policy = LadderPolicy(
        name=top.read("name", _name),
        version=top.read("version", _number(1)),
        at=top.read("at", _time),
        rungs=top.read("rungs", _list_of(_rung, by="days")),
        above_every_days=above.read("every_days", _number(1)),
        above_roles=above.read("to", _list_of(_role)),
        until_done_weekday=weekly.read("weekday", _number(1, WEEK_DAYS)),
        until_done_roles=weekly.read("to", _list_of(_role)),
        due_soon_days=top.read("due_soon_days", _number(0), DUE_SOON_DAYS),
        acknowledge=top.read("acknowledge", _list_of(_prompt, by="days"), ()),
        grace=above.read("grace", _grace, ()),
        repeat_at_most=weekly.read("at_most", _number(1), None),
        quiet=top.read("quiet", _quiet, None),
        storm=top.read("storm", _storm, None),
    )
    for fields in (above, weekly, top):
        fields.end()
    if not policy.above_roles or not policy.until_done_roles:
        raise InvalidInput("nobody is named here; say to: [focal], to: [head] or both", where=where)
    if policy.quiet and policy.quiet.hold(policy.at):
        raise InvalidInput(f"rungs fall at {policy.at:%H:%M}, within the quiet hours; move one of them", where=where)
    return policy


class _Fields:
    """One mapping of the file. Each field is read once; one that nobody asked for is a mistake."""

    def __init__(self, content: Any, where: str) -> None:
        if not isinstance(content, dict):
            raise InvalidInput("expected fields: name: value; see docs/ladder.md", where=where)
        self.where = where
        self._left = {str(name): value for name, value in content.items()}
        self._known: list[str] = []

    def said(self, name: str) -> Any:
        """Take what is said under a name that must be there."""
        self._known.append(name)
        if name not in self._left:
            raise InvalidInput(f"the ladder lacks {name!r}; see docs/ladder.md for its shape", where=self.where)
        return self._left.pop(name)

    def read(self, name: str, reader: Reader[Value], *otherwise: Value) -> Value:
        """Take a field's value; `otherwise` stands for it where the field is left out."""
        if otherwise and name not in self._left:
            self._known.append(name)
            return otherwise[0]
        separator = "." if ": " in self.where else ": "
        return reader(self.said(name), f"{self.where}{separator}{name}")

    def end(self) -> None:
        """Refuse what is left over."""
        for name in self._left:
            known = ", ".join(sorted(self._known))
            raise InvalidInput(f"there is no field {name!r} here; there are: {known}", where=self.where)


def _wrong(expected: str, found: Any, where: str) -> InvalidInput:
    return InvalidInput(f"expected {expected}; found {str(found)[:LONGEST_NAME]!r}", where=where)


def _number(least: int, most: int = LONGEST_DAYS) -> Reader[int]:
    def read(value: Any, where: str) -> int:
        # A bool is an int to Python, not to who wrote `yes`.
        if type(value) is not int or not least <= value <= most:
            raise _wrong(f"a whole number from {least} to {most}", value, where)
        return value

    return read


def _name(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_NAME:
        raise _wrong(f"a name of at most {LONGEST_NAME} characters", value, where)
    return value


def _time(value: Any, where: str) -> time:
    try:
        found = time.fromisoformat(value)
    except (TypeError, ValueError):
        found = None
    # Without quotes, YAML reads 18:00 as the number 1080.
    if found is None or found.tzinfo is not None:
        raise _wrong('a time of day in quotes, such as "07:30"', value, where)
    return found


def _list_of(reader: Reader[Value], by: str | None = None) -> Reader[tuple[Value, ...]]:
    """Read a list in which no two values are equal, or have the same attribute `by`."""

    def read(value: Any, where: str) -> tuple[Value, ...]:
        if not isinstance(value, list):
            raise _wrong("a list: [one, two], or a line with a dash for each", value, where)
        found: list[Value] = []
        keys = set()
        for index, one in enumerate(value):
            found.append(reader(one, f"{where}[{index}]"))
            key = getattr(found[-1], by) if by else found[-1]
            if key in keys:
                what = f"two of them have the same {by}:; put their audiences into one" if by else "it stands twice"
                raise InvalidInput(what, where=f"{where}[{index}]")
            keys.add(key)
        return tuple(found)

    return read


def _role(value: Any, where: str) -> OfficerRole:
    if value not in set(OfficerRole):
        raise _wrong(f"one of: {', '.join(OfficerRole)}", value, where)
    return OfficerRole(value)


def _audience(value: Any, where: str) -> Audience:
    fields = _Fields(value, where)
    found = Audience(fields.read("level", _number(0, HIGHEST_LEVEL)), fields.read("role", _role))
    fields.end()
    return found


def _rung(value: Any, where: str) -> RungRule:
    fields = _Fields(value, where)
    days = fields.read("days", _number(-LONGEST_DAYS))
    return _heard(fields, days, fields.read("action", _action))


def _prompt(value: Any, where: str) -> RungRule:
    fields = _Fields(value, where)
    return _heard(fields, fields.read("days", _number(1)), RungAction.PROMPT)


def _heard(fields: _Fields, days: int, action: RungAction) -> RungRule:
    audience = fields.read("to", _list_of(_audience))
    fields.end()
    if not audience:
        raise InvalidInput("nobody is named here; say to: [{level: 0, role: focal}]", where=f"{fields.where}.to")
    return RungRule(days, action, audience)


def _action(value: Any, where: str) -> RungAction:
    if value not in {RungAction.REMIND, RungAction.ESCALATE}:
        raise _wrong(f"{RungAction.REMIND} or {RungAction.ESCALATE}", value, where)
    return RungAction(value)


def _grace(value: Any, where: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, dict):
        raise _wrong("days by level: {2: 5, 3: 7}", value, where)
    level, days = _number(2, HIGHEST_LEVEL), _number(1)
    # A ladder is kept as JSON, where a key is text.
    levels = {int(key) if isinstance(key, str) and key.isdecimal() else key: one for key, one in value.items()}
    return tuple(sorted((level(key, where), days(one, f"{where}.{key}")) for key, one in levels.items()))


def _quiet(value: Any, where: str) -> QuietHours:
    fields = _Fields(value, where)
    found = QuietHours(fields.read("from", _time), fields.read("to", _time))
    fields.end()
    if found.begins == found.ends:
        raise InvalidInput("these hours have no end; leave quiet: out where no hour is quiet", where=where)
    return found


def _storm(value: Any, where: str) -> StormRule:
    fields = _Fields(value, where)
    found = StormRule(fields.read("share", _share), fields.read("at_least", _number(1, 1_000_000)))
    fields.end()
    return found


def _share(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise _wrong("a share above 0 and up to 1, such as 0.33", value, where)
    return float(value)
