"""Units are imported once, again without effect, with their history, and never by halves."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from dondoc.errors import InvalidInput
from dondoc.operations.import_units import import_units
from dondoc.operations.unit_list import unit_list
from dondoc.operations.unit_tree import unit_tree
from models.schemas.units import OfficerDraft, UnitDraft, UnitsImported
from models.session import Database
from models.tables.ledger import ledger
from models.tables.units import officer, unit, unit_version

NOW = datetime(2025, 2, 10, 1, 0, tzinfo=UTC)
START, JULY = date(2023, 1, 1), date(2025, 7, 1)


def draft(code: str, name: str, parent: str | None = None, kind: str = "district", **fields: object) -> UnitDraft:
    mail = OfficerDraft("focal", "Cán bộ đầu mối", f"{code.lower()}@x.example", "")
    plain = UnitDraft(code, name, kind, parent, START, None, f"units.csv, line {code}", (mail,))
    return replace(plain, **fields)  # type: ignore[arg-type]


def province() -> list[UnitDraft]:
    return [
        # children may stand before their parents
        draft("CS-1", "CĐCS Ổn", "TU", "grassroots"),
        draft("CS-2", "CĐCS Đá", "TU", "grassroots"),
        draft("TU", "LĐLĐ Tân Uyên", "LCH"),
        draft("TD", "LĐLĐ Tam Đường", "LCH"),
        draft("LCH", "LĐLĐ tỉnh Lai Châu", None, "provincial"),
    ]


def bring(database: Database, *drafts: UnitDraft, dry_run: bool = False) -> UnitsImported:
    return import_units(database, drafts, now=NOW, actor="clerk@x.example", dry_run=dry_run)


def rows(database: Database) -> tuple[int, ...]:
    with database.reading() as connection:
        tables = (unit, unit_version, officer, ledger)
        return tuple(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


def paths(database: Database, on: date) -> dict[str, str]:
    """Give each unit's way from the root, by codes, as its stored path says it."""
    statement = select(unit.c.id, unit.c.code, unit_version.c.path).join(
        unit_version, unit_version.c.unit_id == unit.c.id
    )
    held = (unit_version.c.valid_from <= on) & (unit_version.c.valid_to.is_(None) | (unit_version.c.valid_to > on))
    with database.reading() as connection:
        found = connection.execute(statement.where(held)).all()
        codes = {f"{row.id:08d}": row.code for row in connection.execute(select(unit.c.id, unit.c.code))}
    return {row.code: "/".join(codes[row.path[i : i + 8]] for i in range(0, len(row.path), 8)) for row in found}


def test_an_import_registers_and_the_same_again_changes_nothing(database: Database) -> None:
    first = bring(database, *province())
    assert (first.new, first.changed, first.unchanged, first.officers_new, first.officers_changed) == (5, 0, 0, 5, 0)
    assert rows(database) == (5, 5, 5, 1)
    again = bring(database, *province())
    assert (again.new, again.changed, again.unchanged, again.officers_new, again.officers_changed) == (0, 0, 5, 0, 0)
    assert rows(database) == (5, 5, 5, 1)


def test_a_dry_run_counts_the_same_and_writes_nothing(database: Database) -> None:
    dry = bring(database, *province(), dry_run=True)
    assert rows(database) == (0, 0, 0, 0)
    assert dry == bring(database, *province())


@pytest.mark.parametrize("dialect", ["sqlite"])
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (draft("X", "X", "NONE"), "units.csv, line X: unknown parent 'NONE'"),
        (draft("LCH", "Tỉnh", "CS-1"), "units.csv, line LCH: cycle: "),
        (draft("TU", "Tân Uyên", "LCH", valid_to=JULY), "units.csv, line TU: TU would not be there"),
        (draft("X", "X", kind="huyện"), "unknown kind"),
    ],
)
def test_a_problem_is_said_and_nothing_is_half_written(database: Database, wrong: UnitDraft, says: str) -> None:
    bring(database, *province())
    before = rows(database)
    with pytest.raises(InvalidInput) as raised:
        bring(database, draft("NEW", "Mới", "LCH"), wrong)
    assert says in str(raised.value)
    assert rows(database) == before


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_of_several_problems_the_first_is_said_and_the_others_are_counted(database: Database) -> None:
    with pytest.raises(InvalidInput, match=r"line A: unknown kind .* \(and 1 more\)$"):
        bring(database, draft("A", "A", kind="x"), draft("B", "", kind="office"))


