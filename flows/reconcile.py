"""Ends, in Prefect's book, the runs whose process is dead: kill -9 leaves them Running for ever.

What they did stands in our tables, whole transactions only; the next run does the rest.
"""

import os
import socket
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed

LABEL_HOST = "dondoc.host"
LABEL_PROCESS = "dondoc.process"
# Ten minutes of deliveries: a short outage is made up for run by run, in about a second each.
LONGEST_BACKLOG_RUNS = 10
PAGE_RUNS = 200
LONGEST_UNNAMED = timedelta(minutes=10)
UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


def process_labels() -> dict[str, str | int | float | bool]:
    """Name this process, for a run that belongs to no deployment and so to no runner."""
    return {LABEL_HOST: socket.gethostname(), LABEL_PROCESS: os.getpid()}


def end_dead_runs(
    client: SyncPrefectClient,
    deployments: Collection[UUID],
    flows: Collection[str],
    alive: Collection[UUID],
    now: datetime,
) -> list[UUID]:
    """End the unfinished runs that no process carries; give their ids.

    1. Of our deployments: all but `alive`, which this runner carries; it is the only runner of its server.
    2. Of our flows run elsewhere (`dondoc issue`): those whose process on this machine is gone.
    A run that was asked to cancel becomes Cancelled, any other Crashed.
    """
    unfinished = _all_runs(client, flows, FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED)))
    dead = [
        run
        for run in unfinished
        if (
            run.id not in alive
            if run.deployment_id in deployments
            else run.deployment_id is None and _is_gone(run, now)
        )
    ]
    for run in dead:
        asked = run.state is not None and run.state.type == StateType.CANCELLING
        ended: State[Any] = (
            Cancelled(message="Cancelled.") if asked else Crashed(message="Its process is gone; what it did stands.")
        )
        client.set_flow_run_state(run.id, ended, force=True)
    return [run.id for run in dead]


def skip_superseded(client: SyncPrefectClient, scheduled: Collection[UUID], now: datetime) -> list[UUID]:
    """Cancel, of each deployment's overgrown backlog, all runs but the newest; give their ids.

    A sweep or delivery does all that is due when it runs, so the newest does the work of those before it. Up to
    LONGEST_BACKLOG_RUNS are run all the same: nobody should have to ask why a short outage left cancelled runs.
    """
    late: dict[UUID, list[FlowRun]] = defaultdict(list)
    for run in _late_runs(client, scheduled, now):
        if run.deployment_id is not None and run.auto_scheduled:
            late[run.deployment_id].append(run)
    superseded = [
        run
        for runs in late.values()
        if len(runs) > LONGEST_BACKLOG_RUNS
        for run in sorted(runs, key=_when, reverse=True)[1:]
    ]
    for run in superseded:
        client.set_flow_run_state(
            run.id, Cancelled(message="Missed while nothing ran; a later run does all that was due."), force=True
        )
    return [run.id for run in superseded]


def _late_runs(client: SyncPrefectClient, scheduled: Collection[UUID], now: datetime) -> list[FlowRun]:
    return _pages(
        client,
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(scheduled))),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            next_scheduled_start_time=FlowRunFilterNextScheduledStartTime.model_validate({"before_": now}),
        ),
    )


def _all_runs(client: SyncPrefectClient, flows: Iterable[str], state: FlowRunFilterState) -> list[FlowRun]:
    return _pages(
        client,
        flow_filter=FlowFilter(name=FlowFilterName(any_=list(flows))),
        flow_run_filter=FlowRunFilter(state=state),
    )


def _pages(client: SyncPrefectClient, **filters: object) -> list[FlowRun]:
    found: list[FlowRun] = []
    while page := client.read_flow_runs(
        **filters,  # type: ignore[arg-type]
        sort=FlowRunSort.START_TIME_ASC,
        limit=PAGE_RUNS,
        offset=len(found),
    ):
        found.extend(page)
    return found


def _is_gone(run: FlowRun, now: datetime) -> bool:
    """Say whether the run names a process that this machine does not have; another machine's cannot be told.

    Naming its process is a flow's first act: a run that is old and names none died before it.
    """
    if LABEL_PROCESS not in run.labels:
        return run.created is not None and now - run.created > LONGEST_UNNAMED
    process = run.labels.get(LABEL_PROCESS)
    if run.labels.get(LABEL_HOST) != socket.gethostname() or not isinstance(process, int):
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _when(run: FlowRun) -> datetime:
    assert run.next_scheduled_start_time is not None  # noqa: S101 - the query asked for those only
    return run.next_scheduled_start_time
