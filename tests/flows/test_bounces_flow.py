"""The reading of bounces as a flow: with a mailbox set it marks dead addresses, without one it does nothing."""

from pathlib import Path

import pytest

from dondoc.operations.bounces import dead_addresses
from dondoc.operations.deliver import deliver
from dondoc.operations.outbox import letters
from dondoc.operations.sender import sender_of
from dondoc.settings import load_settings
from flows.bounces import bounces
from models.session import Database
from tests.factories import a_directive_issued, a_province, at, focal
from tests.mail.report_samples import report
from tests.operations.acting import DISTRICT


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_report_in_the_mailbox_marks_the_address(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", database_url)
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    a_province(database)
    a_directive_issued(database)
    deliver(database, at("2025-02-14", "08:05"), sender=sender_of(load_settings()))
    assert bounces.fn("2025-02-14T09:00") is None
    mailbox = tmp_path / "mailbox"
    (mailbox / "new").mkdir(parents=True)
    [sent] = letters(database, to=focal(DISTRICT))
    (mailbox / "new" / "1").write_bytes(report(letter=sent.message_id, recipients=(focal(DISTRICT),)))
    monkeypatch.setenv("DONDOC_BOUNCES", str(mailbox))
    done = bounces.fn("2025-02-14T09:00")
    assert done is not None
    assert (done.reports, done.marked, done.letters) == (1, 1, 1)
    with database.reading() as connection:
        assert [one.address for one in dead_addresses(connection)] == [focal(DISTRICT)]
