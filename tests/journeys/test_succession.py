"""The end of the districts on 30 June 2025: what one still owed moves to who takes over, and its own record stays."""

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import select, update

from dondoc.errors import DondocError, InvalidInput, NotFound, Refused
from dondoc.mail.render import render
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import letters
from dondoc.operations.recount import counter_drift
from dondoc.operations.status import Counts, status
from dondoc.operations.succession import Succeeded, succeed
from dondoc.operations.tasks import TaskRow, tasks
from dondoc.operations.timeline import timeline
from dondoc.operations.verify import verify
from models.paths import child_path
from models.session import Database
from models.tables.assignments import act
from models.tables.letters import letter
from models.tables.units import officer, unit_succession, unit_version
from models.vocabulary import Act, State, UnitKind
from tests.factories import (
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    a_unit,
    an_obligation,
    at,
    focal,
)
from tests.operations.acting import DISTRICT, OTHER, do, entries, stored
from tests.operations.sweeping import swept_daily

COMMUNE, VILLAGE = "COMMUNE", "COMMUNE-VILLAGE"
"""Who takes over: a new unit under the province, and one below it, a level deeper than the district stood."""

BASIS = "157-KL/TW"
FIRST_DAY_WITHOUT = date(2025, 7, 1)


@pytest.fixture
def issued(database: Database) -> Issued:
    """The district has handed in its plan, asked for and got time for 001-14, and left a third task lying."""
    ids = a_province(database)
    with database.writing() as connection:
        province = child_path("", ids[PROVINCE])
        commune = a_unit(connection, COMMUNE, UnitKind.COMMUNE, province)
        a_unit(connection, VILLAGE, UnitKind.GRASSROOTS, child_path(province, commune))
    made = a_directive_issued(
        database,
        an_obligation("plan", due="2025-03-31"),
        an_obligation("001-14", due="2025-06-20"),
        an_obligation("late", due="2025-05-30"),
        number="001/KH-LĐLĐ",
    )
    ids_of = made.assignments
    do(database, ids_of["plan", DISTRICT], Act.SUBMIT, "2025-03-20", number="3/KH")
    do(database, ids_of["plan", DISTRICT], Act.CONFIRM, "2025-03-21", by=focal(OFFICE))
    do(database, ids_of["001-14", DISTRICT], Act.ACKNOWLEDGE, "2025-02-20")
    do(database, ids_of["001-14", DISTRICT], Act.EXTEND, "2025-06-02", to=date(2025, 8, 15), why="Sắp xếp tổ chức")
    do(database, ids_of["001-14", DISTRICT], Act.GRANT, "2025-06-03", by=focal(OFFICE))
    return made


def dissolve(database: Database, code: str = DISTRICT) -> None:
    with database.writing() as connection:
        chosen = select(officer.c.unit_id).where(officer.c.email == focal(code)).scalar_subquery()
        for table in (unit_version, officer):
            connection.execute(update(table).where(table.c.unit_id == chosen).values(valid_to=FIRST_DAY_WITHOUT))


def taken_over(
    database: Database, successor: str = COMMUNE, *, day: str = "2025-07-02", basis: str = BASIS
) -> Succeeded:
    return succeed(database, DISTRICT, successor, basis=basis, now=at(day), rules=RULES)


def of(database: Database, unit: str, day: str = "2025-07-02") -> Mapping[str, TaskRow]:
    return {one.obligation: one for one in tasks(database, now=at(day, "12:00"), unit=unit)}


def counts(database: Database, unit: str | None, day: str, clock: str = "12:00") -> Counts:
    return status(database, now=at(day, clock), due_soon_days=3, number="001/KH-LĐLĐ", unit=unit).counts


def test_what_was_open_moves_and_the_old_units_record_stays(database: Database, issued: Issued) -> None:
    """Acceptance case 3."""
    before = counts(database, DISTRICT, "2025-06-30")
    dissolve(database)
    done = taken_over(database)
    assert (done.new, done.moved, done.joined, done.letters, done.left) == (True, 2, 0, 1, ())
    old, new = of(database, DISTRICT), of(database, COMMUNE)
    assert {key: one.state for key, one in old.items()} == {
        "plan": State.COMPLETED,
        "001-14": State.CANCELLED,
        "late": State.CANCELLED,
    }
    assert {key: one.state for key, one in new.items()} == {"001-14": State.ACKNOWLEDGED, "late": State.ASSIGNED}
    assert (new["001-14"].nominal_due, new["late"].nominal_due) == (date(2025, 8, 15), date(2025, 5, 30))
    assert counts(database, DISTRICT, "2025-06-30") == before
    assert [row["act"] for row in stored(database, act) if row["assignment_id"] == old["001-14"].id] == [
        Act.ACKNOWLEDGE,
        Act.EXTEND,
        Act.GRANT,
        Act.CANCEL,
    ]
    assert issued.assignments["001-14", DISTRICT] == old["001-14"].id


def test_the_count_of_the_province_stays_and_is_proven(database: Database, issued: Issued) -> None:
    del issued
    open_before = counts(database, None, "2025-07-02", "08:00")
    dissolve(database)
    taken_over(database)
    after = counts(database, None, "2025-07-02")
    assert (after.open_in_term, after.open_overdue) == (open_before.open_in_term, open_before.open_overdue)
    assert after.cancelled == 2
    assert verify(database).ok
    with database.reading() as connection:
        assert counter_drift(connection) == 0


