"""The official letter of urging: the decree's layout, the same number as every list, nothing decided for people."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Draft
from docx.shared import Mm, Pt

from dondoc.errors import InvalidInput, NotFound
from dondoc.operations.rules import default_rules
from dondoc.operations.tasks import tasks
from dondoc.operations.urging import UrgingWish, urging_letter
from dondoc.reports.urging_letter import HEADINGS, UrgingLetter, urging_document
from models.session import Database
from models.vocabulary import Act, Status
from tests.factories import DISTRICTS, GRASSROOTS, PROVINCE, a_directive_issued, a_province, an_obligation, at, focal
from tests.operations.acting import do

NOW = at("2025-03-10", "08:00")
CALENDAR = default_rules().calendar


@pytest.fixture
def late(database: Database) -> Database:
    """Give a province in which districts and their grassroots units owe a report since 28 February."""
    a_province(database)
    everybody = {"below": PROVINCE, "kinds": ["district", "grassroots"]}
    a_directive_issued(database, an_obligation("report", addressees=everybody, clause="II.1"), place="Nơi ban hành")
    return database


def letter(database: Database, *units: str, times: int = 1, **wish: str) -> UrgingLetter:
    return urging_letter(database, UrgingWish(units, round=times, **wish), NOW, CALENDAR)  # type: ignore[arg-type]


def document(said: UrgingLetter) -> Draft:
    return Document(BytesIO(urging_document(said)))


def words(draft: Draft) -> str:
    cells = [cell.text for table in draft.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in draft.paragraphs), *cells])


def test_its_number_is_the_one_of_every_list(late: Database) -> None:
    do(late, 1, Act.SUBMIT, "2025-02-20", by=focal(DISTRICTS[0]), number="1/BC-LĐLĐ")
    said = letter(late)
    listed = tasks(late, now=NOW, status=Status.OPEN_OVERDUE)
    assert len(said.lines) == len(listed) == 7
    assert f"còn {len(listed)} nhiệm vụ quá hạn" in words(document(said))
    annex = document(said).tables[-1]
    assert tuple(cell.text for cell in annex.rows[0].cells) == HEADINGS
    numbered = [row.cells[0].text for row in annex.rows if row.cells[0].text.isdecimal()]
    assert numbered == [str(number) for number in range(1, 8)]


def test_it_goes_to_the_named_unit_with_all_below_it_or_to_every_late_subordinate(late: Database) -> None:
    one = letter(late, DISTRICTS[0])
    assert {line.unit for line in one.lines} == {
        row.unit_name for row in tasks(late, now=NOW) if row.unit in {DISTRICTS[0], *GRASSROOTS[:3]}
    }
    assert len(letter(late).recipients) == 2
    assert letter(late, DISTRICTS[0], GRASSROOTS[0]).recipients[1] != one.recipients[0]


def test_paper_margins_and_font_are_the_decrees(late: Database) -> None:
    section = (draft := document(letter(late))).sections[0]

    def millimetres(length: int | None) -> int:
        return round((length or 0) / Mm(1))

    assert (millimetres(section.page_width), millimetres(section.page_height)) == (210, 297)
    assert 20 <= millimetres(section.top_margin) <= 25
    assert 20 <= millimetres(section.bottom_margin) <= 25
    assert 30 <= millimetres(section.left_margin) <= 35
    assert 15 <= millimetres(section.right_margin) <= 20
    style = draft.styles["Normal"]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14))
    head = draft.tables[0].rows[0].cells[1].text
    assert head.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")


def test_what_people_decide_is_left_open(late: Database) -> None:
    text = words(document(letter(late)))
    assert "Số: ………/………" in text
    assert "Nơi ban hành, ngày ……… tháng 03 năm 2025" in text
    assert "QUYỀN HẠN, CHỨC VỤ" in text
    signed = words(document(urging_letter(late, UrgingWish(signer=("TM. Ban Thường vụ", "Chủ tịch")), NOW, CALENDAR)))
    assert "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH" in signed
    assert "QUYỀN HẠN" not in signed


def test_the_second_letter_names_the_first_and_asks_for_a_commitment(late: Database) -> None:
    first, second = words(document(letter(late))), words(document(letter(late, times=2)))
    assert "đôn đốc lần 1" in second
    assert "cam kết tiến độ" in second
    assert "cam kết tiến độ" not in first
    assert "(lần 2)" in second


def test_the_answer_is_due_after_five_working_days(late: Database) -> None:
    assert letter(late).answer_by == date(2025, 3, 17)


def test_the_same_letter_is_the_same_file(late: Database) -> None:
    said = letter(late)
    assert urging_document(said) == urging_document(said)
    with ZipFile(BytesIO(urging_document(said))) as package:
        assert {part.date_time[0] for part in package.infolist()} == {1980}


def test_where_nothing_is_overdue_there_is_nothing_to_urge(late: Database) -> None:
    with pytest.raises(NotFound, match="nothing is overdue there"):
        urging_letter(late, UrgingWish(), at("2025-02-20"), CALENDAR)
    with pytest.raises(NotFound, match="no unit has the code"):
        letter(late, "NOWHERE")


def test_of_two_offices_that_issued_it_asks_which_one_writes(late: Database) -> None:
    own = an_obligation("inner", addressees={"below": DISTRICTS[0], "kinds": ["grassroots"]}, lead=None)
    a_directive_issued(late, own, number="5/KH-LĐLĐ", issuer=DISTRICTS[0])
    with pytest.raises(InvalidInput, match="several offices"):
        letter(late)
    with pytest.raises(InvalidInput, match=rf"\({DISTRICTS[0]}, {PROVINCE}\)"):
        letter(late)
    # A letter to a unit comes from above it: what the unit itself asks of its own is its own to press for.
    assert {line.directive for line in letter(late, DISTRICTS[0]).lines} == {"121/KH-LĐLĐ"}
    assert letter(late, sender=DISTRICTS[0]).recipients == tuple(
        row.unit_name for row in tasks(late, now=NOW, directive="5/KH-LĐLĐ")
    )


def test_what_was_handed_in_late_or_suspended_is_counted_and_said_to_be_so(late: Database) -> None:
    do(late, 1, Act.SUBMIT, "2025-03-05", by=focal(DISTRICTS[0]), number="1/BC-LĐLĐ")
    do(late, 2, Act.SUSPEND, "2025-03-06", by=focal(PROVINCE), basis="7/QĐ-LĐLĐ")
    said = letter(late)
    assert len(said.lines) == len(tasks(late, now=NOW, status=Status.OPEN_OVERDUE)) == 8
    cells = [row.cells[1].text for row in document(said).tables[-1].rows]
    assert sum("đã nộp ngày 05/03/2025, chờ xác nhận" in cell for cell in cells) == 1
    assert sum("đang tạm hoãn" in cell for cell in cells) == 1


def test_a_period_is_said_as_people_say_it(database: Database) -> None:
    a_province(database)
    a_directive_issued(database, an_obligation(every="quarter", due=None, send_by="20 tháng cuối kỳ"))
    said = urging_letter(database, UrgingWish(), at("2025-04-10"), CALENDAR)
    text = words(document(said))
    assert "(Quý I/2025)" in text
    assert "2025-Q1" not in text


def test_a_hostile_name_is_words_in_the_document(late: Database) -> None:
    said = letter(late)
    hostile = replace(said.lines[0], title="=cmd()\n<w:p/>\x00\u202e" + "x" * 10_000)
    text = words(document(replace(said, lines=(hostile,))))
    assert "=cmd()" in text
    assert "\x00" not in text
