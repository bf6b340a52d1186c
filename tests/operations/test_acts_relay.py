"""A relay duty is done by a directive of the unit's own: named, linked either way round, its dates held in."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from dondoc.errors import InvalidInput, NeedsAnswer, Refused
from dondoc.operations.acts import act_on, submit_for_several
from dondoc.operations.cascade import cascade_all
from dondoc.operations.issue import Registered, register
from dondoc.operations.tasks import tasks
from dondoc.operations.timeline import timeline
from dondoc.operations.verify import verify
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.assignments import act, relay_link, submission, submission_share
from models.tables.directives import directive, directive_end, obligation
from models.vocabulary import Act, DirectiveState, State
from policies.workdays import ZONE
from tests.factories import (
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
from tests.operations.acting import DISTRICT, OTHER, do, entries, last_detail, stored

BELOW = {"below": DISTRICT, "kinds": ["grassroots"]}
UNIT = GRASSROOTS[0]
QUARTERLY: dict[str, Any] = {
    "every": "quarter",
    "due": None,
    "send_by": "ngày 20 tháng cuối quý",
    "deliverable": "study",
}


@pytest.fixture
def issued(database: Database) -> Issued:
    """Issue a plan to relay, one to relay after adoption, a report due on 28 February, and a quarterly study."""
    a_province(database)
    return a_directive_issued(
        database,
        an_obligation("plan", relay=True, deliverable="plan"),
        an_obligation("resolution", relay=True, adoption=True, deliverable="plan", due="2025-03-31"),
        an_obligation("report"),
        an_obligation("quarterly", **QUARTERLY),
    )


@pytest.fixture
def plan(issued: Issued) -> int:
    return issued.assignments["plan", DISTRICT]


def derived(database: Database, *obligations: dict[str, Any], **values: Any) -> Registered:
    """Register a directive of the first district under the province's."""
    said = {"number": "05/KH-LĐLĐ", "type": "Kế hoạch", "issued_on": date(2025, 2, 17), "issuer": DISTRICT}
    said |= {"subject": "Thực hiện", "implements": ["121/KH-LĐLĐ"]}
    duties = obligations or (an_obligation("inner", due="2025-02-24", addressees=BELOW, lead=DISTRICT),)
    draft = DirectiveDraft.model_validate(said | {"obligations": list(duties)} | values)
    now = datetime.combine(draft.issued_on, at("2025-02-14").timetz()).astimezone(ZONE)
    return register(database, draft, now=now, actor="test", rules=RULES)


def inner(key: str = "inner", **values: Any) -> dict[str, Any]:
    return an_obligation(key, **({"addressees": BELOW, "lead": DISTRICT, "due": "2025-02-24"} | values))


def relay_of(database: Database, assignment_id: int) -> str | None:
    return next(one.relay for one in tasks(database, now=at("2025-06-01")) if one.id == assignment_id)


def linked(database: Database, subject: str) -> list[dict[str, Any]]:
    return [fact for entry in timeline(database, subject) for fact in entry["detail"].get("linked", []) if fact]


def test_a_directive_registered_before_is_linked_when_its_number_is_handed_in(database: Database, plan: int) -> None:
    own = derived(database)
    assert relay_of(database, plan) is None
    done = do(database, plan, Act.SUBMIT, "2025-02-18", number=" 05/KH-LĐLĐ ")
    assert done.state_after is State.SUBMITTED
    [link] = stored(database, relay_link)
    assert (link["assignment_id"], link["directive_id"]) == (plan, own.directive_id)
    assert relay_of(database, plan) == "05/KH-LĐLĐ"
    said = {"assignment": plan, "directive": "05/KH-LĐLĐ", "implements": "121/KH-LĐLĐ"}
    assert linked(database, str(plan)) == [said]
    assert linked(database, "05/KH-LĐLĐ") == [said]
    # Handed in again after it was sent back, it is the same link.
    do(database, plan, Act.RETURN, "2025-02-19", by=focal(OFFICE), why="no seal")
    do(database, plan, Act.SUBMIT, "2025-02-20", number="05/KH-LĐLĐ")
    assert len(stored(database, relay_link)) == 1
    assert verify(database).ok


