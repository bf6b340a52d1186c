"""When a derived duty must be due: what bounds a period of it, by the periods that its issuer itself owes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.relay import Owed, outer_due_of

FIRST, SECOND, YEAR = date(2025, 3, 20), date(2025, 6, 20), date(2025, 12, 15)
QUARTERS = [Owed("2025-Q1", FIRST), Owed("2025-Q2", SECOND)]


@pytest.mark.parametrize(
    ("period", "owed", "bound"),
    [
        ("2025-Q1", QUARTERS, FIRST),  # the same quarter of both
        ("2025-Q2", QUARTERS, SECOND),
        ("2025-Q3", QUARTERS, SECOND),  # no such quarter above: before the last of them
        ("once", QUARTERS, SECOND),
        ("2025-Q1", [Owed("once", YEAR)], YEAR),  # every quarter of it is part of one result
        ("once", [Owed("once", None)], None),  # a standing duty bounds nothing
        ("once", [], None),  # nor what is owed no longer
        ("2025-Q1", [Owed("2025-Q1", None), Owed("2025-Q2", SECOND)], None),
    ],
)
def test_a_period_is_bounded_by_the_same_period_above_or_the_last(
    period: str, owed: list[Owed], bound: date | None
) -> None:
    assert outer_due_of(period, owed) == bound


@given(
    st.sampled_from(["once", "2025-Q1", "2025-Q2"]),
    st.lists(st.builds(Owed, st.sampled_from(["2025-Q1", "2025-Q2", "2025"]), st.none() | st.dates()), max_size=5),
)
def test_a_bound_is_one_of_the_dates_above(period: str, owed: list[Owed]) -> None:
    bound = outer_due_of(period, owed)
    assert bound in {one.due for one in owed} | {None}
    assert bound is None or bound <= max(one.due for one in owed if one.due)
