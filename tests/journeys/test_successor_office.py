"""A district union issued its own plan, and was dissolved on 31 March 2025: who succeeds it answers for the plan."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from dondoc.errors import NotFound, Refused
from dondoc.mail.render import render
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import letters
from dondoc.operations.replace import replace_directive
from dondoc.operations.replan import replan
from dondoc.operations.revoke import revoke
from dondoc.operations.succession import succeed
from dondoc.operations.successors import acting_units, load_successions
from dondoc.operations.tasks import tasks
from dondoc.operations.urging import UrgingWish, urging_letter
from dondoc.operations.verify import verify
from models.paths import child_path
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.directives import directive, obligation
from models.tables.letters import letter
from models.tables.units import unit_succession, unit_version
from models.vocabulary import Act, State, SuccessionKind, UnitKind
from tests.factories import (
    DISTRICTS,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    a_unit,
    an_obligation,
    at,
    focal,
    head,
)
from tests.operations.acting import do, stored
from tests.operations.sweeping import change_officers, ladder_with, swept, swept_daily, waiting

OLD, NEW, NEWER = DISTRICTS[0], "DISTRICT-NEW", "DISTRICT-NEWER"
BELOW = tuple(f"{OLD}-G{number}" for number in (1, 2, 3))
SUBMITTING, OWING = BELOW[0], BELOW[1]
NUMBER = "05/KH-LĐLĐ"
DUE_BEFORE_LAST_DAY = "2025-03-26"
"""Three working days before 31 March, the last day of the unit: its focal officer hears then."""
FIRST_DAY_WITHOUT = date(2025, 4, 1)

Ids = Mapping[str, int]


@pytest.fixture
def ids(database: Database) -> Ids:
    """The province, and two more district unions that will take over."""
    known = dict(a_province(database))
    with database.writing() as connection:
        for code in (NEW, NEWER):
            known[code] = a_unit(connection, code, UnitKind.DISTRICT, child_path("", known[PROVINCE]))
    return known


@pytest.fixture
def issued(database: Database, ids: Ids) -> Issued:
    """The district's own plan for its grassroots units, due on 10 April."""
    assert ids
    owed = an_obligation("report", due="2025-04-10", lead=None, addressees={"below": OLD, "kinds": ["grassroots"]})
    return a_directive_issued(database, owed, number=NUMBER, issuer=OLD, issued_on=date(2025, 3, 3))


def dissolve(database: Database, ids: Ids, old: str = OLD, new: str = NEW, on: date = FIRST_DAY_WITHOUT) -> None:
    """End `old` on the day before `on` and put what stood below it under `new`. Its officers stay in the register."""
    under = child_path(child_path("", ids[PROVINCE]), ids[new])
    with database.writing() as connection:
        below = connection.execute(
            select(unit_version).where(unit_version.c.parent_id == ids[old], unit_version.c.valid_to.is_(None))
        ).mappings()
        moved = [dict(row) for row in below]
        ended = [ids[old], *(row["unit_id"] for row in moved)]
        still = unit_version.c.unit_id.in_(ended) & unit_version.c.valid_to.is_(None)
        connection.execute(update(unit_version).where(still).values(valid_to=on))
        for row in moved:
            del row["id"]
            row |= {"parent_id": ids[new], "path": child_path(under, row["unit_id"]), "valid_from": on}
            connection.execute(insert(unit_version), row)


def succeeded(database: Database, ids: Ids) -> None:
    dissolve(database, ids)
    succeed(database, OLD, NEW, basis="Quyết định 15/QĐ", now=at("2025-04-01", "08:00"), rules=RULES)


def said_to_be_succeeded(database: Database, old: int, new: int | None, on: date = FIRST_DAY_WITHOUT) -> None:
    """Write a succession as a register of another source has it: by several units, or by none."""
    values = {"predecessor_id": old, "successor_id": new, "kind": SuccessionKind.SPLIT, "effective_on": on}
    with database.writing() as connection:
        connection.execute(insert(unit_succession), values)


