"""From the words of a directive to its assignments, and to its end: due, issue, revoke, replace."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.cli.commands.due import due
from dondoc.cli.door import AsJson, Now, moment, opened, print_json, rules_of, say
from dondoc.errors import EngineUnavailable

if TYPE_CHECKING:
    from dondoc.operations.directive_ending import Ended

Number = Annotated[str, typer.Argument(help="The directive's number, or NUMBER@ISSUER@YEAR.")]
By = Annotated[str, typer.Option("--by", help="The e-mail of the issuer's officer who orders it.")]
Why = Annotated[str, typer.Option("--why", help="The reason, in words.")]

AcceptPast = Annotated[
    bool, typer.Option("--accept-past", help="Take due dates that lie before the issue date as the document has them.")
]

DryRun = Annotated[bool, typer.Option("--dry-run", help="Decide and count everything, write nothing.")]

MOST_NOTES = 5
"""A due date a century away has a note for each year until then."""


def issue(
    file: Annotated[Path, typer.Argument(help="The directive file (YAML).")],
    dry_run: DryRun = False,
    accept_past: AcceptPast = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Register a directive and cascade it, as a Prefect flow run; the same file again adds nothing new."""
    from dondoc.intake.directive_file import read_directive  # noqa: PLC0415
    from dondoc.operations.issue import register  # noqa: PLC0415
    from dondoc.operations.rehearse import rehearse  # noqa: PLC0415

    at = moment(now)
    draft = read_directive(file)
    with opened() as (database, settings):
        rules = rules_of(settings)
        if dry_run:
            planned = rehearse(database, draft, now=at, rules=rules, accept_past=accept_past)
            _tell_warnings(planned.warnings)
            _tell_silent(planned.silent, planned.silent_codes)
            _tell(planned.number, planned.branches, planned.assigned, planned.letters, as_json, dry_run=True)
            return
        registered = register(database, draft, now=at, actor="dondoc issue", rules=rules, accept_past=accept_past)
        _tell_warnings(registered.warnings if registered.new else ())
        if not registered.new:
            say(f"{registered.number} is already registered; going over its branches again.")
        from dondoc.cli.engine.cascade_run import cascade_through_engine  # noqa: PLC0415

        try:
            result = cascade_through_engine(draft.reference, at, settings.home, say)
        except EngineUnavailable as error:
            raise EngineUnavailable(f"{registered.number} is registered. {error}") from error
        _tell_silent(result.silent, result.silent_codes)
        _tell(result.number, result.branches, result.assigned, result.letters, as_json, dry_run=False)


def revoke(
    number: Number,
    by: By,
    why: Why,
    dry_run: DryRun = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """End a directive: what is open under it is cancelled and its units are told; every record stays."""
    from dondoc.operations.revoke import revoke as revoke_it  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = revoke_it(database, number, by=by, why=why, now=at, rules=rules_of(settings), dry_run=dry_run)
    ended = done.ended
    _tell_silent(ended.silent, ended.silent_codes)
    _tell_derived(done.number, ended.derived)
    _tell_handed_in(ended)
    _tell_rehearsed(dry_run)
    if as_json:
        print_json(
            {"number": done.number, "dry_run": dry_run, "state": "revoked", "new": done.new, **_ended_json(ended)}
        )
    elif done.new:
        typer.echo(
            f"{done.number} is revoked: {ended.cancelled} assignments cancelled, {ended.letters} letters written."
        )
    else:
        typer.echo(f"{done.number}: nothing new; it was revoked before.")


def replace(
    number: Number,
    file: Annotated[Path, typer.Argument(help="The file (YAML) of the directive that takes its place.")],
    by: By,
    why: Why,
    accept_past: AcceptPast = False,
    dry_run: DryRun = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Put another directive in the place of one: what was done is carried over, what is open under the old one ends."""
    from dondoc.intake.directive_file import read_directive  # noqa: PLC0415
    from dondoc.operations.replace import replace_directive  # noqa: PLC0415

    at = moment(now)
    draft = read_directive(file)
    with opened() as (database, settings):
        rules = rules_of(settings)
        done = replace_directive(
            database, number, draft, by=by, why=why, now=at, rules=rules, accept_past=accept_past, dry_run=dry_run
        )
    ended = done.ended
    _tell_warnings(done.warnings)
    _tell_silent(ended.silent, ended.silent_codes)
    _tell_derived(done.number, ended.derived)
    if done.dropped:
        say(f"note: {done.successor} does not ask again for: {', '.join(done.dropped)}")
    _tell_handed_in(ended)
    _tell_rehearsed(dry_run)
    if as_json:
        counts = {"assigned": done.assigned, "carried": done.carried, "dropped": list(done.dropped)}
        said = {
            "number": done.number,
            "dry_run": dry_run,
            "state": "replaced",
            "replaced_by": done.successor,
            "new": done.new,
        }
        print_json(said | counts | _ended_json(ended))
    elif done.new:
        typer.echo(
            f"{done.number} is replaced by {done.successor}: {done.assigned} assignments written, {done.carried} "
            f"carried over; {ended.cancelled} cancelled under the old one, {ended.letters} letters about that."
        )
    else:
        typer.echo(f"{done.number}: nothing new; {done.successor} took its place before.")


def _ended_json(ended: "Ended") -> dict[str, Any]:
    return {
        "cancelled": ended.cancelled,
        "letters": ended.letters,
        "silent": ended.silent,
        "derived": list(ended.derived),
        "handed_in": ended.handed_in,
    }


def _tell_handed_in(ended: "Ended") -> None:
    if ended.handed_in:
        say(
            f"note: {ended.handed_in} results that were handed in are cancelled with the rest and carried nowhere; "
            "a renamed obligation says replaces: OLD-KEY"
        )


def _tell_rehearsed(dry_run: bool) -> None:
    if dry_run:
        say("A dry run: what follows would be done, and nothing was written.")


def _tell_derived(number: str, derived: tuple[str, ...]) -> None:
    if derived:
        named = ", ".join(derived[:MOST_NOTES]) + (", …" if len(derived) > MOST_NOTES else "")
        say(f"note: {len(derived)} directives that implement {number} stay in force ({named}); their issuers end them")


def _tell_warnings(warnings: tuple[str, ...]) -> None:
    for warning in warnings[:MOST_NOTES]:
        say(f"note: {warning}")
    if len(warnings) > MOST_NOTES:
        say(f"note: and {len(warnings) - MOST_NOTES} more like these; dondoc timeline shows them all")


def _tell_silent(units: int, codes: tuple[str, ...]) -> None:
    if units:
        named = ", ".join(codes[:MOST_NOTES]) + (", …" if units > MOST_NOTES else "")
        say(f"note: nobody to write to in {units} of the units ({named}); name an officer: dondoc units import")


def _tell(number: str, branches: int, assigned: int, letters: int, as_json: bool, *, dry_run: bool) -> None:
    if as_json:
        print_json(
            {"number": number, "branches": branches, "assigned": assigned, "letters": letters, "dry_run": dry_run}
        )
        return
    added = f"{assigned} assignments and {letters} letters (branches: {branches})"
    if dry_run:
        typer.echo(f"{number} would give {added}. Nothing was written.")
    elif assigned:
        typer.echo(f"{number}: {added} written.")
    else:
        typer.echo(f"{number}: nothing new; everything it asks is assigned already.")


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.command()(due)
    app.command()(issue)
    app.command()(revoke)
    app.command()(replace)
