"""Whatever acts and sweeps follow one another: counters equal a recount, the ledger holds, refusals write nothing."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from dondoc.errors import Refused
from dondoc.operations.acts import act_on
from dondoc.operations.recount import counter_drift
from dondoc.operations.sweep import sweep
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.assignments import act, assignment
from models.tables.ledger import ledger_head
from models.vocabulary import Act, Side, State
from policies.lifecycle import TRANSITIONS, state_after
from policies.status import OPEN
from tests.factories import OFFICE, RULES, a_directive_issued, a_province, an_obligation, at, focal
from tests.operations.acting import DISTRICT
from tests.operations.busy_story import play

WALKS = 20
MOST_STEPS = 12

STEPS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=99),  # which act, of those the table allows or, now and then, of all
        st.sampled_from([Side.UNIT, Side.OFFICE, None]),  # who; None: whoever may
        st.integers(min_value=0, max_value=9),  # days until then
        st.integers(min_value=-5, max_value=40),  # days to the date asked for or promised
        st.booleans(),  # whether a sweep comes before it
    ),
    min_size=3,
    max_size=MOST_STEPS,
)
BY = {Side.UNIT: focal(DISTRICT), Side.OFFICE: focal(OFFICE)}
WITH_DATE = {Act.EXTEND, Act.COUNTER, Act.COMMIT}


def test_no_walk_of_acts_and_sweeps_leaves_the_books_wrong(database: Database) -> None:
    a_province(database)
    duties = [
        an_obligation(f"report-{number}", due=None if number % 7 == 0 else "2025-02-28") for number in range(WALKS)
    ]
    issued = a_directive_issued(database, *duties)
    fresh = (assignment_id for key, assignment_id in issued.assignments.items() if key[1] == DISTRICT)
    walked: list[State] = []

    # Each walk takes an assignment that nobody has acted on, so a failing one cannot be walked again to shrink it.
    @settings(max_examples=WALKS, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(STEPS)
    def walk(steps: list[tuple[int, Side | None, int, int, bool]]) -> None:
        assignment_id = next(fresh)
        now = at("2025-02-15")
        for choice, side, days, until, swept in steps:
            now += timedelta(days=days)
            if swept:
                sweep(database, now, rules=RULES)
            walked.append(take_step(database, assignment_id, choice, side, now, until))
        checked = verify(database)
        assert checked.ok, checked

    walk()
    assert len(set(walked)) >= 5, "the walks reach most states"


def test_whatever_happens_in_a_busy_story_is_a_pair_of_the_table(database: Database) -> None:
    play(database)
    pairs = {(pair.state, pair.act): pair for pair in TRANSITIONS}
    with database.reading() as connection:
        done = connection.execute(select(act.c.state_before, act.c.act, act.c.state_after).distinct()).all()
    assert len({row.act for row in done}) > len(Act) / 2
    for row in done:
        pair = pairs[State(row.state_before), Act(row.act)]
        assert state_after(pair, State(row.state_after)) == row.state_after, row


def take_step(  # noqa: PLR0913, PLR0917 (a step as drawn)
    database: Database, assignment_id: int, choice: int, side: Side | None, now: datetime, until: int
) -> State:
    with database.writing() as connection:
        before = standing(connection, assignment_id)
        state = State(before["state"])
        possible = [line for line in TRANSITIONS if line.state is state and line.side]
        line = possible[choice % len(possible)] if possible and choice % 5 else None
        done = line.act if line else list(Act)[choice % len(Act)]
        by = BY[side or (line and line.side) or Side.UNIT]
        to = now.date() + timedelta(days=until) if done in WITH_DATE else None
        try:
            result = act_on(connection, assignment_id, done, by=by, now=now, rules=RULES, why="because", to=to)
        except Refused:
            assert standing(connection, assignment_id) == before
            return state
        after = standing(connection, assignment_id)
        assert after["version"] == before["version"] + 1
        assert after["seq"] == before["seq"] + 1
        assert after["state"] == result.state_after
        assert after["state"] in OPEN or after["next_action_at"] is None
        assert counter_drift(connection) == 0
    assert not verify(database).broken
    return result.state_after


def standing(connection: Connection, assignment_id: int) -> dict[str, Any]:
    row = connection.execute(select(assignment).where(assignment.c.id == assignment_id)).mappings().one()
    return dict(row) | {"seq": connection.execute(select(ledger_head.c.seq)).scalar_one()}
