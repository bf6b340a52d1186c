"""The cascade as a flow: a run for a directive, a task for each branch of the tree, never one for an assignment.

It registers nothing: the directive and its plans are rows already. A branch is one transaction, so a run that died
leaves whole branches, and running it again adds only the missing ones.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.events import emit_event
from prefect.runtime import flow_run
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_CLIENT_MAX_RETRIES,
    temporary_settings,
)
from prefect.task_runners import ThreadPoolTaskRunner

from dondoc.errors import DondocError, EngineUnavailable
from dondoc.operations.cascade import BranchResult, branches, cascade_branch, cascade_picture
from dondoc.operations.find import FoundDirective, find_directive
from flows.reconcile import process_labels
from flows.surroundings import database, moment, rules
from models.vietnamese import fold

# PostgreSQL orders its writers itself; more of them than this only wait for one another.
BRANCHES_AT_ONCE = 4
WHOLE_PERCENT = 100.0


@dataclass(frozen=True, slots=True)
class CascadeResult:
    """What a run added; zeros when everything stood already. `silent` as in BranchResult."""

    number: str
    branches: int
    assigned: int
    letters: int
    silent: int = 0
    silent_codes: tuple[str, ...] = ()


@task(name="branch", task_run_name="{branch_code}", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2)
def place_branch(reference: str, branch_code: str, now: datetime) -> BranchResult:
    """Apply the directive to one branch, in one transaction. Retried: the database may have been busy."""
    return cascade_branch(database(), reference, branch_code, now, rules=rules())


def run_name() -> str:
    """Name a run by its directive's number, without the issuer that may follow it."""
    return str(flow_run.get_parameters()["number"]).partition("@")[0]


@flow(
    name="cascade",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=BRANCHES_AT_ONCE),  # type: ignore[arg-type]
    validate_parameters=False,
)
def cascade(number: str, now: str | None = None) -> CascadeResult:
    """Cascade a registered directive at `now` (ISO 8601; default the clock).

    1. Say on the run whose directive this is, and which process runs it.
    2. Apply each branch; a branch that fails does not keep the others from being applied.
    3. Show the table of branches, and say on the event stream what was added.
    4. Fail with the branches that failed, by name.
    """
    at = moment(now)
    with database().reading() as connection:
        found = find_directive(connection, number)
    _describe_run(found)
    codes = [branch.code for branch in branches(database(), found.reference)]
    done, failed = _apply(found, codes, at)
    result = CascadeResult(
        found.number,
        len(codes),
        sum(one.assigned for one in done),
        sum(one.letters for one in done),
        sum(one.silent for one in done),
        tuple(code for one in done for code in one.silent_codes),
    )
    _show_table(found)
    _tell(found, result)
    if failed:
        raise DondocError(
            f"{found.number}: {len(failed)} of {len(codes)} branches failed; the others stand. Run it again to go on. "
            + "; ".join(f"{code}: {why}" for code, why in failed.items())
        )
    return result


def run_cascade(number: str, now: datetime, api_url: str) -> CascadeResult:
    """Run the flow in this process, on the server at `api_url`.

    Raises EngineUnavailable if the server does not answer or dies meanwhile, and what the flow raises.
    """
    with database().reading() as connection:
        found = find_directive(connection, number)
    patience = {
        PREFECT_API_URL: api_url,
        # A person waits, and running it again is safe: a dead server is told soon, not after five tries a request.
        PREFECT_CLIENT_MAX_RETRIES: 1,
    }
    with temporary_settings(patience):
        try:
            return cascade(found.reference, now.isoformat())
        except DondocError:
            raise
        except Exception as error:
            if server_answers():
                raise
            raise EngineUnavailable(_what_stands(found)) from error


def artifact_key(reference: str) -> str:
    """Give a directive's key in Prefect, which takes lower-case letters, digits and dashes only."""
    return "cascade-" + re.sub(r"[^a-z0-9]+", "-", fold(reference)).strip("-")


def _describe_run(found: FoundDirective) -> None:
    """Tag the run, however it was started, and label it with its process, so that a dead one can be told.

    Not by `prefect.tags`: each task would inherit them, and ask the server for a slot of each tag.
    """
    run_id = UUID(flow_run.get_id())
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(run_id)
        client.update_flow_run(run_id, tags={*run.tags, *_tags(found)})
        client.update_flow_run_labels(run_id, process_labels())


def _tags(found: FoundDirective) -> tuple[str, str]:
    return found.issuer_code, str(found.issued_on.year)


def _apply(found: FoundDirective, codes: list[str], now: datetime) -> tuple[list[BranchResult], dict[str, str]]:
    """Run a task for each branch: one after the other on SQLite, which has one writer, some at once on PostgreSQL."""
    key = f"{artifact_key(found.reference)}-progress"
    # Typed as either, since the same function may be awaited elsewhere.
    progress = cast("UUID", create_progress_artifact(0.0, key=key, description=found.number))
    at_once = database().dialect != "sqlite"
    begun = {code: place_branch.submit(found.reference, code, now) for code in codes} if at_once else {}
    done: list[BranchResult] = []
    failed: dict[str, str] = {}
    for count, code in enumerate(codes, start=1):
        state = begun[code] if at_once else place_branch(found.reference, code, now, return_state=True)
        try:
            done.append(state.result())
        except Exception as error:
            # A server that is gone is not the branch's failure, and no later branch can be run without it.
            if not server_answers():
                raise
            failed[code] = str(error)
        update_progress_artifact(progress, WHOLE_PERCENT * count / len(codes))
    return done, failed


def _show_table(found: FoundDirective) -> None:
    rows = cascade_picture(database(), found.reference)
    table = [{"branch": row.branch, "units": row.units, "assignments": row.assignments} for row in rows]
    total = {
        "branch": "total",
        "units": sum(row.units for row in rows),
        "assignments": sum(row.assignments for row in rows),
    }
    create_table_artifact([*table, total], key=artifact_key(found.reference), description=found.number)


def _tell(found: FoundDirective, result: CascadeResult) -> None:
    emit_event(
        "dondoc.directive.cascaded",
        resource={
            "prefect.resource.id": f"dondoc.directive.{artifact_key(found.reference)}",
            "prefect.resource.name": found.number,
        },
        payload={"branches": result.branches, "assigned": result.assigned, "letters": result.letters},
    )


def server_answers() -> bool:
    """Say whether the Prefect server of the current settings answers."""
    with get_client(sync_client=True) as client:
        return client.api_healthcheck() is None


def _what_stands(found: FoundDirective) -> str:
    rows = cascade_picture(database(), found.reference)
    stand = [row.branch for row in rows if row.assignments]
    return (
        f"The Prefect server stopped answering while {found.number} was cascading: "
        f"{len(stand)} of {len(rows)} branches stand ({', '.join(stand) or 'none'}). "
        "Run the same command again to go on."
    )
