"""Proving afterwards: timeline, verify."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from dondoc.cli.door import AsJson, opened, print_json, print_table
from dondoc.cli.timeline_words import entry_words
from dondoc.errors import InvalidInput

HASH = re.compile("[0-9a-f]{64}")


def timeline(
    what: Annotated[str, typer.Argument(metavar="NUMBER|ID", help="A directive's number or an assignment's id.")],
    as_json: AsJson = False,
) -> None:
    """Say who did what when, from the ledger, oldest first."""
    from dondoc.operations.timeline import timeline as read_timeline  # noqa: PLC0415

    with opened() as (database, _settings):
        entries = read_timeline(database, what)
    if as_json:
        print_json(entries)
        return
    columns = ("seq", "at", "actor", "act", "unit", "assignment")
    rows = [
        (*(_moment(one[name]) if name == "at" else one[name] for name in columns), entry_words(one["detail"]))
        for one in entries
    ]
    print_table(("#", *columns[1:], "detail"), rows, empty="Nothing is recorded yet.")


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at):%d/%m/%Y %H:%M}"


def verify(
    head: Annotated[
        str | None, typer.Option("--head", help="A hash published earlier, which must still be there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute the ledger and everything it commits to; exit 1 names the first entry that does not hold."""
    from dondoc.operations.verify import verify as verify_ledger  # noqa: PLC0415

    if head is not None and not HASH.fullmatch(head):
        raise InvalidInput(f"{head!r} is not a hash of the ledger: it has 64 digits of 0-9 and a-f", where="--head")
    with opened() as (database, _settings):
        found = verify_ledger(database, head=head)
    if as_json:
        print_json(asdict(found))
    elif found.broken is not None:
        typer.echo(f"BROKEN at entry {found.broken.seq}: {found.broken.why}")
    elif found.counters_drifted:
        drifted = f"{found.counters_drifted} counters differ from a recount of the assignments"
        typer.echo(f"The ledger holds, but {drifted}: somebody wrote to the tables by hand.")
    else:
        typer.echo(f"The ledger holds: {found.entries} entries, head {found.head}")
    if not found.ok:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command()(timeline)
    app.command()(verify)
