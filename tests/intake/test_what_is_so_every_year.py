"""What is so, or was done, every year is told; what is to be done every year is asked."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import read_directive_text
from models.vocabulary import Recurrence

CALENDAR = default_calendar()
HEAD = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÒA AN

Số: 15/KH-LĐLĐ

Hòa An, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Tổ chức hoạt động

"""


@pytest.mark.parametrize(
    "matter",
    [
        "1. Hằng năm, phong trào thu hút hàng nghìn đoàn viên tham gia, góp phần nâng cao đời sống.",
        "1. Công đoàn cơ sở hằng năm có trên 500 sáng kiến được công nhận và triển khai thực hiện.",
        "1. Tháng Công nhân được tổ chức hằng năm vào tháng 5 nhằm chăm lo cho đoàn viên.",
        (
            "Trong năm 2024, các cấp công đoàn đã tổ chức 12 lớp tập huấn; hoàn thành kế hoạch trước ngày 15/12/2024; "
            "hằng tháng tổ chức giao ban."
        ),
        "I. KẾT QUẢ NĂM 2024\n\n1. Các đơn vị tổ chức đối thoại định kỳ hằng quý, tham gia xây dựng thỏa ước.",
    ],
)
def test_an_account_asks_nothing(matter: str) -> None:
    assert [one for one in read_directive_text(HEAD + matter, CALENDAR).obligations if one.due or one.recurrence] == []


@pytest.mark.parametrize(
    "matter",
    [
        "1. Hằng năm, các công đoàn cơ sở tổng kết và báo cáo về Liên đoàn Lao động tỉnh.",
        "1. Công đoàn cơ sở tổ chức Tháng Công nhân hằng năm vào tháng 5.",
        "1. Theo quy chế đã ban hành, hằng năm các đơn vị gửi báo cáo về Văn phòng.",
    ],
)
def test_what_is_asked_every_year_comes_round(matter: str) -> None:
    (one,) = read_directive_text(HEAD + matter, CALENDAR).obligations
    assert one.recurrence is Recurrence.YEAR


def test_a_plan_that_was_issued_makes_no_account_of_what_it_asks() -> None:
    matter = "1. Thực hiện Kế hoạch đã ban hành; định kỳ hằng quý tổ chức giao ban với công đoàn cơ sở."
    (one,) = read_directive_text(HEAD + matter, CALENDAR).obligations
    assert one.recurrence is Recurrence.QUARTER


def test_a_month_set_beside_a_recurrence_keeps_its_own_time() -> None:
    matter = "1. Công đoàn cơ sở báo cáo hằng tháng, trong tháng 6/2025 báo cáo sơ kết."
    found = read_directive_text(HEAD + matter, CALENDAR).obligations
    assert [(one.recurrence, one.due and one.due.month) for one in found] == [(Recurrence.MONTH, None), (None, 6)]
