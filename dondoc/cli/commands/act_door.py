"""What every command on one assignment takes, does and prints."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.cli.door import moment, opened, print_json, rules_of
from models.vocabulary import Act

if TYPE_CHECKING:
    from dondoc.operations.acts import ActResult

Id = Annotated[int, typer.Argument(metavar="ID", min=1, help="The assignment (dondoc tasks).")]
By = Annotated[str, typer.Option("--by", help="The e-mail of the officer who acts.")]
Why = Annotated[str, typer.Option("--why", help="The reason, in words.")]
Basis = Annotated[str | None, typer.Option("--basis", help="The document that orders it.")]
WhyNot = Annotated[str | None, typer.Option("--why", help="The reason, in words.")]


def do_act(assignment_id: int, act: Act, by: str, now: str | None, *, as_json: bool, **details: Any) -> None:
    """Do an act and print how the assignment stands afterwards. Raises as `act_on`."""
    from dondoc.operations.acts import act_on  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = act_on(database, assignment_id, act, by=by, now=at, rules=rules_of(settings), **details)
    if as_json:
        print_json(fields(done))
    else:
        typer.echo(line(done))


def fields(done: "ActResult") -> dict[str, Any]:
    """Give what --json prints of an act."""
    return {
        "id": done.assignment_id,
        "act": done.act,
        "by": done.by,
        "at": done.at,
        "state_before": done.state_before,
        "state": done.state_after,
        "nominal_due": done.nominal_due,
        "effective_due": done.effective_due,
        "late": done.late,
    }


def line(done: "ActResult") -> str:
    """Say an act in one line."""
    due = f", due {done.nominal_due:%d/%m/%Y}" if done.nominal_due else ""
    change = f"{done.state_before} -> {done.state_after}" if done.state_before != done.state_after else done.state_after
    return f"Assignment {done.assignment_id}: {done.act.value} recorded; {change}{due}{' (late)' if done.late else ''}."
