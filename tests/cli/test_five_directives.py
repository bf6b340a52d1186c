"""Five real directives from paper to assignments: read, the listed questions answered, issued, and due on their days.

The texts lie beside the project, not in it; where they are absent these tests say so.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from dondoc.intake.directive_file import read_directive
from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import register
from dondoc.operations.rules import default_rules
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import assignment
from models.tables.directives import obligation, period
from tests.cli.office import dondoc
from tests.factories import at

DIRECTIVES = Path(__file__).parents[2].parent / "shared" / "directives"
pytestmark = pytest.mark.skipif(not DIRECTIVES.is_dir(), reason=f"the five directives are not at hand: {DIRECTIVES}")

Due = tuple[str, str, str, str]
"""An obligation's key, its period, the nominal and the effective date."""


@dataclass(frozen=True, slots=True)
class Case:
    """A directive, what is answered to its questions, and what is due when."""

    number: str
    place: str
    answers: dict[str, str] = field(default_factory=dict)
    due: tuple[Due, ...] = ()
    standing: int = 0
    dated: int = 0
    periodic: int = 0


CASES = [
    Case(
        "000",
        "Lai Châu",
        {"noi-dung-hoc-tap.addressees": "{below: TOP, kinds: [district, sector, grassroots]}"},
        due=(
            ("noi-dung-hoc-tap", "2024-Q1", "2024-03-31", "2024-04-01"),  # a Sunday
            ("noi-dung-hoc-tap", "2024-Q2", "2024-06-30", "2024-07-01"),  # a Sunday
            ("noi-dung-hoc-tap", "2024-Q3", "2024-09-30", "2024-09-30"),
            ("noi-dung-hoc-tap", "2024-Q4", "2024-12-31", "2024-12-31"),
            ("bao-cao-ket-qua", "2024-H1", "2024-06-30", "2024-07-01"),
            ("bao-cao-ket-qua", "2024", "2024-12-31", "2024-12-31"),
        ),
        periodic=5,
    ),
    Case(
        "001",
        "Lai Châu",
        due=(
            ("hoan-thanh-xay-dung", "once", "2025-02-28", "2025-02-28"),
            ("cac-cap-cong-doan", "once", "2025-06-30", "2025-06-30"),
        ),
        dated=2,
    ),
    Case(
        "002",
        "An Giang",
        {"number": "05/HD-LĐLĐ", "issued_on": "2022-02-10", "issuer": "&issuer TOP"},
        due=(
            ("to-chuc-hoc-tap", "once", "2022-03-31", "2022-03-31"),
            ("thong-ke-tong-hop", "once", "2022-08-31", "2022-08-31"),
        ),
        standing=3,
        dated=2,
        periodic=1,
    ),
    Case(
        "003",
        "Đắk Lắk",
        {"to-chuc-hoc-tap.addressees": "{units: [TOP]}"},
        due=(
            ("to-chuc-hoc-tap", "once", "2024-03-31", "2024-04-01"),  # a Sunday
            ("tong-hop-bao-cao", "2024-H1", "2024-06-30", "2024-07-01"),
            ("tong-hop-bao-cao", "2024", "2024-12-31", "2024-12-31"),
        ),
        dated=1,
        periodic=1,
    ),
    Case("004", "Lai Châu", standing=2, periodic=2),  # it gives no deadline, and none is invented
]
UNITS = """\
units:
  - {{code: TOP, name: Liên đoàn Lao động tỉnh {place}, kind: provincial, parent: null, valid_from: 2020-01-01}}
  - {{code: TGNC, name: "Ban Tuyên giáo – Nữ công, LĐLĐ tỉnh", kind: office, parent: TOP, valid_from: 2020-01-01}}
  - {{code: D1, name: Liên đoàn Lao động huyện Thứ Nhất, kind: district, parent: TOP, valid_from: 2020-01-01}}
  - {{code: D2, name: Liên đoàn Lao động thành phố Thứ Hai, kind: district, parent: TOP, valid_from: 2020-01-01}}
  - {{code: S1, name: Công đoàn ngành Giáo dục tỉnh {place}, kind: sector, parent: TOP, valid_from: 2020-01-01}}
  - {{code: S2, name: Công đoàn Viên chức tỉnh {place}, kind: sector, parent: TOP, valid_from: 2020-01-01}}
  - {{code: Z1, name: Công đoàn các Khu Công nghiệp tỉnh {place}, kind: zone, parent: TOP, valid_from: 2020-01-01}}
  - {{code: G1, name: Công đoàn cơ sở xã Một, kind: grassroots, parent: D1, valid_from: 2020-01-01}}
  - {{code: G2, name: Công đoàn cơ sở Trường Hai, kind: grassroots, parent: S1, valid_from: 2020-01-01}}
"""


