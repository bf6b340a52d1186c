"""The document's own data are read from every layout that offices use, and what stands nowhere stays unknown."""

from datetime import date

import pytest

from dondoc.intake.draft import read_draft
from dondoc.intake.symbols import canonical, references, type_of_symbol
from models.schemas.drafts import DocumentDraft, DocumentHeader, RecipientRole
from tests.intake.directive_samples import ARTICLE, LETTER, PLAN, WRAPPED


def value(header: DocumentHeader, name: str) -> object:
    found = getattr(header, name)
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "number", "kind", "issued", "place", "issuer"),
    [
        (PLAN, "45/KH-LĐLĐ", "Kế hoạch", date(2025, 3, 10), "Hòa An", "LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN"),
        (LETTER, "210/LĐLĐ", "Công văn", date(2025, 4, 7), "Hòa An", "Ban Thường vụ LĐLĐ tỉnh"),
        (WRAPPED, "77/KH-UBND", "Kế hoạch", date(2025, 9, 2), "Hòa An", "ỦY BAN NHÂN DÂN TỈNH HÒA AN"),
        (ARTICLE, "147/KH-CĐXD", "Kế hoạch", date(2025, 9, 17), None, "Công đoàn Ngành Xây dựng"),
    ],
)
def test_a_header_in_each_layout(  # noqa: PLR0913, PLR0917 (a row of the table)
    text: str, number: str, kind: str, issued: date, place: str | None, issuer: str
) -> None:
    header = read_draft(text).header
    found = [value(header, name) for name in ("number", "type", "issued_on", "place", "issuer")]
    assert found == [number, kind, issued, place, issuer]


def test_the_subject_is_the_line_under_the_title_or_behind_v_v() -> None:
    assert value(read_draft(PLAN).header, "subject") == "Tổ chức hội thi cán bộ công đoàn giỏi năm 2025"
    assert value(read_draft(LETTER).header, "subject") == "tăng cường chăm lo đoàn viên"
    assert str(value(read_draft(WRAPPED).header, "subject")).endswith("HỘ KINH DOANH TRÊN ĐỊA BÀN TỈNH")


def test_what_stands_nowhere_is_unknown() -> None:
    header = read_draft("HƯỚNG DẪN\n\nHọc tập chuyên đề\n\n1. Các đơn vị học tập.").header
    assert value(header, "type") == "Hướng dẫn"
    assert (header.number, header.issued_on, header.place, header.issuer) == (None, None, None, None)


def test_the_signer_s_capacity() -> None:
    header = read_draft(PLAN).header
    assert (value(header, "signed_for"), value(header, "signed_by")) == ("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("text", "symbol", "kind"),
    [
        ("Kế hoạch số 121/KH-LĐLĐ ngày 14/02/2025", "121/KH-LĐLĐ", "Kế hoạch"),
        ("Nghị định số 26/2020/NĐ-CP", "26/2020/NĐ-CP", "Nghị định"),
        ("Kết luận số 01-KL/TW, ngày 18/5/2021", "01-KL/TW", "Kết luận"),
        ("Công văn Số 1366-CV/BTGTU", "1366-CV/BTGTU", "Công văn"),  # a capital in "Số"
        ("Chỉ thị số\n05- CT/TW về", "05-CT/TW", "Chỉ thị"),  # broken over two lines, with a blank
        ("Quyết định 1229/QĐ-UBND ngày 28/02/2025", "1229/QĐ-UBND", "Quyết định"),  # without "số"
        ("Công văn số 15972/SXD-QLN& TTBĐS ngày", "15972/SXD-QLN&TTBĐS", "Công văn"),
    ],
)
def test_symbols_of_the_state_and_of_the_party(text: str, symbol: str, kind: str) -> None:
    found = list(references(text))
    assert [(one.symbol, one.type) for one in found] == [(symbol, kind)]


@pytest.mark.parametrize("text", ["năng suất 5/Kg", "tỷ lệ 3/4", "ngày 15/6/2025", "tốc độ 60 km/h"])
def test_rates_and_dates_are_no_symbols(text: str) -> None:
    assert not list(references(text))


def test_a_symbol_names_its_type_or_only_bodies() -> None:
    assert type_of_symbol("145-HD/BTGTU") == "Hướng dẫn"
    assert type_of_symbol("26/2020/NĐ-CP") == "Nghị định"
    assert type_of_symbol("1244/LĐLĐ") is None
    assert canonical("26 /KH-LĐLĐ") == "26/KH-LĐLĐ"


def direct(draft: DocumentDraft) -> list[str]:
    return [basis.number for basis in draft.basis if not basis.nested]


def test_grounds_named_directly_are_apart_from_those_in_their_titles() -> None:
    draft = read_draft(PLAN)
    assert direct(draft) == ["12/KH-TLĐ", "07-HD/BTGTU"]
    assert [basis.number for basis in draft.basis if basis.nested] == ["02-NQ/TW"]
    assert draft.basis[0].dated == date(2025, 2, 20)


def test_grounds_that_an_article_tells() -> None:
    assert direct(read_draft(ARTICLE)) == ["22/KH-TLĐ", "513/TLĐ-QHLĐ"]


def test_recipients_with_the_roles_that_the_list_says() -> None:
    found = [(one.name, one.role) for one in read_draft(PLAN).recipients]
    assert found == [
        ("Tổng Liên đoàn", RecipientRole.REPORTED_TO),
        ("LĐLĐ các huyện, thành phố", RecipientRole.IMPLEMENTS),
        ("Lưu: VT", RecipientRole.ARCHIVE),
    ]


def test_a_role_behind_a_dash_in_brackets_stays_with_its_name() -> None:
    found = read_draft("Số: 1/UBND\n\n| Nơi nhận: - Bộ Công an (Cục A03 - để b/c); - Lưu: VT. | CHỦ TỊCH |").recipients
    assert [one.name for one in found] == ["Bộ Công an (Cục A03 - để b/c)", "Lưu: VT"]