def told_since(database: Database, day: str) -> set[str]:
    return {one.to for one in letters(database) if one.created_at >= at(day, "00:00")}


def texts(database: Database, address: str) -> list[str]:
    """Give the letters to an address as they are read, oldest first."""
    with database.reading() as connection:
        ids = connection.execute(select(letter.c.id).where(letter.c.to_address == address).order_by(letter.c.id))
        values = load_letter_values(connection, list(ids.scalars()), base_url="")
    return [render(one, "vi").text for _, one in sorted(values.items())]


def test_the_successor_confirms_what_is_handed_in_to_the_unit_that_ended(
    database: Database, ids: Ids, issued: Issued
) -> None:
    succeeded(database, ids)
    mine = issued.assignments["report", SUBMITTING]
    do(database, mine, Act.SUBMIT, "2025-04-02", by=focal(SUBMITTING), number="7/BC")
    with pytest.raises(Refused, match="only an officer of the office that receives it"):
        do(database, mine, Act.CONFIRM, "2025-04-02", by=focal(OLD))
    assert do(database, mine, Act.CONFIRM, "2025-04-02", by=focal(NEW)).state_after is State.COMPLETED
    assert verify(database).ok


def test_until_it_ends_the_unit_itself_answers(database: Database, ids: Ids, issued: Issued) -> None:
    """The decision is registered in advance or late: the day of the act is what counts."""
    succeeded(database, ids)
    mine = issued.assignments["report", SUBMITTING]
    do(database, mine, Act.SUBMIT, "2025-03-28", by=focal(SUBMITTING), number="7/BC")
    with pytest.raises(Refused, match="only an officer of the office that receives it"):
        do(database, mine, Act.CONFIRM, "2025-03-31", by=focal(NEW))
    assert do(database, mine, Act.CONFIRM, "2025-03-31", by=focal(OLD)).state_after is State.COMPLETED


ANSWERS: list[tuple[Act, dict[str, Any], Act, dict[str, Any]]] = [
    (Act.SUBMIT, {"number": "7/BC"}, Act.RETURN, {"why": "Thiếu biểu"}),
    (Act.EXTEND, {"to": date(2025, 4, 18), "why": "Sắp xếp"}, Act.GRANT, {}),
    (Act.EXTEND, {"to": date(2025, 4, 18), "why": "Sắp xếp"}, Act.REFUSE, {"why": "Đã đủ thời gian"}),
    (Act.EXTEND, {"to": date(2025, 4, 18), "why": "Sắp xếp"}, Act.COUNTER, {"to": date(2025, 4, 15), "why": "Sớm hơn"}),
    (Act.OBSTACLE, {"why": "Chưa có mẫu"}, Act.ANSWER, {"why": "Mẫu kèm theo"}),
    (Act.ACKNOWLEDGE, {}, Act.SUSPEND, {"basis": "12/TB"}),
    (Act.ACKNOWLEDGE, {}, Act.WAIVE, {"basis": "12/TB"}),
    (Act.ACKNOWLEDGE, {}, Act.CANCEL, {"basis": "12/TB"}),
]


@pytest.mark.parametrize(("asked", "asking", "answer", "answering"), ANSWERS)
def test_every_word_of_the_office_is_the_successors(  # noqa: PLR0913, PLR0917 (a row of the table)
    database: Database,
    ids: Ids,
    issued: Issued,
    asked: Act,
    asking: dict[str, Any],
    answer: Act,
    answering: dict[str, Any],
) -> None:
    succeeded(database, ids)
    mine = issued.assignments["report", SUBMITTING]
    do(database, mine, asked, "2025-04-02", by=focal(SUBMITTING), **asking)
    assert do(database, mine, answer, "2025-04-03", by=focal(NEW), **answering).by == focal(NEW)


@pytest.mark.parametrize("asked", [Act.EXTEND, Act.OBSTACLE])
def test_what_is_asked_of_the_office_is_written_to_the_successor(
    database: Database, ids: Ids, issued: Issued, asked: Act
) -> None:
    succeeded(database, ids)
    given = {"to": date(2025, 4, 18)} if asked is Act.EXTEND else {}
    do(database, issued.assignments["report", SUBMITTING], asked, "2025-04-02", by=focal(SUBMITTING), why="x", **given)
    assert told_since(database, "2025-04-02") == {focal(NEW)}


