"""Reads DONDOC_SMTP_URL: which mail server, as whom, and how its connection is kept private."""

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

from dondoc.errors import InvalidInput

SETTING: Final = "DONDOC_SMTP_URL"
IMPLICIT_TLS_PORT: Final = 465
SUBMISSION_PORT: Final = 587
RELAY_PORT: Final = 25


class Privacy(StrEnum):
    """How a connection becomes private. REQUIRED: by STARTTLS or not at all. IMPLICIT: from the first byte."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server to hand letters to. The password is never shown."""

    host: str
    port: int
    privacy: Privacy
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str) -> MailServer:
    """Read `smtp://user:password@host:587?tls=required|optional|none` or `smtps://…`.

    Default: `required`, and `none` on this machine itself. A password is taken only where it cannot be overheard.
    Raises InvalidInput; its message never holds the password.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        query = parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        _refuse("it is not a URL; write smtp://host:587 or smtps://host")
    if parts.scheme not in {"smtp", "smtps"} or not host:
        _refuse("write smtp://host:587 or smtps://host")
    if set(query) - {"tls"} or parts.path.strip("/") or parts.fragment:
        _refuse("after the host only ?tls=required, optional or none may stand")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii() or not (user + password).isprintable():
        _refuse("the user and the password must be printable ASCII; percent-encode other characters")
    privacy = _privacy(parts.scheme, query.get("tls", []), host)
    if user and privacy in {Privacy.NONE, Privacy.OPTIONAL} and not is_loopback(host):
        _refuse("a password would go over an open line; use tls=required or smtps://")
    if port is None:
        port = IMPLICIT_TLS_PORT if privacy is Privacy.IMPLICIT else SUBMISSION_PORT if user else RELAY_PORT
    return MailServer(host, port, privacy, user, password)


def is_loopback(host: str) -> bool:
    """Answer whether a host is this machine itself, by its name or number."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _privacy(scheme: str, asked: list[str], host: str) -> Privacy:
    if scheme == "smtps":
        if asked and asked != ["required"]:
            _refuse("smtps:// is always private; leave tls out")
        return Privacy.IMPLICIT
    if not asked:
        return Privacy.NONE if is_loopback(host) else Privacy.REQUIRED
    if len(asked) > 1 or asked[0] not in {Privacy.NONE, Privacy.OPTIONAL, Privacy.REQUIRED}:
        _refuse("tls must be required, optional or none")
    return Privacy(asked[0])


def _refuse(what: str) -> NoReturn:
    raise InvalidInput(what, where=SETTING) from None
