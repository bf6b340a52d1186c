"""Acts on one assignment: task acknowledge, submit, confirm, return, extend, commit, suspend, resume, waive."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.door import AsJson, Now, day, moment, opened, print_json, rules_of
from dondoc.errors import InvalidInput, UnreadableInput
from models.vocabulary import Act

task = typer.Typer(help="Act on one assignment; a refused act says why and changes nothing.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, help="The assignment (dondoc tasks).")]
By = Annotated[str, typer.Option("--by", help="The e-mail of the officer who acts.")]
Why = Annotated[str, typer.Option("--why", help="The reason, in words.")]


def _act(assignment_id: int, act: Act, by: str, now: str | None, *, as_json: bool, **details: Any) -> None:
    from dondoc.operations.acts import act_on  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = act_on(database, assignment_id, act, by=by, now=at, rules=rules_of(settings), **details)
    if as_json:
        print_json(
            {
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
        )
        return
    due = f", due {done.nominal_due:%d/%m/%Y}" if done.nominal_due else ""
    change = f"{done.state_before} -> {done.state_after}" if done.state_before != done.state_after else done.state_after
    typer.echo(
        f"Assignment {done.assignment_id}: {done.act.value} recorded; {change}{due}{' (late)' if done.late else ''}."
    )


@task.command()
def acknowledge(assignment_id: Id, by: By, now: Now = None, as_json: AsJson = False) -> None:
    """The unit has received it."""
    _act(assignment_id, Act.ACKNOWLEDGE, by, now, as_json=as_json)


@task.command()
def submit(
    assignment_id: Id,
    by: By,
    number: Annotated[str | None, typer.Option("--number", help="The number of the document handed in.")] = None,
    file: Annotated[list[Path] | None, typer.Option("--file", help="A file handed in; may be repeated.")] = None,
    values: Annotated[Path | None, typer.Option("--values", help="The form's values (JSON).")] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The unit hands in its result; the late clock stops."""
    from dondoc.intake.text_file import read_bytes  # noqa: PLC0415
    from dondoc.operations.submissions import FileDraft  # noqa: PLC0415

    files = [FileDraft(one.name, read_bytes(one)) for one in file or ()]
    _act(assignment_id, Act.SUBMIT, by, now, as_json=as_json, number=number, files=files, values=_values(values))


def _values(path: Path | None) -> dict[str, Any] | None:
    from dondoc.intake.text_file import read_text  # noqa: PLC0415

    if path is None:
        return None
    try:
        found = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"not valid JSON: {error.msg}", where=f"{path}, line {error.lineno}") from None
    if not isinstance(found, dict):
        raise InvalidInput("expected an object of field: value", where=str(path))
    return found


@task.command()
def confirm(assignment_id: Id, by: By, now: Now = None, as_json: AsJson = False) -> None:
    """The office accepts the result."""
    _act(assignment_id, Act.CONFIRM, by, now, as_json=as_json)


@task.command("return")
def send_back(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The office sends the result back; it counts as not done."""
    _act(assignment_id, Act.RETURN, by, now, as_json=as_json, why=why)


@task.command()
def extend(
    assignment_id: Id,
    by: By,
    to: Annotated[str | None, typer.Option("--to", help="The date asked for.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="The reason, in words.")] = None,
    grant: Annotated[bool, typer.Option("--grant", help="Grant what was asked (the office).")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse what was asked (the office).")] = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Ask for another due date before the due time, or decide on what was asked."""
    if grant and refuse:
        raise InvalidInput("say --grant or --refuse, not both", where="task extend")
    if grant or refuse:
        if to is not None:
            raise InvalidInput("--to goes with asking, not with deciding", where="task extend")
        _act(assignment_id, Act.GRANT if grant else Act.REFUSE, by, now, as_json=as_json, why=why)
        return
    if to is None or why is None:
        raise InvalidInput(
            "asking needs --to DATE and --why TEXT; deciding needs --grant or --refuse", where="task extend"
        )
    _act(assignment_id, Act.EXTEND, by, now, as_json=as_json, to=day(to, "--to"), why=why)


@task.command()
def commit(
    assignment_id: Id,
    by: By,
    to: Annotated[str, typer.Option("--to", help="The date promised.")],
    why: Why,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The unit promises a date after the due time; recorded, and still overdue."""
    _act(assignment_id, Act.COMMIT, by, now, as_json=as_json, to=day(to, "--to"), why=why)


@task.command()
def suspend(
    assignment_id: Id,
    by: By,
    basis: Annotated[str, typer.Option("--basis", help="The document that orders it.")],
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The office stops the clock, on the basis of a document."""
    _act(assignment_id, Act.SUSPEND, by, now, as_json=as_json, basis=basis)


@task.command()
def resume(assignment_id: Id, by: By, now: Now = None, as_json: AsJson = False) -> None:
    """The office lets the clock run again."""
    _act(assignment_id, Act.RESUME, by, now, as_json=as_json)


@task.command()
def waive(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The office lets the unit off."""
    _act(assignment_id, Act.WAIVE, by, now, as_json=as_json, why=why)


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.add_typer(task, name="task")
