"""The delivery as a flow: letters that wait in the outbox are sent."""

from functools import partial

from prefect import flow

from dondoc.operations.deliver import DeliverResult
from dondoc.operations.deliver import deliver as deliver_once
from dondoc.operations.sender import sender_of
from dondoc.settings import load_settings
from flows.surroundings import database, moment


# No retry: each letter keeps its own count of attempts, and the next run is a minute away.
@flow(name="deliver", validate_parameters=False)
def deliver(now: str | None = None) -> DeliverResult:
    """Do one pass at `now` (ISO 8601; default the clock). Letters claimed by another pass are left to it."""
    clock = None if now else partial(moment, None)
    return deliver_once(database(), moment(now), sender=sender_of(load_settings()), clock=clock)
