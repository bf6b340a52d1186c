"""Which ladder an obligation is planned with, and that it keeps it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select

from dondoc.errors import InvalidInput
from dondoc.operations.acts import act_on
from dondoc.operations.rules import Rules, office_rules
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.directives import obligation
from models.tables.plans import policy
from models.vocabulary import Act
from tests.factories import OFFICE, PROVINCE, RULES, a_directive_issued, a_province, an_obligation, at, focal
from tests.operations.acting import DISTRICT
from tests.operations.sweeping import names, swept_daily

Write = Callable[..., Rules]


@pytest.fixture
def office(tmp_path: Path) -> Write:
    """Give a function that writes a ladder into an office's home and reads the office's rules."""

    def write(path: str, days: int, **changes: Any) -> Rules:
        content = {key: value for key, value in RULES.ladder.content.items() if key != "due_soon_days"}
        content |= {"name": Path(path).stem, "rungs": [{"days": days, "action": "remind", "to": [_FOCAL]}]} | changes
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(content), encoding="utf-8")
        return replace(office_rules(tmp_path), calendar=RULES.calendar)

    return write


_FOCAL = {"level": 0, "role": "focal"}


@pytest.fixture
def province(database: Database) -> Database:
    a_province(database)
    return database


def kept(database: Database) -> list[tuple[str, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(obligation.c.key, obligation.c.ladder).order_by(obligation.c.id))
        return [(row.key, row.ladder) for row in rows]


def test_the_obligation_s_ladder_comes_first_then_the_directive_s_the_issuer_s_the_office_s_and_the_shipped(
    province: Database, office: Write
) -> None:
    said = an_obligation("one", ladder="strict"), an_obligation("two")
    for path, number in (("ladders/strict.yaml", 1), ("ladders/loose.yaml", 2)):
        rules = office(path, -number)
    a_directive_issued(province, *said, number="1/KH", ladder="loose", rules=rules)
    a_directive_issued(province, an_obligation("three"), number="2/KH", rules=rules)
    rules = office("ladder.yaml", -3, name="ours")
    a_directive_issued(province, an_obligation("four"), number="3/KH", rules=rules)
    rules = office(f"ladders/{PROVINCE}.yaml", -4)
    a_directive_issued(province, an_obligation("five"), number="4/KH", rules=rules)
    a_directive_issued(province, an_obligation("six", ladder="default"), number="5/KH", rules=rules)
    assert kept(province) == [
        ("one", "strict"),
        ("two", "loose"),
        ("three", "default"),
        ("four", "ours"),
        ("five", PROVINCE),
        ("six", "default"),
    ]
    assert verify(province).ok


@pytest.mark.parametrize(("place", "where"), [("obligation", r"obligations\[0\]\.ladder"), ("directive", "ladder")])
def test_a_ladder_that_is_not_there_is_asked_for_by_its_field(
    province: Database, office: Write, place: str, where: str
) -> None:
    rules = office("ladders/strict.yaml", -1)
    asked = an_obligation(**({"ladder": "stirct"} if place == "obligation" else {}))
    header = {"ladder": "stirct"} if place == "directive" else {}
    with pytest.raises(InvalidInput, match=f"^{where}: there is no ladder 'stirct'; there are: default, strict$"):
        a_directive_issued(province, asked, rules=rules, **header)


def test_a_named_ladder_has_the_name_of_its_file_and_says_nothing_that_holds_for_all_letters(office: Write) -> None:
    with pytest.raises(InvalidInput, match=r"strict\.yaml: name: expected strict, the name of the file; found 'x'"):
        office("ladders/strict.yaml", -1, name="x").ladder_named("strict")
    with pytest.raises(InvalidInput, match=r"strict\.yaml: quiet: this holds for all letters; say it in ladder\.yaml"):
        office("ladders/strict.yaml", -1, quiet={"from": "18:00", "to": "07:00"}).ladder_named("strict")


def test_a_changed_text_under_the_same_version_is_refused_and_nothing_is_written(
    province: Database, office: Write
) -> None:
    rules = office("ladders/strict.yaml", -1)
    a_directive_issued(province, an_obligation(ladder="strict"), rules=rules)
    rules = office("ladders/strict.yaml", -2)
    with pytest.raises(InvalidInput, match=r"the ladder 'strict' says something else .* version 1; raise its version"):
        a_directive_issued(province, an_obligation(ladder="strict"), number="2/KH", rules=rules)
    assert len(kept(province)) == 1
    a_directive_issued(
        province, an_obligation(ladder="strict"), number="2/KH", rules=office("ladders/strict.yaml", -2, version=2)
    )
    with province.reading() as connection:
        assert list(connection.execute(select(policy.c.name)).scalars()) == ["strict 1", "strict 2"]


@pytest.mark.parametrize("gone", [False, True])
def test_a_date_that_an_act_moves_is_planned_with_the_ladder_of_the_obligation(
    province: Database,
    office: Write,
    tmp_path: Path,
    gone: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Where its file is gone, by the text that was kept with the plan."""
    rules = office("ladders/strict.yaml", -2)
    report = a_directive_issued(province, an_obligation(ladder="strict"), rules=rules).assignments["report", DISTRICT]
    if gone:
        (tmp_path / "ladders" / "strict.yaml").unlink()
    until = date(2025, 3, 14)
    act_on(province, report, Act.EXTEND, by=focal(DISTRICT), now=at("2025-02-17"), rules=rules, why="Bận", to=until)
    act_on(province, report, Act.GRANT, by=focal(OFFICE), now=at("2025-02-18"), rules=rules)
    swept_daily(province, "2025-02-18", "2025-03-14")
    assert names(province, report) == ["-2"]
    assert verify(province).ok
