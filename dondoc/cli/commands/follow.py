"""Following up: status, tasks, sweep, deliver, letters."""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Annotated

import typer

from dondoc.cli.door import AsJson, Now, moment, opened, print_json, print_table, rules_of, say

NEWEST_LETTERS = 200
"""Letters that a table shows unless more are asked for."""

COUNTS = (
    ("total", "total"),
    ("done on time", "done_on_time"),
    ("done late", "done_late"),
    ("in term", "open_in_term"),
    ("overdue", "open_overdue"),
    ("no deadline", "no_deadline"),
    ("waived", "waived"),
    ("cancelled", "cancelled"),
)
"""Headings of the official count, and the fields they print; the first is the sum of the others."""


def status(
    number: Annotated[str | None, typer.Argument(help="A directive's number; all directives without it.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Only this unit and what stands below it.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The moment to count at.")] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Show where the cascade stands: the official counts, by obligation and by unit."""
    from dondoc.operations.rules import office_ladder  # noqa: PLC0415
    from dondoc.operations.status import status as count  # noqa: PLC0415
    from dondoc.operations.unfinished import unfinished_cascades  # noqa: PLC0415

    at = moment(as_of, "--as-of") if as_of else moment(now)
    with opened() as (database, settings):
        due_soon_days = office_ladder(settings.home).policy.due_soon_days
        picture = count(database, now=at, due_soon_days=due_soon_days, number=number, unit=unit, closed=as_json)
        with database.reading() as connection:
            unfinished = () if as_json else unfinished_cascades(connection, picture.number)
    if as_json:
        print_json(picture.as_json())
        return
    for one in unfinished:
        say(
            f"{one.number} has not reached {one.units} of its units yet; if nothing is at work: dondoc issue FILE again"
        )
    headings = tuple(heading for heading, _field in COUNTS)
    if not picture.counts.total:
        typer.echo("No assignments yet; issue a directive: dondoc issue FILE.yaml")
        return
    # Of all directives together, the same key may stand for several: each row then says whose it is.
    whose = picture.number is None
    rows = [
        (
            *((one.directive,) if whose else ()),
            one.key,
            one.period,
            _dates(one.nominal_due, one.effective_due),
            *_numbers(one.counts),
        )
        for one in picture.obligations
    ]
    first = ("directive",) if whose else ()
    rows.append(("all", *("" for _ in first), "", "", *_numbers(picture.counts)))
    title = f"{picture.number or 'All directives'}, as of {at:%d/%m/%Y %H:%M}"
    print_table((*first, "obligation", "period", "due", *headings), rows, empty="", title=title)
    units = [(one.name or one.code, *_numbers(one.counts)) for one in picture.units]
    print_table(("unit, with all below it", *headings), units, empty="")


def _numbers(counts: object) -> tuple[int, ...]:
    return tuple(getattr(counts, field) for _heading, field in COUNTS)


def _dates(nominal: object, effective: object) -> str:
    if nominal is None:
        return "standing"
    return f"{nominal:%d/%m/%Y}" if nominal == effective else f"{nominal:%d/%m/%Y} (effective {effective:%d/%m/%Y})"


def tasks(
    directive: Annotated[str | None, typer.Option("--directive", help="Only this directive's.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Only this unit's own.")] = None,
    below: Annotated[str | None, typer.Option("--below", help="Only those of units below this one.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="Only with this status or state.")] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """List assignments, one a row."""
    from dondoc.operations.extension_rules import office_extension  # noqa: PLC0415
    from dondoc.operations.tasks import tasks as list_tasks  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        often_from = office_extension(settings.home).often_from
        found = list_tasks(database, now=at, directive=directive, unit=unit, below=below, status=status)
    if as_json:
        print_json([one.as_json(often_from) for one in found])
        return
    columns: tuple[str, ...] = ("id", "directive", "obligation", "period", "unit", "role", "state", "status")
    columns += ("nominal_due", "rung", "waits")
    print_table(
        [name.removeprefix("nominal_") for name in columns],
        [tuple(getattr(one, name) for name in columns) for one in found],
        empty="No assignment is like that.",
    )


def sweep(now: Now = None, as_json: AsJson = False) -> None:
    """Do one pass over what is due: fire rungs, write letters to the outbox."""
    from dondoc.operations.sweep import sweep as sweep_once  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = sweep_once(database, at, rules=rules_of(settings))
    if as_json:
        print_json(asdict(done))
    else:
        typer.echo(
            f"{done.due} due, {done.prompted} asked to acknowledge, {done.reminded} reminded, "
            f"{done.escalated} escalated, {done.letters} letters written in {done.seconds:.2f} s."
        )
        if done.unheard:
            typer.echo(f"{done.unheard} rungs had nobody to write to up to the issuer; see: dondoc doctor")


def deliver(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Make the letters and show them; send nothing.")] = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Send what the outbox holds, by SMTP or into the maildir."""
    from dondoc.operations.deliver import deliver as deliver_once  # noqa: PLC0415
    from dondoc.operations.sender import sender_of  # noqa: PLC0415

    at = moment(now)
    if dry_run:
        _departures(at, as_json=as_json)
        return
    with opened() as (database, settings):
        clock = None if now else partial(moment, None)
        done = deliver_once(database, at, sender=sender_of(settings), clock=clock)
    if as_json:
        print_json(asdict(done))
    else:
        typer.echo(f"{done.sent} sent, {done.retry} to try again, {done.failed} failed, {done.ambiguous} in doubt.")
        if done.held:
            typer.echo(f"{done.held} kept back, by the switch or a domain's share: dondoc mail show")


def _departures(at: datetime, *, as_json: bool) -> None:
    from dondoc.operations.departures import departures  # noqa: PLC0415
    from dondoc.operations.sender import sender_of  # noqa: PLC0415

    with opened() as (database, settings):
        found = departures(database, at, sender=sender_of(settings))
    if as_json:
        print_json({"off": found.switch.off, "held": found.held, "letters": [asdict(one) for one in found.letters]})
        return
    rows = [(one.id, one.to, one.size, one.wrong or one.subject) for one in found.letters]
    print_table(("id", "to", "bytes", "subject"), rows, empty="Nothing would leave.")
    if found.held:
        say(f"{found.held} more are kept back: {'mail is off' if found.switch.off else 'a domain has had its share'}")


def letters(
    state: Annotated[str | None, typer.Option("--state", help="new, leased, sent, retry, failed or ambiguous.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Only to this address.")] = None,
    newest: Annotated[
        int | None, typer.Option("--newest", min=1, help="Only the newest so many (a table: 200; --json: all).")
    ] = None,
    requeue: Annotated[
        int | None, typer.Option("--requeue", help="Put this letter back: it leaves again under its Message-ID.")
    ] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """List the outbox, newest last; or put one letter back into it."""
    from dondoc.operations.outbox import letters as list_letters  # noqa: PLC0415

    at = moment(now)
    if requeue is not None:
        _requeue(requeue, at)
        return
    shown = newest or (None if as_json else NEWEST_LETTERS)
    with opened() as (database, settings):
        found = list_letters(database, now=at, language=settings.language, state=state, to=to, newest=shown)
    if as_json:
        print_json([one.as_json() for one in found])
        return
    if newest is None and len(found) == NEWEST_LETTERS:
        say(f"The newest {NEWEST_LETTERS}; --newest N shows more, --json all.")
    rows = [(one.id, f"{one.created_at:%d/%m/%Y %H:%M}", one.kind, one.state, one.to, one.subject) for one in found]
    print_table(("id", "written", "kind", "state", "to", "subject"), rows, empty="No letters like that.")


def _requeue(letter_id: int, at: datetime) -> None:
    from dondoc.operations.requeue import requeue as put_back  # noqa: PLC0415

    with opened() as (database, _settings):
        put_back(database, letter_id, now=at)
    say(f"Letter {letter_id} leaves at the next delivery: dondoc deliver")


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    for command in (status, tasks, sweep, deliver, letters):
        app.command()(command)
