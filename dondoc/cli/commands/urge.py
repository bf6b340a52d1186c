"""The official letter of urging, drafted for signature: urge."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.door import Now, moment, opened, rules_of
from dondoc.errors import InvalidInput, UnreadableInput


def urge(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the .docx goes.")],
    unit: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE]...", help="The units written to; all that are late without.")
    ] = None,
    directive: Annotated[str | None, typer.Option("--directive", help="Only what this directive asks.")] = None,
    sender: Annotated[str | None, typer.Option("--from", help="The office that writes; default the issuer.")] = None,
    times: Annotated[int, typer.Option("--round", min=1, max=2, help="The first letter of urging, or the second.")] = 1,
    signer: Annotated[
        list[str] | None, typer.Option("--signer", help="A line over the signature, as TM. BAN THƯỜNG VỤ; may repeat.")
    ] = None,
    now: Now = None,
) -> None:
    """Draft the official letter of urging (công văn đôn đốc) with its annex, for signature; it is never sent."""
    from dondoc.operations.urging import UrgingWish, urging_letter  # noqa: PLC0415
    from dondoc.reports.urging_letter import urging_document  # noqa: PLC0415

    if output.suffix.lower() != ".docx":
        raise InvalidInput(f"{output.name} must end in .docx", where="--output")
    at = moment(now)
    wish = UrgingWish(tuple(unit or ()), directive, sender, times, tuple(signer or ()))
    with opened() as (database, settings):
        letter = urging_letter(database, wish, at, rules_of(settings).calendar)
    _write_whole(output, urging_document(letter))
    typer.echo(f"{output}: {len(letter.lines)} overdue tasks, to {', '.join(letter.recipients)}.")


def _write_whole(output: Path, content: bytes) -> None:
    """Write a file beside its place and put it there: a draft that somebody worked on is not lost half-way."""
    part = output.with_name(f".{output.name}.part")
    try:
        part.write_bytes(content)
        part.replace(output)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UnreadableInput(f"cannot be written: {error.strerror or error}", where=str(output)) from None


def add_to(app: typer.Typer) -> None:
    """Name the command."""
    app.command()(urge)
