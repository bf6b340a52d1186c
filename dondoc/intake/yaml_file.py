"""Read a YAML file into a pydantic value: a broken file or a wrong field gives one line that names the place."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.intake.text_file import read_text

try:
    # Ten times faster than the parser in Python; some builds of PyYAML lack it.
    from yaml import CSafeLoader as _SafeLoader
except ImportError:
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

if TYPE_CHECKING:
    from pydantic import BaseModel

DEEPEST = 20
"""Levels of lists and fields; a directive has six."""
MOST_VALUES = 200_000
"""Values in a file, references (*name) written out; a directive with a thousand obligations has a twentieth."""

PLAIN_WORDS = {
    "missing": "this field is required; add it",
    "extra_forbidden": "there is no such field; check its spelling",
    "string_type": "this is read as a number, a date or yes/no, not as text; put it in quotes",
    "tuple_type": "expected a list: [one, two], or a line with a dash for each",
    "dict_type": "expected fields: name: value",
    "model_type": "expected fields: name: value",
    "bool_parsing": "expected true or false",
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "string_pattern_mismatch": "use letters without marks, digits, dots, hyphens and _, and no space",
}
"""pydantic's kinds of problems, in words for who wrote the file."""

Value = TypeVar("Value", bound="BaseModel")


def read_yaml(path: Path) -> Any:
    """Give what the YAML file holds. Raise UnreadableInput naming file and line."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, where: str) -> Any:
    """Give what YAML text holds; a key said twice in one mapping is an error, not a silent choice."""
    try:
        _refuse_endless(text, where)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        problem = error.problem or error.context
        if problem and problem.startswith("mapping values are not allowed"):
            problem = "a colon where none can stand; put text that has one in quotes"
        raise UnreadableInput(f"not valid YAML: {problem}", where=f"{where}{line}") from None
    except yaml.YAMLError as error:
        raise UnreadableInput(f"not valid YAML: {str(error).splitlines()[0]}", where=where) from None


def _refuse_endless(text: str, where: str) -> None:
    """Stop before composing: the C parser recurses without a limit, and references can unfold without end."""
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    total = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            if anchor is not None:
                sizes[anchor] = total - before
        elif isinstance(event, yaml.AliasEvent):
            total += sizes.get(event.anchor or "", 0)
        total += isinstance(event, yaml.NodeEvent)
        if len(opened) > DEEPEST or total > MOST_VALUES:
            raise UnreadableInput("nested too deeply, or too long, to be a file of this kind", where=where)


def check_value(kind: type[Value], content: Any, where: str) -> Value:
    """Make a value of `kind`. Raise InvalidInput with the path of the first wrong field, and how many more are."""
    from pydantic import ValidationError  # noqa: PLC0415 (a ladder is YAML without it)

    if not isinstance(content, dict):
        raise InvalidInput("expected a mapping of fields at the top; see the README for the file's shape", where=where)
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        path = _field_path(first["loc"])
        raise InvalidInput(f"{_says(first)}{more}", where=f"{where}: {path}" if path else where) from None


def _field_path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _says(problem: Any) -> str:
    kind, text = str(problem["type"]), str(problem["msg"]).removeprefix("Value error, ")
    if kind.startswith(("date_", "datetime_")) and not kind.startswith("date_past"):
        text = "this is not a date; write it as 2025-02-28"
    given = problem.get("input")
    if given is None and kind.endswith("_type"):
        return "nothing is said here; fill it in, or leave the field out"
    limits = problem.get("ctx", {})
    if kind in {"too_long", "string_too_long"}:
        text = f"longer than {limits['max_length']:,}; shorten it"
    elif kind in {"too_short", "string_too_short"}:
        text = "this is empty; fill it in"
    elif kind in {"enum", "literal_error"}:
        text = f"expected one of: {limits['expected'].replace(' or ', ', ')}"
    elif kind in {"greater_than_equal", "less_than_equal"}:
        text = f"must be {'at least' if 'ge' in limits else 'at most'} {limits.get('ge', limits.get('le'))}"
    text = PLAIN_WORDS.get(kind, text)
    return f"{text}; found {str(given)[:60]!r}" if isinstance(given, str | int | float) else text


class _Loader(_SafeLoader):
    """A SafeLoader that refuses a key said twice, and says the line of a value that cannot be (a 30 February)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 (signature of the base)
        """Make a mapping, refusing a repeated key by its line."""
        seen: set[str] = set()
        for key_node, _value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, "a field's name must be a word", key_node.start_mark
                )
            if key_node.value in seen:
                problem = f"the key {key_node.value!r} is given twice"
                raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 (signature of the base)
        """Make a value, turning what it cannot be into an error that knows its line."""
        try:
            return super().construct_object(node, deep=deep)
        except ValueError:
            problem = f"{str(node.value)[:40]!r} is no such date or number; put text in quotes"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None
