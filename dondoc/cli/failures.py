"""What a failure is called in one line, and the exit status it gives."""

from dondoc.errors import DatabaseBusy, DatabaseFailed, DondocError, NotInitialised

MISSING_TABLE = ("no such table", "undefinedtable", "does not exist")
USAGE_STATUS = 2


def explain(error: BaseException) -> tuple[str, int]:
    """Give the line that says what failed, where and what to do, and the exit status."""
    if isinstance(error, DondocError):
        return _one_line(str(error)), error.exit_status
    known = _database_failure(error)
    if known is not None:
        return _one_line(str(known)), known.exit_status
    usage = getattr(error, "format_message", None)
    if usage is not None:
        return f"{_one_line(usage())} See: dondoc --help", USAGE_STATUS
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}", 1
    return f"this should not have happened: {type(error).__name__}: {_one_line(str(error))}; run again with --debug", 1


def _database_failure(error: BaseException) -> DondocError | None:
    """Name what a database driver reports in the house's own words; None when it is no such report."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 (paid only when something failed)

    if not isinstance(error, DBAPIError):
        return None
    said = f"{type(error.orig).__name__}: {error.orig}".lower()
    if "locked" in said or "lock timeout" in said:
        return DatabaseBusy()
    if any(sign in said for sign in MISSING_TABLE):
        return NotInitialised()
    first = str(error.orig).splitlines()[0] if str(error.orig) else type(error.orig).__name__
    if "disk" in said or "no space" in said:
        return DatabaseFailed(f"the disk is full or cannot be written ({first}); nothing was written. Free some space")
    return DatabaseFailed(f"the database did not answer ({first}); nothing was written. See: dondoc doctor")


def _one_line(text: str) -> str:
    return " ".join(text.split())
