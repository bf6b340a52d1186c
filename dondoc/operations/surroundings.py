"""What an installation needs outside its database: a way for letters, a Prefect server, room on the disk."""

import os
import shutil
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from dondoc.errors import InvalidInput
from dondoc.mail.smtp import check
from dondoc.operations.finding import Finding, Result
from dondoc.settings import Settings, without_password

MAIL_TIMEOUT_SECONDS = 10.0
PREFECT_TIMEOUT_SECONDS = 3.0
MEGABYTE = 1_000_000
LEAST_FREE_MB = 100
"""Below this, writing is about to fail."""
LITTLE_FREE_MB = 1_000


def mail_route(settings: Settings) -> Finding:
    """Shake hands with the mail server and send nothing; or see that the maildir can be written."""
    if settings.smtp_url is None:
        if _writable(settings.maildir):
            return Finding("mail", Result.OK, f"letters are written to {settings.maildir}")
        return Finding(
            "mail", Result.FAILED, f"{settings.maildir} cannot be written", "give this account the right to write there"
        )
    try:
        handshake = check(settings.smtp_url, timeout_seconds=MAIL_TIMEOUT_SECONDS)
    except InvalidInput as error:
        return Finding("mail", Result.FAILED, str(error), "correct DONDOC_SMTP_URL")
    where = without_password(settings.smtp_url)
    if not handshake.ok:
        says = f"{where}: {handshake.reply}"
        return Finding("mail", Result.FAILED, says, "correct DONDOC_SMTP_URL, or ask who keeps the mail server")
    return Finding("mail", Result.OK, f"{where} answers ({handshake.tls or 'an open line'}): {handshake.reply}")


def prefect_server(settings: Settings) -> Finding:
    """Ask the Prefect server whether it is well, where one is named."""
    if settings.prefect_api_url is None:
        return Finding("prefect", Result.OK, "starts with dondoc up")
    where = without_password(settings.prefect_api_url)
    # The server is the office's own: no proxy of the environment stands between.
    opener = build_opener(ProxyHandler({}))
    try:
        # The scheme was checked when the settings were read.
        with opener.open(f"{settings.prefect_api_url}/health", timeout=PREFECT_TIMEOUT_SECONDS) as answer:
            well = answer.status == HTTPStatus.OK
    except (URLError, OSError, ValueError) as error:
        says = f"{where} does not answer: {getattr(error, 'reason', error)}"
        return Finding("prefect", Result.FAILED, says, "start it (dondoc up), or correct PREFECT_API_URL")
    if not well:
        return Finding("prefect", Result.FAILED, f"{where} is not well", "look at the server's log")
    return Finding("prefect", Result.OK, f"{where} is well")


def disk_space(settings: Settings) -> Finding:
    """Say how much room is left where DONDOC_HOME stands, and whether it can be written."""
    if not _writable(settings.home):
        return Finding(
            "disk", Result.FAILED, f"{settings.home} cannot be written", "give this account the right to write there"
        )
    free = shutil.disk_usage(_standing(settings.home)).free // MEGABYTE
    says = f"{free:,} MB free in {settings.home}"
    if free < LEAST_FREE_MB:
        return Finding("disk", Result.FAILED, says, "make room before anything else is written")
    if free < LITTLE_FREE_MB:
        return Finding("disk", Result.WARNING, says, "make room")
    return Finding("disk", Result.OK, says)


def _writable(folder: Path) -> bool:
    place = _standing(folder)
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


def _standing(folder: Path) -> Path:
    """Give the folder, or the nearest one above it that exists: the one it would be made in."""
    return next(place for place in (folder, *folder.parents) if place.exists())
