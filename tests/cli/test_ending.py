"""`dondoc revoke` as a person types it: what it says, what a script reads, and what it refuses in one line."""

import pytest

from tests.cli.office import dondoc, everything
from tests.factories import OFFICE, PROVINCE, focal

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
        "state": "revoked",
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
