"""A Message-ID never comes twice: not in another installation, nor in what is written after a backup was restored."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select, update

from dondoc.mail.message import compose
from dondoc.mail.render import render
from dondoc.operations.ledger import entry
from dondoc.operations.letter_values import load_letter_values
from dondoc.operations.message_ids import message_id_domain
from dondoc.operations.rules import default_rules
from models.migrations.run import upgrade
from models.session import Database, open_database
from models.tables.installation import installation
from models.tables.letters import letter
from tests.databases import Databases
from tests.factories import a_directive_issued, a_province, at
from tests.operations.acting import stored

NOW = at("2025-02-19", "07:45")


def made(database: Database, now: datetime = NOW, domain: str = "donvi.example") -> str:
    """Give the domain that the next entry would use, and write none."""
    with database.writing() as connection, entry(connection, at=now, actor="test", act="tried") as opened:
        opened.abandon()
        return message_id_domain(opened, now, domain)


def draw_again(database: Database, token: str) -> None:
    with database.writing() as connection:
        connection.execute(update(installation).values(token=token))


def test_each_schema_that_is_made_draws_a_token_of_its_own(databases: Databases, dialect: str) -> None:
    tokens: list[str] = []
    for _installation in range(2):
        with databases.empty(dialect) as url:
            upgrade(url)
            opened = open_database(url)
            with opened.reading() as connection:
                tokens += connection.execute(select(installation.c.token)).scalars().all()
            opened.dispose()
    assert len(set(tokens)) == 2
    assert {len(token) for token in tokens} == {16}


def test_the_same_letters_of_two_installations_have_different_message_ids(databases: Databases, dialect: str) -> None:
    found = []
    for token in ("a" * 16, "b" * 16):
        with databases.migrated(dialect) as url:
            opened = open_database(url)
            draw_again(opened, token)
            a_province(opened)
            a_directive_issued(opened)
            found.append({row["key"]: row["message_id"] for row in stored(opened, letter)})
            opened.dispose()
    one, other = found
    assert one.keys() == other.keys()
    assert not set(one.values()) & set(other.values())


def test_an_entry_written_again_after_a_restore_makes_other_message_ids(database: Database) -> None:
    before = made(database)
    assert made(database) == before, "the same entry at the same moment"
    assert made(database, at("2025-02-19", "07:46")) != before, "the same place in the ledger, a moment later"
    a_province(database)
    a_directive_issued(database)
    assert made(database) != before, "the same moment after another history"


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_senders_vietnamese_domain_stands_in_ascii_and_the_letter_can_be_written(database: Database) -> None:
    a_province(database)
    a_directive_issued(database, rules=replace(default_rules(), mail_domain="liênđoàn.example"))
    with database.reading() as connection:
        values = load_letter_values(connection, [1], base_url="http://127.0.0.1:8010")[1]
    assert values.message_id.isascii()
    assert values.message_id.endswith("." + "liênđoàn".encode("idna").decode() + ".example>")
    compose(render(values), key="1", sender="vanphong@donvi.example")
