"""An act that the state, the time or the person does not allow: one line that says why, and nothing written."""

from pathlib import Path

import pytest

from tests.cli.office import dondoc, everything, finished, process
from tests.factories import OFFICE, Issued, focal

UNIT, OTHER, OFFICER = focal("DISTRICT-1"), focal("DISTRICT-2"), focal(OFFICE)

REFUSED = [
    (f"confirm ID --by {OFFICER}", 1, "assignment"),  # nothing was submitted
    (f"return ID --by {OFFICER} --why x", 1, "assignment"),
    (f"resume ID --by {OFFICER}", 1, "assignment"),
    (f"submit ID --by {OTHER}", 1, "the unit that owes it"),  # an officer of another unit
    ("submit ID --by stranger@nowhere.example", 1, "stranger@nowhere.example"),
    (f"submit 999999 --by {UNIT}", 1, "no assignment 999999"),
    (f"submit 99999999999999999999 --by {UNIT}", 2, "too large"),
    (f"extend ID --by {UNIT}", 2, "--to"),
    (f"extend ID --by {OFFICER} --grant --refuse", 2, "not both"),
    (f"extend ID --by {OFFICER} --grant", 1, "assignment"),  # nobody asked
    (f"extend ID --by {UNIT} --to 2025-02-20 --why x", 1, "assignment"),  # before the due date
    (f"extend ID --by {UNIT} --to 9999-12-31 --why x", 2, "--to"),
    (f"extend ID --by {UNIT} --to mai --why x", 2, "--to: 'mai' is not a date"),
    (f"commit ID --by {UNIT} --to 2025-04-01 --why x", 1, "assignment"),  # before the due time
    (f"extend ID --by {UNIT} --to 2025-09-30 --why x", 1, "90 days at most"),
    (f"extend ID --by {OFFICER} --grant --counter 2025-03-10", 2, "--grant and --counter"),
    (f"extend ID --by {OFFICER} --counter mai", 2, "--counter: 'mai' is not a date"),
    (f"extend ID --by {OFFICER} --counter 2025-03-10", 1, "no extension is asked for"),
    (f"extend ID --by {OFFICER} --grant --to 2025-03-10", 2, "--counter"),
    (f"counter ID --by {OFFICER} --to 2025-03-10", 1, "no extension is asked for"),
    (f"accept ID --by {UNIT}", 1, "no other date is offered"),
    (f"extend ID --by {UNIT} --decline", 1, "no other date is offered"),
    (f"obstacle ID --by {OFFICER} --why x", 1, "the unit that owes it"),
    (f"answer ID --by {OFFICER} --why x", 1, "no obstacle is reported"),
    (f"suspend ID --by {UNIT} --basis 7/CV", 1, "the office that receives it"),
    (f"waive ID --by {UNIT} --why x", 1, "the office that receives it"),
    (f"cancel ID --by {UNIT} --why x", 1, "the office that receives it"),
    (f"acknowledge ID --by {OFFICER}", 1, "the unit that owes it"),
    (f"submit ID --by {UNIT} --also ID", 2, "named twice"),
    (f"submit ID --by {UNIT} --also 999999", 1, "no assignment 999999"),
    (f"submit ID --by {UNIT} --file nowhere.docx", 2, "nowhere.docx"),
    (f"submit ID --by {UNIT} --file .", 2, "folder"),
    (f"submit ID --by {UNIT} --values broken.json", 2, "broken.json, line 1"),
    (f"submit ID --by {UNIT} --values list.json", 2, "list.json"),
    (f"submit ID --by {UNIT} --now mai", 2, "--now"),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(("words", "status", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refused_act_says_why_and_writes_nothing(
    words: str, status: int, says: str, issued: Issued, url: str
) -> None:
    Path("broken.json").write_text("{")
    Path("list.json").write_text("[]")
    command = words.replace("ID", str(issued.assignments["report", "DISTRICT-1"])).split()
    before = everything(url)
    dondoc("task", *command, *([] if "--now" in command else ["--now", "2025-02-20"])).failed_plainly(status, says)
    assert everything(url) == before


@pytest.mark.usefixtures("dialect")
def test_a_form_with_a_character_that_cannot_be_kept_writes_nothing_half(issued: Issued, url: str) -> None:
    Path("form.json").write_text('{"a": "x\\u0000y"}')
    before = everything(url)
    report = str(issued.assignments["report", "DISTRICT-1"])
    ran = dondoc("task", "submit", report, "--by", UNIT, "--values", "form.json", "--now", "2025-02-20")
    if ran.status:
        ran.failed_plainly(2, "character")
        assert everything(url) == before


@pytest.mark.usefixtures("url")
def test_of_two_acts_at_once_one_is_done_and_the_other_refused(issued: Issued) -> None:
    report = str(issued.assignments["report", "DISTRICT-1"])
    command = ("task", "submit", report, "--by", UNIT, "--now", "2025-02-20")
    both = [finished(one) for one in [process(*command), process(*command)]]
    assert sorted(one.status for one in both) == [0, 1]
    next(one for one in both if one.status).failed_plainly(1, f"assignment {report}", UNIT)
    done = [one["act"] for one in dondoc("timeline", report, "--json").json if one["assignment"]]
    assert done == ["submit"]
    assert dondoc("verify").status == 0
