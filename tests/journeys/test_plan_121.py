"""Plan 121/KH-LĐLĐ of 14 February 2025 in the sample federation: its dates, who hears when, and counts that add up."""

from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import select

from dondoc.mail.maildir import MaildirTransport
from dondoc.operations.acts import act_on
from dondoc.operations.cascade import cascade_all
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.issue import register
from dondoc.operations.rules import default_rules
from dondoc.operations.samples import sample_directive
from dondoc.operations.status import Counts, StatusPicture, status
from dondoc.operations.tasks import tasks
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import assignment, rung
from models.tables.letters import letter, notice
from models.tables.units import unit
from models.vocabulary import Act
from tests.factories import at
from tests.journeys.lai_chau import OFFICE, PROVINCE, address, days, found_province
from tests.operations.sweeping import letters, swept

RULES = default_rules()
NUMBER = "121/KH-LĐLĐ"
DATED = ("done_on_time", "done_late", "open_in_term", "open_overdue")
UNITS = 40
OWING = UNITS - 6
"""Who owes a plan: every union but the federation itself, whose five offices owe none either."""

CITY, RURAL = "LDLD-TP", "LDLD-TD"


@pytest.fixture
def issued(database: Database) -> Database:
    found_province(database, UNITS)
    now = at("2025-02-14", "08:00")
    register(database, sample_directive(), now=now, actor="office", rules=RULES)
    list(cascade_all(database, NUMBER, now, rules=RULES))
    return database


def picture(database: Database, day: str, clock: str = "18:00") -> StatusPicture:
    return status(database, now=at(day, clock), due_soon_days=3, number=NUMBER)


def counts(database: Database, key: str, day: str, clock: str = "18:00") -> Counts:
    return next(one.counts for one in picture(database, day, clock).obligations if one.key == key)


def test_the_plan_has_the_dates_that_the_document_gives_and_invents_none(issued: Database) -> None:
    """Acceptance case 1, for this directive."""
    dated = {
        (one.key, one.period): (one.nominal_due, one.effective_due)
        for one in picture(issued, "2025-02-14").obligations
        if one.nominal_due
    }
    said = {key: tuple(map(str, dues)) for key, dues in dated.items()}
    assert said == {
        ("ke-hoach", "once"): ("2025-02-28", "2025-02-28"),
        ("tong-ket", "once"): ("2025-06-30", "2025-06-30"),
        ("bao-cao", "2025-H1"): ("2025-06-20", "2025-06-20"),
        ("bao-cao", "2025-H2"): ("2025-12-20", "2025-12-22"),  # the 20th is a Saturday
    }
    standing = [one for one in picture(issued, "2026-12-31").obligations if not one.nominal_due]
    assert len(standing) == 9
    assert all(one.counts.no_deadline == one.counts.total for one in standing)


def test_letters_go_to_focal_officers_heads_parents_and_the_issuer_in_that_order_of_dates(issued: Database) -> None:
    """Nobody does anything until the end of March: what one rural union's plan sets off."""
    for day in days("2025-02-14", "2025-04-01"):
        swept(issued, day)
    written = letters(issued, but=None)
    assert {(day, kind) for day, kind, _to in written if day == "2025-02-14"} == {("2025-02-14", "assigned")}
    first_heard: dict[str, str] = {}
    for day, _kind, to in letters(issued):
        first_heard.setdefault(to, day)
    assert first_heard[address(RURAL)] == "2025-02-19"
    # It has acknowledged nothing: on the third working day its head is asked too, on the fifth its parent.
    assert first_heard[address(RURAL, "head")] == "2025-02-19"
    assert first_heard[address(PROVINCE)] == "2025-02-21"
    assert first_heard[address(PROVINCE, "head")] == "2025-03-11"
    to_issuer = [day for day, _kind, to in letters(issued) if to == address(PROVINCE, "head")]
    assert to_issuer == ["2025-03-11", "2025-03-17", "2025-03-18", "2025-03-24", "2025-03-31"]


