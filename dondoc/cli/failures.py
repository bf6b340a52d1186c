"""What a failure is called in one line, and the exit status it gives."""

from dondoc.cli.door import visible
from dondoc.errors import DondocError, InvalidInput


def explain(error: BaseException) -> tuple[str, int]:
    """Give the line that says what failed, where and what to do, and the exit status."""
    known = error if isinstance(error, DondocError) else _named(error)
    return " ".join(visible(str(known)).split()), known.exit_status


def _named(error: BaseException) -> DondocError:
    """Name a failure that the house did not raise itself: a usage error, the database, the system, a fault of ours."""
    usage = getattr(error, "format_message", None)
    if usage is not None:
        context = getattr(error, "ctx", None)
        return InvalidInput(f"{usage().rstrip('.')}; see: {context.command_path if context else 'dondoc'} --help")
    if isinstance(error, UnicodeEncodeError):
        return InvalidInput("something given is not UTF-8 text; give it again from a terminal that is set to UTF-8")
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return DondocError(f"{place}{error.strerror or error}; check the path, its rights and the room on the disk")
    if isinstance(error, OverflowError):
        return InvalidInput("a number that was given is too large; correct it")
    if isinstance(error, MemoryError | RecursionError):
        return DondocError("what was given is too large to work on; give less of it")
    from dondoc.operations.database_failure import database_failure  # noqa: PLC0415 (SQLAlchemy is slow to load)

    wrong = f"this should not have happened: {type(error).__name__}: {error}; run again with --debug"
    return database_failure(error) or DondocError(wrong)
