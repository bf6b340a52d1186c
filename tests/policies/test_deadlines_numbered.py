"""Numbers with a stroke that name a place or a line: no day is made of them."""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from policies.deadlines import decide_due

ISSUED = date(2025, 3, 10)


@pytest.mark.parametrize("phrase", ["nhà 14/6 đường Lê Lợi", "tại km 9/4", "máy lẻ 11/8", "hẻm 25/7"])
def test_a_numbered_thing_is_no_day(phrase: str) -> None:
    decided = decide_due(phrase, ISSUED, default_calendar())
    assert (decided.nominal, decided.rrule) == (None, None)


def test_the_same_number_behind_a_limit_is_a_day() -> None:
    assert decide_due("trước 14/6", ISSUED, default_calendar()).nominal == date(2025, 6, 14)
