"""Who is away and back, which ladder is in force, and planning anew, as an officer types it."""

from pathlib import Path

import pytest
import yaml

from tests.cli.office import dondoc, everything
from tests.factories import RULES, Issued, focal, head

CALENDAR = """
decided: {2025: "x"}
days:
  - {date: 2025-02-28, kind: holiday, name: "Nghỉ bù", basis: "15/BNV", status: issued}
"""
ON = ("--now", "2025-02-18")


@pytest.mark.usefixtures("province")
def test_away_and_back_say_who_hears_instead() -> None:
    away = ("units", "away", focal("DISTRICT-1"), "--from", "2025-02-19", "--until", "21/02/2025", *ON)
    first = dondoc(*away, "--substitute", head("DISTRICT-1"), "--basis", "12/QĐ-LĐLĐ")
    assert first.out == (
        "focal@district-1.example (DISTRICT-1) is away from 19/02/2025 to 21/02/2025: "
        "head@district-1.example stands in.\n"
    )
    again = dondoc(*away, "--substitute", head("DISTRICT-1"), "--basis", "12/QĐ-LĐLĐ")
    assert again.out.endswith("stands in. It was registered already.\n")
    dondoc(*away).failed_plainly(1, "is away from 2025-02-19 to 2025-02-21", "dondoc units back")
    assert dondoc("units", "back", focal("DISTRICT-1"), *ON).out == f"{focal('DISTRICT-1')} is back as of 18/02/2025.\n"
    assert dondoc("units", "away", head("DISTRICT-1"), *away[3:]).out.endswith("the other officer of the unit hears.\n")
    dondoc("units", "back", "nobody@x.example", *ON).failed_plainly(1, "no officer has the address")
    assert dondoc("verify").status == 0


@pytest.mark.usefixtures("desk")
def test_the_ladder_in_force_is_shown_and_laid_out_for_a_date() -> None:
    plain = dondoc("ladder", "show", *ON)
    assert plain.out.startswith("default 2, 2 levels below the issuer\n")
    assert "focal of the parent" in plain.out
    laid_out = dondoc("ladder", "show", "--due", "2025-02-28", "--levels", "1", "--now", "2025-02-14", "--json").json
    assert [(one["name"], one["at"]) for one in laid_out["rungs"]][:3] == [
        ("-7", "2025-02-19 07:30"),
        ("ack+5", "2025-02-21 07:30"),
        ("-3", "2025-02-25 07:30"),
    ]
    dondoc("ladder", "show", "strict").failed_plainly(2, "there is no ladder 'strict'; there are: default")


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_planning_anew_is_shown_first_and_done_on_somebody_s_word(issued: Issued, url: str, desk: Path) -> None:
    assert issued.assignments
    (desk / "home").mkdir(exist_ok=True)
    (desk / "home" / "ladder.yaml").write_text(yaml.safe_dump(RULES.ladder.content), encoding="utf-8")
    assert dondoc("reproject", *ON).out.startswith("Nothing moves")
    (desk / "home" / "calendar.yaml").write_text(CALENDAR, encoding="utf-8")
    before = everything(url)
    shown = dondoc("reproject", *ON)
    assert "28/02/2025  03/03/2025  calendar: Nghỉ bù 28/02/2025" in shown.out
    assert "nothing was changed" in shown.err
    for missing in (("--why", "Nghỉ bù"), ("--by", head("PROVINCE"))):
        dondoc("reproject", "--apply", *missing, *ON).failed_plainly(2, "say --why TEXT --by EMAIL")
    dondoc("reproject", "--apply", "--why", "Nghỉ bù", "--by", focal("DISTRICT-1"), *ON).failed_plainly(1, "PROVINCE")
    assert everything(url) == before
    done = dondoc("reproject", "--apply", "--why", "Nghỉ bù", "--by", head("PROVINCE"), *ON)
    assert "4 assignments planned anew, 2 letters written." in done.out
    assert dondoc("reproject", *ON, "--json").json == []
    assert dondoc("verify").status == 0