def test_the_ladder_climbs_to_the_successors_officers(database: Database, ids: Ids, issued: Issued) -> None:
    succeeded(database, ids)
    do(database, issued.assignments["report", SUBMITTING], Act.SUBMIT, "2025-04-02", by=focal(SUBMITTING), number="7")
    swept_daily(database, "2025-04-03", "2025-05-20")
    told = told_since(database, "2025-04-03")
    assert {focal(OWING), head(OWING), focal(NEW), head(NEW)} <= told
    assert not told & {focal(OLD), head(OLD), focal(PROVINCE), head(PROVINCE)}  # nobody above the issuer hears
    said = texts(database, head(NEW))
    assert OWING in said[0]
    assert NUMBER in said[0]
    assert OLD in said[0]  # whose plan it is
    assert verify(database).ok


def test_a_unit_that_did_not_go_along_is_still_the_successors_to_urge(
    database: Database, ids: Ids, issued: Issued
) -> None:
    """One grassroots unit was put under another district: the plan that it owes is the successor's all the same."""
    succeeded(database, ids)
    other = child_path(child_path("", ids[PROVINCE]), ids[NEWER])
    with database.writing() as connection:
        chosen = (unit_version.c.unit_id == ids[OWING]) & unit_version.c.valid_to.is_(None)
        values = {"parent_id": ids[NEWER], "path": child_path(other, ids[OWING])}
        connection.execute(update(unit_version).where(chosen).values(values))
    for code in (SUBMITTING, BELOW[2]):
        do(database, issued.assignments["report", code], Act.WAIVE, "2025-04-02", by=focal(NEW), basis="12/TB")
    swept_daily(database, "2025-04-03", "2025-05-20")
    told = told_since(database, "2025-04-03")
    assert {focal(OWING), head(NEW)} <= told
    assert not told & {focal(OLD), head(OLD), focal(NEWER), head(NEWER)}


def test_what_waited_for_the_old_office_on_its_last_day_reaches_the_successor(
    database: Database, ids: Ids, issued: Issued
) -> None:
    """What the digest of 31 March did not carry waits for the next day; by then another office serves."""
    assert issued.assignments
    owed = an_obligation(due=DUE_BEFORE_LAST_DAY, lead=None, addressees={"units": [OWING]})
    for number, rules in (("06/KH", RULES), ("07/KH", ladder_with(at="09:00"))):
        a_directive_issued(database, owed, number=number, issuer=OLD, issued_on=date(2025, 3, 3), rules=rules)
    swept(database, "2025-03-31", "07:40")
    swept(database, "2025-03-31", "10:00")
    assert waiting(database) > 0
    succeeded(database, ids)
    swept(database, "2025-04-01")
    assert waiting(database) == 0
    assert focal(NEW) in told_since(database, "2025-04-01")
    assert not told_since(database, "2025-04-01") & {focal(OLD), head(OLD)}
    assert verify(database).ok


def test_where_the_successor_has_nobody_the_letters_climb_no_further(
    database: Database, ids: Ids, issued: Issued
) -> None:
    assert issued.assignments
    succeeded(database, ids)
    change_officers(database, NEW, valid_to=FIRST_DAY_WITHOUT)
    swept_daily(database, "2025-04-03", "2025-05-20")
    assert told_since(database, "2025-04-03") == {person(code) for code in BELOW for person in (focal, head)}


def test_the_successor_revokes_the_plan(database: Database, ids: Ids, issued: Issued) -> None:
    succeeded(database, ids)
    with pytest.raises(Refused, match=f"only an officer of {NEW}, which succeeds {OLD}"):
        revoke(database, NUMBER, by=focal(OLD), why="Sai", now=at("2025-04-02"), rules=RULES)
    done = revoke(database, NUMBER, by=focal(NEW), why="Sắp xếp", now=at("2025-04-02"), rules=RULES)
    assert (done.new, done.ended.cancelled) == (True, 3)
    (kept,) = [row for row in stored(database, directive) if row["id"] == issued.directive_id]
    (owed,) = [row for row in stored(database, obligation) if row["directive_id"] == issued.directive_id]
    assert (kept["issuer_id"], owed["lead_id"]) == (ids[OLD], ids[OLD])  # as it was issued
    assert verify(database).ok


