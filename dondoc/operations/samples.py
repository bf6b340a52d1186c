"""The demo's own data: where its files lie in a checkout or an installed package, and what they hold as values."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from dondoc.errors import UnreadableInput
from dondoc.intake.units_file import read_units
from dondoc.intake.yaml_file import check_value, read_yaml
from models.schemas.directives import DirectiveDraft
from models.schemas.story import Story
from models.schemas.units import UnitDraft

ISSUER_MARK = "{issuer}"
"""Stands in derived.yaml's template for the union that issues the plan."""


@cache
def samples_folder() -> Path:
    """Find the folder: `deploy/samples` beside the packages in a checkout, `dondoc/samples` in an installed wheel."""
    package = Path(str(files("dondoc")))
    for folder in (package / "samples", package.parent / "deploy" / "samples"):
        if folder.is_dir():
            return folder
    raise UnreadableInput("the demo's data is not there; install dondoc again", where=str(package / "samples"))


def sample_units() -> tuple[UnitDraft, ...]:
    """Give the federation, its offices and its upper unions, without grassroots unions."""
    return read_units(samples_folder() / "units.yaml")


def sample_directive() -> DirectiveDraft:
    """Give plan 121/KH-LĐLĐ."""
    path = samples_folder() / "121-KH-LDLD.yaml"
    return check_value(DirectiveDraft, read_yaml(path), str(path))


def derived_directives() -> tuple[DirectiveDraft, ...]:
    """Give the upper unions' own plans in order of issue: the template of derived.yaml, once for each issuer."""
    path = samples_folder() / "derived.yaml"
    content = read_yaml(path)
    return tuple(
        check_value(
            DirectiveDraft, {**_filled(content["template"], issue["issuer"]), **issue}, f"{path}: issues[{index}]"
        )
        for index, issue in enumerate(content["issues"])
    )


def sample_story() -> Story:
    """Give the parameters of the story."""
    path = samples_folder() / "story.yaml"
    return check_value(Story, read_yaml(path), str(path))


def _filled(value: Any, issuer: str) -> Any:
    """Put the issuer where the template has its mark."""
    if isinstance(value, dict):
        return {key: _filled(one, issuer) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, issuer) for one in value]
    return issuer if value == ISSUER_MARK else value
