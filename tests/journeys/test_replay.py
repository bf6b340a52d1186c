"""The demo's province, small, for a year: everything that a replay leaves is right, to the last rung and letter."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from dondoc.calendar_file import default_calendar
from dondoc.mail.maildir import MaildirTransport
from dondoc.operations.cascade import cascade_all
from dondoc.operations.deliver import Sender
from dondoc.operations.plans import load_ladders
from dondoc.operations.replay import LAST_DAY, Day, Replay
from dondoc.operations.rules import default_rules
from dondoc.operations.status import status
from dondoc.operations.verify import verify
from models.session import Database, open_database
from models.tables.assignments import act, assignment, rung
from models.tables.letters import letter, pending_notice
from models.vocabulary import LetterKind, LetterState
from policies.workdays import ZONE
from tests.databases import DIALECTS, Databases
from tests.factories import at
from tests.journeys.lai_chau import PROVINCE, found_province
from tests.operations.sweeping import local_day

RULES = default_rules()
CALENDAR = default_calendar()
UNITS = {"sqlite": 45, "postgresql": 30}
END = {"sqlite": date(2026, 2, 13), "postgresql": LAST_DAY}
"""A year where it is quick; elsewhere the half-year that the story has acts for."""


class Played(NamedTuple):
    """The database, the last day's sums, the maildir, and the moment of the last sweep."""

    database: Database
    end: Day
    maildir: Path
    last_sweep: datetime


@pytest.fixture(scope="module", params=DIALECTS)
def played(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """Give what a year, or half of one, leaves that is played once."""
    maildir = tmp_path_factory.mktemp("maildir")
    sender = Sender(MaildirTransport(maildir), "dondoc@ldld-laichau.example", "vi", "http://127.0.0.1:8010")
    with databases.migrated(request.param) as url:
        database = open_database(url)
        found_province(database, UNITS[request.param])

        def cascade(reference: str, now: datetime) -> None:
            list(cascade_all(database, reference, now, rules=RULES))

        last = END[request.param]
        replay = Replay(database, seed=1, rules=RULES, sender=sender, cascade=cascade, last_day=last)
        yield Played(database, list(replay.play())[-1], maildir, at(last.isoformat(), "07:40"))
        database.dispose()


def test_the_ledger_holds_and_the_counters_equal_a_recount(played: Played) -> None:
    result = verify(played.database)
    assert (result.ok, result.broken, result.counters_drifted) == (True, None, 0)


def test_every_act_of_the_story_is_possible(played: Played) -> None:
    database, end, _maildir, _last_sweep = played
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(act)).scalar_one() == end.acts
    assert end.refused == 0
    assert end.directives > 5


def test_nobody_has_two_digests_on_a_day_and_none_is_written_on_a_day_not_worked(
    played: Played,
) -> None:
    with played.database.reading() as connection:
        chosen = select(letter.c.to_address, letter.c.day).where(letter.c.kind == LetterKind.DIGEST)
        digests = connection.execute(chosen).all()
        days = set(connection.execute(select(letter.c.day)).scalars())
    assert max(Counter(map(tuple, digests)).values()) == 1
    assert [day for day in days if not CALENDAR.is_working_day(day)] == []


def test_no_rung_is_planned_for_or_fires_on_a_day_not_worked(played: Played) -> None:
    with played.database.reading() as connection:
        moments = set(connection.execute(select(rung.c.planned_at).union(select(rung.c.fired_at))).scalars())
    assert len(moments) > 50
    assert [moment for moment in moments if not CALENDAR.is_working_day(moment.astimezone(ZONE).date())] == []


def test_every_letter_left_and_stands_in_the_maildir(played: Played) -> None:
    database, end, maildir, _last_sweep = played
    with database.reading() as connection:
        states = dict(connection.execute(select(letter.c.state, func.count()).group_by(letter.c.state)).tuples().all())
    assert states == {LetterState.SENT: end.letters}
    assert len(list((maildir / "new").iterdir())) == end.letters


def test_every_rung_that_came_due_fired_once_in_order_on_the_day_it_was_planned_for(
    played: Played,
) -> None:
    fired = defaultdict(list)
    with played.database.reading() as connection:
        for row in connection.execute(select(rung).order_by(rung.c.id)):
            fired[row.assignment_id].append(row)
        behind = select(func.count()).where(assignment.c.next_action_at <= played.last_sweep)
        assert connection.execute(behind).scalar_one() == 0, "nothing that came due was left"
    assert len(fired) > 60
    for rows in fired.values():
        for plan_id in {row.plan_id for row in rows}:
            ordinals = [row.ordinal for row in rows if row.plan_id == plan_id]
            assert ordinals == sorted(set(ordinals))
        assert [row.planned_at for row in rows] == sorted(row.planned_at for row in rows)
        assert [local_day(row.planned_at) for row in rows] == [local_day(row.fired_at) for row in rows]


def test_whoever_did_nothing_at_all_was_urged_by_every_rung_of_the_ladder(played: Played) -> None:
    with played.database.reading() as connection:
        silent = connection.execute(select(assignment).where(assignment.c.version == 0)).all()
        ladders = load_ladders(connection, {row.plan_id for row in silent})
        names = defaultdict(list)
        for row in connection.execute(select(rung.c.assignment_id, rung.c.step).order_by(rung.c.id)):
            names[row.assignment_id].append(row.step)
    dated = [row for row in silent if ladders[row.plan_id]]
    assert len(dated) > 5
    for row in dated:
        due = [one.ordinal for one in ladders[row.plan_id] if row.assigned_at < one.at <= played.last_sweep]
        assert list(dict.fromkeys(names[row.id])) == due
        last = ladders[row.plan_id][-1]
        once = [step for step in names[row.id] if step != last.ordinal or last.repeat_weekday is None]
        assert once == sorted(set(once))
        weeks = len(names[row.id]) - len(once)
        assert weeks == (_weeks(last.at, played.last_sweep) if last.repeat_weekday is not None else 0)


def _weeks(first: datetime, last: datetime) -> int:
    """Count the weeks from a ladder's first weekly rung: one rung each, on its day or the next that is worked."""
    monday = first.astimezone(ZONE).date() - timedelta(days=first.astimezone(ZONE).weekday())
    count = 0
    while CALENDAR.next_working_day(max(monday, first.astimezone(ZONE).date())) <= last.astimezone(ZONE).date():
        count += 1
        monday += timedelta(days=7)
    return count


def test_what_waits_for_a_letter_waits_for_the_next_working_day_only(played: Played) -> None:
    with played.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(pending_notice)).scalar_one() == 0


def test_the_counts_partition_on_any_day(played: Played) -> None:
    moment = at("2025-02-14", "18:00")
    while moment <= played.last_sweep:
        total = status(played.database, now=moment, due_soon_days=3, unit=PROVINCE).counts
        dated = total.done_on_time + total.done_late + total.open_in_term + total.open_overdue
        assert dated + total.no_deadline + total.waived + total.cancelled == total.total
        moment += timedelta(days=12)
    assert total.total > 0
