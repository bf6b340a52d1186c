"""Speed, measured beside the bare SQL in the same run: bench cascade, bench sweep."""

from typing import Annotated

import typer

from dondoc.cli.door import AsJson, print_json, print_table
from dondoc.errors import InvalidInput

bench = typer.Typer(help="Measure the work and, beside it, the bare set-based SQL for the same rows.")

Units = Annotated[int, typer.Option("--units", min=10, help="Units in all.")]
Obligations = Annotated[int, typer.Option("--obligations", min=1, help="Obligations of the directive.")]
DatabaseUrl = Annotated[
    str | None, typer.Option("--database", help="A server to measure on, in a database made for it; default SQLite.")
]
Runs = Annotated[int, typer.Option("--runs", min=1, help="Pairs of runs; the ratio is the median of their ratios.")]


def _measure(what: str, units: int, obligations: int, database: str | None, runs: int, as_json: bool) -> None:
    from dondoc.operations.bench import measure  # noqa: PLC0415

    found = measure(what, units=units, obligations=obligations, url=_checked(database), runs=runs)
    if as_json:
        print_json(found)
        return
    print_table(("what", "value"), [(key, str(value)) for key, value in found.items()], empty="")


def _checked(database: str | None) -> str | None:
    from dondoc.settings import checked_database_url  # noqa: PLC0415

    try:
        return checked_database_url(database) if database else None
    except ValueError as error:
        raise InvalidInput(str(error), where="--database") from None


@bench.command()
def cascade(
    units: Units = 1300,
    obligations: Obligations = 12,
    database: DatabaseUrl = None,
    runs: Runs = 5,
    as_json: AsJson = False,
) -> None:
    """Measure a cascade."""
    _measure("cascade", units, obligations, database, runs, as_json)


@bench.command()
def sweep(
    units: Units = 1300,
    obligations: Obligations = 12,
    database: DatabaseUrl = None,
    runs: Runs = 5,
    as_json: AsJson = False,
) -> None:
    """Measure a sweep in which everything is due."""
    _measure("sweep", units, obligations, database, runs, as_json)


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.add_typer(bench, name="bench")
