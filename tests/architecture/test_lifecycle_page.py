"""The page of the lifecycle says what its table does."""

import re

from models.vocabulary import Act, State
from policies.act_needs import NEEDS
from policies.lifecycle import TABLE, TRANSITIONS, After
from tests.architecture.lifecycle_page import PAGE, page


def test_the_page_is_what_the_table_says_now() -> None:
    again = "python -m tests.architecture.lifecycle_page"
    assert PAGE.read_text(encoding="utf-8") == page(), f"the lifecycle has changed; write it anew: {again}"


def test_every_act_has_one_line_and_every_need_says_itself() -> None:
    assert sorted(line.act for line in TABLE) == sorted(Act)
    assert all((need.__doc__ or "").endswith(".") for needs in NEEDS.values() for need in needs)


def test_the_picture_has_every_move_of_the_table() -> None:
    drawn = set(re.findall(r"^    (\w+) --> (\w+): (.*)$", page(), re.MULTILINE))
    moves = {(state, after, act) for state, after, acts in drawn for act in acts.split(", ")}
    fixed = {(pair.state.value, pair.after.value, pair.act.value) for pair in TRANSITIONS if pair.after in set(State)}
    assert fixed <= moves
    assert {act for *_, act in moves} == {line.act.value for line in TABLE if line.after is not After.SAME}
