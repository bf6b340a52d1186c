"""The hierarchy in and out: units import, tree and list; who takes over, is away, is back."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dondoc.cli.door import AsJson, Now, day, moment, opened, print_json, print_table, rules_of, say, visible

if TYPE_CHECKING:
    from models.schemas.units import UnitNode

units = typer.Typer(help="Units and their officers.")


@units.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A .yaml, .csv or .xlsx file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, write nothing.")] = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Register units and officers from a file; the same file again changes nothing."""
    from dataclasses import asdict  # noqa: PLC0415

    from dondoc.intake.units_file import read_units  # noqa: PLC0415
    from dondoc.operations.import_units import import_units  # noqa: PLC0415

    drafts = read_units(file)
    at = moment(now)
    with opened() as (database, _settings):
        done = import_units(database, drafts, now=at, actor="dondoc units import", dry_run=dry_run)
    for warning in done.warnings:
        say(f"note: {warning}")
    if as_json:
        print_json(asdict(done) | {"dry_run": dry_run})
        return
    ending = " Nothing was written." if dry_run else ""
    typer.echo(
        f"Units: {done.new} new, {done.changed} changed, {done.unchanged} as they were. "
        f"Officers: {done.officers_new} new, {done.officers_changed} changed.{ending}"
    )


@units.command("tree")
def tree(now: Now = None) -> None:
    """Print the hierarchy as it stands on a day."""
    from dondoc.operations.unit_tree import unit_tree  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, _settings):
        nodes = unit_tree(database, at.date())
    lines = [visible(line) for line in _lines(nodes, 0)] or ["No units yet; see: dondoc units import --help"]
    sys.stdout.write("\n".join(lines) + "\n")


def _lines(nodes: Iterable["UnitNode"], level: int) -> Iterable[str]:
    for node in nodes:
        yield f"{'  ' * level}{node.name}  [{node.code}, {node.kind}]"
        yield from _lines(node.children, level + 1)


@units.command("list")
def list_units(now: Now = None, as_json: AsJson = False) -> None:
    """List the units as they stand on a day, in Vietnamese order."""
    from dondoc.operations.unit_list import unit_list  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, _settings):
        found = unit_list(database, at.date())
    if as_json:
        print_json(found)
        return
    rows = [(one["code"], one["name"], one["kind"], one["parent"], len(one["officers"])) for one in found]
    print_table(
        ("code", "name", "kind", "parent", "officers"), rows, empty="No units yet; see: dondoc units import --help"
    )


@units.command("succeed")
def succeed(
    predecessor: Annotated[str, typer.Argument(help="The code of the unit that has ended.")],
    successor: Annotated[str, typer.Argument(help="The code of the unit that takes over what it owed.")],
    basis: Annotated[str, typer.Option("--basis", help="The document that orders it.")],
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Move what a unit that has ended still owes to its successor; its own record stays."""
    from dataclasses import asdict  # noqa: PLC0415

    from dondoc.operations.succession import succeed as take_over  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = take_over(database, predecessor, successor, basis=basis, now=at, rules=rules_of(settings))
    if done.left:
        say(f"note: {', '.join(done.left)}: the issuer does not stand above {done.successor}; what is open there stays")
    if as_json:
        print_json(asdict(done))
    elif done.new:
        typer.echo(
            f"{done.successor} takes over from {done.predecessor}: {done.moved} assignments moved, "
            f"{done.joined} ended that it owed already, {done.letters} letters written."
        )
    else:
        typer.echo(f"{done.predecessor}: nothing new; {done.successor} took over before.")


@units.command("away")
def away(
    email: Annotated[str, typer.Argument(help="The officer's address.")],
    first: Annotated[str, typer.Option("--from", help="The first day away.")],
    until: Annotated[str, typer.Option("--until", help="The last day away.")],
    substitute: Annotated[
        str | None, typer.Option("--substitute", help="Who stands in (KT.); without one, the unit's other officer.")
    ] = None,
    basis: Annotated[str | None, typer.Option("--basis", help="The document that says so.")] = None,
    now: Now = None,
) -> None:
    """Register that an officer is away: letters go to the substitute, who may also act."""
    from dondoc.operations.absences import send_away  # noqa: PLC0415

    begins, ends = day(first, "--from"), day(until, "--until")
    at = moment(now)
    with opened() as (database, _settings):
        done = send_away(
            database,
            email,
            first=begins,
            last=ends,
            now=at,
            actor="dondoc units away",
            substitute=substitute,
            basis=basis,
        )
    who = f"{done.substitute} stands in" if done.substitute else "the other officer of the unit hears"
    known = "" if done.new else " It was registered already."
    days_away = f"from {done.first:%d/%m/%Y} to {done.last:%d/%m/%Y}"
    typer.echo(f"{done.email} ({', '.join(done.units)}) is away {days_away}: {who}.{known}")


@units.command("back")
def back(email: Annotated[str, typer.Argument(help="The officer's address.")], now: Now = None) -> None:
    """End an officer's absence today; one that has not begun never does."""
    from dondoc.operations.absences import call_back  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, _settings):
        call_back(database, email, now=at, actor="dondoc units back")
    typer.echo(f"{email} is back as of {at:%d/%m/%Y}.")


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.add_typer(units, name="units")
