"""Every act as an officer types it, in the order of a life, and what the lists then show."""

from typing import Any

import pytest

from tests.cli.office import Ran, dondoc
from tests.factories import OFFICE, Issued, focal, head

UNIT, OTHER, OFFICER = focal("DISTRICT-1"), focal("DISTRICT-2"), focal(OFFICE)


def task(words: str, day: str, *more: str) -> Any:
    ran: Ran = dondoc("task", *words.split(), *more, "--now", day, "--json")
    assert ran.status == 0, ran.err
    return ran.json


def listed(assignment_id: int, day: str = "2025-03-01") -> Any:
    return next(one for one in dondoc("tasks", "--now", day, "--json").json if one["id"] == assignment_id)


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    ("countered", "accepted", "declined"),
    [
        ("counter {id} --to 2025-03-10", "accept {id}", "decline {id}"),
        ("extend {id} --counter 2025-03-10", "extend {id} --accept", "extend {id} --decline"),
    ],
)
def test_a_date_is_asked_for_another_offered_declined_and_then_accepted(
    issued: Issued, countered: str, accepted: str, declined: str
) -> None:
    report = issued.assignments["report", "DISTRICT-1"]
    for day, last in (("2025-02-17", declined), ("2025-02-20", accepted)):
        task(f"extend {report} --by {UNIT} --to 2025-03-20", day, "--why", "Chờ hội nghị")
        waits = listed(report)["extension"]
        assert (waits["waits_for"], waits["due_asked"], waits["due_offered"]) == ("office", "2025-03-20", None)
        offered = task(f"{countered.format(id=report)} --by {OFFICER}", day)
        assert (offered["act"], offered["nominal_due"]) == ("counter", "2025-02-28")  # nothing has moved yet
        assert listed(report)["extension"]["waits_for"] == "unit"
        assert "extension: unit since" in dondoc("tasks", "--now", day).out
        task(f"{last.format(id=report)} --by {head('DISTRICT-1')}", day)
    found = listed(report)
    assert (found["nominal_due"], found["extension"]) == ("2025-03-10", None)
    done = [one["detail"]["done"][0] for one in dondoc("timeline", str(report), "--json").json if one["assignment"]]
    moves = [(one["act"], one.get("due_before"), one.get("due_asked"), one.get("due_offered")) for one in done]
    asked = ("2025-02-28", "2025-03-20")
    assert moves == [
        ("extend", *asked, None),
        ("counter", *asked, "2025-03-10"),
        ("decline", *asked, "2025-03-10"),
        ("extend", *asked, None),
        ("counter", *asked, "2025-03-10"),
        ("accept", *asked, "2025-03-10"),
    ]
    assert dondoc("verify").status == 0


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_an_obstacle_is_shown_until_it_is_answered_and_stops_nothing(issued: Issued) -> None:
    report = issued.assignments["report", "DISTRICT-1"]
    before = listed(report)
    task(f"obstacle {report} --by {UNIT}", "2025-02-20", "--why", "Chưa có hướng dẫn")
    found = listed(report)
    [hindered] = found.pop("obstacles")
    assert (hindered["by"], hindered["text"]) == (UNIT, "Chưa có hướng dẫn")
    assert found.items() <= before.items()
    task(f"answer {report} --by {OFFICER}", "2025-02-21", "--why", "Xem 12/HD-LĐLĐ")
    assert listed(report)["obstacles"] == []
    letters = [(one["to"], one["kind"]) for one in dondoc("letters", "--json").json if one["kind"] == "obstacle"]
    assert sorted(letters) == sorted([(OFFICER, "obstacle"), (UNIT, "obstacle")])


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_one_result_is_handed_in_for_several_tasks(issued: Issued) -> None:
    ids = [issued.assignments[key, "DISTRICT-1"] for key in ("report", "duty")]
    done = task(f"submit {ids[0]} --by {UNIT} --number 12/BC-LĐLĐ --also {ids[1]}", "2025-02-20")
    assert (done["id"], [one["id"] for one in done["also"]]) == (ids[0], ids[1:])
    assert {listed(one)["state"] for one in ids} == {"submitted"}
    plain = dondoc("task", "submit", str(issued.assignments["report", "DISTRICT-2"]), "--by", OTHER, "--also",
                   str(issued.assignments["duty", "DISTRICT-2"]), "--now", "2025-02-20")  # fmt: skip
    assert plain.out.count("submit recorded") == 2


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_the_acts_of_a_whole_life_follow_one_another(issued: Issued) -> None:
    report = issued.assignments["report", "DISTRICT-1"]
    life = [
        (f"acknowledge {report} --by {UNIT}", "2025-02-15", "acknowledged"),
        (f"extend {report} --by {UNIT} --to 2025-03-20 --why x", "2025-02-17", "acknowledged"),
        (f"extend {report} --by {OFFICER} --refuse", "2025-02-17", "acknowledged"),
        (f"extend {report} --by {UNIT} --to 2025-03-10 --why x", "2025-02-18", "acknowledged"),
        (f"extend {report} --by {OFFICER} --grant", "2025-02-18", "acknowledged"),
        (f"suspend {report} --by {OFFICER} --basis 77/CV-LĐLĐ", "2025-02-20", "suspended"),
        (f"resume {report} --by {OFFICER} --basis 79/CV-LĐLĐ", "2025-02-21", "acknowledged"),
        (f"commit {report} --by {UNIT} --to 2025-03-20 --why x", "2025-03-13", "acknowledged"),
        (f"submit {report} --by {UNIT} --number 12/BC", "2025-03-14", "submitted"),
        (f"return {report} --by {OFFICER} --why x", "2025-03-17", "returned"),
        (f"submit {report} --by {UNIT} --number 13/BC", "2025-03-18", "submitted"),
        (f"confirm {report} --by {OFFICER}", "2025-03-19", "completed"),
    ]
    for words, day, state in life:
        assert task(words, day)["state"] == state, words
    assert listed(report, "2025-03-20")["status"] == "done_late"
    for act, key in (("waive", "duty"), ("cancel", "plan")):
        other = issued.assignments[key, "DISTRICT-2"]
        state = {"waive": "waived", "cancel": "cancelled"}[act]
        assert task(f"{act} {other} --by {OFFICER} --why x --basis 80/CV-LĐLĐ", "2025-03-19")["state"] == state
        [ended] = [one["detail"] for one in dondoc("timeline", str(other), "--json").json if one["act"] == act]
        assert (ended["reason"], ended["basis"]) == ("x", "80/CV-LĐLĐ")
    assert dondoc("verify").status == 0
