"""What no phrase may do: change its answer with its typing, raise, or take more than its length in time."""

import unicodedata
from dataclasses import replace
from datetime import date, datetime, time
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from models.vocabulary import DueKind
from policies.deadlines import DueDecision, decide_due
from policies.deadlines.rules import RULES
from policies.deadlines.spelling import cleaned

CALENDAR = default_calendar()
DOCUMENT_DATE = date(2025, 2, 14)
EXAMPLES = [example for rule in RULES for example in rule.examples]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

# The tone may be typed on either of two vowels; the sign is the same word to a reader.
TONE_PLACES = [("hoà", "hòa"), ("quý", "qúy"), ("thuỷ", "thủy"), ("hoàn", "hòan"), ("kỳ", "kì"), ("quý", "quí")]

# What stands round a time in a directive: its bullet or clause number, who, to whom, through whom, and what for.
SURROUNDINGS = [
    "- Thời gian: {};", "3.1. Báo cáo {}", "Hoàn thành {}.", "và {}", "“{}”", "2. Các cấp công đoàn {}",
    "Báo cáo kết quả về LĐLĐ tỉnh {}", "{} (qua Ban Tuyên giáo - Nữ công)", "{} để tổng hợp, báo cáo Ban Thường vụ",
    "Đề nghị các đơn vị thực hiện {}, đảm bảo chất lượng", "gửi báo cáo {} về Ban Tổ chức", "{} theo mẫu đính kèm",
]  # fmt: skip

# Each is a line that repeats what a reader looks ahead for, so that looking too far ahead would cost its square.
REPEATED = ["ngày ", "tháng, ", "6 tháng, ", "1/", "15/6, ", "số 1/", "số 1-a của b ", "a", "1", "quý i, ", "ngày 1, ",
            "trước ", "từ 1 đến ", "hằng ", "học kỳ ", "năm 2025, ", "5 ngày kể từ ", "kỷ niệm 5 năm ", "tháng 1-",
            "thứ 2 ", "1 2 ", "(", "của ", "luật a ", "theo kế hoạch ", "thứ 2, ",
            "ngày 1 tháng 1, ", "quý i i ", "ngày … ", ". ", "ngày 1 các tháng ", "trước tết ", "mỗi mỗi ",
            "\u0301", "ng ", "20/3/2025 và "]  # fmt: skip
LONG_CHARACTERS = 10_000
LONGEST_SECONDS = 1.0


def decide(phrase: str, issued_on: date | None = DOCUMENT_DATE) -> DueDecision:
    """Decide, leaving the words themselves aside: they are handed back as they were typed."""
    due = decide_due(phrase, issued_on, CALENDAR)
    return replace(due, phrase="", parts=tuple(replace(part, phrase="") for part in due.parts))


def without_words(due: DueDecision) -> DueDecision:
    """Leave what a question quotes aside: it may quote the words as they were typed."""
    return replace(due, needs=None if due.needs is None else "asked")


@given(st.sampled_from(EXAMPLES), st.data())
def test_case_does_not_change_an_answer(phrase: str, data: st.DataObject) -> None:
    upper = data.draw(st.lists(st.booleans(), min_size=len(phrase), max_size=len(phrase)))
    typed = "".join(c.upper() if up else c for c, up in zip(phrase, upper, strict=True))
    assert decide(typed) == decide(phrase)


