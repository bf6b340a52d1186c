"""A directive replaced: what was done is carried over with its times, what was open ends, both keep their record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dondoc.errors import DondocError, InvalidInput, NeedsAnswer, Refused
from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import register
from dondoc.operations.outbox import letters
from dondoc.operations.recount import counter_drift
from dondoc.operations.replace import Replaced, replace_directive
from dondoc.operations.revoke import revoke
from dondoc.operations.status import status
from dondoc.operations.tasks import TaskRow, tasks
from dondoc.operations.timeline import timeline
from dondoc.operations.verify import verify
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.assignments import act, assignment, carry
from models.tables.directives import directive_end
from models.vocabulary import Act, LetterKind, State
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
)
from tests.operations.acting import DISTRICT, OTHER, do, entries, stored
from tests.operations.sweeping import swept_daily

WHY = "Điều chỉnh thời hạn"
NEW = "150/KH-LĐLĐ"


def draft(*obligations: Mapping[str, Any], **said: Any) -> DirectiveDraft:
    given = {
        "number": NEW,
        "type": "Kế hoạch",
        "issued_on": date(2025, 3, 3),
        "issuer": PROVINCE,
        "subject": "Điều chỉnh nhiệm vụ năm 2025",
        "obligations": list(obligations or [an_obligation(due="2025-03-31")]),
    }
    return DirectiveDraft.model_validate(given | said)


def replaced(database: Database, new: DirectiveDraft, **given: Any) -> Replaced:
    said: dict[str, Any] = {"by": focal(PROVINCE), "why": WHY, "now": at("2025-03-03"), "rules": RULES}
    return replace_directive(database, "121/KH-LĐLĐ", new, **(said | given))


@pytest.fixture
def issued(database: Database) -> Issued:
    """A report confirmed by one district and handed in late by the other; a plan acknowledged; one of them open."""
    a_province(database)
    made = a_directive_issued(database, an_obligation(), an_obligation("plan"))
    do(database, made.assignments["report", DISTRICT], Act.SUBMIT, "2025-02-20", number="5/BC")
    do(database, made.assignments["report", DISTRICT], Act.CONFIRM, "2025-02-21", by=focal(OFFICE))
    do(database, made.assignments["report", OTHER], Act.SUBMIT, "2025-03-01", by=focal(OTHER), number="6/BC")
    do(database, made.assignments["plan", DISTRICT], Act.ACKNOWLEDGE, "2025-02-20")
    return made


def now_standing(database: Database) -> dict[tuple[str, str], TaskRow]:
    return {(one.obligation, one.unit): one for one in tasks(database, now=at("2025-03-03", "12:00"), directive=NEW)}


def test_what_was_done_is_carried_with_its_times(database: Database, issued: Issued) -> None:
    done = replaced(database, draft(an_obligation(due="2025-03-31"), an_obligation("plan", due="2025-03-31")))
    assert (done.new, done.assigned, done.carried, done.dropped) == (True, 4, 3, ())
    found = now_standing(database)
    assert {key: one.state for key, one in found.items()} == {
        ("report", DISTRICT): State.COMPLETED,
        ("report", OTHER): State.SUBMITTED,
        ("plan", DISTRICT): State.ACKNOWLEDGED,
        ("plan", OTHER): State.ASSIGNED,
    }
    first = found["report", DISTRICT]
    assert (first.submitted_at, first.confirmed_at) == (at("2025-02-20"), at("2025-02-21"))
    assert issued.assignments["report", DISTRICT] != first.id


def test_what_was_done_once_is_counted_once(database: Database, issued: Issued) -> None:
    """All together count it where it was carried; the old one's own picture and that of the past stay as they were."""

    def counted(moment: str, number: str | None = None) -> tuple[int, int]:
        counts = status(database, now=at(moment), due_soon_days=3, number=number).counts
        return counts.total, counts.done_on_time

    before = counted("2025-03-02")
    replaced(database, draft(an_obligation(due="2025-03-31"), an_obligation("plan", due="2025-03-31")))
    assert counted("2025-03-04") == counted("2025-03-04", NEW) == (4, 1)
    assert counted("2025-03-04", issued.number) == (4, 1)
    assert counted("2025-03-02") == before == (4, 1)


