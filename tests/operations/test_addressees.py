"""Whom a document's words address: kinds of unit, the units of a name, or a question."""

import pytest

from dondoc.operations.addressees import AddresseeAnswer, find_unit, resolve_addressees
from dondoc.operations.named import NamedUnit
from models.paths import child_path
from models.vocabulary import UnitKind

PROVINCIAL, DISTRICT, SECTOR, ZONE = UnitKind.PROVINCIAL, UnitKind.DISTRICT, UnitKind.SECTOR, UnitKind.ZONE
COMMUNE, AFFILIATED, GRASSROOTS, OFFICE = (
    UnitKind.COMMUNE,
    UnitKind.AFFILIATED,
    UnitKind.GRASSROOTS,
    UnitKind.OFFICE,
)


def tree(top: str, *below: tuple[str, str, UnitKind]) -> tuple[NamedUnit, ...]:
    """Make a register: one unit, and others directly below it."""
    path = child_path("", 1)
    units = [NamedUnit(1, "TOP", top, top, path, PROVINCIAL)]
    units += [
        NamedUnit(number, code, name, name, child_path(path, number), kind)
        for number, (code, name, kind) in enumerate(below, start=2)
    ]
    return tuple(units)


UNION = tree(
    "Liên đoàn Lao động tỉnh Hòa An",
    ("TG", "Ban Tuyên giáo – Nữ công, LĐLĐ tỉnh Hòa An", OFFICE),
    ("TC", "Ban Tài chính, LĐLĐ tỉnh Hòa An", OFFICE),
    ("D1", "Liên đoàn Lao động huyện Bản Mới", DISTRICT),
    ("D2", "Liên đoàn Lao động thành phố Hòa An", DISTRICT),
    ("S1", "Công đoàn Ngành Y tế tỉnh Hòa An", SECTOR),
    ("S2", "Công đoàn ngành Nông nghiệp và Phát triển nông thôn tỉnh Hòa An", SECTOR),
    ("S3", "Công đoàn Viên chức tỉnh Hòa An", SECTOR),
)
STATE = tree(
    "Ủy ban nhân dân tỉnh Hòa An",
    ("X1", "UBND xã Bản Mới", COMMUNE),
    ("X2", "UBND phường Đông", COMMUNE),
    ("H1", "UBND huyện Nậm Khoa", DISTRICT),
    ("SNV", "Sở Nội vụ", OFFICE),
    ("STC", "Sở Tài chính", OFFICE),
    ("VP", "Văn phòng", OFFICE),
)
PARTY = tree("Tỉnh ủy Hòa An", ("DX1", "Đảng ủy xã Bản Mới", COMMUNE), ("DX2", "Đảng uỷ phường Đông", COMMUNE))
MIXED = (*STATE, NamedUnit(99, "DX", "Đảng ủy xã Bản Mới", "", child_path(child_path("", 1), 99), COMMUNE))


@pytest.mark.parametrize(
    ("words", "kinds", "depth"),
    [
        ("LĐLĐ các huyện, thành phố", (DISTRICT,), None),
        ("Liên đoàn Lao động huyện, thị, thành phố; Công đoàn ngành", (DISTRICT, SECTOR), None),
        ("LĐLĐ các huyện, thành phố, CĐ Ngành, CĐ Viên chức tỉnh", (DISTRICT, SECTOR), None),
        ("Các cấp công đoàn trong tỉnh", (DISTRICT, SECTOR, ZONE, COMMUNE, GRASSROOTS), None),
        ("Công đoàn cấp trên trực tiếp cơ sở", (DISTRICT, SECTOR, ZONE, COMMUNE), None),
        ("CĐ cấp trên trực tiếp CS", (DISTRICT, SECTOR, ZONE, COMMUNE), None),
        ("CĐCS trực thuộc", (GRASSROOTS,), 1),
        ("Các công đoàn cơ sở", (GRASSROOTS,), None),
        ("Công đoàn các Khu Công nghiệp tỉnh và đơn vị sự nghiệp trực thuộc", (ZONE, AFFILIATED), None),
        ("CĐ các KCN", (ZONE,), None),
        ("công đoàn các xã, phường", (COMMUNE,), None),
        ("các ban, đơn vị trực thuộc", (OFFICE, AFFILIATED), 1),
        ("UBND các xã, phường", (COMMUNE,), None),
        ("LĐLĐ các tỉnh, thành phố trực thuộc Trung ương", (PROVINCIAL,), None),
        ("Chủ tịch UBND các tỉnh, thành phố", (PROVINCIAL,), None),
        ("Các tỉnh ủy, thành ủy", (PROVINCIAL,), None),
        ("Các huyện ủy, thành ủy", (DISTRICT,), None),
    ],
)
def test_a_class_means_kinds_of_unit(words: str, kinds: tuple[UnitKind, ...], depth: int | None) -> None:
    assert resolve_addressees(words) == AddresseeAnswer(kinds=kinds, depth=depth)


