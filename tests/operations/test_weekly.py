"""The weekly picture: who gets it and when, what it counts, what it compares with, and that it stays as written."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from dondoc.mail.render import render
from dondoc.mail.values import LetterValues
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import letters
from dondoc.operations.status import status
from dondoc.operations.verify import verify
from dondoc.operations.weekly import WeeklyResult, write_weekly
from models.session import Database
from models.tables.letters import letter
from models.tables.units import officer
from models.vocabulary import Act, LetterKind
from tests.factories import (
    DISTRICTS,
    FOUNDED,
    GRASSROOTS,
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
from tests.operations.acting import do

MONDAY, NEXT_MONDAY = "2025-03-10", "2025-03-17"
BELOW = an_obligation("below", addressees={"below": PROVINCE, "kinds": ["grassroots"]}, due="trong tháng 02/2025")


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(database, an_obligation(), BELOW)


def written(database: Database, day: str, clock: str = "07:30") -> WeeklyResult:
    return write_weekly(database, at(day, clock), rules=RULES)


def pictures(database: Database) -> list[tuple[str, str]]:
    """Give (day, address) of every picture in the order of writing."""
    chosen = select(letter.c.day, letter.c.to_address).where(letter.c.kind == LetterKind.WEEKLY.value)
    with database.reading() as connection:
        return [(row.day.isoformat(), row.to_address) for row in connection.execute(chosen.order_by(letter.c.id))]


def newest_to(database: Database, address: str) -> LetterValues:
    row = letters(database, to=address)[-1]
    assert row.kind is LetterKind.WEEKLY
    with database.reading() as connection:
        return load_letter_values(connection, [row.id], base_url="https://dondoc.example")[row.id]


@pytest.mark.usefixtures("issued")
def test_the_issuers_head_and_those_of_units_with_subordinates_that_owe_hear_once_a_week(database: Database) -> None:
    everybody = [head(PROVINCE), *(head(code) for code in DISTRICTS)]
    assert written(database, MONDAY).letters == 3
    assert written(database, MONDAY, "07:40").letters == 0
    assert written(database, "2025-03-12").letters == 0
    assert written(database, NEXT_MONDAY).letters == 3
    assert sorted(pictures(database)) == sorted((day, to) for day in (MONDAY, NEXT_MONDAY) for to in everybody)
    assert verify(database).ok


@pytest.mark.parametrize(
    ("first", "clock", "letters_then"),
    [
        ("2025-03-10", "07:29", 0),  # before the day's work begins
        ("2025-03-10", "07:30", 3),
        ("2025-03-09", "09:00", 0),  # a Sunday
        ("2025-04-07", "09:00", 0),  # a Monday off: the kings' day
        ("2025-04-08", "07:30", 3),  # the working day after it
        ("2025-03-12", "15:00", 3),  # nothing ran on Monday and Tuesday
    ],
)
@pytest.mark.usefixtures("issued")
def test_it_is_written_at_the_first_chance_of_the_weeks_working_time(
    database: Database, first: str, clock: str, letters_then: int
) -> None:
    assert written(database, first, clock).letters == letters_then


def test_its_figures_are_those_of_the_status_for_the_unit_and_for_each_direct_subordinate(
    database: Database, issued: Issued
) -> None:
    do(database, issued.assignments["report", DISTRICTS[0]], Act.SUBMIT, "2025-02-20")
    do(database, issued.assignments["below", GRASSROOTS[0]], Act.SUBMIT, "2025-03-05", by=focal(GRASSROOTS[0]))
    written(database, MONDAY)
    now, days = at(MONDAY), RULES.ladder.policy.due_soon_days
    for code in (PROVINCE, DISTRICTS[0]):
        official = status(database, now=now, due_soon_days=days, number=issued.number, unit=code)
        (group,) = newest_to(database, head(code)).groups
        assert group.picture is not None
        assert asdict(group.picture.figures) == asdict(official.counts)
        shown = {branch.unit_name: asdict(branch.figures) for branch in group.picture.branches}
        assert shown == {unit.name: asdict(unit.counts) for unit in official.units if unit.counts.total}


def test_the_branch_with_the_most_overdue_comes_first_with_a_link_to_its_board(
    database: Database, issued: Issued
) -> None:
    for code in GRASSROOTS[:3]:
        do(database, issued.assignments["below", code], Act.SUBMIT, "2025-02-20", by=focal(code))
    written(database, MONDAY)
    (group,) = newest_to(database, head(PROVINCE)).groups
    assert group.picture is not None
    assert [one.unit_name for one in group.picture.branches][:2] == [DISTRICTS[1], DISTRICTS[0]]
    assert group.picture.branches[0].link == f"https://dondoc.example/?unit={DISTRICTS[1]}"


def test_it_compares_with_the_picture_before_it_and_the_first_with_none(database: Database, issued: Issued) -> None:
    written(database, MONDAY)
    (group,) = newest_to(database, head(PROVINCE)).groups
    assert group.picture is not None
    assert (group.picture.before, group.picture.before_on) == (None, None)
    first = group.picture.figures
    do(database, issued.assignments["below", GRASSROOTS[0]], Act.SUBMIT, "2025-03-12", by=focal(GRASSROOTS[0]))
    do(database, issued.assignments["below", GRASSROOTS[0]], Act.CONFIRM, "2025-03-12", by=head(PROVINCE))
    written(database, NEXT_MONDAY)
    (group,) = newest_to(database, head(PROVINCE)).groups
    assert group.picture is not None
    assert (group.picture.before, group.picture.before_on) == (first, date(2025, 3, 10))
    assert group.picture.figures.open_overdue == first.open_overdue - 1
    assert group.picture.figures.done_late == first.done_late + 1


def test_a_picture_says_the_same_whatever_happens_later(database: Database, issued: Issued) -> None:
    written(database, MONDAY)
    before = render(newest_to(database, head(PROVINCE)))
    do(database, issued.assignments["below", GRASSROOTS[0]], Act.SUBMIT, "2025-03-12", by=focal(GRASSROOTS[0]))
    assert render(newest_to(database, head(PROVINCE))) == before


def test_a_unit_without_a_head_is_told_through_its_other_officer_and_one_with_nobody_is_counted(
    database: Database, issued: Issued
) -> None:
    assert issued.number
    gone = {"valid_to": FOUNDED + timedelta(days=400)}
    with database.writing() as connection:
        connection.execute(update(officer).where(officer.c.email == head(DISTRICTS[0])).values(gone))
        both = [head(DISTRICTS[1]), focal(DISTRICTS[1])]
        connection.execute(update(officer).where(officer.c.email.in_(both)).values(gone))
    result = written(database, MONDAY)
    assert (result.letters, result.unheard) == (2, 1)
    assert {to for _, to in pictures(database)} == {head(PROVINCE), focal(DISTRICTS[0])}


def test_where_nobody_owes_any_more_nobody_is_told(database: Database, issued: Issued) -> None:
    for assignment_id in sorted(set(issued.assignments.values())):
        do(database, assignment_id, Act.WAIVE, "2025-02-20", by=head(PROVINCE), why="Không áp dụng")
    assert (written(database, MONDAY).letters, written(database, MONDAY).unheard) == (0, 0)
    assert pictures(database) == []