def test_whether_it_was_late_is_judged_by_the_new_due_date(database: Database, issued: Issued) -> None:
    later = draft(an_obligation(due="2025-03-31"))
    late_of = {row["id"]: row["late"] for row in stored(database, assignment)}
    assert late_of[issued.assignments["report", OTHER]] is True
    replaced(database, later)
    late_of = {row["id"]: row["late"] for row in stored(database, assignment)}
    assert late_of[now_standing(database)["report", OTHER].id] is False


def test_a_term_that_was_brought_forward_makes_late_what_had_been_on_time(database: Database, issued: Issued) -> None:
    del issued
    sooner = draft(an_obligation(due="2025-02-19"))
    replaced(database, sooner, accept_past=True)
    late_of = {row["id"]: row["late"] for row in stored(database, assignment)}
    assert late_of[now_standing(database)["report", DISTRICT].id] is True


def test_what_was_open_under_the_old_one_is_cancelled_and_its_record_stays(database: Database, issued: Issued) -> None:
    ended = replaced(database, draft()).ended
    states = {row["id"]: row["state"] for row in stored(database, assignment)}
    assert {key: states[one] for key, one in issued.assignments.items() if len(key) == 2} == {
        ("report", DISTRICT): State.COMPLETED,
        ("report", OTHER): State.CANCELLED,
        ("plan", DISTRICT): State.CANCELLED,
        ("plan", OTHER): State.CANCELLED,
    }
    assert (ended.cancelled, ended.letters) == (3, 2)
    before = status(database, now=at("2025-03-02"), due_soon_days=3, number=issued.number).counts
    assert (before.done_on_time, before.open_overdue) == (1, 3)
    (end,) = stored(database, directive_end)
    assert (end["state"], end["reason"]) == ("replaced", WHY)


def test_the_proof_holds(database: Database, issued: Issued) -> None:
    del issued
    replaced(database, draft(an_obligation(due="2025-03-31"), an_obligation("plan", due="2025-03-31")))
    assert verify(database).ok
    with database.reading() as connection:
        assert counter_drift(connection) == 0


def test_who_was_carried_goes_on_by_the_new_ladder(database: Database, issued: Issued) -> None:
    replaced(database, draft(an_obligation(due="2025-03-31"), an_obligation("plan", due="2025-03-31")))
    swept_daily(database, "2025-03-04", "2025-03-25")
    urged = {one.unit for one in tasks(database, now=at("2025-03-25"), directive=NEW) if one.rung}
    assert urged == {DISTRICT, OTHER}
    found = {(one.obligation, one.unit): one.rung for one in tasks(database, now=at("2025-03-25"), directive=NEW)}
    assert found["report", DISTRICT] is found["report", OTHER] is None
    assert all(
        one.state is not State.ASSIGNED for one in tasks(database, now=at("2025-03-25"), directive=issued.number)
    )


def test_who_submitted_before_does_not_confirm_after(database: Database, issued: Issued) -> None:
    del issued
    replaced(database, draft())
    mine = now_standing(database)["report", OTHER].id
    do(database, mine, Act.RETURN, "2025-03-04", by=focal(OFFICE), why="Thiếu phụ lục")
    do(database, mine, Act.SUBMIT, "2025-03-05", by=focal(OTHER), number="8/BC")
    do(database, mine, Act.CONFIRM, "2025-03-06", by=focal(OFFICE))
    assert verify(database).ok


def test_an_obligation_may_take_the_place_of_one_with_another_key(database: Database, issued: Issued) -> None:
    del issued
    done = replaced(database, draft(an_obligation("summary", replaces="report", due="2025-03-31")))
    assert (done.carried, done.dropped) == (2, ("plan",))
    assert now_standing(database)["summary", DISTRICT].state is State.COMPLETED


def test_a_key_that_is_replaced_by_name_is_not_taken_by_its_own_name_too(database: Database, issued: Issued) -> None:
    del issued
    replaced(database, draft(an_obligation("summary", replaces="report"), an_obligation("report")), accept_past=True)
    found = now_standing(database)
    assert found["summary", DISTRICT].state is State.COMPLETED
    assert found["report", DISTRICT].state is State.ASSIGNED


