"""Due dates in calendars: what an entry says, how a later letter moves or takes back an earlier one's."""

import email.policy
from dataclasses import replace
from datetime import date, timedelta
from email.parser import BytesParser
from typing import Any

import pytest
from icalendar import Calendar

from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.mail.values import CalendarMark, LetterValues
from models.vocabulary import LetterKind
from tests.mail.letter_samples import DIGEST, GROUP, OTHERS, PLAN_LINE, PROVINCE, SAMPLES

SENDER = "dondoc@ldld-laichau.example"


def calendar_of(values: LetterValues, language: str = "vi") -> Any:
    composed = compose(render(values, language), key="k", sender=SENDER).content
    message = BytesParser(policy=email.policy.default).parsebytes(composed)
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def events_of(calendar: Any) -> list[Any]:
    found = calendar.walk("VEVENT")
    assert [error for one in found for error in one.errors] == []
    return list(found)


def test_a_new_task_is_a_whole_day_at_its_nominal_date_with_an_alarm_the_morning_before() -> None:
    calendar = calendar_of(SAMPLES[LetterKind.ASSIGNED])
    assert calendar["METHOD"] == "PUBLISH"
    first, quarter = events_of(calendar)
    assert (first["UID"], first["SEQUENCE"]) == ("uid-1042", 0)
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (date(2025, 2, 28), date(2025, 3, 1))
    assert first["SUMMARY"] == "Đến hạn: Xây dựng kế hoạch thực hiện năm 2025"
    assert "Hạn 28/02/2025" in first["DESCRIPTION"]
    assert "Mục II.2.1" in first["DESCRIPTION"]
    assert "Kế hoạch số 121/KH-LĐLĐ" in first["DESCRIPTION"]
    assert first["URL"] == PLAN_LINE.link
    assert first.decoded("DTSTAMP") == DIGEST.written_at
    assert first["ORGANIZER"] == f"mailto:{SENDER}"
    assert first["ORGANIZER"].params["CN"] == PROVINCE
    (alarm,) = first.walk("VALARM")
    assert alarm.decoded("TRIGGER") == -timedelta(hours=16, minutes=30)
    # It falls on a Sunday: the calendar shows the date that the directive says, and says what counts.
    assert quarter.decoded("DTSTART") == date(2024, 3, 31)
    assert "tính đến hết ngày 01/04/2024 (Chủ nhật 31/03/2024)" in quarter["DESCRIPTION"]


def test_a_moved_date_is_the_same_entry_with_a_higher_sequence() -> None:
    (first, *_), (moved,) = (
        events_of(calendar_of(SAMPLES[kind])) for kind in (LetterKind.ASSIGNED, LetterKind.EXTENSION)
    )
    assert moved["UID"] == first["UID"]
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved["STATUS"] == "CONFIRMED"


def test_what_is_no_longer_asked_leaves_the_calendar_without_an_alarm() -> None:
    calendar = calendar_of(SAMPLES[LetterKind.REVOKED])
    (event,) = events_of(calendar)
    assert (calendar["METHOD"], event["STATUS"], event["UID"]) == ("CANCEL", "CANCELLED", "uid-1042")
    assert event.walk("VALARM") == []
    assert "xóa các thời hạn này khỏi lịch" in render(SAMPLES[LetterKind.REVOKED]).text


@pytest.mark.parametrize("values", [DIGEST, SAMPLES[LetterKind.WEEKLY], OTHERS["asked"]])
def test_a_letter_that_moves_no_date_has_no_calendar(values: LetterValues) -> None:
    assert b"text/calendar" not in compose(render(values), key="k", sender=SENDER).content


def test_a_standing_duty_has_no_place_in_a_calendar() -> None:
    line = replace(PLAN_LINE, nominal_due=None, effective_due=None, calendar=CalendarMark("uid-1"))
    assert render(replace(DIGEST, groups=(replace(GROUP, own=(line,)),))).events == ()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://dondoc.example/đ", "https://a.example/\r\nX: y"])
def test_a_link_that_a_calendar_may_not_carry_is_left_out(link: str) -> None:
    line = replace(PLAN_LINE, link=link, calendar=CalendarMark("uid-1"))
    (event,) = events_of(calendar_of(replace(DIGEST, groups=(replace(GROUP, own=(line,)),))))
    assert "URL" not in event


def test_a_long_link_is_folded_and_read_back_whole() -> None:
    link = "https://dondoc.example/" + "a" * 300
    line = replace(PLAN_LINE, link=link, calendar=CalendarMark("uid-1"))
    values = replace(DIGEST, groups=(replace(GROUP, own=(line,)),))
    (event,) = events_of(calendar_of(values))
    assert event["URL"] == link


def test_an_english_letter_has_an_english_entry() -> None:
    first, *_ = events_of(calendar_of(SAMPLES[LetterKind.ASSIGNED], "en"))
    assert first["SUMMARY"] == f"Due: {PLAN_LINE.title}"
