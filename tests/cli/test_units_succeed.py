"""`dondoc units succeed` as a person types it, after the end of a unit was imported."""

from pathlib import Path

import pytest
import yaml

from tests.cli.office import dondoc, everything
from tests.factories import PROVINCE

END = {
    "code": "DISTRICT-1",
    "name": "DISTRICT-1",
    "kind": "district",
    "parent": PROVINCE,
    "valid_from": "2023-01-01",
    "valid_to": "2025-07-01",
}
BELOW = [
    {"code": f"DISTRICT-1-G{number}", "name": f"G{number}", "kind": "grassroots", "parent": "DISTRICT-2"}
    | {"valid_from": "2025-07-01"}
    for number in (1, 2, 3)
]
COMMUNE = {"code": "COMMUNE", "name": "Công đoàn xã", "kind": "commune", "parent": PROVINCE} | {
    "valid_from": "2025-07-01",
    "officers": [{"name": "Cán bộ đầu mối", "role": "focal", "email": "xa@commune.example"}],
}
ASKED = ("units", "succeed", "DISTRICT-1", "COMMUNE", "--basis", "157-KL/TW", "--now", "2025-07-02")


@pytest.mark.usefixtures("issued")
def test_the_end_of_a_unit_is_imported_and_its_tasks_move_on(desk: Path) -> None:
    file = desk / "units.yaml"
    file.write_text(yaml.safe_dump({"units": [END, COMMUNE, *BELOW]}, allow_unicode=True), encoding="utf-8")
    imported = dondoc("units", "import", str(file), "--now", "2025-06-30")
    assert imported.status == 0, imported.err
    moved = dondoc(*ASKED)
    assert (moved.status, moved.out) == (
        0,
        "COMMUNE takes over from DISTRICT-1: 3 assignments moved, 0 ended that it owed already, 1 letters written.\n",
    )
    assert dondoc(*ASKED).out == "DISTRICT-1: nothing new; COMMUNE took over before.\n"
    assert dondoc(*ASKED, "--json").json["new"] is False
    assert {one["state"] for one in dondoc("tasks", "--unit", "COMMUNE", "--json").json} == {"assigned"}


@pytest.mark.usefixtures("issued")
def test_a_unit_that_stands_is_refused_in_one_line(url: str) -> None:
    before = everything(url)
    dondoc("units", "succeed", "DISTRICT-1", "DISTRICT-2", "--basis", "x", "--now", "2025-07-02").failed_plainly(
        1, "DISTRICT-1 still exists on 2025-07-02"
    )
    assert everything(url) == before
