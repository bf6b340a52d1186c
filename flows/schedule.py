"""The registry: which flows run by themselves and when. Run as a module it registers them and runs what is due.

python -m flows.schedule
"""

import logging
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from prefect.deployments.runner import RunnerDeployment
from prefect.flows import Flow
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.bounces import bounces
from flows.cascade import cascade
from flows.deliver import deliver
from flows.runner import run_due
from flows.sweep import sweep
from flows.weekly import weekly
from policies.workdays import ZONE

DEPLOYMENT = "dondoc"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A flow as registered: `cron` in Asia/Ho_Chi_Minh, or None for one that runs when it is asked for."""

    flow: Flow[..., Any]
    cron: str | None
    description: str

    @property
    def name(self) -> str:
        """Its name, as FLOW/DEPLOYMENT."""
        return f"{self.flow.name}/{DEPLOYMENT}"


REGISTRY = (
    Scheduled(sweep, "*/10 * * * *", "Every ten minutes: what is due moves to its next rung, and letters are written."),
    Scheduled(deliver, "* * * * *", "Every minute: letters that wait in the outbox are sent."),
    Scheduled(bounces, "*/10 * * * *", "Every ten minutes: reports of failed delivery mark addresses that are dead."),
    Scheduled(
        weekly, "30 7-16 * * *", "Every hour of the office day: once a week, leaders are told how their units stand."
    ),
    Scheduled(cascade, None, "When asked for: a registered directive is applied to the units it addresses."),
)


def register(registry: tuple[Scheduled, ...] = REGISTRY) -> dict[UUID, Scheduled]:
    """Register each flow as a deployment, or bring it up to date; give them by their ids.

    No concurrency limit: a limit's slot leaks when the server dies, and the flow would never run again. Two runs at
    once are harmless, since rows are claimed in our own database.
    """
    return {cast("UUID", deployment_of(entry).apply()): entry for entry in registry}


def deployment_of(entry: Scheduled) -> RunnerDeployment:
    """Give the deployment of a registered flow."""
    made = entry.flow.to_deployment(
        DEPLOYMENT,
        # The zone belongs to the schedule itself; a server's clock is UTC.
        schedules=[Cron(entry.cron, timezone=ZONE.key)] if entry.cron else [],
        description=entry.description,
        # A file would be loaded as a second copy of the module.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    # Typed as either, since the same function may be awaited elsewhere.
    return cast("RunnerDeployment", made)


def main() -> None:
    """Register everything, then run what is due until SIGTERM."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    run_due(register())


if __name__ == "__main__":
    main()