def test_the_successor_replaces_the_plan_by_its_own(database: Database, ids: Ids, issued: Issued) -> None:
    succeeded(database, ids)
    mine = issued.assignments["report", SUBMITTING]
    do(database, mine, Act.SUBMIT, "2025-04-02", by=focal(SUBMITTING), number="7/BC")
    draft = DirectiveDraft.model_validate(
        {
            "number": "01/KH-MỚI",
            "type": "Kế hoạch",
            "issued_on": date(2025, 4, 3),
            "issuer": NEW,
            "subject": "Thay Kế hoạch 05",
            "obligations": [
                an_obligation("report", due="2025-04-20", lead=None, addressees={"below": NEW, "kinds": ["grassroots"]})
            ],
        }
    )
    now = at("2025-04-03")
    done = replace_directive(database, NUMBER, draft, by=focal(NEW), why="Sắp xếp", now=now, rules=RULES)
    assert (done.new, done.assigned, done.carried) == (True, 3, 1)
    assert verify(database).ok


def test_the_successor_plans_anew(database: Database, ids: Ids, issued: Issued) -> None:
    assert issued.assignments
    succeeded(database, ids)
    swept_daily(database, "2025-04-02", "2025-04-02")
    done = replan(database, by=focal(NEW), why="Lịch mới", now=at("2025-04-02", "10:00"), rules=RULES, directive=NUMBER)
    assert done.assignments == 0  # the rules are as they were: nothing moves, and nobody is refused


@pytest.mark.parametrize("wish", [UrgingWish(), UrgingWish(directive=NUMBER), UrgingWish(sender=NEW)])
def test_the_letter_of_urging_is_the_successors(database: Database, ids: Ids, issued: Issued, wish: UrgingWish) -> None:
    assert issued.assignments
    succeeded(database, ids)
    made = urging_letter(database, wish, at("2025-04-14"), RULES.calendar)
    assert (made.office, made.superior, made.recipients) == (NEW, PROVINCE, BELOW)


def test_a_successor_that_ended_too_is_succeeded_in_turn(database: Database, ids: Ids, issued: Issued) -> None:
    succeeded(database, ids)
    later = date(2025, 7, 1)
    dissolve(database, ids, NEW, NEWER, later)
    succeed(database, NEW, NEWER, basis="157-KL/TW", now=at("2025-07-01", "08:00"), rules=RULES)
    mine = issued.assignments["report", SUBMITTING]
    do(database, mine, Act.SUBMIT, "2025-07-02", by=focal(SUBMITTING), number="7/BC")
    with pytest.raises(Refused):
        do(database, mine, Act.CONFIRM, "2025-07-02", by=focal(NEW))
    do(database, mine, Act.CONFIRM, "2025-07-02", by=focal(NEWER))
    with database.reading() as connection:
        days = [date(2025, 3, 31), FIRST_DAY_WITHOUT, date(2025, 6, 30), later]
        acting = [acting_units(connection, [ids[OLD]], day)[ids[OLD]] for day in days]
    assert acting == [ids[OLD], ids[NEW], ids[NEW], ids[NEWER]]


def test_what_moves_may_be_owed_to_an_issuer_that_was_succeeded_itself(
    database: Database, ids: Ids, issued: Issued
) -> None:
    """The district ended first, then one of its grassroots units: what that owed goes to another below the new one."""
    succeeded(database, ids)
    with database.writing() as connection:
        chosen = (unit_version.c.unit_id == ids[SUBMITTING]) & unit_version.c.valid_to.is_(None)
        connection.execute(update(unit_version).where(chosen).values(valid_to=date(2025, 5, 1)))
        under = child_path(child_path("", ids[PROVINCE]), ids[NEW])
        a_unit(connection, "COMMUNE", UnitKind.GRASSROOTS, under)
    done = succeed(database, SUBMITTING, "COMMUNE", basis="20/QĐ", now=at("2025-05-02"), rules=RULES)
    assert (done.moved, done.left) == (1, ())
    assert issued.assignments
    assert verify(database).ok


