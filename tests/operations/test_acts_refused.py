"""Acts that are refused: each says why, and writes nothing."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from dondoc.errors import Conflict, InvalidInput, NotFound, Refused, SecretDocument
from dondoc.operations.acts import act_on
from dondoc.operations.recount import counter_drift
from dondoc.operations.submissions import MAX_FILE_BYTES, FileDraft
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import act, stored_file
from models.tables.units import officer
from models.vocabulary import Act, OfficerRole, State
from tests.factories import (
    OFFICE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    an_officer,
    at,
    focal,
)
from tests.intake.document_samples import docx_of_paragraphs
from tests.operations.acting import DISTRICT, OTHER, do, entries, stored


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(
        database, an_obligation(), an_obligation("plan", relay=True), an_obligation("duty", due=None)
    )


@pytest.fixture
def report(issued: Issued) -> int:
    return issued.assignments["report", DISTRICT]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"files": [FileDraft("big.pdf", bytes(MAX_FILE_BYTES + 1))]}, "big.pdf: 20.0 MB is more than the 20 MB"),
        ({"files": [FileDraft("empty.pdf", b"")]}, "empty.pdf: the file is empty"),
        ({"files": [FileDraft("", b"x")]}, "'' is no name"),
        ({"files": [FileDraft("folder/..", b"x")]}, "is no name"),
        ({"values": {"rate": float("nan")}}, "cannot be kept as JSON"),
        ({"values": {"on": date(2025, 2, 20)}}, "cannot be kept as JSON"),
        ({"to": date(2025, 3, 1)}, "to does not go with submit, only with: commit, counter, extend"),
        ({"basis": "1/QĐ"}, "basis does not go with submit"),
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"])
def test_what_an_act_cannot_take_is_named_and_nothing_written(
    database: Database, report: int, given: dict[str, Any], words: str
) -> None:
    before = entries(database)
    with pytest.raises(InvalidInput, match=words):
        do(database, report, Act.SUBMIT, "2025-02-20", **given)
    assert entries(database) == before
    assert stored(database, stored_file) == []


@pytest.mark.parametrize(
    "content",
    [
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH\nMẬT\nSố: 88/KH-LĐLĐ\nKẾ HOẠCH\n".encode(),
        docx_of_paragraphs("TUYỆT MẬT", "Số: 88/KH-LĐLĐ", "KẾ HOẠCH"),
    ],
)
def test_a_file_marked_as_a_secret_is_not_taken_in(database: Database, report: int, content: bytes) -> None:
    with pytest.raises(SecretDocument, match="nothing of it was stored"):
        do(database, report, Act.SUBMIT, "2025-02-20", files=[FileDraft("ke-hoach", content)])
    assert stored(database, stored_file) == []
    everyday = "Kế hoạch đổi mật khẩu, bảo vệ bí mật nhà nước".encode()
    do(
        database,
        report,
        Act.SUBMIT,
        "2025-02-20",
        files=[FileDraft("a.txt", everyday), FileDraft("b.jpg", b"\xff\xd8\xff")],
    )
    assert len(stored(database, stored_file)) == 2


def test_a_relay_duty_is_done_by_naming_the_units_own_directive(database: Database, issued: Issued) -> None:
    relay = issued.assignments["plan", DISTRICT]
    with pytest.raises(Refused, match="number"):
        do(database, relay, Act.SUBMIT, "2025-02-20")
    assert do(database, relay, Act.SUBMIT, "2025-02-20", number="05/KH-LĐLĐ").state_after is State.SUBMITTED


def test_nobody_acts_for_another_unit_and_a_stranger_is_named(database: Database, report: int) -> None:
    with pytest.raises(Refused, match=f"assignment {report}: only an officer of the unit that owes it"):
        do(database, report, Act.SUBMIT, "2025-02-20", by=focal(OTHER))
    with pytest.raises(Refused, match="only an officer of the unit"):
        do(database, report, Act.SUBMIT, "2025-02-20", by=focal(OFFICE))
    with pytest.raises(NotFound, match=r"nobody@example\.org"):
        do(database, report, Act.SUBMIT, "2025-02-20", by="nobody@example.org")
    with pytest.raises(NotFound, match="no assignment 999999"):
        do(database, 999999, Act.SUBMIT, "2025-02-20")


def test_an_officer_acts_only_while_in_office(database: Database, report: int) -> None:
    with database.writing() as connection:
        left = update(officer).where(officer.c.email == focal(DISTRICT)).values(valid_to=date(2025, 2, 20))
        connection.execute(left)
    do(database, report, Act.ACKNOWLEDGE, "2025-02-19")
    with pytest.raises(NotFound, match="2025-02-20"):
        do(database, report, Act.SUBMIT, "2025-02-20")


def test_one_person_in_two_units_acts_on_the_side_that_the_act_needs_but_never_decides_on_himself(
    database: Database, issued: Issued
) -> None:
    both = "both@district-1.example"
    with database.writing() as connection:
        for code in (OTHER, DISTRICT, OFFICE):
            unit_id = connection.execute(select(officer.c.unit_id).where(officer.c.email == focal(code))).scalar_one()
            an_officer(connection, unit_id, OfficerRole.HEAD, both)
    assignment_id = issued.assignments["report", DISTRICT]
    do(database, assignment_id, Act.SUBMIT, "2025-02-20", by=f" {both.upper()} ")
    with pytest.raises(Refused, match="another officer"):
        do(database, assignment_id, Act.CONFIRM, "2025-02-21", by=both)
    do(database, assignment_id, Act.CONFIRM, "2025-02-21", by=focal(OFFICE))
    theirs = issued.assignments["report", OTHER]
    do(database, theirs, Act.SUBMIT, "2025-02-20", by=focal(OTHER))
    assert do(database, theirs, Act.CONFIRM, "2025-02-21", by=both).state_after is State.COMPLETED


def test_an_act_done_already_is_refused_with_who_did_it_when(database: Database, report: int) -> None:
    do(database, report, Act.ACKNOWLEDGE, "2025-02-17")
    before = entries(database)
    with pytest.raises(
        Refused, match=r"it is acknowledged.*acknowledge by focal@district-1.example at 2025-02-17 09:00"
    ):
        do(database, report, Act.ACKNOWLEDGE, "2025-02-18")
    assert entries(database) == before


def test_who_looked_before_another_acted_is_told(database: Database, report: int) -> None:
    do(database, report, Act.ACKNOWLEDGE, "2025-02-17", expected_version=0)
    with pytest.raises(
        Conflict, match=r"it is acknowledged; the last act on it: acknowledge by focal@district-1\.example"
    ):
        do(database, report, Act.SUBMIT, "2025-02-18", expected_version=0)
    with pytest.raises(Conflict, match="acknowledge"):  # the clock was read before the other act
        do(database, report, Act.SUBMIT, "2025-02-16")
    assert do(database, report, Act.SUBMIT, "2025-02-18", expected_version=1).version == 2


def test_a_days_acts_share_a_transaction_and_a_refused_one_spoils_none(database: Database, issued: Issued) -> None:
    one, other = issued.assignments["report", DISTRICT], issued.assignments["report", OTHER]
    with database.writing() as connection:
        act_on(connection, one, Act.SUBMIT, by=focal(DISTRICT), now=at("2025-02-20"), rules=RULES)
        with pytest.raises(Refused):
            act_on(connection, one, Act.ACKNOWLEDGE, by=focal(DISTRICT), now=at("2025-02-20"), rules=RULES)
        act_on(connection, other, Act.SUBMIT, by=focal(OTHER), now=at("2025-02-20"), rules=RULES)
        assert counter_drift(connection) == 0
    assert [row["assignment_id"] for row in stored(database, act)] == [one, other]
    assert verify(database).ok


def test_an_act_that_fails_half_way_leaves_nothing_to_commit(
    database: Database, report: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = entries(database)
    with database.writing() as connection, monkeypatch.context() as patched:
        patched.setattr("dondoc.operations.acts_written.move_counted", full_disk)
        with pytest.raises(OSError, match="No space"):
            act_on(connection, report, Act.SUBMIT, by=focal(DISTRICT), now=at("2025-02-20"), rules=RULES)
    assert entries(database) == before
    assert stored(database, act) == []
    assert verify(database).ok
