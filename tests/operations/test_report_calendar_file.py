"""The office's own report calendar is read from its home, and a wrong one is refused by name."""

from pathlib import Path

import pytest

from dondoc.errors import InvalidInput
from dondoc.operations.report_calendar_file import default_report_calendar, office_report_calendar

OWN = """\
name: liên đoàn
version: 1
basis: Quy chế làm việc
cut_off_day: 10
hops:
  - {from: cơ sở, to: huyện, day: 12}
  - {from: huyện, to: tỉnh, day: 15}
  - {from: tỉnh, to: Tổng Liên đoàn, day: 20}
"""


def test_without_a_file_the_house_s_calendar_holds(tmp_path: Path) -> None:
    assert office_report_calendar(tmp_path) == default_report_calendar()


def test_the_office_s_own_file_takes_its_place(tmp_path: Path) -> None:
    (tmp_path / "report_calendar.yaml").write_text(OWN, encoding="utf-8")
    found = office_report_calendar(tmp_path)
    assert (found.name, found.cut_off_day) == ("liên đoàn", 10)
    assert [(hop.sender, hop.day) for hop in found.hops] == [("cơ sở", 12), ("huyện", 15), ("tỉnh", 20)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace("day: 12", "day: 31"), "hops: expected"),
        (OWN.replace("day: 12", "day: 19"), "each later in the month"),
        (OWN.replace("cut_off_day: 10", ""), "cut_off_day"),
        ("- one\n- two\n", "a mapping of fields"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "report_calendar.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match=said):
        office_report_calendar(tmp_path)