def test_a_directive_registered_later_is_linked_when_it_is_issued(database: Database, plan: int) -> None:
    do(database, plan, Act.SUBMIT, "2025-02-16", number="05/KH-LĐLĐ")
    assert stored(database, relay_link) == []
    own = derived(database)
    [link] = stored(database, relay_link)
    assert (link["assignment_id"], link["directive_id"]) == (plan, own.directive_id)
    assert last_detail(database)["relays"] == 1
    assert relay_of(database, plan) == "05/KH-LĐLĐ"
    said = {"assignment": plan, "directive": "05/KH-LĐLĐ", "implements": "121/KH-LĐLĐ"}
    assert linked(database, str(plan)) == linked(database, "05/KH-LĐLĐ") == [said]
    assert verify(database).ok


def test_only_the_newest_number_handed_in_is_waited_for(database: Database, plan: int) -> None:
    do(database, plan, Act.SUBMIT, "2025-02-15", number="04/KH-LĐLĐ")
    do(database, plan, Act.RETURN, "2025-02-16", by=focal(OFFICE), why="the wrong one")
    derived(database, number="04/KH-LĐLĐ")  # sent back: it does no duty now
    do(database, plan, Act.SUBMIT, "2025-02-18", number="05/KH-LĐLĐ")
    derived(database, issued_on=date(2025, 2, 19))
    assert len(stored(database, relay_link)) == 1
    assert relay_of(database, plan) == "05/KH-LĐLĐ"


def test_a_directive_that_was_sent_back_does_the_duty_no_more_though_its_link_is_kept(
    database: Database, plan: int
) -> None:
    derived(database)
    do(database, plan, Act.SUBMIT, "2025-02-18", number="05/KH-LĐLĐ")
    do(database, plan, Act.RETURN, "2025-02-19", by=focal(OFFICE), why="the wrong one")
    assert relay_of(database, plan) == "05/KH-LĐLĐ"  # what was sent back, until another is handed in
    do(database, plan, Act.SUBMIT, "2025-02-20", number="06/KH-LĐLĐ")
    assert relay_of(database, plan) is None
    derived(database, number="06/KH-LĐLĐ", issued_on=date(2025, 2, 21))
    assert relay_of(database, plan) == "06/KH-LĐLĐ"


def test_a_number_with_the_units_own_code_is_the_same_number_for_whatever_it_answers(
    database: Database, issued: Issued
) -> None:
    """Handed in for a report first: what shares its result waits for that number, without the code."""
    ids = [issued.assignments[key, DISTRICT] for key in ("report", "plan")]
    number = f"05/KH-LĐLĐ@{DISTRICT}"
    submit_for_several(database, ids, by=focal(DISTRICT), now=at("2025-02-16"), rules=RULES, number=number)
    assert [one["number"] for one in stored(database, submission)] == ["05/KH-LĐLĐ"]
    derived(database)
    assert relay_of(database, ids[1]) == "05/KH-LĐLĐ"


def test_a_number_that_does_not_do_the_duty_is_refused_with_why(database: Database, plan: int) -> None:
    derived(database, number="06/KH-LĐLĐ", implements=[])
    derived(database, number="07/KH-LĐLĐ")
    with database.writing() as connection:
        end = {"directive_id": 3, "state": DirectiveState.REVOKED, "at": at("2025-02-17"), "reason": "", "entry": 1}
        connection.execute(insert(directive_end), end)
    before = entries(database)
    for number, words in (
        ("121/KH-LĐLĐ", "is of PROVINCE, not of the unit that owes it"),
        ("121/KH-LĐLĐ@PROVINCE", "is a number of PROVINCE, and DISTRICT-1 owes it"),
        ("06/KH-LĐLĐ", "does not say that it implements"),
        ("07/KH-LĐLĐ", "no longer in force"),
    ):
        with pytest.raises(Refused, match=words):
            do(database, plan, Act.SUBMIT, "2025-02-18", number=number)
    assert entries(database) == before


