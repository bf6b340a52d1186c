"""Directive files as people write them: each that cannot be taken gives one line and leaves the database as it was."""

import unicodedata
from pathlib import Path

import pytest

from tests.cli.office import dondoc, everything

GOOD = """\
number: 121/KH-LĐLĐ
type: Kế hoạch
issued_on: 2025-02-14
issuer: PROVINCE
place: Lai Châu
subject: Thực hiện nhiệm vụ năm 2025
obligations:
  - key: plan
    title: Xây dựng kế hoạch
    deliverable: plan
    addressees: {below: PROVINCE, kinds: [district]}
    due: trong tháng 02/2025
  - key: report
    title: Báo cáo quý
    deliverable: report
    addressees: {below: PROVINCE, kinds: [district]}
    every: quarter
"""


def bomb(link: str) -> str:
    """Unfold to nine to the ninth values, by nine references a line."""
    lines = ["a: &a {k: v}"]
    for name in "bcdefghij":
        before = ", ".join([f"*{chr(ord(name) - 1)}"] * 9)
        lines.append(f"{name}: &{name} " + link.format(before))
    return "\n".join(lines)


CHANGED = [
    # What is named does not exist, or cannot be addressed.
    ("below: PROVINCE", "below: NOWHERE", 2, "obligations[0].addressees: no unit 'NOWHERE'"),
    ("issuer: PROVINCE", "issuer: NOWHERE", 2, "issuer: no unit"),
    ("issuer: PROVINCE", "issuer: DISTRICT-1", 2, "does not stand under DISTRICT-1"),
    ("[district]", "[huyen]", 2, "kinds[0]: expected one of:"),
    ("[district]", "[zone]", 2, "no unit is addressed on 2025-02-14"),
    ("key: report", "key: plan", 2, "'plan' is used by two obligations"),
    # When: asked, never guessed.
    ("trong tháng 02/2025", "khi nào xong thì gửi", 1, "obligations[0].due"),
    ("trong tháng 02/2025", "2025-01-05", 1, "--accept-past"),
    ("trong tháng 02/2025", "01/01/1800", 1, "obligations[0].due"),
    ("trong tháng 02/2025", "hằng tháng", 1, "every: month"),
    ("every: quarter", "every: quarter\n    send_by: lúc nào cũng được", 1, "obligations[1].send_by"),
    ("every: quarter", "every: quarter\n    periods: {Q9: x}", 2, "'Q9' is no period"),
    ("every: quarter", "every: quarter\n    due: 2025-03-01", 2, "due: or every:"),
    ("every: quarter", "every: month\n    until: 9999-12-31", 2, "correct the year"),
    # Numbers, dates and yes/no where text is expected, and the other way round.
    ("121/KH-LĐLĐ", "26", 2, "number: this is read as a number"),
    ("title: Báo cáo quý", "title: No", 2, "obligations[1].title"),
    ("title: Báo cáo quý", "title:", 2, "nothing is said here"),
    ("2025-02-14", "yesterday", 2, "issued_on: this is not a date"),
    ("2025-02-14", "14/02/2025", 2, "issued_on: this is not a date"),
    ("2025-02-14", "20250214", 2, "issued_on: this is not a date"),  # not seconds since 1970
    ("2025-02-14", "2025-02-30", 2, "directive.yaml, line 3"),
    ("2025-02-14", "0001-01-01", 2, "issued_on"),
    ("subject: Thực hiện nhiệm vụ năm 2025\n", "", 2, "subject: this field is required"),
    ("place: Lai Châu", "plaec: Lai Châu", 2, "plaec: there is no such field"),
    ("place: Lai Châu", "place: V/v: họp", 2, "line 5: not valid YAML: a colon"),
    ("place: Lai Châu", "number: 2", 2, "line 5: not valid YAML: the key 'number' is given twice"),
    # Secret documents never enter.
    ("Thực hiện nhiệm vụ", "MẬT - Thực hiện nhiệm vụ", 2, "subject: the document is marked Mật"),
    ("type: Kế hoạch", "type: Tối mật", 2, "type: the document is marked Tối mật"),
    ("Thực hiện nhiệm vụ", "Thực hiện (Tuyệt mật)", 2, "marked Tuyệt mật"),
    ("Thực hiện nhiệm vụ năm 2025", "'Độ mật: Mật'", 2, "marked Mật"),
    ("number: 121", "# TỐI MẬT\nnumber: 121", 2, "the file is marked Tối mật"),
    # Names made to deceive or to break.
    ("place: Lai Châu", 'place: "Lai\\0Châu"', 2, "place: there is a character in it that nobody sees (U+0000)"),
    ("place: Lai Châu", 'place: "Lai \\u202EuâhC"', 2, "U+202E"),
    ("place: Lai Châu", 'place: "\\e[2J"', 2, "U+001B"),
    ("place: Lai Châu", "place: " + "x" * 10_000, 2, "place: longer than 4,000"),
    ("121/KH-LĐLĐ", "1@PROVINCE", 2, "number: a number has no @"),
    ("key: report", 'key: "../x"', 2, "obligations[1].key"),
]


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(("old", "new", "status", "words"), CHANGED, ids=[row[3][:40] for row in CHANGED])
@pytest.mark.usefixtures("province")
def test_a_file_that_cannot_be_taken_says_where_and_writes_nothing(
    old: str, new: str, status: int, words: str, url: str
) -> None:
    assert old in GOOD
    Path("directive.yaml").write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    before = everything(url)
    dondoc("issue", "directive.yaml", "--now", "2025-02-14").failed_plainly(status, words)
    assert everything(url) == before


