"""A reading as a directive file that `dondoc issue` takes, with a comment beside each value that wants a decision.

What the text does not say is left empty, so that the file is refused until somebody has answered; nothing is guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dondoc.operations.addressees import AddresseeAnswer, find_unit, resolve_addressees
from dondoc.operations.named import NamedUnit
from dondoc.operations.read import DocumentReading, ObligationReading
from models.schemas.drafts import FoundDate, FoundValue
from models.vocabulary import Deliverable, Recurrence

LONGEST_TITLE = 300
"""Characters of a title; the whole wording stays in the document."""
LONGEST_NOTE = 110
SURE_ENOUGH = 0.55
"""Confidence from which a duty without a date is proposed; below it stands as a remark at the end."""
KEY_WORDS = 4


@dataclass(slots=True)
class _Sheet:
    """The lines written so far, and the questions that stand in them."""

    lines: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def value(
        self, name: str, value: str | None, *, indent: str = "", ask: str | None = None, note: str | None = None
    ) -> None:
        remark = f"  # ask: {_short(ask)}" if ask else f"  # {_short(note)}" if note else ""
        self.lines.append(f"{indent}{name}:{' ' + value if value is not None else ''}{remark}")
        if ask:
            self.questions.append(f"{name}: {ask}")


def draft_yaml(reading: DocumentReading, units: Sequence[NamedUnit] = (), issuer: str | None = None) -> str:
    """Write the directive file. `units` are those registered on the issue date; `issuer` is its code, if known."""
    sheet = _Sheet()
    code = issuer or _issuer_code(reading, units)
    _header(sheet, reading, code)
    taken, left = _chosen(reading.obligations)
    keys: Counter[str] = Counter()
    sheet.lines.append("obligations:")
    for one in taken:
        _obligation(sheet, _Entry(one, _periods_of(one, reading.obligations), _key(one, keys)), reading, units, code)
    if not taken:
        sheet.questions.append("obligations: no duty with a date was found; write at least one")
    _remarks(sheet, left)
    return "\n".join([*_questions(sheet, reading), *sheet.lines, ""])


def _questions(sheet: _Sheet, reading: DocumentReading) -> Iterator[str]:
    yield "# Draft read from a document: check it, answer what is asked, then dondoc issue --dry-run."
    for question in sheet.questions:
        yield f"# ask: {_short(question)}"
    for warning in reading.warnings:
        yield f"# note: {_short(warning)}"


def _header(sheet: _Sheet, reading: DocumentReading, code: str | None) -> None:
    header = reading.draft.header
    sheet.value("number", _quoted(header.number), ask=None if header.number else "the text has no number; give it")
    sheet.value("type", _quoted(header.type), ask=None if header.type else "which type of document is it?")
    sheet.value(
        "issued_on", _day(header.issued_on), ask=None if header.issued_on else "the text has no date; write YYYY-MM-DD"
    )
    printed = header.issuer.value if header.issuer else None
    asked = f"the code of the unit that issues it{f' ({printed})' if printed else ''}; see dondoc units list"
    sheet.value("issuer", f"&issuer {code or ''}".rstrip(), ask=None if code else asked, note=printed)
    if header.place:
        sheet.value("place", _quoted(header.place))
    subject = header.subject.value if header.subject else None
    sheet.value("subject", _text(subject) if subject else None, ask=None if subject else "what is it about?")
    numbers = [basis.number for basis in reading.draft.basis if not basis.nested]
    sheet.value("implements", f"[{', '.join(_text(number) for number in numbers)}]")


def _issuer_code(reading: DocumentReading, units: Sequence[NamedUnit]) -> str | None:
    header = reading.draft.header
    return find_unit(
        header.issuer.value if header.issuer else None, units, header.place.value if header.place else None
    )


def _chosen(readings: Sequence[ObligationReading]) -> tuple[list[ObligationReading], list[ObligationReading]]:
    """Choose what becomes an obligation: what has a time, and duties to report. A period's content joins its whole."""
    taken: list[ObligationReading] = []
    left: list[ObligationReading] = []
    for one in readings:
        if one.found.period and _whole_of(one, readings):
            continue
        timed = one.due is not None or one.recurrence is not None
        standing = (
            one.found.deliverable is Deliverable.REPORT and one.found.confidence >= SURE_ENOUGH and one.found.actors
        )
        (taken if timed or standing else left).append(one)
    return taken, left


def _whole_of(part: ObligationReading, readings: Sequence[ObligationReading]) -> ObligationReading | None:
    """Find the quarterly duty whose named content this is: the last one before it in the text."""
    before = [
        one for one in readings if one.found.span[0] < part.found.span[0] and one.recurrence is Recurrence.QUARTER
    ]
    return before[-1] if before else None


def _periods_of(whole: ObligationReading, readings: Sequence[ObligationReading]) -> dict[str, str]:
    parts = [one for one in readings if one.found.period and _whole_of(one, readings) is whole]
    return {one.found.period: one.found.action for one in parts if one.found.period}


