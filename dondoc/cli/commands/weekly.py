"""The weekly picture: weekly."""

from dataclasses import asdict

import typer

from dondoc.cli.door import AsJson, Now, moment, opened, print_json, rules_of


def weekly(now: Now = None, as_json: AsJson = False) -> None:
    """Write this week's picture to the heads of units with subordinates that owe; once a week, in working time."""
    from dondoc.operations.weekly import write_weekly  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = write_weekly(database, at, rules=rules_of(settings))
    if as_json:
        print_json(asdict(done))
        return
    typer.echo(f"{done.letters} letters written for the week of {done.week:%d/%m/%Y}.")
    if done.unheard:
        typer.echo(f"{done.unheard} units have nobody to write to; see: dondoc doctor")


def add_to(app: typer.Typer) -> None:
    """Name the command."""
    app.command()(weekly)
