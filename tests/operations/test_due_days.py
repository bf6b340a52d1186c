"""The days that `issue` would make of what was read: only words that give the days of the rule are written down."""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.due_days import periods_due, sending_day
from dondoc.operations.read import ObligationReading, read_directive_text
from models.vocabulary import Recurrence
from policies.deadlines import decide_due
from tests.intake.directive_samples import PLAN

CALENDAR = default_calendar()
ISSUED = date(2025, 3, 10)


def recurring(phrase: str, every: Recurrence) -> ObligationReading:
    """Give a reading of a phrase that comes round."""
    some = read_directive_text(PLAN, CALENDAR).obligations[0]
    decided = decide_due(phrase, ISSUED, CALENDAR)
    return some._replace(phrase=phrase, due=None, rrule=decided.rrule, recurrence=every, hour=decided.at)


@pytest.mark.parametrize(
    ("phrase", "every", "send_by", "first_due"),
    [
        ("ngày làm việc cuối cùng của tháng", Recurrence.MONTH, "ngày làm việc cuối cùng của tháng", date(2025, 3, 31)),
        ("hằng tháng", Recurrence.MONTH, None, date(2025, 3, 31)),  # the last day needs no words
    ],
)
def test_the_day_is_said_in_words_that_give_it(
    phrase: str, every: Recurrence, send_by: str | None, first_due: date
) -> None:
    one = recurring(phrase, every)
    assert sending_day(one, CALENDAR, 2025) == send_by
    assert periods_due(one, ISSUED, CALENDAR)[0].nominal == first_due


def test_a_day_that_no_words_give_is_left_to_a_question() -> None:
    # Read as the fifth of the middle month of each quarter, which no phrase of the file's says.
    one = recurring("hằng quý", Recurrence.QUARTER)._replace(rrule="FREQ=YEARLY;BYMONTH=2,5,8,11;BYMONTHDAY=5")
    assert sending_day(one, CALENDAR, 2025) is None
    assert periods_due(one, ISSUED, CALENDAR) == ()
