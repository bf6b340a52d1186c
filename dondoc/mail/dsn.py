"""Reads a report that a letter could not be delivered (DSN, RFC 3464): for whom, why, and which letter it was."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from itertools import islice
from typing import cast

LONGEST_REPORT_BYTES = 2_000_000
"""A report longer than this carries somebody's attachment; its end is not read."""

MOST_RECIPIENTS = 100
"""A report about more than these is none of ours: each of our letters has one recipient."""

MOST_LETTERS = 100
"""Message-IDs that are looked up of one report: that of the returned letter stands first."""

SAYS_NOTHING = ".0.0"
"""RFC 3463, 3.1: a status that names no cause; what the other server said may."""

_MESSAGE_ID = re.compile(r"<[^<>@\s\x00-\x1f]+@[^<>@\s\x00-\x1f]+>")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a server says of one recipient. `status` is RFC 3463's (`5.1.1`); `letters` are Message-IDs it may mean."""

    recipient: str
    action: str
    status: str
    diagnostic: str
    letters: tuple[str, ...]

    @property
    def is_final(self) -> bool:
        """Whether the server has given up: it does not only report a delay."""
        return self.action == "failed" and self.status.startswith("5")


def delivery_reports(content: bytes) -> tuple[DeliveryReport, ...]:
    """Read the reports of one message: one a recipient; none where the message is no report."""
    try:
        message = cast("EmailMessage", message_from_bytes(content[:LONGEST_REPORT_BYTES], policy=policy.compat32))
        if message.get_content_type() != "multipart/report" and not _parts(message, "message/delivery-status"):
            return ()
        letters = tuple(islice(_letters(message), MOST_LETTERS))
        return tuple(islice(_reports(message, letters), MOST_RECIPIENTS))
    except RecursionError:
        # Parts within parts without end: no server writes so, and one such message must not hide all others.
        return ()


def enhanced_status(reply: str) -> str:
    """Find the status of RFC 3463 in a server's own words; "" where it gave none."""
    found = _STATUS.search(reply)
    return found.group() if found else ""


def _parts(message: Message, kind: str) -> list[Message]:
    return [part for part in message.walk() if part.get_content_type() == kind]


def _letters(message: Message) -> Iterator[str]:
    """Give the Message-IDs that the report may be about: that of the returned letter, then what it answers."""
    seen: dict[str, None] = {}
    for part in _parts(message, "message/rfc822"):
        for inner in cast("list[Message]", part.get_payload()) if part.is_multipart() else []:
            seen |= dict.fromkeys(_MESSAGE_ID.findall(str(inner.get("Message-ID", ""))))
    for part in _parts(message, "text/rfc822-headers"):
        headers = message_from_bytes(cast("bytes", part.get_payload(decode=True)) or b"")
        seen |= dict.fromkeys(_MESSAGE_ID.findall(str(headers.get("Message-ID", ""))))
    for name in ("In-Reply-To", "References"):
        seen |= dict.fromkeys(_MESSAGE_ID.findall(str(message.get(name, ""))))
    yield from seen


def _reports(message: Message, letters: tuple[str, ...]) -> Iterator[DeliveryReport]:
    for part in _parts(message, "message/delivery-status"):
        # The parser gives each group of fields as a message of its own: the first speaks of the report as a whole.
        groups = cast("list[Message]", part.get_payload()) if part.is_multipart() else []
        for group in groups:
            recipient = _value(group.get("Final-Recipient") or group.get("Original-Recipient"))
            if not recipient.isprintable() or not recipient:
                continue
            diagnostic = _value(group.get("Diagnostic-Code"))
            status = enhanced_status(str(group.get("Status", "")))
            if not status or status.endswith(SAYS_NOTHING):
                status = enhanced_status(diagnostic) or status
            action = str(group.get("Action", "")).strip().lower()
            yield DeliveryReport(recipient, action, status, diagnostic, letters)


def _value(field: object) -> str:
    """Give what follows the type of a field: `rfc822; name@host` is an address, `smtp; 550 …` a reply."""
    text = " ".join(str(field or "").split())
    kind, semicolon, value = text.partition(";")
    return (value if semicolon else kind).strip().strip("<>")
