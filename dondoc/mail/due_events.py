"""Due dates as calendar entries (.ics): said in words with the letter, written down by `icalendar`.

A calendar entry that came before is moved by the same UID with a higher SEQUENCE (RFC 5545, RFC 5546).
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, vCalAddress

from dondoc.mail.harmless import web_link
from dondoc.mail.values import DueEvent, LetterValues
from dondoc.mail.wording import Wording

FILE_NAME = "han-thuc-hien.ics"
# All-day entries begin at midnight: this rings at 07:30 on the day before.
ALARM_BEFORE = timedelta(hours=16, minutes=30)
# RFC 5545, 3.1, less the space that begins a folded line.
LINE_OCTETS = 74
_FIRST_LINE, _LAST_LINE = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"


def due_events(values: LetterValues, words: Wording) -> Iterator[DueEvent]:
    """Give an entry for each line that is to stand in a calendar; the text in `values` must be harmless."""
    for group in values.groups:
        for line in group.own:
            if line.calendar and line.nominal_due:
                source = words.gettext("%(type)s %(number)s of %(day)s, %(issuer)s") % {
                    "type": group.type,
                    "number": group.number,
                    "day": words.day(group.issued_on),
                    "issuer": group.issuer_name,
                }
                summary = words.gettext("Due: %(title)s") % {"title": line.title}
                told = [words.due(line), words.place(line), source]
                description = "\n".join(part for part in told if part)
                url = web_link(line.link)
                yield DueEvent(line.calendar, line.nominal_due, summary, description, url if url.isascii() else "")


def is_cancelling(events: Sequence[DueEvent]) -> bool:
    """Whether the entries only take back what stands in calendars."""
    return all(event.mark.cancelled for event in events)


def calendar_file(events: Sequence[DueEvent], *, organizer: tuple[str, str], stamp: datetime) -> bytes:
    """Give the file, the same bytes for the same arguments. `organizer` is the office's name and address."""
    head, tail = _frame("CANCEL" if is_cancelling(events) else "PUBLISH")
    shared = _shared(*organizer, stamp)
    return head + b"".join(_event(event, shared) for event in events) + tail


@lru_cache(maxsize=2)
def _frame(method: str) -> tuple[bytes, bytes]:
    calendar = Calendar()
    calendar.add("prodid", "-//dondoc//dondoc//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    head, end, tail = _bytes(calendar).partition(b"END:VCALENDAR")
    return head, end + tail


@lru_cache(maxsize=64)
def _shared(name: str, address: str, stamp: datetime) -> bytes:
    """Write what all entries of the letters of one office and moment share."""
    by = vCalAddress(f"mailto:{address}")
    by.params["CN"] = name.replace('"', "'")
    common = Event()
    common.add("organizer", by)
    common.add("dtstamp", stamp.astimezone(UTC))
    return _inner(common)


def _event(event: DueEvent, shared: bytes) -> bytes:
    """Write one entry. What thousands of letters say alike of a due date is written once: this is most of the cost."""
    own = f"UID:{event.mark.uid}\r\nSEQUENCE:{event.mark.sequence}\r\n".encode()
    if event.url:
        own += _folded(f"URL:{event.url}")
    about = _about(event.day, event.summary, event.description, event.mark.cancelled)
    return _FIRST_LINE + own + shared + about + _LAST_LINE


@lru_cache(maxsize=1024)
def _about(day: date, summary: str, description: str, cancelled: bool) -> bytes:  # noqa: FBT001 (a key of the cache)
    event = Event()
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", description)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -ALARM_BEFORE)
        event.add_component(alarm)
    return _inner(event)


def _inner(event: Event) -> bytes:
    return _bytes(event).removeprefix(_FIRST_LINE).removesuffix(_LAST_LINE)


def _bytes(component: Calendar | Event) -> bytes:
    return bytes(component.to_ical())


def _folded(line: str) -> bytes:
    parts = (line[start : start + LINE_OCTETS] for start in range(0, len(line), LINE_OCTETS))
    return "\r\n ".join(parts).encode() + b"\r\n"
