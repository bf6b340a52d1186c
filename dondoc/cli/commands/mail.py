"""The switch of all mail, and addresses that take no letters: mail show, off, on, bounces, restore."""

from pathlib import Path
from typing import Annotated

import typer

from dondoc.cli.door import AsJson, Now, moment, opened, print_json, print_table, visible
from dondoc.errors import InvalidInput

mail = typer.Typer(help="The switch of all mail, and addresses that take no letters; alone: mail show.")

By = Annotated[str, typer.Option("--by", help="Who does it: an address or a name, kept in the ledger.")]
Why = Annotated[str, typer.Option("--why", help="The reason, in words.")]


@mail.callback(invoke_without_command=True)
def alone(context: typer.Context) -> None:
    """Show how the switch stands where nothing else is asked for."""
    if context.invoked_subcommand is None:
        show()


@mail.command()
def show(now: Now = None, as_json: AsJson = False) -> None:
    """Say whether mail leaves, who turned it, how many letters wait, and which addresses take none."""
    from dondoc.operations.bounces import dead_addresses  # noqa: PLC0415
    from dondoc.operations.lease import count_waiting  # noqa: PLC0415
    from dondoc.operations.mail_switch import mail_switch_of  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, _settings), database.reading() as connection:
        switch, waiting = mail_switch_of(connection), count_waiting(connection, at)
        dead = dead_addresses(connection)
    if as_json:
        turned = {"off": switch.off, "at": switch.at, "by": switch.by, "why": switch.why}
        print_json(turned | {"waiting": waiting, "dead": [one.as_json() for one in dead]})
        return
    turned_by = f", turned by {switch.by} at {switch.at:%d/%m/%Y %H:%M}: {switch.why}" if switch.at else ""
    wait = "1 letter waits" if waiting == 1 else f"{waiting} letters wait"
    typer.echo(visible(f"Mail is {'off' if switch.off else 'on'}{turned_by}. {wait}."))
    rows = [(one.address, one.unit, one.role, f"{one.at:%d/%m/%Y %H:%M}", one.diagnostic) for one in dead]
    print_table(("address", "unit", "role", "since", "the server said"), rows, empty="Every address takes letters.")


@mail.command()
def off(by: By, why: Why, now: Now = None) -> None:
    """Stop all mail: letters are still written and wait, and nothing leaves."""
    _turn(off=True, by=by, why=why, now=now)


@mail.command()
def on(by: By, why: Why, now: Now = None) -> None:
    """Let mail leave again, beginning with what waits."""
    _turn(off=False, by=by, why=why, now=now)


def _turn(*, off: bool, by: str, why: str, now: str | None) -> None:
    from dondoc.operations.mail_switch import turn_mail  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, _settings):
        turn_mail(database, off=off, by=by, why=why, now=at)
    waits = "nothing leaves until: dondoc mail on" if off else "what waits leaves with the next delivery"
    typer.echo(f"Mail is {'off' if off else 'on'}; {waits}.")


@mail.command()
def bounces(
    place: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER|FILE]", help="A maildir, or a mailbox file (mbox); default DONDOC_BOUNCES."),
    ] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Read reports of failed delivery: dead addresses are marked, and the office is told."""
    from dataclasses import asdict  # noqa: PLC0415

    from dondoc.mail.mailbox import messages_in  # noqa: PLC0415
    from dondoc.operations.bounces import read_bounces  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        found = place or settings.bounces
        if found is None:
            raise InvalidInput("name a maildir or a mailbox, or set DONDOC_BOUNCES", where="mail bounces")
        done = read_bounces(database, messages_in(found), at, mail_domain=settings.mail_from.rpartition("@")[2])
    if as_json:
        print_json(asdict(done))
        return
    typer.echo(
        f"{done.reports} reports read, {done.marked} addresses marked, {done.unknown} reports change nothing, "
        f"{done.not_reports} other messages; {done.letters} letters to offices."
    )


@mail.command()
def restore(
    address: Annotated[str, typer.Argument(metavar="EMAIL", help="The marked address.")],
    by: By,
    why: Why,
    now: Now = None,
) -> None:
    """Let letters go again to an address that was marked."""
    from dondoc.operations.bounces import restore_address  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, _settings):
        officers = restore_address(database, address, by=by, why=why, now=at)
    typer.echo(f"Letters go to {address} again, for {officers} {'officer' if officers == 1 else 'officers'}.")
