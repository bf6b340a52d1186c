"""A reading as a directive file that `dondoc issue` takes, with a remark beside each value that wants a decision.

What the text does not say is left empty, so that the file is refused until somebody has answered; nothing is guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.locale.catalogue import catalogue
from dondoc.operations.addressees import AddresseeAnswer, find_unit, resolve_addressees
from dondoc.operations.draft_sheet import Sheet, commented, quoted, short
from dondoc.operations.draft_time import write_time
from dondoc.operations.office import Office
from dondoc.operations.read import DocumentReading, ObligationReading
from dondoc.operations.remark import N_, remark
from models.schemas.drafts import FoundDate, FoundValue
from models.vocabulary import Deliverable, Recurrence

LONGEST_TITLE = 300
"""Characters of a title; the whole wording stays in the document."""
LONGEST_QUOTE = 110
SURE_ENOUGH = 0.55
"""Confidence from which a duty without a date is proposed; below it stands as a remark at the end."""
KEY_WORDS = 4

HEADING = N_("Draft read from a document: check it, answer each ASK, then: dondoc issue FILE --dry-run")
TO_ANSWER = N_("To answer (%(n)s):")
LOOK_AT = N_("Note: %(what)s")
LEFT_OUT = N_("Duties without a date, not taken; add those that are to be followed up:")
NO_DUTY = N_("no duty with a date was found; write at least one")
NO_NUMBER = N_("the document has no number in its text; write it")
NO_TYPE = N_("which type of document is it?")
NO_DATE = N_("the document has no date in its text; write it as 2025-02-28")
NO_SUBJECT = N_("what is it about?")
NO_ISSUER = N_("the code of the unit that issues it (%(printed)s); see: dondoc units list")
UNKNOWN_ISSUER = N_("no unit %(code)s is registered on %(day)s; import it, or correct the code")
HOW_TO_ADDRESS = N_("%(asked)s; write {below: CODE, kinds: […]} or {units: [CODE]}")
LEAD_UNKNOWN = N_("to be sent through %(through)s, which is not registered: add lead: CODE, else the issuer receives")
RELAYED = N_("done by issuing a document of one's own")
ADOPTED = N_("valid only once it has been adopted")


@dataclass(frozen=True, slots=True)
class Entry:
    """An obligation of the file: the readings of one sentence that belong together, and its named periods."""

    readings: tuple[ObligationReading, ...]
    periods: Mapping[str, str]
    key: str

    @property
    def first(self) -> ObligationReading:
        """The reading that speaks for all."""
        return self.readings[0]


def draft_yaml(reading: DocumentReading, office: Office) -> str:
    """Write the directive file; what is asked in it stands once more at its head."""
    sheet = Sheet(catalogue(office.language))
    header = reading.draft.header
    issuer = office.issuer or find_unit(_value(header.issuer), office.units, _value(header.place))
    _header(sheet, reading, office, issuer)
    taken, left = _chosen(reading.obligations)
    keys: Counter[str] = Counter()
    sheet.lines.append("obligations:")
    for group in taken:
        one = Entry(group, _periods_of(group[0], reading.obligations), _key(group[0], keys))
        _obligation(sheet, one, office, issuer, header.issued_on.value if header.issued_on else None)
    if not taken:
        sheet.questions.append(f"obligations: {remark(NO_DUTY).said(sheet.words)}")
    _left_out(sheet, left)
    return "\n".join([*_top(sheet, reading), *sheet.lines, ""])


def _top(sheet: Sheet, reading: DocumentReading) -> Iterator[str]:
    yield from commented(remark(HEADING).said(sheet.words))
    if sheet.questions:
        yield from commented(remark(TO_ANSWER, n=len(sheet.questions)).said(sheet.words))
    for question in sheet.questions:
        yield from commented(f"- {short(question)}", hang="  ")
    for warning in reading.warnings:
        yield from commented(short(remark(LOOK_AT, what=warning.said(sheet.words)).said(sheet.words)), hang="  ")


def _header(sheet: Sheet, reading: DocumentReading, office: Office, issuer: str | None) -> None:
    header = reading.draft.header
    sheet.value("number", _quoted(header.number), ask=None if header.number else remark(NO_NUMBER))
    sheet.value("type", _quoted(header.type), ask=None if header.type else remark(NO_TYPE))
    sheet.value("issued_on", _day(header.issued_on), ask=None if header.issued_on else remark(NO_DATE))
    printed = _value(header.issuer)
    asked = None if issuer else remark(NO_ISSUER, printed=printed or "?")
    if issuer and office.units and header.issued_on and issuer not in {one.code for one in office.units}:
        asked = remark(UNKNOWN_ISSUER, code=issuer, day=f"{header.issued_on.value:%d/%m/%Y}")
    sheet.value("issuer", f"&issuer {issuer or ''}".rstrip(), ask=asked, note=printed)
    if header.place:
        sheet.value("place", _quoted(header.place))
    sheet.value("subject", _quoted(header.subject), ask=None if header.subject else remark(NO_SUBJECT))
    numbers = [basis.number for basis in reading.draft.basis if not basis.nested]
    sheet.value("implements", f"[{', '.join(quoted(number) for number in numbers)}]")


def _chosen(
    readings: Sequence[ObligationReading],
) -> tuple[list[tuple[ObligationReading, ...]], list[ObligationReading]]:
    """Choose what becomes an obligation: what has a time, and duties to report. A period's content joins its whole.

    The cycles that one phrase lists ("6 tháng và năm") are one obligation.
    """
    taken: list[tuple[ObligationReading, ...]] = []
    left: list[ObligationReading] = []
    for one in readings:
        if one.found.period and _whole_of(one, readings):
            continue
        timed = one.due is not None or one.recurrence is not None
        standing = (
            one.found.deliverable is Deliverable.REPORT and one.found.confidence >= SURE_ENOUGH and one.found.actors
        )
        if taken and one.rrule and taken[-1][0].found is one.found and taken[-1][0].phrase == one.phrase:
            taken[-1] = (*taken[-1], one)
        elif timed or standing:
            taken.append((one,))
        else:
            left.append(one)
    return taken, left


def _whole_of(part: ObligationReading, readings: Sequence[ObligationReading]) -> ObligationReading | None:
    """Find the quarterly duty whose named content this is: the last one before it in the text."""
    before = [
        one for one in readings if one.found.span[0] < part.found.span[0] and one.recurrence is Recurrence.QUARTER
    ]
    return before[-1] if before else None


def _periods_of(whole: ObligationReading, readings: Sequence[ObligationReading]) -> dict[str, str]:
    parts = [one for one in readings if one.found.period and _whole_of(one, readings) is whole]
    return {one.found.period: _title(one.found.action) for one in parts if one.found.period}


def _obligation(sheet: Sheet, one: Entry, office: Office, issuer: str | None, issued: date | None) -> None:
    found, indent = one.first.found, "    "
    sheet.remark(f"“{_plain(found.quote, LONGEST_QUOTE * 2)}”", indent="  ")
    sheet.lines.append(f"  - key: {one.key}")
    if found.clause:
        sheet.value("clause", quoted(found.clause), indent=indent)
    sheet.value("title", quoted(_title(found.action or found.quote)), indent=indent)
    sheet.value("deliverable", found.deliverable.value, indent=indent)
    _addressees(sheet, resolve_addressees(found.actors, office.units, issuer), found.actors, one.key)
    receiver = found.through or found.report_to
    lead = find_unit(receiver, office.units)
    if lead and lead != issuer:
        sheet.value("lead", lead, indent=indent, note=receiver)
    elif found.through and not lead:
        sheet.remark(remark(LEAD_UNKNOWN, through=found.through), indent=indent)
    write_time(sheet, one.readings, one.periods, issued, office)
    if found.relay:
        sheet.value("relay", "true", indent=indent, note=remark(RELAYED))
    if found.adoption:
        sheet.value("adoption", "true", indent=indent, note=remark(ADOPTED))


def _addressees(sheet: Sheet, answer: AddresseeAnswer, words: str | None, key: str) -> None:
    asked = "; ".join(each.said(sheet.words) for each in answer.asked)
    value = None
    if answer.units:
        value = f"{{units: [{', '.join(answer.units)}]}}"
    elif answer.kinds:
        depth = f", depth: {answer.depth}" if answer.depth else ""
        value = f"{{below: *issuer, kinds: [{', '.join(answer.kinds)}]{depth}}}"
    elif asked:
        asked = remark(HOW_TO_ADDRESS, asked=asked).said(sheet.words)
    sheet.value("addressees", value, indent="    ", ask=asked, note=words, of=key)


def _left_out(sheet: Sheet, left: Sequence[ObligationReading]) -> None:
    if left:
        sheet.remark(remark(LEFT_OUT))
    for one in left:
        proposed = f" → {one.needs}" if one.proposed else ""
        sheet.remark(f"- {one.found.clause or '-'}: {_plain(one.found.quote, LONGEST_QUOTE)}{proposed}", hang="    ")


def _key(one: ObligationReading, keys: Counter[str]) -> str:
    plain = unicodedata.normalize("NFD", one.found.action.lower().replace("đ", "d"))
    words = re.findall(r"[a-z0-9]+", "".join(character for character in plain if not unicodedata.combining(character)))
    stem = "-".join(words[:KEY_WORDS])[:40].strip("-") or one.found.deliverable.value
    keys[stem] += 1
    return stem if keys[stem] == 1 else f"{stem}-{keys[stem]}"


def _plain(quote: str, longest: int) -> str:
    """Give a quote without the mark of its item or a remark's end."""
    return short(quote, longest).lstrip("-–+*• ")


def _title(words: str) -> str:
    return short(words, LONGEST_TITLE)


def _value(found: FoundValue | None) -> str | None:
    return found.value if found else None


def _quoted(found: FoundValue | None) -> str | None:
    return quoted(found.value) if found else None


def _day(found: FoundDate | None) -> str | None:
    return found.value.isoformat() if found else None
