"""A tree of units is refused with a reason that names the row, or joined into timelines whose paths keep history."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.schemas.units import OfficerDraft, Problem, UnitDraft, UnitSpan
from policies.hierarchy import check_drafts, check_tree, warn
from policies.unit_timelines import first_gap, join, place, revise, span_on

START, JULY, NEW_YEAR = date(2023, 1, 1), date(2025, 7, 1), date(2026, 1, 1)


def draft(code: str, parent: str | None = None, **fields: object) -> UnitDraft:
    plain = UnitDraft(code, f"Đơn vị {code}", "district", parent, START, None, f"units.csv, line {code}")
    return replace(plain, **fields)  # type: ignore[arg-type]


def officer(**fields: str) -> tuple[OfficerDraft, ...]:
    return (replace(OfficerDraft("focal", "Cán bộ đầu mối", "a@b.example", "units.csv, line 9"), **fields),)


def timelines(*spans: UnitSpan) -> dict[str, tuple[UnitSpan, ...]]:
    found: dict[str, tuple[UnitSpan, ...]] = {}
    for span in spans:
        joined = revise(found.get(span.code, ()), span)
        assert not isinstance(joined, Problem)
        found[span.code] = joined
    return found


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((draft(""),), "no code"),
        ((draft("A B"),), "spaces"),
        ((draft("A", name=""),), "no name"),
        # the message lists what is possible
        ((draft("A", kind="huyện"),), "unknown kind 'huyện' of A; use one of: central, provincial, district"),
        ((draft("A", valid_to=START),), "not after it begins"),
        ((draft("A", "A"),), "its own parent"),
        ((draft("A", officers=officer(email="")),), "has no e-mail"),
        ((draft("A", officers=officer(email="a@b@c")),), "not an e-mail address"),
        ((draft("A", officers=officer(email="a b@c.example")),), "not an e-mail address"),
        # a second recipient or header smuggled in
        ((draft("A", officers=officer(email="a@b.example\nbcc: c@d.example")),), "not an e-mail address"),
        ((draft("A", officers=officer(email="văn@phòng.example")),), "not an e-mail address"),
        ((draft("A", officers=officer(name="")),), "has no name"),
        ((draft("A", officers=officer(role="boss")),), "unknown role 'boss' at A; use one of: focal, head"),
        ((draft("A"), draft("A")), "duplicate code: A also stands at units.csv, line A"),
        ((draft("A", "B"), draft("A", "C", valid_from=JULY)), "two parents: A is under C here and under B"),
        ((draft("A"), draft("A", valid_from=JULY)), "overlapping validity"),
    ],
)
def test_a_wrong_row_is_one_problem_that_names_it(rows: tuple[UnitDraft, ...], reason: str) -> None:
    (problem,) = check_drafts(rows)
    assert reason in problem.reason
    assert problem.where


def test_one_code_may_stand_twice_when_one_ends_where_the_other_begins() -> None:
    assert check_drafts((draft("A", "B", valid_to=JULY), draft("A", "C", valid_from=JULY))) == ()


@pytest.mark.parametrize(
    ("spans", "reason"),
    [
        ((draft("A", "X"),), "unknown parent 'X' of A"),
        ((draft("P", valid_from=JULY), draft("A", "P")), "the parent P of A is not there on 2023-01-01"),
        ((draft("P", valid_to=JULY), draft("A", "P")), "the parent P of A is not there on 2025-07-01"),
        # a hole in the parent's life is as bad as its end
        ((draft("P", valid_to=JULY), draft("P", valid_from=NEW_YEAR), draft("A", "P")), "not there on 2025-07-01"),
        ((draft("A", "B"), draft("B", "A")), "cycle: A → B → A"),
        ((draft("A", "B"), draft("B", "C"), draft("C", "A")), "cycle: A → B → C → A"),
        # closed only from July on, when C goes under A
        (
            (draft("A", "B"), draft("B", "C"), draft("C", None, valid_to=JULY), draft("C", "A", valid_from=JULY)),
            "cycle: C → A → B → C",
        ),
    ],
)
def test_a_tree_that_does_not_hold_together_is_refused(spans: tuple[UnitDraft, ...], reason: str) -> None:
    (problem,) = check_tree(timelines(*spans))
    assert reason in problem.reason
    assert problem.where


def test_changing_places_at_a_date_is_no_cycle() -> None:
    swap = timelines(
        draft("R"),
        draft("A", "R", valid_to=JULY),
        draft("B", "A", valid_to=JULY),
        draft("B", "R", valid_from=JULY),
        draft("A", "B", valid_from=JULY),
    )
    assert check_tree(swap) == ()
    paths = {(piece.span.code, piece.valid_from): piece.path for piece in place(swap, {"R": 1, "A": 2, "B": 3})}
    assert paths["B", START] == "000000010000000200000003"
    assert paths["A", JULY] == "000000010000000300000002"


def test_ending_a_unit_that_others_are_registered_under_names_its_row() -> None:
    children = [replace(draft(code, "P"), where="") for code in ("A", "B", "C", "D")]
    (problem,) = check_tree(timelines(draft("P", valid_to=JULY), *children))
    assert problem.where == "units.csv, line P"
    assert "A, B, C and 1 more" in problem.reason


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # the same day: replaced in place
        (draft("A", name="Mới"), [(START, None, "Mới")]),
        # a later day: the former is closed
        (draft("A", name="Mới", valid_from=JULY), [(START, JULY, "Đơn vị A"), (JULY, None, "Mới")]),
        # nothing new said from a later day: still one span
        (draft("A", valid_from=JULY), [(START, None, "Đơn vị A")]),
        # an end
        (draft("A", valid_to=JULY), [(START, JULY, "Đơn vị A")]),
    ],
)
def test_a_row_joins_what_is_registered(said: UnitDraft, expected: list[tuple[date, date | None, str]]) -> None:
    joined = revise(timelines(draft("A"))["A"], said)
    assert not isinstance(joined, Problem)
    assert [(span.valid_from, span.valid_to, span.name) for span in joined] == expected


def test_an_older_open_row_said_again_changes_nothing_but_a_stated_later_end_is_refused() -> None:
    known = timelines(draft("A"), draft("A", name="Mới", valid_from=JULY))["A"]
    assert revise(known, draft("A")) == known
    refused = revise(known, draft("A", valid_to=NEW_YEAR))
    assert isinstance(refused, Problem)
    assert "already registered from 2025-07-01" in refused.reason


def test_a_move_gives_all_below_new_paths_from_that_day_and_keeps_the_old_ones_before() -> None:
    tree = timelines(
        draft("R"), draft("X", "R"), draft("Y", "R"), draft("A", "X"), draft("B", "A"), draft("A", "Y", valid_from=JULY)
    )
    ids = {"R": 1, "X": 2, "Y": 3, "A": 4, "B": 5}
    pieces = [piece for piece in place(tree, ids) if piece.span.code == "B"]
    assert [(piece.valid_from, piece.valid_to, piece.path[8:16]) for piece in pieces] == [
        (START, JULY, "00000002"),
        (JULY, None, "00000003"),
    ]


def test_a_parent_that_only_changes_its_name_does_not_cut_its_children() -> None:
    tree = timelines(draft("R"), draft("R", name="Mới", valid_from=JULY), draft("A", "R"))
    assert len([piece for piece in place(tree, {"R": 1, "A": 2}) if piece.span.code == "A"]) == 1


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(days, st.sampled_from("abc")), min_size=1, max_size=8))
def test_timelines_of_open_rows_never_overlap_have_no_gap_and_are_idempotent(said: list[tuple[date, str]]) -> None:
    rows = [draft("A", valid_from=day, name=name) for day, name in sorted(dict(said).items())]
    found: tuple[UnitSpan, ...] = ()
    for row in rows:
        revised = revise(found, row)
        assert not isinstance(revised, Problem)
        found = revised
    assert found == join(found)
    assert first_gap(found, min(row.valid_from for row in rows), None) is None
    assert all(before.valid_to == after.valid_from for before, after in pairwise(found))
    for row in rows:
        on_that_day = span_on(found, row.valid_from)
        assert on_that_day is not None
        assert on_that_day.name == row.name
        assert revise(found, row) == found


def test_units_that_nobody_answers_for_are_a_warning_and_not_a_problem() -> None:
    warnings = warn((draft("A", officers=officer()), draft("B", "A")))
    assert warnings == (
        "no focal officer in 1 of the file's units (its letters go to nobody there): B",
        "no head officer in 2 of the file's units (that step of the ladder is skipped): A, B",
    )
