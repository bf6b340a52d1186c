"""What spoke against an act is said in the reader's language, with dates as people write them."""

from datetime import date

import pytest

from dondoc.errors import Conflict, DondocError, InvalidInput, NotFound, Refused
from dondoc.mail.wording import wording
from dondoc.web.refusals import Said, refusal_said
from policies.reasons import Reason


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refused(Reason("no other date is offered"), where="assignment 7"), "không có ngày nào khác được đề nghị"),
        (
            Refused(Reason("the new date must be after the due date %(day)s", day=date(2025, 2, 28))),
            "ngày mới phải sau thời hạn 28/02/2025",
        ),
        (InvalidInput(Reason("the file is empty; check it and hand it in again"), where="a.pdf"), "a.pdf: tệp rỗng"),
        (Conflict("somebody else was first"), "Đã có người khác thao tác"),
        (NotFound("no officer has the address"), "không còn đảm nhiệm"),
    ],
)
def test_a_refusal_is_said_in_vietnamese(refusal: DondocError, said: str) -> None:
    found = refusal_said(refusal, wording("vi"))
    assert said in found.text
    assert found.language == "vi"
    assert "assignment" not in found.text


def test_what_the_catalogue_does_not_know_is_said_as_it_is_and_marked_as_english() -> None:
    assert refusal_said(Refused("not yet"), wording("vi")) == Said("not yet", "en")


def test_in_english_it_is_the_rules_own_sentence() -> None:
    reason = Reason("the new date must be after the due date %(day)s", day=date(2025, 2, 28))
    assert reason == "the new date must be after the due date 2025-02-28"
    assert refusal_said(Refused(reason), wording("en")).text == "the new date must be after the due date 28 Feb 2025"
