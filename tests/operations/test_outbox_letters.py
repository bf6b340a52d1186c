"""The outbox and what its letters say: true to the rows that caused them, the same whenever they are read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, insert, select, update

from dondoc.errors import InvalidInput
from dondoc.mail.render import render
from dondoc.mail.values import LetterValues
from dondoc.operations.acts import act_on
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import LetterRow, letters
from dondoc.operations.rules import default_rules
from dondoc.operations.sweep import sweep
from models.session import Database
from models.tables.ledger import ledger
from models.tables.letters import letter, letter_lease
from models.tables.units import officer
from models.vocabulary import Act, LetterKind, LetterState
from tests.factories import (
    DISTRICTS,
    FOUNDED,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
    head,
)

RULES = default_rules()
STUDY = an_obligation(
    "study",
    addressees={"below": PROVINCE, "kinds": ["grassroots"]},
    every="quarter",
    due=None,
    clause="II.2",
    periods={"Q1": "Nội dung 1 và 4"},
)


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(database, an_obligation(), STUDY)


def swept(database: Database, *days: str) -> None:
    for day in days:
        sweep(database, at(day), rules=RULES)


def last_to(database: Database, address: str) -> tuple[LetterRow, LetterValues]:
    row = letters(database, to=address)[-1]
    with database.reading() as connection:
        return row, load_letter_values(connection, [row.id], base_url="http://127.0.0.1:8765")[row.id]


def test_a_letter_of_new_tasks_lists_all_that_its_unit_got(database: Database, issued: Issued) -> None:
    row, values = last_to(database, focal(GRASSROOTS[0]))
    lines = values.groups[0].own
    assert [one.assignment_id for one in lines] == [
        issued.assignments["study", f"2025-Q{quarter}", GRASSROOTS[0]] for quarter in (1, 2, 3, 4)
    ]
    assert [one.id for one in row.assignments] == [one.assignment_id for one in lines]
    first = lines[0]
    assert (first.clause, first.period, first.period_content) == ("II.2", "2025-Q1", "Nội dung 1 và 4")
    assert (first.nominal_due, first.rung, first.unit_name) == (date(2025, 3, 31), None, "")
    assert (values.kind, values.unit_name, values.office_name) == (LetterKind.ASSIGNED, GRASSROOTS[0], PROVINCE)


def test_the_cycles_of_one_phrase_are_told_by_their_periods(database: Database) -> None:
    a_province(database)
    a_directive_issued(database, an_obligation("report", due="6 tháng (trước 15/6), năm (trước 15/11)"))
    _, values = last_to(database, focal(DISTRICTS[0]))
    assert [(one.period, one.nominal_due) for one in values.groups[0].own] == [
        ("2025-H1", date(2025, 6, 15)),
        ("2025", date(2025, 11, 15)),
    ]


def test_a_reminder_has_a_line_with_its_rung(database: Database, issued: Issued) -> None:
    swept(database, "2025-02-19")
    row, values = last_to(database, focal(DISTRICTS[0]))
    (line,) = values.groups[0].own
    assert line.assignment_id == issued.assignments["report", DISTRICTS[0]]
    assert line.rung is not None
    assert (line.rung.name, line.rung.offset, line.rung.level, line.rung.ladder) == ("-7", -7, 0, "default")
    assert line.period == ""
    assert row.as_json()["assignments"] == [
        {"id": line.assignment_id, "rung": "-7", "reason": "7 working days before the effective due date"}
    ]


def test_missed_rungs_give_one_line_with_the_last_of_them(database: Database, issued: Issued) -> None:
    assert issued.number
    swept(database, "2025-03-03")
    _, values = last_to(database, focal(DISTRICTS[0]))
    (line,) = values.groups[0].own
    assert line.rung is not None
    assert line.rung.name == "+1"


def test_the_level_above_hears_counts_and_the_worst_five(database: Database, issued: Issued) -> None:
    assert issued.number
    swept(database, "2025-03-31", "2025-04-01", "2025-04-03", "2025-04-10", "2025-04-17")
    _, of_district = last_to(database, focal(DISTRICTS[0]))
    (summary,) = of_district.groups[0].below
    assert (summary.overdue, summary.due_soon, summary.total, summary.branches) == (3, 0, 3, ())
    assert [one.unit_name for one in summary.worst] == list(GRASSROOTS[:3])
    assert {one.days_overdue for one in summary.worst} == {3}
    _, of_province = last_to(database, head(PROVINCE))
    study = next(one for group in of_province.groups for one in group.below if one.clause)
    assert (study.overdue, study.total, len(study.worst), study.others) == (6, 6, 5, 1)
    assert [(one.unit_name, one.overdue, one.total) for one in study.branches] == [(code, 3, 3) for code in DISTRICTS]
    assert study.rung is not None
    assert (study.rung.name, study.rung.level) == ("+12", 2)


def test_an_act_is_told_with_who_did_it_and_why(database: Database, issued: Issued) -> None:
    done = issued.assignments["report", DISTRICTS[0]]
    asked = {"to": date(2025, 3, 10), "why": "chờ số liệu"}
    act_on(database, done, Act.EXTEND, by=focal(DISTRICTS[0]), now=at("2025-02-20"), rules=RULES, **asked)  # type: ignore[arg-type]
    _, request = last_to(database, focal(OFFICE))
    (line,) = request.groups[0].own
    assert line.unit_name == DISTRICTS[0]
    assert line.note is not None
    assert (line.note.act, line.note.until, line.note.why) == (Act.EXTEND, date(2025, 3, 10), "chờ số liệu")
    act_on(database, done, Act.GRANT, by=focal(OFFICE), now=at("2025-02-21"), rules=RULES)
    row, granted = last_to(database, focal(DISTRICTS[0]))
    (line,) = granted.groups[0].own
    assert line.note is not None
    assert (line.note.act, line.note.until, line.nominal_due) == (Act.GRANT, date(2025, 3, 10), date(2025, 3, 10))
    assert granted.thread_id == letters(database, to=focal(DISTRICTS[0]))[0].message_id
    assert row.kind is LetterKind.EXTENSION


def test_the_office_is_told_once_of_a_level_with_nobody_to_write_to(database: Database, issued: Issued) -> None:
    assert issued.number
    with database.writing() as connection:
        nobody = officer.c.email.in_([focal(DISTRICTS[0]), head(DISTRICTS[0])])
        connection.execute(update(officer).where(nobody).values(valid_to=FOUNDED + timedelta(days=400)))
    swept(database, "2025-03-31", "2025-04-01", "2025-04-03")
    _, values = last_to(database, focal(OFFICE))
    told = [one for one in values.skipped if one.rung.level == 1]
    assert [(one.directive_number, one.rung.name) for one in told] == [("121/KH-LĐLĐ", "+3")]
    assert told[0].unit_name in GRASSROOTS[:3]


def test_a_letter_carries_the_head_of_the_entry_that_wrote_it(database: Database, issued: Issued) -> None:
    assert issued.number
    row, values = last_to(database, focal(GRASSROOTS[0]))
    with database.reading() as connection:
        written_by = select(letter.c.entry).where(letter.c.id == row.id).scalar_subquery()
        assert (
            values.ledger_head == connection.execute(select(ledger.c.hash).where(ledger.c.seq == written_by)).scalar()
        )


def test_a_letter_reads_the_same_whatever_happens_later(database: Database, issued: Issued) -> None:
    swept(database, "2025-03-31", "2025-04-01", "2025-04-03")
    _, before = last_to(database, focal(DISTRICTS[0]))
    for code in GRASSROOTS[:3]:
        late = issued.assignments["study", "2025-Q1", code]
        act_on(database, late, Act.SUBMIT, by=focal(code), now=at("2025-04-04"), rules=RULES)
    _, after = last_to(database, focal(DISTRICTS[0]))
    assert render(after) == render(before)


def test_a_batch_says_what_each_letter_says_alone_in_a_fixed_number_of_queries(
    database: Database, issued: Issued
) -> None:
    assert issued.number
    swept(database, "2025-02-19", "2025-03-03", "2025-03-05", "2025-03-20", "2025-04-03", "2025-04-10")
    with database.reading() as connection:
        ids = list(connection.execute(select(letter.c.id)).scalars())
        alone = {one: load_letter_values(connection, [one], base_url="")[one] for one in ids}
        asked: list[str] = []
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        together = load_letter_values(connection, ids, base_url="")
    assert together == alone
    assert len(ids) > 30
    assert len(asked) <= 20


@pytest.mark.usefixtures("issued")
def test_the_newest_so_many_are_the_last_of_the_whole_list(database: Database) -> None:
    whole = letters(database)
    assert len(whole) > 2
    assert letters(database, newest=2) == whole[-2:]
    assert letters(database, newest=len(whole) + 1) == whole


def test_the_list_takes_a_state_or_a_recipient(database: Database, issued: Issued) -> None:
    assert issued.number
    everything = letters(database)
    assert {one.state for one in everything} == {LetterState.NEW}
    assert letters(database, state="sent") == ()
    assert [one.to for one in letters(database, to=focal(DISTRICTS[0]).upper())] == [focal(DISTRICTS[0])]
    with pytest.raises(InvalidInput, match="ambiguous"):
        letters(database, state="lost")


def test_a_letter_in_somebodys_hands_is_leased_until_the_lease_runs_out(database: Database, issued: Issued) -> None:
    assert issued.number
    first = letters(database)[0]
    with database.writing() as connection:
        held = {"letter_id": first.id, "owner": "somebody", "until": at("2025-02-14", "09:00")}
        connection.execute(insert(letter_lease), [held])
    assert [one.id for one in letters(database, state="leased")] == [first.id]
    assert [one.id for one in letters(database, state="leased", now=at("2025-02-14", "08:59"))] == [first.id]
    assert letters(database, state="leased", now=at("2025-02-14", "09:00")) == ()
    assert letters(database, now=at("2025-02-14", "09:00"))[0] == replace(first, state=LetterState.NEW)


def test_every_subject_says_what_the_rendered_letter_says(database: Database, issued: Issued) -> None:
    assert issued.number
    swept(database, "2025-02-19", "2025-03-05")
    rows = letters(database)
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(letter)).scalar() == len(rows)
        values = load_letter_values(connection, [one.id for one in rows], base_url="")
    assert [one.subject for one in rows] == [render(values[one.id]).subject for one in rows]
    assert list(rows[0].as_json()) == [
        "id", "to", "unit", "kind", "subject", "message_id", "state", "created_at", "sent_at", "attempts",
        "assignments",
    ]  # fmt: skip
