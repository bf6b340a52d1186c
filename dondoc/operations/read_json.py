"""What `dondoc read --json` prints: the fields of INTERFACE, and beside each value its place and confidence."""

from collections.abc import Callable
from typing import Any

from dondoc.operations.read import RECURRENCE_WORDS, DocumentReading, ObligationReading
from models.schemas.drafts import FoundDate, FoundValue
from policies.report_calendar import ReportProposal

Place = Callable[[int, int], tuple[int, int]]
Propose = Callable[[ObligationReading], tuple[ReportProposal, ...]]


def _same(start: int, end: int) -> tuple[int, int]:
    return start, end


def _none(_one: ObligationReading) -> tuple[ReportProposal, ...]:
    return ()


def reading_json(
    reading: DocumentReading, place: Place = _same, notes: tuple[str, ...] = (), propose: Propose = _none
) -> dict[str, Any]:
    """Give the reading as plain values; dates are left to the printer.

    `place` turns a span of the text read into one of the file; `notes` are what the extraction had to say; `propose`
    gives the inner dates of a report by the office's report calendar.
    """
    draft, header = reading.draft, reading.draft.header
    named = {
        "number": header.number,
        "type": header.type,
        "issued_on": header.issued_on,
        "issuer": header.issuer,
        "place": header.place,
        "subject": header.subject,
        "signed_for": header.signed_for,
        "signed_by": header.signed_by,
    }
    return {
        **{name: _value(found) for name, found in named.items()},
        "implements": [basis.number for basis in draft.basis if not basis.nested],
        "recipients": [{"name": one.name, "role": one.role} for one in draft.recipients],
        "warnings": [*notes, *map(str, reading.warnings)],
        "obligations": [_obligation(one, place, propose(one)) for one in reading.obligations],
        "basis": [
            {
                "number": basis.number,
                "type": basis.type,
                "dated": basis.dated,
                "nested": basis.nested,
                "span": list(place(*basis.span)),
            }
            for basis in draft.basis
        ],
        "fields": {
            name: {"span": list(place(*found.span)), "confidence": found.confidence}
            for name, found in named.items()
            if found
        },
    }


def _value(found: FoundValue | FoundDate | None) -> Any:
    return found.value if found else None


def _obligation(one: ObligationReading, place: Place, proposals: tuple[ReportProposal, ...]) -> dict[str, Any]:
    found = one.found
    through = f" (qua {found.through})" if found.through else ""
    return {
        "quote": found.quote,
        "span": list(place(*found.span)),
        "clause": found.clause,
        "actors": found.actors,
        "action": found.action,
        "deliverable": found.deliverable,
        "due": one.due,
        "window": list(one.window) if one.window else None,
        "recurrence": RECURRENCE_WORDS[one.report_period or one.recurrence] if one.recurrence else None,
        "relative": one.relative,
        "report_to": f"{found.report_to}{through}" if found.report_to else None,
        "confidence": found.confidence,
        "phrase": one.phrase,
        "effective": one.effective,
        "rrule": one.rrule,
        "rule": one.rule,
        "needs": one.needs,
        "relay": found.relay,
        "adoption": found.adoption,
        "period": found.period,
        "signs": list(found.signs),
        "hour": one.hour.isoformat("minutes") if one.hour else None,
        "proposed": one.proposed,
        "inner_dates": [
            {
                "outer": proposal.outer,
                "from": inner.hop.sender,
                "to": inner.hop.receiver,
                "on": inner.on,
                "arithmetic": inner.arithmetic,
            }
            for proposal in proposals
            for inner in proposal.inner
        ],
    }
