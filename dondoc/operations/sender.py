"""How letters leave this installation: by which transport, from whom, in which language."""

from dondoc.mail.transport import transport_for
from dondoc.operations.deliver import Sender
from dondoc.operations.link_tokens import link_signer
from dondoc.settings import Settings


def sender_of(settings: Settings) -> Sender:
    """Make the sender that the settings name. Raises InvalidInput for a mail server address that makes no sense."""
    return Sender(
        transport_for(settings.smtp_url, settings.maildir),
        settings.mail_from,
        settings.language,
        settings.base_url,
        settings.mail_per_domain,
        link_signer(settings),
    )