@pytest.mark.parametrize(
    ("register", "words", "answer"),
    [
        # Only kinds that are registered on the day; grassroots unions are not loaded.
        (UNION, "Các cấp công đoàn", AddresseeAnswer(kinds=(DISTRICT, SECTOR, GRASSROOTS))),
        (UNION, "Công đoàn cấp trên trực tiếp cơ sở", AddresseeAnswer(kinds=(DISTRICT, SECTOR))),
        (UNION, "các ban, đơn vị trực thuộc", AddresseeAnswer(kinds=(OFFICE,), depth=1)),
        # A single unit belongs to a class that is named beside it.
        (UNION, "LĐLĐ các huyện, thành phố, CĐ ngành, CĐ Viên chức tỉnh", AddresseeAnswer(kinds=(DISTRICT, SECTOR))),
        (UNION, "LĐLĐ các huyện và thành phố Hòa An", AddresseeAnswer(kinds=(DISTRICT,))),
        # Classes that all stand directly below.
        (UNION, "LĐLĐ các huyện, thành phố; CĐCS trực thuộc", AddresseeAnswer(kinds=(DISTRICT, GRASSROOTS), depth=1)),
        # One unit by its name, whole or without the province.
        (UNION, "LĐLĐ thành phố Hòa An", AddresseeAnswer(units=("D2",))),
        (UNION, "Công đoàn ngành Y tế", AddresseeAnswer(units=("S1",))),
        (UNION, "Công đoàn ngành Nông nghiệp và Phát triển nông thôn", AddresseeAnswer(units=("S2",))),
        (UNION, "Công đoàn Viên chức tỉnh", AddresseeAnswer(units=("S3",))),
        (UNION, "Ban TG-NC", AddresseeAnswer(units=("TG",))),
        (UNION, "Ban Thường vụ LĐLĐ tỉnh", AddresseeAnswer(units=("TOP",))),
        # A class beside a unit of another kind: both by code.
        (UNION, "LĐLĐ các huyện, thành phố và Công đoàn Viên chức tỉnh", AddresseeAnswer(units=("D1", "D2", "S3"))),
        # The state and the Party go by the names of the units, for their kinds have more.
        (STATE, "UBND các xã, phường", AddresseeAnswer(kinds=(COMMUNE,))),
        (STATE, "các sở, ban, ngành tỉnh", AddresseeAnswer(units=("SNV", "STC"))),
        (STATE, "các sở, ngành; UBND các huyện, thành phố", AddresseeAnswer(units=("H1", "SNV", "STC"))),
        (STATE, "Giám đốc Sở Nội vụ", AddresseeAnswer(units=("SNV",))),
        (MIXED, "UBND các xã, phường", AddresseeAnswer(units=("X1", "X2"))),
        (MIXED, "Đảng ủy các xã", AddresseeAnswer(units=("DX",))),
        (PARTY, "Đảng ủy các xã, phường", AddresseeAnswer(kinds=(COMMUNE,))),
    ],
)
def test_with_a_register_the_units_of_the_day_answer(
    register: tuple[NamedUnit, ...], words: str, answer: AddresseeAnswer
) -> None:
    assert resolve_addressees(words, register, "TOP") == answer


@pytest.mark.parametrize(
    ("register", "words", "asked"),
    [
        (UNION, "Công đoàn các khu công nghiệp", "has no unit registered"),
        (UNION, "LĐLĐ huyện Nậm Khoa", "no known class or registered unit"),
        (UNION, "Công đoàn ngành Xây dựng", "no known class"),  # a name, not the class of its kind
        (UNION, "UBND các xã, phường", "has no unit registered"),
        (UNION, "các sở, ban, ngành", "has no unit registered"),  # the union's own offices are none of them
        (STATE, "LĐLĐ các huyện", "has no unit registered"),  # the state's districts are no unions
        ((), "các sở, ban, ngành", "has no unit registered"),
        (UNION, "Đoàn viên, người lao động", "no known class"),
        (UNION, None, "does not say who"),
    ],
)
def test_who_cannot_be_told_is_asked(register: tuple[NamedUnit, ...], words: str | None, asked: str) -> None:
    found = resolve_addressees(words, register, "TOP")
    assert (found.kinds, found.units) == ((), ())
    assert asked in str([*map(str, found.asked)])


def test_what_is_left_beside_a_class_is_asked_too() -> None:
    found = resolve_addressees("LĐLĐ các huyện, thành phố và các doanh nghiệp", UNION, "TOP")
    assert found.kinds == (DISTRICT,)
    assert "doanh nghiệp" in str([*map(str, found.asked)])


def test_a_unit_beside_the_grassroots_is_asked_for_an_obligation_of_its_own() -> None:
    found = resolve_addressees("LĐLĐ huyện Bản Mới và các công đoàn cơ sở", UNION, "TOP")
    assert found.kinds == (GRASSROOTS,)
    assert "D1" in str([*map(str, found.asked)])


def test_only_units_below_the_issuer_are_addressed() -> None:
    assert "does not stand below" in str(resolve_addressees("Công đoàn ngành Y tế", UNION, "D1").asked)


@pytest.mark.parametrize(
    ("words", "place", "code"),
    [
        ("Ban Thường vụ LĐLĐ tỉnh", "Hòa An", "TOP"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN", None, "TOP"),
        ("LĐLĐ tỉnh", None, "TOP"),
        ("Ban Tuyên giáo - Nữ công", None, "TG"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH BẮC SƠN", None, None),
        ("Ban Tổ chức", None, None),
        (None, None, None),
    ],
)
def test_one_unit_is_found_by_what_it_is_called(words: str | None, place: str | None, code: str | None) -> None:
    assert find_unit(words, UNION, place) == code


def test_a_register_of_thousands_is_searched_at_once() -> None:
    path = child_path("", 1)
    many = [
        NamedUnit(number, f"X{number}", f"Công đoàn xã Số {number}", "", child_path(path, number), COMMUNE)
        for number in range(2, 4_002)
    ]
    register = (*UNION[:1], *many)
    found = [resolve_addressees(f"Công đoàn xã Số {number}", register, "TOP").units for number in range(2, 42)]
    assert found == [(f"X{number}",) for number in range(2, 42)]
