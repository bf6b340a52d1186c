"""The rules in force for an operation: the office's ladder and calendar, read once by a door and passed down."""

from dataclasses import dataclass, field, replace
from datetime import time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dondoc.errors import InvalidInput
from dondoc.intake.text_file import read_text
from dondoc.intake.yaml_file import parse_yaml
from dondoc.operations.canonical import digest
from dondoc.operations.extension_rules import EXTENSION_FILE, default_extension, office_extension
from models.vocabulary import OfficerRole, RungAction
from policies.escalation import WEEK_DAYS, Audience, LadderPolicy, RungRule
from policies.extension import ExtensionPolicy
from policies.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Rules:
    """A ladder with the text it was read from, a calendar, the bounds of extensions, the domain of Message-IDs."""

    ladder: LadderPolicy
    ladder_content: dict[str, Any]
    calendar: WorkCalendar
    mail_domain: str = "localhost"
    extension: ExtensionPolicy = field(default_factory=default_extension)

    @property
    def ladder_digest(self) -> str:
        """The digest by which a plan names the policy it was made with."""
        return digest(self.ladder_content)


LADDER_FILE, CALENDAR_FILE = "ladder.yaml", "calendar.yaml"
"""What an office may put into DONDOC_HOME in place of the shipped policies, in the same shape."""


def office_rules(home: Path, mail_domain: str = "localhost") -> Rules:
    """Give the rules in force for the office of `home`: its own ladder and calendar where it has them."""
    own_calendar = home / CALENDAR_FILE
    if not own_calendar.exists() and not (home / LADDER_FILE).exists():
        shipped = default_rules(mail_domain)
        return replace(shipped, extension=office_extension(home)) if (home / EXTENSION_FILE).exists() else shipped
    from dondoc.calendar_file import default_calendar, load_calendar  # noqa: PLC0415 (a count needs no calendar)

    ladder, content = office_ladder(home)
    calendar = load_calendar(own_calendar) if own_calendar.exists() else default_calendar()
    return Rules(ladder, content, calendar, mail_domain, office_extension(home))


def office_ladder(home: Path) -> tuple[LadderPolicy, dict[str, Any]]:
    """Give the ladder in force for the office of `home`, and the text it was read from."""
    own = home / LADDER_FILE
    return read_ladder(own) if own.exists() else default_ladder()


@cache
def default_rules(mail_domain: str = "localhost") -> Rules:
    """Read the rules that the house ships (policies/defaults)."""
    from dondoc.calendar_file import default_calendar  # noqa: PLC0415 (a count needs no calendar)

    ladder, content = default_ladder()
    return Rules(ladder, content, default_calendar(), mail_domain)


@cache
def default_ladder() -> tuple[LadderPolicy, dict[str, Any]]:
    """Read the ladder that the house ships, and the text it was read from."""
    where = "policies/defaults/ladder.yaml"
    content = parse_yaml((files("policies") / "defaults" / "ladder.yaml").read_text(encoding="utf-8"), where)
    return ladder_from(content, where), content


def read_ladder(path: Path) -> tuple[LadderPolicy, dict[str, Any]]:
    """Read an office's own ladder from a YAML file of the shape of policies/defaults/ladder.yaml."""
    content = parse_yaml(read_text(path), str(path))
    return ladder_from(content, str(path)), content


def ladder_from(content: Any, where: str) -> LadderPolicy:
    """Make a ladder policy of parsed YAML. Raise InvalidInput naming what is missing or wrong."""
    try:
        days = [int(rung["days"]) for rung in content["rungs"]]
        if len(set(days)) < len(days):
            raise InvalidInput("two rungs have the same days:; put their audiences into one", where=where)
        return LadderPolicy(
            name=str(content["name"]),
            version=int(content["version"]),
            at=time.fromisoformat(str(content["at"])),
            rungs=tuple(
                RungRule(
                    int(rung["days"]),
                    RungAction(rung["action"]),
                    tuple(Audience(int(one["level"]), OfficerRole(one["role"])) for one in rung["to"]),
                )
                for rung in content["rungs"]
            ),
            above_every_days=_positive(content["above"]["every_days"]),
            above_roles=tuple(OfficerRole(role) for role in content["above"]["to"]),
            until_done_weekday=_weekday(content["until_done"]["weekday"]),
            until_done_roles=tuple(OfficerRole(role) for role in content["until_done"]["to"]),
            due_soon_days=int(content.get("due_soon_days", 3)),
        )
    except KeyError as error:
        raise InvalidInput(
            f"the ladder lacks {error}; see policies/defaults/ladder.yaml for its shape", where=where
        ) from None
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"the ladder has a wrong value: {error}", where=where) from None


def _positive(value: Any) -> int:
    number = int(value)
    if number < 1:
        msg = f"{value} is not a number of days"
        raise ValueError(msg)
    return number


def _weekday(value: Any) -> int:
    number = int(value)
    if not 1 <= number <= WEEK_DAYS:
        msg = f"{value} is no day of the week: 1 is Monday, {WEEK_DAYS} Sunday"
        raise ValueError(msg)
    return number
