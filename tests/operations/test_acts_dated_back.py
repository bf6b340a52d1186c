"""An act is not dated back: what is overdue cannot become on time by an earlier clock."""

import pytest

from dondoc.errors import Refused
from dondoc.operations.sweep import sweep
from models.session import Database
from models.vocabulary import Act
from tests.factories import RULES, a_directive_issued, a_province, an_obligation, at
from tests.operations.acting import DISTRICT, do


@pytest.fixture
def report(database: Database) -> int:
    a_province(database)
    return a_directive_issued(database, an_obligation()).assignments["report", DISTRICT]


def test_nothing_is_done_before_it_was_assigned(database: Database, report: int) -> None:
    with pytest.raises(Refused, match="not dated back"):
        do(database, report, Act.SUBMIT, "2025-01-20")


def test_nothing_is_done_before_the_unit_was_last_reminded_of_it(database: Database, report: int) -> None:
    sweep(database, at("2025-03-20", "09:00"), rules=RULES)
    with pytest.raises(Refused, match=r"2025-03-19 .* lies before 2025-03-20 09:00"):
        do(database, report, Act.SUBMIT, "2025-03-19")
    do(database, report, Act.SUBMIT, "2025-03-21")
