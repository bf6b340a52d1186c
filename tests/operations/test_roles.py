"""Who leads owes; who coordinates or is told owes nothing, is not urged or counted, and closes with the last lead."""

from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from dondoc.errors import InvalidInput, Refused
from dondoc.mail.render import render
from dondoc.operations.cascade import cascade_all
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.recount import counter_drift
from dondoc.operations.status import status
from dondoc.operations.tasks import tasks
from dondoc.operations.verify import verify
from models.paths import child_path
from models.schemas.directives import ObligationDraft
from models.session import Database
from models.tables.assignments import act, assignment, rung
from models.tables.letters import letter
from models.vocabulary import Act, AddresseeRole, State, UnitKind
from tests.factories import (
    GRASSROOTS,
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
from tests.operations.acting import DISTRICT, OTHER, do, stored
from tests.operations.sweeping import swept_daily

FIRST, SECOND = GRASSROOTS[0], GRASSROOTS[1]
HELPER, TOLD = GRASSROOTS[2], GRASSROOTS[3]
"""Two leads; one unit that coordinates, one that is told."""


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(
        database,
        an_obligation(
            addressees={"units": [FIRST, SECOND]},
            # The second lead is named again: it leads. All others of the first district coordinate.
            coordinating={"below": DISTRICT, "kinds": ["grassroots"]},
            for_information={"units": [HELPER, TOLD]},
        ),
    )


def states(database: Database, issued: Issued) -> dict[str, str]:
    rows = {row["id"]: row["state"] for row in stored(database, assignment)}
    return {unit: rows[issued.assignments["report", unit]] for unit in (FIRST, SECOND, HELPER, TOLD)}


def done(database: Database, issued: Issued, unit: str, day: str) -> None:
    one = issued.assignments["report", unit]
    do(database, one, Act.SUBMIT, day, by=focal(unit), number="1/BC")
    do(database, one, Act.CONFIRM, day, by=focal(OFFICE))


def test_a_unit_has_the_first_of_the_roles_that_it_is_named_in(database: Database, issued: Issued) -> None:
    del issued
    found = {one.unit: one.role for one in tasks(database, now=at("2025-02-17"))}
    assert found == {
        FIRST: AddresseeRole.LEAD,
        SECOND: AddresseeRole.LEAD,
        HELPER: AddresseeRole.COORDINATING,
        TOLD: AddresseeRole.FOR_INFORMATION,
    }


def test_only_leads_owe_and_are_counted(database: Database, issued: Issued) -> None:
    followers = [row for row in stored(database, assignment) if row["role"] != AddresseeRole.LEAD]
    assert [row["next_action_at"] for row in followers] == [None, None]
    for unit, total in ((None, 2), (DISTRICT, 2), (OTHER, 0), (HELPER, 0)):
        for now in (at("2025-02-17"), at("2025-02-14", "09:00")):
            counts = status(database, now=now, due_soon_days=3, number=issued.number, unit=unit).counts
            assert (counts.total, counts.open_in_term) == (total, total)


def test_nobody_but_a_lead_is_ever_urged(database: Database, issued: Issued) -> None:
    swept_daily(database, "2025-02-17", "2025-03-20")
    urged = {row["assignment_id"] for row in stored(database, rung)}
    assert urged == {issued.assignments["report", unit] for unit in (FIRST, SECOND)}


def test_the_letter_says_the_role(database: Database, issued: Issued) -> None:
    del issued
    said = {}
    with database.reading() as connection:
        rows = connection.execute(select(letter.c.id, letter.c.to_address)).all()
        values = load_letter_values(connection, [row.id for row in rows], base_url="https://dondoc.example")
    for row in rows:
        said[row.to_address] = render(values[row.id], "vi")
    assert set(said) == {focal(unit) for unit in (FIRST, SECOND, HELPER, TOLD)}
    assert "Hạn 28/02/2025" in said[focal(FIRST)].text
    assert "Vai trò: phối hợp" in said[focal(HELPER)].text
    assert "Vai trò: để biết" in said[focal(TOLD)].text
    for unit in (HELPER, TOLD):
        assert "Hạn 28/02/2025" not in said[focal(unit)].text


def test_a_follower_may_acknowledge_and_hands_nothing_in(database: Database, issued: Issued) -> None:
    mine = issued.assignments["report", HELPER]
    do(database, mine, Act.ACKNOWLEDGE, "2025-02-17", by=focal(HELPER))
    with pytest.raises(Refused, match="coordination"):
        do(database, mine, Act.SUBMIT, "2025-02-18", by=focal(HELPER), number="1/BC")
    with database.reading() as connection:
        assert counter_drift(connection) == 0


def test_followers_close_with_the_last_lead_in_its_own_act(database: Database, issued: Issued) -> None:
    do(database, issued.assignments["report", HELPER], Act.ACKNOWLEDGE, "2025-02-17", by=focal(HELPER))
    done(database, issued, FIRST, "2025-02-18")
    assert states(database, issued)[HELPER] == State.ACKNOWLEDGED
    done(database, issued, SECOND, "2025-02-19")
    assert set(states(database, issued).values()) == {State.COMPLETED}
    acts = stored(database, act)
    closed = [row for row in acts if row["act"] == Act.CLOSE]
    (last,) = [row["entry"] for row in acts if row["act"] == Act.CONFIRM][1:]
    assert [(row["entry"], row["officer_id"], row["confirmed_at"]) for row in closed] == [
        (last, None, at("2025-02-19"))
    ] * 2
    assert verify(database).ok
    with database.reading() as connection:
        assert counter_drift(connection) == 0


@pytest.mark.parametrize("ending", [Act.WAIVE, Act.CANCEL])
def test_followers_close_too_when_the_last_lead_is_let_off(database: Database, issued: Issued, ending: Act) -> None:
    done(database, issued, FIRST, "2025-02-18")
    do(database, issued.assignments["report", SECOND], ending, "2025-02-19", by=focal(OFFICE), why="Không áp dụng")
    assert states(database, issued)[HELPER] == states(database, issued)[TOLD] == State.COMPLETED


def test_one_period_closes_without_the_others(database: Database) -> None:
    a_province(database)
    quarterly = an_obligation(
        addressees={"units": [FIRST]}, coordinating={"units": [HELPER]}, every="quarter", due=None
    )
    issued = a_directive_issued(database, quarterly)
    first = issued.assignments["report", "2025-Q1", FIRST]
    do(database, first, Act.SUBMIT, "2025-03-20", by=focal(FIRST), number="1/BC")
    do(database, first, Act.CONFIRM, "2025-03-21", by=focal(OFFICE))
    rows = {row["id"]: row["state"] for row in stored(database, assignment)}
    mine = {key[1]: rows[one] for key, one in issued.assignments.items() if len(key) == 3 and key[2] == HELPER}
    assert mine == {"2025-Q1": State.COMPLETED} | {f"2025-Q{n}": State.ASSIGNED for n in (2, 3, 4)}


def test_the_status_says_when_an_obligation_was_closed(database: Database, issued: Issued) -> None:
    done(database, issued, FIRST, "2025-02-18")
    done(database, issued, SECOND, "2025-02-19")
    for now, unit, closed_at in (
        ("2025-02-18", None, None),  # one of the two is open
        ("2025-02-20", None, at("2025-02-19")),
        ("2025-02-20", FIRST, at("2025-02-18")),  # what is counted is this unit's own
        ("2025-02-20", DISTRICT, at("2025-02-19")),
    ):
        picture = status(database, now=at(now, "12:00"), due_soon_days=3, number=issued.number, unit=unit, closed=True)
        assert [one.closed_at for one in picture.obligations] == [closed_at]
    said = picture.as_json()["obligations"][0]
    assert said["closed_at"] == "2025-02-19T09:00:00+07:00"


def test_a_unit_registered_later_joins_in_its_role(database: Database) -> None:
    ids = a_province(database)
    later = {"below": PROVINCE, "kinds": ["grassroots", "commune"]}
    issued = a_directive_issued(database, an_obligation(addressees={"units": [FIRST]}, coordinating=later))
    with database.writing() as connection:
        a_unit(connection, "COMMUNE", UnitKind.COMMUNE, child_path("", ids[PROVINCE]))
    added = [one for one in cascade_all(database, issued.number, at("2025-02-17"), rules=RULES) if one.assigned]
    assert [(one.assigned, one.letters) for one in added] == [(1, 1)]
    (joined,) = tasks(database, now=at("2025-02-17"), unit="COMMUNE")
    assert (joined.role, joined.effective_due) == (AddresseeRole.COORDINATING, None)
    assert verify(database).ok


REFUSED = [
    ({"coordinating": {"units": ["NOWHERE"]}}, "obligations[0].coordinating: no unit 'NOWHERE'"),
    ({"for_information": {"below": DISTRICT, "kinds": ["commune"]}}, "obligations[0].for_information: no unit is addr"),
    ({"coordinating": {"units": [PROVINCE]}, "issuer": DISTRICT}, "PROVINCE does not stand under DISTRICT-1"),
]


@pytest.mark.parametrize(("said", "words"), REFUSED)
def test_what_cannot_be_addressed_is_named_by_its_field(database: Database, said: dict[str, Any], words: str) -> None:
    a_province(database)
    issuer = said.get("issuer", PROVINCE)
    fields = {name: value for name, value in said.items() if name != "issuer"}
    one = an_obligation(addressees={"units": [FIRST]}, lead=None, **fields)
    with pytest.raises(InvalidInput) as refused:
        a_directive_issued(database, one, issuer=issuer)
    assert words in str(refused.value)


def test_addressees_of_every_role_are_said_one_way() -> None:
    with pytest.raises(ValidationError, match="say either units"):
        ObligationDraft.model_validate(an_obligation(coordinating={"units": [FIRST], "below": DISTRICT}))
