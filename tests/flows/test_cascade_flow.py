"""The cascade as a flow run on a real server, over a real database."""

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterName,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort

import flows.cascade
from dondoc.errors import DondocError, EngineUnavailable
from dondoc.operations.cascade import branches, cascade_branch, cascade_picture
from dondoc.operations.issue import register
from dondoc.operations.rules import default_rules
from flows.cascade import CascadeResult, artifact_key, run_cascade
from models.schemas.directives import DirectiveDraft
from models.session import Database
from tests.factories import PROVINCE, a_province, an_obligation, at
from tests.flows.fragile_road import fragile_road

ISSUED = at("2025-02-14", "08:00")
EVERYBODY = {"below": PROVINCE, "kinds": ["district", "grassroots"]}
NOWHERE = "http://127.0.0.1:1/api"


def registered(database: Database, number: str) -> str:
    """Register a directive to the eight units of two districts; give its reference."""
    a_province(database)
    draft = DirectiveDraft.model_validate(
        {
            "number": number,
            "type": "Kế hoạch",
            "issued_on": "2025-02-14",
            "issuer": PROVINCE,
            "subject": "Thực hiện nhiệm vụ năm 2025",
            "obligations": [an_obligation(addressees=EVERYBODY)],
        }
    )
    register(database, draft, now=ISSUED, actor="test", rules=default_rules())
    return f"{number}@{PROVINCE}"


def standing(database: Database, reference: str) -> dict[str, int]:
    """Give the assignments that stand, by branch."""
    return {row.branch: row.assignments for row in cascade_picture(database, reference)}


def runs_named(client: SyncPrefectClient, number: str) -> list[FlowRun]:
    return client.read_flow_runs(
        flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[number])), sort=FlowRunSort.START_TIME_ASC
    )


def test_a_run_has_a_directives_number_its_issuer_and_year_and_a_task_for_each_branch(
    flow_database: Database, server_url: str, dialect: str
) -> None:
    number = f"1-{dialect}/KH-LĐLĐ"
    reference = registered(flow_database, number)
    count = len(branches(flow_database, reference))
    assert count > 1
    assert run_cascade(reference, ISSUED, server_url) == CascadeResult(number, count, assigned=8, letters=8)
    assert run_cascade(reference, ISSUED, server_url) == CascadeResult(number, count, assigned=0, letters=0)
    assert sum(standing(flow_database, reference).values()) == 8


def test_prefect_shows_the_run_with_its_tags_and_few_task_runs(
    flow_database: Database, on_server: str, dialect: str
) -> None:
    number = f"2-{dialect}/KH-LĐLĐ"
    reference = registered(flow_database, number)
    run_cascade(reference, ISSUED, on_server)
    with get_client(sync_client=True) as client:
        (run,) = runs_named(client, number)
        tasks = client.read_task_runs(
            flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])),
        )
        tagged = client.read_flow_runs(flow_run_filter=FlowRunFilter(tags=FlowRunFilterTags(all_=[PROVINCE, "2025"])))
    assert run.state is not None
    assert run.state.is_completed()
    assert run.id in {one.id for one in tagged}
    assert len(tasks) <= len(branches(flow_database, reference)) + 5


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_failed_branch_is_named_and_the_others_stand(
    flow_database: Database, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = registered(flow_database, "3/KH-LĐLĐ")

    first, *others = (branch.code for branch in branches(flow_database, reference))

    def not_the_first(*arguments: object, **rules: object) -> object:
        if first in arguments:
            raise DondocError("the disk is full")
        return cascade_branch(*arguments, **rules)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(flows.cascade, "cascade_branch", not_the_first)
        broken.setattr(flows.cascade.place_branch, "retries", 0)
        with pytest.raises(DondocError, match=rf"1 of {len(others) + 1} branches failed.*{first}: the disk is full"):
            run_cascade(reference, ISSUED, server_url)
    stand = standing(flow_database, reference)
    assert stand[first] == 0
    assert all(stand[code] for code in others)
    assert run_cascade(reference, ISSUED, server_url).assigned == 8 - sum(stand.values())


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_a_server_that_dies_meanwhile_leaves_whole_branches_and_one_clear_line(
    flow_database: Database, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = registered(flow_database, "4/KH-LĐLĐ")
    first, *others = (branch.code for branch in branches(flow_database, reference))
    told = rf"1 of {len(others) + 1} branches stand \({first}\)\. Run the same command"
    with fragile_road(server_url) as road, monkeypatch.context() as broken:

        def then_the_server_dies(*arguments: object, **rules: object) -> object:
            result = cascade_branch(*arguments, **rules)  # type: ignore[arg-type]
            road.break_down()
            return result

        broken.setattr(flows.cascade, "cascade_branch", then_the_server_dies)
        with pytest.raises(EngineUnavailable, match=told):
            run_cascade(reference, ISSUED, road.api_url)
    stand = standing(flow_database, reference)
    assert {code for code, count in stand.items() if count} == {first}
    assert run_cascade(reference, ISSUED, server_url).assigned == 8 - stand[first]


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_no_server_is_one_clear_line_and_nothing_is_written(flow_database: Database) -> None:
    reference = registered(flow_database, "5/KH-LĐLĐ")
    with pytest.raises(EngineUnavailable, match=r"0 of \d branches stand \(none\)"):
        run_cascade(reference, ISSUED, NOWHERE)


def test_a_number_becomes_a_key_that_prefect_takes() -> None:
    assert artifact_key("121/KH-LĐLĐ@LDLD-LCH") == "cascade-121-kh-ldld-ldld-lch"
