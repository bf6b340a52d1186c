"""All that a letter tells of, task by task, where it is too many to print: for the workbook that goes with it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

from dondoc.mail.render import SHOWN
from dondoc.mail.values import LetterValues, ToldTask
from dondoc.operations.letter_facts import load_facts
from dondoc.operations.letter_rows import told_tasks
from dondoc.operations.named import UnitNames


def too_many_to_print(values: LetterValues) -> bool:
    """Whether a letter is about a storm, or leaves out what it tells of: lines of its own, or units below by name."""
    below = sum(summary.overdue + summary.due_soon for group in values.groups for summary in group.below)
    longest = max((len(group.own) for group in values.groups), default=0)
    return values.storm is not None or below > SHOWN["told"] or longest > SHOWN["own"]


def load_told_tasks(connection: Connection, letters: Mapping[int, Row[Any]]) -> dict[int, tuple[ToldTask, ...]]:
    """Give the tasks that each letter tells of by rungs, the first due first."""
    rows = told_tasks(connection, list(letters)) if letters else ()
    if not rows:
        return {}
    facts = load_facts(connection, {row.obligation_id for row in rows}, (), {row.plan_id for row in rows})
    branches = {row.branch_id for row in rows if row.branch_id}
    names = UnitNames(connection, {row.unit_id for row in rows} | branches)
    found: dict[int, list[ToldTask]] = defaultdict(list)
    for row in rows:
        about, due, day = facts.obligations[row.obligation_id], facts.dues[row.plan_id], letters[row.letter_id].day
        apart = row.branch_id and row.branch_id != row.unit_id
        found[row.letter_id].append(
            ToldTask(
                assignment_id=row.assignment_id,
                number=facts.directives[about.directive_id].number,
                clause=about.clause,
                title=about.title,
                period=facts.periods[row.period_id][0],
                unit_name=names.on(row.unit_id, day).name,
                branch=names.on(row.branch_id, day).name if apart else "",
                nominal_due=due.nominal,
                effective_due=due.effective,
            )
        )
    return {letter_id: tuple(tasks) for letter_id, tasks in found.items()}
