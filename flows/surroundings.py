"""What every flow finds around it: the clock, the database and the rules. A flow is a door, so it may read them."""

from datetime import datetime
from functools import cache

import pendulum

from dondoc.errors import InvalidInput
from dondoc.operations.rules import Rules, default_rules
from dondoc.settings import load_settings
from models.session import Database, open_database

ZONE_NAME = "Asia/Ho_Chi_Minh"
START_OF_WORK_HOUR = 8


def moment(now: str | None) -> datetime:
    """Read the clock, or the ISO time that drives it: a date alone means 08:00, a time without a zone is Vietnam's."""
    if now is None:
        return pendulum.now(ZONE_NAME)
    try:
        given = pendulum.parse(now, tz=ZONE_NAME, exact=True)
    except ValueError:
        given = None
    if isinstance(given, pendulum.DateTime):
        return given
    if isinstance(given, pendulum.Date):
        return pendulum.datetime(given.year, given.month, given.day, START_OF_WORK_HOUR, tz=ZONE_NAME)
    raise InvalidInput(f"{now!r} is not an ISO 8601 time, such as 2025-02-14T08:00+07:00", where="now")


def database() -> Database:
    """Open the installation's database: once in a process, since flows run in threads of one."""
    return _opened(load_settings().database_url)


def rules() -> Rules:
    """Give the rules in force; Message-IDs are made in the sender's domain."""
    return default_rules(load_settings().mail_from.rpartition("@")[2])


@cache
def _opened(url: str) -> Database:
    return open_database(url)
