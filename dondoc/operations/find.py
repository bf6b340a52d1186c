"""Find a directive by what people call it: its number, or NUMBER@ISSUER where several issuers use the same one."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from sqlalchemy import Connection, func, select

from dondoc.errors import Conflict, NotFound
from models.tables.directives import directive, directive_end
from models.tables.units import unit, unit_version


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """A directive with its issuer as it stood on the issue date."""

    id: int
    number: str
    issuer_id: int
    issuer_code: str
    issuer_path: str
    issued_on: date
    urgency: str

    @property
    def reference(self) -> str:
        """What finds this directive and no other."""
        return f"{self.number}@{self.issuer_code}"


def find_directive(connection: Connection, reference: str) -> FoundDirective:
    """Find the directive in force. Raise NotFound with the nearest numbers, or Conflict naming the ones to choose from."""
    number, _, issuer = unicodedata.normalize("NFC", reference).strip().partition("@")
    version = unit_version.c
    statement = (
        select(
            directive.c.id,
            directive.c.number,
            directive.c.issuer_id,
            unit.c.code.label("issuer_code"),
            version.path.label("issuer_path"),
            directive.c.issued_on,
            directive.c.urgency,
        )
        .join(unit, unit.c.id == directive.c.issuer_id)
        .join(unit_version, version.unit_id == directive.c.issuer_id)
        .where(version.valid_from <= directive.c.issued_on)
        .where(version.valid_to.is_(None) | (version.valid_to > directive.c.issued_on))
        .outerjoin(directive_end, directive_end.c.directive_id == directive.c.id)
        .where(directive_end.c.id.is_(None), directive.c.number == number)
        .order_by(directive.c.issued_on.desc(), unit.c.code)
    )
    if issuer:
        statement = statement.where(unit.c.code == issuer)
    rows = connection.execute(statement).all()
    if not rows:
        raise NotFound(f"no directive {reference!r} is in force{_nearest(connection, number)}")
    if len({row.issuer_code for row in rows}) > 1:
        choices = ", ".join(f"{row.number}@{row.issuer_code}" for row in rows)
        raise Conflict(f"several issuers have a directive {number}; say which: {choices}")
    if len(rows) > 1:
        years = ", ".join(row.issued_on.isoformat() for row in rows)
        raise Conflict(f"{number} was issued in several years ({years}) and more than one is in force")
    return FoundDirective(*rows[0])


def _nearest(connection: Connection, number: str) -> str:
    known = list(connection.execute(select(func.distinct(directive.c.number))).scalars())
    near = get_close_matches(number, known, n=3, cutoff=0.4)
    return f"; did you mean {', '.join(near)}?" if near else "; see: dondoc status"
