"""Names what a database driver reports in the house's own words: one line that says what failed and what to do."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from dondoc.errors import DatabaseBusy, DatabaseFailed, DondocError, InvalidInput, NotInitialised

BUSY_STATES = frozenset({"55P03", "40001", "40P01"})
"""PostgreSQL: lock not available, serialization failure, deadlock detected."""
NO_TABLE_STATES = frozenset({"42P01", "42703"})
"""PostgreSQL: undefined table, undefined column."""
NO_TABLE_SIGNS = ("no such table", "no such column")
"""SQLite has no code of its own for these."""

NOT_KEPT = {
    "22003": "a number that was given is too large; correct it",
    "22021": "a text that was given holds a character that cannot be kept; write it again without it",
    "22P05": "a text that was given holds a character that cannot be kept; write it again without it",
}
"""PostgreSQL: numeric value out of range, character not in repertoire, untranslatable character (U+0000 in JSON)."""

DISK_FULL = "the disk is full or fails; nothing was written. Free some space, then repeat the command"
BY_STATE = {
    "53100": DISK_FULL,
    "25006": "the database is read-only; nothing was written. Name the one that takes writes",
    "3D000": "there is no database of that name on the server; create it, or correct DONDOC_DATABASE_URL",
}
"""PostgreSQL: disk full, read-only transaction, no such database."""
BY_NAME = {
    "SQLITE_FULL": DISK_FULL,
    "SQLITE_IOERR": DISK_FULL,
    "SQLITE_READONLY": "the database file or its folder is read-only; nothing was written. Give it write rights",
    "SQLITE_CANTOPEN": "the database file cannot be opened; correct DONDOC_HOME or DONDOC_DATABASE_URL, or its rights",
    "SQLITE_NOTADB": "the file is not an SQLite database; correct DONDOC_HOME or DONDOC_DATABASE_URL",
    "SQLITE_CORRUPT": "the database file is damaged; nothing was written. Restore it from a backup",
}
"""SQLite's families of failures: an extended name (SQLITE_IOERR_WRITE) begins with its family's."""


def database_failure(error: BaseException, where: str = "") -> DondocError | None:
    """Give the error to raise for what a driver reported, after the place it concerns; None when it is no such report.

    The words of the server are passed on only where nothing better is known; drivers keep passwords out of them.
    """
    if not isinstance(error, DBAPIError):
        return None
    said: Any = error.orig
    state, name = getattr(said, "sqlstate", None) or "", getattr(said, "sqlite_errorname", None) or ""
    if state in BUSY_STATES or name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseBusy(where=where)
    if state in NOT_KEPT:
        return InvalidInput(NOT_KEPT[state], where=where)
    if state in NO_TABLE_STATES or any(sign in str(said) for sign in NO_TABLE_SIGNS):
        return NotInitialised(where=where)
    known = BY_STATE.get(state) or next((BY_NAME[family] for family in BY_NAME if name.startswith(family)), None)
    if known is not None:
        return DatabaseFailed(known, where=where)
    first = (str(said).splitlines() or [type(said).__name__])[0]
    return DatabaseFailed(f"no answer ({first}). Nothing was written; see: dondoc doctor", where=where)
