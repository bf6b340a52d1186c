"""The demo's data is what it says: readable, deterministic, and a story that the rules of the lifecycle allow."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.import_units import import_units
from dondoc.operations.province import generate_grassroots
from dondoc.operations.samples import derived_directives, sample_directive, sample_story, sample_units
from dondoc.operations.story import PlannedAct, StoryAssignment, plan_story
from models.session import Database
from models.vocabulary import Act, State
from policies.deadlines import decide_due, occurrences
from policies.lifecycle import TRANSITIONS, state_after

ASSIGNED = date(2025, 2, 14)
NEXT = {(pair.state, pair.act): pair for pair in TRANSITIONS}


def test_the_province_has_its_upper_unions_and_one_district_without_a_head() -> None:
    units = sample_units()
    assert Counter(unit.kind for unit in units) == {"provincial": 1, "office": 5, "district": 8, "sector": 7}
    without = [unit.code for unit in units if "head" not in {officer.role for officer in unit.officers}]
    assert without == ["LDLD-NN"]
    assert all(officer.email.endswith(".example") for unit in units for officer in unit.officers)


def test_grassroots_unions_fill_the_province_and_are_the_same_for_the_same_seed() -> None:
    upper = sample_units()
    made = generate_grassroots(upper, total_units=1_300, seed=7)
    assert len(made) + len(upper) == 1_300
    assert made == generate_grassroots(upper, total_units=1_300, seed=7)
    assert made != generate_grassroots(upper, total_units=1_300, seed=8)
    assert len({unit.code for unit in made}) == len(made) == len({unit.name for unit in made})
    under = Counter(unit.parent for unit in made)
    assert set(under) == {unit.code for unit in upper if unit.kind in {"district", "sector"}}
    assert under["LDLD-SH"] > under["LDLD-NN"] > under["CDN-GTVT"] > 0
    headless = sum(len(unit.officers) == 1 for unit in made)
    assert 0.005 < headless / len(made) < 0.04
    assert all(officer.email.endswith(".example") for unit in made for officer in unit.officers)


@pytest.mark.parametrize("total", [0, 21, 22, 100])
def test_a_province_of_any_size_has_exactly_the_units_asked_for(total: int) -> None:
    upper = sample_units()
    assert len(generate_grassroots(upper, total_units=total)) == max(0, total - len(upper))


def test_the_whole_province_imports_without_a_problem(database: Database) -> None:
    upper = sample_units()
    drafts = (*upper, *generate_grassroots(upper, total_units=300))
    result = import_units(database, drafts, now=datetime(2025, 2, 10, tzinfo=UTC), actor="demo")
    assert result.new == 300
    assert len(result.warnings) == 1
    assert "no head officer" in result.warnings[0]


def test_plan_121_has_twelve_obligations_two_of_them_dated_by_the_document() -> None:
    plan = sample_directive()
    calendar = default_calendar()
    due = {one.key: decide_due(one.due, plan.issued_on, calendar).nominal for one in plan.obligations if one.due}
    assert len(plan.obligations) == 12
    assert due == {"ke-hoach": date(2025, 2, 28), "tong-ket": date(2025, 6, 30)}
    assert [one.key for one in plan.obligations if one.every] == ["bao-cao"]


def test_derived_plans_are_issued_by_every_upper_union_with_inner_deadlines_before_the_outer_ones() -> None:
    plans = derived_directives()
    upper = {unit.code for unit in sample_units() if unit.kind in {"district", "sector"}}
    assert {plan.issuer for plan in plans} == upper
    assert [plan.issued_on for plan in plans] == sorted(plan.issued_on for plan in plans)
    assert [plan.issuer for plan in plans if plan.issued_on > date(2025, 2, 28)] == ["LDLD-SH", "CDN-GTVT"]
    calendar = default_calendar()
    outer = {one.key: one for one in sample_directive().obligations}
    for plan in plans:
        assert plan.implements == ("121/KH-LĐLĐ",)
        for one in plan.obligations:
            assert one.addressees.below == plan.issuer
            if one.due:
                inner = decide_due(one.due, plan.issued_on, calendar)
                assert inner.nominal is not None
                assert inner.nominal >= plan.issued_on
                if one.key in outer:
                    assert inner.nominal < date(2025, 6, 30)
            elif one.key in outer:
                days = [
                    [each.nominal for each in occurrences(every, date(2025, 1, 1), date(2025, 12, 31), by, calendar)]
                    for every, by in ((one.every, one.send_by), (outer[one.key].every, outer[one.key].send_by))
                    if every
                ]
                assert all(inner < after for inner, after in zip(*days, strict=True) if inner and after)


def batch(first: int, units: int, key: str, due: date | None) -> list[StoryAssignment]:
    return [
        StoryAssignment(first + number, f"LDLD-TP-{number:04d}", "grassroots", key, due, ASSIGNED)
        for number in range(units)
    ]


def tell(assignments: list[StoryAssignment], seed: int = 1) -> tuple[PlannedAct, ...]:
    return plan_story(seed, assignments, sample_story(), default_calendar())


def by_assignment(acts: tuple[PlannedAct, ...]) -> dict[int, list[PlannedAct]]:
    found: dict[int, list[PlannedAct]] = defaultdict(list)
    for act in acts:
        found[act.assignment_id].append(act)
    return found


def test_the_story_is_the_same_for_the_same_seed_whatever_batch_it_is_planned_in() -> None:
    one, other = batch(0, 40, "bao-cao", date(2025, 6, 10)), batch(100, 40, "tong-ket", date(2025, 6, 13))
    together = by_assignment(tell(one + other))
    assert together == by_assignment(tell(one)) | by_assignment(tell(other))
    assert together != by_assignment(tell(one + other, seed=2))


def test_every_act_of_the_story_is_one_that_the_table_allows_on_a_working_day_and_in_order() -> None:
    units = [unit for unit in sample_units() if unit.kind in {"district", "sector"}]
    upper = [
        StoryAssignment(number, unit.code, unit.kind, "tong-ket", date(2025, 6, 30), ASSIGNED)
        for number, unit in enumerate(units)
    ]
    acts = tell(upper + batch(100, 600, "dang-ky", date(2025, 3, 31)))
    calendar = default_calendar()
    assert {act.act for act in acts} == {
        Act.ACKNOWLEDGE, Act.SUBMIT, Act.CONFIRM, Act.RETURN, Act.EXTEND, Act.GRANT, Act.REFUSE, Act.COMMIT,
        Act.SUSPEND, Act.RESUME,
    }  # fmt: skip
    for life in by_assignment(acts).values():
        moments = [(act.day, act.at) for act in life]
        assert moments == sorted(set(moments))
        state, before = State.ASSIGNED, State.ASSIGNED
        for act in life:
            assert (state, act.act) in NEXT, (state, act)
            before = state if act.act is Act.SUSPEND else before
            state = state_after(NEXT[state, act.act], before)
            assert calendar.is_working_day(act.day)
            assert time(8) <= act.at < time(18)
            assert act.why or act.act not in {Act.RETURN, Act.EXTEND, Act.COMMIT, Act.SUSPEND}


def test_extensions_are_asked_before_the_due_date_and_commitments_made_after_it_for_a_later_day() -> None:
    due = date(2025, 3, 31)
    acts = tell(batch(0, 1_500, "dang-ky", due))
    extensions = [act for act in acts if act.act is Act.EXTEND]
    commitments = [act for act in acts if act.act is Act.COMMIT]
    assert extensions
    assert commitments
    assert all(act.day < due < act.to for act in extensions if act.to)
    assert all(due < act.day < act.to for act in commitments if act.to)


def test_the_story_has_some_of_everybody_and_stays_near_its_shares() -> None:
    due = date(2025, 6, 13)
    lives = by_assignment(tell(batch(0, 1_000, "tong-ket", due)))
    first = {number: next((act.day for act in life if act.act is Act.SUBMIT), None) for number, life in lives.items()}
    on_time = sum(1 for day in first.values() if day and day <= due)
    late = sum(1 for day in first.values() if day and day > due)
    assert 700 < on_time < 880
    assert 90 < late < 220
    assert 1_000 - on_time - late > 30


def test_a_standing_duty_is_received_and_a_fixed_day_is_the_day_of_the_submission() -> None:
    standing = tell(batch(0, 50, "hoc-tap", None))
    assert {act.act for act in standing} == {Act.ACKNOWLEDGE}
    fixed = StoryAssignment(1, "LDLD-TP", "district", "ke-hoach", date(2025, 2, 28), ASSIGNED, date(2025, 2, 17))
    submitted = next(act for act in tell([fixed]) if act.act is Act.SUBMIT)
    assert submitted.day == date(2025, 2, 17)
