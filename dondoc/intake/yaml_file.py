"""Read a YAML file into a pydantic value: a broken file or a wrong field gives one line that names the place."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.intake.text_file import read_text

if TYPE_CHECKING:
    from pydantic import BaseModel

Value = TypeVar("Value", bound="BaseModel")


def read_yaml(path: Path) -> Any:
    """Give what the YAML file holds. Raise UnreadableInput naming file and line."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, where: str) -> Any:
    """Give what YAML text holds; a key said twice in one mapping is an error, not a silent choice."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise UnreadableInput(f"not valid YAML: {error.problem or error.context}", where=f"{where}{line}") from None
    except yaml.YAMLError as error:
        raise UnreadableInput(f"not valid YAML: {str(error).splitlines()[0]}", where=where) from None
    except RecursionError:
        raise UnreadableInput("nested too deeply to be a file of this kind", where=where) from None


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
    kind, text = problem["type"], str(problem["msg"]).removeprefix("Value error, ")
    if kind == "missing":
        return "this field is required; add it"
    if kind == "extra_forbidden":
        return "there is no such field; check its spelling"
    given = problem.get("input")
    return f"{text}; found {str(given)[:60]!r}" if isinstance(given, str | int | float) else text


class _Loader(yaml.SafeLoader):
    """A SafeLoader that refuses a key said twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 (signature of the base)
        """Make a mapping, refusing a repeated key by its line."""
        seen: set[Any] = set()
        for key_node, _value in node.value:
            key = key_node.value
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)
