"""The clock and how a moment is written: what every door (command line, flows, page) reads, in Vietnam's zone."""

from datetime import datetime

from dondoc.errors import InvalidInput
from policies.workdays import ZONE

MORNING_HOUR = 8
"""A date alone means this hour of it."""
LONGEST_DATE = len("2025-02-28")
"""Characters of ISO 8601 without a time of day."""
EARLIEST_YEAR, LATEST_YEAR = 1945, 2199
"""A year outside these is a slip of the hand; the calendar's arithmetic would leave what dates can hold."""


def moment(text: str | None, name: str) -> datetime:
    """Read a moment; the clock where nothing is said. The one place that reads it. `name` is where the text stood."""
    if text is None:
        return datetime.now(ZONE)
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(
            f"{text[:40]!r} is not a moment; write it as 2025-02-28 or 2025-02-28T07:30", where=name
        ) from None
    if len(text.strip()) <= LONGEST_DATE:
        found = found.replace(hour=MORNING_HOUR)
    if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise InvalidInput(f"the year must lie between {EARLIEST_YEAR} and {LATEST_YEAR}; correct it", where=name)
    return found.astimezone(ZONE) if found.tzinfo else found.replace(tzinfo=ZONE)
