"""Mail addresses and domains that can be written to: checked once, and given in ASCII."""

import re
from typing import Final

from dondoc.errors import InvalidInput

ADDRESS_LIMIT: Final = 254  # RFC 5321, 4.5.3.1.3, without the brackets
LOCAL_PART_LIMIT: Final = 64
_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def mail_address(text: str) -> str:
    """Check one address and give it with its domain in ASCII (IDNA). Raises InvalidInput for anything else."""
    address = text.strip(" ")
    local, at, domain = address.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or len(local) > LOCAL_PART_LIMIT or len(address) > ADDRESS_LIMIT:
        raise InvalidInput(f"{text[:80]!r} is not a mail address that can be written to; correct the officer's e-mail")
    return f"{local}@{mail_domain(domain)}"


def mail_domain(text: str) -> str:
    """Check one domain and give it in ASCII (IDNA), in small letters. Raises InvalidInput for anything else."""
    try:
        domain = text.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        raise InvalidInput(f"{text[:80]!r} is not a mail domain; correct the address")
    return domain.lower()
