"""The chain from a unit that owes up to the issuer, as the tree stands on a day: who may hear, and nobody above.

The issuer is found in the unit's path by its own path of that day. Where it is not there, because the unit moved into
another's tree or one of them ended, the chain of the issue date holds. Who acts for an issuer that has ended may stand
in its place.
"""

from typing import Any

from sqlalchemy import Select, case, func

from dondoc.operations.unit_list import holds
from models.paths import STEP
from models.tables.assignments import assignment
from models.tables.columns import BigId
from models.tables.directives import directive
from models.tables.plans import plan_group
from models.tables.units import unit_version

OWN = unit_version.alias("own_version")
"""The owing unit's version of the day, nulls where it has ended."""

_issuer = unit_version.alias("issuer_version")
_stands_below = func.substr(OWN.c.path, 1, func.length(_issuer.c.path)) == _issuer.c.path

PATH: Any = case((_stands_below, OWN.c.path), else_=assignment.c.path)
"""The path that the chain is read from."""

ISSUER_END: Any = case(
    (_stands_below, func.length(_issuer.c.path)),
    else_=func.length(assignment.c.path) - STEP * plan_group.c.distance,
)
"""Where the issuer's step ends in PATH, in digits."""


def on_chain(statement: Select[Any], day: Any, issuer: Any = directive.c.issuer_id) -> Select[Any]:
    """Join the versions of `day` (a date or a column) to a statement over assignment, plan_group and directive.

    `issuer` is the unit at the end of the chain, where that is not the one of the directive.
    """
    return statement.outerjoin(OWN, (OWN.c.unit_id == assignment.c.unit_id) & holds(OWN, day)).outerjoin(
        _issuer, (_issuer.c.unit_id == issuer) & holds(_issuer, day)
    )


def step_end(level: Any) -> Any:
    """Give where the step `level` above the unit ends in PATH; the issuer's is the last, however the tree changed."""
    end = func.length(PATH) - STEP * level
    return case(((level >= plan_group.c.distance) | (end < ISSUER_END), ISSUER_END), else_=end)


def unit_at(level: Any) -> Any:
    """Give the id of the unit `level` above the one that owes."""
    return func.substr(PATH, step_end(level) - STEP + 1, STEP).cast(BigId)


def unit_before(level: Any) -> Any:
    """Give the id of the direct subordinate of `unit_at(level)` on the chain."""
    return func.substr(PATH, step_end(level) + 1, STEP).cast(BigId)
