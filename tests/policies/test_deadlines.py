"""What deadline phrases mean: the tables of the law and of practice, the questions that are asked, and the laws."""

import unicodedata
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from models.vocabulary import DueKind
from policies.deadlines import DueDecision, Period, Point, decide_due
from policies.deadlines.decision import Asked
from policies.deadlines.periods import months_after
from policies.deadlines.readers import read_terms
from policies.deadlines.resolving import with_shared_years
from policies.deadlines.rules import RULES, Rule
from policies.deadlines.terms import FIRST_YEAR, LAST_YEAR, Terms
from policies.deadlines.tokens import tokenise

CALENDAR = default_calendar()
PLAN_DATE = date(2025, 2, 14)

# Words of the grammar in any order reach far more of the rules than letters at random do.
WORDS = """
    trước ngày tháng quý năm trong từ đến kể_từ hằng hàng mỗi 6 9 05 15 30 31 02 13 1/2 30/02 28/02/2025 2024 9999 0000
    IV V đầu giữa cuối của sau kỳ làm_việc tuần chậm_nhất thường_xuyên định_kỳ , - / và 14_giờ 25h lần ngày_ký nhân_dịp
"""
PHRASES = st.text() | st.lists(st.sampled_from(WORDS.split()), max_size=12).map(
    lambda words: " ".join(words).replace("_", " ")
)


def decide(phrase: str, issued_on: date | None = PLAN_DATE) -> DueDecision:
    return decide_due(phrase, issued_on, CALENDAR)


@pytest.mark.parametrize(
    ("period", "start", "middle", "end"),
    [
        (Period(2025, 2, 1), date(2025, 2, 1), date(2025, 2, 15), date(2025, 2, 28)),  # Art. 146.2
        (Period(2025, 1, 12), date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31)),  # Art. 146.3
    ],
)
def test_the_points_of_a_month_and_of_a_year_are_those_of_the_civil_code(
    period: Period, start: date, middle: date, end: date
) -> None:
    assert [period.point(point) for point in (Point.START, Point.MIDDLE, Point.END)] == [start, middle, end]


def test_a_month_without_the_same_day_ends_on_its_last_day() -> None:
    assert months_after(date(2025, 1, 31), 1) == date(2025, 2, 28)  # Art. 148.3
    assert months_after(date(2024, 12, 31), 2) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("phrase", "nominal", "effective", "moved_by"),
    [
        # The state's own reading, phrase beside printed deadline (notice 624/TB-VPCP)
        ("trước ngày 18/10/2025", "2025-10-18", "2025-10-20", "Thứ Bảy 18/10/2025"),
        ("trước ngày 01/10/2025", "2025-10-01", "2025-10-01", None),
        ("trước ngày 15/9/2025", "2025-09-15", "2025-09-15", None),
        ("trong tháng 9/2025", "2025-09-30", "2025-09-30", None),
        ("trong tháng 10/2025", "2025-10-31", "2025-10-31", None),
        ("trong tháng 11/2025", "2025-11-30", "2025-12-01", "Chủ nhật 30/11/2025"),
        ("trong Quý III/2025", "2025-09-30", "2025-09-30", None),
        # Five real directives
        ("Hoàn thành xây dựng kế hoạch trong tháng 02/2025.", "2025-02-28", "2025-02-28", None),
        ("hoàn thành trong Quý II/2025.", "2025-06-30", "2025-06-30", None),
        ("Hoàn thành trong Quý I năm 2022.", "2022-03-31", "2022-03-31", None),
        ("trong tháng 8/2022 (có kèm mẫu báo cáo)", "2022-08-31", "2022-08-31", None),
        ("Thời gian: Quý 1/2024", "2024-03-31", "2024-04-01", "Chủ nhật 31/03/2024"),
        ("Quý II/2024", "2024-06-30", "2024-07-01", "Chủ nhật 30/06/2024"),
        ("Quý III/2024", "2024-09-30", "2024-09-30", None),
        ("Quý IV/2024", "2024-12-31", "2024-12-31", None),
        # Ways of writing
        ("2025-02-28", "2025-02-28", "2025-02-28", None),
        ("28-02-2025", "2025-02-28", "2025-02-28", None),
        ("ngày 5 tháng 3 năm 2025", "2025-03-05", "2025-03-05", None),
        ("chậm nhất là ngày 30/9/2025", "2025-09-30", "2025-09-30", None),
        ("Quí IV-2025", "2025-12-31", "2025-12-31", None),
        ("TRONG QUÝ III/2025", "2025-09-30", "2025-09-30", None),
        ("trong tháng Hai năm 2025", "2025-02-28", "2025-02-28", None),
        ("trong năm 2025", "2025-12-31", "2025-12-31", None),
        ("6 tháng đầu năm 2025", "2025-06-30", "2025-06-30", None),
        ("giữa tháng 5/2025", "2025-05-15", "2025-05-15", None),
        ("cuối năm 2025", "2025-12-31", "2025-12-31", None),
        # Lengths: the first day is not counted (Art. 147.2, 147.3)
        ("trong 05 ngày kể từ ngày 14/02", "2025-02-19", "2025-02-19", None),
        ("trong 05 ngày làm việc kể từ ngày 14/02/2025", "2025-02-21", "2025-02-21", None),
        ("trong thời hạn 15 ngày kể từ ngày ký", "2025-03-01", "2025-03-03", "Thứ Bảy 01/03/2025"),
        ("trong thời hạn 01 tháng kể từ ngày 31/01/2025", "2025-02-28", "2025-02-28", None),
        ("trong 2 tuần kể từ ngày ban hành Kế hoạch này", "2025-02-28", "2025-02-28", None),
    ],
)
def test_a_phrase_with_a_date_gives_that_date_and_the_working_day_it_takes_effect(
    phrase: str, nominal: str, effective: str, moved_by: str | None
) -> None:
    due = decide(phrase)
    assert (str(due.nominal), str(due.effective), due.moved_by) == (nominal, effective, moved_by)
    assert due.needs is None
    assert ("Đ.148.5" in due.rule) == (moved_by is not None)


