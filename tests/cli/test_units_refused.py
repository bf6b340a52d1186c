"""Unit files as people write them: each that cannot be taken gives one line and leaves the database as it was."""

from pathlib import Path

import pytest

from tests.cli.office import dondoc, everything

HEADER = "code,name,kind,parent,valid_from,valid_to,focal_name,focal_email\n"
ROOT = "P,Tỉnh,provincial,,2023-01-01,,,\n"

ROWS = [
    ("H,Huyện,huyen,P,2023-01-01,,,\n", "units.csv, line 3: unknown kind 'huyen'"),
    ("H,Huyện,district,Q,2023-01-01,,,\n", "line 3"),  # a parent that does not exist
    ("A,A,district,B,2023-01-01,,,\nB,B,district,A,2023-01-01,,,\n", "cycle"),
    ("H,Huyện,district,P,2023-01-01,,,\nQ,Q,provincial,,2023-01-01,,,\nH,Huyện,district,Q,2023-01-01,,,\n", "H"),
    ("H,Huyện,district,P,2023-01-01,2024-01-01,,\nH,Huyện,district,P,2023-06-01,,,\n", "line 4"),  # overlapping
    ("H,Huyện,district,P,2023-01-01,,,\nH,Khác,district,P,2023-01-01,,,\n", "line 4"),  # the code stands twice
    ("H,Huyện,district,P,2023-01-01,,Cán bộ,\n", "has no e-mail"),
    ("H,Huyện,district,P,2023-01-01,,Cán bộ,không có\n", "is not an e-mail address"),
    ("H,Huyện,district,P,hôm qua,,,\n", "'hôm qua' is not a date"),
    ("H,Huyện,district,P,2024-01-01,2023-01-01,,\n", "ends on 2023-01-01"),
    ("H,,district,P,2023-01-01,,,\n", "has no name"),
    ("H,Huyện,district,P,2023-01-01,,,,thừa\n", "line 3: more cells"),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(("rows", "words"), ROWS, ids=range(len(ROWS)))
@pytest.mark.usefixtures("desk")
def test_a_wrong_row_is_named_and_nothing_is_written(rows: str, words: str, url: str) -> None:
    Path("units.csv").write_text(HEADER + ROOT + rows, encoding="utf-8")
    before = everything(url)
    dondoc("units", "import", "units.csv", "--now", "2025-01-01").failed_plainly(2, "units.csv", words)
    assert everything(url) == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("units.csv", HEADER.encode("utf-16"), "UTF-16"),
        ("units.csv", HEADER.encode() + b"H,Huy\xd6n,district,,2023-01-01,,,\n", "line 2 is not UTF-8"),
        ("units.csv", b"code,name\nH,x\n", "the header has no column"),
        ("units.xlsx", b"PK\x03\x04 not a workbook", "not a workbook"),
        ("units.yaml", b"units: [" * 10_000, "nested too deeply"),
        ("units.yaml", b"units:\n  - code: [a]\n", "units.yaml, line 2"),
        ("units.txt", b"x", "a .yaml, .csv or .xlsx file"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_file_that_holds_no_units_is_named(name: str, content: bytes, words: str) -> None:
    Path(name).write_bytes(content)
    dondoc("units", "import", name).failed_plainly(2, name, words)


@pytest.mark.usefixtures("desk")
def test_the_same_file_again_changes_nothing(url: str) -> None:
    Path("units.csv").write_text(
        HEADER + ROOT + "H,Huyện,district,P,2023-01-01,,Cán bộ,a@h.example\n", encoding="utf-8"
    )
    said = ("units", "import", "units.csv", "--now", "2025-01-01", "--json")
    assert dondoc(*said, "--dry-run").json["new"] == 2
    assert dondoc(*said).json["new"] == 2
    before = everything(url)
    again = dondoc(*said).json
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert everything(url) == before


HOSTILE = "<b>\N{RIGHT-TO-LEFT OVERRIDE}\x1b[2J" + "x" * 10_000


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.usefixtures("desk")
def test_a_hostile_name_cannot_move_the_cursor(url: str) -> None:
    Path("units.csv").write_text(HEADER + f"P,{HOSTILE},provincial,,2023-01-01,,,\n", encoding="utf-8")
    before = everything(url)
    taken = dondoc("units", "import", "units.csv", "--now", "2025-01-01")
    assert taken.status == 0 or everything(url) == before
    for command in (("units", "list"), ("units", "tree"), ("status",), ("tasks",)):
        shown = dondoc(*command).out
        assert all(line.isprintable() for line in shown.splitlines())
