"""Letters delivered into a maildir: whole, once each, readable by any mail program."""

import mailbox
import os
from pathlib import Path

import pytest

from dondoc.mail.delivery import OutgoingLetter
from dondoc.mail.maildir import MaildirTransport, file_name
from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.mail.smtp import SmtpTransport
from dondoc.mail.transport import transport_for
from models.vocabulary import LetterState
from tests.mail.letter_samples import SAMPLES

LETTERS = [compose(render(values), key=kind, sender="dondoc@ldld-laichau.example") for kind, values in SAMPLES.items()]
LETTERS = [
    OutgoingLetter(one.key, f"<{one.key}@ldld-laichau.example>", one.sender, one.recipient, one.content)
    for one in LETTERS
]
FILES = Path("/proc/self/fd")
"""Where the system says which file a handle stands for."""


def deliver(folder: Path, letters: list[OutgoingLetter]) -> list[LetterState]:
    return [outcome.result for outcome in MaildirTransport(folder).send_batch(letters)]


def names(folder: Path, part: str = "new") -> list[str]:
    return sorted(path.name for path in (folder / part).iterdir())


def test_letters_arrive_whole_as_eml_files_that_a_mail_program_reads(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "mail"
    assert deliver(folder, LETTERS) == [LetterState.SENT] * len(LETTERS)
    assert len(names(folder)) == len(LETTERS)
    assert all(name.endswith(".eml") for name in names(folder))
    assert names(folder, "tmp") == []
    assert {(folder / "new" / file_name(one.message_id)).read_bytes() for one in LETTERS} == {
        one.content for one in LETTERS
    }
    assert len(mailbox.Maildir(folder, create=False)) == len(LETTERS)


def test_a_letter_delivered_again_is_the_same_file(tmp_path: Path) -> None:
    deliver(tmp_path, LETTERS)
    before = names(tmp_path)
    assert deliver(tmp_path, LETTERS) == [LetterState.SENT] * len(LETTERS)
    assert names(tmp_path) == before


@pytest.mark.parametrize("flags", ["", ":2,S"])
def test_a_letter_that_was_read_is_not_delivered_again(tmp_path: Path, flags: str) -> None:
    deliver(tmp_path, LETTERS[:1])
    name = names(tmp_path)[0]
    (tmp_path / "new" / name).rename(tmp_path / "cur" / (name + flags))
    assert deliver(tmp_path, LETTERS[:1]) == [LetterState.SENT]
    assert names(tmp_path) == []


def test_a_half_written_file_of_a_killed_process_is_no_letter_and_in_nobodys_way(tmp_path: Path) -> None:
    deliver(tmp_path, [])
    (tmp_path / "tmp").mkdir(parents=True)
    (tmp_path / "tmp" / f"{file_name(LETTERS[0].message_id)}.1").write_bytes(b"half")
    assert deliver(tmp_path, LETTERS[:1]) == [LetterState.SENT]
    assert (tmp_path / "new" / file_name(LETTERS[0].message_id)).read_bytes() == LETTERS[0].content


def test_a_folder_that_cannot_be_written_keeps_letters_for_another_try(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the folder should be")
    outcomes = list(MaildirTransport(tmp_path / "mail").send_batch(LETTERS[:2]))
    assert [outcome.result for outcome in outcomes] == [LetterState.RETRY] * 2
    assert str(tmp_path / "mail") in outcomes[0].reply


def test_a_disk_that_is_full_leaves_no_half_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_half(path: Path, content: bytes) -> int:
        with path.open("wb") as out:
            out.write(content[:10])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(Path, "write_bytes", write_half)
        outcome = next(iter(MaildirTransport(tmp_path).send_batch(LETTERS[:1])))
    assert outcome.result is LetterState.RETRY
    assert "No space left" in outcome.reply
    assert names(tmp_path) == names(tmp_path, "tmp") == []


def test_a_letter_is_sent_only_when_the_disk_keeps_its_file_and_then_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        flushed.append((FILES / str(handle)).readlink().relative_to(tmp_path).parts[0])
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    outcomes = MaildirTransport(tmp_path).send_batch(LETTERS)
    assert next(outcomes).result is LetterState.SENT
    assert flushed == ["tmp"] * len(LETTERS) + ["new"], "all of the batch, before the first letter is said to be sent"


@pytest.mark.parametrize("refused", ["tmp", "new"])
def test_what_the_disk_does_not_keep_is_not_sent_but_tried_again_to_the_same_file(
    refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        if refused in (FILES / str(handle)).readlink().relative_to(tmp_path).parts:
            raise OSError(5, "Input/output error")

    with monkeypatch.context() as bad_disk:
        bad_disk.setattr(os, "fsync", broken)
        outcomes = list(MaildirTransport(tmp_path).send_batch(LETTERS[:2]))
    assert [one.result for one in outcomes] == [LetterState.RETRY] * 2
    assert "Input/output error" in outcomes[0].reply
    assert names(tmp_path, "tmp") == []
    assert deliver(tmp_path, LETTERS[:2]) == [LetterState.SENT] * 2
    assert len(names(tmp_path)) == 2


@pytest.mark.parametrize("message_id", ["<../../etc/passwd@x.example>", "<a/b@x.example>", "<.@x.example>", "<>"])
def test_a_file_name_stays_in_its_folder(message_id: str) -> None:
    name = file_name(message_id)
    assert "/" not in name
    assert not name.startswith(".")
    assert name.endswith(".eml")


def test_different_letters_never_share_a_file() -> None:
    assert file_name("<a.b@x.example>") != file_name("<a-b@x.example>")
    assert file_name("<a@x.example>") != file_name("<a@y.example>")


def test_the_setting_chooses_between_mail_server_and_maildir(tmp_path: Path) -> None:
    maildir = transport_for(None, tmp_path)
    assert isinstance(maildir, MaildirTransport)
    assert maildir.folder == tmp_path
    assert isinstance(transport_for("smtps://mail.example", tmp_path), SmtpTransport)
