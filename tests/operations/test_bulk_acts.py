"""One act on a set of assignments leaves what as many single acts would: proven, counted, and nothing dated back."""

import pytest
from sqlalchemy import func, literal, select

from dondoc.errors import Refused
from dondoc.operations.bulk_acts import NEVER, apply_to_set
from dondoc.operations.ledger import entry
from dondoc.operations.recount import counter_drift
from dondoc.operations.status import status
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import act, assignment
from models.tables.plans import plan
from models.vocabulary import Act, State
from tests.factories import DISTRICTS, GRASSROOTS, PROVINCE, Issued, a_directive_issued, a_province, an_obligation, at
from tests.operations.acting import DISTRICT, OTHER, do, entries, stored
from tests.operations.sweeping import swept_daily

ENDED = select(assignment.c.id, literal(State.CANCELLED.value).label("state"), NEVER.label("next_action_at"))


@pytest.fixture
def issued(database: Database) -> Issued:
    """Three obligations of all units; one of them acknowledged, one handed in, some reminded of."""
    a_province(database)
    everybody = {"below": PROVINCE, "kinds": ["district", "grassroots"]}
    made = a_directive_issued(
        database,
        *(an_obligation(key, addressees=everybody) for key in ("report", "plan")),
        an_obligation("root", addressees={"units": [PROVINCE]}, due=None),
    )
    do(database, made.assignments["report", DISTRICT], Act.ACKNOWLEDGE, "2025-02-17")
    do(database, made.assignments["report", DISTRICT], Act.SUBMIT, "2025-02-18", number="5/BC-LĐLĐ")
    swept_daily(database, "2025-02-19", "2025-02-21")
    return made


def applied(database: Database, *, day: str = "2025-02-24", done: Act = Act.CANCEL, chosen: object = ENDED) -> int:
    now = at(day)
    with database.writing() as connection, entry(connection, at=now, actor="test", act=done.value) as opened:
        return apply_to_set(connection, opened, done, chosen, officer_id=None, now=now, reason="Vì")  # type: ignore[arg-type]


def test_every_chosen_assignment_has_one_act_more_and_stands_as_it_says(database: Database, issued: Issued) -> None:
    before = {row["id"]: row for row in stored(database, assignment)}
    count = applied(database)
    after = {row["id"]: row for row in stored(database, assignment)}
    acts = [row for row in stored(database, act) if row["act"] == Act.CANCEL]
    assert count == len(acts) == len(before) == 2 * (len(DISTRICTS) + len(GRASSROOTS)) + 1
    for one in acts:
        was, stands = before[one["assignment_id"]], after[one["assignment_id"]]
        assert (one["state_before"], one["version"], one["reason"]) == (was["state"], was["version"] + 1, "Vì")
        # What was not selected stays: plan and rung, and the time at which a result was handed in.
        kept = ("plan_id", "rung", "submitted_at")
        assert [stands[name] for name in kept] == [was[name] for name in kept] == [one[name] for name in kept]
        assert (stands["state"], stands["next_action_at"]) == (State.CANCELLED, None)
    assert after[issued.assignments["report", DISTRICT]]["submitted_at"] is not None


def test_the_ledger_holds_and_the_counters_equal_a_recount(database: Database, issued: Issued) -> None:
    applied(database, chosen=ENDED.where(assignment.c.obligation_id == obligation_of(database, issued, "plan")))
    assert verify(database).ok
    with database.reading() as connection:
        assert counter_drift(connection) == 0
    counts = status(database, now=at("2025-02-24"), due_soon_days=3, number=issued.number).counts
    assert (counts.total, counts.cancelled, counts.awaiting_confirmation) == (17, 8, 1)


def obligation_of(database: Database, issued: Issued, key: str) -> int:
    rows = {row["id"]: row for row in stored(database, assignment)}
    return int(rows[issued.assignments[key, DISTRICT]]["obligation_id"])


def test_a_plan_may_change_with_the_act_and_is_counted_under_the_new_one(database: Database, issued: Issued) -> None:
    standing = select(func.max(plan.c.id)).where(plan.c.due_at.is_(None)).scalar_subquery()
    moved = select(assignment.c.id, standing.label("plan_id"), literal(0).label("rung"), NEVER.label("next_action_at"))
    applied(database, done=Act.REPLAN, chosen=moved.where(assignment.c.id == issued.assignments["plan", OTHER]))
    with database.reading() as connection:
        assert counter_drift(connection) == 0
    assert verify(database).ok
    assert status(database, now=at("2025-02-24"), due_soon_days=3, unit=OTHER).counts.no_deadline == 1


def test_two_acts_may_follow_one_another_under_one_entry(database: Database, issued: Issued) -> None:
    now, mine = at("2025-02-24"), assignment.c.id == issued.assignments["plan", OTHER]
    read = select(assignment.c.id, literal(State.ACKNOWLEDGED.value).label("state")).where(mine)
    with database.writing() as connection, entry(connection, at=now, actor="test", act="both") as opened:
        done = [
            apply_to_set(connection, opened, one, chosen, officer_id=None, now=now)
            for one, chosen in ((Act.ACKNOWLEDGE, read), (Act.CANCEL, ENDED.where(mine)))
        ]
    assert done == [1, 1]
    assert verify(database).ok


def test_nothing_chosen_is_nothing_done(database: Database, issued: Issued) -> None:
    del issued
    assert applied(database, chosen=ENDED.where(assignment.c.id == 0)) == 0
    assert verify(database).ok


@pytest.mark.parametrize(
    "day",
    [
        "2025-02-13",  # before anything was assigned
        "2025-02-17",  # before one was handed in on the 18th
        "2025-02-18",  # before the reminders of the 19th
    ],
)
def test_what_happened_later_is_not_overtaken_by_an_act_dated_back(
    database: Database, issued: Issued, day: str
) -> None:
    del issued
    before = (stored(database, assignment), stored(database, act), entries(database))
    with pytest.raises(Refused, match="an act is not dated back"):
        applied(database, day=day)
    assert (stored(database, assignment), stored(database, act), entries(database)) == before
