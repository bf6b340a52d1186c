"""`dondoc demo`: a province's half-year, played in a fresh home, and what to look at afterwards."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import typer
from sqlalchemy import func, select

from dondoc.cli.commands.follow import COUNTS
from dondoc.cli.door import opened, print_table, rules_of, say
from dondoc.cli.engine.cascade_run import cascade_through_engine
from dondoc.errors import Refused
from dondoc.mail.maildir import file_name
from dondoc.operations.import_units import import_units
from dondoc.operations.province import generate_grassroots
from dondoc.operations.replay import FIRST_DAY, LAST_DAY, Replay
from dondoc.operations.samples import sample_directive, sample_units
from dondoc.operations.sender import sender_of
from dondoc.operations.status import UnitCounts, status
from dondoc.operations.verify import verify
from dondoc.settings import Settings
from models.migrations.run import upgrade
from models.session import Database
from models.tables.letters import letter, notice
from models.tables.units import unit
from models.vocabulary import LetterKind
from policies.workdays import ZONE

BEGIN = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 7, tzinfo=ZONE)
END = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 18, tzinfo=ZONE)
WORST_SHOWN = 10


def play(settings: Settings, *, units: int, seed: int) -> int:
    """Play the story and print what came of it; give the exit status (1 if the ledger does not hold)."""
    settings.home.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url)
    with opened(settings) as (database, _settings):
        _refuse_used(database, settings)
        upper = sample_units()
        drafts = (*upper, *generate_grassroots(upper, units, seed))
        import_units(database, drafts, now=BEGIN - timedelta(days=1), actor="dondoc demo")
        say(f"{len(drafts)} units; playing {FIRST_DAY:%d/%m/%Y} to {LAST_DAY:%d/%m/%Y}.")
        replay = Replay(
            database,
            seed=seed,
            rules=rules_of(settings),
            sender=sender_of(settings),
            cascade=lambda reference, now: _through_engine(reference, now, settings),
        )
        _watch(replay)
        return _report(database, settings)


def _refuse_used(database: Database, settings: Settings) -> None:
    with database.reading() as connection:
        used = connection.execute(select(func.count()).select_from(unit)).scalar_one()
    if used:
        raise Refused(
            f"{settings.home} already holds data; the demo wants a fresh home: DONDOC_HOME=another-folder dondoc demo"
        )


def _through_engine(reference: str, now: datetime, settings: Settings) -> None:
    cascade_through_engine(reference, now, settings.home, say)


def _watch(replay: Replay) -> None:
    """Play every day behind a progress bar."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    last = None
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(f"{FIRST_DAY:%d/%m/%Y}", total=replay.days)
        for day in replay.play():
            said = f"{day.day:%d/%m/%Y}  {day.directives} directives, {day.acts} acts, {day.letters} letters"
            progress.update(task, advance=1, description=said)
            last = day
    if last is not None:
        refused = f", {last.refused} refused" if last.refused else ""
        say(f"{last.directives} directives, {last.acts} acts{refused}, {last.letters} letters sent.")


def _report(database: Database, settings: Settings) -> int:
    """Print the status, the worst units, letters worth reading, and whether the ledger holds."""
    number = sample_directive().number
    days = rules_of(settings).ladder.policy.due_soon_days
    picture = status(database, now=END, due_soon_days=days, number=number)
    headings = tuple(heading for heading, _field in COUNTS)
    rows = [
        (one.key, one.period, "standing" if one.nominal_due is None else f"{one.nominal_due:%d/%m/%Y}", *_numbers(one))
        for one in picture.obligations
    ]
    title = f"{number}, as of {END:%d/%m/%Y %H:%M}"
    print_table(
        ("obligation", "period", "due", *headings), [*rows, ("all", "", "", *_numbers(picture))], empty="", title=title
    )
    everything = status(database, now=END, due_soon_days=days)
    worst = sorted(everything.units, key=lambda one: (-one.counts.open_overdue, one.code))[:WORST_SHOWN]
    print_table(("worst units, all directives", *headings), _unit_rows(worst), empty="")
    if settings.smtp_url is None:
        typer.echo("Letters worth reading:")
        for what, message_id in _letters_worth_reading(database):
            typer.echo(f"  {what}:\n    {settings.maildir / 'new' / file_name(message_id)}")
    found = verify(database)
    if found.broken is not None:
        typer.echo(f"The ledger does NOT hold: entry {found.broken.seq}: {found.broken.why}")
    else:
        typer.echo(f"The ledger holds: {found.entries} entries, head {found.head}")
    return 0 if found.ok else 1


def _unit_rows(units: Iterable[UnitCounts]) -> list[tuple[Any, ...]]:
    return [(one.name or one.code, *_numbers(one)) for one in units]


def _numbers(one: Any) -> tuple[int, ...]:
    return tuple(getattr(one.counts, field) for _heading, field in COUNTS)


def _letters_worth_reading(database: Database) -> list[tuple[str, str]]:
    """Choose three: the first reminder, the letter above that tells of most, and the issuer's last."""
    told = func.count(notice.c.id).label("told")
    digests = (
        select(letter.c.message_id, letter.c.unit_id, letter.c.id, told, func.max(notice.c.level).label("level"))
        .join(notice, notice.c.letter_id == letter.c.id)
        .where(letter.c.kind.in_([LetterKind.DIGEST, LetterKind.WEEKLY]))
        .group_by(letter.c.id, letter.c.message_id, letter.c.unit_id)
        .subquery()
    )
    issuer = select(unit.c.id).where(unit.c.code == sample_directive().issuer).scalar_subquery()
    choices = {
        "The first reminder": select(digests.c.message_id).order_by(digests.c.id),
        "The escalation that tells of most": select(digests.c.message_id)
        .where(digests.c.level > 0)
        .order_by(digests.c.told.desc(), digests.c.id),
        "The last letter to the provincial office": select(digests.c.message_id)
        .where(digests.c.unit_id == issuer)
        .order_by(digests.c.id.desc()),
    }
    with database.reading() as connection:
        found = [(what, connection.execute(chosen.limit(1)).scalar()) for what, chosen in choices.items()]
    return [(what, message_id) for what, message_id in found if message_id is not None]
