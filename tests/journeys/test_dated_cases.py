"""Dates on which everything turns: the last minute of a term, a term's last day, a Saturday that is worked."""

from datetime import date
from functools import partial

import pytest

from dondoc.errors import Refused
from dondoc.operations.acts import act_on
from dondoc.operations.rules import default_rules
from dondoc.operations.status import Counts, status
from dondoc.operations.verify import verify
from models.session import Database
from models.vocabulary import Act
from tests.factories import DISTRICTS, OFFICE, Issued, a_directive_issued, a_province, an_obligation, at, focal
from tests.operations.sweeping import letters, names, rungs, swept

RULES = default_rules()
UNIT = DISTRICTS[0]


@pytest.fixture
def province(database: Database) -> Database:
    a_province(database)
    return database


def issued_with(database: Database, due: str, issued_on: str) -> Issued:
    return a_directive_issued(
        database,
        an_obligation(due=due, addressees={"units": [UNIT]}),
        number="26/KH-LĐLĐ",
        issued_on=date.fromisoformat(issued_on),
    )


def counts(database: Database, day: str, clock: str = "12:00") -> Counts:
    return status(database, now=at(day, clock), due_soon_days=3, number="26/KH-LĐLĐ").counts


def due_dates(database: Database) -> list[tuple[str, str]]:
    picture = status(database, now=at("2027-01-01"), due_soon_days=3, number="26/KH-LĐLĐ")
    return [(str(one.nominal_due), str(one.effective_due)) for one in picture.obligations]


@pytest.mark.parametrize(
    ("day", "clock", "late"),
    [
        ("2024-04-01", "23:59:59", False),  # the term ends at 24:00 of the effective day
        ("2024-04-02", "00:00:00", True),
    ],
)
def test_a_quarter_that_ends_on_a_sunday_is_due_until_the_end_of_monday(
    province: Database,
    day: str,
    clock: str,
    late: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Acceptance case 2: Quý 1/2024, and 31 March 2024 is a Sunday."""
    report = issued_with(province, "Quý 1/2024", "2024-02-22").assignments["report", UNIT]
    assert due_dates(province) == [("2024-03-31", "2024-04-01")]
    result = act_on(province, report, Act.SUBMIT, by=focal(UNIT), now=at(day, clock), rules=RULES)
    act_on(province, report, Act.CONFIRM, by=focal(OFFICE), now=at("2024-04-05"), rules=RULES)
    assert result.late is late
    done = counts(province, "2024-04-05")
    assert (done.done_on_time, done.done_late) == (int(not late), int(late))


def test_a_working_saturday_is_worked_and_its_day_in_lieu_is_not(province: Database) -> None:
    """Acceptance case 5: Saturday 22 August 2026 is worked, Monday 31 August 2026 is off for it."""
    on_saturday = issued_with(province, "2026-08-22", "2026-07-15").assignments["report", UNIT]
    assert due_dates(province) == [("2026-08-22", "2026-08-22")]
    before = a_directive_issued(
        province,
        an_obligation(due="2026-08-31", addressees={"units": [UNIT]}),
        number="27/KH-LĐLĐ",
        issued_on=date(2026, 7, 15),
    )
    for day in ("2026-08-21", "2026-08-22"):
        swept(province, day)
    assert rungs(province, on_saturday)[-1] == ("0", "2026-08-22", "2026-08-22")
    assert letters(province)[-1][0] == "2026-08-22"
    assert swept(province, "2026-08-31").letters == 0
    swept(province, "2026-09-03")
    assert rungs(province, before.assignments["report", UNIT])[-1] == ("0", "2026-09-03", "2026-09-03")


def test_a_result_sent_back_on_the_due_date_is_not_done_and_once_accepted_it_is_done_late(province: Database) -> None:
    """Acceptance case 6."""
    report = issued_with(province, "2025-02-28", "2025-02-14").assignments["report", UNIT]
    act_on(province, report, Act.SUBMIT, by=focal(UNIT), now=at("2025-02-27"), rules=RULES)
    act_on(province, report, Act.RETURN, by=focal(OFFICE), now=at("2025-02-28", "16:00"), rules=RULES, why="Thiếu")
    evening, midnight = counts(province, "2025-02-28", "23:00"), counts(province, "2025-03-01", "00:00")
    assert (evening.open_in_term, midnight.open_overdue) == (1, 1)
    swept(province, "2025-03-03")
    assert names(province, report) == ["+1"], "it is urged again"
    act_on(province, report, Act.SUBMIT, by=focal(UNIT), now=at("2025-03-04"), rules=RULES)
    act_on(province, report, Act.CONFIRM, by=focal(OFFICE), now=at("2025-03-05"), rules=RULES)
    assert counts(province, "2025-03-05").done_late == 1
    assert counts(province, "2025-02-28", "23:00") == evening, "the past stays as it was"
    assert verify(province).ok


def test_after_the_term_there_is_no_extension_but_a_commitment_which_moves_nothing(province: Database) -> None:
    """Acceptance case 7."""
    report = issued_with(province, "2025-02-28", "2025-02-14").assignments["report", UNIT]
    ask = partial(act_on, province, report, by=focal(UNIT), rules=RULES, why="Chưa xong", to=date(2025, 3, 14))
    with pytest.raises(Refused):
        ask(Act.EXTEND, now=at("2025-03-01", "00:00"))
    promised = ask(Act.COMMIT, now=at("2025-03-03"))
    assert promised.effective_due == date(2025, 2, 28)
    assert counts(province, "2025-03-04").open_overdue == 1
    swept(province, "2025-03-05")
    assert names(province, report)[-1] == "+3", "and it goes on up the ladder"
