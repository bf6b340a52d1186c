"""The ladder where something is missing: sweeps for ten days, everybody at a level, any sweep within a long grace."""

from collections import Counter
from pathlib import Path

from sqlalchemy import select

from dondoc.operations.absences import send_away
from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import register
from dondoc.operations.rules import LADDER_FILE, Rules, default_rules, office_rules
from dondoc.operations.samples import sample_directive
from dondoc.operations.tasks import tasks
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.letters import letter, notice
from models.tables.units import unit
from tests.factories import at
from tests.journeys.lai_chau import OFFICE, PROVINCE, address, days, found_province
from tests.operations.acting import entries, last_detail
from tests.operations.sweeping import letters, names, rungs, swept, told

RULES = default_rules()
NUMBER = "121/KH-LĐLĐ"
UNITS = 40
CITY, SMALL = "LDLD-TP", "LDLD-NN"
"""A district with a focal officer and a head; one without a head."""

PATIENT = """
name: patient
version: 1
at: "07:30"
rungs: [{days: 60, action: escalate, to: [{level: 1, role: head}]}]
above: {every_days: 5, to: [head]}
until_done: {weekday: 1, to: [focal, head]}
"""


def issue_plan(database: Database, rules: Rules = RULES) -> None:
    found_province(database, UNITS)
    now = at("2025-02-14", "08:00")
    register(database, sample_directive(), now=now, actor="office", rules=rules)
    list(cascade_all(database, NUMBER, now, rules=rules))


def plan_of(database: Database, code: str) -> int:
    owed = tasks(database, now=at("2025-02-14"), unit=code, directive=NUMBER)
    return next(one.id for one in owed if one.obligation == "ke-hoach")


def digests(database: Database, day: str) -> Counter[str]:
    return Counter(to for on, _kind, to in letters(database) if on == day)


def test_after_ten_days_without_a_sweep_every_missed_rung_comes_once_in_order_and_each_person_has_one_digest(
    database: Database,
) -> None:
    """Acceptance case 4."""
    issue_plan(database)
    swept(database, "2025-02-18", rules=RULES)
    for clock in ("07:40", "07:40", "07:41", "15:00"):
        swept(database, "2025-02-28", clock, rules=RULES)
        written = entries(database)
        assert swept(database, "2025-02-28", clock, rules=RULES).letters == 0
        assert entries(database) == written
    # Of its plan it was asked to acknowledge on the 19th and 21st as well; the 19th has a rung of its own.
    assert rungs(database, plan_of(database, CITY)) == [
        ("-7", "2025-02-19", "2025-02-28"),
        ("ack+5", "2025-02-21", "2025-02-28"),
        ("-3", "2025-02-25", "2025-02-28"),
        ("0", "2025-02-28", "2025-02-28"),
    ]
    once = digests(database, "2025-02-28")
    assert once[address(CITY)] == 1
    assert set(once.values()) == {1}
    assert verify(database).ok


def test_a_level_where_nobody_is_there_is_skipped_and_it_is_said(database: Database) -> None:
    """Acceptance case 10: the only officer of a district is away when what its grassroots union owes comes to it."""
    issue_plan(database)
    below = f"{SMALL}-0001"
    for day in days("2025-02-14", "2025-03-04"):
        swept(database, day, rules=RULES)
    send_away(
        database, address(SMALL), first=at("2025-03-05").date(), last=at("2025-03-12").date(),
        now=at("2025-03-04", "16:00"), actor="office",
    )  # fmt: skip
    result = swept(database, "2025-03-05", rules=RULES)
    assert result.unheard == 0
    assert f"level 1 above {below} has nobody to write to" in last_detail(database)["skipped"]
    with database.reading() as connection:
        heard = (
            select(letter.c.to_address, notice.c.level, notice.c.skipped_level)
            .join(notice, notice.c.letter_id == letter.c.id)
            .join(unit, unit.c.code == below)
            .where(notice.c.assignment_id == plan_of(database, below), letter.c.day == at("2025-03-05").date())
            .order_by(notice.c.id)
        )
        rows = [tuple(row) for row in connection.execute(heard)]
    assert rows == [(address(PROVINCE), 2, None), (address(OFFICE), 1, 1)]
    assert address(SMALL) not in digests(database, "2025-03-05")
    assert verify(database).ok


def test_a_grace_longer_than_any_look_back_still_escalates(database: Database, tmp_path: Path) -> None:
    """Acceptance case 11: sixty working days of grace, and no sweep in the ninety days before it is noticed."""
    (tmp_path / LADDER_FILE).write_text(PATIENT, encoding="utf-8")
    rules = office_rules(tmp_path)
    issue_plan(database, rules)
    for day in days("2025-02-14", "2025-03-05"):
        swept(database, day, rules=rules)
    city = plan_of(database, CITY)
    assert (names(database), letters(database)) == ([], [])
    assert swept(database, "2025-06-03", rules=rules).escalated > 0
    (first, planned, fired), *_ = rungs(database, city)
    assert (first, planned, fired) == ("+60", "2025-05-28", "2025-06-03")
    assert ("2025-06-03", address(PROVINCE, "head"), "+60", 1, None) in told(database)
    assert verify(database).ok
