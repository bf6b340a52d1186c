"""What `dondoc read` and `dondoc due` print, and what they refuse."""

from datetime import date
from pathlib import Path

import pytest

from tests.cli.office import dondoc
from tests.factories import PROVINCE
from tests.intake.directive_samples import PLAN


@pytest.fixture
def plan(desk: Path) -> Path:
    path = desk / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_a_phrase_is_told_with_its_rule_line_by_line() -> None:
    lines = dondoc("due", "Quý 1/2024").out.splitlines()
    assert lines[:5] == [
        "phrase     Quý 1/2024",
        "kind       period",
        "nominal    2024-03-31",
        "effective  2024-04-01",
        "moved_by   Chủ nhật 31/03/2024",
    ]
    assert "due until  2024-04-01 24:00" in lines


def test_an_hour_is_told_and_moves_the_end_of_the_term() -> None:
    found = dondoc("due", "trước 17 giờ ngày 16/6", "--issued", "2025-02-14")
    assert "due until  2025-06-16 17:00" in found.out
    data = dondoc("due", "trước 17 giờ ngày 16/6", "--issued", "2025-02-14", "--json").json
    assert (data["at"], data["due_at"]) == ("17:00", "2025-06-16T17:00:00+07:00")


def test_a_list_is_told_by_its_periods() -> None:
    phrase = "6 tháng (trước 15/6), năm (trước 15/11)"
    data = dondoc("due", phrase, "--issued", "2025-02-14", "--json").json
    assert [(one["period"], one["nominal"], one["effective"]) for one in data["periods"]] == [
        ("2025-H1", "2025-06-15", "2025-06-16"),
        ("2025", "2025-11-15", "2025-11-17"),
    ]
    assert data["cadence"] == ["yearly", "yearly"]
    assert "periods    2025-H1: 2025-06-15, effective 2025-06-16 (Chủ nhật 15/06/2025)" in (
        dondoc("due", phrase, "--issued", "2025-02-14").out
    )


def test_several_dates_are_told_apart() -> None:
    data = dondoc("due", "trước ngày 15/6 và 15/11", "--issued", "2025-02-14", "--json").json
    assert (data["kind"], data["nominal"]) == ("unknown", None)
    assert [one["nominal"] for one in data["parts"]] == ["2025-06-15", "2025-11-15"]


def test_a_proposed_date_stands_beside_its_arithmetic() -> None:
    data = dondoc("due", "tổng kết 10 năm thực hiện Chỉ thị 05-CT/TW ngày 15/5/2016", "--json").json
    assert (data["nominal"], data["proposed"]) == (None, "2026-05-15")
    assert "15/05/2016 + 10 năm = 15/05/2026" in data["needs"]


def test_the_office_s_report_calendar_proposes_inner_dates(plan: Path) -> None:
    reports = [one for one in dondoc("read", str(plan), "--json").json["obligations"] if one["inner_dates"]]
    assert reports
    for one in reports:
        for inner in one["inner_dates"]:
            assert (inner["from"], inner["to"]) == ("unit", "office")
            assert date.fromisoformat(inner["on"]) < date.fromisoformat(inner["outer"])
    assert {one["deliverable"] for one in reports} == {"report"}


def test_a_wrong_report_calendar_is_named(plan: Path, desk: Path) -> None:
    (desk / "home").mkdir()
    (desk / "home" / "report_calendar.yaml").write_text("name: x\n", encoding="utf-8")
    dondoc("read", str(plan), "--json").failed_plainly(2, "report_calendar.yaml", "hops")


@pytest.mark.usefixtures("province")
def test_the_issuer_s_code_makes_a_draft_of_its_tree(plan: Path) -> None:
    ran = dondoc("read", str(plan), "--yaml", "--issuer", PROVINCE)
    assert ran.status == 0
    assert f"issuer: &issuer {PROVINCE}  # " in ran.out
    assert "kinds: [district]" in ran.out  # the register has no sector union


@pytest.mark.usefixtures("province")
def test_an_issuer_that_is_not_registered_is_asked(plan: Path) -> None:
    ran = dondoc("read", str(plan), "--yaml", "--issuer", "NOWHERE")
    assert "HỎI: ngày 10/03/2025 chưa có đơn vị NOWHERE" in ran.out


def test_without_a_register_a_draft_is_written_and_says_so(plan: Path) -> None:
    ran = dondoc("read", str(plan), "--yaml")
    assert ran.status == 0
    assert "dondoc init" in ran.err


def test_remarks_follow_the_language(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_LANG", "en")
    assert "# ASK: " in dondoc("read", str(plan), "--yaml").out


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("TỐI MẬT\n" + PLAN, "marked Tối mật"),
        ("", "empty"),
        (None, "no such file"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(desk: Path, content: str | None, words: str) -> None:
    path = desk / "paper.txt"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    dondoc("read", str(path), "--yaml").failed_plainly(2, words)


def test_two_forms_at_once_are_refused(plan: Path) -> None:
    dondoc("read", str(plan), "--yaml", "--json").failed_plainly(2, "--json or --yaml")


def test_an_issuer_without_a_draft_is_refused(plan: Path) -> None:
    dondoc("read", str(plan), "--issuer", PROVINCE).failed_plainly(2, "--issuer goes with --yaml")


def test_the_table_shows_hours_and_days_that_moved(plan: Path) -> None:
    plan.write_text(PLAN.replace("trước ngày 25/3/2025", "trước 17 giờ ngày 25/3/2025"), encoding="utf-8")
    out = dondoc("read", str(plan)).out
    assert "2025-03-25 17:00  " in out
    assert "2025-06-15 → 2025-06-16  " in out  # a Sunday
