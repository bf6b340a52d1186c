"""What --json prints: the promised fields with the promised types, dates and moments in ISO 8601, and nothing else."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.cli.office import Ran, dondoc
from tests.factories import OFFICE, PROVINCE, Issued, focal

COUNTED = ("total", "done_on_time", "done_late", "open_in_term", "open_overdue", "no_deadline", "waived", "cancelled")
COUNTS = dict.fromkeys((*COUNTED, "due_soon", "awaiting_confirmation"), int)


class Day:
    """A date as text, or null."""


class Moment:
    """A moment of Vietnam's zone as text, or null."""


def check(value: Any, shape: Any, where: str = "") -> None:
    """Compare a document with its shape: fields may be added, none may go, and each has its type."""
    if isinstance(shape, dict):
        assert shape.keys() <= value.keys(), f"{where}: {shape.keys() - value.keys()}"
        for name, part in shape.items():
            check(value[name], part, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        assert value, f"{where}: an empty list shows nothing"
        for one in value:
            check(one, shape[0], f"{where}[]")
    elif shape is Day:
        assert value is None or date.fromisoformat(value).isoformat() == value, where
    elif shape is Moment:
        assert value is None or datetime.fromisoformat(value).utcoffset() == timedelta(hours=7), where
    else:
        assert isinstance(value, shape), f"{where}: {value!r}"
        assert shape is not int or not isinstance(value, bool), where


NULLABLE = (str, type(None))
SHAPES = {
    "due 28/02/2025 --issued 2025-02-14": {
        "phrase": str,
        "kind": str,
        "nominal": Day,
        "effective": Day,
        "moved_by": NULLABLE,
        "window": (list, type(None)),
        "rrule": NULLABLE,
        "rule": str,
        "needs": NULLABLE,
    },
    "status": {
        "number": NULLABLE,
        "as_of": Moment,
        "counts": COUNTS,
        "obligations": [{"key": str, "period": str, "nominal_due": Day, "effective_due": Day, "counts": COUNTS}],
        "units": [{"code": str, "counts": COUNTS}],
    },
    "tasks": [
        {
            "id": int,
            "directive": str,
            "obligation": str,
            "period": str,
            "unit": str,
            "state": str,
            "status": str,
            "nominal_due": Day,
            "effective_due": Day,
            "submitted_at": Moment,
            "confirmed_at": Moment,
            "rung": NULLABLE,
        }
    ],
    "sweep --now 2025-03-10": {
        "now": Moment,
        "due": int,
        "reminded": int,
        "escalated": int,
        "letters": int,
        "seconds": float,
    },
    "deliver --now 2025-03-10": {"sent": int, "retry": int, "failed": int, "ambiguous": int},
    "letters": [
        {
            "id": int,
            "to": str,
            "unit": NULLABLE,
            "kind": str,
            "subject": str,
            "message_id": str,
            "state": str,
            "created_at": Moment,
            "sent_at": Moment,
            "attempts": int,
            "assignments": [{"id": int, "rung": NULLABLE, "reason": str}],
        }
    ],
    "timeline 121/KH-LĐLĐ": [
        {
            "seq": int,
            "at": Moment,
            "actor": str,
            "act": str,
            "unit": NULLABLE,
            "assignment": (int, type(None)),
            "detail": dict,
            "hash": str,
        }
    ],
    "verify": {"ok": bool, "entries": int, "head": str, "broken": (dict, type(None))},
    "units list": [{"code": str, "name": str, "kind": str, "parent": NULLABLE, "officers": [{"email": str}]}],
    "doctor": [{"name": str, "result": str, "says": str, "do": str}],
}


@pytest.mark.parametrize(("command", "shape"), SHAPES.items(), ids=list(SHAPES))
@pytest.mark.usefixtures("issued")
def test_a_document_has_the_promised_fields(command: str, shape: Any) -> None:
    ran = dondoc(*command.split(), "--json")
    assert (ran.status, ran.err) == (0, "")
    check(ran.json, shape)
    assert "\\u" not in ran.out, "UTF-8, not escapes"


@pytest.mark.usefixtures("issued")
def test_a_broken_ledger_is_a_document_too_and_leaves_with_1() -> None:
    ran = dondoc("verify", "--head", "f" * 64, "--json")
    assert ran.status == 1
    check(ran.json, {"ok": bool, "broken": {"seq": int, "why": str}})


@pytest.mark.usefixtures("issued")
def test_a_number_a_unit_and_a_past_moment_narrow_the_counts() -> None:
    whole = dondoc("status", "121/kh-lđlđ", "--as-of", "2025-03-01", "--json").json
    assert whole["counts"]["total"] == sum(whole["counts"][name] for name in COUNTED[1:])
    assert (whole["number"], whole["as_of"]) == ("121/KH-LĐLĐ", "2025-03-01T08:00:00+07:00")
    assert whole["counts"]["open_overdue"] == 2
    assert whole["counts"]["no_deadline"] == 2
    one = dondoc("status", "--unit", "DISTRICT-1", "--as-of", "2025-03-01T08:00:00Z", "--json").json
    assert (one["number"], one["counts"]["total"], one["as_of"]) == (None, 3, "2025-03-01T15:00:00+07:00")
    assert dondoc("status", "--as-of", "2025-02-13", "--json").json["counts"]["total"] == 0


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ("--unit DISTRICT-1", 3),
        ("--below PROVINCE", 6),
        ("--below DISTRICT-1", 0),
        ("--status open_overdue", 2),
        ("--status assigned", 6),
        ("--directive 121/KH-LĐLĐ", 6),
    ],
)
@pytest.mark.usefixtures("issued")
def test_filters_narrow_the_tasks(filters: str, rows: int) -> None:
    assert len(dondoc("tasks", *filters.split(), "--now", "2025-03-01", "--json").json) == rows


