"""The commands by name. Each module holds one person's errand; what a command needs is imported when it runs."""

from typing import Annotated

import typer

from dondoc import __version__
from dondoc.cli.commands import acts, bench, cascade, follow, proof, setup, units

app = typer.Typer(
    name="dondoc",
    help="Follow the cascade of directives and their deadlines: who owes what by when, reminded, escalated, proven.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:  # noqa: FBT001 (the signature of an option's callback)
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


for module in (setup, units, cascade, follow, acts, proof, bench):
    module.add_to(app)
