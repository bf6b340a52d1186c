"""One-time links of letters in a browser: a look changes nothing, one click acts, a second finds it done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from socket import create_connection

import pytest
from httpx import Client, Response
from sqlalchemy import func, select, update

from dondoc.operations.deliver import deliver
from dondoc.operations.link_tokens import LINK_LIFE, link_signer
from dondoc.operations.outbox import letters
from dondoc.operations.sender import sender_of
from dondoc.operations.verify import verify
from dondoc.settings import load_settings
from models.session import Database
from models.tables.assignments import act, assignment, link_use, submission_file
from models.tables.ledger import ledger
from models.tables.units import officer
from models.vocabulary import Act, State
from tests.factories import a_directive_issued, a_province, an_obligation, at, focal
from tests.operations.acting import DISTRICT, OTHER
from tests.web.served import client_for

WRITTEN = at("2025-02-14", "08:00")


@dataclass
class Office:
    """A province with a report and a plan of its own to be made by each district, its letters, and a browser."""

    database: Database
    client: Client
    folder: Path
    now: datetime = WRITTEN + timedelta(hours=1)

    def link(self, wanted: Act, *, key: str = "report") -> str:
        """Give the address of a link in the letter to the first district's focal officer."""
        [told] = letters(self.database, to=focal(DISTRICT))
        assignment_id = told.assignments[["report", "plan"].index(key)].id
        settings = load_settings({"DONDOC_HOME": str(self.folder / "home")}, self.folder)
        return "/l/" + link_signer(settings).token(told.id, assignment_id, wanted, WRITTEN)

    def acts(self) -> list[str]:
        with self.database.reading() as connection:
            return list(connection.execute(select(act.c.act).order_by(act.c.id)).scalars())

    def states(self) -> set[str]:
        with self.database.reading() as connection:
            return set(connection.execute(select(assignment.c.state)).scalars())


@pytest.fixture
def office(database: Database, database_url: str, tmp_path: Path) -> Iterator[Office]:
    a_province(database)
    a_directive_issued(database, an_obligation("report"), an_obligation("plan", relay=True))
    made: list[Office] = []
    with client_for(database_url, tmp_path, lambda: made[0].now) as client:
        made.append(Office(database, client, tmp_path))
        yield made[0]
    assert verify(database).ok


def refused_kindly(page: Response, *words: str) -> bool:
    return page.status_code in {400, 409} and "Chưa ghi nhận" in page.text and all(word in page.text for word in words)


def test_looking_at_a_link_changes_nothing_however_often(office: Office) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    pages = [office.client.get(link) for _ in range(3)]
    assert {page.status_code for page in pages} == {200}
    assert "Tiếp nhận nhiệm vụ" in pages[0].text
    assert "121/KH-LĐLĐ" in pages[0].text
    assert '<form method="post"' in pages[0].text
    assert office.client.head(link).status_code == 200
    assert office.acts() == []


def test_one_click_acknowledges_in_the_officers_name_and_the_page_then_says_when(office: Office) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    page = office.client.post(link, follow_redirects=True)
    assert page.status_code == 200
    assert "Đã ghi nhận lúc 09:00 ngày 14/02/2025" in page.text
    assert "<form" not in page.text
    assert office.acts() == [Act.ACKNOWLEDGE]
    assert State.ACKNOWLEDGED in office.states()
    with office.database.reading() as connection:
        rows = connection.execute(select(ledger.c.act, ledger.c.actor).order_by(ledger.c.seq.desc()).limit(2)).all()
    assert [tuple(row) for row in rows] == [("link_used", focal(DISTRICT)), ("acknowledge", focal(DISTRICT))]


def test_a_link_works_once(office: Office) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    office.client.post(link)
    again = office.client.post(link)
    assert again.status_code == 409
    assert "Đã ghi nhận lúc" in again.text
    assert office.acts() == [Act.ACKNOWLEDGE]
    with office.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(link_use)).scalar_one() == 1


def test_a_result_is_handed_in_with_its_number_and_files(office: Office) -> None:
    files = [("file", ("Báo cáo.pdf", b"%PDF-1.4 x", "application/pdf")), ("file", ("Phụ lục.xlsx", b"PK x", "x/y"))]
    page = office.client.post(
        office.link(Act.SUBMIT), data={"number": "15/BC-LĐLĐ"}, files=files, follow_redirects=True
    )
    assert "Đã ghi nhận" in page.text
    with office.database.reading() as connection:
        names = connection.execute(select(submission_file.c.name).order_by(submission_file.c.id)).scalars().all()
    assert names == ["Báo cáo.pdf", "Phụ lục.xlsx"]


