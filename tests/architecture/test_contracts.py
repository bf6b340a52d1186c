"""The import contracts hold, and each one bites: broken once on purpose in a copy of the tree, the linter names it."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["importlinter"]["root_packages"]
LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"

LAYERS = "Imports run downwards only"
NO_FRAMEWORK = "Rules, readers and renderers touch no framework and no database"
NO_IO = "Rules do no I/O"
PREFECT = "Only flows imports prefect"
NO_CYCLES = "No cycles among rules"

BREACHES = [
    # (contract, {file: what it would import})
    (LAYERS, {"models/vocabulary.py": "import models.schemas"}),
    (LAYERS, {"models/tables/broken.py": "import policies"}),
    (LAYERS, {"dondoc/mail/broken.py": "import dondoc.intake"}),  # neighbours in a layer do not meet
    (LAYERS, {"dondoc/operations/broken.py": "import flows"}),
    (LAYERS, {"policies/broken.py": "import dondoc.operations"}),
    (NO_FRAMEWORK, {"policies/broken.py": "import sqlalchemy"}),
    (NO_FRAMEWORK, {"dondoc/intake/broken.py": "from sqlalchemy import select"}),
    (NO_FRAMEWORK, {"dondoc/mail/broken.py": "import fastapi"}),
    # at one remove: through a module that may itself import it
    (NO_FRAMEWORK, {"dondoc/broken.py": "import psycopg", "dondoc/mail/broken.py": "import dondoc.broken"}),
    (NO_IO, {"policies/broken.py": "from pathlib import Path"}),
    (NO_IO, {"policies/broken.py": "import logging"}),
    (NO_IO, {"policies/broken.py": "import yaml"}),
    (PREFECT, {"dondoc/operations/broken.py": "import prefect"}),
    (PREFECT, {"models/broken.py": "def later() -> None:\n    import prefect.client"}),  # a lazy import is one too
    (NO_CYCLES, {"policies/broken.py": "import policies.other", "policies/other.py": "import policies.broken"}),
]


def lint(folder: Path, packages: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter in `folder` on the packages that stand in `packages`."""
    command = [sys.executable, "-c", LINT, "--no-cache"]
    environment = {"PYTHONPATH": str(packages), "PATH": "", "COLUMNS": "200", "LANG": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_tree_keeps_every_contract() -> None:
    result = lint(ROOT, ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_contract_is_broken_on_purpose_below() -> None:
    names = {contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]}
    assert names == {contract for contract, _files in BREACHES}


@pytest.mark.parametrize(("contract", "files"), BREACHES)
def test_a_breach_is_named(contract: str, files: dict[str, str], tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, line in files.items():
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    result = lint(tmp_path, tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout
