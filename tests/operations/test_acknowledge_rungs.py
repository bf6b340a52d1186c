"""Who has not acknowledged is asked, then the parent hears; who has is passed in silence, and that is on record."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from dondoc.operations.acts import act_on
from dondoc.operations.rules import default_rules
from dondoc.operations.sweep import sweep
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import rung
from models.vocabulary import Act
from tests.factories import PROVINCE, RULES, Issued, a_directive_issued, a_province, an_obligation, at, focal, head
from tests.operations.acting import DISTRICT, OTHER, do
from tests.operations.sweeping import ladder_with, letters, names, position, swept, swept_daily, told, waiting

SHIPPED = replace(default_rules(), calendar=RULES.calendar)
THIRD, FIFTH = "2025-02-19", "2025-02-21"
"""Working days after Friday 14 February 2025; what is due on 31 March has no rung of its own before 20 March."""


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(database, an_obligation(due="2025-03-31"), rules=SHIPPED)


def silent(database: Database) -> list[tuple[int, str]]:
    """Give the rungs of which nobody was told."""
    with database.reading() as connection:
        rows = connection.execute(select(rung.c.assignment_id, rung.c.name).where(~rung.c.told).order_by(rung.c.id))
        return [(row.assignment_id, row.name) for row in rows]


def test_the_unit_is_asked_then_its_parent_hears_and_who_has_acknowledged_hears_nothing(
    database: Database, issued: Issued
) -> None:
    done, other = issued.assignments["report", DISTRICT], issued.assignments["report", OTHER]
    do(database, done, Act.ACKNOWLEDGE, "2025-02-17")
    result = sweep(database, at(THIRD, "07:40"), rules=SHIPPED)
    assert (result.due, result.prompted, result.reminded, result.escalated, result.letters) == (2, 1, 0, 0, 2)
    swept_daily(database, "2025-02-20", FIFTH, SHIPPED)
    assert told(database) == [
        (THIRD, focal(OTHER), "ack+3", 0, None),
        (THIRD, head(OTHER), "ack+3", 0, None),
        (FIFTH, focal(PROVINCE), "ack+5", 1, None),
    ]
    assert silent(database) == [(done, "ack+3"), (done, "ack+5")]
    assert names(database, other) == ["ack+3", "ack+5"]
    assert verify(database).ok


def test_a_standing_duty_is_asked_for_too_and_for_nothing_else(database: Database) -> None:
    a_province(database)
    duty = a_directive_issued(database, an_obligation(due=None), rules=SHIPPED).assignments["report", DISTRICT]
    swept_daily(database, "2025-02-14", "2025-05-30", SHIPPED)
    assert names(database, duty) == ["ack+3", "ack+5"]
    assert position(database, duty) == (2, None)


def test_ten_days_of_downtime_ask_once_and_in_one_letter(database: Database, issued: Issued) -> None:
    for clock in ("07:40", "07:50", "16:00"):
        swept(database, "2025-03-03", clock, SHIPPED)
    assert names(database, issued.assignments["report", DISTRICT]) == ["ack+3", "ack+5"]
    received = [to for _day, _kind, to in letters(database)]
    assert sorted(received) == sorted({focal(DISTRICT), head(DISTRICT), focal(OTHER), head(OTHER), focal(PROVINCE)})


def test_what_was_acknowledged_before_its_letter_was_written_is_no_news(database: Database) -> None:
    """Asked for at 09:00 of a day that has its digest: it would leave with tomorrow's."""
    a_province(database)
    asked = {"name": "asked", "acknowledge": [{"days": 3, "to": [{"level": 0, "role": "focal"}]}]}
    only = an_obligation(addressees={"units": [DISTRICT]})
    a_directive_issued(database, only)
    late = a_directive_issued(
        database, only | {"due": "2025-03-31"}, number="9/KH-LĐLĐ", rules=ladder_with(at="09:00", **asked)
    ).assignments["report", DISTRICT]
    swept(database, THIRD, "07:30")
    swept(database, THIRD, "10:00")
    assert (names(database, late), waiting(database)) == (["ack+3"], 1)
    act_on(database, late, Act.ACKNOWLEDGE, by=focal(DISTRICT), now=at(THIRD, "11:00"), rules=RULES)
    swept(database, "2025-02-20")
    assert [day for day, _kind, _to in letters(database)] == [THIRD]
    assert waiting(database) == 0


def test_in_quiet_hours_nothing_is_written_urgent_or_not_and_nothing_burnt(database: Database) -> None:
    a_province(database)
    quiet = ladder_with(quiet={"from": "18:00", "to": "07:30"})
    issued = a_directive_issued(database, urgency="urgent", rules=quiet)
    report = issued.assignments["report", DISTRICT]
    for clock in ("07:20", "18:00", "23:00"):
        assert swept(database, THIRD, clock, quiet).letters == 0
    assert names(database, report) == []
    assert swept(database, "2025-02-20", "07:30", quiet).letters == 2
    assert [kind for _day, kind, _to in letters(database)] == ["urgent", "urgent"]


def test_the_issuer_hears_as_often_as_the_ladder_says_and_then_no_more(database: Database) -> None:
    a_province(database)
    twice = ladder_with(until_done={"weekday": 1, "to": ["head"], "at_most": 2})
    report = a_directive_issued(database, rules=twice).assignments["report", DISTRICT]
    swept_daily(database, "2025-02-14", "2025-05-30", twice)
    assert names(database, report).count("weekly") == 2
    assert position(database, report)[1] is None
    assert verify(database).ok
