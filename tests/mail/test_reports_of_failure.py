"""Reports of failed delivery as servers write them: whom, why and which letter; and mailboxes that hold them."""

import mailbox
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.errors import UnreadableInput
from dondoc.mail.dsn import MOST_RECIPIENTS, DeliveryReport, delivery_reports, enhanced_status
from dondoc.mail.mailbox import messages_in
from tests.mail.report_samples import LETTER, RECIPIENT, report


def test_a_report_says_whom_why_and_which_letter() -> None:
    [found] = delivery_reports(report())
    assert found == DeliveryReport(RECIPIENT, "failed", "5.1.1", "550 5.1.1 no such user", (LETTER,))
    assert found.is_final


@pytest.mark.parametrize(
    "changes",
    [
        {"returned": "message/rfc822"},  # the whole letter comes back
        {"returned": "text/rfc822-headers"},  # its headers alone
        {"returned": None, "in_reply_to": LETTER},  # neither, but it says what it answers
        {"returned": None, "references": f"<thread@office.example> {LETTER}"},
    ],
)
def test_the_letter_is_found_by_what_came_back_or_by_what_the_report_answers(changes: dict[str, Any]) -> None:
    [found] = delivery_reports(report(**changes))
    assert LETTER in found.letters


def test_a_report_may_speak_of_several_recipients() -> None:
    found = delivery_reports(report(recipients=("a@unit.example", "b@unit.example")))
    assert [one.recipient for one in found] == ["a@unit.example", "b@unit.example"]


def test_the_servers_words_say_more_than_a_status_that_says_nothing() -> None:
    """Exim, among others, gives 5.0.0 and what the other server said."""
    [found] = delivery_reports(report(status="5.0.0", diagnostic="550 5.1.1 no such user"))
    assert found.status == "5.1.1"
    [found] = delivery_reports(report(status="5.0.0", diagnostic="550 no"))
    assert found.status == "5.0.0"


def test_a_delay_is_not_final() -> None:
    [found] = delivery_reports(report(action="delayed", status="4.4.1"))
    assert not found.is_final


@pytest.mark.parametrize(
    "content",
    [b"", b"Subject: Tra loi tu dong\r\n\r\nToi di vang", b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n"],
)
def test_what_is_no_report_gives_none(content: bytes) -> None:
    assert delivery_reports(content) == ()


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: message/rfc822\n\n" * 5_000,
        b"Content-Type: multipart/report; boundary=b0\n\n"
        + b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(3_000)),
    ],
    ids=["letters in letters", "parts in parts"],
)
def test_a_message_nested_without_end_is_no_report_and_stops_nothing(content: bytes) -> None:
    assert delivery_reports(content) == ()


def test_of_a_report_about_too_many_only_the_first_are_read() -> None:
    crowd = tuple(f"{number}@unit.example" for number in range(MOST_RECIPIENTS + 5))
    assert len(delivery_reports(report(recipients=crowd))) == MOST_RECIPIENTS


@given(st.binary(max_size=2000), st.integers(0, 400))
def test_a_damaged_report_is_read_without_a_crash(noise: bytes, place: int) -> None:
    content = report()
    delivery_reports(content[:place] + noise + content[place:])


@pytest.mark.parametrize(
    ("reply", "status"),
    [("550 5.1.1 no such user", "5.1.1"), ("550-5.7.26 blocked", "5.7.26"), ("550 no", ""), ("version 15.1.12.3", "")],
)
def test_a_status_is_found_in_a_servers_words(reply: str, status: str) -> None:
    assert enhanced_status(reply) == status


def test_a_maildir_and_a_mailbox_file_give_their_messages(tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "maildir")
    folder.add(report())
    with closing(mailbox.mbox(tmp_path / "box")) as box:
        box.add(report())
    for place in ("maildir", "box"):
        [content] = messages_in(tmp_path / place)
        assert len(delivery_reports(content)) == 1


def test_a_message_that_is_moved_away_while_the_maildir_is_read_is_passed_over(tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "maildir")
    for _ in range(3):
        folder.add(report())
    messages = messages_in(tmp_path / "maildir")
    next(messages)
    files = sorted((tmp_path / "maildir" / "new").iterdir(), key=lambda file: file.name)
    files[1].unlink()
    assert len(list(messages)) == 1


@pytest.mark.parametrize("made", ["nothing", "a folder", "a text"])
def test_what_is_no_mailbox_gets_one_line(tmp_path: Path, made: str) -> None:
    place = tmp_path / "place"
    if made == "a folder":
        place.mkdir()
    elif made == "a text":
        place.write_text("Kế hoạch", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="place"):
        list(messages_in(place))
