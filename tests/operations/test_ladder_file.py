"""A ladder's file: what it may say, and the one line that each mistake gives."""

import json
from copy import deepcopy
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from dondoc.errors import InvalidInput
from dondoc.operations.ladder_file import Ladder, default_ladder, ladder_from, read_ladder
from models.vocabulary import OfficerRole, RungAction
from policies.ladder_policy import Audience, QuietHours, RungRule, StormRule

SHIPPED = default_ladder()
ALL_FIELDS = "above, acknowledge, at, due_soon_days, name, quiet, rungs, storm, until_done, version"
FOCAL = [{"level": 0, "role": "focal"}]


def changed(path: str, value: Any) -> Any:
    """Give the shipped content with one field changed, or left out where `value` is ...; the path is dotted."""
    content: Any = deepcopy(SHIPPED.content)
    *way, last = path.split(".")
    inner = content
    for step in way:
        inner = inner[int(step) if step.isdecimal() else step]
    if value is ...:
        del inner[last]
    else:
        inner[int(last) if last.isdecimal() else last] = value
    return content


def test_the_shipped_ladder_shows_every_field() -> None:
    policy = SHIPPED.policy
    assert (policy.name, policy.version, policy.at) == ("default", 2, time(7, 30))
    assert policy.acknowledge[1] == RungRule(5, RungAction.PROMPT, (Audience(1, OfficerRole.FOCAL),))
    assert (policy.grace_of(2), policy.grace_of(3), policy.grace_of(4)) == (5, 7, 5)
    assert policy.quiet == QuietHours(time(18), time(7, 30))
    assert policy.storm == StormRule(0.33, 30)
    assert policy.repeat_at_most is None


@pytest.mark.parametrize("field", ["acknowledge", "quiet", "storm", "due_soon_days", "above.grace"])
def test_what_is_optional_may_be_left_out(field: str) -> None:
    assert ladder_from(changed(field, ...), "own.yaml") != SHIPPED.policy or field == "due_soon_days"


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("name", ..., "own.yaml: the ladder lacks 'name'; see docs/ladder.md for its shape"),
        ("name", 7, "own.yaml: name: expected a name of at most 60 characters; found '7'"),
        ("version", "2", "own.yaml: version: expected a whole number from 1 to 400; found '2'"),
        ("version", True, "own.yaml: version: expected a whole number from 1 to 400; found 'True'"),
        ("at", 1080, 'own.yaml: at: expected a time of day in quotes, such as "07:30"; found \'1080\''),
        ("at", "19:00", "own.yaml: rungs fall at 19:00, within the quiet hours; move one of them"),
        ("rung", [], f"own.yaml: there is no field 'rung' here; there are: {ALL_FIELDS}"),
        ("rungs", {}, "own.yaml: rungs: expected a list: [one, two], or a line with a dash for each; found '{}'"),
        ("rungs.0.days", "x", "own.yaml: rungs[0].days: expected a whole number from -400 to 400; found 'x'"),
        ("rungs.1.days", -7, "own.yaml: rungs[1]: two of them have the same days:; put their audiences into one"),
        ("rungs.0.action", "prompt", "own.yaml: rungs[0].action: expected remind or escalate; found 'prompt'"),
        ("rungs.0.when", 3, "own.yaml: rungs[0]: there is no field 'when' here; there are: action, days, to"),
        ("rungs.0.to", [], "own.yaml: rungs[0].to: nobody is named here; say to: [{level: 0, role: focal}]"),
        ("rungs.0.to", FOCAL * 2, "own.yaml: rungs[0].to[1]: it stands twice"),
        ("rungs.0.to.0.role", "chief", "own.yaml: rungs[0].to[0].role: expected one of: focal, head; found 'chief'"),
        ("rungs.0.to.0.level", -1, "own.yaml: rungs[0].to[0].level: expected a whole number from 0 to 98; found '-1'"),
        ("acknowledge.0.days", 0, "own.yaml: acknowledge[0].days: expected a whole number from 1 to 400; found '0'"),
        ("acknowledge.0.action", "remind",
         "own.yaml: acknowledge[0]: there is no field 'action' here; there are: days, to"),
        ("above", 5, "own.yaml: above: expected fields: name: value; see docs/ladder.md"),
        ("above.every_days", 0, "own.yaml: above.every_days: expected a whole number from 1 to 400; found '0'"),
        ("above.to", [], "own.yaml: nobody is named here; say to: [focal], to: [head] or both"),
        ("above.grace", {1: 5}, "own.yaml: above.grace: expected a whole number from 2 to 98; found '1'"),
        ("above.grace", {2: "5"}, "own.yaml: above.grace.2: expected a whole number from 1 to 400; found '5'"),
        ("until_done.weekday", 8, "own.yaml: until_done.weekday: expected a whole number from 1 to 7; found '8'"),
        ("until_done.weekday", None, "own.yaml: until_done.weekday: expected a whole number from 1 to 7; found 'None'"),
        ("until_done.weekday", ...,
         "own.yaml: until_done: the ladder lacks 'weekday'; see docs/ladder.md for its shape"),
        ("until_done.every_days", 7,
         "own.yaml: until_done: there is no field 'every_days' here; there are: at_most, to, weekday"),
        ("until_done.at_most", 0, "own.yaml: until_done.at_most: expected a whole number from 1 to 400; found '0'"),
        ("quiet.from", "07:30", "own.yaml: quiet: these hours have no end; leave quiet: out where no hour is quiet"),
        ("quiet.until", "07:30", "own.yaml: quiet: there is no field 'until' here; there are: from, to"),
        ("storm.share", 33, "own.yaml: storm.share: expected a share above 0 and up to 1, such as 0.33; found '33'"),
        ("storm.at_least", 0, "own.yaml: storm.at_least: expected a whole number from 1 to 1000000; found '0'"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_line_that_names_its_place(field: str, value: Any, line: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        ladder_from(changed(field, value), "own.yaml")
    assert str(raised.value) == line


@pytest.mark.parametrize("content", ["- a list", "just words", "# nothing"])
def test_what_is_no_ladder_at_all_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match="expected fields: name: value"):
        read_ladder(path)


def test_a_ladder_that_was_kept_is_read_as_it_was_written() -> None:
    """It is kept as JSON, in which the levels of `grace` are text."""
    written = changed("above.grace", {2: 5, 11: 7})
    kept = json.loads(json.dumps(written))
    policy = ladder_from(kept, "kept")
    assert policy == ladder_from(written, "own.yaml")
    assert Ladder(policy, kept).digest == Ladder(policy, written).digest
