"""The sweep as a flow: what is due now moves to its next rung, and its letters are written."""

from prefect import flow

from dondoc.operations.sweep import SweepResult
from dondoc.operations.sweep import sweep as sweep_once
from flows.surroundings import database, moment, rules


# Retried because SQLite has one writer and may be busy; beyond that, the next run does what this one did not.
@flow(name="sweep", retries=2, retry_delay_seconds=5, validate_parameters=False)
def sweep(now: str | None = None) -> SweepResult:
    """Do one pass at `now` (ISO 8601; default the clock). It does what is due, whenever it runs and however often."""
    return sweep_once(database(), moment(now), rules=rules())