@pytest.mark.parametrize(
    ("phrase", "window"),
    [
        ("trong Quý II/2025", (date(2025, 4, 1), date(2025, 6, 30))),
        ("từ ngày 20/8/2025 đến ngày 29/8/2025", (date(2025, 8, 20), date(2025, 8, 29))),
        ("từ ngày 15 đến ngày 31 tháng 12 năm 2025", (date(2025, 12, 15), date(2025, 12, 31))),
        ("từ 20/12 đến hết ngày 10/01/2026", (date(2025, 12, 20), date(2026, 1, 10))),
    ],
)
def test_a_period_or_a_span_of_days_is_due_on_its_last_day(phrase: str, window: tuple[date, date]) -> None:
    due = decide(phrase)
    assert (due.kind, due.window, due.nominal) == (DueKind.PERIOD, window, window[1])


@pytest.mark.parametrize(
    ("phrase", "nominal"),
    [
        ("xong trước 30/11", date(2025, 11, 30)),
        ("trước ngày 31/01", date(2026, 1, 31)),  # already past in the document's year
        ("trong Quý I", date(2025, 3, 31)),
        ("trong tháng 1", date(2026, 1, 31)),
        ("trước ngày 29/02", date(2028, 2, 29)),
    ],
)
def test_a_missing_year_comes_from_the_document_and_is_marked_as_assumed(phrase: str, nominal: date) -> None:
    due = decide(phrase)
    assert (due.nominal, due.assumed) == (nominal, True)
    undated = decide(phrase, None)
    assert undated.nominal is None
    assert undated.needs


