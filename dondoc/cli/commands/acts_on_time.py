"""Acts on time: task extend, counter, accept, decline, commit, suspend, resume."""

from typing import Annotated

import typer

from dondoc.cli.commands.act_door import Basis, By, Id, Why, WhyNot, do_act
from dondoc.cli.door import AsJson, Now, day
from dondoc.errors import InvalidInput
from models.vocabulary import Act


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
        do_act(assignment_id, said[0], by, now, as_json=as_json, why=why, to=offered)
        return
    if to is None or why is None:
        raise InvalidInput(
            "asking needs --to DATE and --why TEXT; deciding --grant, --refuse or --counter DATE", where="task extend"
        )
    do_act(assignment_id, Act.EXTEND, by, now, as_json=as_json, to=day(to, "--to"), why=why)


def counter(
    assignment_id: Id,
    by: By,
    to: Annotated[str, typer.Option("--to", help="The date offered instead of the one asked for.")],
    why: WhyNot = None,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The office offers another date on an open request; the unit accepts or declines it."""
    do_act(assignment_id, Act.COUNTER, by, now, as_json=as_json, to=day(to, "--to"), why=why)


def accept(assignment_id: Id, by: By, why: WhyNot = None, now: Now = None, as_json: AsJson = False) -> None:
    """The unit accepts the date offered; it is due then."""
    do_act(assignment_id, Act.ACCEPT, by, now, as_json=as_json, why=why)


def decline(assignment_id: Id, by: By, why: WhyNot = None, now: Now = None, as_json: AsJson = False) -> None:
    """The unit declines the date offered; the due date stays."""
    do_act(assignment_id, Act.DECLINE, by, now, as_json=as_json, why=why)


def commit(
    assignment_id: Id,
    by: By,
    to: Annotated[str, typer.Option("--to", help="The date promised.")],
    why: Why,
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The unit promises a date after the due time; recorded, and still overdue."""
    do_act(assignment_id, Act.COMMIT, by, now, as_json=as_json, to=day(to, "--to"), why=why)


def suspend(
    assignment_id: Id,
    by: By,
    basis: Annotated[str, typer.Option("--basis", help="The document that orders it.")],
    now: Now = None,
    as_json: AsJson = False,
) -> None:
    """The office stops the clock, on the basis of a document."""
    do_act(assignment_id, Act.SUSPEND, by, now, as_json=as_json, basis=basis)


def resume(assignment_id: Id, by: By, basis: Basis = None, now: Now = None, as_json: AsJson = False) -> None:
    """The office lets the clock run again."""
    do_act(assignment_id, Act.RESUME, by, now, as_json=as_json, basis=basis)