def test_what_a_unit_asked_of_itself_moves_with_it(database: Database, ids: Ids) -> None:
    owed = an_obligation("own", due="2025-04-10", lead=None, addressees={"units": [OLD]})
    a_directive_issued(database, owed, number="08/KH", issuer=OLD, issued_on=date(2025, 3, 3))
    dissolve(database, ids)
    done = succeed(database, OLD, NEW, basis="Quyết định 15/QĐ", now=at("2025-04-01", "08:00"), rules=RULES)
    assert (done.moved, done.left) == (1, ())
    assert verify(database).ok


def test_a_relay_duty_that_was_taken_over_is_done_by_the_plan_of_the_unit_that_ended(
    database: Database, ids: Ids
) -> None:
    duty = an_obligation("plan", due="2025-04-10", addressees={"units": [OLD]}, relay=True)
    higher = a_directive_issued(database, duty)
    owed = an_obligation("report", due="2025-04-08", lead=None, addressees={"below": OLD, "kinds": ["grassroots"]})
    dated = date(2025, 3, 3)
    a_directive_issued(database, owed, number=NUMBER, issuer=OLD, issued_on=dated, implements=[higher.number])
    succeeded(database, ids)
    (mine,) = tasks(database, now=at("2025-04-02"), unit=NEW)
    done = do(database, mine.id, Act.SUBMIT, "2025-04-02", by=focal(NEW), number=NUMBER)
    assert done.state_after is State.SUBMITTED
    assert tasks(database, now=at("2025-04-02", "10:00"), unit=NEW)[0].relay == NUMBER
    assert verify(database).ok


UNSAID: list[tuple[tuple[str | None, ...], str]] = [
    ((), "no unit that stands is registered as its successor"),
    ((None,), "no unit that stands is registered as its successor"),
    ((NEW, NEWER), "several units succeed it"),
    ((OLD,), "no unit that stands is registered as its successor"),  # a circle leads nowhere
]


@pytest.mark.parametrize(("successors", "words"), UNSAID)
def test_without_one_successor_it_stays_as_it_is_and_the_error_says_so(
    database: Database, ids: Ids, issued: Issued, successors: tuple[str | None, ...], words: str
) -> None:
    dissolve(database, ids)
    change_officers(database, OLD, valid_to=FIRST_DAY_WITHOUT)
    for code in successors:
        said_to_be_succeeded(database, ids[OLD], ids[code] if code else None)
    with database.reading() as connection:
        assert acting_units(connection, [ids[OLD]], FIRST_DAY_WITHOUT) == {ids[OLD]: ids[OLD]}
    mine = issued.assignments["report", SUBMITTING]
    do(database, mine, Act.SUBMIT, "2025-04-02", by=focal(SUBMITTING), number="7/BC")
    attempts: list[Callable[[], object]] = [
        lambda: do(database, mine, Act.CONFIRM, "2025-04-02", by=focal(NEW)),
        lambda: revoke(database, NUMBER, by=focal(NEW), why="Sai", now=at("2025-04-02"), rules=RULES),
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match=f"{OLD} has ended, and {words}"):
            attempt()
    with pytest.raises(NotFound):
        do(database, mine, Act.CONFIRM, "2025-04-02", by=focal(OLD))


def test_where_nobody_was_succeeded_nothing_is_added_to_a_query(database: Database, ids: Ids) -> None:
    with database.reading() as connection:
        none = load_successions(connection)
    assert none.acting_column(directive.c.issuer_id, FIRST_DAY_WITHOUT) is directive.c.issuer_id
    assert none.acting(ids[OLD], FIRST_DAY_WITHOUT) == ids[OLD]
