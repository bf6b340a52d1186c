"""How letters say dates, periods, rungs and acts in both languages, and how text from outside is made harmless."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.errors import InvalidInput
from dondoc.mail.acts import act_sentence
from dondoc.mail.figures import Figures
from dondoc.mail.harmless import harmless, harmless_text
from dondoc.mail.render import render
from dondoc.mail.values import ActNote, LetterValues, Rung
from dondoc.mail.wording import wording
from models.vocabulary import Act, OfficerRole, RungAction
from tests.mail.letter_samples import (
    AFTER_DUE,
    BEFORE_DUE,
    DAY,
    DIGEST,
    ISSUER_WEEKLY,
    PARENT_HEAD,
    PLAN_LINE,
    QUARTER_LINE,
    WRITTEN_AT,
)

DONE_BY_NOBODY = (Act.CLOSE, Act.CARRY, Act.REPLAN)
"""Acts of an operation on a whole directive."""


@pytest.mark.parametrize(
    ("due", "vietnamese", "english"),
    [
        (date(2025, 2, 23), "Còn 3 ngày", "3 days left"),
        (date(2025, 2, 21), "Còn 1 ngày", "1 day left"),
        (date(2025, 2, 20), "Đến hạn hôm nay", "Due today"),
        (date(2025, 2, 19), "Quá hạn 1 ngày", "1 day overdue"),
        (date(2025, 2, 5), "Quá hạn 15 ngày", "15 days overdue"),
        (None, "Không hạn", "No deadline"),
    ],
)
def test_lateness_is_said_in_days(due: date | None, vietnamese: str, english: str) -> None:
    assert wording("vi").standing(due, DAY) == vietnamese
    assert wording("en").standing(due, DAY) == english


def test_a_moved_due_date_is_said_beside_the_nominal_one_with_what_moved_it() -> None:
    said = "Hạn 31/03/2024, tính đến hết ngày 01/04/2024 (Chủ nhật 31/03/2024)"
    assert wording("vi").due(QUARTER_LINE) == said
    assert wording("vi").due(PLAN_LINE) == "Hạn 28/02/2025"
    assert said in render(DIGEST).text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        # Decree 30/2020: a zero before days below 10 and before the months 1 and 2 only.
        (date(2025, 2, 5), "Ngày 05 tháng 02 năm 2025"),
        (date(2025, 3, 5), "Ngày 05 tháng 3 năm 2025"),
        (date(2025, 12, 31), "Ngày 31 tháng 12 năm 2025"),
    ],
)
def test_the_letters_date_is_written_as_official_documents_write_it(day: date, said: str) -> None:
    assert wording("vi").long_day(day) == said


@pytest.mark.parametrize(
    ("key", "vietnamese", "english"),
    [
        ("2025-Q1", "Quý I/2025", "Quarter I/2025"),
        ("Q4", "Quý IV", "Quarter IV"),
        ("2025-H1", "6 tháng đầu năm 2025", "First half 2025"),
        ("2025-02", "Tháng 02/2025", "Month 02/2025"),
        ("2025", "Năm 2025", "Year 2025"),
        ("đợt 2", "đợt 2", "đợt 2"),
    ],
)
def test_a_period_is_said_in_words(key: str, vietnamese: str, english: str) -> None:
    assert wording("vi").period(key) == vietnamese
    assert wording("en").period(key) == english


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        (BEFORE_DUE, "trước hạn 7 ngày làm việc, gửi cán bộ đầu mối của đơn vị thực hiện"),
        (AFTER_DUE, "quá hạn 1 ngày làm việc, gửi thủ trưởng đơn vị thực hiện"),
        (PARENT_HEAD, "quá hạn 7 ngày làm việc, gửi thủ trưởng đơn vị cấp trên trực tiếp"),
        (ISSUER_WEEKLY, "nhắc lại sau mỗi 7 ngày, gửi thủ trưởng đơn vị cao hơn 2 cấp"),
        (replace(AFTER_DUE, offset=0), "đúng ngày đến hạn, gửi thủ trưởng đơn vị thực hiện"),
        (replace(PARENT_HEAD, role=OfficerRole.FOCAL), "gửi cán bộ đầu mối của đơn vị cấp trên trực tiếp"),
    ],
)
def test_a_rung_says_its_rule_its_step_and_whom_it_tells(rung: Rung, said: str) -> None:
    reason = wording("vi").reason(rung)
    assert reason.startswith(f"Quy tắc “mặc định”, bậc “{rung.name if rung.offset is not None else 'hằng tuần'}” (")
    assert reason.endswith(said)
    assert ("nhắc việc" in reason) == (rung.action is RungAction.REMIND)


def test_a_rung_that_asks_to_acknowledge_counts_from_the_assignment() -> None:
    rung = replace(BEFORE_DUE, name="ack+3", offset=3, action=RungAction.PROMPT)
    assert wording("vi").reason(rung) == (
        "Quy tắc “mặc định”, bậc “tiếp nhận +3” (đề nghị tiếp nhận): "
        "chưa tiếp nhận sau 3 ngày làm việc kể từ ngày giao, gửi cán bộ đầu mối của đơn vị thực hiện"
    )


@pytest.mark.parametrize("act", [act for act in Act if act not in DONE_BY_NOBODY])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_act_has_its_sentence(act: Act, language: str) -> None:
    note = ActNote(act, WRITTEN_AT, "Ban Tuyên giáo – Nữ công", until=date(2025, 3, 14))
    said = act_sentence(note, wording(language))
    assert "Ban Tuyên giáo – Nữ công" in said
    assert "07:30" in said


@pytest.mark.parametrize("act", DONE_BY_NOBODY)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_act_that_no_person_did_says_when_it_was_and_names_nobody(act: Act, language: str) -> None:
    said = act_sentence(ActNote(act, WRITTEN_AT, ""), wording(language))
    assert "07:30" in said
    assert said[0].isupper()


@pytest.mark.parametrize(
    ("moved_by", "vietnamese", "english"),
    [
        ("Chủ nhật 31/03/2024", "Chủ nhật 31/03/2024", "Sunday 31 Mar 2024"),
        (
            "Thứ Bảy 30/08/2025, Quốc khánh 01/09/2025",
            "Thứ Bảy 30/08/2025, Quốc khánh 01/09/2025",
            "Saturday 30 Aug 2025, National Day 1 Sep 2025",
        ),
        (
            "Nghỉ bù Tết Nguyên đán 13/02/2024",
            "Nghỉ bù Tết Nguyên đán 13/02/2024",
            "day off in lieu of Lunar New Year 13 Feb 2024",
        ),
        (
            "Ngày nghỉ hoán đổi (làm bù 10/01/2026) 02/01/2026",
            "Ngày nghỉ hoán đổi (làm bù 10/01/2026) 02/01/2026",
            "day off in exchange (for 10 Jan 2026) 2 Jan 2026",
        ),
        # A day that an office added to its own calendar, and a date that is none.
        ("Ngày hội của tỉnh 19/05/2025", "Ngày hội của tỉnh 19/05/2025", "Ngày hội của tỉnh 19 May 2025"),
        ("Chủ nhật 31/02/2025", "Chủ nhật 31/02/2025", "Sunday 31/02/2025"),
        ("nghỉ", "nghỉ", "nghỉ"),
    ],
)
def test_what_moved_a_date_is_said_in_the_language_of_the_letter(moved_by: str, vietnamese: str, english: str) -> None:
    line = replace(QUARTER_LINE, moved_by=moved_by)
    assert wording("vi").due(line).endswith(f"({vietnamese})")
    assert wording("en").due(line).endswith(f"({english})")


def test_nothing_is_called_wholly_finished_before_it_is() -> None:
    assert Figures(total=1000, done_on_time=999, open_overdue=1).share_done == 99
    assert Figures(total=3, done_late=1, waived=1, cancelled=1).share_done == 100
    assert Figures(total=2, no_deadline=2).share_done == 0


def test_a_result_confirmed_late_is_not_called_on_time() -> None:
    note = ActNote(Act.CONFIRM, WRITTEN_AT, "Văn phòng")
    said = {act_sentence(replace(note, late=late), wording("vi")) for late in (True, False, None)}
    assert len(said) == 3
    assert "xác nhận hoàn thành quá hạn" in act_sentence(replace(note, late=True), wording("vi"))


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(InvalidInput, match="vi, en"):
        render(DIGEST, "fr")


@given(st.text(max_size=400))
def test_harmless_text_is_one_line_within_its_limit_and_stays_as_it_is(text: str) -> None:
    tame = harmless_text(text, 50)
    assert len(tame) <= 50
    assert len(tame.splitlines()) <= 1
    assert harmless_text(tame, 50) == tame


def test_values_that_are_harmless_already_are_taken_as_they_are() -> None:
    values: LetterValues = harmless(DIGEST)
    assert values is DIGEST


def test_decomposed_vietnamese_is_put_together() -> None:
    assert harmless_text("Đo\u0302n đo\u0302\u0301c") == "Đôn đốc"