def test_the_same_first_day_replaces_in_place_and_a_later_day_opens_a_new_version(database: Database) -> None:
    bring(database, *province())
    renamed = bring(database, draft("TD", "LĐLĐ huyện Tam Đường", "LCH"))
    assert (renamed.new, renamed.changed) == (0, 1)
    later = bring(database, draft("TD", "CĐ xã Bình Lư", "LCH", "commune", valid_from=JULY))
    assert (later.new, later.changed) == (0, 1)
    before, after = (
        next(one for one in unit_list(database, on) if one["code"] == "TD") for on in (date(2025, 6, 30), JULY)
    )
    assert (before["name"], before["kind"], before["valid_to"]) == ("LĐLĐ huyện Tam Đường", "district", JULY)
    assert (after["name"], after["kind"], after["valid_from"]) == ("CĐ xã Bình Lư", "commune", JULY)
    # the older file again is older news, and contradicts nothing
    assert bring(database, draft("TD", "LĐLĐ huyện Tam Đường", "LCH")).unchanged == 1


def test_a_move_carries_the_subtree_from_its_day_and_history_keeps_the_old_paths(database: Database) -> None:
    bring(database, *province())
    moved = bring(database, draft("TU", "LĐLĐ Tân Uyên", "TD", valid_from=JULY))
    assert moved.changed == 1
    assert paths(database, date(2025, 6, 30))["CS-1"] == "LCH/TU/CS-1"
    assert paths(database, JULY)["CS-1"] == "LCH/TD/TU/CS-1"
    depths = {one["code"]: one["depth"] for one in unit_list(database, JULY)}
    assert (depths["TU"], depths["CS-1"]) == (3, 4)
    counts = rows(database)
    # the file of before the move, and the move itself, said again: nothing to do
    assert bring(database, *province()).changed == 0
    assert bring(database, draft("TU", "LĐLĐ Tân Uyên", "TD", valid_from=JULY)).changed == 0
    assert rows(database) == counts
    # corrected back: the subtree's history is whole again
    bring(database, draft("TU", "LĐLĐ Tân Uyên", "LCH", valid_from=JULY))
    assert paths(database, JULY)["CS-1"] == "LCH/TU/CS-1"
    assert rows(database)[1] == 5


def test_a_district_ends_when_its_units_move_in_the_same_file(database: Database) -> None:
    bring(database, *province())
    bring(
        database,
        draft("TU", "LĐLĐ Tân Uyên", "LCH", valid_to=JULY),
        draft("CS-1", "CĐCS Ổn", "LCH", "grassroots", valid_from=JULY),
        draft("CS-2", "CĐCS Đá", "LCH", "grassroots", valid_from=JULY),
    )
    assert "TU" not in paths(database, JULY)
    assert paths(database, JULY)["CS-2"] == "LCH/CS-2"


def test_an_officer_who_is_replaced_keeps_a_row_with_an_end(database: Database) -> None:
    bring(database, *province())
    new = OfficerDraft("focal", "Cán bộ đầu mối", "moi@x.example", "")
    result = bring(database, draft("TD", "LĐLĐ Tam Đường", "LCH", officers=(new,)))
    assert (result.changed, result.officers_new, result.officers_changed) == (0, 1, 1)
    with database.reading() as connection:
        found = connection.execute(select(officer.c.email, officer.c.valid_to).order_by(officer.c.id)).all()
    assert [tuple(row) for row in found if row.email in {"td@x.example", "moi@x.example"}] == [
        ("td@x.example", date(2025, 2, 10)),
        ("moi@x.example", None),
    ]
    # named by no row of a table without those columns: left as they are
    assert bring(database, draft("TD", "LĐLĐ Tam Đường", "LCH", officers=())).officers_changed == 0


def test_the_ledger_has_an_entry_for_what_was_imported(database: Database) -> None:
    bring(database, *province())
    with database.reading() as connection:
        (row,) = connection.execute(select(ledger)).all()
    assert (row.actor, row.act) == ("clerk@x.example", "units imported")
    assert '"new":5' in row.detail
    assert '"drafts":"' in row.detail


def test_units_are_listed_and_shown_as_a_tree_in_vietnamese_order(database: Database) -> None:
    bring(database, *province())
    listed = unit_list(database, date(2025, 2, 14))
    assert [one["name"] for one in listed] == [
        "CĐCS Đá",
        "CĐCS Ổn",
        "LĐLĐ Tam Đường",
        "LĐLĐ Tân Uyên",
        "LĐLĐ tỉnh Lai Châu",
    ]
    assert listed[0] == {
        "code": "CS-2",
        "name": "CĐCS Đá",
        "kind": "grassroots",
        "parent": "TU",
        "valid_from": START,
        "valid_to": None,
        "depth": 3,
        "officers": [{"name": "Cán bộ đầu mối", "role": "focal", "email": "cs-2@x.example"}],
    }
    (root,) = unit_tree(database, date(2025, 2, 14))
    assert [child.code for child in root.children] == ["TD", "TU"]
    assert [child.code for child in root.children[1].children] == ["CS-2", "CS-1"]
    assert unit_list(database, date(2022, 12, 31)) == []
