"""What letters from real rows do to calendars, threads and lists: the same entry, moved and taken out; one thread."""

from collections.abc import Iterable, Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from icalendar import Calendar

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.mail.values import CalendarMark, LetterValues
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.departures import departures
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.outbox import letters
from dondoc.operations.revoke import revoke
from models.session import Database
from models.vocabulary import Act, LetterKind, LetterState
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
    head,
)
from tests.operations.acting import do
from tests.operations.sweeping import ladder_with, swept_daily

DISTRICT, ADDRESS = DISTRICTS[0], focal(DISTRICTS[0])


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    other = an_obligation("notice", addressees={"units": [DISTRICTS[1]]}, for_information={"units": [DISTRICT]})
    return a_directive_issued(database, an_obligation("report", due="17 giờ ngày 28/02/2025"), other)


def newest(database: Database, address: str = ADDRESS) -> tuple[LetterKind, LetterValues]:
    row = letters(database, to=address)[-1]
    with database.reading() as connection:
        return row.kind, load_letter_values(connection, [row.id], base_url="https://dondoc.example")[row.id]


def mark_of(values: LetterValues) -> CalendarMark:
    (group,) = values.groups
    (mark,) = [line.calendar for line in group.own if line.calendar and line.nominal_due]
    return mark


def test_a_granted_extension_moves_the_entry_that_the_first_letter_made(database: Database, issued: Issued) -> None:
    report = issued.assignments["report", DISTRICT]
    _, first = newest(database)
    do(database, report, Act.EXTEND, "2025-02-20", to=date(2025, 3, 14), why="Chờ số liệu")
    do(database, report, Act.GRANT, "2025-02-21", by=focal(OFFICE))
    kind, moved = newest(database)
    assert kind is LetterKind.EXTENSION
    assert mark_of(moved).uid == mark_of(first).uid
    assert (mark_of(first).sequence, mark_of(moved).sequence) == (0, 2)
    assert moved.groups[0].own[0].nominal_due == date(2025, 3, 14)
    assert moved.thread_id == first.message_id
    _, asked = newest(database, focal(OFFICE))
    assert [line.calendar for line in asked.groups[0].own] == [None], "the office has another calendar"


@pytest.mark.parametrize(
    ("done", "given", "kind"),
    [
        (Act.WAIVE, {"why": "Không áp dụng"}, LetterKind.REVOKED),
        (Act.SUSPEND, {"why": "Chờ hướng dẫn", "basis": "12/CV-LĐLĐ"}, LetterKind.EXTENSION),
    ],
)
def test_a_unit_hears_of_what_the_office_decides_on_its_task(
    database: Database, issued: Issued, done: Act, given: dict[str, Any], kind: LetterKind
) -> None:
    _, first = newest(database)
    do(database, issued.assignments["report", DISTRICT], done, "2025-02-20", by=focal(OFFICE), **given)
    found, values = newest(database)
    assert found is kind
    assert values.groups[0].ended is False
    marks = [line.calendar for line in values.groups[0].own]
    expected = CalendarMark(mark_of(first).uid, 1, cancelled=True) if done is Act.WAIVE else None
    assert marks == [expected]


def test_a_directive_revoked_takes_its_dates_out_of_the_calendar(database: Database, issued: Issued) -> None:
    _, first = newest(database)
    revoke(database, issued.number, by=head(PROVINCE), why="Ban hành lại", now=at("2025-02-20"), rules=RULES)
    kind, values = newest(database)
    assert kind is LetterKind.REVOKED
    assert values.groups[0].ended
    assert mark_of(values) == CalendarMark(mark_of(first).uid, 1, cancelled=True)


@pytest.mark.usefixtures("issued")
def test_a_letter_of_new_tasks_says_roles_and_the_hour_that_ends_the_day(database: Database) -> None:
    _, values = newest(database)
    ((report, notice),) = [group.own for group in values.groups]
    assert (report.role, report.due_time) == ("lead", at("2025-02-28", "17:00").time())
    assert (notice.role, notice.nominal_due, notice.due_time) == ("for_information", None, None)


class Keeping:
    """A transport that keeps what it was given."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kept: list[EmailMessage] = []

    def send_batch(self, batch: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        for one in batch:
            self.kept.append(message_from_bytes(one.content, policy=default))
            yield DeliveryOutcome(one.key, LetterState.SENT, "250 kept")


def test_what_is_delivered_carries_the_calendar_and_a_storms_workbook(database: Database) -> None:
    a_province(database)
    below = an_obligation(addressees={"below": PROVINCE, "kinds": ["grassroots"]})
    rules = ladder_with(storm={"share": 0.5, "at_least": 3})
    issued = a_directive_issued(database, below, rules=rules)
    swept_daily(database, "2025-02-14", "2025-03-18", rules)
    keeping = Keeping()
    sender = Sender(keeping, "dondoc@office.example", "vi", "http://127.0.0.1:8010")
    sizes = {one.id: one.size for one in departures(database, at("2025-03-18"), sender=sender).letters}
    deliver(database, at("2025-03-18"), sender=sender)
    assert len(sizes) == len(keeping.kept)
    attached = {
        (str(message["To"].addresses[0].addr_spec), part.get_filename())
        for message in keeping.kept
        for part in message.walk()
        if part.get_filename()
    }
    assert (focal(GRASSROOTS[0]), "han-thuc-hien.ics") in attached
    assert (head(PROVINCE), "nhiem-vu-2025-03-18.xlsx") in attached
    assert {name for to, name in attached if to.startswith("focal@district-1-g")} == {"han-thuc-hien.ics"}
    lists = {str(message["List-Id"]) for message in keeping.kept}
    assert lists == {f"<121-kh-ldld.{issued.directive_id}.dondoc.office.example>"}
    calendars = [
        part for message in keeping.kept for part in message.walk() if part.get_content_type() == "text/calendar"
    ]
    uids = {str(event["UID"]) for part in calendars for event in Calendar.from_ical(part.get_content()).walk("VEVENT")}
    assert len(uids) == len(GRASSROOTS)
