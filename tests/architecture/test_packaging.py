"""What is packed is what stands on the disk, and the lock installs it on every Python that is supported."""

import re
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-tests.lock"]
NOT_PACKED = {"tests", "deploy", "docs"}
NOT_A_PACKAGE = "models/migrations/versions"
"""Alembic loads each revision by its path."""


def pins(lock: str) -> dict[str, Version]:
    """Give the versions that a lock file holds, by normalised name."""
    lines = (ROOT / "deploy" / lock).read_text(encoding="utf-8").splitlines()
    pinned = [line.removesuffix(" \\").split("==") for line in lines if line and not line.startswith((" ", "#"))]
    return {canonicalize_name(name): Version(version) for name, version in pinned}


def test_the_wheel_holds_every_package_on_disk() -> None:
    on_disk = {file.parent.name for file in ROOT.glob("*/__init__.py")} - NOT_PACKED
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == on_disk
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == on_disk


def test_every_folder_of_code_is_a_package() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    folders = {file.parent for package in packages for file in (ROOT / package).rglob("*.py")}
    bare = {str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()}
    assert bare - {NOT_A_PACKAGE} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_address_and_gives_each_version_its_hashes(lock: str) -> None:
    text = (ROOT / "deploy" / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an option, such as an index, stands in the lock"
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry


def test_both_locks_hold_the_same_version_of_what_runs() -> None:
    runs, tests = (pins(lock) for lock in LOCKS)
    assert runs.items() <= tests.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_answers_what_the_project_asks_for(lock: str) -> None:
    wanted = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
    if lock == "requirements-tests.lock":
        wanted += PROJECT["dependency-groups"]["dev"]
    versions = pins(lock)
    for requirement in map(Requirement, wanted):
        version = versions.get(canonicalize_name(requirement.name), Version("0"))
        assert version in requirement.specifier, f"{requirement} is not in the lock: make lock"


@pytest.mark.parametrize("python", ["3.11.0", "3.11.9", "3.12.0", "3.13.0"])
def test_the_lock_holds_what_each_supported_python_needs(python: str) -> None:
    # Some need another package on one Python only: what is missing goes to the group other-pythons, then `make lock`.
    surroundings = {"python_full_version": python, "python_version": ".".join(python.split(".")[:2]), "extra": ""}
    locked = pins("requirements-tests.lock")
    missing = {
        f"{distribution.name} needs {requirement}"
        for distribution in distributions()
        if canonicalize_name(distribution.name) in locked
        for requirement in map(Requirement, distribution.requires or [])
        if (requirement.marker is None or requirement.marker.evaluate(surroundings))
        and canonicalize_name(requirement.name) not in locked
    }
    assert missing == set()
