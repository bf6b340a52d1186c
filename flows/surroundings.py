"""What every flow finds around it: the clock, the database and the rules. A flow is a door, so it may read them."""

from datetime import datetime, time
from functools import cache

from dondoc.errors import InvalidInput
from dondoc.operations.rules import Rules, default_rules
from dondoc.settings import load_settings
from models.session import Database, open_database
from policies.workdays import ZONE

START_OF_WORK = time(8)
DATE_LENGTH = len("2025-02-14")


def moment(now: str | None) -> datetime:
    """Read the clock, or the ISO time that drives it: a date alone means 08:00, a time without a zone is Vietnam's."""
    if now is None:
        return datetime.now(ZONE)
    try:
        given = datetime.fromisoformat(now)
    except ValueError:
        raise InvalidInput(f"{now!r} is not an ISO 8601 time, such as 2025-02-14T08:00+07:00", where="now") from None
    if len(now) == DATE_LENGTH:
        given = datetime.combine(given, START_OF_WORK)
    return given if given.tzinfo else given.replace(tzinfo=ZONE)


def database() -> Database:
    """Open the installation's database: once in a process, since flows run in threads of one."""
    return _opened(load_settings().database_url)


def rules() -> Rules:
    """Give the rules in force; Message-IDs are made in the sender's domain."""
    return default_rules(load_settings().mail_from.rpartition("@")[2])


@cache
def _opened(url: str) -> Database:
    return open_database(url)
