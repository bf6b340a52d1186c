"""Who stands on which side of an assignment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Side
from policies.access import OfficeFacts, sides_of

UNIT, LEAD, ISSUER, PARENT = 1, 2, 3, 4
UNITS = st.integers(min_value=1, max_value=6)


@pytest.mark.parametrize(
    ("officer_of", "facts", "sides"),
    [
        (UNIT, OfficeFacts(UNIT, LEAD, ISSUER), {Side.UNIT}),
        (LEAD, OfficeFacts(UNIT, LEAD, ISSUER), {Side.OFFICE}),
        (ISSUER, OfficeFacts(UNIT, LEAD, ISSUER), {Side.OFFICE}),  # the issuer answers where the office does not
        (PARENT, OfficeFacts(UNIT, LEAD, ISSUER), set()),  # a parent that is neither does not act for its subordinate
        (ISSUER, OfficeFacts(ISSUER, LEAD, ISSUER), {Side.UNIT, Side.OFFICE}),  # the issuer's own duty
        (LEAD, OfficeFacts(LEAD, LEAD, ISSUER), {Side.UNIT, Side.OFFICE}),
    ],
)
def test_an_officer_stands_where_the_unit_does(officer_of: int, facts: OfficeFacts, sides: set[Side]) -> None:
    assert sides_of(officer_of, facts) == sides


@given(st.builds(OfficeFacts, UNITS, UNITS, UNITS), UNITS)
def test_only_a_unit_that_the_assignment_names_stands_anywhere(facts: OfficeFacts, officer_of: int) -> None:
    is_named = officer_of in {facts.unit_id, facts.lead_id, facts.issuer_id}
    assert bool(sides_of(officer_of, facts)) is is_named


@given(st.builds(OfficeFacts, UNITS, UNITS, UNITS))
def test_each_side_of_every_assignment_has_somebody(facts: OfficeFacts) -> None:
    assert Side.UNIT in sides_of(facts.unit_id, facts)
    assert Side.OFFICE in sides_of(facts.lead_id, facts)
