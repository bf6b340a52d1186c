"""A storm is one letter to each level above, with figures that prove it; the units that owe have each their own."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dondoc.operations.rules import Rules
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.letters import letter, letter_figure, notice
from models.vocabulary import Act
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    PROVINCE,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
    head,
)
from tests.operations.acting import do
from tests.operations.sweeping import ladder_with, letters, swept, swept_daily, waiting

ALL: dict[str, Any] = {"addressees": {"below": PROVINCE, "kinds": ["grassroots"]}}
TO_DISTRICT, TO_ISSUER = "2025-03-05", "2025-03-18"
"""The third and the twelfth working day after 28 February 2025."""


def stormy(share: float = 0.5, at_least: int = 3) -> Rules:
    return ladder_with(storm={"share": share, "at_least": at_least})


@pytest.fixture
def province(database: Database) -> Database:
    a_province(database)
    return database


def storms(database: Database) -> list[tuple[str, str, Any]]:
    """Give (day, address, figures) of the letters that are marked."""
    marked = select(letter.c.day, letter.c.to_address, letter_figure.c.figures).join(letter_figure)
    with database.reading() as connection:
        return [(row[0].isoformat(), *row[1:]) for row in connection.execute(marked.order_by(letter_figure.c.id))]


def to_issuer(database: Database, day: str) -> list[str]:
    return [kind for of, kind, to in letters(database) if (of, to) == (day, head(PROVINCE))]


def test_when_all_are_overdue_each_level_above_gets_one_letter_with_the_figures_of_what_is_below_it(
    province: Database,
) -> None:
    rules = stormy()
    a_directive_issued(province, an_obligation(**ALL), rules=rules)
    swept_daily(province, "2025-02-14", TO_ISSUER, rules)
    of_three, of_six = ({"storm": {"overdue": n, "total": n}} for n in (3, 6))
    assert storms(province) == [
        *((TO_DISTRICT, focal(code), of_three) for code in DISTRICTS),
        *(("2025-03-11", head(code), of_three) for code in DISTRICTS),
        (TO_ISSUER, head(PROVINCE), of_six),
    ]
    assert to_issuer(province, TO_ISSUER) == ["digest"]
    with province.reading() as connection:
        about = select(notice.c.assignment_id).join(letter, letter.c.id == notice.c.letter_id)
        rows = connection.execute(
            about.where(letter.c.to_address == head(PROVINCE), letter.c.day == at(TO_ISSUER).date())
        )
        assert len(rows.all()) == 6
    per_day = [(day, to) for day, _kind, to in letters(province)]
    assert len(set(per_day)) == len(per_day), "each unit that owes has its one digest a day"
    assert {focal(code) for code in GRASSROOTS} <= {to for _day, to in per_day}
    assert verify(province).ok


@pytest.mark.parametrize(
    ("handed_in", "share", "at_least", "storm"), [(3, 0.5, 3, True), (4, 0.5, 2, False), (3, 0.5, 4, False)]
)
def test_a_storm_needs_the_share_and_the_number(
    province: Database,
    handed_in: int,
    share: float,
    at_least: int,
    storm: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    rules = stormy(share, at_least)
    issued = a_directive_issued(province, an_obligation(**ALL), rules=rules)
    for code in GRASSROOTS[:handed_in]:
        do(province, issued.assignments["report", code], Act.SUBMIT, "2025-02-17", by=focal(code))
    swept_daily(province, "2025-02-18", TO_ISSUER, rules)
    assert [day for day, to, _figures in storms(province) if to == head(PROVINCE)] == [TO_ISSUER] * storm


def test_what_is_urgent_and_what_is_not_come_in_one_letter_and_another_sweep_of_the_day_adds_none(
    province: Database,
) -> None:
    rules = stormy()
    a_directive_issued(province, an_obligation(**ALL), rules=rules)
    a_directive_issued(province, an_obligation(**ALL), number="9/CĐ-LĐLĐ", urgency="urgent", rules=rules)
    swept_daily(province, "2025-02-14", "2025-03-17", rules)
    for clock in ("07:30", "07:40", "16:00"):
        swept(province, TO_ISSUER, clock, rules)
    assert to_issuer(province, TO_ISSUER) == ["digest"]
    assert len([one for one in storms(province) if one[:2] == (TO_ISSUER, head(PROVINCE))]) == 2, "by directive"
    assert waiting(province) == 0


def test_without_a_storm_what_is_urgent_has_a_letter_of_its_own(province: Database) -> None:
    rules = stormy(at_least=100)
    a_directive_issued(province, an_obligation(**ALL), rules=rules)
    a_directive_issued(province, an_obligation(**ALL), number="9/CĐ-LĐLĐ", urgency="urgent", rules=rules)
    swept_daily(province, "2025-02-14", TO_ISSUER, rules)
    assert sorted(to_issuer(province, TO_ISSUER)) == ["digest", "urgent"]
    assert storms(province) == []


def test_ten_days_of_downtime_in_a_storm_end_in_one_letter_to_each(province: Database) -> None:
    rules = stormy()
    for number in range(1, 6):
        a_directive_issued(province, an_obligation(**ALL), number=f"{number}/KH", urgency="urgent", rules=rules)
    swept(province, "2025-03-03", rules=rules)
    for minute in range(0, 60, 10):
        moment = at("2025-03-18", "07:30") + timedelta(minutes=minute)
        swept(province, "2025-03-18", f"{moment:%H:%M}", rules)
    received = [to for day, _kind, to in letters(province) if day == "2025-03-18"]
    assert {to for to in received if received.count(to) > 1} == set()
    assert {head(PROVINCE), focal(DISTRICTS[0]), head(DISTRICTS[0])} <= set(received)
