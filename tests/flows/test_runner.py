"""The runner, within the test and as a process: what is due runs, one at a time, and the server schedules by itself."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowFilter, FlowFilterName
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.types.entrypoint import EntrypointType

from flows.runner import Runner
from flows.schedule import Scheduled

ran: list[str] = []
hold = threading.Event()


@flow(name="runner-test")
def counted(name: str = "nobody", fails: bool = False, waits: bool = False) -> None:  # noqa: FBT001, FBT002
    """Note that it ran."""
    ran.append(name)
    if waits:
        hold.wait(20)
    if fails:
        msg = "as it was told"
        raise ValueError(msg)


@pytest.fixture
def client(on_server: str) -> Iterator[SyncPrefectClient]:
    assert on_server
    with get_client(sync_client=True) as opened:
        yield opened


@pytest.fixture
def runner(client: SyncPrefectClient) -> Runner:
    made: Any = counted.to_deployment(f"test-{uuid4()}", entrypoint_type=EntrypointType.MODULE_PATH)
    return Runner(client, {UUID(str(made.apply())): Scheduled(counted, None, "")}, threading.Event())


def runs_of(client: SyncPrefectClient, deployment: UUID) -> list[FlowRun]:
    return client.read_flow_runs(deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment])))


def comes_true(question: Callable[[], object], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if question():
            return True
        time.sleep(0.1)
    return False


def is_registered(client: SyncPrefectClient) -> bool:
    flow_filter = FlowFilter(name=FlowFilterName(any_=["deliver"]))
    return bool(client.read_deployments(flow_filter=flow_filter))


def request(client: SyncPrefectClient, runner: Runner, **parameters: object) -> FlowRun:
    (deployment,) = runner.registered
    return client.create_flow_run_from_deployment(deployment, parameters=parameters)


def test_what_is_due_runs_to_its_end(client: SyncPrefectClient, runner: Runner) -> None:
    run = request(client, runner, name=(name := str(uuid4())))
    runner.begin_due()
    assert runner.drain()
    assert ran.count(name) == 1
    assert client.read_flow_run(run.id).state_type == StateType.COMPLETED


def test_a_flow_that_fails_is_shown_failed_and_the_next_one_runs(client: SyncPrefectClient, runner: Runner) -> None:
    broken, sound = request(client, runner, fails=True), request(client, runner)
    for _ in range(2):
        runner.begin_due()
        assert runner.drain()
    assert client.read_flow_run(broken.id).state_type == StateType.FAILED
    assert client.read_flow_run(sound.id).state_type == StateType.COMPLETED


def test_a_deployment_never_overlaps_itself_and_its_live_run_is_left_alone(
    client: SyncPrefectClient, runner: Runner
) -> None:
    hold.clear()
    first, second = request(client, runner, waits=True), request(client, runner)
    runner.begin_due()
    assert comes_true(lambda: client.read_flow_run(first.id).state_type == StateType.RUNNING, 5)
    runner.begin_due()
    runner.reconcile()
    assert client.read_flow_run(first.id).state_type == StateType.RUNNING
    assert client.read_flow_run(second.id).state_type == StateType.SCHEDULED
    hold.set()
    assert runner.drain()
    assert client.read_flow_run(first.id).state_type == StateType.COMPLETED


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_the_runner_as_a_process_registers_runs_and_stops_in_time(
    client: SyncPrefectClient, server_url: str, flow_database: Any
) -> None:
    environment = os.environ | {"PREFECT_API_URL": server_url, "DONDOC_DATABASE_URL": flow_database.url}
    with subprocess.Popen([sys.executable, "-m", "flows.schedule"], env=environment) as process:
        try:
            assert comes_true(lambda: is_registered(client), 15)
            deliver = client.read_deployment_by_name("deliver/dondoc")
            run = client.create_flow_run_from_deployment(deliver.id)
            assert comes_true(lambda: client.read_flow_run(run.id).state_type == StateType.COMPLETED, 15)
            # The server's own scheduler, which a wrong pair of Prefect and SQLAlchemy stops without a word.
            assert comes_true(lambda: any(one.auto_scheduled for one in runs_of(client, deliver.id)), 15)
            process.terminate()
            assert process.wait(5) == 0
        finally:
            process.kill()
    assert not [one for one in runs_of(client, deliver.id) if one.state_type in {StateType.RUNNING, StateType.PENDING}]
