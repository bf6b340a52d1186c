"""Acts on one assignment, from `task acknowledge` to `task cancel`: one command each."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.cli.door import AsJson, Now, day, moment, opened, print_json, rules_of
from dondoc.errors import InvalidInput, UnreadableInput
from models.vocabulary import Act

if TYPE_CHECKING:
    from dondoc.operations.acts import ActResult

task = typer.Typer(help="Act on one assignment; a refused act says why and changes nothing.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, help="The assignment (dondoc tasks).")]
By = Annotated[str, typer.Option("--by", help="The e-mail of the officer who acts.")]
Why = Annotated[str, typer.Option("--why", help="The reason, in words.")]
WhyNot = Annotated[str | None, typer.Option("--why", help="The reason, in words.")]


def _act(assignment_id: int, act: Act, by: str, now: str | None, *, as_json: bool, **details: Any) -> None:
    from dondoc.operations.acts import act_on  # noqa: PLC0415

    at = moment(now)
    with opened() as (database, settings):
        done = act_on(database, assignment_id, act, by=by, now=at, rules=rules_of(settings), **details)
    if as_json:
        print_json(_fields(done))
    else:
        typer.echo(_line(done))


def _fields(done: "ActResult") -> dict[str, Any]:
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


def _line(done: "ActResult") -> str:
    due = f", due {done.nominal_due:%d/%m/%Y}" if done.nominal_due else ""
    change = f"{done.state_before} -> {done.state_after}" if done.state_before != done.state_after else done.state_after
    return f"Assignment {done.assignment_id}: {done.act.value} recorded; {change}{due}{' (late)' if done.late else ''}."


@task.command()
def acknowledge(assignment_id: Id, by: By, now: Now = None, as_json: AsJson = False) -> None:
    """The unit has received it."""
    _act(assignment_id, Act.ACKNOWLEDGE, by, now, as_json=as_json)


@task.command()
def submit(
    assignment_id: Id,
    by: By,
    number: Annotated[
        str | None,
        typer.Option(
            "--number", help="The number of the document handed in; a relay duty's: of the unit's own directive."
        ),
    ] = None,
    minutes: Annotated[
        str | None, typer.Option("--minutes", help="The minutes by which it was adopted, where that is asked for.")
    ] = None,
    file: Annotated[list[Path] | None, typer.Option("--file", help="A file handed in; may be repeated.")] = None,
    values: Annotated[Path | None, typer.Option("--values", help="The form's values (JSON).")] = None,
    also: Annotated[
        list[int] | None,
        typer.Option(
            "--also", metavar="ID", min=1, help="Another assignment that this result answers; may be repeated."
        ),
    ] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The unit hands in its result; the late clock stops. With --also: one result for several, all or none."""
    from dondoc.intake.text_file import read_bytes  # noqa: PLC0415
    from dondoc.operations.acts import submit_for_several  # noqa: PLC0415
    from dondoc.operations.submissions import FileDraft  # noqa: PLC0415

    files = [FileDraft(one.name, read_bytes(one)) for one in file or ()]
    handed_in: dict[str, Any] = {"number": number, "minutes": minutes, "files": files, "values": _values(values)}
    if not also:
        _act(assignment_id, Act.SUBMIT, by, now, as_json=as_json, **handed_in)
        return
    at = moment(now)
    with opened() as (database, settings):
        done = submit_for_several(
            database, [assignment_id, *also], by=by, now=at, rules=rules_of(settings), **handed_in
        )
    if as_json:
        print_json(_fields(done[0]) | {"also": [_fields(one) for one in done[1:]]})
    else:
        typer.echo("\n".join(map(_line, done)))


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
    counter: Annotated[
        str | None, typer.Option("--counter", metavar="DATE", help="Offer another date (the office).")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept the date offered (the unit).")] = False,
    decline: Annotated[bool, typer.Option("--decline", help="Decline the date offered (the unit).")] = False,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """Ask for another due date before the due time, decide on what was asked, or answer what was offered."""
    answers = {
        Act.GRANT: grant,
        Act.REFUSE: refuse,
        Act.COUNTER: counter is not None,
        Act.ACCEPT: accept,
        Act.DECLINE: decline,
    }
    said = [act for act, is_said in answers.items() if is_said]
    if len(said) > 1:
        options = " and ".join(f"--{act.value}" for act in said)
        raise InvalidInput(f"say one of {options}, not both", where="task extend")
    if said:
        if to is not None:
            raise InvalidInput(
                "--to goes with asking, not with deciding; another date is --counter", where="task extend"
            )
        offered = day(counter, "--counter") if counter is not None else None
        _act(assignment_id, said[0], by, now, as_json=as_json, why=why, to=offered)
        return
    if to is None or why is None:
        raise InvalidInput(
            "asking needs --to DATE and --why TEXT; deciding --grant, --refuse or --counter DATE", where="task extend"
        )
    _act(assignment_id, Act.EXTEND, by, now, as_json=as_json, to=day(to, "--to"), why=why)


@task.command()
def counter(
    assignment_id: Id,
    by: By,
    to: Annotated[str, typer.Option("--to", help="The date offered instead of the one asked for.")],
    why: WhyNot = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The office offers another date on an open request; the unit accepts or declines it."""
    _act(assignment_id, Act.COUNTER, by, now, as_json=as_json, to=day(to, "--to"), why=why)


@task.command()
def accept(assignment_id: Id, by: By, why: WhyNot = None, now: Now = None, as_json: AsJson = False) -> None:
    """The unit accepts the date offered; it is due then."""
    _act(assignment_id, Act.ACCEPT, by, now, as_json=as_json, why=why)


@task.command()
def decline(assignment_id: Id, by: By, why: WhyNot = None, now: Now = None, as_json: AsJson = False) -> None:
    """The unit declines the date offered; the due date stays."""
    _act(assignment_id, Act.DECLINE, by, now, as_json=as_json, why=why)


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
def obstacle(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The unit reports what hinders it to the office that decides; the clock goes on."""
    _act(assignment_id, Act.OBSTACLE, by, now, as_json=as_json, why=why)


@task.command()
def answer(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The office answers the obstacles reported."""
    _act(assignment_id, Act.ANSWER, by, now, as_json=as_json, why=why)


@task.command()
def waive(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The office lets the unit off."""
    _act(assignment_id, Act.WAIVE, by, now, as_json=as_json, why=why)


@task.command()
def cancel(
    assignment_id: Id,
    by: By,
    why: Why,
    basis: Annotated[str | None, typer.Option("--basis", help="The document that orders it.")] = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The office takes the task back; a whole directive ends by dondoc revoke."""
    _act(assignment_id, Act.CANCEL, by, now, as_json=as_json, why=why, basis=basis)


def add_to(app: typer.Typer) -> None:
    """Name the commands."""
    app.add_typer(task, name="task")
