"""The house's own rules that no linter knows: sizes, names, and what never stands in a file."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FILE_LINES = 400
NAMES_WITHOUT_AN_IDEA = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "service",
    "services",
    "manager",
    "base",
}

LONG_WITH_A_REASON = {
    "models/migrations/versions/0001_the_whole_model.py": "one revision, one file: it is a list of statements",
}

OF_ONE_MACHINE = re.compile(
    r"(?<![\w.])/(?:work|home|root|Users)/\w|/tmp/\w+/"  # a path that only one machine has
    r"|files\.pythonhosted|pypi\.org|--index-url|--extra-index-url"  # a registry
)


def tracked() -> list[Path]:
    """List the project's files: those that git knows and those it would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()
PYTHON = [file for file in FILES if file.suffix == ".py"]


def test_the_files_are_found() -> None:
    assert Path(__file__) in PYTHON


def test_no_file_is_long_without_a_reason() -> None:
    long = {
        str(file.relative_to(ROOT))
        for file in PYTHON
        if len(file.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE_LINES
    }
    assert long == set(LONG_WITH_A_REASON)


def test_every_name_says_an_idea() -> None:
    named = {(part, file) for file in PYTHON for part in (*file.relative_to(ROOT).parts[:-1], file.stem)}
    assert [str(file) for part, file in named if part in NAMES_WITHOUT_AN_IDEA] == []


def test_test_files_have_names_of_their_own() -> None:
    tests = [file.name for file in PYTHON if file.is_relative_to(ROOT / "tests") and file.name != "conftest.py"]
    assert sorted(tests) == sorted(set(tests))
    assert not list((ROOT / "tests").rglob("__init__.py"))


@pytest.mark.parametrize("file", [file for file in FILES if file != Path(__file__)], ids=lambda file: file.name)
def test_no_file_names_one_machine_or_a_registry(file: Path) -> None:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # a sample spreadsheet, a picture
    assert OF_ONE_MACHINE.findall(text) == []
