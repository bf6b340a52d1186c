"""Reads the work calendar from its YAML file: the rules do no I/O, so the rows are read here and given to them."""

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import yaml

from dondoc.errors import InvalidInput, UnreadableInput
from models.vocabulary import DayKind, DayStatus
from policies.workdays import SATURDAY, CalendarDay, WorkCalendar

# The C parser is ten times faster, and every command that counts days waits for it; some builds of PyYAML lack it.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FIELDS = ("date", "kind", "name", "basis", "status")
Choice = TypeVar("Choice", bound=StrEnum)


@lru_cache(maxsize=1)
def default_calendar() -> WorkCalendar:
    """Read the calendar that ships with the program, once a process."""
    return load_calendar(Path(str(files("policies") / "defaults" / "calendar.yaml")))


def load_calendar(path: Path) -> WorkCalendar:
    """Read a calendar file: `decided` (year: document) and `days` (a mapping of the five FIELDS a day).

    Raises UnreadableInput when the file cannot be read as UTF-8 YAML, InvalidInput naming the row that is wrong.
    """
    content = _read(path)
    if not isinstance(content, dict) or not isinstance(content.get("days"), list):
        raise InvalidInput("Expected a mapping with a list named days.", where=str(path))
    decided = content.get("decided") or {}
    if not isinstance(decided, dict) or not all(type(year) is int for year in decided):
        raise InvalidInput("Expected years with the document that decided each.", where=f"{path}: decided")
    rows = [_row(row, f"{path}: days[{index}]") for index, row in enumerate(content["days"])]
    seen: set[date] = set()
    for index, row in enumerate(rows):
        if row.date in seen:
            raise InvalidInput(f"{row.date} has two rows. Keep one.", where=f"{path}: days[{index}].date")
        seen.add(row.date)
    return WorkCalendar(tuple(rows), frozenset(decided))


def _read(path: Path) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=YAML_LOADER)  # noqa: S506 (a SafeLoader)
    except FileNotFoundError:
        raise UnreadableInput("There is no such file.", where=str(path)) from None
    except UnicodeDecodeError:
        raise UnreadableInput("The file is not UTF-8 text. Save it as UTF-8.", where=str(path)) from None
    except (OSError, ValueError) as error:  # PyYAML passes on the ValueError of a date such as 2025-02-30
        raise UnreadableInput(f"{error}. Check the file.", where=str(path)) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}, line {mark.line + 1}" if mark else str(path)
        raise UnreadableInput("This is not valid YAML. Correct the line.", where=place) from None


def _row(row: object, where: str) -> CalendarDay:
    if not isinstance(row, dict) or set(row) != set(FIELDS):
        raise InvalidInput(f"Expected the fields {', '.join(FIELDS)}.", where=where)
    day = row["date"]
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InvalidInput("Expected a date such as 2026-08-22.", where=f"{where}.date")
    kind = _choice(DayKind, row["kind"], f"{where}.kind")
    if kind is DayKind.WORKING_SATURDAY and day.weekday() != SATURDAY:
        raise InvalidInput(f"{day} is not a Saturday.", where=f"{where}.kind")
    if kind is DayKind.DAY_OFF_IN_LIEU and day.weekday() >= SATURDAY:
        raise InvalidInput(f"{day} is a weekend day already.", where=f"{where}.kind")
    for name in ("name", "basis"):
        if not isinstance(row[name], str) or not row[name].strip():
            raise InvalidInput("Expected some words.", where=f"{where}.{name}")
    return CalendarDay(day, kind, row["name"], row["basis"], _choice(DayStatus, row["status"], f"{where}.status"))


def _choice(choices: type[Choice], value: object, where: str) -> Choice:
    if isinstance(value, str) and value in set(choices):
        return choices(value)
    raise InvalidInput(f"Expected one of {', '.join(choices)}.", where=where)
