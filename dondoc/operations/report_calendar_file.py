"""The report calendar in force: the office's own file in DONDOC_HOME, or the one that the house ships."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from dondoc.errors import InvalidInput
from dondoc.intake.text_file import read_text
from dondoc.intake.yaml_file import parse_yaml
from policies.report_calendar import ReportCalendar, report_calendar_of

REPORT_CALENDAR_FILE = "report_calendar.yaml"
"""What an office may put into DONDOC_HOME, of the shape of policies/defaults/report_calendar.yaml."""


def office_report_calendar(home: Path) -> ReportCalendar:
    """Give the calendar in force for the office of `home`. Raise InvalidInput naming what is wrong with its file."""
    own = home / REPORT_CALENDAR_FILE
    return _calendar_from(read_text(own), str(own)) if own.exists() else default_report_calendar()


@cache
def default_report_calendar() -> ReportCalendar:
    """Read the calendar that the house ships."""
    text = (files("policies") / "defaults" / REPORT_CALENDAR_FILE).read_text(encoding="utf-8")
    return _calendar_from(text, f"policies/defaults/{REPORT_CALENDAR_FILE}")


def _calendar_from(text: str, where: str) -> ReportCalendar:
    content = parse_yaml(text, where)
    found = report_calendar_of(content) if isinstance(content, dict) else "expected a mapping of fields at the top"
    if isinstance(found, str):
        raise InvalidInput(f"{found}; see policies/defaults/{REPORT_CALENDAR_FILE} for its shape", where=where)
    return found
