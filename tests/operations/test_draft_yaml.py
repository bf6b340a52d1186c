"""A reading as a directive file: what it says is taken, what it leaves out is asked, and answered it can be issued."""

from datetime import date
from pathlib import Path

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.errors import InvalidInput
from dondoc.intake.directive_file import read_directive
from dondoc.operations.addressees import units_as_of
from dondoc.operations.draft_yaml import draft_yaml
from dondoc.operations.named import NamedUnit
from dondoc.operations.read import read_directive_text
from dondoc.operations.rehearse import rehearse
from dondoc.operations.rules import default_rules
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.vocabulary import Recurrence, UnitKind
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


def draft_of(
    folder: Path, text: str, *, units: tuple[NamedUnit, ...] = (), issuer: str | None = None
) -> DirectiveDraft:
    path = folder / "draft.yaml"
    path.write_text(draft_yaml(read_directive_text(text, default_calendar()), units, issuer), encoding="utf-8")
    return read_directive(path)


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
        (None, Recurrence.HALF_YEAR),
        (None, Recurrence.YEAR),
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
