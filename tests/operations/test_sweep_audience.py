"""Who hears of a rung: the named officer of the named level as the tree stands that day; never nobody in silence."""

import pytest
from sqlalchemy import insert, select, update

from dondoc.mail.render import render
from dondoc.operations.letter_values import load_letter_values
from models.paths import child_path, depth
from models.session import Database
from models.tables.letters import letter
from models.tables.units import unit, unit_version
from models.vocabulary import OfficerRole, UnitKind
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    a_directive_issued,
    a_province,
    a_unit,
    an_obligation,
    an_officer,
    at,
    focal,
    head,
)
from tests.operations.acting import last_detail
from tests.operations.sweeping import change_officers, letters, swept, swept_daily, told

UNIT = GRASSROOTS[0]
DISTRICT = DISTRICTS[0]
GROUP = "A-GROUP"
ENDED = at("2025-02-20").date()


@pytest.fixture
def duty(database: Database) -> None:
    """Ask one grassroots unit, two levels below the issuer, for a report by 28 February 2025."""
    a_province(database)
    a_directive_issued(database, an_obligation(addressees={"units": [UNIT]}))


def heard_on(database: Database, day: str) -> list[tuple[str, str, int, int | None]]:
    return sorted(notice[1:] for notice in told(database) if notice[0] == day)


@pytest.mark.usefixtures("duty")
def test_each_level_hears_on_its_day_and_the_issuer_last_and_weekly(database: Database) -> None:
    swept_daily(database, "2025-02-14", "2025-04-04")
    assert [(day, address, rung) for day, address, rung, _level, _skipped in told(database)] == [
        ("2025-02-19", focal(UNIT), "-7"),
        ("2025-02-25", focal(UNIT), "-3"),
        ("2025-02-28", focal(UNIT), "0"),
        ("2025-03-03", focal(UNIT), "+1"),
        ("2025-03-03", head(UNIT), "+1"),
        ("2025-03-05", focal(DISTRICT), "+3"),
        ("2025-03-11", head(DISTRICT), "+7"),
        ("2025-03-18", head(PROVINCE), "+12"),
        ("2025-03-24", focal(PROVINCE), "weekly"),
        ("2025-03-24", head(PROVINCE), "weekly"),
        ("2025-03-31", focal(PROVINCE), "weekly"),
        ("2025-03-31", head(PROVINCE), "weekly"),
    ]


@pytest.mark.usefixtures("duty")
def test_a_level_without_the_named_officer_is_heard_by_the_other_one(database: Database) -> None:
    change_officers(database, DISTRICT, OfficerRole.FOCAL, valid_to=ENDED)
    swept(database, "2025-02-28")
    swept(database, "2025-03-05")
    assert (head(DISTRICT), "+3", 1, None) in heard_on(database, "2025-03-05")
    assert focal(OFFICE) not in [notice[0] for notice in heard_on(database, "2025-03-05")]


@pytest.mark.usefixtures("duty")
def test_an_empty_level_is_skipped_the_next_one_hears_and_the_office_is_told(database: Database) -> None:
    """Acceptance case 10."""
    swept(database, "2025-03-03")
    change_officers(database, DISTRICT, valid_to=ENDED)
    result = swept(database, "2025-03-05")
    assert heard_on(database, "2025-03-05") == [(focal(OFFICE), "+3", 1, 1), (focal(PROVINCE), "+3", 2, None)]
    assert result.unheard == 0
    assert last_detail(database)["skipped"] == [f"level 1 above {UNIT} has nobody to write to"]


@pytest.mark.usefixtures("duty")
def test_when_nobody_up_to_the_issuer_is_there_it_is_counted_and_said(database: Database) -> None:
    for code in (UNIT, DISTRICT, PROVINCE, OFFICE):
        change_officers(database, code, valid_to=ENDED)
    result = swept(database, "2025-02-25")
    assert (result.unheard, result.letters) == (2, 0)
    assert last_detail(database)["unheard"] == 2


@pytest.mark.usefixtures("duty")
def test_an_officer_whose_mail_bounced_is_not_written_to(database: Database) -> None:
    change_officers(database, UNIT, OfficerRole.FOCAL, bounced_at=at("2025-02-15"))
    swept(database, "2025-02-19")
    assert heard_on(database, "2025-02-19") == [(head(UNIT), "-7", 0, None)]


@pytest.mark.usefixtures("duty")
def test_officers_are_those_of_the_day_of_the_sweep(database: Database) -> None:
    change_officers(database, UNIT, OfficerRole.FOCAL, valid_to=ENDED)
    with database.writing() as connection:
        unit_id = connection.execute(select(unit.c.id).where(unit.c.code == UNIT)).scalar_one()
        an_officer(connection, unit_id, OfficerRole.FOCAL, "successor@unit.example", valid_from=ENDED)
    swept(database, "2025-02-19")
    swept(database, "2025-02-25")
    assert [address for _day, _kind, address in letters(database)] == [focal(UNIT), "successor@unit.example"]


