"""A units file is read whole or refused in one line that names the file and the row as a person sees it."""

import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from dondoc.errors import DondocError, InvalidInput, UnreadableInput
from dondoc.intake.units_file import read_units

HEADER = "code,name,kind,parent,valid_from,valid_to,focal_name,focal_email,head_name,head_email"
YAML = """units:
  - code: LDLD-LCH
    name: Liên đoàn Lao động tỉnh Lai Châu
    kind: provincial
    parent: null
    valid_from: 2023-01-01
    officers:
      - {name: Cán bộ đầu mối, role: focal, email: VanPhong@ldld-laichau.example}
  - code: "007"
    name: No
    kind: district
    parent: LDLD-LCH
    valid_from: 2023-01-01
    valid_to: 2025-07-01
"""
ROWS = [
    HEADER.split(","),
    ["LDLD-LCH", "Liên đoàn Lao động tỉnh Lai Châu", "provincial", "", "2023-01-01", "", "Cán bộ đầu mối",
     "VanPhong@ldld-laichau.example", "", ""],
    ["007", "No", "district", "LDLD-LCH", "2023-01-01", "2025-07-01", "", "", "", ""],
]  # fmt: skip


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def write_xlsx(path: Path, rows: list[list[str]]) -> Path:
    """Write the smallest workbook that holds text cells; an empty list leaves the row out, as spreadsheets do."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheet = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for column, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, start=1)
        if row
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/s.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" Target="xl/workbook.xml" '
            f'Type="{document}/officeDocument"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{document}"><sheets><sheet name="S" sheetId="1" r:id="b"/></sheets>'
            "</workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="b" Target="s.xml" '
            f'Type="{document}/worksheet"/></Relationships>',
        )
        book.writestr("xl/s.xml", f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>')
    return path


def test_the_three_formats_say_the_same(tmp_path: Path) -> None:
    lines = "\n".join(",".join(row) for row in ROWS)
    from_yaml = read_units(write(tmp_path, "units.yaml", YAML))
    assert read_units(write(tmp_path, "units.csv", "\ufeff" + lines.replace("\n", "\r\n"))) == from_yaml
    assert read_units(write(tmp_path, "excel.csv", lines.replace(",", ";"))) == from_yaml
    assert read_units(write_xlsx(tmp_path / "units.xlsx", ROWS)) == from_yaml
    province, other = from_yaml
    assert (province.parent, province.valid_from, province.valid_to) == (None, date(2023, 1, 1), None)
    assert province.officers[0].email == "vanphong@ldld-laichau.example"
    # neither a number nor a truth value, whatever YAML would make of them
    assert (other.code, other.name, other.valid_to) == ("007", "No", date(2025, 7, 1))
    assert province.where.endswith("units.yaml, line 2")
    assert province.officers[0].where.endswith("units.yaml, line 8")


def test_text_is_normalised_to_composed_letters_and_single_spaces(tmp_path: Path) -> None:
    decomposed = "Lie\u0302n  đoàn "
    (unit,) = read_units(write(tmp_path, "u.csv", f"{HEADER}\nA,{decomposed},office,,2023-01-01,,,,,\n"))
    assert unit.name == "Liên đoàn"


@pytest.mark.parametrize(
    ("name", "content", "kind", "says"),
    [
        ("u.yaml", "units:\n  - {code: A\n", UnreadableInput, "u.yaml, line 3: not valid YAML"),
        ("u.yaml", "units:\n- &a {code: *a", UnreadableInput, "u.yaml"),
        ("u.yaml", "units: " + "[" * 100_000, UnreadableInput, "nested too deeply"),
        ("u.yaml", "- code: A\n", InvalidInput, "expected one key at the top: units"),
        ("u.yaml", "units: A\n", InvalidInput, "line 1: expected a list"),
        ("u.yaml", "units:\n  - A\n", InvalidInput, "line 2: expected fields"),
        ("u.yaml", "units: []\n", InvalidInput, "names no unit"),
        ("u.yaml", YAML + "    valid_too: 2025-07-01\n", InvalidInput, "line 15: there is no field 'valid_too'"),
        ("u.yaml", YAML + "    code: B\n", InvalidInput, "line 15: the field code is given twice"),
        ("u.yaml", YAML.replace("2025-07-01", "2025-02-30"), InvalidInput, "line 9: valid_to: '2025-02-30'"),
        ("u.yaml", YAML.replace("2023-01-01", "1/1/2023"), InvalidInput, "line 2: valid_from: '1/1/2023' is not"),
        ("u.yaml", YAML.replace("2023-01-01", "1/1/2023"), InvalidInput, "(and 1 more)"),
        ("u.yaml", YAML.replace("    valid_from: 2023-01-01\n", ""), InvalidInput, "line 2: LDLD-LCH has no valid"),
        ("u.yaml", YAML.encode("utf-16"), UnreadableInput, "UTF-16"),
        ("u.csv", f"{HEADER}\n".encode() + b"A,Li\xaan \xae\xaan,office,,", UnreadableInput, "line 2 is not UTF-8"),
        ("u.csv", "", UnreadableInput, "empty"),
        ("u.csv", HEADER, InvalidInput, "names no unit"),
        ("u.csv", "code,name\nA,B\n", InvalidInput, "line 1: the header has no column kind, parent, valid_from"),
        ("u.csv", f"{HEADER},fokal\n", InvalidInput, "line 1: unknown column 'fokal'"),
        ("u.csv", f"{HEADER},code\n", InvalidInput, "line 1: a column stands twice"),
        # blank lines and a quoted line break count as a person counts them
        ("u.csv", f'{HEADER}\n\nA,"x\ny",office,,2023-01-01\nB,C,office,,soon\n', InvalidInput, "line 5: valid_from"),
        ("u.csv", f"{HEADER}\nA,B,office,,2023-01-01,,,,,,,C\n", InvalidInput, "line 2: more cells"),
        ("u.csv", f'{HEADER}\nA,"B,office', UnreadableInput, "line 2: not a valid .csv"),
        ("u.xlsx", b"not a workbook", UnreadableInput, "not a workbook"),
        ("u.xlsx", b"PK\x03\x04 cut off", UnreadableInput, "not a workbook"),
        ("u.ods", b"x", UnreadableInput, ".yaml, .csv or .xlsx"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, name: str, content: str | bytes, kind: type[DondocError], says: str
) -> None:
    with pytest.raises(kind) as raised:
        read_units(write(tmp_path, name, content))
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)


def test_a_row_of_a_workbook_is_numbered_as_the_spreadsheet_numbers_it(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "u.xlsx", [ROWS[0], [], ROWS[1], [], ["B", "C", "office", "", "soon"]])
    with pytest.raises(InvalidInput, match=r"u\.xlsx, row 5: valid_from: 'soon'"):
        read_units(path)


def test_a_missing_file_is_said_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="there is no such file"):
        read_units(tmp_path / "none.yaml")
