"""The page of deadline rules says what the rules do."""

from policies.deadlines.rules import RULES
from tests.architecture.deadline_page import PAGE, page


def test_the_page_is_what_the_rules_say_now() -> None:
    again = "python -m tests.architecture.deadline_page"
    assert PAGE.read_text(encoding="utf-8") == page(), f"the rules have changed; write it anew: {again}"


def test_every_rule_has_a_source_and_an_example() -> None:
    assert all(rule.source and rule.examples and rule.decide.__doc__ for rule in RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)
