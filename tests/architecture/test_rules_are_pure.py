"""What the import linter cannot see: what is loaded in fact, and who reads the clock."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FRAMEWORKS = {
    "sqlalchemy", "alembic", "psycopg", "sqlite3", "prefect", "fastapi", "starlette", "uvicorn", "pydantic",
    "pydantic_settings", "typer", "rich", "yaml", "jinja2", "emails", "requests", "httpx", "babel",
}  # fmt: skip

LOAD = """
import importlib, json, pkgutil, sys, policies
for module in pkgutil.walk_packages(policies.__path__, "policies."):
    importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""

BELOW_THE_DOORS = [
    "policies", "models", "dondoc/operations", "dondoc/mail", "dondoc/intake", "dondoc/reports", "dondoc/locale",
]  # fmt: skip

CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime", "time_ns"}
"""Names of calls that read a clock: datetime.now, date.today, pendulum.now, func.now, time.localtime …"""

CLOCK_OWNERS = {"datetime", "date", "DateTime", "Date", "pendulum", "func", "time"}
"""What has such a clock, so that handing it on uncalled is found too; `facts.now` is a value."""


def test_loading_every_rule_loads_no_framework() -> None:
    command = [sys.executable, "-c", LOAD]
    result = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    loaded = set(json.loads(result.stdout))
    assert {name for name in loaded if name.startswith("policies.")}, "no rule was loaded"
    assert not loaded & FRAMEWORKS


@pytest.mark.parametrize("folder", BELOW_THE_DOORS)
def test_no_clock_is_read_below_the_doors(folder: str) -> None:
    assert [place for file in sorted((ROOT / folder).rglob("*.py")) for place in clock_calls(file)] == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ("datetime.now(zone)", True),
        ("pendulum.today()", True),
        ("func.now()", True),  # the database's clock is a clock
        ("time.time()", True),
        ("Column(default=datetime.now)", True),  # handed over to be called later
        ("decide(facts, now)", False),  # time as an argument
        ("decide(facts.now)", False),
        ("datetime.time(7, 30)", False),  # a time of day
        ("moment.time()", False),
    ],
)
def test_the_search_for_clocks_finds_them(code: str, tmp_path: Path, *, is_found: bool) -> None:
    file = tmp_path / "rule.py"
    file.write_text(code)
    assert bool(clock_calls(file)) is is_found


def clock_calls(file: Path) -> list[str]:
    """List where `file` reads a clock or hands one on, as `name:line attribute`."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = _last_name(node.func)
            owner = _last_name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            if name in CLOCKS or (owner == "time" and name in {"time", "monotonic"}):
                found.append(f"{file.name}:{node.lineno} {name}")
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS and _last_name(node.value) in CLOCK_OWNERS:
            found.append(f"{file.name}:{node.lineno} {node.attr}")
    return found


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
