"""What a timeline prints of an entry: a few words, the reason with them, and no program's values."""

from typing import Any

import pytest

from dondoc.cli.timeline_words import entry_words

DONE = {"state_before": "acknowledged", "state_after": "acknowledged"}
ASKED = {"reason": "thiếu số liệu", "due_before": "2025-02-28", "due_asked": "2025-03-10"}
HANDED_IN = {"state_after": "submitted", "late": True, "number": "15/BC", "files": 2}
REPORT = {"unit": "A", "title": "Báo cáo", "period": "2025-H1", "nominal_due": "2025-06-20"}


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"done": [DONE | ASKED], "to": "x"},
         "acknowledged, due 28/02/2025, asked for 10/03/2025, “thiếu số liệu”"),
        ({"done": [DONE | HANDED_IN], "after": "submitted"},
         "acknowledged -> submitted, late, number 15/BC, 2 files"),
        ({"done": [DONE | {"promised_on": "2025-03-20"}]}, "acknowledged, promised 20/03/2025"),
        ({"given": [REPORT], "assigned": 9},
         "given to A: Báo cáo (2025-H1), due 20/06/2025"),
        ({"given": [{"unit": "A", "title": "Học tập", "period": "standing"}]}, "given to A: Học tập, no deadline"),
        ({"letters": [{"id": 1, "kind": "digest", "to": "a@x.example"}], "rungs": [{"name": "-3", "reason": "3 days"}]},
         "rung -3: 3 days; letter (digest) to a@x.example"),
        ({"deliveries": [{"to": "a@x.example", "result": "sent", "reply": "250"}]}, "letter sent to a@x.example"),
        ({"deliveries": [{"to": "a@x.example", "result": "retry", "reply": "450 later"}]},
         "letter to a@x.example: retry, 450 later"),
        # Of a directive: counts, and what nothing above knows stands as it is.
        ({"rungs": [{"name": "+1", "assignments": 12}], "letters": [{"kind": "digest", "letters": 7}]},
         "rung +1 of 12 assignments; 7 letters (digest)"),
        ({"subject": "Về việc", "plan": 7, "rows": {"act": [1, "f"]}, "warnings": []}, "subject: Về việc"),
        ({"carried_from": [{"assignment": 3, "directive": "1/KH"}]}, "carried from: assignment: 3, directive: 1/KH"),
        ({}, ""),
    ],
)  # fmt: skip
def test_an_entry_is_said_in_words(detail: dict[str, Any], words: str) -> None:
    assert entry_words(detail) == words
