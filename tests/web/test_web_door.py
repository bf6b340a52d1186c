"""The bare web door: the counts in Vietnamese, plain words where there are none, headers that guard it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from httpx import Client
from sqlalchemy import update

from models.migrations import SCHEMA
from models.session import Database
from models.tables.units import unit_version
from tests.factories import DISTRICTS, a_directive_issued, a_province
from tests.web.served import client_for


@pytest.fixture
def client(database_url: str, tmp_path: Path) -> Iterator[Client]:
    with client_for(database_url, tmp_path) as opened:
        yield opened


def test_the_page_shows_the_counts_of_the_moment_asked_for(database: Database, client: Client) -> None:
    a_province(database)
    a_directive_issued(database)
    page = client.get("/", params={"as_of": "2025-03-01"})
    assert page.status_code == 200
    assert "08:00 ngày 01/03/2025" in page.text
    assert "121/KH-LĐLĐ" in page.text
    assert 'class="number open_overdue" data-name="Chưa hoàn thành quá hạn">2</td>' in page.text
    assert all(code in page.text for code in DISTRICTS)


def test_now_is_the_clocks_where_no_moment_is_asked_for(database: Database, client: Client) -> None:
    a_province(database)
    a_directive_issued(database)
    assert "Tính đến" in client.get("/").text


def test_before_the_first_directive_the_page_says_so(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Chưa có văn bản nào." in page.text


@pytest.mark.parametrize("as_of", ["yesterday", "2025-02-30", "<script>alert(1)</script>"])
def test_a_moment_that_is_none_is_refused_in_words(client: Client, as_of: str) -> None:
    page = client.get("/", params={"as_of": as_of})
    assert page.status_code == 400
    assert "2025-02-28T07:30" in page.text
    assert "<script>" not in page.text


def test_a_name_from_outside_is_text_and_never_markup(database: Database, client: Client) -> None:
    a_province(database)
    a_directive_issued(database)
    with database.writing() as connection:
        connection.execute(update(unit_version).values(name="<img src=x onerror=alert(1)>"))
    page = client.get("/", params={"as_of": "2025-03-01"}).text
    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_without_a_database_the_page_says_what_to_run_and_the_next_request_finds_it(
    database_url: str, tmp_path: Path
) -> None:
    file = Path(database_url.removeprefix("sqlite:///"))
    away = file.rename(tmp_path / "away.db")
    with client_for(database_url, tmp_path) as client:
        page = client.get("/")
        assert (page.status_code, "dondoc init" in page.text) == (503, True)
        assert client.get("/healthz").status_code == 503
        assert not file.exists()
        away.rename(file)
        assert client.get("/").status_code == 200


def test_an_empty_database_is_not_ready(empty_database_url: str, tmp_path: Path) -> None:
    with client_for(empty_database_url, tmp_path) as client:
        assert client.get("/").status_code == 503
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()["ok"]) == (503, False)


def test_health_names_the_kind_of_database_and_its_schema_and_no_address(client: Client, database_url: str) -> None:
    answer = client.get("/healthz").json()
    assert (answer["ok"], answer["schema"]) == (True, SCHEMA)
    assert answer["database"] == database_url.partition(":")[0].partition("+")[0]


class _Addresses(HTMLParser):
    """Collects every address that a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "src" or (tag == "link" and name == "href")]


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/board.css", "/healthz"])
def test_every_answer_is_guarded(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self'")
    assert headers["x-content-type-options"] == "nosniff"
    assert ("cache-control" in headers) is not path.startswith("/static/")


def test_a_page_fetches_only_from_its_own_host_and_all_is_there(client: Client) -> None:
    addresses = _Addresses()
    addresses.feed(client.get("/").text)
    assert addresses.found
    for address in addresses.found:
        assert address.startswith("/static/")
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/static/../app.py", "/nowhere"])
def test_nothing_else_is_served(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "Không tìm thấy" in page.text
