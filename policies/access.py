"""Who may act on an assignment: for the unit, its own officers; for the office, those who receive it or issued it."""

from dataclasses import dataclass

from models.vocabulary import Side


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The units an assignment concerns, by id: who owes, who receives and confirms (lead), who issued."""

    unit_id: int
    lead_id: int
    issuer_id: int


def sides_of(officer_unit_id: int, facts: OfficeFacts) -> frozenset[Side]:
    """Give on which sides an officer of the unit `officer_unit_id` stands; none for a stranger.

    A parent does not act for its subordinate: the unit's own act is what the inspector reads.
    """
    sides = set()
    if officer_unit_id == facts.unit_id:
        sides.add(Side.UNIT)
    if officer_unit_id in {facts.lead_id, facts.issuer_id}:
        sides.add(Side.OFFICE)
    return frozenset(sides)