def act(assignment_id: int, words: str, *more: str) -> Ran:
    return dondoc("task", words.split(maxsplit=1)[0], str(assignment_id), *words.split()[1:], *more, "--json")


def test_every_act_prints_the_state_it_leaves(issued: Issued) -> None:
    report, plan = issued.assignments["report", "DISTRICT-1"], issued.assignments["plan", "DISTRICT-1"]
    unit, office, issuer = focal("DISTRICT-1"), focal(OFFICE), focal(PROVINCE)
    story = [
        (act(report, f"acknowledge --by {unit} --now 2025-02-17"), "acknowledged"),
        (act(report, f"extend --by {unit} --now 2025-02-18 --to 07/03/2025", "--why", "chờ số liệu"), "acknowledged"),
        (act(report, f"extend --by {office} --now 2025-02-19 --grant"), "acknowledged"),
        (act(report, f"submit --by {unit} --now 2025-02-20 --number 5/BC"), "submitted"),
        (act(report, f"return --by {office} --now 2025-02-21", "--why", "thiếu chữ ký"), "returned"),
        (act(report, f"submit --by {unit} --now 2025-02-24"), "submitted"),
        (act(report, f"confirm --by {office} --now 2025-02-25"), "completed"),
        (act(plan, f"suspend --by {issuer} --now 2025-03-03 --basis 9/QĐ"), "suspended"),
        (act(plan, f"resume --by {issuer} --now 2025-03-10"), "assigned"),
        (act(plan, f"commit --by {unit} --now 2025-04-10 --to 2025-04-20", "--why", "thiếu người"), "assigned"),
        (act(plan, f"waive --by {issuer} --now 2025-04-11", "--why", "giải thể"), "waived"),
    ]
    for number, (ran, state) in enumerate(story):
        assert (ran.status, ran.err) == (0, ""), number
        assert ran.json["state"] == state, number
        check(ran.json, {"id": int, "act": str, "by": str, "at": Moment, "nominal_due": Day, "late": bool})
    assert story[2][0].json["nominal_due"] == "2025-03-07"
    assert story[0][0].json["at"] == "2025-02-17T08:00:00+07:00"
    ledger = dondoc("timeline", str(report), "--json").json
    assert [one["act"] for one in ledger if one["assignment"] == report] == [
        *("acknowledge", "extend", "grant", "submit", "return", "submit", "confirm")
    ]
    shown = dondoc("timeline", str(report)).out
    assert "25/02/2025 08:00" in shown
    assert "submitted -> returned, “thiếu chữ ký”" in shown
    assert not set("{}[]'") & set(shown), "words for people, not a program's values"