def test_a_directive_older_than_the_duty_only_shares_its_number_with_the_one_to_come(
    database: Database, plan: int
) -> None:
    """Numbers begin anew each year: last year's plan of the same number is not what carries this year's out."""
    derived(database, implements=[], issued_on=date(2024, 3, 1), obligations=[inner(due="2024-04-01")])
    done = do(database, plan, Act.SUBMIT, "2025-02-16", number="05/KH-LĐLĐ")
    assert done.state_after is State.SUBMITTED
    assert stored(database, relay_link) == []
    own = derived(database)
    assert [link["directive_id"] for link in stored(database, relay_link)] == [own.directive_id]
    assert verify(database).ok


def test_two_units_may_have_the_same_number(database: Database, issued: Issued) -> None:
    derived(database)
    theirs = issued.assignments["plan", OTHER]
    with pytest.raises(Refused, match=r"is of DISTRICT-1, not of the unit that owes it.*NUMBER@CODE"):
        do(database, theirs, Act.SUBMIT, "2025-02-18", by=focal(OTHER), number="05/KH-LĐLĐ")
    done = do(database, theirs, Act.SUBMIT, "2025-02-18", by=focal(OTHER), number=f"05/KH-LĐLĐ@{OTHER}")
    assert done.state_after is State.SUBMITTED
    assert stored(database, submission)[-1]["number"] == "05/KH-LĐLĐ"
    derived(database, inner(addressees={"below": OTHER, "kinds": ["grassroots"]}, lead=OTHER), issuer=OTHER)
    assert [row["assignment_id"] for row in stored(database, relay_link)] == [theirs]


def test_a_directive_that_was_handed_in_but_does_not_implement_is_told_to_the_clerk(
    database: Database, plan: int
) -> None:
    do(database, plan, Act.SUBMIT, "2025-02-16", number="05/KH-LĐLĐ")
    own = derived(database, implements=[])
    assert f"05/KH-LĐLĐ was handed in as what carries out 121/KH-LĐLĐ (assignment {plan})" in "\n".join(own.warnings)
    assert stored(database, relay_link) == []


def test_what_holds_only_when_adopted_needs_its_minutes(database: Database, issued: Issued) -> None:
    resolution = issued.assignments["resolution", DISTRICT]
    with pytest.raises(Refused, match="give the minutes"):
        do(database, resolution, Act.SUBMIT, "2025-02-18", number="06/NQ-LĐLĐ")
    do(database, resolution, Act.SUBMIT, "2025-02-18", number="06/NQ-LĐLĐ", minutes="Biên bản 03/BB-BCH")
    assert stored(database, submission)[-1]["minutes"] == "Biên bản 03/BB-BCH"
    done = [fact for entry in timeline(database, str(resolution)) for fact in entry["detail"].get("done", [])]
    assert (done[-1]["number"], done[-1]["minutes"]) == ("06/NQ-LĐLĐ", "Biên bản 03/BB-BCH")
    with pytest.raises(InvalidInput, match="minutes does not go with confirm"):
        do(database, resolution, Act.CONFIRM, "2025-02-19", by=focal(OFFICE), minutes="x")


def test_one_result_for_several_is_kept_once_with_an_act_on_each(database: Database, issued: Issued) -> None:
    ids = [issued.assignments[key, DISTRICT] for key in ("report", "plan")]
    derived(database)
    done = submit_for_several(
        database, ids, by=focal(DISTRICT), now=at("2025-02-18"), rules=RULES, number="05/KH-LĐLĐ", values={"n": 1}
    )
    assert [(one.assignment_id, one.state_after) for one in done] == [(one, State.SUBMITTED) for one in ids]
    [kept] = stored(database, submission)
    [shared] = stored(database, submission_share)
    acts = [row["id"] for row in stored(database, act)]
    assert (kept["act_id"], shared["submission_id"], shared["act_id"]) == (acts[0], kept["id"], acts[1])
    assert relay_of(database, ids[1]) == "05/KH-LĐLĐ"
    for one in ids:
        said = [fact for entry in timeline(database, str(one)) for fact in entry["detail"].get("done", [])]
        assert said[-1]["number"] == "05/KH-LĐLĐ"
    assert verify(database).ok


def test_a_shared_number_waits_for_its_directive_too(database: Database, issued: Issued) -> None:
    ids = [issued.assignments[key, DISTRICT] for key in ("report", "plan")]
    submit_for_several(database, ids, by=focal(DISTRICT), now=at("2025-02-16"), rules=RULES, number="05/KH-LĐLĐ")
    derived(database)
    assert [row["assignment_id"] for row in stored(database, relay_link)] == ids[1:]