@dataclass(frozen=True, slots=True)
class _Entry:
    reading: ObligationReading
    periods: dict[str, str]
    key: str


def _obligation(
    sheet: _Sheet, entry: _Entry, reading: DocumentReading, units: Sequence[NamedUnit], issuer: str | None
) -> None:
    found, indent = entry.reading.found, "    "
    sheet.lines.append(f"  # {_short(found.quote)}")
    sheet.lines.append(f"  - key: {entry.key}")
    if found.clause:
        sheet.value("clause", _text(found.clause), indent=indent)
    sheet.value("title", _text(_title(found.action or found.quote)), indent=indent)
    sheet.value("deliverable", found.deliverable.value, indent=indent)
    _addressees(sheet, resolve_addressees(found.actors, units, issuer), found.actors, entry.key)
    lead = find_unit(found.through or found.report_to, units)
    if lead and lead != issuer:
        sheet.value("lead", lead, indent=indent, note=found.through or found.report_to)
    _time(sheet, entry, reading)
    if found.relay:
        sheet.value("relay", "true", indent=indent, note="done by issuing a document of one's own")
    if found.adoption:
        sheet.value("adoption", "true", indent=indent, note="valid only once it has been adopted")


def _addressees(sheet: _Sheet, answer: AddresseeAnswer, words: str | None, key: str) -> None:
    if answer.units:
        sheet.value("addressees", f"{{units: [{', '.join(answer.units)}]}}", indent="    ", note=words)
    elif answer.kinds:
        kinds = ", ".join(answer.kinds)
        sheet.value("addressees", f"{{below: *issuer, kinds: [{kinds}]}}", indent="    ", note=words)
    else:
        sheet.value(
            "addressees",
            None,
            indent="    ",
            ask=f"{key}: {answer.ask}; say {{below: CODE, kinds: […]}} or {{units: [CODE]}}",
        )


def _time(sheet: _Sheet, entry: _Entry, reading: DocumentReading) -> None:
    one, indent = entry.reading, "    "
    issued = reading.draft.header.issued_on.value if reading.draft.header.issued_on else None
    if one.recurrence:
        sheet.value("every", one.recurrence.value, indent=indent, note=one.phrase)
        for name, content in entry.periods.items():
            if name == next(iter(entry.periods)):
                sheet.lines.append(f"{indent}periods:")
            sheet.value(name, _text(_title(content)), indent=indent + "  ")
        day = _sending_day(one)
        if day:
            sheet.value("send_by", day, indent=indent)
    elif one.due:
        past = f"{one.due.isoformat()} lies before the document; correct it, or issue with --accept-past"
        ask = past if issued and one.due < issued else None
        moved = f", effective {one.effective.isoformat()}" if one.effective and one.effective != one.due else ""
        sheet.value(
            "due",
            _text(one.phrase or one.due.isoformat()),
            indent=indent,
            ask=ask,
            note=f"{one.due.isoformat()}{moved}",
        )
    else:
        words = one.relative or "no time"
        sheet.lines.append(
            f"{indent}# no due: the text says {_short(words)!r}; add due: or every: if the office sets one"
        )


def _sending_day(one: ObligationReading) -> str | None:
    """Say the day in each period as the file says it; None for the last day of the period."""
    parts = dict(part.partition("=")[::2] for part in (one.rrule or "").split(";"))
    day, month = parts.get("BYMONTHDAY"), parts.get("BYMONTH", "")
    if not day or day == "-1" or one.recurrence is None:
        return None
    if one.recurrence is Recurrence.YEAR:
        return f"{int(day):02d}/{int(month):02d}" if month.isdigit() else None
    return f"{int(day):02d} tháng cuối kỳ"


def _remarks(sheet: _Sheet, left: Sequence[ObligationReading]) -> None:
    if left:
        sheet.lines.append("# Duties without a date, not taken; add those that are to be followed up:")
    sheet.lines += [f"#   {one.found.clause or '-'}: {_short(one.found.quote)}" for one in left]


def _key(one: ObligationReading, keys: Counter[str]) -> str:
    plain = unicodedata.normalize("NFD", one.found.action.lower().replace("đ", "d"))
    words = re.findall(r"[a-z0-9]+", "".join(character for character in plain if not unicodedata.combining(character)))
    stem = "-".join(words[:KEY_WORDS])[:40].strip("-") or one.found.deliverable.value
    keys[stem] += 1
    return stem if keys[stem] == 1 else f"{stem}-{keys[stem]}"


def _title(words: str) -> str:
    words = " ".join(words.split())
    if len(words) <= LONGEST_TITLE:
        return words
    return words[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def _quoted(found: FoundValue | None) -> str | None:
    return _text(found.value) if found else None


def _day(found: FoundDate | None) -> str | None:
    return found.value.isoformat() if found else None


def _text(words: str) -> str:
    """Write a text so that YAML reads back exactly it."""
    escaped = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _short(words: str) -> str:
    """Give words as one line for a comment."""
    line = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    return line if len(line) <= LONGEST_NOTE else line[:LONGEST_NOTE].rsplit(" ", 1)[0] + " …"