def test_when_a_level_of_the_tree_is_gone_the_issuer_still_hears_and_nobody_above_it(
    database: Database,
) -> None:
    """The districts end on 1 March 2025: the unit then stands right below the issuer."""
    a_province(database)
    a_directive_issued(database, an_obligation(addressees={"units": [UNIT]}))
    swept(database, "2025-02-28")
    move(database, UNIT, under=PROVINCE)
    swept_daily(database, "2025-03-03", "2025-03-31")
    later = {(rung, address) for day, address, rung, _level, _skipped in told(database) if day > "2025-03-03"}
    assert later == {
        ("+3", focal(PROVINCE)),
        ("+7", head(PROVINCE)),
        ("+12", head(PROVINCE)),
        ("weekly", focal(PROVINCE)),
        ("weekly", head(PROVINCE)),
    }
    assert all_say_what_they_are_about(database)


def test_what_a_district_issues_never_climbs_above_it_even_when_the_tree_changes(database: Database) -> None:
    a_province(database)
    a_directive_issued(
        database, an_obligation(addressees={"units": [UNIT]}, lead=DISTRICT), issuer=DISTRICT, number="5/KH-LĐLĐ"
    )
    swept(database, "2025-02-28")
    move(database, UNIT, under=PROVINCE)
    swept_daily(database, "2025-03-03", "2025-03-31")
    assert {address for _day, _kind, address in letters(database)} == {
        focal(UNIT),
        head(UNIT),
        focal(DISTRICT),
        head(DISTRICT),
    }


@pytest.fixture
def lifted(database: Database) -> None:
    """Ask a unit three levels below the issuer; then it comes right below it, and two new ones above the issuer."""
    ids = a_province(database)
    with database.writing() as connection:
        top = child_path("", a_unit(connection, "NATION", UnitKind.CENTRAL, ""))
        a_unit(connection, "REGION", UnitKind.CENTRAL, top)
        path = connection.execute(select(unit_version.c.path).where(unit_version.c.unit_id == ids[UNIT])).scalar_one()
        a_unit(connection, GROUP, UnitKind.GRASSROOTS, path)
    a_directive_issued(database, an_obligation(addressees={"units": [GROUP]}))
    swept(database, "2025-02-28")
    move(database, PROVINCE, under="REGION")
    move(database, GROUP, under=PROVINCE)


@pytest.mark.usefixtures("lifted")
def test_when_the_issuer_itself_gets_units_above_it_none_of_them_hears(database: Database) -> None:
    swept_daily(database, "2025-03-03", "2025-03-31")
    assert {address for _day, _kind, address in letters(database)} == {
        focal(GROUP),
        head(GROUP),
        focal(PROVINCE),
        head(PROVINCE),
    }
    assert all_say_what_they_are_about(database)


@pytest.mark.usefixtures("lifted")
def test_when_the_lifted_issuer_has_nobody_the_office_is_told_and_nobody_above_it(database: Database) -> None:
    change_officers(database, PROVINCE, valid_to=ENDED)
    swept(database, "2025-03-18")
    assert {address for _day, _kind, address in letters(database)} == {focal(GROUP), head(GROUP), focal(OFFICE)}


def test_a_unit_that_moved_into_another_issuers_tree_is_answered_for_by_those_it_had(database: Database) -> None:
    """From 1 March 2025 the unit stands below another province, whose officers know nothing of the directive."""
    a_province(database)
    a_directive_issued(database, an_obligation(addressees={"units": [UNIT]}))
    with database.writing() as connection:
        other = a_unit(connection, "ELSEWHERE", UnitKind.PROVINCIAL, "")
        a_unit(connection, "ELSEWHERE-D", UnitKind.DISTRICT, child_path("", other))
    swept(database, "2025-02-28")
    move(database, UNIT, under="ELSEWHERE-D")
    swept_daily(database, "2025-03-03", "2025-03-31")
    heard = {(name, address) for day, address, name, level, _skipped in told(database) if level}
    assert heard == {
        ("+3", focal(DISTRICT)),
        ("+7", head(DISTRICT)),
        ("+12", head(PROVINCE)),
        ("weekly", focal(PROVINCE)),
        ("weekly", head(PROVINCE)),
    }
    assert all_say_what_they_are_about(database)


def all_say_what_they_are_about(database: Database) -> bool:
    with database.reading() as connection:
        written = list(connection.execute(select(letter.c.id)).scalars())
        values = load_letter_values(connection, written, base_url="http://127.0.0.1:8010")
    return all(values[one].groups and render(values[one], "vi") for one in written)


def move(database: Database, code: str, *, under: str) -> None:
    """Put a unit under another from 1 March 2025."""
    day = at("2025-03-01").date()
    newest = unit_version.c.valid_to.is_(None)
    with database.writing() as connection:
        moved, parent = (
            connection.execute(
                select(unit_version).join(unit, unit.c.id == unit_version.c.unit_id).where(unit.c.code == one, newest)
            ).one()
            for one in (code, under)
        )
        connection.execute(update(unit_version).where(unit_version.c.id == moved.id).values(valid_to=day))
        path = child_path(parent.path, moved.unit_id)
        values = dict(moved._mapping) | {
            "parent_id": parent.unit_id,
            "path": path,
            "depth": depth(path),
            "valid_from": day,
        }
        del values["id"]
        connection.execute(insert(unit_version).values(**values))
