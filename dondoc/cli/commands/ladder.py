"""Ladders and calendars at work: which ladder is in force, and what a change of either would move."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from dondoc.cli.door import AsJson, Now, day, moment, opened, print_json, print_table, rules_of, say

ladder = typer.Typer(help="Who hears of an assignment when.")

LEVELS = 2
"""Levels below the issuer that a ladder is shown for, unless said: a grassroots unit's, in a province."""


@ladder.command("show")
def show(
    name: Annotated[str | None, typer.Argument(help="A ladder's name; the office's without it.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help="The ladder of this issuer's directives.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="A due date to lay it out for.")] = None,
    levels: Annotated[int, typer.Option("--levels", min=0, max=20, help="Levels below the issuer.")] = LEVELS,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Show a ladder as it is read from its file, or with --due the days on which somebody would hear."""
    from dondoc.operations.ladder_days import ladder_days  # noqa: PLC0415
    from dondoc.settings import load_settings  # noqa: PLC0415

    at = moment(now)
    rules = rules_of(load_settings())
    chosen = rules.ladder_for(issuer or "", said=name, where="NAME")
    effective = day(due, "--due") if due else None
    rungs = ladder_days(chosen, rules.calendar, due=effective, levels=levels, assigned_on=at.date())
    if as_json:
        print_json({"name": chosen.policy.name, "version": chosen.policy.version, "rungs": rungs})
        return
    rows = [(one["name"], one["at"] or "", one["action"], ", ".join(one["audience"]), one["reason"]) for one in rungs]
    title = f"{chosen.title}, {levels} levels below the issuer"
    print_table(("rung", "at", "action", "who hears", "why"), rows, empty="It has no rungs.", title=title)


def reproject(
    directive: Annotated[str | None, typer.Option("--directive", help="Only this directive's.")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without it nothing is changed.")] = False,
    why: Annotated[str | None, typer.Option("--why", help="The reason, for the ledger.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="The e-mail of an officer of the issuer.")] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Show what the calendar and the ladders of today would move of what is open; with --apply, move it."""
    from dondoc.errors import InvalidInput  # noqa: PLC0415

    at = moment(now)
    if apply:
        missing = next((name for name, said in (("--why", why), ("--by", by)) if not said), None)
        if missing is not None:
            raise InvalidInput(
                "planning anew is on somebody's word, for a reason: say --why TEXT --by EMAIL", where=missing
            )
        _apply(directive, why or "", by or "", at, as_json=as_json)
        return
    from dondoc.operations.reproject import reprojection  # noqa: PLC0415

    with opened() as (database, settings):
        found = reprojection(database, now=at, rules=rules_of(settings), directive=directive)
    if as_json:
        print_json(found.as_json())
        return
    _print_moves(found.as_json())
    if found.groups:
        say(f"{found.assignments} assignments; nothing was changed. To do it: dondoc reproject --apply --why … --by …")


def _apply(directive: str | None, why: str, by: str, at: Any, *, as_json: bool) -> None:
    from dondoc.operations.replan import replan  # noqa: PLC0415

    with opened() as (database, settings):
        done = replan(database, by=by, why=why, now=at, rules=rules_of(settings), directive=directive)
    if as_json:
        print_json(done.reprojection.as_json())
        return
    _print_moves(done.reprojection.as_json())
    if done.assignments:
        typer.echo(f"{done.assignments} assignments planned anew, {done.letters} letters written.")


def _print_moves(groups: Iterable[dict[str, Any]]) -> None:
    rows = [
        (
            one["directive"],
            one["obligation"],
            one["period"],
            one["assignments"],
            move["name"],
            *_days(move),
            move["cause"],
        )
        for one in groups
        for move in one["moves"]
    ]
    headings = ("directive", "obligation", "period", "assignments", "date", "from", "to", "because of")
    print_table(headings, rows, empty="Nothing moves: all that is open is as the calendar and the ladders say.")


def _days(move: dict[str, Any]) -> tuple[str, str]:
    days: list[date | None] = [move["old"], move["new"]]
    old, new = (f"{one:%d/%m/%Y}" if one else "-" for one in days)
    return old, new


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.add_typer(ladder, name="ladder")
    app.command()(reproject)
