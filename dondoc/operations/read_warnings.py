"""What in a document the norms for documents do not foresee, said so that a clerk can look: none of it stops a draft.

The cases are those met in real directives (type word and symbol differ, a number missing, a plan without a date).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dondoc.intake.symbols import SYMBOL, TYPE_WORDS, TYPES, canonical, type_of_symbol
from dondoc.operations.remark import N_, Remark, remark
from models.schemas.drafts import BasisDocument, DocumentDraft

if TYPE_CHECKING:
    from dondoc.operations.read import ObligationReading

PARTY_BODIES = re.compile(r"(?:/TU$|/TW$|BTG|/HU$|/ThU$|/ĐU|/BCĐ|/BTGTU|/BTGTW|/VPTW)")
STATE_FORM = re.compile(r"^\d+[a-z]?/[A-Z]")
BLANK_IN_NUMBER = re.compile(r"\d\s+/|/\s+\w|-\s+\w")
SHORTEST_LONG_PERIOD_DAYS = 80

CITED = re.compile(r"[Ss]ố\s+(?=\d)")
TYPE_BEFORE = re.compile(rf"(?<!\w)({TYPE_WORDS})\s+$")
SYMBOL_HERE = re.compile(rf"{SYMBOL}(?!\w)")
LONGEST_SYMBOL = 40
"""Characters behind "số" in which a symbol is looked for; and, before it, a type word."""
SECTION = re.compile(r"^\W{0,3}([IVX]{1,5})[.)]\s+[A-ZÀ-ỸĐ]{2}", re.MULTILINE)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
ARABIC_QUARTER = re.compile(r"(?i:qu[ýí])\s+[1-4](?!\w)")

NO_NUMBER = N_("the document has no number in the text; it must be entered")
BLANKS = N_("the number %(number)s is written with blanks inside")
NO_DATE = N_("the document has no date in the text; years that phrases leave out cannot be supplied")
NO_DAY = N_("the document's day is not said in the text; it must be entered")
YEAR_OF_HEAD = N_(
    "“%(phrase)s” does not say its year: %(year)s is taken from the document's head or other dates; check it"
)
NO_ISSUER = N_("the text does not say who issues the document")
TYPE_DIFFERS = N_("the type %(type)s and the symbol %(number)s (%(named)s) differ")
BASIS_DIFFERS = N_("%(type)s số %(number)s: the type word and the symbol (%(named)s) differ")
NO_TYPE_IN_SYMBOL = N_("%(type)s số %(number)s: the symbol does not name the type")
PARTY_IN_STATE_FORM = N_("%(number)s: a body of the Party, numbered in the state's form")
TWO_ISSUERS = N_("%(number)s: issued by Tỉnh ủy by its symbol, by %(body)s in the text")
CAPITAL = N_("%(type)s Số %(number)s: “Số” has a capital inside a sentence")
BROKEN = N_("%(type)s số %(number)s: the symbol is written with blanks or broken over lines")
GAP = N_("the sections go from %(before)s to %(after)s; clauses are referred to as printed")
ARABIC = N_("“%(phrase)s”: the quarter is in an Arabic digit")
PLAN_WITHOUT_DATE = N_("a plan without any dated task: Quyết định 933/QĐ-TLĐ asks a plan to state its time")
BEFORE_ISSUE = N_("“%(phrase)s” is %(day)s, before the document's own date %(issued)s")
HALF_OVER = N_("“%(phrase)s” was more than half over when the document was issued")


def warnings_of(text: str, draft: DocumentDraft, readings: "Sequence[ObligationReading]") -> tuple[Remark, ...]:
    """Say what is missing, what contradicts itself, and what the reader should look at."""
    found = [*_header(text, draft), *(warning for basis in draft.basis for warning in _basis(text, basis))]
    found += [*_citations(text), *_sections(text), *_deadlines(draft, readings)]
    return tuple(dict.fromkeys(found))


def _header(text: str, draft: DocumentDraft) -> Iterator[Remark]:
    header = draft.header
    if header.number is None:
        yield remark(NO_NUMBER)
    elif BLANK_IN_NUMBER.search(text[slice(*header.number.span)]):
        yield remark(BLANKS, number=header.number.value)
    if header.issued_on is None:
        yield remark(NO_DAY if header.dated_in else NO_DATE)
    if header.issuer is None:
        yield remark(NO_ISSUER)
    if header.number and header.type:
        named = type_of_symbol(header.number.value)
        if named and named != header.type.value:
            yield remark(TYPE_DIFFERS, type=header.type.value, number=header.number.value, named=named)


def _basis(text: str, basis: BasisDocument) -> Iterator[Remark]:
    named = type_of_symbol(basis.number)
    if basis.type and named and named != basis.type:
        yield remark(BASIS_DIFFERS, type=basis.type, number=basis.number, named=named)
    if basis.type and named is None and basis.type in TYPES and basis.type != "Công văn" and "/" in basis.number:
        yield remark(NO_TYPE_IN_SYMBOL, type=basis.type, number=basis.number)
    if STATE_FORM.match(basis.number) and PARTY_BODIES.search(basis.number):
        yield remark(PARTY_IN_STATE_FORM, number=basis.number)
    behind = re.match(r"[^;.]{0,60}?của\s+(?P<body>(?:Ban|Bộ|Sở)\s+\w+(?:\s+\w+){0,2})", text[basis.span[1] :])
    if behind and basis.number.endswith("/TU") and behind["body"].startswith("Ban Tuyên giáo"):
        yield remark(TWO_ISSUERS, number=basis.number, body=behind["body"])


def _citations(text: str) -> Iterator[Remark]:
    """Look at every document that the text names by type and number, in whatever place."""
    for said in CITED.finditer(text):
        before = TYPE_BEFORE.search(text[max(said.start() - LONGEST_SYMBOL, 0) : said.start()])
        symbol = SYMBOL_HERE.match(text[said.end() : said.end() + LONGEST_SYMBOL])
        if before is None or symbol is None:
            continue
        kind, number = " ".join(before[1].split()), canonical(symbol[0])
        if said[0].startswith("S"):
            yield remark(CAPITAL, type=kind, number=number)
        if re.search(r"\s", symbol[0]):
            yield remark(BROKEN, type=kind, number=number)
        if number.endswith("/TW") and type_of_symbol(number) is None:
            yield remark(NO_TYPE_IN_SYMBOL, type=kind, number=number)


def _sections(text: str) -> Iterator[Remark]:
    """Find a section that is left out ("II", then "IV"); an annex begins with I again."""
    numbers = [ROMAN.index(found[1]) for found in SECTION.finditer(text) if found[1] in ROMAN]
    for before, after in pairwise(numbers):
        if after > before + 1:
            yield remark(GAP, before=ROMAN[before], after=ROMAN[after])


def _deadlines(draft: DocumentDraft, readings: "Sequence[ObligationReading]") -> Iterator[Remark]:
    issued = draft.header.issued_on.value if draft.header.issued_on else None
    dated = [one for one in readings if one.due or one.recurrence]
    if draft.header.type and draft.header.type.value == "Kế hoạch" and not dated:
        yield remark(PLAN_WITHOUT_DATE)
    for one in dated:
        if one.phrase and (quarter := ARABIC_QUARTER.search(one.phrase)):
            yield remark(ARABIC, phrase=quarter[0])
        if draft.header.dated_in and one.due and one.assumed:
            yield remark(YEAR_OF_HEAD, phrase=one.phrase, year=one.due.year)
        if issued and one.due and one.due < issued:
            yield remark(BEFORE_ISSUE, phrase=one.phrase, day=one.due.isoformat(), issued=issued.isoformat())
        elif issued and _begun(one, issued):
            yield remark(HALF_OVER, phrase=one.phrase)


def _begun(reading: "ObligationReading", issued: date) -> bool:
    """Whether more than half of a quarter or a longer period was over when the document was issued."""
    if reading.period is None:
        return False
    first, last = reading.period
    length = (last - first).days
    return length >= SHORTEST_LONG_PERIOD_DAYS and (issued - first).days * 2 > length
