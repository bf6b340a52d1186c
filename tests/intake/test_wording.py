"""Words looked for in any case are found as the standard library would find them, and only in lower case written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.intake.wording import Wording, any_of, lowered

VERBS = "họp|học tập|hoàn thành|hoàn thiện|xong|xong việc|đ"


def test_a_wording_is_found_in_any_case_at_its_own_place() -> None:
    found = Wording(r"quý\s+(?P<which>iv|i{1,3})").search("Báo cáo QUÝ  III năm 2025")
    assert found is not None
    assert (found.span(), found["which"]) == ((8, 16), "iii")


def test_a_wording_with_a_capital_is_refused_since_nothing_could_meet_it() -> None:
    with pytest.raises(ValueError, match="lower case"):
        Wording(r"\bQuý\b")


def test_classes_and_names_of_groups_may_have_capitals() -> None:
    assert Wording(r"^\W*(?P<word>\S+)\D$").fullmatch("- Xong.")


@given(st.text(alphabet="aAİıIiđĐỮữ\u0307ßΣς ", max_size=30))
def test_every_letter_keeps_its_place_in_lower_case(text: str) -> None:
    assert len(lowered(text)) == len(text)


@given(st.lists(st.sampled_from([*VERBS.split("|"), "hoàn", "tập", "X"]), max_size=8).map("  ".join))
def test_phrases_that_share_their_beginnings_are_found_like_a_plain_list(text: str) -> None:
    longest_first = "|".join(sorted(VERBS.split("|"), key=len, reverse=True)).replace(" ", r"\s+")
    plain = re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)", re.IGNORECASE)
    shared = Wording(rf"(?<!\w)(?:{any_of(VERBS)})(?!\w)")
    assert [one.span() for one in shared.finditer(text)] == [one.span() for one in plain.finditer(text)]
