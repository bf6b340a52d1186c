"""Runs whose process is dead are ended in Prefect's book, and those alive are left alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelling, Pending, Running, Scheduled
from prefect.types.entrypoint import EntrypointType

from flows.reconcile import (
    LABEL_PROCESS,
    LONGEST_BACKLOG_RUNS,
    LONGEST_UNNAMED,
    end_dead_runs,
    process_labels,
    skip_superseded,
)

NOW = datetime.now(UTC)


@flow(name="reconciled")
def reconciled() -> None:
    """Do nothing: its runs are forced into the states that a death leaves."""


@pytest.fixture
def client(on_server: str) -> Iterator[SyncPrefectClient]:
    assert on_server
    with get_client(sync_client=True) as opened:
        yield opened


@pytest.fixture
def deployment(on_server: str) -> UUID:
    assert on_server
    made: Any = reconciled.to_deployment(f"test-{uuid4()}", entrypoint_type=EntrypointType.MODULE_PATH)
    return UUID(str(made.apply()))


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def state_of(client: SyncPrefectClient, run: FlowRun) -> StateType | None:
    return client.read_flow_run(run.id).state_type


@pytest.mark.parametrize(
    ("left", "ended"),
    [
        (Running(), StateType.CRASHED),
        (Pending(), StateType.CRASHED),  # taken, and dead before it began
        (Cancelling(), StateType.CANCELLED),  # somebody asked for the end: it has come
    ],
)
def test_a_deployments_run_without_a_process_is_ended(
    client: SyncPrefectClient, deployment: UUID, left: State[Any], ended: StateType
) -> None:
    run = client.create_flow_run_from_deployment(deployment)
    client.set_flow_run_state(run.id, Running(), force=True)
    client.set_flow_run_state(run.id, left, force=True)
    assert end_dead_runs(client, [deployment], ["reconciled"], [], NOW) == [run.id]
    assert state_of(client, run) == ended


def test_a_run_that_this_runner_carries_is_left_alone(client: SyncPrefectClient, deployment: UUID) -> None:
    run = client.create_flow_run_from_deployment(deployment)
    client.set_flow_run_state(run.id, Running(), force=True)
    assert end_dead_runs(client, [deployment], ["reconciled"], [run.id], NOW) == []
    assert state_of(client, run) == StateType.RUNNING
    client.set_flow_run_state(run.id, Cancelling(), force=True)
    end_dead_runs(client, [deployment], ["reconciled"], [], NOW)


def test_a_run_outside_any_deployment_is_ended_when_its_process_is_gone(client: SyncPrefectClient) -> None:
    alive, dead, elsewhere = (client.create_flow_run(reconciled, state=Running()) for _ in range(3))
    client.update_flow_run_labels(alive.id, process_labels())
    client.update_flow_run_labels(dead.id, process_labels() | {LABEL_PROCESS: dead_process()})
    client.update_flow_run_labels(elsewhere.id, {"dondoc.host": "another", LABEL_PROCESS: os.getpid()})
    assert end_dead_runs(client, [], ["reconciled"], [], NOW) == [dead.id]
    assert state_of(client, dead) == StateType.CRASHED


def test_a_run_that_never_named_its_process_is_ended_when_it_is_old(client: SyncPrefectClient) -> None:
    run = client.create_flow_run(reconciled, state=Pending())
    assert end_dead_runs(client, [], ["reconciled"], [], datetime.now(UTC)) == []
    later = datetime.now(UTC) + LONGEST_UNNAMED + timedelta(seconds=1)
    assert end_dead_runs(client, [], ["reconciled"], [], later) == [run.id]


@pytest.mark.parametrize(
    ("missed", "skipped"),
    [
        (LONGEST_BACKLOG_RUNS, 0),  # a short outage is made up for, run by run
        (LONGEST_BACKLOG_RUNS + 1, LONGEST_BACKLOG_RUNS),  # a long one by its newest run
    ],
)
def test_only_an_overgrown_backlog_is_cut_to_its_newest_run(
    client: SyncPrefectClient, deployment: UUID, monkeypatch: pytest.MonkeyPatch, missed: int, skipped: int
) -> None:
    runs = [
        client.create_flow_run_from_deployment(deployment, state=Scheduled(scheduled_time=NOW - timedelta(minutes=age)))
        for age in range(missed, 0, -1)
    ]
    # Only the server's own scheduler can mark a run as scheduled by itself; a request cannot.
    read = client.read_flow_runs
    monkeypatch.setattr(
        client,
        "read_flow_runs",
        lambda **asked: [one.model_copy(update={"auto_scheduled": True}) for one in read(**asked)],
    )
    assert set(skip_superseded(client, [deployment], NOW)) == {run.id for run in runs[:skipped]}
    assert client.read_flow_run(runs[-1].id).state_type == StateType.SCHEDULED


def test_a_run_that_a_person_asked_for_is_never_superseded(client: SyncPrefectClient, deployment: UUID) -> None:
    for age in range(LONGEST_BACKLOG_RUNS + 5):
        client.create_flow_run_from_deployment(deployment, state=Scheduled(scheduled_time=NOW - timedelta(minutes=age)))
    assert skip_superseded(client, [deployment], NOW) == []
