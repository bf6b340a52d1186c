"""Every error that a person may see, as one tree. The docstring is the default message; each says what to do.

A door prints `str(error)` as its one line and leaves with `exit_status`.
"""


class DondocError(Exception):
    """Something went wrong."""

    exit_status = 1

    def __init__(self, message: str = "", *, where: str = "") -> None:
        """Say `message` (default: the class's docstring), after the place it concerns, if any."""
        text = message or (type(self).__doc__ or "").strip()
        super().__init__(f"{where}: {text}" if where else text)
        self.reason = text
        self.where = where


class UnreadableInput(DondocError):
    """The input cannot be read. Check the file and try again."""

    exit_status = 2


class InvalidInput(DondocError):
    """The input does not say what is needed. Correct the named place and try again."""

    exit_status = 2


class NotFound(DondocError):
    """Nothing by that name is registered."""


class Refused(DondocError):
    """The act is not possible now."""


class Conflict(Refused):
    """Somebody else changed it first. Look at it again, then repeat the act if it is still wanted."""


class NeedsAnswer(DondocError):
    """A person must decide this first; nothing was guessed."""


class SecretDocument(Refused):
    """The document is marked as a state secret and is not taken in."""

    exit_status = 2


class NotInitialised(DondocError):
    """The database has no schema, or an older one. Run: dondoc init."""


class DatabaseBusy(DondocError):
    """The database is locked by another process. Nothing was written; try again in a moment."""


class DatabaseFailed(DondocError):
    """The database did not answer. Nothing was written; see: dondoc doctor."""


class EngineUnavailable(DondocError):
    """The Prefect server does not answer. What was done stands; run the same command again to go on."""
