"""A reading as a directive file: what it says is taken, what it leaves out is asked, and answered it can be issued."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from dondoc.errors import InvalidInput
from dondoc.intake.directive_file import read_directive
from dondoc.intake.yaml_file import parse_yaml
from dondoc.operations.addressees import units_as_of
from dondoc.operations.draft_sheet import folded_value, quoted
from dondoc.operations.draft_yaml import draft_yaml
from dondoc.operations.named import NamedUnit
from dondoc.operations.office import Office
from dondoc.operations.read import read_directive_text
from dondoc.operations.rehearse import rehearse
from dondoc.operations.report_calendar_file import default_report_calendar
from dondoc.operations.rules import default_rules
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.vocabulary import Recurrence, UnitKind
from policies.deadlines import occurrences
from tests.factories import a_province, at
from tests.intake.directive_samples import LETTER, PLAN

DISTRICT, SECTOR = UnitKind.DISTRICT, UnitKind.SECTOR
UNITS = tuple(
    NamedUnit(number, code, name, name, path, kind)
    for number, (code, name, path, kind) in enumerate(
        [
            ("P", "Liên đoàn Lao động tỉnh Hòa An", "1.", UnitKind.PROVINCIAL),
            ("P-TG", "Ban Tuyên giáo – Nữ công, LĐLĐ tỉnh Hòa An", "1.2.", UnitKind.OFFICE),
            ("D", "LĐLĐ huyện Bản Mới", "1.3.", DISTRICT),
            ("S", "Công đoàn Ngành Y tế", "1.4.", SECTOR),
        ],
        start=1,
    )
)


def written(text: str, *, units: tuple[NamedUnit, ...] = (), issuer: str | None = None, language: str = "vi") -> str:
    calendar = default_calendar()
    office = Office(calendar, default_report_calendar(), units, issuer, language)
    return draft_yaml(read_directive_text(text, calendar), office)


def draft_of(
    folder: Path, text: str, *, units: tuple[NamedUnit, ...] = (), issuer: str | None = None
) -> DirectiveDraft:
    path = folder / "draft.yaml"
    path.write_text(written(text, units=units, issuer=issuer), encoding="utf-8")
    return read_directive(path)


def letter_with(sentence: str) -> str:
    """Put a sentence into a letter that has no deadline."""
    return LETTER.replace("2. Kịp thời", f"2. {sentence} Kịp thời")


def test_the_draft_takes_what_the_document_says(tmp_path: Path) -> None:
    text = PLAN.replace("b) Đơn vị chủ trì: Ban Tuyên giáo - Nữ công.", "b) Đơn vị chủ trì: Công đoàn ngành.")
    draft = draft_of(tmp_path, text, issuer="P", units=UNITS)
    assert (draft.number, draft.issued_on, draft.issuer) == ("45/KH-LĐLĐ", date(2025, 3, 10), "P")
    assert draft.implements == ("12/KH-TLĐ", "07-HD/BTGTU")
    assert [(one.due, one.every) for one in draft.obligations] == [
        ("Từ ngày 05/5/2025 đến ngày 30/5/2025", None),
        ("trong tháng 7/2025", None),
        ("trước ngày 25/3/2025", None),
        ("chậm nhất ngày 15/6", None),
        ("6 tháng, năm", None),  # the cycles of one phrase are periods of one obligation
    ]
    plan = draft.obligations[2]
    assert (plan.relay, plan.lead, plan.addressees.kinds) == (True, "P-TG", (DISTRICT, SECTOR))


def test_the_issuer_s_code_is_found_in_the_register(tmp_path: Path) -> None:
    text = LETTER.replace("2. Kịp thời", "2. Hằng năm báo cáo kết quả về LĐLĐ tỉnh. Kịp thời")
    assert draft_of(tmp_path, text, units=UNITS).issuer == "P"


def test_named_contents_of_the_quarters_join_their_recurrence(tmp_path: Path) -> None:
    text = LETTER.replace(
        "2. Kịp thời",
        "2. Các công đoàn cơ sở sinh hoạt định kỳ hằng quý như sau:\n\n+ Quý II: Nội dung 2.\n\n"
        "+ Quý III: Nội dung 3.\n\n3. Kịp thời",
    )
    (meeting,) = draft_of(tmp_path, text, issuer="P").obligations
    assert (meeting.every, meeting.periods) == (Recurrence.QUARTER, {"Q2": "Nội dung 2", "Q3": "Nội dung 3"})


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (PLAN.replace("Số: 45 /KH-LĐLĐ", "Số:"), "number"),
        (PLAN.replace("Hòa An, ngày 10 tháng 3 năm 2025", ""), "issued_on"),
        (PLAN, "issuer"),
    ],
)
def test_an_unanswered_question_is_refused_by_name(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(InvalidInput, match=field):
        draft_of(tmp_path, text)


def test_what_a_file_cannot_hold_is_escaped(tmp_path: Path) -> None:
    text = PLAN.replace("Tổ chức hội thi cán bộ", 'Tổ chức "hội thi" \\ # : cán bộ').replace("trực", "trực", 1)
    assert '"hội thi" \\ # : cán bộ' in draft_of(tmp_path, text, issuer="P", units=UNITS[:3]).subject


def test_a_draft_with_its_questions_answered_can_be_issued(tmp_path: Path, database: Database) -> None:
    a_province(database)
    with database.reading() as connection:
        units = units_as_of(connection, date(2025, 3, 10))
    top = next(one.code for one in units if one.kind is UnitKind.PROVINCIAL)
    text = PLAN.replace("Đơn vị chủ trì: Ban Tuyên giáo - Nữ công", "Đơn vị chủ trì: Các công đoàn cơ sở")
    text = text.replace("LĐLĐ các huyện, thành phố, Công đoàn ngành", "LĐLĐ các huyện, thành phố")
    draft = draft_of(tmp_path, text, units=units, issuer=top)
    rehearsed = rehearse(database, draft, now=at("2025-03-11"), rules=default_rules())
    assert rehearsed.assigned > 0


def test_a_habit_without_a_day_is_no_deadline(tmp_path: Path) -> None:
    text = letter_with("Các công đoàn cơ sở hằng năm đưa nội dung vào chương trình công tác, tổ chức thực hiện.")
    (habit,) = draft_of(tmp_path, text, issuer="P", units=UNITS).obligations
    assert (habit.due, habit.every) == (None, None)
    assert "every: year" in written(text, issuer="P", units=UNITS)


@pytest.mark.parametrize(
    ("phrase", "every", "first_due"),
    [
        ("trước ngày 20 của tháng cuối quý", Recurrence.QUARTER, date(2025, 6, 20)),
        ("ngày 10 của tháng đầu quý", Recurrence.QUARTER, date(2025, 4, 10)),
        ("ngày 05 tháng đầu quý sau", Recurrence.QUARTER, date(2025, 7, 5)),
        ("trước ngày 25 hằng tháng", Recurrence.MONTH, date(2025, 4, 25)),
        ("chậm nhất 16 giờ 30 ngày 25 hằng tháng", Recurrence.MONTH, date(2025, 4, 25)),
        ("trước ngày 30/11 hằng năm", Recurrence.YEAR, date(2025, 11, 30)),
    ],
)
def test_the_day_in_each_period_is_the_one_that_was_read(
    tmp_path: Path, phrase: str, every: Recurrence, first_due: date
) -> None:
    (report,) = draft_of(
        tmp_path, letter_with(f"Các công đoàn cơ sở báo cáo kết quả {phrase}."), issuer="P", units=UNITS
    ).obligations
    assert report.every is every
    found = occurrences(every, date(2025, 1, 1), date(2025, 12, 31), report.send_by, default_calendar())
    issued = date(2025, 4, 7)
    assert min(one.nominal for one in found if one.nominal and one.nominal >= issued) == first_due
    assert {str(one.at) for one in found} == {"16:30:00" if "giờ" in phrase else "None"}


def test_periods_that_are_all_past_are_asked_for() -> None:
    text = letter_with("Các công đoàn cơ sở báo cáo kết quả trước ngày 15/02 hằng năm.")
    assert "HỎI: không còn kỳ nào của năm 2025" in written(text, issuer="P", units=UNITS)


def test_a_year_s_report_due_in_the_next_year_is_that_of_the_document_s_own(tmp_path: Path) -> None:
    text = letter_with("Các công đoàn cơ sở gửi báo cáo năm trước ngày 15/01 năm sau.")
    assert "# 2025: hạn 15/01/2026" in written(text, issuer="P", units=UNITS)
    (report,) = draft_of(tmp_path, text, issuer="P", units=UNITS).obligations
    (period,) = occurrences(Recurrence.YEAR, date(2025, 1, 1), date(2025, 12, 31), report.send_by, default_calendar())
    assert (period.key, period.nominal) == ("2025", date(2026, 1, 15))


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trước ngày 20/01", "ngày 20/01/2025"),
        ("trước 10 giờ ngày 20/01", "10:00 ngày 20/01/2025"),
        ("từ ngày 16 đến ngày 20/01", "từ ngày 16/01/2025 đến ngày 20/01/2025"),
    ],
)
def test_a_supplied_year_is_written_where_the_document_has_no_date(words: str, due: str) -> None:
    text = f"1. Các phường gửi báo cáo trước ngày 15/6/2025.\n2. Các phường nộp hồ sơ {words}."
    assert f'due: "{due}"' in written(text)


def test_inner_dates_are_proposed_before_the_date_of_a_report() -> None:
    text = letter_with("Các công đoàn cơ sở báo cáo kết quả trước ngày 20/6/2025.")
    assert "đơn vị → cơ quan ngày 17/06/2025; 20/06/2025 - 3 ngày" in " ".join(
        line.strip(" #") for line in written(text, issuer="P", units=UNITS).splitlines()
    )


def test_the_years_since_a_document_propose_a_date_beside_the_duty() -> None:
    duty = "- Tổ chức sơ kết 03 năm thực hiện Kết luận số 09-KL/TU, ngày 15/8/2022 của Tỉnh ủy."
    text = LETTER.replace("2. Kịp thời", f"2. Tổ chức thực hiện\n\n{duty}\n\n3. Kịp thời")
    assert "Đề xuất 15/08/2025 (15/08/2022 + 3 năm = 15/08/2025)" in " ".join(
        line.strip(" #") for line in written(text, issuer="P", units=UNITS).splitlines()
    )


def test_remarks_are_in_the_office_s_language_and_lines_are_not_long() -> None:
    vietnamese, english = written(PLAN, units=UNITS), written(PLAN, units=UNITS, language="en")
    assert "HỎI" in vietnamese
    assert "ASK" in english
    assert "ASK" not in vietnamese
    fields = [line for line in (vietnamese + english).splitlines() if "addressees:" not in line]
    assert max(map(len, fields)) <= 110


def test_every_question_stands_at_the_head_and_beside_its_value() -> None:
    found = written(PLAN.replace("Số: 45 /KH-LĐLĐ", "Số:"), units=UNITS[:3]).splitlines()
    at_head = [line for line in found[: found.index("obligations:")] if line.startswith("# - ")]
    beside = [line for line in found if "HỎI:" in line and not line.startswith("# B")]
    assert len(at_head) == len(beside) > 1


@given(
    st.text(st.sampled_from("ab\\\"'#:-–{}[]&*!|>%@`,“ ạđ\u00a0"), max_size=400).filter(
        lambda words: bool(words.strip())
    )
)
def test_any_words_are_read_back_as_written(words: str) -> None:
    lines = folded_value("    title:", quoted(words))
    assert parse_yaml("\n".join(["top:", *lines]), "test") == {"top": {"title": " ".join(words.split())}}
