"""The rules in force for an operation: ladders, calendar and bounds, read by a door and passed down."""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from dondoc.errors import InvalidInput
from dondoc.operations.extension_rules import EXTENSION_FILE, default_extension, office_extension
from dondoc.operations.ladder_file import Ladder, default_ladder, ladder_from, read_ladder
from policies.extension import ExtensionPolicy
from policies.workdays import WorkCalendar

LADDER_FILE, CALENDAR_FILE = "ladder.yaml", "calendar.yaml"
"""What an office may put into DONDOC_HOME in place of the shipped policies, in the same shape."""
LADDER_FOLDER = "ladders"
"""Where it may put more ladders: NAME.yaml for directives that name it, CODE.yaml for all of the issuer CODE."""

OF_THE_OFFICE = ("quiet", "storm", "due_soon_days")
"""What only the office's own ladder says: one letter carries what many ladders have to say."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's ladder, the folder of its others, a calendar, the domain of Message-IDs, bounds of extensions."""

    ladder: Ladder
    calendar: WorkCalendar
    mail_domain: str = "localhost"
    extension: ExtensionPolicy = field(default_factory=default_extension)
    ladders: Path | None = None

    def ladder_for(self, issuer: str, *, said: str | None = None, where: str = "") -> Ladder:
        """Choose the ladder to plan with: the one `said`, else the issuer's own, else the office's.

        Raise InvalidInput for `where` when no ladder has the name that is said.
        """
        if said is None:
            return self._in_folder(issuer) or self.ladder
        found = self.ladder_named(said)
        if found is None:
            raise InvalidInput(f"there is no ladder {said!r}; there are: {', '.join(self._names())}", where=where)
        return found

    def ladder_named(self, name: str) -> Ladder | None:
        """Find a ladder by its name, as it stands today; None where it is gone."""
        own = (self.ladder, default_ladder())
        return self._in_folder(name) or next((one for one in own if one.policy.name == name), None)

    def ladder_again(self, name: str | None, kept: dict[str, Any]) -> Ladder:
        """Give the ladder that an obligation was planned with as it stands today; as `kept`, where its file is gone."""
        found = self.ladder_named(name) if name else self.ladder
        return found or Ladder(ladder_from(kept, f"ladder {name!r}, as it was kept"), kept)

    def _in_folder(self, name: str) -> Ladder | None:
        path = self.ladders / f"{name}.yaml" if self.ladders and _FILE_NAME.fullmatch(name) else None
        if path is None or not path.is_file():
            return None
        found = read_ladder(path)
        if found.policy.name != name:
            raise InvalidInput(
                f"expected {name}, the name of the file; found {found.policy.name!r}", where=f"{path}: name"
            )
        misplaced = next((one for one in OF_THE_OFFICE if one in found.content), None)
        if misplaced is not None:
            raise InvalidInput(f"this holds for all letters; say it in {LADDER_FILE}", where=f"{path}: {misplaced}")
        return found

    def _names(self) -> list[str]:
        named = [path.stem for path in self.ladders.glob("*.yaml")] if self.ladders else []
        return sorted({*named, self.ladder.policy.name, default_ladder().policy.name})


def office_rules(home: Path, mail_domain: str = "localhost") -> Rules:
    """Give the rules in force for the office of `home`: its own ladders, calendar and bounds where it has them."""
    own_calendar, folder = home / CALENDAR_FILE, home / LADDER_FOLDER
    rules = default_rules(mail_domain)
    if (home / LADDER_FILE).exists():
        rules = replace(rules, ladder=office_ladder(home))
    if folder.is_dir():
        rules = replace(rules, ladders=folder)
    if (home / EXTENSION_FILE).exists():
        rules = replace(rules, extension=office_extension(home))
    if own_calendar.exists():
        from dondoc.calendar_file import load_calendar  # noqa: PLC0415 (a count needs no calendar)

        rules = replace(rules, calendar=load_calendar(own_calendar))
    return rules


def office_ladder(home: Path) -> Ladder:
    """Give the ladder of the office of `home`: its own, or the shipped one."""
    own = home / LADDER_FILE
    return read_ladder(own) if own.exists() else default_ladder()


@cache
def default_rules(mail_domain: str = "localhost") -> Rules:
    """Read the rules that the house ships (policies/defaults)."""
    from dondoc.calendar_file import default_calendar  # noqa: PLC0415 (a count needs no calendar)

    return Rules(default_ladder(), default_calendar(), mail_domain)
