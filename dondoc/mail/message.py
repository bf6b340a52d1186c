"""Makes a rendered letter a MIME message with `emails`: text and HTML as alternatives, identity and date given.

The same letter gives the same bytes, so a letter sent again is the same letter.
"""

import email.charset
import hashlib
import re
from email.utils import format_datetime

from emails.message import Message
from emails.utils import SafeMIMEMultipart

from dondoc.errors import InvalidInput
from dondoc.mail.address import mail_address
from dondoc.mail.delivery import OutgoingLetter
from dondoc.mail.values import RenderedLetter
from dondoc.mail.wording import OFFICE_ZONE

# Importing `emails` makes every header of the whole process base64; put back what the standard library had.
email.charset.add_charset("utf-8", email.charset.SHORTEST, email.charset.BASE64, "utf-8")

_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


class AlternativeMessage(Message):
    """A message of two alternatives and nothing around them."""

    def build_message(self, message_cls: type | None = None) -> SafeMIMEMultipart:
        """Build multipart/alternative with a boundary made from the Message-ID."""
        boundary = hashlib.sha256(str(self.message_id).encode()).hexdigest()[:32]
        message = self._build_root_message(message_cls, _subtype="alternative", boundary=f"={boundary}")
        for part in (self._build_text_part(), self._build_html_part()):
            if part is not None:
                message.attach(part)
        return message


def compose(letter: RenderedLetter, *, key: str, sender: str) -> OutgoingLetter:
    """Make the message of a letter, from the address `sender` in the office's name.

    Raises InvalidInput for an address or a Message-ID that cannot stand in a header: such a letter has failed.
    """
    sender, recipient = mail_address(sender), mail_address(letter.to_address)
    for identity in (letter.message_id, letter.thread_id or letter.message_id):
        if not _MESSAGE_ID.fullmatch(identity) or not identity.isascii():
            raise InvalidInput(f"{identity!r} is not a Message-ID", where="letter")
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"<dondoc.{sender.rpartition('@')[2]}>",
        "Content-Language": letter.language,
    }
    if letter.thread_id:
        headers |= {"In-Reply-To": letter.thread_id, "References": letter.thread_id}
    message = AlternativeMessage(
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
    return OutgoingLetter(key, letter.message_id, sender, recipient, message.as_bytes())
