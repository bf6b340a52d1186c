"""The list of assignments: its filters, its order, and the rung on which each stands."""

from datetime import date

import pytest

from dondoc.errors import InvalidInput, NotFound
from dondoc.operations.acts import act_on
from dondoc.operations.rules import default_rules
from dondoc.operations.sweep import sweep
from dondoc.operations.tasks import tasks
from models.session import Database
from models.vocabulary import Act, State, Status
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
)

RULES = default_rules()
FIELDS = {
    "id", "directive", "obligation", "period", "unit", "state", "status", "nominal_due", "effective_due",
    "submitted_at", "confirmed_at", "rung", "relay", "extension", "obstacles",
}  # fmt: skip


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    all_below = {"below": PROVINCE, "kinds": ["district", "grassroots"]}
    return a_directive_issued(
        database, an_obligation("standing", due=None), an_obligation("report", addressees=all_below), number="121/KH"
    )


def test_the_first_due_comes_first_and_standing_duties_last(database: Database, issued: Issued) -> None:
    found = tasks(database, now=at("2025-02-20"))
    assert [one.unit for one in found if one.obligation == "report"] == sorted([*DISTRICTS, *GRASSROOTS])
    assert [one.obligation for one in found[-2:]] == ["standing", "standing"]
    assert {one.id for one in found} == set(issued.assignments.values())


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"directive": "121/kh"}, 10),
        ({"unit": DISTRICTS[0]}, 2),  # its own only
        ({"below": DISTRICTS[0]}, 3),  # its grassroots units, not itself
        ({"below": PROVINCE, "status": "no_deadline"}, 2),
        ({"below": GRASSROOTS[0]}, 0),
        ({"status": "open_in_term"}, 8),  # a word of Status
        ({"status": "assigned"}, 10),  # a word of State
        ({"status": "open_in_term", "limit": 5}, 5),
    ],
)
def test_filters_take_what_they_name(
    database: Database, issued: Issued, filters: dict[str, str], expected: int
) -> None:
    assert issued.number
    assert len(tasks(database, now=at("2025-02-20"), **filters)) == expected  # type: ignore[arg-type]


def test_a_row_has_the_fields_that_are_promised(database: Database, issued: Issued) -> None:
    done = issued.assignments["report", DISTRICTS[0]]
    act_on(database, done, Act.SUBMIT, by=focal(DISTRICTS[0]), now=at("2025-02-20", "16:45"), rules=RULES)
    said = next(
        one.as_json(RULES.extension.often_from) for one in tasks(database, now=at("2025-02-21")) if one.id == done
    )
    assert set(said) >= FIELDS
    assert {name: said[name] for name in FIELDS} == {
        "id": done,
        "directive": "121/KH",
        "obligation": "report",
        "period": "once",
        "unit": DISTRICTS[0],
        "state": "submitted",
        "status": "open_in_term",
        "nominal_due": "2025-02-28",
        "effective_due": "2025-02-28",
        "submitted_at": "2025-02-20T16:45:00+07:00",
        "confirmed_at": None,
        "rung": None,
        "relay": None,
        "extension": None,
        "obstacles": [],
    }


def test_the_rung_is_the_last_that_fired_also_after_an_extension(database: Database, issued: Issued) -> None:
    extended = issued.assignments["report", DISTRICTS[1]]
    for day in ("2025-02-19", "2025-02-25"):
        sweep(database, at(day), rules=RULES)
    asked = {"to": date(2025, 5, 29), "why": "chờ số liệu"}
    act_on(database, extended, Act.EXTEND, by=focal(DISTRICTS[1]), now=at("2025-02-26"), rules=RULES, **asked)  # type: ignore[arg-type]
    act_on(database, extended, Act.GRANT, by=focal(OFFICE), now=at("2025-02-27"), rules=RULES)
    sweep(database, at("2025-02-28"), rules=RULES)
    found = {one.id: one for one in tasks(database, now=at("2025-03-01"))}
    assert (found[extended].rung, found[extended].nominal_due) == ("-3", date(2025, 5, 29))
    assert found[issued.assignments["report", DISTRICTS[0]]].rung == "0"
    assert found[issued.assignments["standing", DISTRICTS[0]]].rung is None


def test_the_status_is_that_of_the_moment_asked_for(database: Database, issued: Issued) -> None:
    one = issued.assignments["report", GRASSROOTS[0]]
    shown = [
        next(row.status for row in tasks(database, now=moment, unit=GRASSROOTS[0]) if row.id == one)
        for moment in (at("2025-02-28", "23:59"), at("2025-03-01", "00:00"))
    ]
    assert shown == [Status.OPEN_IN_TERM, Status.OPEN_OVERDUE]
    assert tasks(database, now=at("2025-03-01"), unit=GRASSROOTS[0])[0].state is State.ASSIGNED


def test_what_nobody_knows_is_refused(database: Database, issued: Issued) -> None:
    assert issued.number
    with pytest.raises(InvalidInput, match="open_overdue"):
        tasks(database, now=at("2025-03-01"), status="late")
    with pytest.raises(NotFound, match="did you mean"):
        tasks(database, now=at("2025-03-01"), below="DISTRICT")
