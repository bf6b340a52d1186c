"""What an installation may set: read once from the environment, then `.env`, then the defaults, each with its source.

A frozen value and a few readers, on purpose: pydantic-settings costs 0.14 to 0.28 s to import, over a third of what
`dondoc status` may take as a whole process.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

from dondoc.errors import InvalidInput, UnreadableInput
from dondoc.mail.address import mail_address

ENV_FILE = ".env"
DATABASE_FILE = "dondoc.db"
MAILDIR = "mail"
LANGUAGES = ("vi", "en")
POSTGRESQL = "postgresql+psycopg"
DATABASE_SCHEMES = ("sqlite", POSTGRESQL, "postgresql", "postgres")
SMTP_SCHEMES = ("smtp", "smtps")
WEB_SCHEMES = ("http", "https")
HIDDEN = "***"


class Source(StrEnum):
    """Where a value was read; an earlier one wins."""

    ENVIRONMENT = "environment"
    ENV_FILE = ".env"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class ShownSetting:
    """A setting as a person may see it: passwords hidden."""

    name: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True, repr=False)
class Settings:
    """Everything an installation sets. `database_url`, `smtp_url` and `secret_key` hold secrets: print `shown()` only.

    `smtp_url` None: letters are written to the maildir. `prefect_api_url` None: the server that `dondoc up` starts.
    `mail_per_domain`: letters a minute to one recipient domain, None for no limit. `bounces`: the maildir or mailbox
    into which reports of failed delivery come, None for none.
    """

    home: Path
    database_url: str
    smtp_url: str | None
    mail_from: str
    base_url: str
    language: str
    prefect_api_url: str | None
    mail_per_domain: int | None
    secret_key: str | None
    bounces: Path | None
    sources: Mapping[str, Source]

    @property
    def maildir(self) -> Path:
        """Where letters are written when no mail server is set."""
        return self.home / MAILDIR

    def shown(self) -> tuple[ShownSetting, ...]:
        """Give every setting by the name of its variable, without its secrets."""
        no_server = f"letters are written to {self.maildir}"
        values = {
            "DONDOC_HOME": str(self.home),
            "DONDOC_DATABASE_URL": without_password(self.database_url),
            "DONDOC_SMTP_URL": without_password(self.smtp_url) if self.smtp_url else no_server,
            "DONDOC_MAIL_FROM": self.mail_from,
            "DONDOC_BASE_URL": without_password(self.base_url),
            "DONDOC_LANG": self.language,
            "PREFECT_API_URL": without_password(self.prefect_api_url)
            if self.prefect_api_url
            else "the server that dondoc up starts",
            "DONDOC_MAIL_PER_DOMAIN": f"{self.mail_per_domain} letters a minute"
            if self.mail_per_domain
            else "no limit",
            "DONDOC_BOUNCES": str(self.bounces) if self.bounces else "no mailbox is read",
            "DONDOC_SECRET_KEY": HIDDEN if self.secret_key else f"kept in {self.home}",
        }
        return tuple(ShownSetting(name, value, self.sources[name]) for name, value in values.items())

    def __repr__(self) -> str:
        """Show the settings without their secrets, so that a trace cannot carry them either."""
        return f"Settings({', '.join(f'{one.name}={one.value!r}' for one in self.shown())})"


def load_settings(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Read the settings; `environ` is the process's and `folder`, where `.env` may stand, the current one by default.

    An empty value counts as not set. Raises InvalidInput naming the variable that is wrong.
    """
    given = _Given(os.environ if environ is None else environ, folder or Path())
    home = Path(given.text("DONDOC_HOME", "./.dondoc")).expanduser().absolute()
    settings = Settings(
        home=home,
        database_url=given.read("DONDOC_DATABASE_URL", checked_database_url) or f"sqlite:///{home / DATABASE_FILE}",
        smtp_url=given.read("DONDOC_SMTP_URL", _smtp_url),
        mail_from=given.read("DONDOC_MAIL_FROM", _mail_address) or "dondoc@localhost",
        base_url=given.read("DONDOC_BASE_URL", _web_url) or "http://127.0.0.1:8765",
        language=given.read("DONDOC_LANG", _language) or LANGUAGES[0],
        prefect_api_url=given.read("PREFECT_API_URL", _web_url),
        mail_per_domain=_number(given.read("DONDOC_MAIL_PER_DOMAIN", _letters_a_minute)),
        secret_key=given.read("DONDOC_SECRET_KEY", str),
        bounces=_path(given.read("DONDOC_BOUNCES", str)),
        sources=given.sources,
    )
    if home.exists() and not home.is_dir():
        raise InvalidInput(f"{home} is a file; name a folder", where="DONDOC_HOME")
    return settings


