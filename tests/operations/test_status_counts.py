"""The counts: they partition, they agree with a replay of the acts, and they say what was true at any moment."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dondoc.errors import DondocError, NeedsAnswer, NotFound
from dondoc.operations.acts import act_on
from dondoc.operations.rules import default_rules
from dondoc.operations.status import Counts, StatusPicture, status
from dondoc.operations.tally import TallyRow, current_tally, past_tally
from models.session import Database, open_database
from models.tables.units import unit
from models.vocabulary import Act
from tests.databases import Databases
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
)

RULES = default_rules()
PARTS = ("done_on_time", "done_late", "open_in_term", "open_overdue", "no_deadline", "waived", "cancelled")
OBLIGATIONS = (
    an_obligation("report"),
    an_obligation("study", addressees={"below": PROVINCE, "kinds": ["grassroots"]}, every="quarter", due=None),
    an_obligation("standing", due=None),
)


@pytest.fixture
def issued(database: Database) -> Issued:
    a_province(database)
    return a_directive_issued(database, *OBLIGATIONS)


def counted(database: Database, now: datetime, unit: str | None = None) -> StatusPicture:
    return status(database, now=now, due_soon_days=3, number="121/KH-LĐLĐ", unit=unit)


def act(database: Database, assignment_id: int, done: Act, by: str, when: datetime, **details: object) -> None:
    act_on(database, assignment_id, done, by=focal(by), now=when, rules=RULES, **details)  # type: ignore[arg-type]


def test_each_status_is_counted_where_it_belongs(database: Database, issued: Issued) -> None:
    first, second = (issued.assignments["report", code] for code in DISTRICTS)
    act(database, first, Act.SUBMIT, DISTRICTS[0], at("2025-02-28", "23:59"))
    act(database, first, Act.CONFIRM, OFFICE, at("2025-03-03"))
    act(database, second, Act.SUBMIT, DISTRICTS[1], at("2025-03-01", "00:00"))
    waived = issued.assignments["study", "2025-Q1", GRASSROOTS[0]]
    act(database, waived, Act.WAIVE, OFFICE, at("2025-03-04"), why="sáp nhập")
    counts = counted(database, at("2025-04-01", "00:00")).counts
    assert counts == Counts(
        total=28,  # 2 reports, 2 standing, 6 grassroots x 4 quarters
        done_on_time=1,
        open_overdue=1 + 5,  # handed in at 00:00 of the next day is late; so are the first quarter's
        open_in_term=18,
        no_deadline=2,
        waived=1,
        awaiting_confirmation=1,
    )


def test_due_soon_is_part_of_what_is_in_term(database: Database, issued: Issued) -> None:
    assert issued.number
    counts = counted(database, at("2025-02-26", "00:00")).counts
    assert (counts.due_soon, counts.open_in_term) == (2, 26)


def test_what_was_not_issued_yet_did_not_exist(database: Database, issued: Issued) -> None:
    assert issued.number
    picture = counted(database, at("2025-02-14", "07:59"))
    assert picture.counts == Counts()
    assert picture.obligations == ()
    assert picture.units == ()


def test_the_past_is_told_as_it_was_with_the_due_date_of_then(database: Database, issued: Issued) -> None:
    second = issued.assignments["report", DISTRICTS[1]]
    act(database, second, Act.EXTEND, DISTRICTS[1], at("2025-02-20"), to=date(2025, 3, 10), why="chờ số liệu")
    before = counted(database, at("2025-02-26", "08:00"))
    act(database, second, Act.GRANT, OFFICE, at("2025-02-27"))
    assert before.counts.due_soon == 2
    assert counted(database, at("2025-02-26", "08:00")) == before
    assert counted(database, at("2025-02-27")).counts.due_soon == 1


@pytest.mark.parametrize(
    ("unit", "total"),
    [
        (PROVINCE, 28),
        (DISTRICTS[0], 1 + 1 + 3 * 4),  # its report, its standing duty, and its grassroots units' quarters
        (GRASSROOTS[0], 4),
        (OFFICE, 0),  # it receives, and owes nothing
    ],
)
def test_a_unit_is_counted_with_all_below_it(database: Database, issued: Issued, unit: str, total: int) -> None:
    assert issued.number
    picture = counted(database, at("2025-03-05"), unit)
    assert picture.counts.total == total
    assert sum(one.counts.total for one in picture.obligations) == total


def test_the_units_shown_are_the_direct_subordinates(database: Database, issued: Issued) -> None:
    assert issued.number
    assert [one.code for one in counted(database, at("2025-03-05")).units] == list(DISTRICTS)
    below = counted(database, at("2025-03-05"), DISTRICTS[1])
    assert [one.code for one in below.units] == list(GRASSROOTS[3:])


def test_all_directives_are_counted_where_none_is_named(database: Database, issued: Issued) -> None:
    assert issued.number
    a_directive_issued(database, number="7/CV-LĐLĐ")
    picture = status(database, now=at("2025-03-05"), due_soon_days=3)
    assert (picture.number, picture.counts.total) == (None, 30)
    assert {one.directive for one in picture.obligations} == {"121/KH-LĐLĐ", "7/CV-LĐLĐ"}


def test_the_json_has_the_fields_that_are_promised(database: Database, issued: Issued) -> None:
    assert issued.number
    said = counted(database, at("2025-03-05")).as_json()
    assert (said["number"], said["as_of"]) == ("121/KH-LĐLĐ", "2025-03-05T09:00:00+07:00")
    report = next(one for one in said["obligations"] if one["key"] == "report")
    assert (report["nominal_due"], report["effective_due"]) == ("2025-02-28", "2025-02-28")
    standing = next(one for one in said["obligations"] if one["key"] == "standing")
    assert (standing["nominal_due"], standing["effective_due"]) == (None, None)
    wanted = ["total", *PARTS, "due_soon", "awaiting_confirmation"]
    for one in (said, *said["obligations"], *said["units"]):
        assert list(one["counts"]) == wanted


@pytest.mark.parametrize("number", ["121/kh-lđlđ", " 121/KH-LĐLĐ ", "121/KH-LĐLĐ@PROVINCE", "121/KH-LĐLĐ"])
def test_a_number_is_found_however_it_is_typed(database: Database, issued: Issued, number: str) -> None:
    assert issued.number
    assert status(database, now=at("2025-03-05"), due_soon_days=3, number=number).number == "121/KH-LĐLĐ"


def test_an_unknown_number_or_unit_is_met_with_the_nearest(database: Database, issued: Issued) -> None:
    assert issued.number
    with pytest.raises(NotFound, match="did you mean 121/KH-LĐLĐ"):
        status(database, now=at("2025-03-05"), due_soon_days=3, number="12/KH-LĐLĐ")
    with pytest.raises(NotFound, match="did you mean DISTRICT"):
        status(database, now=at("2025-03-05"), due_soon_days=3, unit="DISTRIKT-1")


def test_a_number_of_several_issuers_is_asked_about(database: Database, issued: Issued) -> None:
    assert issued.number
    here = an_obligation(addressees={"below": DISTRICTS[0], "kinds": ["grassroots"]}, lead=DISTRICTS[0])
    a_directive_issued(database, here, issuer=DISTRICTS[0])
    with pytest.raises(NeedsAnswer, match="121/KH-LĐLĐ@PROVINCE@2025, 121/KH-LĐLĐ@DISTRICT-1@2025"):
        counted(database, at("2025-03-05"))
    chosen = status(database, now=at("2025-03-05"), due_soon_days=3, number="121/KH-LĐLĐ@DISTRICT-1")
    assert chosen.counts.total == 3
    assert [one.code for one in chosen.units] == list(GRASSROOTS[:3])


# One database for all examples: a story goes on from where the last one ended, in moments that only grow.
class Story:
    """Acts tried one after another on one database; those that the lifecycle refuses change nothing."""

    def __init__(self, database: Database) -> None:
        """Begin with a directive just issued."""
        self.database = database
        a_province(database)
        self.assignments = sorted(set(a_directive_issued(database, *OBLIGATIONS).assignments.values()))
        self.now = at("2025-02-15")
        self.seen: list[StatusPicture] = []

    def go_on(self, hours: int, which: int, done: Act) -> None:
        self.now += timedelta(hours=hours)
        assignment_id = self.assignments[which % len(self.assignments)]
        for code in (OFFICE, *DISTRICTS, *GRASSROOTS):
            to = {"to": date(2025, 12, 31)} if done in {Act.EXTEND, Act.COMMIT} else {}
            try:
                act(self.database, assignment_id, done, code, self.now, why="thử", **to)
            except DondocError:
                continue
            return


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def story(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Story]:
    with databases.migrated(request.param) as url:
        opened = open_database(url)
        yield Story(opened)
        opened.dispose()


# Acts on the standing duty are refused without a deadline where they need one; the mix below reaches every state.
TRIED = (Act.SUBMIT, Act.CONFIRM, Act.RETURN, Act.EXTEND, Act.GRANT, Act.SUSPEND, Act.RESUME, Act.WAIVE, Act.CANCEL)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 99), st.sampled_from(TRIED)), min_size=1, max_size=6))
def test_counters_and_a_replay_of_the_acts_agree_and_both_partition(
    story: Story, steps: list[tuple[int, int, Act]]
) -> None:
    for step in steps:
        story.go_on(*step)
    now = story.now
    with story.database.reading() as connection:
        units = set(connection.execute(select(unit.c.id)).scalars())
        by_counters = _added(current_tally(connection, units, None, now))
        assert by_counters == _added(past_tally(connection, units, None, now))
    picture = counted(story.database, now)
    rows = [one.counts for one in picture.obligations] + [one.counts for one in picture.units]
    for part in (picture.counts, *rows):
        counts = asdict(part)
        assert counts["total"] == sum(counts[name] for name in PARTS)
        assert counts["due_soon"] <= counts["open_in_term"]
    assert sum(one.counts.total for one in picture.units) == picture.counts.total == len(story.assignments)
    story.seen.append(picture)
    again = counted(story.database, story.seen[0].as_of)
    assert again == story.seen[0]


def _added(rows: Iterable[TallyRow]) -> Counter[TallyRow]:
    found: Counter[TallyRow] = Counter()
    for row in rows:
        found[row._replace(n=0)] += row.n
    return found
