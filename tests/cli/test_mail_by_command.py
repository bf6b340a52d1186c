"""The switch of all mail, dead addresses and the letter of urging, as an officer types them."""

from pathlib import Path

import pytest

from dondoc.operations.outbox import letters
from models.session import open_database
from tests.cli.office import dondoc, everything
from tests.factories import Issued, focal
from tests.mail.report_samples import report

NOW = ("--now", "2025-02-14T09:00")
BY = ("--by", "trực ban")


@pytest.mark.usefixtures("issued")
def test_mail_alone_shows_the_switch_by_the_clock_of_vietnam() -> None:
    assert dondoc("mail").out.startswith("Mail is on. ")
    dondoc("mail", "off", *BY, "--why", "sai mẫu", *NOW)
    shown = dondoc("mail")
    assert shown.out.startswith("Mail is off, turned by trực ban at 14/02/2025 09:00: sai mẫu. ")
    assert dondoc("mail", "show", "--json").json["at"] == "2025-02-14T09:00:00+07:00"
    dondoc("mail", "off", *BY, "--why", "sai mẫu", *NOW).failed_plainly(1, "mail is off already")
    dondoc("mail", "on", "--by", " ", "--why", "đã sửa", *NOW).failed_plainly(2, "--by", "who does it")
    dondoc("mail", "on", *BY, "--why", " ", *NOW).failed_plainly(2, "--why", "say why")


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_delivery_is_shown_before_it_leaves_and_held_while_mail_is_off(issued: Issued, url: str) -> None:
    assert issued.assignments
    before = everything(url)
    shown = dondoc("deliver", "--dry-run", "--json", *NOW).json
    assert (shown["off"], shown["held"]) == (False, 0)
    assert all(one["size"] > 0 and one["wrong"] is None for one in shown["letters"])
    assert everything(url) == before
    dondoc("mail", "off", *BY, "--why", "sai mẫu", *NOW)
    held = dondoc("deliver", "--dry-run", *NOW)
    assert held.out == "Nothing would leave.\n"
    assert f"{len(shown['letters'])} more are kept back: mail is off" in held.err
    assert dondoc("deliver", "--json", *NOW).json["held"] == len(shown["letters"])
    dondoc("mail", "on", *BY, "--why", "đã sửa", *NOW)
    assert dondoc("deliver", "--json", *NOW).json["sent"] == len(shown["letters"])


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_bounces_are_read_from_a_maildir_and_an_address_is_restored(issued: Issued, url: str, desk: Path) -> None:
    assert issued.assignments
    database = open_database(url)
    [told] = letters(database, to=focal("DISTRICT-1"))
    database.dispose()
    (desk / "bounces" / "new").mkdir(parents=True)
    (desk / "bounces" / "new" / "1").write_bytes(report(letter=told.message_id, recipients=(focal("DISTRICT-1"),)))
    read = ("mail", "bounces", str(desk / "bounces"), "--json", *NOW)
    assert dondoc(*read).json == {"reports": 1, "marked": 1, "unknown": 0, "not_reports": 0, "letters": 1}
    assert focal("DISTRICT-1") in dondoc("mail").out
    restored = dondoc("mail", "restore", focal("DISTRICT-1"), *BY, "--why", "đã mở lại", *NOW)
    assert restored.out == f"Letters go to {focal('DISTRICT-1')} again, for 1 officer.\n"
    assert dondoc(*read).json["marked"] == 0
    assert "Every address takes letters." in dondoc("mail").out
    dondoc("mail", "bounces", str(desk / "none"), *NOW).failed_plainly(2, "there is no such folder or file")
    dondoc("mail", "bounces", *NOW).failed_plainly(2, "DONDOC_BOUNCES")
    assert dondoc("verify").status == 0


@pytest.mark.usefixtures("issued")
def test_a_letter_of_urging_is_drafted_or_says_why_not(desk: Path) -> None:
    file = desk / "cong-van.docx"
    late = ("--now", "2025-03-10")
    drafted = dondoc("urge", "-o", str(file), *late)
    assert drafted.out.startswith(f"{file}: ")
    assert file.read_bytes().startswith(b"PK")
    dondoc("urge", "-o", str(desk / "x.pdf"), *late).failed_plainly(2, "must end in .docx")
    dondoc("urge", "NOWHERE", "-o", str(file), *late).failed_plainly(1, "no unit has the code 'NOWHERE'")
    dondoc("urge", "-o", str(desk / "none" / "x.docx"), *late).failed_plainly(2, "cannot be written")
    dondoc("urge", "-o", str(file / "x.docx"), *late).failed_plainly(2, "cannot be written")
    dondoc("urge", "-o", str(file), *NOW).failed_plainly(1, "nothing is overdue")


@pytest.mark.usefixtures("issued")
@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_full_disk_leaves_the_letter_of_urging_that_was_there(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, content: bytes) -> int:
        with file.open("wb") as opened:
            opened.write(content[:10])
        raise OSError(28, "No space left on device")

    file = desk / "cong-van.docx"
    file.write_bytes(b"PK as it was signed")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        dondoc("urge", "-o", str(file), "--now", "2025-03-10").failed_plainly(2, "No space left on device")
    assert file.read_bytes() == b"PK as it was signed"
    assert [one.name for one in desk.iterdir() if one.is_file()] == ["cong-van.docx"]
