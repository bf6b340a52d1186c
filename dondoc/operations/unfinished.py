"""Directives that were registered but whose cascade stopped before every addressed unit was given its assignments."""

from dataclasses import dataclass

from sqlalchemy import Connection, distinct, exists, func, select

from dondoc.operations.issue import is_addressed
from models.tables.assignments import assignment
from models.tables.directives import addressee, directive, directive_end, obligation
from models.tables.units import unit_version


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A directive in force, and how many addressed units lack something that it gives them."""

    number: str
    units: int


def unfinished_cascades(connection: Connection, number: str | None = None) -> tuple[Unfinished, ...]:
    """Give the unfinished ones of all directives, or of those of one number, in order of registration."""
    given = exists().where(
        assignment.c.obligation_id == obligation.c.id, assignment.c.unit_id == unit_version.c.unit_id
    )
    ended = exists().where(directive_end.c.directive_id == directive.c.id)
    statement = (
        select(directive.c.number, func.count(distinct(unit_version.c.unit_id)))
        .join(obligation, obligation.c.directive_id == directive.c.id)
        .join(addressee, addressee.c.obligation_id == obligation.c.id)
        .join(unit_version, is_addressed(directive.c.issued_on))
        .where(~given, ~ended)
        .group_by(directive.c.id, directive.c.number)
        .order_by(directive.c.id)
    )
    if number is not None:
        statement = statement.where(directive.c.number == number)
    return tuple(Unfinished(*row) for row in connection.execute(statement))
