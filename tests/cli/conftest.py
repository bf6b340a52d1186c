"""An office at its desk: a folder to stand in, a home, and a database named by the environment."""

from pathlib import Path

import pytest

from models.session import Database
from tests.factories import Issued, a_directive_issued, a_province, an_obligation


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with no settings but a home in it."""
    for name in ("DATABASE_URL", "SMTP_URL", "MAIL_FROM", "BASE_URL", "LANG"):
        monkeypatch.delenv(f"DONDOC_{name}", raising=False)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def url(desk: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001 (what it sets up is needed, not its value)
    """Give the address of an empty database that the settings name."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def province(url: str, database: Database) -> Database:  # noqa: ARG001 (what it sets up is needed, not its value)
    """Register the province of the factories in that database."""
    a_province(database)
    return database


@pytest.fixture
def issued(province: Database) -> Issued:
    """Issue a directive of three obligations to the province: a report, a plan to relay, a standing duty."""
    return a_directive_issued(
        province, an_obligation(), an_obligation("plan", relay=True, due="2025-03-31"), an_obligation("duty", due=None)
    )
