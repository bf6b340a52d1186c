"""What a document asks is joined with what the rules of deadlines make of it; what is no deadline is left out."""

import importlib.util
import json
from argparse import Namespace
from datetime import date
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import DocumentReading, read_directive_text
from dondoc.operations.read_json import reading_json
from models.vocabulary import Recurrence
from tests.intake.directive_samples import ARTICLE, LETTER, PLAN, WRAPPED

SHARED = Path(__file__).parents[2].parent / "shared"
WANTED = 0.97
needs_texts = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the annotated directives are not at hand")


def reading(text: str) -> DocumentReading:
    return read_directive_text(text, default_calendar())


def times(text: str) -> list[object]:
    return [one.due or one.recurrence for one in reading(text).obligations if one.due or one.recurrence]


def test_each_deadline_gets_its_date_or_its_recurrence() -> None:
    assert times(PLAN) == [
        date(2025, 5, 30),  # a closed span is due at its end
        date(2025, 7, 31),
        date(2025, 3, 25),
        date(2025, 6, 15),  # the year is the document's
        Recurrence.HALF_YEAR,
        Recurrence.YEAR,
    ]
    assert times(WRAPPED) == [Recurrence.MONTH, date(2025, 12, 31), Recurrence.YEAR]


def test_a_span_keeps_its_first_day() -> None:
    assert reading(PLAN).obligations[0].window == (date(2025, 5, 5), date(2025, 5, 30))


def test_an_order_of_the_past_is_left_out_because_its_date_is_past() -> None:
    assert date(2025, 2, 1) not in times(PLAN)