def test_the_successor_is_told_of_what_it_took_over_from_whom(database: Database, issued: Issued) -> None:
    del issued
    dissolve(database)
    taken_over(database)
    (told,) = [one for one in letters(database) if one.to == focal(COMMUNE)]
    assert sorted(one.id for one in told.assignments) == sorted(one.id for one in of(database, COMMUNE).values())
    with database.reading() as connection:
        (row,) = connection.execute(select(letter.c.id).where(letter.c.to_address == focal(COMMUNE))).all()
        said = render(load_letter_values(connection, [row.id], base_url="")[row.id], "vi").text
    assert said.count(f"tiếp nhận từ {DISTRICT}") == 2
    assert "Hạn 15/08/2025" in said  # as it was extended, not as the directive had it


def test_the_ladder_goes_on_with_the_successors_officers(database: Database, issued: Issued) -> None:
    del issued
    swept_daily(database, "2025-05-19", "2025-06-30")
    dissolve(database)
    taken_over(database)
    swept_daily(database, "2025-07-03", "2025-08-20")
    later = [one for one in letters(database) if one.created_at >= at("2025-07-03")]
    assert focal(COMMUNE) in {one.to for one in later}
    assert focal(DISTRICT) not in {one.to for one in later}
    assert of(database, COMMUNE, "2025-08-20")["001-14"].rung is not None
    assert verify(database).ok


def test_the_successor_finishes_what_the_old_unit_began(database: Database, issued: Issued) -> None:
    del issued
    dissolve(database)
    taken_over(database)
    mine = of(database, COMMUNE)["001-14"].id
    do(database, mine, Act.SUBMIT, "2025-08-10", by=focal(COMMUNE), number="1/BC")
    assert do(database, mine, Act.CONFIRM, "2025-08-11", by=focal(OFFICE)).late is False


def test_a_successor_at_another_level_is_planned_for_its_own(database: Database, issued: Issued) -> None:
    del issued
    dissolve(database)
    assert taken_over(database, VILLAGE).moved == 2
    assert of(database, VILLAGE)["001-14"].nominal_due == date(2025, 8, 15)
    assert verify(database).ok
    with database.reading() as connection:
        assert counter_drift(connection) == 0


def test_what_the_successor_owes_itself_is_not_given_twice(database: Database, issued: Issued) -> None:
    del issued
    dissolve(database)
    done = taken_over(database, OTHER)
    assert (done.moved, done.joined, done.letters) == (0, 2, 0)
    assert len(of(database, OTHER)) == 3
    assert verify(database).ok


def test_a_result_that_waits_stands_where_the_successor_owes_its_own(database: Database, issued: Issued) -> None:
    handed_in = issued.assignments["001-14", DISTRICT]
    do(database, handed_in, Act.SUBMIT, "2025-06-20", number="1/BC")
    dissolve(database)
    done = taken_over(database, OTHER)
    assert (done.moved, done.joined) == (0, 1)
    assert do(database, handed_in, Act.CONFIRM, "2025-07-03", by=focal(OFFICE)).state_after is State.COMPLETED
    before = entries(database)
    assert taken_over(database, OTHER, day="2025-07-04").new is False
    assert entries(database) == before
    assert verify(database).ok


def test_the_timelines_of_both_show_the_link(database: Database, issued: Issued) -> None:
    dissolve(database)
    taken_over(database)
    old_one, new_one = issued.assignments["001-14", DISTRICT], of(database, COMMUNE)["001-14"].id
    said = timeline(database, str(new_one))[-1]["detail"]
    assert said["carried_from"] == [{"assignment": old_one, "directive": issued.number, "unit": DISTRICT}]
    said = timeline(database, str(old_one))[-1]["detail"]
    assert said["carried_to"] == [{"assignment": new_one, "directive": issued.number, "unit": COMMUNE}]


def test_the_same_again_adds_nothing(database: Database, issued: Issued) -> None:
    del issued
    dissolve(database)
    taken_over(database)
    before = entries(database)
    again = taken_over(database, day="2025-07-03")
    assert (again.new, again.moved, entries(database)) == (False, 0, before)
    (row,) = stored(database, unit_succession)
    assert (row["effective_on"], row["basis"]) == (FIRST_DAY_WITHOUT, BASIS)


REFUSALS: list[tuple[dict[str, str], type[DondocError], str]] = [
    ({"successor": DISTRICT}, InvalidInput, "does not succeed itself"),
    ({"successor": "NOWHERE"}, NotFound, "no unit has the code"),
    ({"basis": " "}, InvalidInput, "--basis"),
    ({"day": "2025-06-30"}, Refused, "DISTRICT-1 still exists on 2025-06-30"),
]


@pytest.mark.parametrize(("given", "error", "words"), REFUSALS)
@pytest.mark.usefixtures("issued")
def test_what_is_refused_writes_nothing(
    database: Database, given: dict[str, str], error: type[DondocError], words: str
) -> None:
    dissolve(database)
    before = entries(database)
    with pytest.raises(error, match=words):
        taken_over(database, **given)
    assert entries(database) == before


@pytest.mark.usefixtures("issued")
def test_a_unit_that_stands_is_not_succeeded_and_one_successor_bars_another(database: Database) -> None:
    with pytest.raises(Refused, match="still exists"):
        taken_over(database)
    dissolve(database)
    taken_over(database)
    with pytest.raises(Refused, match=f"succeeded by {COMMUNE} already"):
        taken_over(database, OTHER)
