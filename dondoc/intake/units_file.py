"""Read a file of units (.yaml, .csv or .xlsx) into drafts that remember their row. What they say is checked later."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.intake.tables import read_table, tidy
from dondoc.intake.text_file import read_text
from models.schemas.units import OfficerDraft, Problem, UnitDraft

REQUIRED = ("code", "name", "kind", "parent", "valid_from")
OPTIONAL = ("valid_to", "focal_name", "focal_email", "head_name", "head_email")
UNIT_FIELDS = (*REQUIRED, "valid_to", "officers")
OFFICER_FIELDS = ("name", "role", "email")
NULL_TAG = "tag:yaml.org,2002:null"
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

DEEPEST = 12
"""Levels of lists and fields; a file of units has five."""

# The C parser keeps the lines too and is ten times faster; it is absent from some builds of PyYAML.
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class _RawUnit:
    """A unit's fields as text, whatever the format they came from."""

    where: str
    fields: dict[str, str]
    officers: tuple[OfficerDraft, ...]


@dataclass(slots=True)
class _Problems:
    found: list[Problem] = field(default_factory=list)

    def add(self, where: str, reason: str) -> None:
        self.found.append(Problem(where, reason))


def read_units(path: Path) -> tuple[UnitDraft, ...]:
    """Read the drafts of a units file in its order.

    Raises UnreadableInput when the file cannot be read as what its name says, InvalidInput naming the first wrong row
    and how many more there are.
    """
    problems = _Problems()
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        raw = _from_yaml(path, problems)
    elif suffix in {".csv", ".xlsx"}:
        raw = _from_table(path)
    else:
        raise UnreadableInput("units are read from a .yaml, .csv or .xlsx file", where=str(path))
    drafts = tuple(_draft(unit, problems) for unit in raw)
    if problems.found:
        raise invalid(problems.found)
    if not drafts:
        raise InvalidInput("the file names no unit; add at least one row", where=str(path))
    return drafts


def invalid(problems: Sequence[Problem]) -> InvalidInput:
    """Make the one line for a list of problems: the first, and how many more there are."""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return InvalidInput(f"{problems[0].reason}{more}", where=problems[0].where)


def _draft(raw: _RawUnit, problems: _Problems) -> UnitDraft:
    fields = raw.fields
    valid_from = _date(raw, "valid_from", problems)  # date.min below is never seen: the problem is raised first
    if not fields.get("valid_from"):
        problems.add(raw.where, f"{fields.get('code', '')} has no valid_from; write a date such as 2025-07-01")
    return UnitDraft(
        code=fields.get("code", ""),
        name=fields.get("name", ""),
        kind=fields.get("kind", ""),
        parent=fields.get("parent") or None,
        valid_from=valid_from or date.min,
        valid_to=_date(raw, "valid_to", problems),
        where=raw.where,
        officers=raw.officers,
    )


def _date(raw: _RawUnit, name: str, problems: _Problems) -> date | None:
    text = raw.fields.get(name, "")
    if not text:
        return None
    try:
        if ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 2025-02-30 has the form of a date and is none
    problems.add(raw.where, f"{name}: {text[:40]!r} is not a date; write it as 2025-07-01")
    return None


def _from_table(path: Path) -> list[_RawUnit]:
    units = []
    for row in read_table(path, REQUIRED, OPTIONAL):
        officers = tuple(
            OfficerDraft(role, row.cells.get(f"{role}_name", ""), row.cells.get(f"{role}_email", "").lower(), row.where)
            for role in ("focal", "head")
            if row.cells.get(f"{role}_name") or row.cells.get(f"{role}_email")
        )
        units.append(_RawUnit(row.where, row.cells, officers))
    return units


def _from_yaml(path: Path, problems: _Problems) -> list[_RawUnit]:
    top = _compose(path)
    if not isinstance(top, yaml.MappingNode) or [key.value for key, _ in top.value] != ["units"]:
        raise InvalidInput("expected one key at the top: units, with a list of units under it", where=str(path))
    return [
        _RawUnit(
            _place(path, node),
            _texts(path, node, UNIT_FIELDS, problems),
            tuple(_officer(path, each, problems) for each in _items(path, _child(node, "officers"), problems)),
        )
        for node in _items(path, top.value[0][1], problems)
    ]


def _compose(path: Path) -> yaml.Node | None:
    text = read_text(path)
    try:
        _refuse_deep(path, text)
        return yaml.compose(text, Loader=YAML_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise UnreadableInput(f"not valid YAML: {error.problem or error.context}", where=f"{path}{line}") from None
    except yaml.YAMLError as error:
        raise UnreadableInput(f"not valid YAML: {str(error).splitlines()[0]}", where=str(path)) from None


def _refuse_deep(path: Path, text: str) -> None:
    """Stop before composing: the C parser composes by recursion without a limit, and would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=YAML_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise UnreadableInput("nested too deeply to be a file of units", where=str(path))


def _officer(path: Path, node: yaml.Node, problems: _Problems) -> OfficerDraft:
    texts = _texts(path, node, OFFICER_FIELDS, problems)
    return OfficerDraft(
        texts.get("role", ""), texts.get("name", ""), texts.get("email", "").lower(), _place(path, node)
    )


def _items(path: Path, node: yaml.Node | None, problems: _Problems) -> list[yaml.Node]:
    """Give the mappings of a list; an absent or null one is empty."""
    if node is None or node.tag == NULL_TAG:
        return []
    if not isinstance(node, yaml.SequenceNode):
        problems.add(_place(path, node), "expected a list: each item begins with a dash")
        return []
    for item in node.value:
        if not isinstance(item, yaml.MappingNode):
            problems.add(_place(path, item), "expected fields (name: value) under the dash")
    return [item for item in node.value if isinstance(item, yaml.MappingNode)]


def _child(node: yaml.Node, name: str) -> yaml.Node | None:
    return next((value for key, value in node.value if key.value == name), None)


def _texts(path: Path, node: yaml.Node, allowed: Sequence[str], problems: _Problems) -> dict[str, str]:
    """Give a mapping's scalars as the text that was written: a code `007` or a name `No` stays what it is."""
    texts: dict[str, str] = {}
    seen: set[str] = set()
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in allowed:
            problems.add(_place(path, key), f"there is no field {name!r}; the fields are: {', '.join(allowed)}")
        elif name in seen:
            problems.add(_place(path, key), f"the field {name} is given twice; keep one")
        elif isinstance(value, yaml.ScalarNode):
            texts[name] = "" if value.tag == NULL_TAG else tidy(value.value)
        elif name != "officers":
            problems.add(_place(path, value), f"{name}: expected one value, not a list or fields")
        seen.add(name)
    return texts


def _place(path: Path, node: yaml.Node) -> str:
    return f"{path}, line {node.start_mark.line + 1}"
