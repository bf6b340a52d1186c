"""The weekly picture as a flow: the head of each unit with subordinates that owe is told how they stand."""

from prefect import flow

from dondoc.operations.weekly import WeeklyResult, write_weekly
from flows.surroundings import database, moment, rules


# Retried because SQLite has one writer and may be busy; beyond that, the next hour's run does what this one did not.
@flow(name="weekly", retries=2, retry_delay_seconds=5, validate_parameters=False)
def weekly(now: str | None = None) -> WeeklyResult:
    """Write this week's pictures at `now` (ISO 8601; default the clock), once, from Monday's working time on."""
    return write_weekly(database(), moment(now), rules=rules())