def test_a_relay_duty_asks_for_the_number_of_the_units_own_document(office: Office) -> None:
    link = office.link(Act.SUBMIT, key="plan")
    assert "required" in office.client.get(link).text
    assert refused_kindly(office.client.post(link, data={"number": "", "minutes": "1/BB"}), "số văn bản hoặc nộp tệp")
    nameless = office.client.post(link, files=[("file", ("Kế hoạch.pdf", b"%PDF", "application/pdf"))])
    assert refused_kindly(nameless, "hãy ghi số của văn bản đó")
    assert office.acts() == []
    assert "Đã ghi nhận" in office.client.post(link, data={"number": "9/KH-LĐLĐ"}, follow_redirects=True).text


def a_form_without_end() -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    for _ in range(20):
        yield b"x" * 100_000


def test_what_is_sent_without_a_length_is_cut_off_where_a_form_ends(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dondoc.web.links.LONGEST_BODY_BYTES", 1_000_000)
    page = office.client.post(
        office.link(Act.SUBMIT),
        content=a_form_without_end(),
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert page.status_code == 413
    assert "Chưa ghi nhận" in page.text
    assert office.acts() == []


def test_nothing_is_received_from_who_holds_no_link(office: Office) -> None:
    """The page comes while the sender still waits to send: nobody fills the disk with what belongs to no letter."""
    address = office.client.base_url
    with create_connection((address.host, address.port or 80), timeout=5) as line:
        line.sendall(b"POST /l/nonsense HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx")
        assert line.recv(1000).startswith(b"HTTP/1.1 404")


def test_more_time_is_asked_for_with_a_date_and_a_reason(office: Office) -> None:
    link = office.link(Act.EXTEND)
    assert 'type="date"' in office.client.get(link).text
    assert refused_kindly(office.client.post(link, data={"to": "2025-03-10"}), "cần nêu lý do")
    far = office.client.post(link, data={"to": "2026-03-10", "why": "thiếu số liệu"})
    assert refused_kindly(far, "tối đa 90 ngày", "(mặc định), tức là đến 29/05/2025")
    assert refused_kindly(
        office.client.post(link, data={"to": "hôm nào đó", "why": "thiếu số liệu"}), "không phải là ngày"
    )
    done = office.client.post(link, data={"to": "2025-03-10", "why": "thiếu số liệu"}, follow_redirects=True)
    assert "Đã ghi nhận" in done.text
    assert office.acts() == [Act.EXTEND]


def test_a_refused_act_leaves_the_link_unused_and_says_why(office: Office) -> None:
    office.now = at("2025-03-10", "09:00")
    link = office.link(Act.EXTEND)
    page = office.client.post(link, data={"to": "2025-03-20", "why": "thiếu số liệu"})
    assert refused_kindly(page, '</strong> <span lang="vi">đã quá thời hạn')
    assert office.acts() == []


def test_a_click_on_an_empty_form_hands_in_nothing(office: Office) -> None:
    link = office.link(Act.SUBMIT)
    for page in (office.client.post(link), office.client.post(link, data={"number": "  "})):
        assert refused_kindly(page, "hãy ghi số văn bản hoặc nộp tệp")
    assert office.acts() == []


def test_a_page_says_which_period_it_is_about(database: Database, database_url: str, tmp_path: Path) -> None:
    a_province(database)
    a_directive_issued(database, an_obligation(every="quarter", due=None, send_by="20 tháng cuối kỳ"))
    with client_for(database_url, tmp_path, lambda: WRITTEN) as client:
        office = Office(database, client, tmp_path)
        page = client.get(office.link(Act.SUBMIT))
    assert "<dt>Kỳ</dt><dd>Quý I/2025</dd>" in page.text


def test_what_is_wrong_with_a_file_is_said_of_that_file(office: Office) -> None:
    page = office.client.post(office.link(Act.SUBMIT), files=[("file", ("Báo cáo.pdf", b"", "application/pdf"))])
    assert refused_kindly(page, "Báo cáo.pdf: tệp rỗng")


def test_a_link_of_an_officer_who_left_says_so(office: Office) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    with office.database.writing() as connection:
        connection.execute(update(officer).where(officer.c.email == focal(DISTRICT)).values(email="moi@unit.example"))
    assert refused_kindly(office.client.post(link), "không còn đảm nhiệm")
    assert office.acts() == []
    with office.database.writing() as connection:
        connection.execute(update(officer).where(officer.c.email == "moi@unit.example").values(email=focal(DISTRICT)))


def test_a_link_whose_task_has_moved_on_offers_nothing(office: Office) -> None:
    office.client.post(office.link(Act.SUBMIT), data={"number": "15/BC-LĐLĐ"})
    page = office.client.get(office.link(Act.ACKNOWLEDGE))
    assert "nhiệm vụ đã sang bước khác" in page.text
    assert "<form" not in page.text


def test_the_links_of_a_delivered_letter_open_and_act(office: Office) -> None:
    settings = load_settings({"DONDOC_HOME": str(office.folder / "home")}, office.folder)
    deliver(office.database, WRITTEN, sender=sender_of(settings))
    files = [file.read_bytes() for file in (settings.maildir / "new").iterdir()]
    [told] = [one for one in map(message_from_bytes, files) if focal(DISTRICT) in one["To"]]
    text = next(part for part in told.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
    assert isinstance(text, bytes)
    links = re.findall(rf"{settings.base_url}(/l/\S+)", text.decode())
    assert len(links) == 6, "each of two tasks is acknowledged, handed in, or given more time"
    pages = [office.client.get(link).text for link in links]
    assert [sum(words in page for page in pages) for words in ("Tiếp nhận nhiệm vụ", "Nộp kết quả", "Xin gia hạn")] == [
        2
    ] * 3
    assert office.client.post(links[0], follow_redirects=True).status_code == 200
    assert office.acts() == [Act.ACKNOWLEDGE]


def test_links_expire(office: Office) -> None:
    office.now = WRITTEN + LINK_LIFE
    for page in (office.client.get(office.link(Act.ACKNOWLEDGE)), office.client.post(office.link(Act.ACKNOWLEDGE))):
        assert page.status_code == 410
        assert "Liên kết đã hết hạn" in page.text
    assert office.acts() == []


@pytest.mark.parametrize("change", ["cut", "turned", "of another key", "nonsense", "huge"])
def test_a_link_that_was_not_written_here_opens_nothing(office: Office, change: str) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    other = load_settings({"DONDOC_HOME": str(office.folder / "other")}, office.folder)
    forged = {
        "cut": link[:-1],
        "turned": link[:-2] + link[-1] + link[-2] if link[-1] != link[-2] else link[:-2] + "AB",
        "of another key": "/l/" + link_signer(other).token(1, 1, Act.ACKNOWLEDGE, WRITTEN),
        "nonsense": "/l/%F0%9F%92%A5",
        "huge": "/l/" + "A" * 20_000,
    }[change]
    for page in (office.client.get(forged), office.client.post(forged)):
        assert page.status_code == 404
        assert "Liên kết không mở được" in page.text
    assert office.acts() == []


@pytest.mark.parametrize("ending", ["padded", "spelt otherwise"])
def test_a_link_spelt_otherwise_than_it_was_written_does_not_work_a_second_time(office: Office, ending: str) -> None:
    """The last letter of a signature holds bits that mean nothing: its neighbour stands for the same signature."""
    link = office.link(Act.ACKNOWLEDGE)
    other = link + "=" if ending == "padded" else link[:-1] + chr(ord(link[-1]) + 1)
    office.client.post(link)
    for page in (office.client.get(other), office.client.post(other)):
        assert page.status_code == 404
        assert "Liên kết không mở được" in page.text
    assert office.acts() == [Act.ACKNOWLEDGE]


def test_a_token_tells_no_name_number_or_address_and_a_page_is_not_kept_or_passed_on(office: Office) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    assert not any(word in link.lower() for word in ("focal", "example", "121", DISTRICT.lower()))
    page = office.client.get(link)
    assert focal(DISTRICT) not in page.text
    assert focal(OTHER) not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in page.headers["x-robots-tag"]
    assert office.client.head("/l/whatever").content == b""


def test_the_key_is_made_once_readable_by_its_owner_alone_and_shown_nowhere(office: Office) -> None:
    link = office.link(Act.ACKNOWLEDGE)
    file = office.folder / "home" / "secret.key"
    assert file.stat().st_mode & 0o077 == 0
    assert office.link(Act.ACKNOWLEDGE) == link
    key = file.read_text(encoding="ascii")
    assert key not in link
    shown = load_settings({"DONDOC_SECRET_KEY": "mot-khoa-du-dai-de-ky"}, office.folder)
    assert "mot-khoa" not in repr(shown)


def test_who_prefers_english_reads_english(database: Database, database_url: str, tmp_path: Path) -> None:
    a_province(database)
    a_directive_issued(database)
    with client_for(database_url, tmp_path, lambda: WRITTEN, DONDOC_LANG="en") as client:
        page = Office(database, client, tmp_path).client.get(Office(database, client, tmp_path).link(Act.ACKNOWLEDGE))
    assert "Acknowledge the task" in page.text
    assert "Tiếp nhận" not in page.text
