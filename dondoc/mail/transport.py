"""Chooses how letters leave: by the mail server that is set, or into the maildir."""

from pathlib import Path

from dondoc.mail.delivery import Transport
from dondoc.mail.maildir import MaildirTransport
from dondoc.mail.server import mail_server
from dondoc.mail.smtp import SmtpTransport


def transport_for(smtp_url: str | None, maildir_path: Path) -> Transport:
    """Give the transport of DONDOC_SMTP_URL, or the maildir where none is set. Raises InvalidInput for a bad URL."""
    return SmtpTransport(mail_server(smtp_url)) if smtp_url else MaildirTransport(maildir_path)
