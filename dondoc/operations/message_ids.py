"""Where a Message-ID is unique: a domain of its own for each ledger entry that writes letters.

A key alone repeats: in a copy for tests, and in what is written after a backup was restored. A mail server that sees
the same Message-ID twice may drop the second letter without a word.
"""

import hashlib
from datetime import datetime

from sqlalchemy import select

from dondoc.mail.address import mail_domain
from dondoc.operations.ledger import Entry
from models.tables.installation import installation

MARK_LENGTH = 12
"""Hexadecimal characters that stand for the installation, its history and the moment."""

_TOKEN = select(installation.c.token)


def message_id_domain(opened: Entry, now: datetime, sender_domain: str) -> str:
    """Give the domain of the Message-IDs of an entry: `1f0c9a66be02.donvi.example`, in ASCII.

    Raises InvalidInput for a sender's domain that is none.
    """
    token = opened.connection.execute(_TOKEN).scalar_one()
    mark = hashlib.sha256(f"{token} {opened.prev} {now.timestamp()}".encode()).hexdigest()[:MARK_LENGTH]
    return f"{mark}.{mail_domain(sender_domain)}"
