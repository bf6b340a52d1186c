"""What `dondoc issue` says beside its result: units that were given tasks and have nobody to write to."""

from datetime import date
from pathlib import Path

import yaml

from models.session import Database
from tests.cli.office import dondoc
from tests.factories import DISTRICTS, PROVINCE, an_obligation
from tests.operations.sweeping import change_officers


def test_a_rehearsal_names_the_units_that_would_get_no_letter(province: Database, desk: Path) -> None:
    change_officers(province, DISTRICTS[0], valid_to=date(2025, 2, 1))
    said = {
        "number": "121/KH-LĐLĐ",
        "type": "Kế hoạch",
        "issued_on": "2025-02-14",
        "issuer": PROVINCE,
        "subject": "Nhiệm vụ năm 2025",
        "obligations": [an_obligation()],
    }
    file = desk / "plan.yaml"
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    ran = dondoc("issue", str(file), "--dry-run", "--json", "--now", "2025-02-14T08:00")
    assert (ran.status, ran.json["assigned"], ran.json["letters"]) == (0, 2, 1)
    assert f"nobody to write to in 1 of the units ({DISTRICTS[0]})" in ran.err
