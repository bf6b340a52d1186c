"""One digest a person and working day; what comes later waits for the next, what is done meanwhile is no news."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dondoc.operations.acts import act_on
from dondoc.operations.verify import verify
from models.session import Database
from models.tables.letters import letter, notice
from models.tables.units import unit
from models.vocabulary import Act, OfficerRole
from tests.factories import RULES, a_directive_issued, a_province, an_obligation, an_officer, at, focal, head
from tests.operations.acting import DISTRICT, OTHER
from tests.operations.sweeping import change_officers, ladder_with, letters, swept, swept_daily, told, waiting

FIRST_RUNG, NEXT_DAY = "2025-02-19", "2025-02-20"


@pytest.fixture
def province(database: Database) -> Database:
    a_province(database)
    return database


def news_of_today(database: Database, urgency: str) -> int:
    """Issue a directive at 08:00 of 19 February whose first rung falls at 09:00 of that day; give its assignment."""
    issued = a_directive_issued(
        database,
        an_obligation(addressees={"units": [DISTRICT]}),
        number="9/KH-LĐLĐ",
        urgency=urgency,
        issued_on=FIRST_RUNG,
        rules=ladder_with(at="09:00"),
    )
    return issued.assignments["report", DISTRICT]


def test_what_concerns_one_person_is_one_letter_whatever_the_number_of_duties(province: Database) -> None:
    a_directive_issued(province, an_obligation("report"), an_obligation("plan"))
    a_directive_issued(province, number="122/KH-LĐLĐ")
    swept(province, FIRST_RUNG)
    assert letters(province) == [(FIRST_RUNG, "digest", focal(DISTRICT)), (FIRST_RUNG, "digest", focal(OTHER))]
    assert len(told(province)) == 6


def test_one_person_with_two_offices_gets_one_digest_that_says_each_thing_once(province: Database) -> None:
    change_officers(province, DISTRICT, OfficerRole.HEAD, email=focal(DISTRICT))
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    swept(province, "2025-02-28")
    swept(province, "2025-03-03")  # both the focal officer and the head hear
    of_the_day = [line for line in told(province) if line[0] == "2025-03-03"]
    assert of_the_day == [("2025-03-03", focal(DISTRICT), "+1", 0, None)]
    assert letters(province)[-1:] == [("2025-03-03", "digest", focal(DISTRICT))]


def test_one_person_of_two_units_gets_one_digest(province: Database) -> None:
    change_officers(province, OTHER, OfficerRole.FOCAL, email=focal(DISTRICT))
    a_directive_issued(province)
    swept(province, FIRST_RUNG)
    assert letters(province) == [(FIRST_RUNG, "digest", focal(DISTRICT))]
    assert len(told(province)) == 2


def test_news_after_the_digest_of_the_day_waits_for_the_next_working_day(province: Database) -> None:
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    swept(province, FIRST_RUNG, "07:30")
    news_of_today(province, "normal")
    second = swept(province, FIRST_RUNG, "10:00")
    assert (second.reminded, second.letters, waiting(province)) == (1, 0, 1)
    swept_daily(province, NEXT_DAY, NEXT_DAY)
    assert letters(province) == [(FIRST_RUNG, "digest", focal(DISTRICT)), (NEXT_DAY, "digest", focal(DISTRICT))]
    assert waiting(province) == 0
    assert verify(province).ok


def test_news_of_an_urgent_directive_leaves_at_once_in_a_letter_of_its_own(province: Database) -> None:
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    swept(province, FIRST_RUNG, "07:30")
    news_of_today(province, "urgent")
    assert swept(province, FIRST_RUNG, "10:00").letters == 1
    assert letters(province) == [(FIRST_RUNG, "digest", focal(DISTRICT)), (FIRST_RUNG, "urgent", focal(DISTRICT))]
    assert waiting(province) == 0


def test_urgent_and_ordinary_news_of_one_sweep_are_two_letters_that_share_nothing(province: Database) -> None:
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}), number="9/KH-LĐLĐ", urgency="urgent")
    swept(province, FIRST_RUNG)
    with province.reading() as connection:
        carried = connection.execute(select(letter.c.kind, notice.c.assignment_id).join(notice)).all()
    assert sorted((row.kind, row.assignment_id) for row in carried) == [("digest", 1), ("urgent", 2)]


def test_what_was_handed_in_before_the_letter_was_written_is_no_news(province: Database) -> None:
    issued = a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    swept(province, FIRST_RUNG, "07:30")
    new = news_of_today(province, "normal")
    swept(province, FIRST_RUNG, "10:00")
    act_on(province, new, Act.SUBMIT, by=focal(DISTRICT), now=at(FIRST_RUNG, "11:00"), rules=RULES)
    swept(province, NEXT_DAY)
    assert [day for day, _kind, _to in letters(province)] == [FIRST_RUNG]
    assert waiting(province) == 0
    assert issued.assignments["report", DISTRICT] != new


def test_an_issuer_hears_of_all_that_is_not_done_in_one_letter_a_week(province: Database) -> None:
    """Due on five days of two weeks, each last rung on another day of the week."""
    for number, due in enumerate(("2025-02-28", "2025-03-03", "2025-03-04", "2025-03-06", "2025-03-12"), start=1):
        a_directive_issued(province, an_obligation(due=due), number=f"{number}/KH-LĐLĐ")
    swept_daily(province, "2025-02-14", "2025-04-18")
    to_issuer = [(day, kind) for day, kind, to in letters(province) if to == head("PROVINCE") and day > "2025-03-24"]
    # Monday 7 April is the day off for the founders of the nation: Hùng Vương.
    assert to_issuer == [("2025-03-31", "weekly"), ("2025-04-08", "weekly"), ("2025-04-14", "weekly")]
    assert {at(day).date().isocalendar()[1] for day, _kind in to_issuer} == {14, 15, 16}
    assert verify(province).ok


def test_a_weekly_repeat_beside_other_news_is_a_digest_and_the_day_has_no_second_one(province: Database) -> None:
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}, due="2025-03-13"), number="9/KH-LĐLĐ")
    swept_daily(province, "2025-02-14", "2025-03-24")
    kinds = [(day, kind) for day, kind, to in letters(province) if to == head("PROVINCE")]
    # Due on 13 March, seven working days later is Monday the 24th: the first directive's repeat comes with it.
    assert kinds == [("2025-03-11", "digest"), ("2025-03-17", "weekly"), ("2025-03-24", "digest")]
    with province.reading() as connection:
        key = connection.execute(select(letter.c.key).where(letter.c.kind == "weekly").limit(1)).scalar_one()
    assert key.startswith("digest-"), "it bars another digest of its day"


@pytest.fixture
def waits(province: Database) -> int:
    """Leave one notice that waits for tomorrow, since its officer has today's digest; give its assignment."""
    a_directive_issued(province, an_obligation(addressees={"units": [DISTRICT]}))
    swept(province, FIRST_RUNG, "07:30")
    news = news_of_today(province, "normal")
    swept(province, FIRST_RUNG, "10:00")
    assert waiting(province) == 1
    return news


