"""`dondoc revoke` and `dondoc replace` as a person types them: what is said, what a script reads, what is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.office import dondoc, everything
from tests.factories import OFFICE, PROVINCE, an_obligation, focal

BY = ("--by", focal(PROVINCE))
WHY = ("--why", "Chờ hướng dẫn")
NOW = ("--now", "2025-02-20")


@pytest.mark.usefixtures("issued")
def test_a_directive_is_revoked_once() -> None:
    first = dondoc("revoke", "121/kh-lđlđ", *BY, *WHY, *NOW)
    assert (first.status, first.out) == (0, "121/KH-LĐLĐ is revoked: 6 assignments cancelled, 2 letters written.\n")
    again = dondoc("revoke", "121/KH-LĐLĐ", *BY, *WHY, *NOW)
    assert (again.status, again.out) == (0, "121/KH-LĐLĐ: nothing new; it was revoked before.\n")


@pytest.mark.usefixtures("issued")
def test_a_script_reads_what_was_done() -> None:
    ran = dondoc("revoke", "121/KH-LĐLĐ", *BY, *WHY, *NOW, "--json")
    assert ran.json == {
        "number": "121/KH-LĐLĐ",
        "dry_run": False,
        "state": "revoked",
        "handed_in": 0,
        "new": True,
        "cancelled": 6,
        "letters": 2,
        "silent": 0,
        "derived": [],
    }


REFUSALS = [
    (("9/KH", *BY, *WHY, *NOW), 1, "no directive '9/KH'"),
    (("121/KH-LĐLĐ", "--by", focal(OFFICE), *WHY, *NOW), 1, "only an officer of PROVINCE"),
    (("121/KH-LĐLĐ", *BY, "--why", " ", *NOW), 2, "--why"),
    (("121/KH-LĐLĐ", *BY, *NOW), 2, "--why"),
    (("121/KH-LĐLĐ", *BY, *WHY, "--now", "2025-02-13"), 1, "not dated back"),
]


@pytest.mark.parametrize(("arguments", "status", "words"), REFUSALS, ids=[words for _, _, words in REFUSALS])
@pytest.mark.usefixtures("issued")
def test_what_is_refused_is_said_in_one_line_and_writes_nothing(
    url: str, arguments: tuple[str, ...], status: int, words: str
) -> None:
    before = everything(url)
    dondoc("revoke", *arguments).failed_plainly(status, words)
    assert everything(url) == before


def directive_file(desk: Path, **said: Any) -> str:
    given = {
        "number": "150/KH-LĐLĐ",
        "type": "Kế hoạch",
        "issued_on": "2025-02-20",
        "issuer": PROVINCE,
        "subject": "Điều chỉnh nhiệm vụ năm 2025",
        "obligations": [an_obligation("plan", due="2025-04-30")],
    }
    file = desk / "new.yaml"
    file.write_text(yaml.safe_dump(given | said, allow_unicode=True), encoding="utf-8")
    return str(file)


@pytest.mark.usefixtures("issued")
def test_a_dry_run_says_what_would_end_and_ends_nothing() -> None:
    ran = dondoc("revoke", "121/KH-LĐLĐ", *BY, *WHY, *NOW, "--dry-run")
    assert (ran.status, "nothing was written" in ran.err) == (0, True)
    assert "6 assignments cancelled" in ran.out
    assert dondoc("revoke", "121/KH-LĐLĐ", *BY, *WHY, *NOW, "--json").json["new"] is True


@pytest.mark.usefixtures("issued")
def test_a_directive_is_replaced_once(desk: Path) -> None:
    file = directive_file(desk)
    assert dondoc("task", "acknowledge", "3", "--by", focal("DISTRICT-1"), "--now", "2025-02-17").status == 0
    first = dondoc("replace", "121/KH-LĐLĐ", file, *BY, *WHY, *NOW)
    assert first.out == (
        "121/KH-LĐLĐ is replaced by 150/KH-LĐLĐ: 2 assignments written, 1 carried over; "
        "6 cancelled under the old one, 2 letters about that.\n"
    )
    assert "150/KH-LĐLĐ does not ask again for: report, duty" in first.err
    again = dondoc("replace", "121/KH-LĐLĐ", file, *BY, *WHY, *NOW, "--json")
    assert (again.json["new"], again.json["carried"], again.json["replaced_by"]) == (False, 0, "150/KH-LĐLĐ")


@pytest.mark.usefixtures("issued")
def test_a_file_that_cannot_take_the_place_is_named_by_its_field(url: str, desk: Path) -> None:
    before = everything(url)
    ran = dondoc("replace", "121/KH-LĐLĐ", directive_file(desk, issuer="DISTRICT-1"), *BY, *WHY, *NOW)
    ran.failed_plainly(2, "issuer: 121/KH-LĐLĐ was issued by PROVINCE")
    assert everything(url) == before


@pytest.mark.usefixtures("issued")
def test_a_plain_issue_of_such_a_file_says_what_to_do(desk: Path) -> None:
    file = directive_file(desk, obligations=[an_obligation("new", replaces="plan")])
    dondoc("issue", file, "--dry-run", *NOW).failed_plainly(2, "obligations[0].replaces", "dondoc replace")
