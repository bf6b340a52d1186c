"""The reading of bounces as a flow: reports of failed delivery mark dead addresses, and offices are told."""

from prefect import flow

from dondoc.mail.mailbox import messages_in
from dondoc.operations.bounces import BounceResult, read_bounces
from dondoc.settings import load_settings
from flows.surroundings import database, moment


# The same report read again adds nothing: a run that failed is made good by the next.
@flow(name="bounces", validate_parameters=False)
def bounces(now: str | None = None) -> BounceResult | None:
    """Do one pass over the mailbox of DONDOC_BOUNCES at `now` (ISO 8601; default the clock); None where none is set."""
    settings = load_settings()
    if settings.bounces is None:
        return None
    domain = settings.mail_from.rpartition("@")[2]
    return read_bounces(database(), messages_in(settings.bounces), moment(now), mail_domain=domain)
