"""A plan goes down the tree: the district's own directive does its relay duty and asks its grassroots units in turn."""

from pathlib import Path

import pytest

from dondoc.cli import run
from dondoc.intake.yaml_file import read_yaml
from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import register
from dondoc.operations.tasks import TaskRow, tasks
from dondoc.operations.timeline import timeline
from dondoc.operations.verify import verify
from models.schemas.directives import DirectiveDraft
from models.session import Database
from tests.factories import GRASSROOTS, OFFICE, RULES, Issued, a_directive_issued, a_province, an_obligation, at, focal

UNIT, OTHER = "DISTRICT-1", "DISTRICT-2"
OWN_PLAN = """\
number: 05/KH-LĐLĐ
type: Kế hoạch
issued_on: 2025-02-18
issuer: DISTRICT-1
subject: Triển khai Kế hoạch 121/KH-LĐLĐ
implements: [121/KH-LĐLĐ]
obligations:
  - key: bao-cao-so-bo
    title: Báo cáo kết quả về Liên đoàn Lao động huyện
    deliverable: report
    addressees: {below: DISTRICT-1, kinds: [grassroots]}
    due: DUE
    serves: bao-cao
"""


@pytest.fixture
def issued(database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Issued:
    """Issue the province's plan: each district makes a plan of its own, adopts it, and reports by 28 March."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DONDOC_DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    a_province(database)
    return a_directive_issued(
        database,
        an_obligation("ke-hoach", relay=True, adoption=True, deliverable="plan"),
        an_obligation("bao-cao", due="2025-03-28"),
    )


def listed(database: Database, number: str, day: str) -> list[TaskRow]:
    return list(tasks(database, now=at(day), directive=number))


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_the_districts_directive_does_its_duty_and_its_deadline_lies_inside_the_provinces(
    database: Database, issued: Issued, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = str(issued.assignments["ke-hoach", UNIT])
    submit = ["task", "submit", plan, "--by", focal(UNIT), "--number", "05/KH-LĐLĐ"]
    # Not without the minutes; and not with a deadline below that lies after the district's own.
    assert run([*submit, "--now", "2025-02-18"]) == 1
    assert "--minutes" in capsys.readouterr().err
    file = Path("own.yaml")
    file.write_text(OWN_PLAN.replace("DUE", "2025-03-29"), encoding="utf-8")
    assert run(["issue", str(file), "--dry-run", "--now", "2025-02-18"]) == 2
    refused = capsys.readouterr().err
    assert (
        "obligations[0].due: 2025-03-29 lies after 2025-03-28, when DISTRICT-1 itself owes 121/KH-LĐLĐ#bao-" in refused
    )
    # Handed in first, registered afterwards: the two are linked, and the grassroots units have their tasks.
    assert run([*submit, "--minutes", "Biên bản 03/BB-BTV", "--now", "2025-02-18"]) == 0
    file.write_text(OWN_PLAN.replace("DUE", "2025-03-20"), encoding="utf-8")
    draft = DirectiveDraft.model_validate(read_yaml(file))
    register(database, draft, now=at("2025-02-19"), actor="test", rules=RULES)
    list(cascade_all(database, draft.reference, at("2025-02-19"), rules=RULES))
    capsys.readouterr()
    own = listed(database, "05/KH-LĐLĐ", "2025-02-19")
    assert sorted(one.unit for one in own) == [unit for unit in GRASSROOTS if unit.startswith(UNIT)]
    relays = {
        one.unit: one.relay for one in listed(database, issued.number, "2025-02-19") if one.obligation == "ke-hoach"
    }
    assert relays == {UNIT: "05/KH-LĐLĐ", OTHER: None}
    # Time is asked for within the district's own deadline, and no further.
    inner = next(one for one in own if one.unit == GRASSROOTS[0])
    ask = [
        "task",
        "extend",
        str(inner.id),
        "--by",
        focal(GRASSROOTS[0]),
        "--why",
        "Chờ hội nghị",
        "--now",
        "2025-02-20",
    ]
    assert run([*ask, "--to", "2025-03-31"]) == 1
    assert "must not be after 2025-03-28, when the higher directive is due" in capsys.readouterr().err
    assert run([*ask, "--to", "2025-03-28"]) == 0
    assert (
        run(["task", "extend", str(inner.id), "--by", focal(UNIT), "--counter", "2025-03-25", "--now", "2025-02-21"])
        == 0
    )
    assert run(["task", "accept", str(inner.id), "--by", focal(GRASSROOTS[0]), "--now", "2025-02-21"]) == 0
    assert run(["task", "confirm", plan, "--by", focal(OFFICE), "--now", "2025-02-21"]) == 0
    [moved] = [one for one in listed(database, "05/KH-LĐLĐ", "2025-02-22") if one.id == inner.id]
    assert str(moved.nominal_due) == "2025-03-25"
    for subject in (plan, "05/KH-LĐLĐ"):
        assert any("linked" in entry["detail"] for entry in timeline(database, subject))
    assert verify(database).ok
