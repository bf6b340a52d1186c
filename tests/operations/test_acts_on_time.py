"""Extensions countered and bounded, and obstacles: what each leaves behind, who hears, and what it does not touch."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from dondoc.errors import InvalidInput, Refused
from dondoc.mail.subject import subject
from dondoc.mail.wording import wording
from dondoc.operations.acts import ActResult, act_on
from dondoc.operations.extension_rules import default_extension, office_extension
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.rules import Rules, office_rules
from dondoc.operations.tasks import TaskRow, tasks
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import (
    assignment,
    extension,
    extension_answer,
    extension_decision,
    obstacle,
    obstacle_answer,
)
from models.tables.letters import letter
from models.tables.units import absence, officer
from models.vocabulary import Act, OfficerRole, Side, State
from tests.factories import (
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    an_officer,
    at,
    focal,
    head,
)
from tests.operations.acting import DISTRICT, OTHER, do, last_detail, stored

ASKED, OFFERED = date(2025, 3, 20), date(2025, 3, 10)


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(database, an_obligation(), an_obligation("duty", due=None))


@pytest.fixture
def report(issued: Issued) -> int:
    return issued.assignments["report", DISTRICT]


def countered(database: Database, report: int) -> ActResult:
    do(database, report, Act.EXTEND, "2025-02-17", to=ASKED, why="the branch meets in March")
    return do(
        database, report, Act.COUNTER, "2025-02-18", by=focal(OFFICE), to=OFFERED, why="the province reports then"
    )


def listed(database: Database, assignment_id: int, day: str = "2025-02-25") -> TaskRow:
    return next(one for one in tasks(database, now=at(day)) if one.id == assignment_id)


def letters_about_time(database: Database) -> list[tuple[str, str]]:
    """Give, for each letter about a deadline or an obstacle, who gets it and what its subject says in English."""
    with database.reading() as connection:
        kinds = ["extension", "obstacle"]
        rows = connection.execute(select(letter.c.id, letter.c.to_address).where(letter.c.kind.in_(kinds))).all()
        values = load_letter_values(connection, [row.id for row in rows], base_url="http://127.0.0.1:8765")
    return [(row.to_address, subject(values[row.id], wording("en")).split(" –")[0]) for row in rows]


def test_a_date_offered_moves_nothing_until_it_is_accepted_and_both_dates_are_kept(
    database: Database, report: int
) -> None:
    offered = countered(database, report)
    assert (offered.state_after, offered.nominal_due) == (State.ASSIGNED, date(2025, 2, 28))
    waits = listed(database, report).extension
    assert waits is not None
    assert (waits.waits_for, waits.due_asked, waits.due_offered, waits.request) == (Side.UNIT, ASKED, OFFERED, 1)
    accepted = do(database, report, Act.ACCEPT, "2025-02-19", by=head(DISTRICT))
    assert (accepted.nominal_due, accepted.effective_due) == (OFFERED, OFFERED)
    assert last_detail(database)["due"] == ["2025-02-28", "2025-03-10"]
    [asked], [decided], [answered] = (
        stored(database, one) for one in (extension, extension_decision, extension_answer)
    )
    assert (asked["due_before"], asked["due_asked"]) == (date(2025, 2, 28), ASKED)
    assert (decided["outcome"], decided["due_offered"]) == ("countered", OFFERED)
    assert answered["accepted"] is True
    assert listed(database, report).extension is None
    assert letters_about_time(database) == [
        (focal(OFFICE), "[Deadline] extension asked for"),
        (focal(DISTRICT), "[Deadline] another deadline offered"),
        (focal(OFFICE), "[Deadline] the deadline offered is accepted"),
    ]
    assert verify(database).ok


def test_letters_of_an_offer_name_the_date_offered(database: Database, report: int) -> None:
    countered(database, report)
    do(database, report, Act.DECLINE, "2025-02-19")
    with database.reading() as connection:
        ids = list(connection.execute(select(letter.c.id).where(letter.c.kind == "extension")).scalars())
        values = load_letter_values(connection, ids, base_url="http://127.0.0.1:8765")
    notes = [values[one].groups[0].own[0].note for one in ids]
    assert [(note.act, note.until) for note in notes if note] == [
        (Act.EXTEND, ASKED),
        (Act.COUNTER, OFFERED),
        (Act.DECLINE, OFFERED),
    ]


def test_an_offer_declined_leaves_the_date_and_another_may_be_asked_for(database: Database, report: int) -> None:
    countered(database, report)
    with pytest.raises(Refused, match="2025-03-10 was offered on an earlier request"):
        do(database, report, Act.EXTEND, "2025-02-19", to=date(2025, 3, 14), why="a week")
    with pytest.raises(Refused, match="the unit accepts or declines"):
        do(database, report, Act.GRANT, "2025-02-19", by=focal(OFFICE))
    declined = do(database, report, Act.DECLINE, "2025-02-19")
    assert (declined.nominal_due, declined.letters) == (date(2025, 2, 28), 1)
    with pytest.raises(Refused, match="no extension is asked for"):
        do(database, report, Act.COUNTER, "2025-02-19", by=focal(OFFICE), to=OFFERED)
    do(database, report, Act.EXTEND, "2025-02-20", to=date(2025, 3, 14), why="a week")
    assert verify(database).ok


def test_who_sits_in_both_units_neither_counters_his_own_request_nor_accepts_his_own_offer(
    database: Database, report: int
) -> None:
    both = "both@district-1.example"
    with database.writing() as connection:
        for code in (DISTRICT, OFFICE):
            unit_id = connection.execute(select(officer.c.unit_id).where(officer.c.email == focal(code))).scalar_one()
            an_officer(connection, unit_id, OfficerRole.HEAD, both)
    do(database, report, Act.EXTEND, "2025-02-17", by=both, to=ASKED, why="the branch meets in March")
    with pytest.raises(Refused, match="does not decide"):
        do(database, report, Act.COUNTER, "2025-02-18", by=both, to=OFFERED)
    do(database, report, Act.REFUSE, "2025-02-18", by=focal(OFFICE))
    do(database, report, Act.EXTEND, "2025-02-19", to=ASKED, why="the branch meets in March")
    do(database, report, Act.COUNTER, "2025-02-20", by=both, to=OFFERED)
    with pytest.raises(Refused, match="does not answer the offer"):
        do(database, report, Act.ACCEPT, "2025-02-20", by=both)
    do(database, report, Act.ACCEPT, "2025-02-20")


def test_an_offer_overtaken_by_a_suspension_can_only_be_declined(database: Database, report: int) -> None:
    countered(database, report)
    do(database, report, Act.SUSPEND, "2025-02-19", by=focal(OFFICE), basis="77/CV-LĐLĐ")
    do(database, report, Act.RESUME, "2025-03-05", by=focal(OFFICE))
    with pytest.raises(Refused, match="meanwhile moved past that date: decline"):
        do(database, report, Act.ACCEPT, "2025-03-05")
    assert do(database, report, Act.DECLINE, "2025-03-05").nominal_due == date(2025, 3, 14)


def test_the_policy_bounds_how_often_and_how_far(database: Database, report: int) -> None:
    for day, to in (("2025-02-17", date(2025, 3, 31)), ("2025-03-03", date(2025, 4, 30))):
        do(database, report, Act.EXTEND, day, to=to, why="harvest")
        do(database, report, Act.GRANT, day, by=focal(OFFICE))
    with pytest.raises(Refused, match="extended 2 times already"):
        do(database, report, Act.EXTEND, "2025-04-01", to=date(2025, 5, 15), why="harvest")


def test_an_office_has_bounds_of_its_own_and_marks_who_asks_often(
    database: Database, report: int, tmp_path: Path
) -> None:
    own = "name: tight\nversion: 1\nmost: 1\nlongest_days: 10\noften_from: 2\n"
    (tmp_path / "extension.yaml").write_text(own, encoding="utf-8")
    rules = office_rules(tmp_path)
    assert rules.extension == office_extension(tmp_path) != RULES.extension

    def ask(day: str, to: date, rules: Rules = rules) -> ActResult:
        now = at(day)
        return act_on(database, report, Act.EXTEND, by=focal(DISTRICT), now=now, rules=rules, to=to, why="harvest")

    with pytest.raises(Refused, match=r"10 days at most \(tight\), so until 2025-03-10"):
        ask("2025-02-17", date(2025, 3, 11))
    ask("2025-02-17", date(2025, 3, 10))
    assert "often" not in last_detail(database)
    do(database, report, Act.REFUSE, "2025-02-18", by=focal(OFFICE))
    ask("2025-02-19", date(2025, 3, 10))
    assert (last_detail(database)["request"], last_detail(database)["often"]) == (2, True)
    found = listed(database, report).as_json(rules.extension.often_from)
    assert (found["extension"]["request"], found["extension"]["often"]) == (2, True)
    do(database, report, Act.GRANT, "2025-02-20", by=focal(OFFICE))
    with pytest.raises(Refused, match=r"extended once already, and the office's policy allows no more \(tight\)"):
        ask("2025-02-21", date(2025, 3, 12))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("name: own\nversion: 1\n", "lacks 'most'"),
        ("name: own\nversion: 1\nmost: -1\nlongest_days: 5\noften_from: 3\n", "most: -1 is less than 0"),
        ("name: own\nversion: 1\nmost: many\nlongest_days: 5\noften_from: 3\n", "wrong value"),
        ("[]", "wrong value"),
    ],
)
def test_a_mistake_in_the_bounds_is_named_with_its_file(tmp_path: Path, written: str, words: str) -> None:
    (tmp_path / "extension.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(InvalidInput, match=rf"extension\.yaml: .*{words}"):
        office_extension(tmp_path)


def test_the_house_ships_bounds(tmp_path: Path) -> None:
    assert office_extension(tmp_path) == default_extension() == RULES.extension


def test_an_obstacle_goes_to_who_decides_and_pauses_nothing(database: Database, report: int) -> None:
    before = stored(database, assignment)
    told = do(database, report, Act.OBSTACLE, "2025-02-20", why="no guidance of the Party's committee yet")
    assert (told.state_after, told.nominal_due, told.letters) == (State.ASSIGNED, date(2025, 2, 28), 1)
    moved = {name: value for name, value in before[0].items() if name != "version"}
    assert moved.items() <= stored(database, assignment)[0].items()
    do(database, report, Act.OBSTACLE, "2025-02-21", by=head(DISTRICT), why="and no budget")
    assert [one.text for one in listed(database, report).obstacles] == [
        "no guidance of the Party's committee yet",
        "and no budget",
    ]
    assert listed(database, report).waits == "obstacle: office since 20/02/2025"
    # The answer is for all that is open; it may also come after the result was handed in.
    do(database, report, Act.SUBMIT, "2025-02-22")
    do(database, report, Act.ANSWER, "2025-02-23", by=focal(PROVINCE), why="see 12/HD-LĐLĐ")
    assert len(stored(database, obstacle)) == len(stored(database, obstacle_answer)) == 2
    assert listed(database, report).obstacles == ()
    with pytest.raises(Refused, match="no obstacle is reported"):
        do(database, report, Act.ANSWER, "2025-02-24", by=focal(OFFICE), why="again")
    confirmed = do(database, report, Act.CONFIRM, "2025-02-24", by=focal(OFFICE))  # who submitted is still known
    assert confirmed.state_after is State.COMPLETED
    assert letters_about_time(database) == [
        (focal(OFFICE), "[Obstacle] obstacle reported"),
        (focal(OFFICE), "[Obstacle] obstacle reported"),
        (focal(DISTRICT), "[Obstacle] obstacle answered"),
    ]
    assert verify(database).ok


def test_an_answer_between_submission_and_decision_does_not_hide_who_submitted(database: Database, report: int) -> None:
    both = "both@district-1.example"
    with database.writing() as connection:
        for code in (DISTRICT, OFFICE):
            unit_id = connection.execute(select(officer.c.unit_id).where(officer.c.email == focal(code))).scalar_one()
            an_officer(connection, unit_id, OfficerRole.HEAD, both)
    do(database, report, Act.OBSTACLE, "2025-02-20", why="no guidance yet")
    do(database, report, Act.SUBMIT, "2025-02-21", by=both)
    do(database, report, Act.ANSWER, "2025-02-22", by=focal(OFFICE), why="see 12/HD-LĐLĐ")
    with pytest.raises(Refused, match="who submits a result does not decide on it"):
        do(database, report, Act.CONFIRM, "2025-02-23", by=both)


def test_an_answer_while_suspended_does_not_shorten_the_suspension(database: Database, report: int) -> None:
    do(database, report, Act.ACKNOWLEDGE, "2025-02-17")
    do(database, report, Act.SUSPEND, "2025-02-20", by=focal(OFFICE), basis="77/CV-LĐLĐ")
    do(database, report, Act.OBSTACLE, "2025-02-24", why="no guidance yet")
    do(database, report, Act.ANSWER, "2025-02-25", by=focal(OFFICE), why="see 12/HD-LĐLĐ")
    resumed = do(database, report, Act.RESUME, "2025-03-02", by=focal(OFFICE))
    assert (resumed.state_after, resumed.nominal_due) == (State.ACKNOWLEDGED, date(2025, 3, 10))  # ten days stood still
    assert verify(database).ok


def test_what_waits_is_listed_no_more_when_the_life_has_ended(database: Database, report: int) -> None:
    do(database, report, Act.OBSTACLE, "2025-02-20", why="no guidance yet")
    do(database, report, Act.EXTEND, "2025-02-20", to=OFFERED, why="no guidance yet")
    assert listed(database, report).waits == "extension: office since 20/02/2025, obstacle: office since 20/02/2025"
    do(database, report, Act.WAIVE, "2025-02-21", by=focal(OFFICE), why="reported with the plan")
    assert listed(database, report).waits is None


def test_a_standing_duty_may_be_hindered_too(database: Database, issued: Issued) -> None:
    duty = issued.assignments["duty", OTHER]
    do(database, duty, Act.OBSTACLE, "2025-05-20", by=focal(OTHER), why="no room")
    assert listed(database, duty, "2025-05-21").obstacles[0].by == focal(OTHER)


@pytest.mark.parametrize(
    ("day", "acts"),
    [
        ("2025-02-16", False),
        ("2025-02-17", True),
        ("2025-02-20", True),
        ("2025-02-21", False),  # the first day on which the other is back
    ],
)
def test_whoever_stands_in_for_an_officer_acts_for_the_unit_while_the_other_is_away(
    database: Database,
    report: int,
    day: str,
    acts: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    with database.writing() as connection:
        ids = {row.email: row.id for row in connection.execute(select(officer.c.id, officer.c.email))}
        away = {"officer_id": ids[focal(DISTRICT)], "substitute_id": ids[focal(OTHER)]}
        connection.execute(insert(absence), away | {"valid_from": date(2025, 2, 17), "valid_to": date(2025, 2, 21)})
    if acts:
        assert do(database, report, Act.ACKNOWLEDGE, day, by=focal(OTHER)).by == focal(OTHER)
        return
    with pytest.raises(Refused, match="the unit that owes it"):
        do(database, report, Act.ACKNOWLEDGE, day, by=focal(OTHER))
