"""The workbook that goes with a letter which tells of too many tasks to print, in the letter's language."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.mail.attachment import Attachment
from dondoc.mail.harmless import harmless
from dondoc.mail.values import LetterValues, ToldTask
from dondoc.mail.wording import OFFICE_ZONE, Wording, wording
from dondoc.reports.tasks_workbook import TASK_WIDTHS, UNIT_WIDTHS, Cell, Sheet, tasks_workbook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachments_of(values: LetterValues, language: str) -> tuple[Attachment, ...]:
    """Give the files that go with a letter: the workbook where it has tasks to list, nothing for all others."""
    if not values.tasks:
        return ()
    tame, words = harmless(values), wording(language)
    content = tasks_workbook(
        (_by_unit(tame, words), _by_task(tame, words)),
        title=_title(tame, words),
        created=tame.written_at.astimezone(OFFICE_ZONE),
    )
    return (Attachment(f"nhiem-vu-{tame.day:%Y-%m-%d}.xlsx", CONTENT_TYPE, content),)


@dataclass(slots=True)
class _UnitSums:
    """What one unit owes: numbers of tasks, and the longest that one of them is overdue, in calendar days."""

    overdue: int = 0
    in_term: int = 0
    longest: int = 0


def _by_unit(values: LetterValues, words: Wording) -> Sheet:
    sums: dict[tuple[str, str], _UnitSums] = defaultdict(_UnitSums)
    for task in values.tasks:
        one, late = sums[task.unit_name, task.branch], _days_late(task, values.day)
        one.overdue += late > 0
        one.in_term += late <= 0
        one.longest = max(one.longest, late)
    # The tasks come by unit within a due date: what is equally late stays in the order of the alphabet.
    ranked = sorted(sums.items(), key=lambda pair: (-pair[1].overdue, -pair[1].longest))
    rows: Sequence[tuple[Cell, ...]] = [
        (unit, branch, one.overdue, one.in_term, one.longest or None) for (unit, branch), one in ranked
    ]
    headings = (
        words.gettext("No."),
        words.gettext("Unit"),
        words.gettext("Under"),
        words.gettext("Overdue"),
        words.gettext("In term"),
        words.gettext("Longest overdue (days)"),
    )
    return Sheet(words.gettext("By unit"), _title(values, words), _note(values, words), headings, UNIT_WIDTHS, rows)


def _by_task(values: LetterValues, words: Wording) -> Sheet:
    rows: Sequence[tuple[Cell, ...]] = [
        (
            task.unit_name,
            task.branch,
            task.title,
            task.number,
            task.clause,
            words.period(task.period),
            task.nominal_due,
            task.effective_due,
            max(_days_late(task, values.day), 0) or None,
            task.assignment_id,
        )
        for task in values.tasks
    ]
    headings = (
        words.gettext("No."),
        words.gettext("Unit"),
        words.gettext("Under"),
        words.gettext("Task"),
        words.gettext("Directive"),
        words.gettext("Clause"),
        words.gettext("Period"),
        words.gettext("Due"),
        words.gettext("Counted from"),
        words.gettext("Days overdue"),
        words.gettext("Task number"),
    )
    return Sheet(words.gettext("By task"), _title(values, words), _note(values, words), headings, TASK_WIDTHS, rows)


def _title(values: LetterValues, words: Wording) -> str:
    return words.gettext("Tasks below %(unit)s") % {"unit": values.unit_name}


def _note(values: LetterValues, words: Wording) -> str:
    facts = {"day": words.day(values.day), "n": len(values.tasks)}
    return words.gettext("As of %(day)s: %(n)d tasks that the letter tells of.") % facts


def _days_late(task: ToldTask, day: date) -> int:
    return (day - task.effective_due).days if task.effective_due else 0
