"""A directive revoked: what was open ends, what was done stays, each unit is told once, and nothing is done twice."""

from collections import Counter
from datetime import date

import pytest

from dondoc.errors import DondocError, InvalidInput, NotFound, Refused
from dondoc.mail.render import render
from dondoc.operations.acts import act_on
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import letters
from dondoc.operations.recount import counter_drift
from dondoc.operations.revoke import Revoked, revoke
from dondoc.operations.status import status
from dondoc.operations.sweep import sweep
from dondoc.operations.timeline import timeline
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import act, assignment
from models.tables.directives import directive_end
from models.tables.letters import letter
from models.vocabulary import Act, LetterKind, State
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
)
from tests.operations.acting import DISTRICT, OTHER, do, entries, stored
from tests.operations.sweeping import change_officers

WHY = "Chờ hướng dẫn của Tổng Liên đoàn"


@pytest.fixture
def issued(database: Database) -> Issued:
    """Two obligations of the districts: one report is confirmed, one handed in; the plans are open."""
    a_province(database)
    made = a_directive_issued(database, an_obligation(), an_obligation("plan"))
    for unit in DISTRICTS:
        do(database, made.assignments["report", unit], Act.SUBMIT, "2025-02-18", by=focal(unit))
    do(database, made.assignments["report", DISTRICT], Act.CONFIRM, "2025-02-19", by=focal(OFFICE))
    return made


def revoked(database: Database, *, by: str = focal(PROVINCE), day: str = "2025-02-20", why: str = WHY) -> Revoked:
    return revoke(database, "121/KH-LĐLĐ", by=by, why=why, now=at(day), rules=RULES)


def test_what_was_open_is_cancelled_and_what_was_done_stays(database: Database, issued: Issued) -> None:
    done = revoked(database)
    states = {row["id"]: row["state"] for row in stored(database, assignment)}
    assert states[issued.assignments["report", DISTRICT]] == State.COMPLETED
    assert Counter(states.values()) == {State.COMPLETED: 1, State.CANCELLED: 3}
    assert (done.new, done.ended.cancelled, done.ended.letters) == (True, 3, 2)
    (end,) = stored(database, directive_end)
    assert (end["state"], end["reason"], end["replaced_by_id"]) == ("revoked", WHY, None)


def test_the_record_of_what_was_handed_in_stays(database: Database, issued: Issued) -> None:
    revoked(database)
    mine = [row for row in stored(database, act) if row["assignment_id"] == issued.assignments["report", OTHER]]
    assert [row["act"] for row in mine] == [Act.SUBMIT, Act.CANCEL]
    assert mine[0]["submitted_at"] == at("2025-02-18")


def test_a_set_is_cancelled_as_one_of_it_would_be(database: Database, issued: Issued) -> None:
    do(database, issued.assignments["plan", OTHER], Act.CANCEL, "2025-02-20", by=focal(PROVINCE), why=WHY)
    revoked(database)
    alone, *others = [row for row in stored(database, act) if row["act"] == Act.CANCEL]
    apart = ("id", "assignment_id", "state_before", "version", "entry")
    for one in others:
        assert {key: one[key] for key in one if key not in apart} == {
            key: alone[key] for key in alone if key not in apart
        }


def test_the_proof_holds_and_the_counts_say_so(database: Database, issued: Issued) -> None:
    revoked(database)
    assert verify(database).ok
    with database.reading() as connection:
        assert counter_drift(connection) == 0
    counts = status(database, now=at("2025-03-03"), due_soon_days=3, number=issued.number).counts
    assert (counts.total, counts.done_on_time, counts.cancelled) == (4, 1, 3)
    before = status(database, now=at("2025-02-19", "12:00"), due_soon_days=3, number=issued.number).counts
    assert (before.done_on_time, before.open_in_term, before.awaiting_confirmation) == (1, 3, 1)


@pytest.mark.usefixtures("issued")
def test_nobody_is_urged_afterwards(database: Database) -> None:
    revoked(database)
    for day in ("2025-02-21", "2025-02-28", "2025-03-03"):
        assert sweep(database, at(day), rules=RULES).letters == 0


@pytest.mark.usefixtures("issued")
def test_revoked_again_nothing_is_new(database: Database) -> None:
    revoked(database)
    before = (entries(database), stored(database, letter), stored(database, act))
    again = revoked(database, day="2025-02-24", why="Lần nữa")
    assert (again.new, again.ended.cancelled) == (False, 0)
    assert (entries(database), stored(database, letter), stored(database, act)) == before