@given(st.sampled_from(EXAMPLES), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_the_form_of_its_letters_does_not_change_an_answer(phrase: str, form: str) -> None:
    assert decide(unicodedata.normalize(form, phrase)) == decide(phrase)  # type: ignore[arg-type]


@given(st.sampled_from(EXAMPLES), st.sampled_from(["  ", "\n", "\t", "\r\n ", "\u00a0", " \u200b", " * ", " | "]))
def test_the_kind_of_space_does_not_change_an_answer(phrase: str, space: str) -> None:
    assert decide(phrase.replace(" ", space)) == decide(phrase)


@given(st.sampled_from(EXAMPLES), st.sampled_from([" / ", "/ ", " /", "/\n"]))
def test_spaces_around_a_stroke_do_not_change_an_answer(phrase: str, stroke: str) -> None:
    assert without_words(decide(phrase.replace("/", stroke))) == without_words(decide(phrase))


@given(st.sampled_from(EXAMPLES), st.sampled_from(["**", "_", "*", "|"]))
def test_emphasis_does_not_change_an_answer(phrase: str, mark: str) -> None:
    assert decide(f"{mark}{phrase}{mark}") == decide(phrase)


@pytest.mark.parametrize(("one", "other"), TONE_PLACES)
def test_the_place_of_a_tone_does_not_change_an_answer(one: str, other: str) -> None:
    for phrase in EXAMPLES:
        assert without_words(decide(phrase.lower().replace(one, other))) == without_words(decide(phrase.lower()))


@given(st.sampled_from(EXAMPLES), st.sampled_from(EXAMPLES), st.none() | st.dates())
def test_two_phrases_run_together_still_get_one_answer(one: str, other: str, issued_on: date | None) -> None:
    due = decide(f"{one}, {other}", issued_on)
    answers = (due.nominal is not None, due.rrule is not None, due.needs is not None, due.kind is DueKind.STANDING)
    assert sum(answers) == 1


@given(st.text(st.characters(), max_size=60), st.dates())
def test_any_text_at_all_gets_an_answer(phrase: str, issued_on: date) -> None:
    assert decide(phrase, issued_on).rule


@given(st.sampled_from(EXAMPLES), st.sampled_from([date.min, date.max, date(1800, 1, 1), date(2200, 12, 31)]))
def test_a_document_at_the_ends_of_time_gets_an_answer(phrase: str, issued_on: date) -> None:
    assert decide(phrase, issued_on).rule


@pytest.mark.parametrize("piece", REPEATED)
def test_ten_thousand_characters_take_less_than_a_second(piece: str) -> None:
    phrase = (piece * LONG_CHARACTERS)[:LONG_CHARACTERS]
    started = process_time()
    decide(phrase)
    assert process_time() - started < LONGEST_SECONDS


@pytest.mark.parametrize(
    ("phrase", "ends"),
    [
        ("trước 14 giờ ngày 03/03/2025", datetime(2025, 3, 3, 14, tzinfo=ZONE)),  # the hour named
        ("trước ngày 03/03/2025", datetime(2025, 3, 4, tzinfo=ZONE)),  # 24:00, Art. 148.6
        ("trước 14 giờ ngày 01/03/2025", datetime(2025, 3, 4, tzinfo=ZONE)),  # a Saturday: end of Monday, Art. 148.5
        ("từ 8h00 ngày 10/3/2025 đến 17h00 ngày 14/3/2025", datetime(2025, 3, 14, 17, tzinfo=ZONE)),
        ("theo quy định", None),
    ],
)
def test_a_term_ends_at_the_hour_that_is_named(phrase: str, ends: datetime | None) -> None:
    assert decide(phrase).due_at == ends


@given(st.sampled_from(EXAMPLES), st.sampled_from(SURROUNDINGS))
def test_the_sentence_round_a_time_does_not_change_it(phrase: str, sentence: str) -> None:
    around, alone = decide(sentence.format(phrase)), decide(phrase)
    assert (around.nominal, around.rrule, around.kind is DueKind.STANDING) == (
        alone.nominal,
        alone.rrule,
        alone.kind is DueKind.STANDING,
    )


def test_an_hour_is_kept_beside_a_recurrence() -> None:
    due = decide("trước 13 giờ hằng ngày")
    assert (due.rrule, due.at, due.cadence) == ("FREQ=DAILY", time(13), ("daily",))


@pytest.mark.parametrize(
    ("phrase", "at"),
    [
        ("từ 8h00 ngày 10/3/2025 đến ngày 14/3/2025", None),  # the hour it begins
        ("từ 0h00 ngày 10/3/2025 đến 24h00 ngày 14/3/2025", None),  # 24:00 is the day's own end
        ("từ 8h00 đến 11h30 ngày 10/3/2025", time(11, 30)),
    ],
)
def test_the_hour_at_which_something_begins_is_not_when_it_ends(phrase: str, at: time | None) -> None:
    assert decide(phrase).at == at


YEARLESS = ("trước ngày {0}/{1}", "chậm nhất {0}/{1}", "xong trước ngày {0} tháng {1}", "trong ngày {0}/{1}", "{0}/{1}")


@given(st.sampled_from(YEARLESS), st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.dates(date(1900, 1, 1)))
def test_a_day_without_a_year_never_lies_before_its_document(phrase: str, day: date, issued_on: date) -> None:
    due = decide(phrase.format(day.day, day.month), issued_on)
    if due.nominal is not None:
        assert due.nominal >= issued_on
        assert (due.nominal.day, due.nominal.month) == (day.day, day.month)
        assert due.assumed


@given(st.sampled_from(EXAMPLES), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_decision_has_a_date_or_a_rule_exactly_where_it_asks_nothing(phrase: str, issued_on: date) -> None:
    due = decide(phrase, issued_on)
    is_settled = due.nominal is not None or due.rrule is not None or due.kind is DueKind.STANDING
    assert is_settled == (due.needs is None)
    assert due.kind is not DueKind.UNKNOWN or due.needs
    assert all(part.nominal is not None for part in due.parts)


@given(st.sampled_from(EXAMPLES))
def test_a_phrase_cleaned_twice_reads_as_once(phrase: str) -> None:
    once = cleaned(phrase)
    assert cleaned(once) == once
    assert decide(" ".join(once.split())) == decide(once)


def test_a_weekday_that_is_not_the_dates_own_is_told() -> None:
    assert decide("thứ Hai, ngày 26/8/2024").warnings == ()
    (warning,) = decide("thứ Ba, ngày 26/8/2024").warnings
    assert "thứ Hai, không phải thứ Ba" in warning


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("trước ngày 15/6/2025 và 15/11/2025", ["2025-06-15", "2025-11-15"]),
        ("ngày 10 và 20/6/2025", ["2025-06-10", "2025-06-20"]),
        ("Quý I, Quý III/2025", ["2025-03-31", "2025-09-30"]),
        ("Quý I, II/2025", ["2025-03-31", "2025-06-30"]),  # one window, and both parts beside it
    ],
)
def test_each_time_of_a_list_is_decided_by_itself(phrase: str, parts: list[str]) -> None:
    assert [str(part.nominal) for part in decide(phrase).parts] == parts


