"""What every flow finds around it: the clock, the database and the rules. A flow is a door, so it may read them."""

from datetime import datetime
from functools import cache

from dondoc.clock import moment as read_moment
from dondoc.operations.rules import Rules, office_rules
from dondoc.settings import load_settings
from models.session import Database, open_database


def moment(now: str | None) -> datetime:
    """Read the clock, or the ISO time that drives it: a date alone means 08:00, a time without a zone is Vietnam's."""
    return read_moment(now, "now")


def database() -> Database:
    """Open the installation's database: once in a process, since flows run in threads of one."""
    return _opened(load_settings().database_url)


def rules() -> Rules:
    """Give the rules in force; Message-IDs are made in the sender's domain."""
    settings = load_settings()
    return office_rules(settings.home, settings.mail_from.rpartition("@")[2])


@cache
def _opened(url: str) -> Database:
    return open_database(url)
