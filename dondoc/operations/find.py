"""Find the directive in force that people mean, with its issuer as it stood on the issue date: what a cascade needs."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from dondoc.errors import Refused
from dondoc.operations.named import named_directive
from models.tables.units import unit_version


@dataclass(frozen=True, slots=True)
class FoundDirective:
    """A directive with its issuer as it stood on the issue date."""

    id: int
    number: str
    issuer_id: int
    issuer_code: str
    issuer_path: str
    issued_on: date

    @property
    def reference(self) -> str:
        """What finds this directive and no other."""
        return f"{self.number}@{self.issuer_code}@{self.issued_on.year}"


def find_directive(connection: Connection, reference: str) -> FoundDirective:
    """Find it by number, NUMBER@ISSUER or NUMBER@ISSUER@YEAR. Raises NotFound, NeedsAnswer, or Refused if it ended."""
    named = named_directive(connection, reference)
    if named.ended:
        raise Refused(f"{named.number} was revoked or replaced; nothing more is assigned by it")
    version = unit_version.c
    path = connection.execute(
        select(version.path)
        .where(version.unit_id == named.issuer_id, version.valid_from <= named.issued_on)
        .where(version.valid_to.is_(None) | (version.valid_to > named.issued_on))
    ).scalar_one()
    return FoundDirective(named.id, named.number, named.issuer_id, named.issuer_code, path, named.issued_on)