def test_periods_are_carried_each_onto_its_own(database: Database) -> None:
    a_province(database)
    quarterly = an_obligation(every="quarter", due=None)
    old = a_directive_issued(database, quarterly)
    for name, day in (("2025-Q1", "2025-02-20"), ("2025-Q2", "2025-02-21")):
        do(database, old.assignments["report", name, DISTRICT], Act.SUBMIT, day, number="5/BC")
    replaced(database, draft(quarterly | {"from": "2025-04-01"}))
    mine = tasks(database, now=at("2025-03-03", "12:00"), directive=NEW, unit=DISTRICT)
    assert {one.period: one.state for one in mine} == {
        "2025-Q2": State.SUBMITTED,
        "2025-Q3": State.ASSIGNED,
        "2025-Q4": State.ASSIGNED,
    }


@pytest.mark.parametrize(
    ("new", "dropped"),
    [
        (an_obligation("study", due="2025-03-31"), ("report", "plan")),  # it asks something else altogether
        (an_obligation("report", due=None, every="month"), ("plan",)),  # what was owed once is owed every month
    ],
)
def test_where_nothing_takes_the_place_of_what_was_asked_the_old_one_only_ends(
    database: Database, issued: Issued, new: Mapping[str, Any], dropped: tuple[str, ...]
) -> None:
    done = replaced(database, draft(new))
    assert (done.carried, done.dropped, done.ended.cancelled) == (0, dropped, 3)
    assert {one.state for one in now_standing(database).values()} == {State.ASSIGNED}
    assert tasks(database, now=at("2025-03-04"), directive=issued.number, unit=DISTRICT)[0].state == State.COMPLETED
    assert verify(database).ok


def test_a_standing_duty_that_gets_a_date_takes_over_what_was_acknowledged(database: Database) -> None:
    a_province(database)
    old = a_directive_issued(database, an_obligation(due=None))
    do(database, old.assignments["report", DISTRICT], Act.ACKNOWLEDGE, "2025-02-20")
    assert replaced(database, draft()).carried == 1


def test_followers_of_leads_that_are_all_done_are_closed_at_once(database: Database) -> None:
    a_province(database)
    one = an_obligation(addressees={"units": [DISTRICT]}, coordinating={"units": [GRASSROOTS[0]]})
    old = a_directive_issued(database, one)
    do(database, old.assignments["report", DISTRICT], Act.SUBMIT, "2025-02-20", number="5/BC")
    do(database, old.assignments["report", DISTRICT], Act.CONFIRM, "2025-02-21", by=focal(OFFICE))
    replaced(database, draft(one), accept_past=True)
    assert {one.state for one in tasks(database, now=at("2025-03-03", "12:00"), directive=NEW)} == {State.COMPLETED}
    assert verify(database).ok


def test_a_directive_that_was_issued_already_may_take_the_place(database: Database, issued: Issued) -> None:
    del issued
    new = draft()
    register(database, new, now=at("2025-03-02"), actor="test", rules=RULES)
    list(cascade_all(database, new.reference, at("2025-03-02"), rules=RULES))
    done = replaced(database, new)
    assert (done.assigned, done.carried) == (0, 2)


def test_a_dry_run_says_what_would_be_lost_and_writes_nothing(database: Database, issued: Issued) -> None:
    """The report was handed in by one district; its key was changed, and the file forgets to say so."""
    del issued
    before = stored(database, assignment)
    rehearsed = replaced(database, draft(an_obligation("renamed", due="2025-03-31")), dry_run=True)
    assert (rehearsed.new, rehearsed.carried, rehearsed.dropped) == (True, 0, ("report", "plan"))
    assert (rehearsed.ended.cancelled, rehearsed.ended.handed_in) == (3, 1)
    assert stored(database, assignment) == before
    named = draft(an_obligation("renamed", due="2025-03-31", replaces="report"))
    assert replaced(database, named, dry_run=True).ended.handed_in == 0
    assert replaced(database, named).carried == 2


def test_the_same_again_adds_nothing(database: Database, issued: Issued) -> None:
    del issued
    replaced(database, draft())
    before = (entries(database), stored(database, act), stored(database, carry))
    again = replaced(database, draft(), now=at("2025-03-04"))
    assert (again.new, again.assigned, again.carried) == (False, 0, 0)
    assert (entries(database), stored(database, act), stored(database, carry)) == before


