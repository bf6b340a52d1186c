"""When rungs fire: once each, in order, on working days, whatever sweeps were missed, repeated or made at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from dondoc.operations.acts import act_on
from dondoc.operations.sweep import SweepResult
from dondoc.operations.verify import verify
from models.session import Database, open_database
from models.vocabulary import Act
from tests.factories import OFFICE, PROVINCE, a_directive_issued, a_province, an_obligation, at, focal, head
from tests.operations.acting import DISTRICT, OTHER, do, entries
from tests.operations.sweeping import ladder_with, letters, names, position, rungs, swept, swept_daily

SEVEN_BEFORE, THREE_BEFORE, DUE = "2025-02-19", "2025-02-25", "2025-02-28"


@pytest.fixture
def report(database: Database) -> int:
    a_province(database)
    return a_directive_issued(database).assignments["report", DISTRICT]


def test_a_second_sweep_of_the_same_minute_writes_nothing(database: Database, report: int) -> None:
    first = swept(database, SEVEN_BEFORE)
    written = entries(database)
    second = swept(database, SEVEN_BEFORE)
    assert (first.due, first.reminded, first.letters) == (2, 2, 2)
    assert (second.due, second.reminded, second.escalated, second.letters) == (0, 0, 0, 0)
    assert entries(database) == written
    assert names(database, report) == ["-7"]


def test_after_ten_days_of_downtime_missed_rungs_come_once_in_order_in_one_digest(
    database: Database, report: int
) -> None:
    """Acceptance case 4."""
    swept(database, "2025-02-18")
    for clock in ("07:40", "07:40", "07:50", "16:00"):
        swept(database, DUE, clock)
    assert rungs(database, report) == [("-7", SEVEN_BEFORE, DUE), ("-3", THREE_BEFORE, DUE), ("0", DUE, DUE)]
    assert letters(database) == [(DUE, "digest", focal(DISTRICT)), (DUE, "digest", focal(OTHER))]


def test_a_downtime_of_three_months_fires_everything_once_and_the_missed_weeks_as_one(
    database: Database, report: int
) -> None:
    swept(database, "2025-06-02")
    assert names(database, report) == ["-7", "-3", "0", "+1", "+3", "+7", "weekly"]
    assert position(database, report) == (7, at("2025-06-09", "07:30"))
    swept(database, "2025-06-09")
    assert names(database, report)[6:] == ["weekly", "weekly"]
    assert verify(database).ok


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (SEVEN_BEFORE, "07:29"),
        ("2025-02-22", "09:00"),  # a Saturday
        ("2025-04-30", "09:00"),  # a holiday
    ],
)
def test_outside_working_time_nothing_is_written_and_nothing_burnt(
    database: Database, report: int, day: str, clock: str
) -> None:
    before = position(database, report)
    result = swept(database, day, clock)
    assert (result.reminded, result.escalated, result.letters) == (0, 0, 0)
    assert (names(database), letters(database), position(database, report)) == ([], [], before)


def test_rungs_that_would_fall_in_the_lunar_new_year_come_after_it(database: Database) -> None:
    a_province(database)
    issued = a_directive_issued(database, an_obligation(due="2025-01-24"), issued_on="2025-01-10", number="7/KH-LĐLĐ")
    swept_daily(database, "2025-01-10", "2025-02-06")
    fired = rungs(database, issued.assignments["report", DISTRICT])
    assert [(name, day) for name, _planned, day in fired][-3:] == [
        ("0", "2025-01-24"),
        ("+1", "2025-02-03"),
        ("+3", "2025-02-05"),
    ]
    assert all(planned == day for _name, planned, day in fired)


def test_a_rung_of_tomorrow_is_not_fired_today(database: Database, report: int) -> None:
    swept_daily(database, "2025-02-14", "2025-02-18")
    assert names(database, report) == []
    assert position(database, report) == (0, at(SEVEN_BEFORE, "07:30"))


def test_the_ladder_stops_when_the_unit_hands_in_and_goes_on_when_it_is_sent_back(
    database: Database, report: int
) -> None:
    swept(database, SEVEN_BEFORE)
    do(database, report, Act.SUBMIT, "2025-02-20")
    swept_daily(database, "2025-02-21", "2025-03-04")
    assert names(database, report) == ["-7"]
    do(database, report, Act.RETURN, "2025-03-04", by=focal(OFFICE), why="Thiếu phụ lục")
    swept_daily(database, "2025-03-04", "2025-03-12")
    # What fell while it lay with the office is not made up for.
    assert names(database, report) == ["-7", "+3", "+7"]


def test_a_suspended_duty_urges_nobody(database: Database, report: int) -> None:
    do(database, report, Act.SUSPEND, "2025-02-17", by=focal(OFFICE), why="Chờ hướng dẫn", basis="12/CV-LĐLĐ")
    swept_daily(database, "2025-02-18", "2025-03-20")
    assert names(database, report) == []
    do(database, report, Act.RESUME, "2025-03-20", by=focal(OFFICE), why="Đã có hướng dẫn")
    # A month's pause moves the term to 31 March: that is planned anew, past what would have come before the resumption.
    swept_daily(database, "2025-03-20", "2025-03-31")
    assert rungs(database, report) == [("-3", "2025-03-26", "2025-03-26"), ("0", "2025-03-31", "2025-03-31")]


def test_a_grace_of_sixty_days_after_eighty_days_of_downtime_still_escalates(database: Database) -> None:
    """Acceptance case 11."""
    a_province(database)
    rules = ladder_with(rungs=[{"days": 60, "action": "escalate", "to": [{"level": 1, "role": "head"}]}])
    issued = a_directive_issued(database, rules=rules)
    swept(database, "2025-03-03", rules=rules)
    assert names(database) == []
    result = swept(database, "2025-05-30", rules=rules)
    assert names(database, issued.assignments["report", DISTRICT])[0] == "+60"
    assert result.escalated >= 2
    assert ("2025-05-30", "digest", head(PROVINCE)) in letters(database)


def test_a_changed_ladder_changes_only_what_is_planned_after_it(database: Database) -> None:
    a_province(database)
    old = a_directive_issued(database)
    shorter = ladder_with(
        name="default", version=3, rungs=[{"days": -1, "action": "remind", "to": [{"level": 0, "role": "head"}]}]
    )
    new = a_directive_issued(database, number="122/KH-LĐLĐ", rules=shorter)
    extended = old.assignments["report", OTHER]
    do(database, extended, Act.EXTEND, "2025-02-17", by=focal(OTHER), why="Bận", to=date(2025, 3, 14))
    act_on(database, extended, Act.GRANT, by=focal(OFFICE), now=at("2025-02-18"), rules=shorter)
    for day in ("2025-02-19", "2025-02-25", "2025-02-27", "2025-02-28", "2025-03-13"):
        swept(database, day, rules=shorter)
    assert names(database, old.assignments["report", DISTRICT])[:3] == ["-7", "-3", "0"]
    assert names(database, new.assignments["report", DISTRICT])[0] == "-1"
    # What is planned anew, because time was granted, follows the ladder of that day.
    assert names(database, extended) == ["-1"]


def test_four_sweeps_at_once_fire_each_rung_once(database: Database, database_url: str, report: int) -> None:
    barrier = Barrier(4)

    def one_process(_number: int) -> SweepResult:
        opened = open_database(database_url)
        try:
            barrier.wait(timeout=30)
            return swept(opened, DUE)
        finally:
            opened.dispose()

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(one_process, range(4)))
    assert sorted(result.reminded for result in results) == [0, 0, 0, 6]
    assert names(database, report) == ["-7", "-3", "0"]
    assert len(letters(database)) == 2
    assert verify(database).ok