def without_password(url: str) -> str:
    """Give a URL with its password, and any value named like one, replaced by ***."""
    parts = urlsplit(url)
    place = parts.netloc
    if "@" in place:
        user, _, host = place.rpartition("@")
        name, colon, _ = user.partition(":")
        place = f"{name}{colon}{HIDDEN if colon else ''}@{host}"
    query = "&".join(_without_secret(pair) for pair in parts.query.split("&")) if parts.query else ""
    shown = urlunsplit(parts._replace(netloc=place, query=query))
    # urlunsplit drops the empty host of sqlite:///relative.
    return url if shown.count("/") != url.count("/") and HIDDEN not in shown else shown


def _without_secret(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    secret = any(word in name.lower() for word in ("pass", "secret", "token", "key"))
    return f"{name}{equals}{HIDDEN}" if secret else pair


class _Given:
    """What is set where, remembering the source of each value that was asked for."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self.environ = environ
        self.file = _env_file(folder / ENV_FILE)
        self.sources: dict[str, Source] = {}

    def text(self, name: str, default: str) -> str:
        for source, values in ((Source.ENVIRONMENT, self.environ), (Source.ENV_FILE, self.file)):
            value = values.get(name, "").strip()
            if value:
                self.sources[name] = source
                return value
        self.sources[name] = Source.DEFAULT
        return default

    def read(self, name: str, reader: Callable[[str], str]) -> str | None:
        value = self.text(name, "")
        if not value:
            return None
        try:
            return reader(value)
        except ValueError as error:
            raise InvalidInput(f"{error} (from {self.sources[name].value})", where=name) from None


def _env_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    # Only who has the file pays for the reader.
    from dotenv import dotenv_values  # noqa: PLC0415

    try:
        return {name: value for name, value in dotenv_values(path, interpolate=False).items() if value is not None}
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput("cannot be read as UTF-8 text; save it as UTF-8 or remove it", where=str(path)) from None


def checked_database_url(value: str) -> str:
    """Give a database's address with the driver that is installed. Raises ValueError, never repeating the address."""
    parts = _url(value, DATABASE_SCHEMES, "sqlite:///FILE or postgresql://user:password@host/database")
    if parts.scheme == "sqlite":
        if not value.startswith("sqlite:///"):
            msg = "an SQLite address has three slashes before a relative file, four before an absolute one"
            raise ValueError(msg)
        return value
    if not parts.path.strip("/"):
        msg = "the address names no database: postgresql://user:password@host/database"
        raise ValueError(msg)
    return POSTGRESQL + value[len(parts.scheme) :]


def _smtp_url(value: str) -> str:
    parts = _url(value, SMTP_SCHEMES, "smtp://user:password@host:587?tls=required or smtps://…")
    if not parts.hostname:
        msg = "the address names no mail server"
        raise ValueError(msg)
    return value


def _web_url(value: str) -> str:
    parts = _url(value, WEB_SCHEMES, "http://host:port or https://host")
    if not parts.hostname:
        msg = "the address names no host"
        raise ValueError(msg)
    return value.rstrip("/")


def _url(value: str, schemes: tuple[str, ...], expected: str) -> SplitResult:
    """Split an address. The message never repeats the value: it may hold a password."""
    if any(char.isspace() or not char.isprintable() for char in value):
        msg = f"the address has spaces or control characters in it; expected {expected}"
        raise ValueError(msg)
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        msg = f"the address cannot be understood; expected {expected}"
        raise ValueError(msg) from None
    if parts.scheme not in schemes:
        known = f"the scheme {parts.scheme!r} is not known; " if parts.scheme else ""
        msg = f"{known}expected {expected}"
        raise ValueError(msg)
    return parts


def _mail_address(value: str) -> str:
    """Give the address with its domain in ASCII: a slip here would fail every letter, as if each were at fault."""
    try:
        return mail_address(value)
    except InvalidInput:
        msg = f"{value[:80]!r} cannot write letters; expected one plain e-mail address, such as vanphong@donvi.example"
        raise ValueError(msg) from None


def _letters_a_minute(value: str) -> str:
    if not value.isdecimal() or not int(value):
        msg = f"{value!r} is not a number of letters a minute to one mail domain, such as 60; leave it out for no limit"
        raise ValueError(msg)
    return value


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser().absolute() if value else None


def _number(value: str | None) -> int | None:
    return int(value) if value else None


def _language(value: str) -> str:
    if value.lower() not in LANGUAGES:
        msg = f"{value!r} is not a language that dondoc speaks; choose one of: {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    return value.lower()
