"""A changed calendar or ladder moves nothing by itself; shown first, it moves what is open on the office's word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.errors import InvalidInput, NotFound, Refused
from dondoc.operations.acts import act_on
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.recount import counter_drift
from dondoc.operations.replan import replan
from dondoc.operations.reproject import reprojection
from dondoc.operations.rules import Rules, default_rules
from dondoc.operations.status import status
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import act, assignment
from models.tables.letters import letter, notice
from models.tables.plans import plan
from models.vocabulary import Act, DayKind, DayStatus, LetterKind
from policies.workdays import CalendarDay, WorkCalendar
from tests.factories import OFFICE, PROVINCE, RULES, a_directive_issued, a_province, an_obligation, at, focal, head
from tests.operations.acting import DISTRICT, OTHER, do, entries, last_detail
from tests.operations.sweeping import ladder_with, letters, names, rungs, swept, swept_daily, told, waiting

DUE, NEXT = date(2025, 2, 28), date(2025, 3, 3)
WHY = "Nghỉ bù theo Công văn 15/BNV"
SECOND = ladder_with(
    name="default", version=2, rungs=[{"days": -2, "action": "remind", "to": [{"level": 0, "role": "head"}]}]
)


def with_day_off(*days: str) -> Rules:
    off = [CalendarDay(date.fromisoformat(day), DayKind.HOLIDAY, "Nghỉ bù", "15/BNV", DayStatus.ISSUED) for day in days]
    return replace(RULES, calendar=WorkCalendar((*RULES.calendar.days, *off), RULES.calendar.decided_years))


DAY_OFF = with_day_off("2025-02-28")


@pytest.fixture
def report(database: Database) -> int:
    a_province(database)
    return a_directive_issued(database).assignments["report", DISTRICT]


def moved(database: Database, rules: Rules, day: str = "2025-02-20", **of: Any) -> Sequence[tuple[str, str, str]]:
    """Give (name, new day, cause) of what would move, once for groups that move alike."""
    groups = reprojection(database, now=at(day), rules=rules, **of).as_json()
    said = [(one["name"], str(one["new"]), one["cause"]) for group in groups for one in group["moves"]]
    return list(dict.fromkeys(said))


def done(
    database: Database, rules: Rules, day: str = "2025-02-20", by: str = head(PROVINCE), **of: Any
) -> tuple[int, int]:
    found = replan(database, by=by, why=WHY, now=at(day, "10:00"), rules=rules, **of)
    return found.assignments, found.letters


def dues(database: Database) -> list[tuple[int, date]]:
    with database.reading() as connection:
        statement = select(assignment.c.id, plan.c.effective_due).join(plan, plan.c.id == assignment.c.plan_id)
        return [(row.id, row.effective_due) for row in connection.execute(statement.order_by(assignment.c.id))]


def test_a_changed_calendar_or_ladder_moves_nothing_by_itself(database: Database, report: int) -> None:
    rules = replace(DAY_OFF, ladder=SECOND.ladder)
    swept_daily(database, "2025-02-14", "2025-03-03", rules)
    fired = [(name, day) for name, day, _fired in rungs(database, report)]
    assert fired == [("-7", "2025-02-19"), ("-3", "2025-02-25"), ("0", "2025-02-28"), ("+1", "2025-03-03")]
    assert {due for _id, due in dues(database)} == {DUE}


@pytest.mark.usefixtures("report")
def test_what_would_move_is_shown_with_the_day_that_does_it_and_nothing_is_changed(database: Database) -> None:
    before = entries(database), dues(database)
    found = reprojection(database, now=at("2025-02-18"), rules=DAY_OFF)
    assert (found.assignments, len(found.groups)) == (2, 1)
    cause = "calendar: Nghỉ bù 28/02/2025"
    assert moved(database, DAY_OFF, "2025-02-18")[:4] == [
        ("effective due", "2025-03-03", cause),
        ("0", "2025-03-03", cause),
        ("+1", "2025-03-04", cause),
        ("+3", "2025-03-06", cause),
    ]
    assert (entries(database), dues(database)) == before
    assert moved(database, RULES) == []


@pytest.mark.usefixtures("report")
def test_on_the_office_s_word_dates_move_the_reason_is_kept_and_each_unit_is_told_once(database: Database) -> None:
    assert done(database, DAY_OFF) == (2, 2)
    assert {due for _id, due in dues(database)} == {NEXT}
    said = last_detail(database)
    assert (said["reason"], said["assignments"], said["groups"]) == (WHY, 2, 1)
    assert said["moves"][0]["moves"][0] == {
        "name": "effective due",
        "old": "2025-02-28",
        "new": "2025-03-03",
        "cause": "calendar: Nghỉ bù 28/02/2025",
    }
    with database.reading() as connection:
        acts = connection.execute(select(act.c.act, act.c.reason, act.c.state_before, act.c.state_after)).all()
        about = connection.execute(
            select(letter.c.kind, letter.c.to_address, notice.c.act_id).join(notice, notice.c.letter_id == letter.c.id)
        ).all()
        ids = list(connection.execute(select(letter.c.id).where(letter.c.kind == LetterKind.EXTENSION)).scalars())
        values = load_letter_values(connection, ids, base_url="http://127.0.0.1:8010")
        assert counter_drift(connection) == 0
    assert [tuple(row) for row in acts] == [("replan", WHY, "assigned", "assigned")] * 2
    assert [tuple(row) for row in about] == [("extension", focal(DISTRICT), 1), ("extension", focal(OTHER), 2)]
    lines = [line for one in values.values() for group in one.groups for line in group.own]
    assert [line.effective_due for line in lines] == [NEXT, NEXT]
    notes = [line.note for line in lines if line.note]
    assert [(note.before, note.until) for note in notes] == [(date(2025, 2, 28), NEXT)] * 2
    assert all(line.calendar and line.calendar.sequence == 1 for line in lines)
    assert verify(database).ok
    assert status(database, now=at("2025-03-03"), due_soon_days=3, number=None).counts.open_in_term == 2
    written = entries(database)
    assert done(database, DAY_OFF, "2025-02-21") == (0, 0)
    assert entries(database) == written


def test_a_new_version_of_the_ladder_is_followed_by_what_is_open_when_the_office_says_so(
    database: Database, report: int
) -> None:
    swept(database, "2025-02-19", rules=SECOND)
    assert ("-2", "2025-02-26", "ladder default 1 -> default 2") in moved(database, SECOND)
    assert done(database, SECOND) == (2, 0), "no due date moves, so nobody is told"
    swept_daily(database, "2025-02-21", "2025-02-28", SECOND)
    assert names(database, report) == ["-7", "-2"]
    assert [to for _day, _kind, to in letters(database)][2:] == [head(DISTRICT), head(OTHER)]
    assert verify(database).ok


def test_what_was_heard_is_not_heard_again_and_what_waits_for_its_letter_still_leaves(
    database: Database, report: int
) -> None:
    """The 26th becomes a day off: the due date stays, the rungs before it come a day earlier; one was heard of."""
    swept(database, "2025-02-19", "07:30")
    late = a_directive_issued(
        database,
        an_obligation(addressees={"units": [DISTRICT]}),
        number="9/KH-LĐLĐ",
        issued_on="2025-02-19",
        rules=ladder_with(at="09:00"),
    ).assignments["report", DISTRICT]
    swept(database, "2025-02-19", "10:00")
    assert waiting(database) == 1
    assert done(database, with_day_off("2025-02-26"), "2025-02-19") == (3, 0)
    swept_daily(database, "2025-02-20", "2025-02-28", with_day_off("2025-02-26"))
    assert [(name, day) for name, _planned, day in rungs(database, report)] == [
        ("-7", "2025-02-19"),
        ("-3", "2025-02-24"),
        ("0", "2025-02-28"),
    ]
    assert [day for day, to, name, _level, _skipped in told(database) if (to, name) == (focal(DISTRICT), "-7")] == [
        "2025-02-19",
        "2025-02-20",
    ]
    assert names(database, late) == ["-7", "-3"]
    assert verify(database).ok


def test_a_rung_that_comes_to_lie_in_the_past_is_found_by_the_next_sweep(database: Database, report: int) -> None:
    swept(database, "2025-02-19")
    assert done(database, with_day_off("2025-02-26"), "2025-02-24") == (2, 0)
    swept(database, "2025-02-24", "10:10")
    assert names(database, report) == ["-7", "-3"]


def test_a_calendar_put_right_again_goes_on_where_its_ladder_stood(database: Database, report: int) -> None:
    """Back on the plan that it was on before, with two weekly letters behind it: the third is not the first again."""
    swept_daily(database, "2025-02-14", "2025-03-25")
    done(database, DAY_OFF, "2025-03-26")
    swept_daily(database, "2025-03-27", "2025-04-01", DAY_OFF)
    done(database, RULES, "2025-04-02")
    swept_daily(database, "2025-04-03", "2025-04-15")
    weekly = [day for name, _planned, day in rungs(database, report) if name == "weekly"]
    assert weekly == ["2025-03-17", "2025-03-24", "2025-03-31", "2025-04-08", "2025-04-14"]
    assert verify(database).ok


def test_a_date_that_was_granted_stays_the_nominal_one_and_what_does_not_owe_is_left_alone(
    database: Database, report: int
) -> None:
    do(database, report, Act.EXTEND, "2025-02-17", why="Bận", to=date(2025, 3, 14))
    do(database, report, Act.GRANT, "2025-02-18", by=focal(OFFICE))
    with database.reading() as connection:
        other = connection.execute(select(assignment.c.id).where(assignment.c.id != report)).scalar_one()
    do(database, other, Act.SUBMIT, "2025-02-18", by=focal(OTHER))
    rules = with_day_off("2025-02-28", "2025-03-14")
    assert done(database, rules) == (1, 1)
    assert dict(dues(database)) == {report: date(2025, 3, 17), other: DUE}
    act_on(database, other, Act.RETURN, by=focal(OFFICE), now=at("2025-02-21"), rules=rules, why="Thiếu")
    assert done(database, rules, "2025-02-24") == (1, 1), "sent back, it owes again"


def test_a_term_in_working_days_is_counted_again(database: Database) -> None:
    a_province(database)
    a_directive_issued(database, an_obligation(due="trong 05 ngày làm việc kể từ ngày 14/02/2025"))
    before = dues(database)
    rules = with_day_off("2025-02-19")
    assert done(database, rules, "2025-02-17")[0] == 2
    assert [later > due for (_id, due), (_same, later) in zip(before, dues(database), strict=True)] == [True, True]


def test_the_shipped_ladder_with_all_that_it_says_is_planned_anew_too(database: Database) -> None:
    a_province(database)
    shipped = default_rules()
    a_directive_issued(database, rules=shipped)
    assert done(database, replace(shipped, calendar=DAY_OFF.calendar)) == (2, 2)
    assert {due for _id, due in dues(database)} == {NEXT}


def test_an_hour_that_was_said_is_kept(database: Database) -> None:
    a_province(database)
    a_directive_issued(database, an_obligation(due="trước 17 giờ ngày 28/02/2025"))
    done(database, DAY_OFF)
    with database.reading() as connection:
        last = connection.execute(select(plan.c.due_at).order_by(plan.c.id.desc()).limit(1)).scalar_one()
    assert last == at("2025-03-03", "17:00")


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    ("by", "why", "error", "line"),
    [
        (focal(DISTRICT), WHY, Refused, "only an officer of PROVINCE"),
        ("nobody@x.example", WHY, NotFound, "no officer has the address"),
        (head(PROVINCE), "  ", InvalidInput, "it needs a reason"),
    ],
)
def test_it_takes_an_officer_of_the_issuer_and_a_reason(
    database: Database, by: str, why: str, error: type[Exception], line: str
) -> None:
    before = entries(database)
    with pytest.raises(error, match=line):
        replan(database, by=by, why=why, now=at("2025-02-20"), rules=DAY_OFF)
    assert (entries(database), {due for _id, due in dues(database)}) == (before, {DUE})


@pytest.mark.usefixtures("report")
def test_one_directive_can_be_chosen(database: Database) -> None:
    a_directive_issued(database, number="122/KH-LĐLĐ")
    assert done(database, DAY_OFF, directive="122/KH-LĐLĐ") == (2, 2)
    assert [due for _id, due in dues(database)] == [DUE, DUE, NEXT, NEXT]
    assert reprojection(database, now=at("2025-02-21"), rules=DAY_OFF).assignments == 2