def test_what_a_grassroots_union_owes_climbs_over_its_parent_to_the_issuer_and_stays_there(issued: Database) -> None:
    for day in days("2025-02-14", "2025-04-01"):
        swept(issued, day)
    with issued.reading() as connection:
        owing = select(unit.c.id).where(unit.c.code == f"{CITY}-0001").scalar_subquery()
        heard = (
            select(rung.c.name, letter.c.day, letter.c.to_address)
            .join(notice, notice.c.rung_id == rung.c.id)
            .join(letter, letter.c.id == notice.c.letter_id)
            .join(assignment, assignment.c.id == rung.c.assignment_id)
            .where(assignment.c.unit_id == owing, notice.c.level > 0)
            .order_by(rung.c.id, letter.c.to_address.desc())
        )
        rows = [(row.name, row.day.isoformat(), row.to_address) for row in connection.execute(heard)]
    assert rows == [
        # Its plan and two standing duties, none of them acknowledged.
        *[("ack+5", "2025-02-21", address(CITY))] * 3,
        ("+3", "2025-03-05", address(CITY)),
        ("+7", "2025-03-11", address(CITY, "head")),
        ("+12", "2025-03-18", address(PROVINCE, "head")),
        ("weekly", "2025-03-24", address(PROVINCE)),
        ("weekly", "2025-03-24", address(PROVINCE, "head")),
        ("weekly", "2025-03-31", address(PROVINCE)),
        ("weekly", "2025-03-31", address(PROVINCE, "head")),
    ]


def test_a_union_that_hands_in_is_left_alone_and_one_that_does_not_is_overdue_from_the_first_of_march(
    issued: Database,
) -> None:
    asked = tasks(issued, now=at("2025-02-14"), unit=CITY, directive=NUMBER)
    plan = next(task for task in asked if task.obligation == "ke-hoach")
    for day in days("2025-02-14", "2025-02-20"):
        swept(issued, day)
    by = address(CITY)
    act_on(issued, plan.id, Act.SUBMIT, by=by, now=at("2025-02-20", "15:00"), rules=RULES, number="12/KH-LĐLĐ")
    act_on(issued, plan.id, Act.CONFIRM, by=address(OFFICE), now=at("2025-03-04"), rules=RULES)
    for day in days("2025-02-21", "2025-03-04"):
        swept(issued, day)
    # One letter before it handed in, the one that says the office confirmed, and one of what its subordinates have not
    # acknowledged.
    assert [kind for _day, kind, to in letters(issued) if to == by] == ["digest", "confirmed", "digest"]
    others = OWING - 1
    at_midnight = counts(issued, "ke-hoach", "2025-02-28", "23:59"), counts(issued, "ke-hoach", "2025-03-01", "00:00")
    assert [(one.open_in_term, one.open_overdue) for one in at_midnight] == [(others + 1, 0), (1, others)]
    # Confirmed after the term, but handed in within it.
    after = counts(issued, "ke-hoach", "2025-03-05")
    assert (after.done_on_time, after.done_late, after.open_overdue) == (1, 0, others)


def test_on_every_day_the_four_counts_add_up_to_what_is_dated_and_the_standing_ones_stand_apart(
    issued: Database,
) -> None:
    """Acceptance case 8."""
    for day in days("2025-02-14", "2025-07-10"):
        for one in picture(issued, day).obligations:
            said = asdict(one.counts)
            dated = said["total"] if one.nominal_due else 0
            assert sum(said[name] for name in DATED) == dated
            assert said["no_deadline"] == said["total"] - dated
    total = picture(issued, "2025-07-10").counts
    assert sum(asdict(total)[name] for name in (*DATED, "no_deadline", "waived", "cancelled")) == total.total


def test_the_letters_arrive_in_the_maildir_on_working_days_and_the_ledger_holds(
    issued: Database, tmp_path: Path
) -> None:
    sender = Sender(MaildirTransport(tmp_path), "dondoc@ldld-laichau.example", "vi", "http://127.0.0.1:8010")
    sent = 0
    for day in days("2025-02-14", "2025-03-12"):
        swept(issued, day)
        sent += deliver(issued, at(day, "08:05"), sender=sender).sent
    assert sent == len(letters(issued, but=None)) == len(list((tmp_path / "new").iterdir()))
    assert not any(at(day).weekday() > 4 for day, _kind, _to in letters(issued))
    assert verify(issued).ok
