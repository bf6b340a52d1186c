"""Acts on one assignment, from `task acknowledge` to `task cancel`: one command each."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from dondoc.cli.commands.act_door import Basis, By, Id, Why, do_act, fields, line
from dondoc.cli.commands.acts_on_time import accept, commit, counter, decline, extend, resume, suspend
from dondoc.cli.door import AsJson, Now, moment, opened, print_json, rules_of
from dondoc.errors import InvalidInput, UnreadableInput
from models.vocabulary import Act


def acknowledge(assignment_id: Id, by: By, now: Now = None, as_json: AsJson = False) -> None:
    """The unit has received it."""
    do_act(assignment_id, Act.ACKNOWLEDGE, by, now, as_json=as_json)


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
        do_act(assignment_id, Act.SUBMIT, by, now, as_json=as_json, **handed_in)
        return
    at = moment(now)
    with opened() as (database, settings):
        done = submit_for_several(
            database, [assignment_id, *also], by=by, now=at, rules=rules_of(settings), **handed_in
        )
    if as_json:
        print_json(fields(done[0]) | {"also": [fields(one) for one in done[1:]]})
    else:
        typer.echo("\n".join(map(line, done)))


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


def confirm(assignment_id: Id, by: By, now: Now = None, as_json: AsJson = False) -> None:
    """The office accepts the result."""
    do_act(assignment_id, Act.CONFIRM, by, now, as_json=as_json)


def send_back(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The office sends the result back; it counts as not done."""
    do_act(assignment_id, Act.RETURN, by, now, as_json=as_json, why=why)


def obstacle(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The unit reports what hinders it to the office that decides; the clock goes on."""
    do_act(assignment_id, Act.OBSTACLE, by, now, as_json=as_json, why=why)


def answer(assignment_id: Id, by: By, why: Why, now: Now = None, as_json: AsJson = False) -> None:
    """The office answers the obstacles reported."""
    do_act(assignment_id, Act.ANSWER, by, now, as_json=as_json, why=why)


def waive(assignment_id: Id, by: By, why: Why, basis: Basis = None, now: Now = None, as_json: AsJson = False) -> None:
    """The office lets the unit off."""
    do_act(assignment_id, Act.WAIVE, by, now, as_json=as_json, why=why, basis=basis)


def cancel(assignment_id: Id, by: By, why: Why, basis: Basis = None, now: Now = None, as_json: AsJson = False) -> None:
    """The office takes the task back; a whole directive ends by dondoc revoke."""
    do_act(assignment_id, Act.CANCEL, by, now, as_json=as_json, why=why, basis=basis)


def add_to(app: typer.Typer) -> None:
    """Name the commands, in the order of a life."""
    task = typer.Typer(help="Act on one assignment; a refused act says why and changes nothing.")
    commands: dict[str, Callable[..., None]] = {
        "acknowledge": acknowledge,
        "submit": submit,
        "confirm": confirm,
        "return": send_back,
        "extend": extend,
        "counter": counter,
        "accept": accept,
        "decline": decline,
        "commit": commit,
        "suspend": suspend,
        "resume": resume,
        "obstacle": obstacle,
        "answer": answer,
        "waive": waive,
        "cancel": cancel,
    }
    for name, command in commands.items():
        task.command(name)(command)
    app.add_typer(task, name="task")