@pytest.mark.parametrize(
    ("phrase", "proposed", "arithmetic"),
    [
        ("sơ kết 03 năm thực hiện Kết luận số 01-KL/TW, ngày 18/5/2021", "2024-05-18", "18/05/2021 + 3 năm"),
        ("tổng kết 10 năm thực hiện Chỉ thị số 05-CT/TW ngày 15/5/2016", "2026-05-15", "15/05/2016 + 10 năm"),
        ("kỷ niệm 135 năm ngày sinh của Bác (19/5/1890 - 19/5/2025)", "2025-05-19", "19/05/1890 + 135 năm"),
        ("kỷ niệm 96 năm Ngày thành lập Công đoàn Việt Nam", "2025-07-28", "28/07/1929 + 96 năm"),
        ("nhân dịp Quốc khánh", "2025-09-02", "02/09/2025"),
        ("trước Tết Nguyên đán 2026", "2026-02-13", "17/02/2026"),  # the last day worked before the break
        ("trước Quý III/2025", "2025-06-30", "30/06/2025"),
    ],
)
def test_what_arithmetic_gives_is_proposed_and_not_decided(phrase: str, proposed: str, arithmetic: str) -> None:
    due = decide(phrase)
    assert (due.nominal, str(due.proposed)) == (None, proposed)
    assert due.needs is not None
    assert arithmetic in due.needs


def test_years_of_29_february_end_on_the_28th_where_there_is_no_29th() -> None:
    due = decide("sơ kết 03 năm thực hiện Kế hoạch số 12-KH/TU ngày 29/02/2024")
    assert due.proposed == date(2027, 2, 28)