def test_of_several_all_are_handed_in_or_none(database: Database, issued: Issued) -> None:
    ours, theirs = issued.assignments["report", DISTRICT], issued.assignments["report", OTHER]
    before = entries(database)
    cases: list[tuple[list[int], dict[str, Any], str]] = [
        ([ours, theirs], {}, f"assignment {theirs}: it is owed by another unit"),
        ([ours, issued.assignments["plan", DISTRICT]], {}, "give that directive's number"),
        ([ours, issued.assignments["resolution", DISTRICT]], {"number": "06/NQ"}, "minutes"),
    ]
    for ids, given, words in cases:
        with pytest.raises(Refused, match=words):
            submit_for_several(database, ids, by=focal(DISTRICT), now=at("2025-02-16"), rules=RULES, **given)
    with pytest.raises(InvalidInput, match=f"assignment {ours} is named twice"):
        submit_for_several(database, [ours, ours], by=focal(DISTRICT), now=at("2025-02-16"), rules=RULES)
    assert entries(database) == before
    with database.writing() as connection:  # in a caller's transaction too, the first of the two is undone
        with pytest.raises(Refused):
            submit_for_several(connection, [ours, theirs], by=focal(DISTRICT), now=at("2025-02-16"), rules=RULES)
        act_on(connection, ours, Act.ACKNOWLEDGE, by=focal(DISTRICT), now=at("2025-02-16"), rules=RULES)
    assert [row["act"] for row in stored(database, act)] == ["acknowledge"]
    assert stored(database, submission) == []


def test_what_serves_a_higher_obligation_is_kept_with_it(database: Database, issued: Issued) -> None:
    assert issued.number
    derived(database, inner(serves="report"), inner("study", **QUARTERLY, serves="121/KH-LĐLĐ#quarterly"), inner("own"))
    by_key = {row["key"]: row for row in stored(database, obligation)}
    assert by_key["inner"]["serves_id"] == by_key["report"]["id"]
    assert by_key["study"]["serves_id"] == by_key["quarterly"]["id"]
    assert by_key["own"]["serves_id"] is None
    assert verify(database).ok


