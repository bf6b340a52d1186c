"""Getting started and keeping well: init, demo, up, doctor."""

import os
from typing import Annotated

import typer

from dondoc.cli.door import AsJson, Now, moment, print_json, say
from dondoc.errors import Refused
from dondoc.settings import load_settings

DEFAULT_PORT = 8765


def init() -> None:
    """Create the database, or bring it to the newest schema."""
    from alembic.util import CommandError  # noqa: PLC0415

    from models.migrations.run import upgrade  # noqa: PLC0415

    settings = load_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        revision = upgrade(settings.database_url)
    except CommandError:
        # Alembic knows every older schema, so one that it cannot place comes from a later version.
        raise Refused("the database has a schema newer than this program's; update dondoc") from None
    typer.echo(f"The database is ready (schema {revision}).")


def up(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where the page is served.")] = DEFAULT_PORT,
) -> None:
    """Run the Prefect server, the schedules, the runner and the page together; ctrl-C stops all."""
    from dondoc.cli.door import opened  # noqa: PLC0415
    from dondoc.cli.engine.up import run_up  # noqa: PLC0415

    settings = load_settings()
    if not (settings.home / "dondoc.db").exists() and settings.database_url.startswith("sqlite:///"):
        init()
    with opened(settings):
        pass
    status = run_up(settings.home, port, os.environ, say)
    raise typer.Exit(status)


def doctor(now: Now = None, as_json: AsJson = False) -> None:
    """Examine settings, database, schema, clock, calendar, mail, Prefect and disk; say what to do."""
    from dondoc.operations.doctor import examine  # noqa: PLC0415

    findings = examine(load_settings(), moment(now))
    if as_json:
        print_json([{"name": one.name, "result": one.result, "says": one.says, "do": one.do} for one in findings])
    else:
        for one in findings:
            typer.echo(f"{one.result:<8} {one.name}: {one.says}" + (f" -> {one.do}" if one.do else ""))
    if any(one.result == "failed" for one in findings):
        raise typer.Exit(1)


def demo(
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="End after the report instead of serving the page.")
    ] = False,
    units: Annotated[int, typer.Option("--units", min=40, help="How many units, grassroots included.")] = 1300,
    seed: Annotated[int, typer.Option("--seed", help="Which story is played; the same seed plays the same.")] = 2025,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where the page is served.")] = DEFAULT_PORT,
) -> None:
    """Play February to July 2025 of a province in a fresh home: a plan cascades, letters leave, the ledger holds."""
    from dondoc.cli.demo import play  # noqa: PLC0415

    settings = load_settings()
    status = play(settings, units=units, seed=seed)
    if status or no_serve:
        raise typer.Exit(status)
    from dondoc.cli.engine.up import run_up  # noqa: PLC0415

    raise typer.Exit(run_up(settings.home, port, os.environ, say))


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    for command in (init, demo, up, doctor):
        app.command()(command)
