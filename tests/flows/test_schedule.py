"""What runs by itself and when: the registry, the server that keeps it, and the file for beyond one machine."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.schedules import CronSchedule

from flows.schedule import REGISTRY, deployment_of, register

DEPLOY_FILE = Path(__file__).parents[2] / "deploy" / "prefect.yaml"
TIMES = {
    "sweep": "*/10 * * * *",
    "deliver": "* * * * *",
    "bounces": "*/10 * * * *",
    "weekly": "30 7-16 * * *",
    "cascade": None,
}


@pytest.fixture
def client(on_server: str) -> Any:
    assert on_server
    with get_client(sync_client=True) as opened:
        yield opened


def test_each_flow_runs_at_its_times() -> None:
    assert {entry.flow.name: entry.cron for entry in REGISTRY} == TIMES


@pytest.mark.parametrize("entry", REGISTRY, ids=lambda entry: entry.flow.name)
def test_a_flow_is_loaded_as_a_module_and_never_limited(entry: Any) -> None:
    made = deployment_of(entry)
    assert made.entrypoint == f"flows.{entry.flow.name}.{entry.flow.name}"
    assert made.concurrency_limit is None


@pytest.mark.parametrize("entry", REGISTRY, ids=lambda entry: entry.flow.name)
def test_no_parameter_is_named_as_yaml_reads_true(entry: Any) -> None:
    assert not {"on", "off", "yes", "no", "y", "n"} & set(entry.flow.parameters.properties)


def test_the_server_keeps_each_schedule_in_vietnams_zone(client: SyncPrefectClient) -> None:
    registered = register()
    assert {key: entry.flow.name for key, entry in register().items()} == {
        key: entry.flow.name for key, entry in registered.items()
    }, "registering again makes nothing new"
    for key, entry in registered.items():
        kept = client.read_deployment(key)
        times = [
            (one.schedule.cron, one.schedule.timezone)
            for one in kept.schedules
            if isinstance(one.schedule, CronSchedule)
        ]
        assert times == ([(entry.cron, "Asia/Ho_Chi_Minh")] if entry.cron else [])
        assert not kept.paused


def test_the_file_for_a_work_pool_says_what_the_registry_says() -> None:
    written = yaml.safe_load(DEPLOY_FILE.read_text(encoding="utf-8"))["deployments"]
    said = {one["entrypoint"]: [(s["cron"], s["timezone"]) for s in one["schedules"]] for one in written}
    assert said == {
        f"flows.{name}.{name}": [(cron, "Asia/Ho_Chi_Minh")] if cron else [] for name, cron in TIMES.items()
    }
    assert {one["work_pool"]["name"] for one in written} == {"dondoc"}
    assert not any("concurrency_limit" in one for one in written)