@pytest.mark.parametrize(
    ("duty", "refused"),
    [
        (
            inner(serves="report", due="2025-03-01"),
            r"obligations\[0\].due: 2025-03-01 lies after 2025-02-28, when DIST",
        ),
        # Period by period: the same quarter of both.
        (
            inner("study", **(QUARTERLY | {"send_by": "ngày 25 tháng cuối quý"}), serves="quarterly"),
            r"obligations\[0\].send_by: 2025-03-25 lies after 2025-03-20, when DISTRICT-1 itself owes 121/KH",
        ),
        (inner(serves="quarterly", due="2025-12-21"), "lies after 2025-12-20"),  # once, under a series: before its last
        (inner(serves="nonsense"), r"obligations\[0\].serves: 'nonsense' is no obligation that DISTRICT-1 owes under"),
        (inner(serves="9/KH#report"), "they are: 121/KH-LĐLĐ#plan, 121/KH-LĐLĐ#resolution, 121/KH-LĐLĐ#report"),
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_date_below_is_not_after_the_issuers_own(
    database: Database, issued: Issued, duty: dict[str, Any], refused: str
) -> None:
    assert issued.number
    before = entries(database)
    with pytest.raises(InvalidInput, match=refused):
        derived(database, duty)
    assert entries(database) == before


@pytest.mark.parametrize(
    "duty",
    [
        inner(serves="report", due="2025-02-28"),  # the day itself
        inner(serves="quarterly", due="2025-12-20"),
        inner(serves="121/KH-LĐLĐ@PROVINCE#report"),
        inner(serves="report", due=None),  # a standing duty is after nothing
    ],
)
@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_date_below_up_to_the_issuers_own_is_possible(
    database: Database, issued: Issued, duty: dict[str, Any]
) -> None:
    assert issued.number
    assert derived(database, duty).new


def test_what_serves_names_the_directive_it_implements(database: Database, issued: Issued) -> None:
    assert issued.number
    with pytest.raises(InvalidInput, match=r"obligations\[0\].serves: .*name that in implements:"):
        derived(database, inner(serves="report"), implements=[])
    a_directive_issued(database, an_obligation("report"), number="122/KH-LĐLĐ")
    both = ["121/KH-LĐLĐ", "122/KH-LĐLĐ"]
    with pytest.raises(NeedsAnswer, match=r"121/KH-LĐLĐ@PROVINCE#report, 122/KH-LĐLĐ@PROVINCE#report"):
        derived(database, inner(serves="report"), implements=both)
    assert derived(database, inner(serves="122/KH-LĐLĐ#report"), implements=both).new


def test_a_later_date_for_the_same_kind_of_result_is_only_a_warning(database: Database, issued: Issued) -> None:
    assert issued.number
    own = derived(
        database,
        inner("late", due="2025-03-01"),
        inner("in-time", due="2025-02-28"),
        inner("study", **QUARTERLY),  # each quarter beside the same quarter above
        inner("event", due="2025-11-01", deliverable="event"),  # nothing above asks for an event
    )
    about = [one for one in own.warnings if "serves:" in one]
    assert [one.split(" is due ")[0] for one in about] == ["late"]
    assert "2025-03-01, after 2025-02-28, when the issuer itself owes 121/KH-LĐLĐ#report" in about[0]


def test_of_two_years_directives_of_one_number_the_newer_is_served(database: Database) -> None:
    a_province(database)
    for year in (2024, 2025):
        duty = an_obligation("report", due=f"{year}-03-31")
        derived(database, duty, number="121/KH-LĐLĐ", issuer=PROVINCE, issued_on=date(year, 2, 14), implements=[])
        list(cascade_all(database, f"121/KH-LĐLĐ@{PROVINCE}@{year}", at(f"{year}-02-14"), rules=RULES))
    own = derived(database, inner(serves="report", due="2025-03-20"))
    assert not [one for one in own.warnings if "serves:" in one]
    with database.reading() as connection:
        served = select(directive.c.year).join(obligation, obligation.c.directive_id == directive.c.id)
        of = select(obligation.c.serves_id).where(obligation.c.directive_id == own.directive_id).scalar_subquery()
        assert connection.execute(served.where(obligation.c.id == of)).scalar_one() == 2025
    # Last year's dates bound nothing, and give no warning.
    plain = derived(database, inner("plain", due="2025-03-20"), number="06/KH-LĐLĐ")
    assert not [one for one in plain.warnings if "serves:" in one]


def test_what_serves_a_higher_obligation_is_extended_up_to_the_issuers_own_date(
    database: Database, issued: Issued
) -> None:
    own = a_directive_issued(
        database,
        inner(serves="resolution", deliverable="report"),
        inner("study", **(QUARTERLY | {"send_by": "ngày 10 tháng cuối quý"}), serves="quarterly"),
        number="05/KH-LĐLĐ",
        issuer=DISTRICT,
        issued_on=date(2025, 2, 17),
        implements=[issued.number],
    )
    duty, first = own.assignments["inner", UNIT], own.assignments["study", "2025-Q1", UNIT]
    for one, bound in ((duty, date(2025, 3, 31)), (first, date(2025, 3, 20))):
        too_far = date.fromordinal(bound.toordinal() + 1)
        with pytest.raises(Refused, match=f"not be after {bound.isoformat()}, when the higher directive is due"):
            do(database, one, Act.EXTEND, "2025-02-18", by=focal(UNIT), to=too_far, why="harvest")
        do(database, one, Act.EXTEND, "2025-02-18", by=focal(UNIT), to=bound, why="harvest")
        with pytest.raises(Refused, match="not be after"):
            do(database, one, Act.COUNTER, "2025-02-18", by=focal(DISTRICT), to=too_far)
    # What the district itself owes no longer bounds nothing.
    do(database, issued.assignments["resolution", DISTRICT], Act.WAIVE, "2025-02-19", by=focal(PROVINCE), why="done")
    do(database, duty, Act.REFUSE, "2025-02-19", by=focal(DISTRICT))
    do(database, duty, Act.EXTEND, "2025-02-20", by=focal(UNIT), to=date(2025, 4, 30), why="harvest")
    assert verify(database).ok
