"""The timeline: what the ledger says of a directive or an assignment, and of nobody else."""

from typing import Any

import pytest

from dondoc.errors import NotFound
from dondoc.operations.acts import act_on
from dondoc.operations.rules import default_rules
from dondoc.operations.sweep import sweep
from dondoc.operations.timeline import timeline
from models.session import Database
from models.vocabulary import Act
from tests.factories import (
    DISTRICTS,
    OFFICE,
    PROVINCE,
    Issued,
    a_directive_issued,
    a_province,
    at,
    focal,
    head,
)

RULES = default_rules()


@pytest.fixture
def issued(database: Database) -> Issued:
    """A report that one district hands in on time and the other never, swept for three weeks."""
    a_province(database)
    made = a_directive_issued(database)
    done = made.assignments["report", DISTRICTS[0]]
    sweep(database, at("2025-02-19"), rules=RULES)
    act_on(database, done, Act.SUBMIT, by=focal(DISTRICTS[0]), now=at("2025-02-20"), rules=RULES, number="12/BC-LĐLĐ")
    act_on(database, done, Act.CONFIRM, by=focal(OFFICE), now=at("2025-02-21"), rules=RULES)
    for day in ("2025-02-25", "2025-02-28", "2025-03-03", "2025-03-05"):
        sweep(database, at(day), rules=RULES)
    return made


def of(database: Database, subject: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [(one["act"], one["at"], one["detail"]) for one in timeline(database, subject)]


def test_an_assignment_tells_its_life_oldest_first(database: Database, issued: Issued) -> None:
    told = of(database, str(issued.assignments["report", DISTRICTS[0]]))
    assert [(act, at[:10]) for act, at, _ in told] == [
        ("cascaded", "2025-02-14"),
        ("swept", "2025-02-19"),
        ("submit", "2025-02-20"),
        ("confirm", "2025-02-21"),
    ]
    given, reminded, submitted, confirmed = (detail for _, _, detail in told)
    assert given["given"][0]["obligation"] == "report"
    assert [letter["to"] for letter in given["letters"]] == [focal(DISTRICTS[0])]
    assert (reminded["rungs"][0]["name"], reminded["rungs"][0]["planned_at"]) == ("-7", "2025-02-19T07:30:00+07:00")
    assert submitted["done"][0]["number"] == "12/BC-LĐLĐ"
    assert (confirmed["done"][0]["state_after"], confirmed["done"][0]["by"]) == ("completed", focal(OFFICE))


def test_who_was_told_climbs_from_rung_to_rung(database: Database, issued: Issued) -> None:
    told = of(database, str(issued.assignments["report", DISTRICTS[1]]))
    rungs = {
        detail["rungs"][0]["name"]: [letter["to"] for letter in detail["letters"]]
        for act, _, detail in told
        if act == "swept"
    }
    assert rungs == {
        "-7": [focal(DISTRICTS[1])],
        "-3": [focal(DISTRICTS[1])],
        "0": [focal(DISTRICTS[1])],
        "+1": [focal(DISTRICTS[1]), head(DISTRICTS[1])],
        "+3": [focal(PROVINCE)],
    }


def test_a_batch_says_of_an_assignment_only_what_concerns_it(database: Database, issued: Issued) -> None:
    for act, _, detail in of(database, str(issued.assignments["report", DISTRICTS[1]])):
        if act == "swept":
            assert set(detail) == {"rungs", "letters"}


def test_a_directive_tells_its_issue_its_branches_all_acts_and_every_sweep(database: Database, issued: Issued) -> None:
    told = of(database, issued.number)
    acts = [act for act, _, _ in told]
    given = acts.count("cascaded")
    assert acts == ["issued", *["cascaded"] * given, "swept", "submit", "confirm", "swept", "swept", "swept", "swept"]
    assert sum(detail["assigned"] for act, _, detail in told if act == "cascaded") == 2
    first_sweep = told[1 + given][2]
    assert first_sweep["rungs"] == [{"name": "-7", "assignments": 2}]
    assert first_sweep["letters"] == [{"kind": "digest", "letters": 2}]
    assert all("rows" not in detail for _, _, detail in told)


def test_another_directive_is_not_in_it(database: Database, issued: Issued) -> None:
    before = timeline(database, issued.number)
    other = a_directive_issued(database, number="7/CV-LĐLĐ")
    assert timeline(database, issued.number) == before
    assert {one["seq"] for one in timeline(database, other.number)}.isdisjoint(one["seq"] for one in before)


def test_an_entry_has_the_fields_that_are_promised(database: Database, issued: Issued) -> None:
    first = timeline(database, issued.number)[0]
    assert list(first) == ["seq", "at", "actor", "act", "unit", "assignment", "detail", "hash"]
    assert (first["at"], first["unit"], len(first["hash"])) == ("2025-02-14T08:00:00+07:00", PROVINCE, 64)


@pytest.mark.parametrize("subject", ["999", "9/XX"])
def test_what_is_not_registered_has_no_timeline(database: Database, subject: str) -> None:
    with pytest.raises(NotFound):
        timeline(database, subject)
