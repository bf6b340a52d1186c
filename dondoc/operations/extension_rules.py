"""The bounds of extensions in force for an office: its own file, or the one that the house ships."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dondoc.errors import InvalidInput
from dondoc.intake.text_file import read_text
from dondoc.intake.yaml_file import parse_yaml
from policies.extension import ExtensionPolicy

EXTENSION_FILE = "extension.yaml"
"""What an office may put into DONDOC_HOME in place of the shipped bounds, in the same shape."""


def office_extension(home: Path) -> ExtensionPolicy:
    """Give the bounds in force for the office of `home`. Raise InvalidInput naming what its file lacks."""
    own = home / EXTENSION_FILE
    return extension_from(parse_yaml(read_text(own), str(own)), str(own)) if own.exists() else default_extension()


@cache
def default_extension() -> ExtensionPolicy:
    """Read the bounds that the house ships."""
    where = f"policies/defaults/{EXTENSION_FILE}"
    text = (files("policies") / "defaults" / EXTENSION_FILE).read_text(encoding="utf-8")
    return extension_from(parse_yaml(text, where), where)


def extension_from(content: Any, where: str) -> ExtensionPolicy:
    """Make bounds of parsed YAML. Raise InvalidInput naming what is missing or wrong."""
    try:
        return ExtensionPolicy(
            name=str(content["name"]),
            version=int(content["version"]),
            most=_at_least(content["most"], 0, "most"),
            longest_days=_at_least(content["longest_days"], 1, "longest_days"),
            often_from=_at_least(content["often_from"], 1, "often_from"),
        )
    except KeyError as error:
        raise InvalidInput(f"it lacks {error}; policies/defaults/{EXTENSION_FILE} has the shape", where=where) from None
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"there is a wrong value: {error}", where=where) from None


def _at_least(value: Any, least: int, name: str) -> int:
    number = int(value)
    if number < least:
        msg = f"{name}: {value} is less than {least}"
        raise ValueError(msg)
    return number
