"""Which links a letter offers for a task: what its recipient is asked for, and more time while there is some."""

from datetime import date
from typing import Any

import pytest

from dondoc.mail.values import LetterGroup, LetterValues, OwnLine, Rung
from dondoc.operations.letter_links import acts_offered, with_links
from dondoc.operations.link_tokens import LinkSigner
from models.vocabulary import Act, AddresseeRole, LetterKind, OfficerRole, RungAction
from tests.factories import at

DAY = date(2025, 2, 20)
LATER, EARLIER = date(2025, 2, 28), date(2025, 2, 18)
PROMPT = Rung("default 1", "ack+3", 3, RungAction.PROMPT, OfficerRole.FOCAL, 0)
ACKNOWLEDGE, SUBMIT, EXTEND = Act.ACKNOWLEDGE, Act.SUBMIT, Act.EXTEND


def a_line(due: date | None = LATER, **values: Any) -> OwnLine:
    return OwnLine(7, "Báo cáo", "II.1", due, due, **values)


def a_letter(kind: LetterKind, *lines: OwnLine) -> LetterValues:
    group = LetterGroup("121/KH", "Kế hoạch", date(2025, 2, 14), "Văn phòng", "Về việc", own=lines)
    return LetterValues(
        "<1@office.example>", kind, "focal@unit.example", "Cán bộ", "Đơn vị", "Văn phòng", at("2025-02-20"), DAY,
        "http://127.0.0.1", groups=(group,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "line", "offered"),
    [
        (LetterKind.ASSIGNED, a_line(), (ACKNOWLEDGE, SUBMIT, EXTEND)),
        # A standing duty is received; it has no date to move.
        (LetterKind.ASSIGNED, a_line(None), (ACKNOWLEDGE,)),
        # Who does not lead owes nothing.
        (LetterKind.ASSIGNED, a_line(None, role=AddresseeRole.COORDINATING), (ACKNOWLEDGE,)),
        (LetterKind.DIGEST, a_line(None, role=AddresseeRole.FOR_INFORMATION), ()),
        (LetterKind.DIGEST, a_line(), (SUBMIT, EXTEND)),
        # Due today is in term; past it, time is no longer asked for.
        (LetterKind.DIGEST, a_line(DAY), (SUBMIT, EXTEND)),
        (LetterKind.DIGEST, a_line(EARLIER), (SUBMIT,)),
        (LetterKind.URGENT, a_line(EARLIER), (SUBMIT,)),
        # Who has not acknowledged is asked for that first.
        (LetterKind.DIGEST, a_line(rung=PROMPT), (ACKNOWLEDGE, SUBMIT, EXTEND)),
        (LetterKind.RETURNED, a_line(EARLIER), (SUBMIT,)),
        # What another unit owes is not the recipient's to hand in.
        (LetterKind.DIGEST, a_line(unit_name="Đơn vị khác"), ()),
        (LetterKind.CONFIRMED, a_line(), ()),
        (LetterKind.EXTENSION, a_line(), ()),
    ],
)
def test_a_letter_offers_what_it_asks_for(kind: LetterKind, line: OwnLine, offered: tuple[Act, ...]) -> None:
    assert acts_offered(a_letter(kind, line), line) == offered


def test_each_link_leads_to_the_web_door_and_stands_for_its_own_act() -> None:
    signer = LinkSigner("a key of the tests, long enough")
    made = with_links(3, a_letter(LetterKind.ASSIGNED, a_line()), signer, "https://dondoc.example")
    [line] = made.groups[0].own
    read = [signer.read(one.url.removeprefix("https://dondoc.example/l/"), at("2025-02-21")) for one in line.actions]
    assert [(one.letter_id, one.assignment_id, one.act) for one in read if not isinstance(one, str)] == [
        (3, 7, ACKNOWLEDGE), (3, 7, SUBMIT), (3, 7, EXTEND),
    ]  # fmt: skip
    assert made == with_links(3, a_letter(LetterKind.ASSIGNED, a_line()), signer, "https://dondoc.example")