@pytest.mark.usefixtures("waits")
def test_what_waits_for_an_officer_who_left_goes_to_the_successor(province: Database) -> None:
    leaves(province, OfficerRole.FOCAL)
    comes(province, OfficerRole.FOCAL, "successor@unit.example")
    swept(province, NEXT_DAY)
    assert letters(province)[1:] == [(NEXT_DAY, "digest", "successor@unit.example")]
    assert waiting(province) == 0
    assert verify(province).ok


@pytest.mark.usefixtures("waits")
def test_without_a_successor_the_other_role_of_the_unit_hears(province: Database) -> None:
    leaves(province, OfficerRole.FOCAL)
    swept(province, NEXT_DAY)
    assert letters(province)[1:] == [(NEXT_DAY, "digest", head(DISTRICT))]
    assert waiting(province) == 0


@pytest.mark.usefixtures("waits")
def test_where_nobody_serves_it_waits_until_somebody_does(province: Database) -> None:
    leaves(province, OfficerRole.FOCAL)
    leaves(province, OfficerRole.HEAD)
    swept(province, NEXT_DAY)
    assert (len(letters(province)), waiting(province)) == (1, 1)
    comes(province, OfficerRole.HEAD, "successor@unit.example")
    swept(province, "2025-02-21")
    assert letters(province)[1:] == [("2025-02-21", "digest", "successor@unit.example")]


def test_what_waits_about_a_date_that_was_put_off_meanwhile_is_no_news(province: Database, waits: int) -> None:
    by, asked_at, until = focal(DISTRICT), at(FIRST_RUNG, "11:00"), date(2025, 3, 14)
    act_on(province, waits, Act.EXTEND, by=by, now=asked_at, rules=RULES, why="Bận", to=until)
    act_on(province, waits, Act.GRANT, by=focal("PROVINCE-OFFICE"), now=at(FIRST_RUNG, "12:00"), rules=RULES)
    swept(province, NEXT_DAY)
    assert [day for day, kind, _to in letters(province) if kind == "digest"] == [FIRST_RUNG]
    assert waiting(province) == 0


def leaves(database: Database, role: OfficerRole) -> None:
    change_officers(database, DISTRICT, role, valid_to=date.fromisoformat(NEXT_DAY))


def comes(database: Database, role: OfficerRole, email: str) -> None:
    with database.writing() as connection:
        unit_id = connection.execute(select(unit.c.id).where(unit.c.code == DISTRICT)).scalar_one()
        an_officer(connection, unit_id, role, email, valid_from=date.fromisoformat(NEXT_DAY))


def test_a_recipient_hears_on_working_days_only_however_often_it_is_swept(province: Database) -> None:
    a_directive_issued(province)
    for hours in range(0, 24 * 40, 5):
        moment = at("2025-02-14") + timedelta(hours=hours)
        swept(province, moment.date().isoformat(), f"{moment:%H:%M}")
    written = letters(province)
    assert len({(day, to) for day, _kind, to in written}) == len(written)
    assert {head("PROVINCE"), focal("PROVINCE"), focal(DISTRICT)} <= {to for _day, _kind, to in written}
    assert not any(at(day).weekday() > 4 for day, _kind, _to in written)
