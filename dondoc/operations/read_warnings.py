"""What in a document the norms for documents do not foresee, said so that a clerk can look: none of it stops a draft.

The cases are those met in real directives (type word and symbol differ, a number missing, a plan without a date).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dondoc.intake.symbols import TYPES, type_of_symbol
from models.schemas.drafts import BasisDocument, DocumentDraft

if TYPE_CHECKING:
    from dondoc.operations.read import ObligationReading

PARTY_BODIES = re.compile(r"(?:/TU$|/TW$|BTG|/HU$|/ThU$|/ĐU|/BCĐ|/BTGTU|/BTGTW|/VPTW)")
STATE_FORM = re.compile(r"^\d+[a-z]?/[A-Z]")
BLANK_IN_NUMBER = re.compile(r"\d\s+/|/\s+\w|-\s+\w")
SHORTEST_LONG_PERIOD_DAYS = 80


def warnings_of(text: str, draft: DocumentDraft, readings: "Sequence[ObligationReading]") -> tuple[str, ...]:
    """Say what is missing, what contradicts itself, and what the reader should look at."""
    found = [*_header(text, draft), *(warning for basis in draft.basis for warning in _basis(text, basis))]
    found += _deadlines(draft, readings)
    return tuple(dict.fromkeys(found))


def _header(text: str, draft: DocumentDraft) -> Iterator[str]:
    header = draft.header
    if header.number is None:
        yield "the document has no number in the text; it must be entered"
    elif BLANK_IN_NUMBER.search(text[slice(*header.number.span)]):
        yield f"the number {header.number.value} is written with blanks inside"
    if header.issued_on is None:
        yield "the document has no date in the text; years that phrases leave out cannot be supplied"
    if header.issuer is None:
        yield "the text does not say who issues the document"
    if header.number and header.type:
        named = type_of_symbol(header.number.value)
        if named and named != header.type.value:
            yield f"the type {header.type.value} and the symbol {header.number.value} ({named}) differ"


def _basis(text: str, basis: BasisDocument) -> Iterator[str]:
    named = type_of_symbol(basis.number)
    if basis.type and named and named != basis.type:
        yield f"{basis.type} số {basis.number}: the type word and the symbol ({named}) differ"
    if basis.type and named is None and basis.type in TYPES and basis.type != "Công văn" and "/" in basis.number:
        yield f"{basis.type} số {basis.number}: the symbol does not name the type"
    if STATE_FORM.match(basis.number) and PARTY_BODIES.search(basis.number):
        yield f"{basis.number}: a body of the Party, numbered in the state's form"
    behind = re.match(r"[^;.]{0,60}?của\s+(?P<body>(?:Ban|Bộ|Sở)\s+\w+(?:\s+\w+){0,2})", text[basis.span[1] :])
    if behind and basis.number.endswith("/TU") and behind["body"].startswith("Ban Tuyên giáo"):
        yield f"{basis.number}: issued by Tỉnh ủy by its symbol, by {behind['body']} in the text"


def _deadlines(draft: DocumentDraft, readings: "Sequence[ObligationReading]") -> Iterator[str]:
    issued = draft.header.issued_on.value if draft.header.issued_on else None
    dated = [one for one in readings if one.due or one.recurrence]
    if draft.header.type and draft.header.type.value == "Kế hoạch" and not dated:
        yield "a plan without any dated task: Quyết định 933/QĐ-TLĐ asks a plan to state its time"
    for one in dated:
        if issued and one.due and one.due < issued:
            yield f"{one.phrase!r} is {one.due.isoformat()}, before the document's own date {issued.isoformat()}"
        elif issued and _begun(one, issued):
            yield f"{one.phrase!r} was more than half over when the document was issued"


def _begun(reading: "ObligationReading", issued: date) -> bool:
    """Whether more than half of a quarter or a longer period was over when the document was issued."""
    if reading.period is None:
        return False
    first, last = reading.period
    length = (last - first).days
    return length >= SHORTEST_LONG_PERIOD_DAYS and (issued - first).days * 2 > length
