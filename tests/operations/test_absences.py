"""Who is away is not written to: the substitute is (KT.), who may also act; it is a register that the ledger proves."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from dondoc.errors import Conflict, DondocError, InvalidInput, NotFound, Refused
from dondoc.operations.absences import Absence, call_back, send_away
from dondoc.operations.acts import act_on
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.letters import letter
from models.tables.units import absence, unit
from models.vocabulary import Act, LetterKind, OfficerRole
from tests.factories import (
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    RULES,
    a_directive_issued,
    a_province,
    an_obligation,
    an_officer,
    at,
    focal,
    head,
)
from tests.operations.acting import DISTRICT, do, entries, last_detail
from tests.operations.sweeping import change_officers, ladder_with, letters, swept, told, waiting

DEPUTY = "deputy@district.example"
FIRST_RUNG, SECOND_RUNG = "2025-02-19", "2025-02-25"


@pytest.fixture
def province(database: Database) -> Database:
    ids = a_province(database)
    with database.writing() as connection:
        an_officer(connection, ids[DISTRICT], OfficerRole.HEAD, DEPUTY)
    return database


def away(database: Database, email: str, first: str, last: str, substitute: str | None = None) -> Absence:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    now = at("2025-02-14")
    return send_away(
        database, email, first=begins, last=ends, now=now, actor="test", substitute=substitute, basis="12/QĐ-LĐLĐ"
    )


def one_report(database: Database, **values: Any) -> int:
    """Ask one district for a report by 28 February 2025."""
    issued = a_directive_issued(database, an_obligation(addressees={"units": [DISTRICT]}), **values)
    return issued.assignments["report", DISTRICT]


def heard(database: Database, day: str) -> list[tuple[str, int, int | None]]:
    return sorted((who, level, skipped) for of, who, _rung, level, skipped in told(database) if of == day)


def test_the_substitute_hears_on_the_first_and_the_last_day_and_the_officer_before_and_after(
    province: Database,
) -> None:
    one_report(province)
    away(province, focal(DISTRICT), SECOND_RUNG, "2025-02-28", DEPUTY)
    for day in (FIRST_RUNG, SECOND_RUNG, "2025-02-28", "2025-03-03"):
        swept(province, day)
    assert letters(province) == [
        (FIRST_RUNG, "digest", focal(DISTRICT)),
        (SECOND_RUNG, "digest", DEPUTY),
        ("2025-02-28", "digest", DEPUTY),
        ("2025-03-03", "digest", focal(DISTRICT)),
        ("2025-03-03", "digest", head(DISTRICT)),
        ("2025-03-03", "digest", DEPUTY),
    ]


def test_without_a_substitute_the_other_officer_of_the_unit_hears_and_no_level_is_skipped(province: Database) -> None:
    one_report(province)
    away(province, focal(DISTRICT), "2025-02-17", "2025-02-21")
    swept(province, FIRST_RUNG)
    assert heard(province, FIRST_RUNG) == [(head(DISTRICT), 0, None)]


@pytest.mark.parametrize("why", ["away too", "bounced", "left"])
def test_a_substitute_who_is_not_there_stands_in_for_nobody(province: Database, why: str) -> None:
    one_report(province)
    away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", DEPUTY)
    if why == "away too":
        away(province, DEPUTY, "2025-02-19", "2025-02-19")
    elif why == "bounced":
        change_officers(province, DISTRICT, OfficerRole.HEAD, bounced_at=at("2025-02-18"))
    else:
        change_officers(province, DISTRICT, OfficerRole.HEAD, valid_to=date(2025, 2, 18))
    swept(province, FIRST_RUNG)
    if why == "away too":
        assert heard(province, FIRST_RUNG) == [(head(DISTRICT), 0, None)]
    else:
        assert heard(province, FIRST_RUNG) == [(focal(OFFICE), 0, 0), (focal(PROVINCE), 1, None)]


@pytest.mark.parametrize("why", ["away", "bounced"])
def test_a_level_where_all_are_away_or_bounced_is_skipped_and_the_office_is_told(province: Database, why: str) -> None:
    """Acceptance case 10."""
    a_directive_issued(province, an_obligation(addressees={"units": [GRASSROOTS[0]]}))
    swept(province, "2025-03-03")
    for email in (focal(DISTRICT), head(DISTRICT), DEPUTY):
        if why == "away":
            away(province, email, "2025-03-04", "2025-03-07")
    if why == "bounced":
        change_officers(province, DISTRICT, bounced_at=at("2025-03-04"))
    assert swept(province, "2025-03-05").unheard == 0
    assert heard(province, "2025-03-05") == [(focal(OFFICE), 1, 1), (focal(PROVINCE), 2, None)]
    assert last_detail(province)["skipped"] == [f"level 1 above {GRASSROOTS[0]} has nobody to write to"]


def test_the_letters_of_the_issue_and_of_acts_go_to_the_substitute_too(province: Database) -> None:
    away(province, focal(DISTRICT), "2025-02-14", "2025-02-21", focal(OFFICE))
    report = one_report(province)
    do(province, report, Act.SUBMIT, "2025-02-17", by=head(DISTRICT))
    do(province, report, Act.RETURN, "2025-02-18", by=head(OFFICE), why="Thiếu phụ lục")
    with province.reading() as connection:
        rows = connection.execute(
            select(letter.c.kind, letter.c.to_address, unit.c.code)
            .join(unit, unit.c.id == letter.c.unit_id)
            .where(letter.c.kind.in_([LetterKind.ASSIGNED, LetterKind.RETURNED]))
            .order_by(letter.c.id)
        )
        written = [tuple(row) for row in rows]
    assert written[0] == ("assigned", focal(OFFICE), DISTRICT)
    assert {row[1:] for row in written[1:]} == {
        (focal(OFFICE), DISTRICT),
        (head(DISTRICT), DISTRICT),
        (DEPUTY, DISTRICT),
    }


def test_one_who_stands_in_for_two_units_gets_the_letter_of_each(province: Database) -> None:
    for code in ("DISTRICT-1", "DISTRICT-2"):
        away(province, focal(code), "2025-02-14", "2025-02-21", focal(OFFICE))
    a_directive_issued(province)
    assigned = letters(province, but=None)
    assert [address for _day, _kind, address in assigned] == [focal(OFFICE)] * 2
    swept(province, FIRST_RUNG)
    assert letters(province) == [(FIRST_RUNG, "digest", focal(OFFICE))], "and one digest for both"


def test_the_substitute_acts_for_the_unit_as_long_as_the_officer_is_away(province: Database) -> None:
    report = one_report(province)
    away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", focal(OFFICE))
    do(province, report, Act.ACKNOWLEDGE, "2025-02-17", by=focal(OFFICE))
    call_back(province, focal(DISTRICT), now=at("2025-02-18"), actor="test")
    with pytest.raises(Refused, match="only an officer of the unit that owes it"):
        act_on(province, report, Act.SUBMIT, by=focal(OFFICE), now=at("2025-02-19"), rules=RULES)


def test_what_waits_for_one_who_goes_away_goes_to_the_substitute(province: Database) -> None:
    """A second duty falls due at 09:00 of the day that has its digest."""
    one_report(province)
    swept(province, FIRST_RUNG, "07:30")
    one_report(province, number="9/KH-LĐLĐ", issued_on=FIRST_RUNG, rules=ladder_with(at="09:00"))
    swept(province, FIRST_RUNG, "10:00")
    assert waiting(province) == 1
    away(province, focal(DISTRICT), "2025-02-20", "2025-02-21", DEPUTY)
    swept(province, "2025-02-20")
    assert (waiting(province), letters(province)[-1]) == (0, ("2025-02-20", "digest", DEPUTY))


def test_who_is_back_hears_again_and_what_had_not_begun_never_does(province: Database) -> None:
    one_report(province)
    away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", DEPUTY)
    away(province, focal(DISTRICT), "2025-02-24", "2025-02-28", DEPUTY)
    assert call_back(province, focal(DISTRICT), now=at("2025-02-18"), actor="clerk") == 2
    swept(province, FIRST_RUNG)
    swept(province, SECOND_RUNG)
    assert {address for _day, _kind, address in letters(province)} == {focal(DISTRICT)}
    with pytest.raises(NotFound, match="is not away on 2025-02-18, and no absence is to come"):
        call_back(province, focal(DISTRICT), now=at("2025-02-18"), actor="clerk")
    assert away(province, focal(DISTRICT), "2025-02-18", "2025-02-21", DEPUTY).new


def test_the_same_absence_again_is_nothing_new(province: Database) -> None:
    first = away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", DEPUTY)
    written = entries(province)
    again = away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", DEPUTY)
    assert (first.new, again.new, entries(province)) == (True, False, written)
    assert (first.units, first.substitute) == ((DISTRICT,), DEPUTY)


@pytest.mark.parametrize(
    ("email", "first", "last", "substitute", "error", "line"),
    [
        ("nobody@x.example", "2025-03-03", "2025-03-04", None, NotFound, "no officer has the address"),
        (focal(DISTRICT), "2025-03-04", "2025-03-03", None, InvalidInput, "--until: 2025-03-03 lies before 2025-03-04"),
        (focal(DISTRICT), "2025-02-03", "2025-02-07", None, InvalidInput, "--until: 2025-02-07 is over"),
        (focal(DISTRICT), "2025-03-03", "2025-03-04", "x@y.example", NotFound, "no officer has the address"),
        (focal(DISTRICT), "2025-03-03", "2025-03-04", focal(DISTRICT), InvalidInput, "nobody stands in for themselves"),
        (focal(DISTRICT), "2025-02-21", "2025-02-24", DEPUTY, Conflict, "away from 2025-02-17 to 2025-02-21"),
        (head(DISTRICT), "2025-02-20", "2025-02-24", focal(DISTRICT), Conflict, "who is to stand in is away too"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_leaves_nothing(  # noqa: PLR0913, PLR0917 (the columns of the table)
    province: Database,
    email: str,
    first: str,
    last: str,
    substitute: str | None,
    error: type[DondocError],
    line: str,
) -> None:
    away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", DEPUTY)
    before = entries(province)
    with pytest.raises(error, match=line):
        away(province, email, first, last, substitute)
    assert entries(province) == before


def test_the_register_is_proven_by_the_ledger(province: Database) -> None:
    away(province, focal(DISTRICT), "2025-02-17", "2025-02-21", DEPUTY)
    assert verify(province).ok
    with province.writing() as connection:
        connection.execute(update(absence).values(substitute_id=None))
    found = verify(province)
    assert found.broken is not None
    assert "the register absence was changed" in found.broken.why
