"""An office's own ladder and calendar stand in its home and take the place of the shipped ones."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dondoc.errors import InvalidInput
from dondoc.operations.rules import default_rules, office_ladder, office_rules


def shipped(name: str) -> str:
    return (files("policies") / "defaults" / name).read_text(encoding="utf-8")


def test_an_office_without_files_of_its_own_has_the_shipped_rules(tmp_path: Path) -> None:
    assert office_rules(tmp_path, "office.example") is default_rules("office.example")


def test_an_office_s_own_ladder_is_in_force_and_has_a_digest_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "ladder.yaml").write_text(
        shipped("ladder.yaml").replace('at: "07:30"', 'at: "09:00"'), encoding="utf-8"
    )
    own = office_rules(tmp_path)
    assert own.ladder.policy.at.hour == 9
    assert own.ladder.digest != default_rules().ladder.digest
    assert own.calendar == default_rules().calendar
    assert office_ladder(tmp_path) == own.ladder


def test_an_office_s_own_calendar_is_in_force(tmp_path: Path) -> None:
    tet = date(2025, 1, 29)
    assert not default_rules().calendar.is_working_day(tet)
    content = "".join(line for line in shipped("calendar.yaml").splitlines(keepends=True) if "2025-01-29" not in line)
    (tmp_path / "calendar.yaml").write_text(content, encoding="utf-8")
    assert office_rules(tmp_path).calendar.is_working_day(tet)


def test_a_ladder_that_lacks_something_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "ladder.yaml").write_text("name: own\nversion: 1\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"ladder\.yaml: the ladder lacks"):
        office_rules(tmp_path)