def text_of(case: Case) -> Path:
    return next(DIRECTIVES.glob(f"{case.number}*.txt"))


def found_federation(desk: Path, place: str) -> None:
    units = desk / "units.yaml"
    units.write_text(UNITS.format(place=place), encoding="utf-8")
    assert dondoc("init").status == 0
    assert dondoc("units", "import", str(units), "--now", "2022-01-03").status == 0


def questions(draft: str) -> set[str]:
    """Give the fields that the head of a draft asks for."""
    head = draft.partition("\nnumber:")[0].splitlines()
    return {line.removeprefix("# - ").partition(": ")[0] for line in head if line.startswith("# - ")}


def answered(draft: str, answers: dict[str, str]) -> str:
    """Write each answer where its question stands, and nothing else."""
    lines, key = draft.splitlines(), ""
    for index, line in enumerate(lines):
        key = line.partition("- key: ")[2] or key
        name = line.strip().partition(":")[0]
        answer = answers.get(name) if line.startswith(name) else answers.get(f"{key}.{name}")
        if answer and not line.lstrip().startswith("#"):
            lines[index] = f"{line.partition(':')[0]}: {answer}"
    return "\n".join(lines)


def due_days(database: Database) -> list[Due]:
    """List what was assigned: each obligation's periods with their days, in order."""
    statement = (
        select(obligation.c.key, period.c.key.label("period"), period.c.nominal_due, period.c.effective_due)
        .join(period, period.c.obligation_id == obligation.c.id)
        .join(assignment, assignment.c.period_id == period.c.id)
        .distinct()
        .order_by(obligation.c.key.desc(), period.c.nominal_due)
    )
    with database.reading() as connection:
        return [
            (row.key, row.period, str(row.nominal_due), str(row.effective_due)) for row in connection.execute(statement)
        ]


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize("case", CASES, ids=[case.number for case in CASES])
def test_a_directive_is_read_answered_and_issued(case: Case, desk: Path, database: Database) -> None:
    found_federation(desk, case.place)
    ran = dondoc("read", str(text_of(case)), "--yaml")
    assert ran.status == 0
    assert questions(ran.out) == set(case.answers)
    path = desk / "directive.yaml"
    path.write_text(answered(ran.out, case.answers), encoding="utf-8")
    assert dondoc("issue", str(path), "--dry-run").status == 0
    draft = read_directive(path)
    now = at(draft.issued_on.isoformat(), "10:00")
    registered = register(database, draft, now=now, actor="test", rules=default_rules())
    list(cascade_all(database, draft.reference, now, rules=default_rules()))
    found = due_days(database)
    assert sorted(one for one in found if one[2] != "None") == sorted(case.due)
    assert len([one for one in found if one[2] == "None"]) == case.standing
    assert registered.new
    assert verify(database).ok


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("case", CASES, ids=[case.number for case in CASES])
def test_the_dated_and_the_periodic_duties_are_those_of_a_careful_reader(case: Case) -> None:
    """Acceptance case 1: five dated duties and nine periodic ones, two of which name neither content nor day."""
    found = dondoc("read", str(text_of(case)), "--json").json["obligations"]
    dated = {tuple(one["span"]) for one in found if one["due"] and not one["period"]}
    named = {tuple(one["span"]) for one in found if one["period"]}
    periodic = {tuple(one["span"]) for one in found if one["recurrence"]}
    if named:  # the quarters with a content of their own are what their whole consists of
        periodic -= {min(periodic)}
    assert (len(dated), len(periodic | named)) == (case.dated, case.periodic)
