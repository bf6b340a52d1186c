"""How a database is opened and shown: no password in what people see, no wait without an end."""

import threading
import time

import pytest
from sqlalchemy.exc import OperationalError

import models.dialects
from models.session import Database, open_database


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://office:SECRET@127.0.0.1:5/books",
        # libpq takes a password among the parameters too.
        "postgresql+psycopg://office@127.0.0.1:5/books?password=SECRET",
        "postgresql+psycopg://office@127.0.0.1:5/books?sslpassword=SECRET&application_name=x",
    ],
)
def test_a_password_is_not_shown_wherever_it_stands(url: str) -> None:
    database = open_database(url)
    assert "SECRET" not in database.shown
    assert "127.0.0.1" in database.shown
    database.dispose()


def test_a_writer_gives_up_on_one_that_hangs(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models.dialects, "BUSY_TIMEOUT_SECONDS", 1)
    impatient = open_database(database_url)
    held, let_go = threading.Event(), threading.Event()

    def hang() -> None:
        with database.writing():
            held.set()
            let_go.wait(20)

    hanging = threading.Thread(target=hang)
    hanging.start()
    held.wait(10)
    began = time.monotonic()
    try:
        with pytest.raises(OperationalError), impatient.writing():
            pass
        assert time.monotonic() - began < 10
    finally:
        let_go.set()
        hanging.join()
        impatient.dispose()
