"""A cascade: whom it reaches as of the issue date; twice equals once; killed anywhere, it goes on to the same end."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, insert, select

from dondoc.errors import NotFound
from dondoc.operations.cascade import branches, cascade_all, cascade_branch, cascade_picture
from dondoc.operations.issue import register
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.recount import counter_drift
from dondoc.operations.rules import default_rules
from dondoc.operations.verify import verify
from models.paths import child_path, depth
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.assignments import assignment
from models.tables.counters import counter
from models.tables.directives import obligation
from models.tables.ledger import ledger
from models.tables.letters import letter
from models.tables.units import officer, unit, unit_version
from models.vocabulary import OfficerRole, UnitKind
from policies.cascade import UnitFacts, is_reached, reach_of_unit, reaches_below
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    a_directive_issued,
    a_province,
    a_unit,
    an_obligation,
    at,
    focal,
    head,
)
from tests.operations.acting import entries
from tests.operations.sweeping import change_officers, swept_daily, told

RULES = default_rules()
NOW = at("2025-02-14", "08:00")
EVERYBODY = {"below": PROVINCE, "kinds": ["district", "grassroots"]}


def registered(database: Database, *obligations: Mapping[str, Any]) -> str:
    """Register a directive for all districts and grassroots units without cascading it; give its reference."""
    said = {
        "number": "121/KH-LĐLĐ",
        "type": "Kế hoạch",
        "issued_on": NOW.date(),
        "issuer": PROVINCE,
        "subject": "Nhiệm vụ năm 2025",
        "obligations": list(obligations) or [an_obligation("a", addressees=EVERYBODY), an_obligation("b", due=None)],
    }
    register(database, DirectiveDraft.model_validate(said), now=NOW, actor="test", rules=RULES)
    return f"121/KH-LĐLĐ@{PROVINCE}"


def written(database: Database) -> dict[str, Any]:
    """Give what a cascade leaves, without the numbers that depend on the order of branches."""
    with database.reading() as connection:
        assigned = select(
            obligation.c.key, unit.c.code, assignment.c.plan_id, assignment.c.rung, assignment.c.next_action_at
        )
        assigned = assigned.join(obligation, obligation.c.id == assignment.c.obligation_id)
        assigned = assigned.join(unit, unit.c.id == assignment.c.unit_id).order_by(obligation.c.key, unit.c.code)
        return {
            "assignments": connection.execute(assigned).all(),
            "letters": sorted(connection.execute(select(letter.c.to_address)).scalars()),
            "counters": sorted(map(tuple, connection.execute(select(counter)))),
        }


def test_every_addressed_unit_gets_its_assignments_and_its_focal_officer_one_letter(database: Database) -> None:
    a_province(database)
    results = list(cascade_all(database, registered(database), NOW, rules=RULES))
    assert [(one.code, one.assigned, one.letters) for one in results] == [
        (PROVINCE, 4, 2),
        (DISTRICTS[0], 3, 3),
        (DISTRICTS[1], 3, 3),
    ]
    with database.reading() as connection:
        addresses = sorted(connection.execute(select(letter.c.to_address)).scalars())
    assert addresses == sorted(focal(code) for code in (*DISTRICTS, *GRASSROOTS))


def test_a_second_cascade_adds_nothing_not_even_an_entry(database: Database) -> None:
    a_province(database)
    reference = registered(database)
    list(cascade_all(database, reference, NOW, rules=RULES))
    before, entered = written(database), entries(database)
    again = list(cascade_all(database, reference, at("2025-02-17"), rules=RULES))
    assert {(one.assigned, one.letters) for one in again} == {(0, 0)}
    assert (written(database), entries(database)) == (before, entered)


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_killed_after_any_number_of_branches_and_run_again_it_ends_as_if_unbroken(
    database: Database, done: int
) -> None:
    a_province(database)
    reference = registered(database)
    list(islice(cascade_all(database, reference, NOW, rules=RULES), done))
    picture = cascade_picture(database, reference)
    assert sum(row.assignments > 0 for row in picture) == done
    list(cascade_all(database, reference, NOW, rules=RULES))
    resumed = written(database)
    assert len(resumed["assignments"]) == 10
    assert [row.assignments for row in cascade_picture(database, reference)] == [4, 3, 3]
    assert verify(database).ok
    assert resumed == unbroken(database)


def test_branches_in_any_order_come_to_the_same(database: Database) -> None:
    a_province(database)
    reference = registered(database)
    for branch in reversed(branches(database, reference)):
        cascade_branch(database, reference, branch.code, NOW, rules=RULES)
    assert written(database) == unbroken(database)


def unbroken(database: Database) -> dict[str, Any]:
    """Take the cascade back, run it again in one go, and give what it leaves."""
    with database.writing() as connection:
        for table in (letter, counter, assignment):
            connection.execute(delete(table))
    list(cascade_all(database, f"121/KH-LĐLĐ@{PROVINCE}", NOW, rules=RULES))
    return written(database)


def test_a_branch_that_does_not_exist_is_not_found(database: Database) -> None:
    a_province(database)
    with pytest.raises(NotFound):
        cascade_branch(database, registered(database), GRASSROOTS[0], NOW, rules=RULES)


def test_a_unit_without_a_focal_officer_is_told_through_its_head(database: Database) -> None:
    a_province(database)
    change_officers(database, DISTRICTS[0], OfficerRole.FOCAL, valid_to=date(2025, 2, 1))
    a_directive_issued(database)
    with database.reading() as connection:
        told = set(connection.execute(select(letter.c.to_address)).scalars())
    assert told == {head(DISTRICTS[0]), focal(DISTRICTS[1])}


def test_an_officer_whose_mail_bounced_is_passed_over_for_the_other_one(database: Database) -> None:
    a_province(database)
    change_officers(database, DISTRICTS[0], OfficerRole.FOCAL, bounced_at=at("2025-02-01"))
    issued = a_directive_issued(database)
    assert issued.assignments
    with database.reading() as connection:
        told = set(connection.execute(select(letter.c.to_address)).scalars())
    assert told == {head(DISTRICTS[0]), focal(DISTRICTS[1])}


def test_units_that_have_nobody_to_write_to_are_counted_and_named_in_the_ledger(database: Database) -> None:
    a_province(database)
    for code in (GRASSROOTS[0], GRASSROOTS[2]):
        change_officers(database, code, valid_to=date(2025, 2, 1))
    reference = registered(database)
    results = {one.code: one for one in cascade_all(database, reference, NOW, rules=RULES)}
    first, second = results[DISTRICTS[0]], results[DISTRICTS[1]]
    assert (first.assigned, first.letters, first.silent) == (3, 1, 2)
    assert first.silent_codes == (GRASSROOTS[0], GRASSROOTS[2])
    assert (second.letters, second.silent, second.silent_codes) == (3, 0, ())
    with database.reading() as connection:
        details = [
            json.loads(row.detail) for row in connection.execute(select(ledger).where(ledger.c.act == "cascaded"))
        ]
    assert [detail.get("silent_codes") for detail in details] == [None, [GRASSROOTS[0], GRASSROOTS[2]], None]
    assert verify(database).ok


def test_a_unit_registered_after_the_issue_at_a_distance_that_had_none_is_planned_and_told(database: Database) -> None:
    ids = a_province(database)
    reference = registered(database, an_obligation("a", addressees={"below": PROVINCE, "kinds": ["grassroots"]}))
    list(cascade_all(database, reference, NOW, rules=RULES))
    with database.writing() as connection:
        a_unit(connection, "NEAR", UnitKind.GRASSROOTS, child_path("", ids[PROVINCE]))
    later = at("2025-02-20")
    again = {one.code: (one.assigned, one.letters) for one in cascade_all(database, reference, later, rules=RULES)}
    assert again == {PROVINCE: (1, 1), DISTRICTS[0]: (0, 0), DISTRICTS[1]: (0, 0)}
    before = entries(database)
    assert sum(one.assigned for one in cascade_all(database, reference, later, rules=RULES)) == 0
    assert entries(database) == before
    # It stands one level below the issuer: its ladder is shorter, and what lay before the day is passed over.
    swept_daily(database, "2025-02-20", "2025-03-17")
    assert {(name, to) for _day, to, name, _level, _skipped in told(database) if "@near." in to} == {
        ("-3", focal("NEAR")),
        ("0", focal("NEAR")),
        ("+1", focal("NEAR")),
        ("+1", head("NEAR")),
    }
    assert verify(database).ok


def test_what_a_correction_adds_is_told_in_a_second_letter_and_only_once(database: Database) -> None:
    """A unit registered as a district turns out to have been a sector union on the issue date."""
    a_province(database)
    sectors = an_obligation("b", addressees={"below": PROVINCE, "kinds": ["sector", "grassroots"], "depth": 1})
    both = an_obligation("a", addressees={"units": [DISTRICTS[0]]}), sectors
    with database.writing() as connection:
        ids = dict(connection.execute(select(unit.c.code, unit.c.id)).tuples().all())
        a_unit(connection, "SECTOR", UnitKind.SECTOR, child_path("", ids[PROVINCE]))
    reference = registered(database, *both)
    list(cascade_all(database, reference, NOW, rules=RULES))
    with database.writing() as connection:
        chosen = unit_version.c.unit_id == ids[DISTRICTS[0]]
        connection.execute(unit_version.update().where(chosen).values(kind=UnitKind.SECTOR))
    for _again in range(2):
        list(cascade_all(database, reference, at("2025-02-17"), rules=RULES))
    with database.reading() as connection:
        mine = select(letter.c.id, letter.c.key).where(letter.c.to_address == focal(DISTRICTS[0])).order_by(letter.c.id)
        written = connection.execute(mine).all()
        values = load_letter_values(connection, [row.id for row in written], base_url="")
    assert len({row.key for row in written}) == len(written) == 2
    titles = [[line.title for group in values[row.id].groups for line in group.own] for row in written]
    assert titles == [["Obligation a"], ["Obligation b"]]
    assert verify(database).ok


def test_the_office_itself_is_asked_when_it_is_named(database: Database) -> None:
    a_province(database)
    issued = a_directive_issued(database, an_obligation(addressees={"units": [OFFICE, PROVINCE]}))
    assert set(issued.assignments) >= {("report", OFFICE), ("report", PROVINCE)}
    assert verify(database).ok


UNITS = st.lists(
    st.tuples(
        st.integers(0, 99),  # which unit stands above it, of those before it
        st.sampled_from(UnitKind),
        # Versions: the kind of the unit before and from the issue date on, and whether it exists at each.
        st.sampled_from(
            ["always", "ended before", "ends that day", "begins that day", "begins later", "other kind before"]
        ),
    ),
    min_size=1,
    max_size=14,
)
SELECTORS = st.lists(
    st.tuples(
        st.integers(0, 99), st.lists(st.sampled_from(UnitKind), max_size=4, unique=True), st.sampled_from([None, 1, 2])
    ),
    min_size=1,
    max_size=4,
)


def test_the_database_assigns_exactly_whom_the_policy_reaches(database: Database) -> None:
    """For random trees with versions and random selectors, of units alive on the issue date."""

    @settings(
        max_examples=25,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(UNITS, SELECTORS)
    def law(drawn: list[tuple[int, UnitKind, str]], selectors: list[tuple[int, list[UnitKind], int | None]]) -> None:
        clear(database)
        facts = plant(database, drawn)
        obligations, expected = [], set()
        for number, (which, kinds, levels) in enumerate(selectors):
            top = facts[which % len(facts)]
            named = {"units": [top.code]} if not kinds else {"below": top.code, "kinds": kinds, "depth": levels}
            reaches = reaches_below(top, kinds, levels) if kinds else (reach_of_unit(top),)
            reached = {one.code for one in facts if any(is_reached(one, reach) for reach in reaches)}
            if reached:
                obligations.append(an_obligation(f"o{number}", addressees=named, lead=None))
                expected |= {(f"o{number}", code) for code in reached}
        if not obligations:
            return
        reference = registered(database, *obligations)
        list(cascade_all(database, reference, NOW, rules=RULES))
        with database.reading() as connection:
            rows = connection.execute(
                select(obligation.c.key, unit.c.code)
                .join(assignment, assignment.c.obligation_id == obligation.c.id)
                .join(unit, unit.c.id == assignment.c.unit_id)
            ).all()
            assert counter_drift(connection) == 0
        assert sorted(map(tuple, rows)) == sorted(expected)
        tried.append(len(expected))

    tried: list[int] = []
    law()
    assert sum(tried) > 20, "most selectors reach somebody"


def plant(database: Database, drawn: list[tuple[int, UnitKind, str]]) -> list[UnitFacts]:
    """Register a random tree below the issuer; give the units that exist on the issue date, as they stand on it."""
    founded, issue, later = date(2023, 1, 1), NOW.date(), date(2025, 6, 1)
    spans: dict[str, list[tuple[date, date | None]]] = {
        "always": [(founded, None)],
        "ended before": [(founded, date(2025, 2, 1))],
        "ends that day": [(founded, issue)],
        "begins that day": [(issue, None)],
        "begins later": [(later, None)],
        "other kind before": [(founded, issue), (issue, later)],
    }
    alive: list[UnitFacts] = []
    with database.writing() as connection:
        for number, (above, kind, life) in enumerate([(0, UnitKind.PROVINCIAL, "always"), *drawn]):
            parent = alive[above % len(alive)].path if alive else ""
            code = PROVINCE if number == 0 else f"U{number}"
            unit_id = connection.execute(insert(unit).values(code=code).returning(unit.c.id)).scalar_one()
            path = child_path(parent, unit_id)
            for place, (first, last) in enumerate(spans[life]):
                was_other = life == "other kind before" and place == 0
                connection.execute(
                    insert(unit_version).values(
                        unit_id=unit_id,
                        path=path,
                        depth=depth(path),
                        name=code,
                        name_sort=code,
                        name_fold=code,
                        kind=UnitKind.CENTRAL if was_other else kind,
                        valid_from=first,
                        valid_to=last,
                    )
                )
                if first <= issue and (last is None or last > issue):
                    alive.append(UnitFacts(unit_id, code, kind, path))
    return alive


def clear(database: Database) -> None:
    """Leave no row of an earlier example: all but the ledger, which nobody may empty, and the name of the whole."""
    with database.writing() as connection:
        for table in reversed(assignment.metadata.sorted_tables):
            if table.name not in {"installation", "ledger", "ledger_head"}:
                connection.execute(delete(table))
        assert connection.execute(select(func.count()).select_from(officer)).scalar_one() == 0
