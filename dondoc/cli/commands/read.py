"""From a directive's document to its obligations: read."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.cli.door import AsJson, opened, print_json, print_table, say
from dondoc.errors import DondocError, InvalidInput

if TYPE_CHECKING:
    from dondoc.operations.named import NamedUnit
    from dondoc.operations.read import DocumentReading, ObligationReading


def read(
    file: Annotated[Path, typer.Argument(help="The document (.txt, .docx or .pdf).")],
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Print a directive file to check and issue.")] = False,
    issuer: Annotated[
        str | None, typer.Option("--issuer", help="With --yaml: the code of the unit that issues.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a directive's document as a draft: who asks what of whom by when, in the document's own words."""
    from dondoc.calendar_file import default_calendar  # noqa: PLC0415
    from dondoc.intake.document import read_document  # noqa: PLC0415
    from dondoc.operations.read import read_directive_text  # noqa: PLC0415
    from dondoc.operations.report_calendar_file import office_report_calendar  # noqa: PLC0415
    from dondoc.settings import load_settings  # noqa: PLC0415

    if as_json and as_yaml:
        raise InvalidInput("say --json or --yaml, not both")
    if issuer is not None and not as_yaml:
        raise InvalidInput("--issuer goes with --yaml: it names whose units the draft addresses")
    document = read_document(file)
    settings = load_settings()
    calendar, report_calendar = default_calendar(), office_report_calendar(settings.home)
    reading = read_directive_text(document.text, calendar)
    issued = reading.draft.header.issued_on
    day = issued.value if issued else None
    for mark in (*document.marks, *document.warnings):
        say(f"note: {mark}")
    if as_json:
        from dondoc.operations.due_days import inner_dates  # noqa: PLC0415
        from dondoc.operations.read_json import reading_json  # noqa: PLC0415

        print_json(
            reading_json(
                reading,
                document.span_in_file,
                (*document.marks, *document.warnings),
                lambda one: inner_dates(one, day, report_calendar, calendar),
            )
        )
    elif as_yaml:
        from dondoc.operations.draft_yaml import draft_yaml  # noqa: PLC0415
        from dondoc.operations.office import Office  # noqa: PLC0415

        units = _units(day) if day else ()
        office = Office(calendar, report_calendar, units, issuer, settings.language)
        typer.echo(draft_yaml(reading, office), nl=False)
    else:
        _print(reading)


def _units(on: date) -> "tuple[NamedUnit, ...]":
    """Load the register's units if there is a register; a draft can be written without one."""
    from dondoc.operations.addressees import units_as_of  # noqa: PLC0415

    try:
        with opened() as (database, _settings), database.reading() as connection:
            return units_as_of(connection, on)
    except DondocError as error:
        say(f"note: the units are not known, so classes are not checked against them ({error})")
        return ()


def _print(reading: "DocumentReading") -> None:
    header = reading.draft.header
    for name in ("number", "type", "issued_on", "issuer", "place", "subject"):
        found = getattr(header, name)
        typer.echo(f"{name:<10} {found.value if found else '-'}")
    direct = [basis.number for basis in reading.draft.basis if not basis.nested]
    typer.echo(f"{'implements':<10} {', '.join(direct) or '-'}\n")
    rows = [
        (
            one.found.clause,
            _time(one),
            one.found.actors,
            one.found.action,
        )
        for one in reading.obligations
    ]
    print_table(("Clause", "Due", "Who", "What"), rows, empty="No obligation was found.")
    for warning in reading.warnings:
        say(f"note: {warning}")


def _time(one: "ObligationReading") -> str | None:
    if one.due is None:
        return one.recurrence.value if one.recurrence else one.relative
    moved = f" → {one.effective}" if one.effective and one.effective != one.due else ""
    hour = f" {one.hour:%H:%M}" if one.hour else ""
    return f"{one.due}{hour}{moved}"


def add_to(app: typer.Typer) -> None:
    """Name the command."""
    app.command()(read)
