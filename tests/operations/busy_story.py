"""A story in which something happens of everything that the ledger commits to: for tests of the proof."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from dondoc.mail.delivery import DeliveryOutcome, OutgoingLetter
from dondoc.operations.acts import submit_for_several
from dondoc.operations.deliver import Sender, deliver
from dondoc.operations.replace import replace_directive
from dondoc.operations.submissions import FileDraft
from dondoc.operations.weekly import write_weekly
from models.schemas.directives import DirectiveDraft
from models.session import Database
from models.vocabulary import Act, LetterState
from tests.factories import (
    DISTRICTS,
    GRASSROOTS,
    OFFICE,
    PROVINCE,
    RULES,
    Issued,
    a_directive_issued,
    a_province,
    an_obligation,
    at,
    focal,
)
from tests.operations.acting import DISTRICT, OTHER, do
from tests.operations.sweeping import change_officers, swept, swept_daily

NOT_IN_THE_STORY = {
    "link_use",
    "bounce",
    "mail_switch",
}
"""Tables that the story leaves empty though entries commit to them: what fills them has tests of its own."""

RECURRING = {"every": "quarter", "periods": {"Q1": "Chuyên đề 1"}, "due": None, "send_by": "ngày 20 tháng cuối quý"}


class Wavering:
    """A transport that answers each letter differently, in turn."""

    def __init__(self) -> None:
        """Begin with a letter that arrives."""
        self.count = 0

    def send_batch(self, letters: Iterable[OutgoingLetter]) -> Iterator[DeliveryOutcome]:
        answers = (LetterState.SENT, LetterState.RETRY, LetterState.AMBIGUOUS, LetterState.FAILED)
        for one in letters:
            self.count += 1
            yield DeliveryOutcome(one.key, answers[self.count % len(answers)], f"answer {self.count}")


def play(database: Database) -> Issued:
    """Play from 14 February to 20 March 2025; give the first directive."""
    a_province(database)
    issued = a_directive_issued(
        database,
        an_obligation("report", clause="II.1"),
        an_obligation("plan", clause="II.2", relay=True),
        an_obligation("quarterly", **RECURRING),
        an_obligation("standing", due=None),
        an_obligation("below", addressees={"below": PROVINCE, "kinds": ["grassroots"]}, due="trong tháng 02/2025"),
        implements=["301-KH/TU"],
        place="Nơi ban hành",
    )
    urgent = an_obligation(addressees={"units": list(GRASSROOTS[:2])}, coordinating={"units": [GRASSROOTS[2]]})
    second = a_directive_issued(database, urgent, number="2/CV-LĐLĐ", urgency="urgent")
    sender = Sender(Wavering(), "dondoc@office.example", "vi", "http://127.0.0.1:8010")
    for hours in (0, 1, 5):
        deliver(database, at("2025-02-14", "09:00") + timedelta(hours=hours), sender=sender)
    _acts(database, issued)
    do(database, second.assignments["report", GRASSROOTS[0]], Act.ACKNOWLEDGE, "2025-02-25", by=focal(GRASSROOTS[0]))
    change_officers(database, DISTRICTS[1], valid_to=date(2025, 3, 1))
    swept_daily(database, "2025-03-03", "2025-03-20")
    write_weekly(database, at("2025-03-20", "08:00"), rules=RULES)
    _replace(database, urgent | {"due": "2025-03-31"})
    for hours in (0, 1, 5):
        deliver(database, at("2025-03-20", "09:00") + timedelta(hours=hours), sender=sender)
    return issued


def _replace(database: Database, obligation: Mapping[str, Any]) -> None:
    said = {"number": "3/CV-LĐLĐ", "type": "Công văn", "issuer": PROVINCE, "subject": "Thay công văn số 2"}
    draft = DirectiveDraft.model_validate(said | {"issued_on": date(2025, 3, 20), "obligations": [obligation]})
    now = at("2025-03-20")
    replace_directive(database, "2/CV-LĐLĐ", draft, by=focal(PROVINCE), why="Gia hạn chung", now=now, rules=RULES)


def _acts(database: Database, issued: Issued) -> None:
    office, ids = focal(OFFICE), issued.assignments
    file = FileDraft("báo cáo.txt", "Đã tổ chức 12 hội nghị".encode())
    report, plan = ids["report", DISTRICT], ids["plan", DISTRICT]
    do(database, report, Act.ACKNOWLEDGE, "2025-02-17")
    swept(database, "2025-02-19")
    do(database, report, Act.SUBMIT, "2025-02-20", number="5/BC-LĐLĐ", files=[file], values={"meetings": 12})
    do(database, report, Act.RETURN, "2025-02-21", by=office, why="Thiếu phụ lục")
    do(database, report, Act.SUBMIT, "2025-02-24", files=[file, FileDraft("phụ lục.txt", b"PL1")])
    do(database, report, Act.CONFIRM, "2025-02-25", by=office)
    do(database, plan, Act.EXTEND, "2025-02-21", why="Chờ hội nghị", to=date(2025, 3, 14))
    do(database, plan, Act.GRANT, "2025-02-24", by=office)
    do(database, ids["plan", OTHER], Act.EXTEND, "2025-02-21", by=focal(OTHER), why="Bận", to=date(2025, 3, 14))
    do(database, ids["plan", OTHER], Act.REFUSE, "2025-02-24", by=office, why="Không có lý do")
    do(database, ids["standing", OTHER], Act.WAIVE, "2025-02-24", by=office, why="Không áp dụng")
    late = ids["below", GRASSROOTS[0]]
    do(database, ids["below", GRASSROOTS[1]], Act.SUSPEND, "2025-02-24", by=office, why="Chờ", basis="12/CV-LĐLĐ")
    _acts_between_unit_and_office(database, issued)
    do(database, late, Act.COMMIT, "2025-03-01", by=focal(GRASSROOTS[0]), why="Chưa xong", to=date(2025, 3, 10))


def _acts_between_unit_and_office(database: Database, issued: Issued) -> None:
    """A date countered and accepted, an obstacle answered, a relay by the unit's own directive, one result for two."""
    office, ids = focal(OFFICE), issued.assignments
    unit, third = focal(OTHER), ids["below", GRASSROOTS[2]]
    do(database, third, Act.EXTEND, "2025-02-24", by=focal(GRASSROOTS[2]), why="Bận", to=date(2025, 3, 31))
    do(database, third, Act.COUNTER, "2025-02-25", by=office, to=date(2025, 3, 14))
    do(database, third, Act.ACCEPT, "2025-02-26", by=focal(GRASSROOTS[2]))
    do(database, ids["report", OTHER], Act.OBSTACLE, "2025-02-24", by=unit, why="Chưa có hướng dẫn")
    do(database, ids["report", OTHER], Act.ANSWER, "2025-02-25", by=office, why="Xem 12/HD-LĐLĐ")
    below = {"below": OTHER, "kinds": ["grassroots"]}
    a_directive_issued(
        database,
        an_obligation("inner", addressees=below, lead=OTHER, serves="report"),
        number="3/KH-LĐLĐ",
        issuer=OTHER,
        issued_on=date(2025, 2, 26),
        implements=[issued.number],
    )
    both = [ids["plan", OTHER], ids["quarterly", "2025-Q1", OTHER]]
    submit_for_several(database, both, by=unit, now=at("2025-02-26"), rules=RULES, number="3/KH-LĐLĐ")
