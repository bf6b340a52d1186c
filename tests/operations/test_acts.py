"""Acts on one assignment: what each leaves behind, and whom its letters reach."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event, select, update

from dondoc.errors import Refused
from dondoc.operations.acts import act_on
from dondoc.operations.submissions import FileDraft
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import (
    act,
    assignment,
    commitment,
    extension,
    stored_file,
    submission,
    submission_file,
    suspension,
)
from models.tables.ledger import ledger
from models.tables.letters import letter, notice
from models.tables.units import officer
from models.vocabulary import Act, LetterKind, State
from tests.factories import (
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
    head,
)
from tests.operations.acting import DISTRICT, OTHER, do, last_detail, stored

MOST_STATEMENTS = 24
"""What the costliest act may send to the database; each takes about a tenth of a millisecond on SQLite."""


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(
        database, an_obligation(), an_obligation("plan", relay=True), an_obligation("duty", due=None)
    )


@pytest.fixture
def report(issued: Issued) -> int:
    return issued.assignments["report", DISTRICT]


def test_an_act_moves_the_assignment_and_says_who_did_it(database: Database, report: int) -> None:
    result = do(database, report, Act.ACKNOWLEDGE, "2025-02-17")
    assert (result.state_before, result.state_after, result.version) == (State.ASSIGNED, State.ACKNOWLEDGED, 1)
    assert (result.nominal_due, result.effective_due) == (date(2025, 2, 28), date(2025, 2, 28))
    [row] = stored(database, act)
    assert (row["act"], row["at"], row["state_after"]) == ("acknowledge", at("2025-02-17"), "acknowledged")
    with database.reading() as connection:
        entry = connection.execute(select(ledger).order_by(ledger.c.seq.desc()).limit(1)).one()
    assert (entry.actor, entry.act, entry.assignment_id) == (focal(DISTRICT), "acknowledge", report)
    assert last_detail(database)["before"] == "assigned"
    assert verify(database).ok


def test_a_result_is_kept_with_its_number_values_and_files(database: Database, report: int) -> None:
    scan, copy = FileDraft("folder/Báo cáo.pdf", b"scan"), FileDraft("copy.pdf", b"scan")
    do(database, report, Act.SUBMIT, "2025-02-20", number=" 12/BC-LĐLĐ ", values={"members": 40}, files=[scan, copy])
    [row] = stored(database, submission)
    assert (row["number"], row["form_values"]) == ("12/BC-LĐLĐ", {"members": 40})
    digest = hashlib.sha256(b"scan").hexdigest()
    assert [(file["name"], file["sha256"]) for file in stored(database, submission_file)] == [
        ("Báo cáo.pdf", digest),
        ("copy.pdf", digest),
    ]
    assert [kept["content"] for kept in stored(database, stored_file)] == [b"scan"]  # the same content is kept once
    assert last_detail(database)["files"][0] == {"name": "Báo cáo.pdf", "sha256": digest, "size": 4}
    assert verify(database).ok


def test_a_content_handed_in_again_is_not_kept_again(database: Database, report: int) -> None:
    do(database, report, Act.SUBMIT, "2025-02-20", files=[FileDraft("one.pdf", b"scan")])
    do(database, report, Act.RETURN, "2025-02-21", by=focal(OFFICE), why="unsigned")
    do(database, report, Act.SUBMIT, "2025-02-22", files=[FileDraft("one.pdf", b"scan"), FileDraft("two.pdf", b"new")])
    assert [row["content"] for row in stored(database, stored_file)] == [b"scan", b"new"]
    assert len(stored(database, submission_file)) == 3


def test_letters_go_to_those_whom_the_act_concerns(database: Database, report: int) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 7), why="the branch meets in March")
    do(database, report, Act.GRANT, "2025-02-18", by=focal(OFFICE))
    do(database, report, Act.SUBMIT, "2025-02-20")
    do(database, report, Act.RETURN, "2025-02-21", by=focal(PROVINCE), why="table 2 is missing")
    do(database, report, Act.SUBMIT, "2025-02-22")
    do(database, report, Act.CONFIRM, "2025-02-23", by=head(OFFICE))
    caused = [row for row in stored(database, letter) if row["kind"] != LetterKind.ASSIGNED]
    assert [(row["kind"], row["to_address"], row["day"].day) for row in caused] == [
        ("extension", focal(OFFICE), 17),
        ("extension", focal(DISTRICT), 18),
        ("returned", focal(DISTRICT), 21),
        ("returned", head(DISTRICT), 21),
        ("confirmed", focal(DISTRICT), 23),
    ]
    about = {row["letter_id"]: row for row in stored(database, notice)}
    acts = {row["id"]: row["act"] for row in stored(database, act)}
    assert [acts[about[row["id"]]["act_id"]] for row in caused] == ["extend", "grant", "return", "return", "confirm"]
    assert len({row["message_id"] for row in caused}) == len(caused)
    assert all(row["message_id"].startswith(f"<{row['key']}@") for row in caused)
    assert verify(database).ok


def test_a_request_reaches_the_issuer_where_nobody_serves_the_receiving_office(database: Database, report: int) -> None:
    with database.writing() as connection:
        at_office = officer.c.email.in_([focal(OFFICE), head(OFFICE)])
        connection.execute(update(officer).where(at_office).values(valid_to=date(2025, 2, 15)))
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 7), why="the branch meets in March")
    assert stored(database, letter)[-1]["to_address"] == focal(PROVINCE)


def test_a_unit_without_a_focal_officer_is_told_by_its_head(database: Database, report: int) -> None:
    with database.writing() as connection:
        connection.execute(update(officer).where(officer.c.email == focal(DISTRICT)).values(valid_to=date(2025, 2, 15)))
    do(database, report, Act.SUBMIT, "2025-02-20", by=head(DISTRICT))
    do(database, report, Act.CONFIRM, "2025-02-21", by=focal(OFFICE))
    assert stored(database, letter)[-1]["to_address"] == head(DISTRICT)


def test_the_same_requests_letters_are_made_in_the_mail_domain_of_the_office(database: Database, report: int) -> None:
    rules = replace(RULES, mail_domain="mail.province.example")
    act_on(database, report, Act.SUBMIT, by=focal(DISTRICT), now=at("2025-02-20"), rules=rules)
    act_on(database, report, Act.CONFIRM, by=focal(OFFICE), now=at("2025-02-21"), rules=rules)
    assert stored(database, letter)[-1]["message_id"].endswith(".mail.province.example>")


def test_each_kind_of_act_leaves_its_own_row(database: Database, issued: Issued, report: int) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", to=date(2025, 3, 7), why="the branch meets in March")
    [asked] = stored(database, extension)
    assert (asked["due_before"], asked["due_asked"]) == (date(2025, 2, 28), date(2025, 3, 7))
    other = issued.assignments["report", OTHER]
    do(database, other, Act.COMMIT, "2025-03-05", by=focal(OTHER), to=date(2025, 3, 20), why="a week more")
    assert [row["promised_on"] for row in stored(database, commitment)] == [date(2025, 3, 20)]
    do(database, other, Act.SUSPEND, "2025-03-06", by=focal(OFFICE), basis="77/CV-LĐLĐ")
    assert [row["basis"] for row in stored(database, suspension)] == ["77/CV-LĐLĐ"]
    assert verify(database).ok


def test_a_standing_duty_can_be_done_and_has_no_ladder(database: Database, issued: Issued) -> None:
    duty = issued.assignments["duty", DISTRICT]
    do(database, duty, Act.SUBMIT, "2025-06-20")
    do(database, duty, Act.RETURN, "2025-06-21", by=focal(OFFICE), why="no names")
    with pytest.raises(Refused, match="no deadline"):
        do(database, duty, Act.EXTEND, "2025-06-22", to=date(2025, 7, 1), why="later")
    with database.reading() as connection:
        row = connection.execute(select(assignment).where(assignment.c.id == duty)).one()
    assert (row.state, row.next_action_at, row.late) == ("returned", None, False)
    assert verify(database).ok


def test_an_act_costs_few_statements(database: Database, report: int) -> None:
    do(database, report, Act.SUBMIT, "2025-02-20", files=[FileDraft("scan.pdf", b"scan")])
    sent: list[str] = []
    event.listen(database.writer, "before_cursor_execute", lambda *told: sent.append(told[2]))
    do(database, report, Act.RETURN, "2025-02-21", by=focal(OFFICE), why="unsigned")  # the costliest: two letters
    assert 5 < len(sent) <= MOST_STATEMENTS, sent