def test_a_list_of_cycles_keeps_their_names_and_days() -> None:
    text = LETTER.replace(
        "2. Kịp thời", "2. Báo cáo quý (trước ngày 15 tháng cuối quý), 6 tháng (trước ngày 10/6). Kịp thời"
    )
    found = [(one.recurrence, one.rrule) for one in reading(text).obligations if one.recurrence]
    assert found == [
        (Recurrence.QUARTER, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15"),
        (Recurrence.HALF_YEAR, "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10"),
    ]


def test_results_of_a_period_that_is_over_are_no_duty() -> None:
    sentence = "2. Kết quả: hoàn thành bàn giao 300 Mái ấm trong quý IV/2024. Kịp thời"
    assert times(LETTER.replace("2. Kịp thời", sentence)) == []


def test_a_past_order_that_is_still_to_come_stays() -> None:
    later = PLAN.replace("trước ngày 01/02/2025", "trước ngày 01/12/2025")
    assert date(2025, 12, 1) in times(later)


def test_no_date_is_invented_for_a_letter_without_one() -> None:
    assert times(LETTER) == []
    assert all(one.needs is None for one in reading(LETTER).obligations)


def test_the_rule_and_the_working_day_stand_beside_the_nominal_date() -> None:
    moved = next(one for one in reading(PLAN).obligations if one.due == date(2025, 6, 15))
    assert moved.effective == date(2025, 6, 16)  # 15 June 2025 is a Sunday
    assert moved.rule is not None
    assert "Đ.148.5" in moved.rule


def test_the_json_has_the_fixed_fields_and_spans_of_the_source() -> None:
    found = reading_json(reading(PLAN))
    fixed = [
        "number",
        "type",
        "issued_on",
        "issuer",
        "place",
        "subject",
        "implements",
        "recipients",
        "warnings",
        "obligations",
    ]
    assert fixed == [name for name in found if name in fixed]
    fields = [
        "quote",
        "span",
        "clause",
        "actors",
        "action",
        "deliverable",
        "due",
        "window",
        "recurrence",
        "relative",
        "report_to",
        "confidence",
    ]
    for one in found["obligations"]:
        assert fields == [name for name in one if name in fields]
        assert PLAN[slice(*one["span"])] == one["quote"]
    assert found["obligations"][2]["report_to"] == "LĐLĐ tỉnh (qua Ban Tuyên giáo - Nữ công)"


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (PLAN, "45/KH-LĐLĐ is written with blanks inside"),
        (PLAN.replace("45 /KH", "45/KH").replace("KẾ HOẠCH", "HƯỚNG DẪN"), "the type Hướng dẫn and the symbol"),
        (PLAN.replace("Kế hoạch số 12/KH-TLĐ", "Kế hoạch số 12/HD-TLĐ"), "Kế hoạch số 12/HD-TLĐ: the type word and"),
        (LETTER.replace("Số: 210/LĐLĐ", ""), "no number"),
        (LETTER.replace("Hòa An, ngày 07 tháng 4 năm 2025", ""), "no date"),
        (LETTER.replace("Số: 210/LĐLĐ", "Số: 210/KH-LĐLĐ\n\nKẾ HOẠCH"), "a plan without any dated task"),
        (PLAN.replace("trước ngày 25/3/2025", "trước ngày 01/3/2025"), "before the document's own date"),
        (
            PLAN.replace("trong tháng 7/2025", "trong Quý I/2025").replace("10 tháng 3", "20 tháng 3"),
            "more than half over",
        ),
        (LETTER.replace("Công văn số 330/TLĐ-QHLĐ", "Hướng dẫn số 30/HD-BTG"), "in the state's form"),
        (
            LETTER.replace(
                "Công văn số 330/TLĐ-QHLĐ", "Kế hoạch số 301-KH/TU của Ban Tuyên giáo Tỉnh ủy, Công văn số 1/TLĐ"
            ),
            "issued by Tỉnh ủy by its symbol",
        ),
        (
            LETTER.replace("2. Kịp thời", "2. Theo Nghị quyết số 26/TW của Trung ương. Kịp thời"),
            "does not name the type",
        ),
        (LETTER.replace("2. Kịp thời", "2. Theo Công văn Số 1366-CV/BTGTU. Kịp thời"), "capital inside a sentence"),
        (
            LETTER.replace("2. Kịp thời", "2. Theo Chỉ thị số\n05- CT/TW. Kịp thời"),
            "Chỉ thị số 05-CT/TW: the symbol is",
        ),
        (PLAN.replace("trong tháng 7/2025", "trong Quý 3/2025"), "“Quý 3”: the quarter is in an Arabic digit"),
        (PLAN + "\n\nIX. PHỤ LỤC", "the sections go from"),
    ],
)
def test_what_the_norms_do_not_foresee_is_said(text: str, warning: str) -> None:
    assert any(warning in str(one) for one in reading(text).warnings)


def test_an_ordinary_document_gives_no_warning() -> None:
    assert reading(WRAPPED).warnings == ()
    assert "no number" not in " ".join(map(str, reading(ARTICLE).warnings))


@needs_texts
def test_real_directives_are_read_as_a_careful_reader_does() -> None:
    figures = _figures()
    low = {name: figures[name] for name in ("header", "dated", "precise", "spans", "basis") if figures[name] < WANTED}
    assert not low


@needs_texts
def test_nothing_dated_is_invented_in_the_letter_that_gives_no_deadline() -> None:
    found = json.loads(json.dumps(_read(next((SHARED / "directives").glob("004*.txt"))), default=str))
    assert [one for one in found["obligations"] if one["due"]] == []


def _figures() -> dict[str, Any]:
    score = _score()
    score.__dict__["call"] = lambda _command, path: json.loads(json.dumps(_read(Path(path)), default=str))
    score.__dict__["open"] = lambda path, **_: StringIO(Path(path).read_text(encoding="utf-8"))
    texts = [str(SHARED / "corpus" / "texts"), str(SHARED / "directives")]
    gold = str(SHARED / "corpus" / "gold")
    figures: dict[str, Any] = score.read(Namespace(gold=gold, texts=texts, show=False))
    return figures


def _read(path: Path) -> dict[str, Any]:
    return reading_json(reading(path.read_text(encoding="utf-8")))


def _score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "corpus" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
