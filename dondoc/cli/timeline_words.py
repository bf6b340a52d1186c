"""What an entry of the ledger did, in a few words for a terminal; `--json` has all of it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

FOR_PROGRAMS = frozenset({"id", "rows", "registers", "sha256", "head", "plan"})
"""Parts of a detail that tell a reader nothing."""

TOLD_BY_THE_ACT = frozenset(
    {"after", "before", "basis", "due", "files", "late", "minutes", "number", "reason", "to", "values"}
)
"""What an act's own fact says again, and better."""

OF_THE_BATCH = frozenset({"assigned", "branch", "number"})
"""What a cascade's entry says of the whole batch that one assignment was given in."""

Fact = Mapping[str, Any]


def entry_words(detail: Fact) -> str:
    """Say an entry: what was done and why first, then what it caused."""
    skipped = FOR_PROGRAMS | (
        TOLD_BY_THE_ACT if "done" in detail else OF_THE_BATCH if "given" in detail else frozenset()
    )
    ordered = sorted(detail.items(), key=lambda item: _ORDER.get(item[0], len(_ORDER)))
    parts = [_fact_words(name, value) for name, value in ordered if name not in skipped]
    return "; ".join(part for part in parts if part)


def _fact_words(name: str, value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        say = _SENTENCES.get(name)
        said = [say(one) if say else _plain(one) for one in value]
        return ", ".join(said) if say else f"{name.replace('_', ' ')}: {' | '.join(said)}"
    words = _plain(value)
    return f"{name}: {words}" if words else ""


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        told = ((name, _plain(one)) for name, one in value.items() if name not in FOR_PROGRAMS)
        return ", ".join(f"{name}: {words}" for name, words in told if words)
    if isinstance(value, list | tuple):
        return " | ".join(_plain(one) for one in value)
    return "" if value is None else str(value)


def _given(fact: Fact) -> str:
    due = f", due {_day(fact['nominal_due'])}" if fact.get("nominal_due") else ", no deadline"
    period = f" ({fact['period']})" if fact.get("period") not in {None, "once", "standing"} else ""
    return f"given to {fact['unit']}: {fact.get('title') or fact.get('obligation')}{period}{due}"


def _done(fact: Fact) -> str:
    before, after = fact.get("state_before"), fact.get("state_after")
    said = [f"{before} -> {after}" if before != after else str(after)]
    if fact.get("late"):
        said.append("late")
    if fact.get("due_asked"):
        said.append(f"due {_day(fact.get('due_before'))}, asked for {_day(fact['due_asked'])}")
    if fact.get("due_offered"):
        said.append(f"offered {_day(fact['due_offered'])}")
    if fact.get("promised_on"):
        said.append(f"promised {_day(fact['promised_on'])}")
    said += [f"{name} {fact[name]}" for name in ("number", "minutes") if fact.get(name)]
    if fact.get("files"):
        said.append(f"{fact['files']} files")
    if fact.get("reason"):
        said.append(f"“{fact['reason']}”")
    return ", ".join(said)


def _rung(fact: Fact) -> str:
    if "assignments" in fact:
        return f"rung {fact['name']} of {fact['assignments']} assignments"
    return f"rung {fact['name']}: {fact['reason']}"


def _letter(fact: Fact) -> str:
    if "letters" in fact:
        return f"{fact['letters']} letters ({fact['kind']})"
    return f"letter ({fact['kind']}) to {fact['to']}"


def _delivery(fact: Fact) -> str:
    if fact["result"] == "sent":
        return f"letter sent to {fact['to']}"
    return f"letter to {fact['to']}: {fact['result']}, {fact.get('reply', '')}"


def _day(text: Any) -> str:
    return f"{date.fromisoformat(str(text)):%d/%m/%Y}" if text else "none"


_SENTENCES: Mapping[str, Callable[[Fact], str]] = {
    "given": _given,
    "done": _done,
    "rungs": _rung,
    "letters": _letter,
    "deliveries": _delivery,
}
_ORDER = {name: place for place, name in enumerate(("issued", "ended", "given", "done", "rungs", "letters"))}
