"""One deadline phrase and what it means: due."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dondoc.cli.door import AsJson, day, print_json, visible

if TYPE_CHECKING:
    from policies.deadlines import DueDecision, Occurrence

FIXED = ("phrase", "kind", "nominal", "effective", "moved_by", "window", "rrule", "rule", "needs")
"""The fields that others script against, in their order; what follows them was added."""
LABEL_WIDTH = 10


def due(
    phrase: Annotated[str, typer.Argument(help="The deadline in the document's words.")],
    issued: Annotated[str | None, typer.Option("--issued", help="The document's date, to complete years from.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what one deadline phrase means, by which rule, and what must be asked."""
    from dondoc.calendar_file import default_calendar  # noqa: PLC0415
    from policies.deadlines import decide_due, listed_occurrences  # noqa: PLC0415

    calendar, issued_on = default_calendar(), day(issued, "--issued") if issued else None
    decided = decide_due(phrase, issued_on, calendar)
    periods: tuple[Occurrence, ...] = ()
    if issued_on is not None:
        year = date(issued_on.year, 1, 1), date(issued_on.year, 12, 31)
        periods = listed_occurrences(decided, *year, calendar) or ()
    if as_json:
        print_json(_as_data(decided, periods))
    else:
        for line in _as_lines(decided, periods):
            typer.echo(visible(line))


def _as_data(decided: "DueDecision", periods: "tuple[Occurrence, ...]") -> dict[str, Any]:
    """Give the decision as plain values; dates are left to the printer."""
    return {
        **{name: getattr(decided, name) for name in FIXED},
        "assumed": decided.assumed,
        "warnings": list(decided.warnings),
        "at": decided.at.isoformat("minutes") if decided.at else None,
        "due_at": decided.due_at,
        "cadence": list(decided.cadence),
        "proposed": decided.proposed,
        "parts": [
            {
                **{name: getattr(part, name) for name in ("nominal", "effective", "moved_by", "window")},
                "at": part.at.isoformat("minutes") if part.at else None,
            }
            for part in decided.parts
        ],
        "periods": [
            {
                "period": each.key,
                "window": [each.starts_on, each.ends_on],
                "nominal": each.nominal,
                "effective": each.effective,
                "moved_by": each.moved_by,
            }
            for each in periods
        ],
    }


def _as_lines(decided: "DueDecision", periods: "tuple[Occurrence, ...]") -> Iterator[str]:
    """Give the decision line by line, without what it leaves open."""
    found: dict[str, Any] = {name: getattr(decided, name) for name in FIXED}
    hour = f"{decided.hour:%H:%M}" if decided.hour else "24:00"
    found["due until"] = f"{decided.effective} {hour}" if decided.effective else None
    found |= {"cadence": decided.cadence, "proposed": decided.proposed, "assumed": decided.assumed}
    found["warnings"] = decided.warnings
    for name, value in found.items():
        if value not in (None, (), False):
            joint = "; " if name == "warnings" else " – "
            yield _line(name, joint.join(map(str, value)) if isinstance(value, tuple) else str(value))
    for number, each in enumerate(periods):
        yield _line("" if number else "periods", f"{each.key}: {_moved(each.nominal, each.effective, each.moved_by)}")
    for number, part in enumerate(decided.parts):
        yield _line("" if number else "parts", _moved(part.nominal, part.effective, part.moved_by))


def _line(name: str, value: str) -> str:
    return f"{name:<{LABEL_WIDTH}} {value}"


def _moved(nominal: date | None, effective: date | None, moved_by: str | None) -> str:
    return f"{nominal}, effective {effective} ({moved_by})" if moved_by else f"{nominal}"