REFUSALS: list[tuple[dict[str, str], type[DondocError], str]] = [
    ({"by": focal(OFFICE)}, Refused, "only an officer of PROVINCE"),  # it receives, and did not issue
    ({"by": focal(DISTRICT)}, Refused, "only an officer of PROVINCE"),  # it owes
    ({"by": "nobody@else.example"}, NotFound, "no officer has the address"),
    ({"why": "  "}, InvalidInput, "it needs a reason"),
    ({"day": "2025-02-18"}, Refused, "an act is not dated back"),  # one was confirmed on the 19th, but is not open
    ({"day": "2025-02-13"}, Refused, "is not dated back"),  # before it was issued
]


@pytest.mark.parametrize(("given", "error", "words"), REFUSALS)
@pytest.mark.usefixtures("issued")
def test_what_is_refused_writes_nothing(
    database: Database, given: dict[str, str], error: type[DondocError], words: str
) -> None:
    before = (entries(database), stored(database, assignment), stored(database, directive_end))
    with pytest.raises(error, match=words):
        revoked(database, **given)
    assert (entries(database), stored(database, assignment), stored(database, directive_end)) == before


@pytest.mark.usefixtures("issued")
def test_an_unknown_number_is_not_guessed(database: Database) -> None:
    with pytest.raises(NotFound, match="did you mean 121/KH-LĐLĐ"):
        revoke(database, "122/KH-LĐLĐ", by=focal(PROVINCE), why=WHY, now=at("2025-02-20"), rules=RULES)


def test_nothing_is_done_on_it_any_more(database: Database, issued: Issued) -> None:
    revoked(database)
    with pytest.raises(Refused, match="it is cancelled"):
        act_on(
            database,
            issued.assignments["plan", OTHER],
            Act.SUBMIT,
            by=focal(OTHER),
            now=at("2025-02-21"),
            rules=RULES,
            number="7/KH",
        )


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", ("Văn bản số 121/KH-LĐLĐ đã được thu hồi", "không phải tiếp tục thực hiện 2 nhiệm vụ", f"Lý do: {WHY}")),
        ("en", ("121/KH-LĐLĐ was revoked", "2 tasks of DISTRICT-2 are no longer asked", WHY)),
    ],
)
def test_each_unit_is_told_once_why_and_of_what(database: Database, language: str, words: tuple[str, ...]) -> None:
    revoked(database)
    told = [one for one in letters(database, language="vi") if one.kind is LetterKind.REVOKED]
    assert [(one.to, len(one.assignments)) for one in told] == [(focal(DISTRICTS[0]), 1), (focal(DISTRICTS[1]), 2)]
    with database.reading() as connection:
        values = load_letter_values(connection, [told[1].id], base_url="https://dondoc.example")[told[1].id]
    rendered = render(values, language)
    for said in words:
        assert said in rendered.text
    assert rendered.thread_id  # it follows the letter that gave the tasks
    # The reason stands once, not under each task.
    assert rendered.text.count(WHY) == 1


@pytest.mark.usefixtures("issued")
def test_a_unit_with_nobody_to_write_to_is_named(database: Database) -> None:
    change_officers(database, DISTRICTS[1], valid_to=date(2025, 2, 20))
    ended = revoked(database).ended
    assert (ended.letters, ended.silent, ended.silent_codes) == (1, 1, (DISTRICTS[1],))


@pytest.mark.usefixtures("issued")
def test_what_was_derived_from_it_is_named_and_stays(database: Database) -> None:
    below = an_obligation(addressees={"units": [GRASSROOTS[0]]}, lead=None)
    derived = a_directive_issued(
        database,
        below,
        implements=["121/KH-LĐLĐ"],
        number="7/KH-LĐLĐ",
        issuer=DISTRICT,
        issued_on=date(2025, 2, 17),
    )
    assert revoked(database).ended.derived == (f"7/KH-LĐLĐ@{DISTRICT}",)
    states = {row["id"]: row["state"] for row in stored(database, assignment)}
    assert states[derived.assignments["report", GRASSROOTS[0]]] == State.ASSIGNED


def test_the_timeline_shows_the_end(database: Database, issued: Issued) -> None:
    revoked(database)
    (end,) = [one for one in timeline(database, issued.number) if one["act"] == "revoked"]
    assert end["actor"] == focal(PROVINCE)
    assert end["detail"]["ended"] == [{"state": "revoked", "reason": WHY}]
    last = timeline(database, str(issued.assignments["plan", OTHER]))[-1]
    assert last["detail"]["done"][0]["act"] == "cancel"
    assert last["detail"]["letters"][0]["kind"] == "revoked"
