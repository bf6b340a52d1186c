"""Hostile text in every place of every kind of letter: no header, recipient, tag, line, calendar entry or formula."""

import email.policy
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.mail.values import LetterValues
from dondoc.operations.letter_workbook import attachments_of
from tests.mail.letter_samples import OTHERS, SAMPLES

SENDER = "dondoc@ldld-laichau.example"
LETTERS = {str(kind): values for kind, values in SAMPLES.items()} | OTHERS
CHECKED_ELSEWHERE = frozenset({"message_id", "thread_id", "to_address", "link", "url", "uid", "base_url"})
HOSTILE = (
    "Ông\r\nBcc: everyone@unit.example\r\n\r\n<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)><a href="javascript:alert(1)">',
    "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nX:y;,\\n\\N",
    '=HYPERLINK("http://x.example";"mở")',
    "@SUM(1+1)|cmd",
    "\u202eedoc.exe\u2066\u200b\ufeff\u0000\u001b[31m\ud800",
    "Ệ" * 10_000,
    "a" * 10_000,
    "%(unit)s {{ letter }} {% raw %} %s %",
    "= _?=utf-8?B?Zm9v?=",
    "",
)
hostile_text = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=80), st.text(alphabet="<>&\"'\r\n;:,\\=+-@\u202e\u0300đ%({", max_size=60)
)


def with_text(value: Any, text: Callable[[], str]) -> Any:
    """Give the value with every text in it taken from `text`, but identities and addresses."""
    if type(value) is str:
        return text()
    if type(value) is tuple:
        return tuple(with_text(one, text) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = [field.name for field in fields(value) if field.name not in CHECKED_ELSEWHERE]
    return replace(value, **{name: with_text(getattr(value, name), text) for name in names})


def message_of(values: LetterValues, language: str = "vi") -> EmailMessage:
    files = attachments_of(values, language)
    content = compose(render(values, language), key="k", sender=SENDER, attachments=files).content
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    message = BytesParser(policy=email.policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def shape(message: EmailMessage) -> Any:
    """Give what text may not change: the headers' names, the parts and their names, and who is written to."""
    return (
        sorted(message.keys()),
        [(part.get_content_type(), part.get_filename()) for part in message.walk()],
        [one.addr_spec for one in message["To"].addresses],
        [one.addr_spec for one in message["From"].addresses],
    )


class Tags(HTMLParser):
    """Counts what could do something."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.found: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.found |= {name for name, _ in attrs if name.startswith("on")}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


def parts_of(message: EmailMessage, content_type: str) -> list[bytes]:
    found = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == content_type]
    return [payload for payload in found if isinstance(payload, bytes)]


def check(values: LetterValues, plain: LetterValues, language: str) -> None:
    message, expected = message_of(values, language), message_of(plain, language)
    assert shape(message) == shape(expected)
    (page,) = parts_of(message, "text/html")
    (expected_page,) = parts_of(expected, "text/html")
    tags, expected_tags = Tags(page.decode()), Tags(expected_page.decode())
    assert tags.found <= expected_tags.found | {"p", "span", "a"}
    assert set(tags.links) <= set(expected_tags.links)
    (text,) = parts_of(message, "text/plain")
    for spoken in (page.decode(), text.decode(), str(message["Subject"])):
        assert not {"\u202e", "\u2066", "\u200b", "\x00", "\x1b"} & set(spoken)
    for content, before in zip(parts_of(message, "text/calendar"), parts_of(expected, "text/calendar"), strict=True):
        events, events_before = (Calendar.from_ical(one).walk("VEVENT") for one in (content, before))
        assert [one["UID"] for one in events] == [one["UID"] for one in events_before]
        assert [sorted(one.keys()) for one in events] == [sorted(one.keys()) for one in events_before]
        assert all(not one.errors for one in events)
        assert max(map(len, content.split(b"\r\n"))) <= 75
    for content in (
        file
        for kind in ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)
        for file in parts_of(message, kind)
    ):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert archive.testzip() is None
            pages = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
            assert not [one for one in pages if "<f>" in one or "<hyperlink" in one]


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_one_hostile_text_everywhere_changes_nothing_but_words(name: str, hostile: str) -> None:
    check(with_text(LETTERS[name], lambda: hostile), with_text(LETTERS[name], lambda: hostile and "x"), "vi")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(name=st.sampled_from(sorted(LETTERS)), language=st.sampled_from(["vi", "en"]), data=st.data())
def test_any_text_in_any_place_of_any_letter_changes_nothing_but_words(
    name: str, language: str, data: st.DataObject
) -> None:
    few = data.draw(st.lists(hostile_text, min_size=1, max_size=8))
    place = iter(range(10**6))
    values = with_text(LETTERS[name], lambda: few[next(place) % len(few)])
    same = iter(range(10**6))
    plain = with_text(LETTERS[name], lambda: few[next(same) % len(few)] and "x")
    check(values, plain, language)
    assert message_of(values, language).as_bytes() == message_of(values, language).as_bytes()
