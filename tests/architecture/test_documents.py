"""The documents say what is there: links lead somewhere, commands exist, decisions are enforced by something real."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
COMMAND = re.compile(r"`make ([a-z]+)|^\s*make ([a-z]+)", re.MULTILINE)
CODE_PATH = re.compile(r"`([\w./-]+/[\w.-]+\.(?:py|md|yaml|toml)|pyproject\.toml)`")


def name_of(file: Path) -> str:
    """Name a document by its place in the project."""
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_to_a_file(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_commands_exist(document: Path) -> None:
    named = {first or second for first, second in COMMAND.findall(document.read_text(encoding="utf-8"))}
    assert named <= TARGETS


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_a_decision_ends_with_what_enforces_it(decision: Path) -> None:
    last = decision.read_text(encoding="utf-8").strip().split("\n\n")[-1]
    assert last.startswith("Enforced by ")
    named = CODE_PATH.findall(last)
    assert named, "name the file of a test, a contract or a constraint"
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(len(DECISIONS)))
