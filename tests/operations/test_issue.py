"""Registering a directive: what is written, what is known again, and what is asked instead of guessed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from dondoc.errors import Conflict, InvalidInput, NeedsAnswer, SecretDocument
from dondoc.operations.issue import Registered, register
from dondoc.operations.rehearse import rehearse
from dondoc.operations.rules import default_rules
from dondoc.operations.verify import verify
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.tables.directives import directive, directive_basis, obligation, period
from models.tables.plans import plan, plan_group
from tests.factories import DISTRICTS, GRASSROOTS, OFFICE, PROVINCE, a_province, an_obligation, at
from tests.operations.acting import entries, stored

RULES = default_rules()
NOW = at("2025-02-14", "08:00")
GROUP = {"units": [GRASSROOTS[0]]}


@pytest.fixture
def province(database: Database) -> Database:
    a_province(database)
    return database


def draft(*obligations: dict[str, Any], **values: Any) -> DirectiveDraft:
    said = {
        "number": "121/KH-LĐLĐ",
        "type": "Kế hoạch",
        "issued_on": date(2025, 2, 14),
        "issuer": PROVINCE,
        "subject": "Nhiệm vụ năm 2025",
        "obligations": list(obligations) or [an_obligation()],
    }
    return DirectiveDraft.model_validate(said | values)


def issue(database: Database, one: DirectiveDraft, *, accept_past: bool = False) -> Registered:
    return register(database, one, now=NOW, actor="test", rules=RULES, accept_past=accept_past)


def test_the_same_draft_again_is_known_and_adds_nothing(province: Database) -> None:
    first, before = issue(province, draft()), entries(province)
    again = issue(province, draft())
    assert (first.new, again.new) == (True, False)
    assert again.directive_id == first.directive_id
    assert entries(province) == before


def test_another_content_under_the_same_number_year_and_issuer_is_a_conflict(province: Database) -> None:
    issue(province, draft())
    with pytest.raises(Conflict, match="another content"):
        issue(province, draft(subject="Khác"))
    assert len(stored(province, directive)) == 1


def test_the_same_number_of_another_year_is_another_directive(province: Database) -> None:
    issue(province, draft())
    second = issue(province, draft(an_obligation(due="2026-02-27"), issued_on=date(2026, 2, 13)))
    assert second.new


def test_what_the_draft_says_is_kept_as_it_was_said(province: Database) -> None:
    quarterly = an_obligation(
        "q", every="quarter", due=None, periods={"Q1": "Chuyên đề 1"}, send_by="ngày 20 tháng cuối quý"
    )
    issue(province, draft(an_obligation(due="trong tháng 02/2025", clause="II.1"), quarterly, implements=["301-KH/TU"]))
    assert [row["due_phrase"] for row in stored(province, obligation)] == ["trong tháng 02/2025", None]
    assert [row["number"] for row in stored(province, directive_basis)] == ["301-KH/TU"]
    periods = [(row["key"], row["nominal_due"], row["content"]) for row in stored(province, period)]
    assert periods == [
        ("once", date(2025, 2, 28), None),
        ("2025-Q1", date(2025, 3, 20), "Chuyên đề 1"),
        ("2025-Q2", date(2025, 6, 20), None),
        ("2025-Q3", date(2025, 9, 20), None),
        ("2025-Q4", date(2025, 12, 20), None),
    ]
    # 20 September and 20 December 2025 are Saturdays.
    assert [row["effective_due"] for row in stored(province, period)][3:] == [date(2025, 9, 22), date(2025, 12, 22)]


def test_equal_groups_share_one_plan(province: Database) -> None:
    issue(province, draft(an_obligation("a"), an_obligation("b"), an_obligation("c", due="2025-03-31")))
    assert len(stored(province, plan)) == 2
    assert len({row["plan_id"] for row in stored(province, plan_group)}) == 2


@pytest.mark.parametrize(
    ("changes", "error", "where"),
    [
        ({"issuer": "NOBODY"}, InvalidInput, "issuer"),
        ({"obligations": [an_obligation(lead="NOBODY")]}, InvalidInput, "obligations[0].lead"),
        # Who receives stands under the issuer too: the province is above it, the other district beside it.
        (
            {"issuer": DISTRICTS[0], "obligations": [an_obligation(addressees=GROUP, lead=PROVINCE)]},
            InvalidInput,
            "obligations[0].lead",
        ),
        (
            {"issuer": DISTRICTS[0], "obligations": [an_obligation(addressees=GROUP, lead=DISTRICTS[1])]},
            InvalidInput,
            "obligations[0].lead",
        ),
        ({"obligations": [an_obligation(addressees={"units": ["NOBODY"]})]}, InvalidInput, "obligations[0].addressees"),
        # Nobody of that kind is there on the day.
        (
            {"obligations": [an_obligation(addressees={"below": PROVINCE, "kinds": ["sector"]})]},
            InvalidInput,
            "obligations[0].addressees",
        ),
        ({"obligations": [an_obligation(due="khi có điều kiện")]}, NeedsAnswer, "obligations[0]"),
        ({"obligations": [an_obligation(due="2025-02-13")]}, NeedsAnswer, "obligations[0]"),
        ({"subject": "MẬT: kế hoạch"}, SecretDocument, "subject"),
        ({"type": "Công văn mật"}, SecretDocument, "type"),
        ({"obligations": [an_obligation(title="Kiểm tra (Tối mật)")]}, SecretDocument, "obligations[0].title"),
        ({"issued_on": date(2022, 1, 1)}, InvalidInput, "issuer"),  # before the unit was there
    ],
)
def test_what_cannot_be_decided_is_asked_and_nothing_is_half_written(
    province: Database, changes: dict[str, Any], error: type[Exception], where: str
) -> None:
    with pytest.raises(error) as caught:
        issue(province, draft(**changes))
    assert where in str(getattr(caught.value, "where", None) or "")
    with province.reading() as connection:
        for table in (directive, obligation, plan, plan_group):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
    assert entries(province) == 0


def test_a_due_date_before_the_issue_is_taken_when_the_clerk_says_so(province: Database) -> None:
    assert issue(province, draft(an_obligation(due="2025-02-13")), accept_past=True).new
    assert verify(province).ok


def test_a_rehearsal_counts_what_would_be_and_leaves_nothing(province: Database) -> None:
    rehearsed = rehearse(province, draft(an_obligation(lead=OFFICE)), now=NOW, rules=RULES)
    assert (rehearsed.assigned, rehearsed.letters) == (2, 2)
    assert (entries(province), stored(province, directive)) == (0, [])
    assert issue(province, draft(an_obligation(lead=OFFICE))).new


def test_an_issue_date_that_has_not_come_is_told_of(database: Database) -> None:
    a_province(database)
    values = {"issuer": PROVINCE, "number": "7/KH", "type": "Kế hoạch", "subject": "Về việc", "issued_on": "2026-02-14"}
    draft = DirectiveDraft.model_validate(values | {"obligations": [an_obligation(due="2026-03-01")]})
    told = register(database, draft, now=at("2025-02-14"), actor="test", rules=RULES).warnings
    assert told[0] == "7/KH is dated 2026-02-14, 365 days from now; is the date right?"