def test_units_are_told_what_takes_its_place(database: Database, issued: Issued) -> None:
    del issued
    replaced(database, draft())
    told = [one for one in letters(database) if one.kind is LetterKind.REVOKED]
    assert [one.to for one in told] == [focal(one) for one in DISTRICTS]
    assert all("121/KH-LĐLĐ" in one.subject for one in told)


def test_the_timelines_of_both_show_the_link(database: Database, issued: Issued) -> None:
    replaced(database, draft())
    old_one, new_one = issued.assignments["report", OTHER], now_standing(database)["report", OTHER].id
    (entry,) = [one for one in timeline(database, issued.number) if one["act"] == "replaced"]
    assert entry["detail"]["ended"] == [{"state": "replaced", "reason": WHY, "replaced_by": NEW}]
    (entry,) = [one for one in timeline(database, NEW) if one["act"] == "replaced"]
    assert entry["detail"]["replaces"] == [{"number": issued.number, "reason": WHY}]
    last = timeline(database, str(new_one))[-1]["detail"]
    assert last["carried_from"] == [{"assignment": old_one, "directive": issued.number, "unit": OTHER}]
    last = timeline(database, str(old_one))[-1]["detail"]
    assert last["carried_to"] == [{"assignment": new_one, "directive": NEW, "unit": OTHER}]


REFUSALS: list[tuple[dict[str, Any], dict[str, Any], type[DondocError], str]] = [
    ({}, {"by": focal(OFFICE)}, Refused, "only an officer of PROVINCE"),
    ({}, {"why": ""}, InvalidInput, "it needs a reason"),
    ({"issuer": DISTRICT}, {}, InvalidInput, "issuer: 121/KH-LĐLĐ was issued by PROVINCE"),
    ({"number": "121/KH-LĐLĐ"}, {}, InvalidInput, "is not replaced by itself"),
    ({"issued_on": date(2025, 2, 13)}, {}, InvalidInput, "issued_on: 2025-02-13 lies before"),
    (
        {"obligations": [an_obligation("a", replaces="nothing")]},
        {"accept_past": True},
        InvalidInput,
        "no obligation of",
    ),
    (
        {"obligations": [an_obligation("a", replaces="plan"), an_obligation("b", replaces="plan")]},
        {"accept_past": True},
        InvalidInput,
        "replaced by two obligations",
    ),
    ({"obligations": [an_obligation()]}, {}, NeedsAnswer, "before the issue date"),  # asked as an issue would
    ({}, {"now": at("2025-02-28")}, Refused, "not dated back"),  # one was handed in on the first of March
]


@pytest.mark.parametrize(("said", "given", "error", "words"), REFUSALS)
@pytest.mark.usefixtures("issued")
def test_what_is_refused_writes_nothing(
    database: Database,
    said: dict[str, Any],
    given: dict[str, Any],
    error: type[DondocError],
    words: str,
) -> None:
    before = (entries(database), stored(database, assignment), stored(database, directive_end))
    with pytest.raises(error, match=words):
        replaced(database, draft(**said), **given)
    assert (entries(database), stored(database, assignment), stored(database, directive_end)) == before


def test_what_has_ended_is_not_replaced(database: Database, issued: Issued) -> None:
    revoke(database, issued.number, by=focal(PROVINCE), why=WHY, now=at("2025-03-03"), rules=RULES)
    with pytest.raises(Refused, match="has ended already: revoked on 2025-03-03"):
        replaced(database, draft())


def test_what_was_replaced_is_neither_revoked_nor_replaced_by_another(database: Database, issued: Issued) -> None:
    replaced(database, draft())
    with pytest.raises(Refused, match=f"replaced by {NEW} on 2025-03-03"):
        revoke(database, issued.number, by=focal(PROVINCE), why=WHY, now=at("2025-03-04"), rules=RULES)
    with pytest.raises(Refused, match=f"replaced by {NEW} on 2025-03-03"):
        replaced(database, draft(number="151/KH-LĐLĐ"))


def test_a_plain_issue_does_not_lose_what_a_file_says_it_replaces(database: Database) -> None:
    a_province(database)
    with pytest.raises(InvalidInput, match=r"obligations\[0\].replaces: .*dondoc replace NUMBER FILE"):
        register(database, draft(an_obligation(replaces="plan")), now=at("2025-03-03"), actor="test", rules=RULES)
