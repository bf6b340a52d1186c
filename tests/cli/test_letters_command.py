"""The outbox at the command line: a letter put back, and a cascade that stopped said beside the counts."""

import pytest
from sqlalchemy import delete, select, update

from models.session import Database
from models.tables.assignments import assignment
from models.tables.letters import letter
from tests.cli.office import dondoc
from tests.factories import Issued


def test_a_letter_that_failed_is_put_back_and_delivered(issued: Issued, database: Database) -> None:  # noqa: ARG001 (its letters)
    with database.writing() as connection:
        kept = connection.execute(select(letter.c.to_address).where(letter.c.id == 1)).scalar_one()
        connection.execute(update(letter).where(letter.c.id == 1).values(to_address="nobody"))
    dondoc("deliver", "--now", "2025-02-14T09:00")
    with database.writing() as connection:
        connection.execute(update(letter).where(letter.c.id == 1).values(to_address=kept))
    [failed] = dondoc("letters", "--state", "failed", "--json").json
    ran = dondoc("letters", "--requeue", str(failed["id"]))
    assert (ran.status, ran.out) == (0, "")
    assert "leaves at the next delivery" in ran.err
    assert dondoc("deliver", "--json").json["sent"] == 1
    [sent] = [one for one in dondoc("letters", "--json").json if one["id"] == failed["id"]]
    assert (sent["state"], sent["message_id"], sent["attempts"]) == ("sent", failed["message_id"], 3)
    assert dondoc("verify").status == 0


@pytest.mark.parametrize("wrong", ["99", "1"])
def test_a_letter_that_cannot_be_put_back_is_one_line(issued: Issued, wrong: str) -> None:  # noqa: ARG001 (its letters)
    ran = dondoc("letters", "--requeue", wrong)
    assert (ran.status, ran.out) == (1, "")
    assert f"letter {wrong}: " in ran.err


@pytest.mark.parametrize("arguments", [(), ("121/KH-LĐLĐ",)])
def test_the_counts_say_that_a_cascade_has_not_ended(
    issued: Issued, database: Database, arguments: tuple[str, ...]
) -> None:
    assert "has not reached" not in dondoc("status", *arguments).err
    with database.writing() as connection:
        connection.execute(delete(assignment).where(assignment.c.id.in_(issued.assignments.values())))
    ran = dondoc("status", *arguments)
    assert ran.status == 0
    assert "121/KH-LĐLĐ has not reached 2 of its units yet" in ran.err
