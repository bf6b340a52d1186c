"""Makes a rendered letter a MIME message with `emails`: text and HTML as alternatives, files beside them.

The same letter gives the same bytes, so a letter sent again is the same letter.
"""

import email.charset
import hashlib
import re
from collections.abc import Sequence
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import format_datetime

from emails.message import Message
from emails.utils import SafeMIMEMultipart

from dondoc.errors import InvalidInput
from dondoc.mail.address import mail_address
from dondoc.mail.attachment import Attachment
from dondoc.mail.delivery import OutgoingLetter
from dondoc.mail.due_events import FILE_NAME, calendar_file, is_cancelling
from dondoc.mail.values import RenderedLetter
from dondoc.mail.wording import OFFICE_ZONE

# Importing `emails` makes every header of the whole process base64; put back what the standard library had.
email.charset.add_charset("utf-8", email.charset.SHORTEST, email.charset.BASE64, "utf-8")

_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


class LetterMessage(Message):
    """A message of two alternatives, with files beside them where there are any, and nothing else around them."""

    files: Sequence[Attachment] = ()

    def build_message(self, message_cls: type | None = None) -> SafeMIMEMultipart:
        """Build multipart/alternative, in multipart/mixed where there are files; boundaries from the Message-ID."""
        outer = self._build_root_message(
            message_cls, _subtype="mixed" if self.files else "alternative", boundary=self._boundary("outer")
        )
        inner = SafeMIMEMultipart("alternative", boundary=self._boundary("inner")) if self.files else outer
        for part in (self._build_text_part(), self._build_html_part()):
            if part is not None:
                inner.attach(part)
        if self.files:
            outer.attach(inner)
            for file in self.files:
                outer.attach(_part(file))
        return outer

    def _boundary(self, place: str) -> str:
        return "=" + hashlib.sha256(f"{place} {self.message_id}".encode()).hexdigest()[:32]


def _part(file: Attachment) -> MIMEBase:
    main, _, sub = file.content_type.partition("/")
    part = MIMEBase(main, sub, policy=None, **file.parameters)
    part.set_payload(file.content)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


def compose(letter: RenderedLetter, *, key: str, sender: str, attachments: Sequence[Attachment] = ()) -> OutgoingLetter:
    """Make the message of a letter, from the address `sender` in the office's name.

    Its due dates go with it as a calendar file, before the `attachments`.

    Raises InvalidInput for an address or a Message-ID that cannot stand in a header: such a letter has failed.
    """
    sender, recipient = mail_address(sender), mail_address(letter.to_address)
    for identity in (letter.message_id, letter.thread_id or letter.message_id):
        if not _MESSAGE_ID.fullmatch(identity) or not identity.isascii():
            raise InvalidInput(f"{identity!r} is not a Message-ID", where="letter")
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"<{letter.list_name}.{sender.rpartition('@')[2]}>",
        "Content-Language": letter.language,
    }
    if letter.thread_id:
        headers |= {"In-Reply-To": letter.thread_id, "References": letter.thread_id}
    message = LetterMessage(
        message_id=letter.message_id,
        # A date of another zone or none would be taken as this machine's local time.
        date=format_datetime(letter.written_at.astimezone(OFFICE_ZONE)),
        subject=letter.subject,
        mail_from=(letter.office_name, sender),
        # A list of one pair: a bare tuple of two texts would be guessed at.
        mail_to=[(letter.to_name, recipient)],
        headers=headers,
        text=letter.text,
        html=letter.html,
    )
    message.files = (*_due_dates(letter, sender), *attachments)
    return OutgoingLetter(key, letter.message_id, sender, recipient, message.as_bytes())


def _due_dates(letter: RenderedLetter, sender: str) -> tuple[Attachment, ...]:
    if not letter.events:
        return ()
    content = calendar_file(letter.events, organizer=(letter.office_name, sender), stamp=letter.written_at)
    method = "CANCEL" if is_cancelling(letter.events) else "PUBLISH"
    return (Attachment(FILE_NAME, "text/calendar", content, {"charset": "utf-8", "method": method}),)
