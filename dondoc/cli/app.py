"""The commands by name. Each module holds one person's errand; what a command needs is imported when it runs."""

from typing import Annotated

import typer

from dondoc import __version__
from dondoc.cli.commands.acts import add_to as add_acts
from dondoc.cli.commands.bench import add_to as add_bench
from dondoc.cli.commands.cascade import add_to as add_cascade
from dondoc.cli.commands.follow import add_to as add_follow
from dondoc.cli.commands.ladder import add_to as add_ladder
from dondoc.cli.commands.mail import mail
from dondoc.cli.commands.proof import add_to as add_proof
from dondoc.cli.commands.read import add_to as add_read
from dondoc.cli.commands.setup import add_to as add_setup
from dondoc.cli.commands.units import add_to as add_units
from dondoc.cli.commands.urge import add_to as add_urge
from dondoc.cli.commands.weekly import add_to as add_weekly

app = typer.Typer(
    name="dondoc",
    help="Follow the cascade of directives and their deadlines: who owes what by when, reminded, escalated, proven.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Add the trace to an error.")] = False,
) -> None:
    """Follow the cascade of directives and their deadlines."""


app.add_typer(mail, name="mail")
for add_to in (
    add_setup,
    add_units,
    add_cascade,
    add_read,
    add_follow,
    add_weekly,
    add_ladder,
    add_urge,
    add_acts,
    add_proof,
    add_bench,
):
    add_to(app)