@pytest.mark.parametrize(
    ("phrase", "rrule"),
    [
        ("hằng tháng", "FREQ=MONTHLY"),
        ("hàng quý", "FREQ=MONTHLY;INTERVAL=3"),
        ("Hằng năm đưa vào chương trình công tác", "FREQ=YEARLY"),
        ("6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
        ("năm", "FREQ=YEARLY"),
        ("(6 tháng, năm)", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY"),
        ("trong báo cáo 6 tháng và năm", "FREQ=MONTHLY;INTERVAL=6 | FREQ=YEARLY"),
        ("định kỳ hàng tháng, quý", "FREQ=MONTHLY | FREQ=MONTHLY;INTERVAL=3"),
        ("trước ngày 20 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=20"),
        ("hằng quý trước ngày 20 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
        ("trước ngày 30/11 hằng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
        ("thường xuyên, hằng năm", "FREQ=YEARLY"),
        ("mỗi quý 01 lần", "FREQ=MONTHLY;INTERVAL=3"),
    ],
)
def test_what_comes_round_gives_a_recurrence_rule_and_no_date(phrase: str, rrule: str) -> None:
    due = decide(phrase)
    assert (due.kind, due.rrule, due.nominal, due.needs) == (DueKind.RECURRENCE, rrule, None, None)


@pytest.mark.parametrize("phrase", ["thường xuyên", "Nhiệm vụ thường xuyên", "thường xuyên, định kỳ", "liên tục"])
def test_a_standing_duty_has_no_date_and_asks_nothing(phrase: str) -> None:
    due = decide(phrase)
    assert (due.kind, due.nominal, due.needs) == (DueKind.STANDING, None, None)


@pytest.mark.parametrize(
    ("phrase", "kind", "names"),
    [
        ("trước ngày 30/02/2025", DueKind.UNKNOWN, "30/02/2025"),
        ("trong tháng 13/2025", DueKind.UNKNOWN, "tháng 13"),
        ("trong Quý V/2025", DueKind.UNKNOWN, "quý V"),
        ("trong năm 9999", DueKind.UNKNOWN, "9999"),
        ("ngày 45 tháng 3 năm 2025", DueKind.UNKNOWN, "45/03/2025"),
        ("trước ngày 01/6 và 15/11", DueKind.UNKNOWN, "01/06, 15/11"),  # two deadlines are two obligations
        ("từ ngày 10/3/2025 đến ngày 01/3/2025", DueKind.UNKNOWN, "Ngày đầu"),
        ("Tăng cường công tác kiểm tra", DueKind.UNKNOWN, "ngày đến hạn"),
        ("", DueKind.UNKNOWN, "ngày đến hạn"),
        ("theo quy định", DueKind.RELATIVE, "theo quy định"),
        ("kịp thời báo cáo", DueKind.RELATIVE, "kịp thời"),
        ("đầu quý", DueKind.RELATIVE, "đầu quý"),
        ("vào đầu quý 3/2025", DueKind.RELATIVE, "01/07/2025"),
        ("trước ngày 25", DueKind.RELATIVE, "tháng nào"),
        ("chậm nhất là 10 ngày kể từ ngày được tiếp nhận", DueKind.RELATIVE, "10 ngày"),
        ("trong 05 ngày làm việc kể từ ngày ký hợp đồng", DueKind.RELATIVE, "5 ngày làm việc"),
        ("nhân dịp kỷ niệm 135 năm (19/5/1890 - 19/5/2025)", DueKind.RELATIVE, "sự kiện"),
        ("mỗi năm 02 lần", DueKind.RELATIVE, "2 lần"),
        ("20 tháng cuối kỳ", DueKind.RELATIVE, "Kỳ báo cáo"),
        ("trong học kỳ II năm học 2024-2025", DueKind.RELATIVE, "học kỳ"),
    ],
)
def test_what_the_phrase_does_not_settle_is_asked_and_never_guessed(phrase: str, kind: DueKind, names: str) -> None:
    due = decide(phrase)
    assert (due.kind, due.nominal, due.effective, due.rrule) == (kind, None, None, None)
    assert due.needs is not None
    assert names in due.needs


def test_an_hour_of_a_day_is_kept_beside_the_date() -> None:
    due = decide("trước 14 giờ ngày 03/03/2025")
    assert (due.nominal, due.at) == (date(2025, 3, 3), time(14))


@pytest.mark.parametrize("phrase", ["số 39/2022/NĐ-CP", "Kế hoạch số 12/2025", "Kế hoạch 121/KH-LĐLĐ"])
def test_the_number_of_a_document_is_not_a_date(phrase: str) -> None:
    assert decide(phrase).nominal is None


def test_a_date_before_the_document_is_decided_and_left_to_the_caller() -> None:
    assert decide("trước ngày 30/11/2012").nominal == date(2012, 11, 30)


def test_a_date_in_a_year_without_a_decision_carries_the_warning() -> None:
    assert "2027" in decide("trước ngày 05/3/2027").warnings[0]
    assert decide("trước ngày 05/3/2025").warnings == ()


def test_decomposed_letters_read_like_composed_ones() -> None:
    phrase = "trong Quý II năm 2025, hằng tháng"
    decomposed = decide(unicodedata.normalize("NFD", phrase))
    assert replace(decomposed, phrase=phrase) == decide(phrase)


EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_each_rule_is_the_one_that_decides_its_own_examples(rule: Rule, example: str) -> None:
    terms = Terms(with_shared_years(read_terms(tokenise(example))))
    asked = Asked(example, PLAN_DATE, CALENDAR)
    first = next(candidate for candidate in RULES if candidate.decide(terms, asked, candidate.source))
    assert first.name == rule.name


@given(PHRASES, st.none() | st.dates())
def test_no_text_and_no_document_date_make_a_decision_fail(phrase: str, issued_on: date | None) -> None:
    due = decide(phrase, issued_on)
    answers = (due.nominal is not None, due.rrule is not None, due.needs is not None, due.kind is DueKind.STANDING)
    assert sum(answers) == 1
    assert due.rule


@given(PHRASES)
def test_a_decided_date_takes_effect_on_a_working_day_not_before_it(phrase: str) -> None:
    due = decide(phrase)
    if due.nominal is not None and due.effective is not None:
        assert due.nominal <= due.effective
        assert CALENDAR.is_working_day(due.effective)
        assert due.window is None or due.window[0] <= due.window[1] == due.nominal
    else:
        assert due.nominal is None
        assert due.effective is None


@given(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
def test_every_way_of_writing_a_full_date_gives_that_date(day: date) -> None:
    written = (f"{day}", f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"ngày {day.day} tháng {day.month} năm {day.year:04}")
    assert {decide(phrase).nominal for phrase in written} == {day}