UNREADABLE = [
    (GOOD.encode("utf-16"), "UTF-16"),
    (GOOD.encode("utf-16-le"), "UTF-16"),
    (b"number: 1\ntype: K\xd5 ho\xb9ch\n", "line 2 is not UTF-8"),  # TCVN3
    (b"", "is empty"),
    (b" \n\n", "is empty"),
    (b"# only a remark\n", "expected a mapping"),
    (b"- a list\n", "expected a mapping"),
    (b"number: [1\n", "not valid YAML"),
    (b"a: 1\n\tb: 2\n", "line 2"),
    (b"a: *unknown", "undefined alias"),
    (b"? [a]\n: b", "must be a word"),
    (b"a: !!python/object/apply:os.getcwd []", "not valid YAML"),
    (b"number: " + b"1" * 100_000, "no such date or number"),
    (b"a: " + b"[" * 100_000, "nested too deeply"),
    (b"{a: " * 5_000 + b"1" + b"}" * 5_000, "nested too deeply"),
    (bomb("[{}]").encode(), "too long"),
    (bomb("{{<<: [{}]}}").encode(), "too long"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "not"),
]


@pytest.mark.parametrize(("content", "words"), UNREADABLE, ids=range(len(UNREADABLE)))
@pytest.mark.usefixtures("desk")
def test_a_file_that_is_no_yaml_text_is_named(content: bytes, words: str) -> None:
    Path("directive.yaml").write_bytes(content)
    dondoc("issue", "directive.yaml").failed_plainly(2, "directive.yaml", words)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("nowhere.yaml", "there is no such file"),
        (".", "this is a folder"),
        ("/dev/zero", "a device, not a file"),
        ("x" * 5_000, "check the path"),
        ("file.txt/x.yaml", "check the path"),
    ],
)
@pytest.mark.usefixtures("desk")
def test_a_path_that_is_no_file_is_named(path: str, words: str) -> None:
    Path("file.txt").write_text("x")
    dondoc("issue", path).failed_plainly(2, path[:100], words)


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        unicodedata.normalize("NFD", GOOD),
        "\ufeff" + GOOD.replace("\n", "\r\n"),
        GOOD.replace("Thực hiện nhiệm vụ", "Mật khẩu và an toàn thông tin"),  # a word of everyday speech, no mark
        GOOD.replace("Lai Châu", "<script>alert(1)</script>"),  # text like any other; pages and letters escape it
    ],
)
@pytest.mark.usefixtures("province")
def test_a_rehearsal_counts_and_writes_nothing(text: str, url: str) -> None:
    Path("directive.yaml").write_bytes(text.encode())
    before = everything(url)
    ran = dondoc("issue", "directive.yaml", "--dry-run", "--now", "2025-02-14", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {
        "number": "121/KH-LĐLĐ",
        "branches": ran.json["branches"],
        "assigned": 10,
        "letters": 2,
        "dry_run": True,
    }
    assert everything(url) == before


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.usefixtures("province")
def test_a_past_date_is_taken_when_the_document_really_says_so() -> None:
    Path("directive.yaml").write_text(GOOD.replace("trong tháng 02/2025", "2025-01-05"), encoding="utf-8")
    assert dondoc("issue", "directive.yaml", "--dry-run", "--accept-past", "--now", "2025-02-14").status == 0
