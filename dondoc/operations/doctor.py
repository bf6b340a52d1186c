"""Examine an installation: each thing it stands on, how it is, and what to do. Nothing is changed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, case, exists, func, select

from dondoc.calendar_file import default_calendar
from dondoc.errors import DondocError
from dondoc.operations.bounces import dead_addresses
from dondoc.operations.finding import Finding, Result
from dondoc.operations.lease import WAITING
from dondoc.operations.mail_switch import mail_switch_of
from dondoc.operations.ready import open_ready
from dondoc.operations.recount import counter_drift
from dondoc.operations.standing_in import serves
from dondoc.operations.surroundings import disk_space, mail_route, prefect_server
from dondoc.operations.unfinished import unfinished_cascades
from dondoc.settings import Settings
from models.migrations import SCHEMA
from models.session import Database
from models.tables.directives import period
from models.tables.ledger import ledger
from models.tables.letters import letter
from models.tables.units import officer, unit_version
from models.vocabulary import LetterState
from policies.workdays import ZONE

VIETNAM_OFFSET = timedelta(hours=7)
CLOCK_TOLERANCE = timedelta(minutes=5)
STALE = timedelta(hours=2)
"""A letter that waits so long past its time is being sent by nobody: a delivery runs every minute."""
NAMED = 5
"""Directives, or addresses, named in one line."""


def examine(settings: Settings, now: datetime) -> tuple[Finding, ...]:
    """Examine everything, whatever fails on the way: settings, database, calendar, mail, Prefect, disk."""
    surroundings = (mail_route(settings), prefect_server(settings), disk_space(settings))
    return (*_settings(settings), *_database(settings, now), *surroundings)


def _settings(settings: Settings) -> Iterator[Finding]:
    for one in settings.shown():
        yield Finding(one.name, Result.OK, f"{one.value} ({one.source.value})")


def _database(settings: Settings, now: datetime) -> Iterator[Finding]:
    try:
        database = open_ready(settings)
    except DondocError as error:
        yield Finding("database", Result.FAILED, str(error), _what_to_do(error))
        yield _clock(None, now)
        yield _calendar(None, now)
        return
    try:
        yield from _contents(database, now)
    finally:
        database.dispose()


def _what_to_do(error: DondocError) -> str:
    if "dondoc init" in str(error):
        return "dondoc init"
    return "start the database, or correct DONDOC_DATABASE_URL"


def _contents(database: Database, now: datetime) -> Iterator[Finding]:
    yield Finding("database", Result.OK, f"{database.shown} answers")
    yield Finding("schema", Result.OK, SCHEMA)
    with database.reading() as connection:
        yield _counters(connection)
        yield _cascades(connection)
        yield _letters(connection, now)
        yield _switch(connection)
        yield _addresses(connection)
        yield _officers(connection, now.astimezone(ZONE).date())
        yield _clock(connection.execute(select(func.max(ledger.c.at))).scalar(), now)
        yield _calendar(connection.execute(select(func.max(period.c.effective_due))).scalar(), now)


def _counters(connection: Connection) -> Finding:
    drifted = counter_drift(connection)
    if drifted:
        says = f"{drifted} counters differ from a recount of the assignments"
        return Finding("counters", Result.FAILED, says, "somebody wrote to the tables by hand: dondoc verify")
    return Finding("counters", Result.OK, "equal a recount of the assignments")


def _cascades(connection: Connection) -> Finding:
    unfinished = unfinished_cascades(connection)
    if unfinished:
        said = [f"{one.number} has not reached {one.units} of its units" for one in unfinished[:NAMED]]
        more = [f"and {len(unfinished) - NAMED} more"] if len(unfinished) > NAMED else []
        return Finding("cascades", Result.WARNING, "; ".join(said + more), "run: dondoc issue FILE again")
    return Finding("cascades", Result.OK, "every directive in force has reached all its units")


def _letters(connection: Connection, now: datetime) -> Finding:
    """Find letters that were given up, and letters that nobody sends."""
    waiting = case((letter.c.state == LetterState.NEW, letter.c.created_at), else_=letter.c.next_try_at)
    in_doubt = (letter.c.state == LetterState.AMBIGUOUS) & letter.c.next_try_at.is_(None)
    row = connection.execute(
        select(
            func.count().filter(letter.c.state == LetterState.FAILED).label("failed"),
            func.count().filter(in_doubt).label("in_doubt"),
            func.count().filter(letter.c.state == LetterState.RETRY).label("again"),
            func.count().filter(letter.c.state.in_(WAITING), waiting <= now - STALE).label("stale"),
        )
    ).one()
    if row.failed or row.in_doubt:
        says = f"{row.failed} letters failed, {row.in_doubt} may not have arrived; {row.again} wait for another try"
        do = "see dondoc letters --state failed (or ambiguous); then, one by one: dondoc letters --requeue ID"
        return Finding("letters", Result.WARNING, says, do)
    if row.stale:
        says = f"{row.stale} letters should have left over {STALE // timedelta(hours=1)} hours ago"
        return Finding("letters", Result.WARNING, says, "run: dondoc up, or dondoc deliver every minute")
    return Finding("letters", Result.OK, f"none failed; {row.again} wait for another try")


def _switch(connection: Connection) -> Finding:
    switch = mail_switch_of(connection)
    if switch.off and switch.at is not None:
        says = f"mail was turned off by {switch.by} at {switch.at.astimezone(ZONE):%H:%M %d/%m/%Y}: {switch.why}"
        return Finding("mail switch", Result.WARNING, says, "when letters may leave again: dondoc mail on")
    return Finding("mail switch", Result.OK, "mail is on")


def _addresses(connection: Connection) -> Finding:
    dead = dead_addresses(connection)
    if dead:
        named = ", ".join(one.address for one in dead[:NAMED])
        says = f"{len(dead)} officers' addresses take no letters: {named}{' …' if len(dead) > NAMED else ''}"
        return Finding("addresses", Result.WARNING, says, "correct them (dondoc units import), or: dondoc mail restore")
    return Finding("addresses", Result.OK, "every address takes letters")


def _officers(connection: Connection, day: date) -> Finding:
    version = unit_version.c
    standing = (version.valid_from <= day) & (version.valid_to.is_(None) | (version.valid_to > day))
    somebody = exists().where(officer.c.unit_id == version.unit_id, serves(officer, day))
    units = connection.execute(select(func.count()).select_from(unit_version).where(standing)).scalar_one()
    silent = connection.execute(select(func.count()).select_from(unit_version).where(standing, ~somebody)).scalar_one()
    if silent:
        says = f"{silent} of {units} units have nobody to write to"
        return Finding("officers", Result.WARNING, says, "name an officer with an e-mail address: dondoc units import")
    return Finding("officers", Result.OK, f"{units} units, each with somebody to write to")


def _clock(newest: datetime | None, now: datetime) -> Finding:
    local = now.astimezone(ZONE)
    if local.utcoffset() != VIETNAM_OFFSET:
        says = f"{ZONE.key} is {local:%z} from UTC here, not +0700"
        return Finding("clock", Result.FAILED, says, "repair the time zone data, or install the package tzdata")
    if newest is not None and newest > now + CLOCK_TOLERANCE:
        says = (
            f"it is {local:%H:%M %d/%m/%Y}, but the ledger was last written at {newest.astimezone(ZONE):%H:%M %d/%m/%Y}"
        )
        return Finding("clock", Result.WARNING, says, "set the clock, unless the ledger was written with --now")
    return Finding("clock", Result.OK, f"{local:%H:%M %d/%m/%Y} {ZONE.key}")


def _calendar(last_due: date | None, now: datetime) -> Finding:
    """Say which of the years that matter, this one and those of every due date to come, have decided days off."""
    first = now.astimezone(ZONE).year
    years = range(first, max(first, last_due.year if last_due else first) + 1)
    warnings = default_calendar().warnings_for(years)
    if warnings:
        return Finding(
            "calendar", Result.WARNING, " ".join(warnings), "add the days to the calendar when they are decided"
        )
    return Finding("calendar", Result.OK, f"days off are decided for {', '.join(map(str, years))}")
