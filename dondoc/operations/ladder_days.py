"""A ladder laid out: its rungs, who hears of each, and for a due date the day on which each would come."""

from datetime import date, timedelta
from typing import Any

from dondoc.operations.ladder_file import Ladder
from policies.escalation import Rung, plan_ladder
from policies.ladder_policy import Audience
from policies.workdays import ZONE, WorkCalendar, effective_date

FAR = timedelta(days=800)
"""So far lies an assignment from a date that is only thought of, that no rung of one falls on a day of the other."""


def ladder_days(
    ladder: Ladder, calendar: WorkCalendar, *, due: date | None, levels: int, assigned_on: date
) -> list[dict[str, Any]]:
    """Give a dict a rung: name, at (None without `due`), action, audience in words, reason."""
    effective = effective_date(due or assigned_on, calendar).effective
    assigned = assigned_on if due else effective - FAR
    rungs = plan_ladder(ladder.policy, effective, levels, calendar, assigned)
    return [_said(one, levels, dated=due is not None) for one in rungs]


def _said(rung: Rung, levels: int, *, dated: bool) -> dict[str, Any]:
    return {
        "name": rung.name,
        "at": f"{rung.at.astimezone(ZONE):%Y-%m-%d %H:%M}" if dated else None,
        "action": rung.action.value,
        "audience": [audience_words(one, levels) for one in rung.audience],
        "reason": rung.reason,
    }


def audience_words(one: Audience, levels: int) -> str:
    """Say who hears, for a unit `levels` below the issuer."""
    place = "unit" if one.level == 0 else "issuer" if one.level == levels else "parent" if one.level == 1 else None
    return f"{one.role.value} of the {place or f'unit {one.level} levels above'}"
