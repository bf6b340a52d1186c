"""What a failure is called in one line, and the exit status it gives."""

from dondoc.errors import DondocError

USAGE_STATUS = 2


def explain(error: BaseException) -> tuple[str, int]:
    """Give the line that says what failed, where and what to do, and the exit status."""
    if isinstance(error, DondocError):
        return _one_line(str(error)), error.exit_status
    from dondoc.operations.database_failure import database_failure  # noqa: PLC0415 (SQLAlchemy, for a wrong option, is slow)

    known = database_failure(error)
    if known is not None:
        return _one_line(str(known)), known.exit_status
    usage = getattr(error, "format_message", None)
    if usage is not None:
        context = getattr(error, "ctx", None)
        return f"{_one_line(usage())} See: {context.command_path if context else 'dondoc'} --help", USAGE_STATUS
    if isinstance(error, UnicodeEncodeError):
        return "something given is not UTF-8 text; write it again, from a terminal that is set to UTF-8", USAGE_STATUS
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}; check the path, its rights and the room on the disk", 1
    if isinstance(error, MemoryError | RecursionError):
        return "what was given is too large to work on; give less of it", 1
    return f"this should not have happened: {type(error).__name__}: {_one_line(str(error))}; run again with --debug", 1


def _one_line(text: str) -> str:
    """Give text as one line: no line ends, no controls that would move a terminal's cursor."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
