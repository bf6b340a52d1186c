"""Reading the calendar's YAML: what is wrong is named with its place, and nothing is taken half."""

from pathlib import Path

import pytest

from dondoc.calendar_file import default_calendar, load_calendar
from dondoc.errors import DondocError, InvalidInput, UnreadableInput

ROW = "{date: 2026-08-22, kind: working_saturday, name: Làm bù, basis: Công văn, status: issued}"


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "calendar.yaml"
    path.write_text(text, encoding=encoding)
    return path


def test_the_shipped_calendar_covers_2022_to_2027_and_decides_all_but_the_last() -> None:
    calendar = default_calendar()
    assert sorted({day.date.year for day in calendar.days}) == [2022, 2023, 2024, 2025, 2026, 2027]
    assert calendar.decided_years == {2022, 2023, 2024, 2025, 2026}


def test_a_calendar_of_an_office_is_read_from_its_file(tmp_path: Path) -> None:
    calendar = load_calendar(written(tmp_path, f"decided: {{2026: Công văn}}\ndays:\n  - {ROW}\n"))
    assert len(calendar.days) == 1
    assert calendar.decided_years == {2026}


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("days: [", UnreadableInput, "line "),
        ("[]", InvalidInput, "days"),
        ("decided: [2026]\ndays: []", InvalidInput, "decided"),
        ("days:\n  - {date: 2025-02-30}", UnreadableInput, "day"),
        ("days:\n  - {date: 2026-08-22}", InvalidInput, "days[0]: Expected the fields"),
        (f"days:\n  - {ROW.replace('2026-08-22', 'hôm qua')}", InvalidInput, "days[0].date"),
        (f"days:\n  - {ROW.replace('08-22', '08-21')}", InvalidInput, "not a Saturday"),
        (f"days:\n  - {ROW.replace('working_saturday', 'day_off_in_lieu')}", InvalidInput, "weekend day already"),
        (f"days:\n  - {ROW.replace('working_saturday', 'picnic')}", InvalidInput, "days[0].kind: Expected one of"),
        (f"days:\n  - {ROW.replace('issued', 'maybe')}", InvalidInput, "days[0].status"),
        (f"days:\n  - {ROW.replace('Công văn', '3')}", InvalidInput, "days[0].basis"),
        (f"days:\n  - {ROW}\n  - {ROW}", InvalidInput, "days[1].date: 2026-08-22 has two rows"),
    ],
)
def test_what_is_wrong_in_a_calendar_is_named_with_its_place(
    tmp_path: Path, text: str, error: type[DondocError], says: str
) -> None:
    with pytest.raises(error) as raised:
        load_calendar(written(tmp_path, text))
    assert says in str(raised.value)
    assert "calendar.yaml" in str(raised.value)


def test_a_missing_file_and_a_wrong_encoding_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        load_calendar(tmp_path / "none.yaml")
    with pytest.raises(UnreadableInput, match="UTF-8"):
        load_calendar(written(tmp_path, "days: []", encoding="utf-16"))
