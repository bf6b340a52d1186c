"""Import a file of units: what it says joins what is registered, all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from dondoc.intake.units_file import invalid
from dondoc.operations.canonical import digest
from dondoc.operations.import_officers import OfficerChanges, decide_officers, write_officers
from dondoc.operations.ledger import entry
from models.paths import depth
from models.schemas.units import Problem, UnitDraft, UnitsImported, UnitSpan
from models.session import Database
from models.tables.units import unit, unit_version
from models.vietnamese import fold, sort_key
from policies.hierarchy import check_drafts, check_tree, warn
from policies.unit_timelines import PlacedSpan, Timeline, join, place, revise
from policies.workdays import ZONE


@dataclass(frozen=True, slots=True)
class _Registered:
    """The units as they stand before an import: ids and timelines by code, version rows by (unit id, first day)."""

    ids: dict[str, int]
    timelines: dict[str, Timeline]
    rows: dict[tuple[int, date], Any]


@dataclass(frozen=True, slots=True)
class _Decided:
    """What an import comes to: every timeline as it will stand, which codes are new or changed, and the officers."""

    timelines: dict[str, Timeline]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    officers: OfficerChanges

    @property
    def anything(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed or self.officers)

    def counts(self) -> dict[str, int]:
        """Count what is new and changed, as the ledger and the clerk are told."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "officers_new": self.officers.new,
            "officers_changed": self.officers.changed,
        }


def import_units(
    database: Database, drafts: Sequence[UnitDraft], *, now: datetime, actor: str, dry_run: bool = False
) -> UnitsImported:
    """Register units and officers; the same drafts again change nothing and leave no entry in the ledger.

    1. Gather the registered units.
    2. Decide: each row for itself, the timelines joined, the tree as it would stand. The first problem is raised as
       InvalidInput with the number of the others.
    3. Write new units, the version rows that differ (with the paths of all that is below a moved unit), officers.
    4. Enter counts, a digest of the drafts, and one of the whole registers as they now stand, in the ledger.
    """
    today = now.astimezone(ZONE).date()
    with database.reading() if dry_run else database.writing() as connection:
        registered = _gather(connection)
        timelines = _join(registered, drafts)
        decided = _compare(connection, registered, timelines, drafts, today)
        if decided.anything and not dry_run:
            detail = {"drafts": _digest(drafts), **decided.counts()}
            with entry(connection, at=now, actor=actor, act="units imported", detail=detail) as opened:
                _write(connection, registered, decided)
                opened.commits_registers()
    unchanged = len({draft.code for draft in drafts}) - len(decided.new) - len(decided.changed)
    return UnitsImported(unchanged=unchanged, warnings=warn(drafts), **decided.counts())


def _gather(connection: Connection) -> _Registered:
    ids: dict[str, int] = {row.code: row.id for row in connection.execute(select(unit.c.id, unit.c.code))}
    codes = {unit_id: code for code, unit_id in ids.items()}
    rows = connection.execute(select(unit_version).order_by(unit_version.c.unit_id, unit_version.c.valid_from)).all()
    spans: dict[str, list[UnitSpan]] = defaultdict(list)
    for row in rows:
        code = codes[row.unit_id]
        spans[code].append(UnitSpan(code, row.name, row.kind, codes.get(row.parent_id), row.valid_from, row.valid_to))
    timelines = {code: join(found) for code, found in spans.items()}
    return _Registered(ids, timelines, {(row.unit_id, row.valid_from): row for row in rows})


def _join(registered: _Registered, drafts: Sequence[UnitDraft]) -> dict[str, Timeline]:
    problems = list(check_drafts(drafts))
    timelines = dict(registered.timelines)
    if not problems:
        for draft in sorted(drafts, key=lambda draft: draft.valid_from):
            revised = revise(timelines.get(draft.code, ()), draft)
            if isinstance(revised, Problem):
                problems.append(revised)
            else:
                timelines[draft.code] = revised
        problems.extend(check_tree(timelines))
    if problems:
        raise invalid(problems)
    return timelines


def _compare(
    connection: Connection,
    registered: _Registered,
    timelines: dict[str, Timeline],
    drafts: Sequence[UnitDraft],
    today: date,
) -> _Decided:
    codes = dict.fromkeys(draft.code for draft in drafts)
    return _Decided(
        timelines,
        new=tuple(code for code in codes if code not in registered.ids),
        changed=tuple(
            code for code in codes if code in registered.ids and timelines[code] != registered.timelines.get(code)
        ),
        officers=decide_officers(connection, drafts, registered.ids, today),
    )


def _digest(drafts: Sequence[UnitDraft]) -> str:
    """Digest what the drafts say, in an order of its own."""
    return digest([_said(draft) for draft in sorted(drafts, key=lambda one: (one.code, one.valid_from))])


def _said(draft: UnitDraft) -> dict[str, Any]:
    """Give what a draft says, without where it says it."""
    said = asdict(draft)
    del said["where"]
    for officer in said["officers"]:
        del officer["where"]
    return said


def _write(connection: Connection, registered: _Registered, decided: _Decided) -> None:
    _insert_all(connection, unit, ({"code": code} for code in decided.new))
    ids: dict[str, int] = {row.code: row.id for row in connection.execute(select(unit.c.id, unit.c.code))}
    if decided.new or decided.changed:
        _write_versions(connection, registered.rows, place(decided.timelines, ids), ids)
    write_officers(connection, decided.officers, ids)


def _write_versions(
    connection: Connection,
    rows: Mapping[tuple[int, date], Any],
    placed: Iterable[PlacedSpan],
    ids: Mapping[str, int],
) -> None:
    """Make the version rows equal to what was decided, touching only those that differ."""
    gone = {key: row.id for key, row in rows.items()}
    inserts, updates = [], []
    for piece in placed:
        parent = piece.span.parent
        key = (ids[piece.span.code], piece.valid_from)
        wanted = (ids[parent] if parent else None, piece.path, piece.span.name, piece.span.kind, piece.valid_to)
        row = rows.get(key)
        gone.pop(key, None)
        if row is None:
            inserts.append({"unit_id": key[0], "valid_from": key[1], **_columns(wanted)})
        elif (row.parent_id, row.path, row.name, row.kind, row.valid_to) != wanted:
            updates.append({"row": row.id, **_columns(wanted)})
    if gone:
        connection.execute(
            delete(unit_version).where(unit_version.c.id == bindparam("row")), [{"row": row} for row in gone.values()]
        )
    if updates:
        connection.execute(update(unit_version).where(unit_version.c.id == bindparam("row")), updates)
    _insert_all(connection, unit_version, inserts)


def _columns(wanted: tuple[int | None, str, str, str, date | None]) -> dict[str, Any]:
    parent_id, path, name, kind, valid_to = wanted
    return {
        "parent_id": parent_id,
        "path": path,
        "depth": depth(path),
        "name": name,
        "name_sort": sort_key(name),
        "name_fold": fold(name),
        "kind": kind,
        "valid_to": valid_to,
    }


def _insert_all(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of one shape in one statement; none is fine."""
    found = list(rows)
    if found:
        connection.execute(insert(table), found)
