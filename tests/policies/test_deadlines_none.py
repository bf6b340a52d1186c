"""What looks like a deadline and is none: fractions, citations, days of figures, blanks, feasts, occasions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.calendar_file import default_calendar
from policies.deadlines import decide_due

CALENDAR = default_calendar()
DOCUMENT_DATE = date(2025, 3, 3)

NO_DEADLINE = [
    # a stroke that divides
    "có 3/4 số huyện hoàn thành",
    "trang 2/5",
    "lớp 1/5",
    "hoàn thành 2/3 chỉ tiêu",
    "đạt 4/5 tiêu chí",
    "ít nhất 2/3 thành viên có mặt",
    "7/10 đơn vị",
    "xếp thứ 15/20 trở lên",
    "trực 24/24 giờ",
    "24/7",
    # documents and laws
    "theo Thông báo ngày 15/01/2025",
    "tại cuộc họp ngày 15/01/2025",
    "theo Kế hoạch số 12 ngày 15/01/2025",
    "Nghị định 09/2019",
    "Điều 6/2025",
    "Bộ luật Lao động năm 2019",
    "Hiến pháp năm 2013",
    # the day that figures are counted to
    "số liệu tính đến ngày 15/6/2025",
    "Dữ liệu tính đến ngày 07/11/2025",
    "thời gian chốt số liệu ngày 25 tháng báo cáo",
    "số liệu từ ngày 15/12/2024 đến ngày 14/6/2025",
    # blanks of a form
    "ngày tháng năm 2025",
    "ngày … tháng … năm 2025",
    "ngày ... tháng 6 năm 2025",
    "ngày 15 tháng năm 2025",
    # how long a programme runs
    "đến năm 2030, tầm nhìn đến năm 2045",
    "năm 2025 và các năm tiếp theo",
    "5 năm tới",
    "trong 5 năm qua",
    # only a beginning
    "thực hiện từ 01/7/2025 đến khi có hướng dẫn mới",
    "trước và sau ngày 30/6/2025",
    # a year or a month that nothing settles
    "trước ngày 15/12 năm trước",
    "trước ngày 15/12 của năm báo cáo",
    "Chậm nhất ngày 30 tháng 8 của năm tuyển sinh",
    "chậm nhất ngày 30/01 năm sau năm có thay đổi",
    "từ 15/12 năm trước đến 14/6 của kỳ báo cáo",
    "- Thời gian: từ năm 2025",
    "Ban Tuyên giáo - Nữ công từ quý II/2025",
    "quý IV năm trước",
    "trung tuần tháng 6/2025",
    "trong tháng 12 của năm trước năm kế hoạch",
    "trước tháng 12 hằng năm",
    "đúng thời gian quy định",
    "trước ngày 25 của tháng báo cáo",
    "trong tuần thứ 2 tháng 6/2025",
    "những ngày đầu năm",
    "một tháng",
    # an event
    "trước 23 tháng Chạp hằng năm",
    "sau khi kết thúc quý",
    "sau khi kết thúc học kỳ I",
    "trước ngày khai giảng năm học 2025-2026",
    "trước kỳ nghỉ lễ 30/4 - 01/5",
    "trước lễ 30/4",
    "nhân Ngày Quốc tế Phụ nữ 8/3",
    # words that sound like a time's
    "Kính gửi Quý cơ quan",
    "Ngân hàng tháng",
]


@pytest.mark.parametrize("phrase", NO_DEADLINE)
def test_no_date_is_made_of_what_is_no_deadline(phrase: str) -> None:
    due = decide_due(phrase, DOCUMENT_DATE, CALENDAR)
    assert (due.nominal, due.effective, due.rrule) == (None, None, None)
    assert due.needs


@pytest.mark.parametrize(
    ("phrase", "nominal"),
    [
        ("không quá 15/6", "2025-06-15"),
        ("chậm nhất 3/4", "2025-04-03"),
        ("Ngày 24/7", "2025-07-24"),
        ("5/6 công bố kết quả", "2025-06-05"),
        ("tuyên truyền pháp luật năm 2025", "2025-12-31"),
        ("thực hiện kế hoạch trước ngày 15/6/2025", "2025-06-15"),
        ("dịp 30/4, hoàn thành trước ngày 25/4/2025", "2025-04-25"),
        ("hưởng ứng Ngày Pháp luật trong tháng 11/2025", "2025-11-30"),
        ("cho công nhân ngày 15/6/2025", "2025-06-15"),
        ("trước khi kết thúc quý II/2025", "2025-06-30"),
        ("trước khi hết quý II/2025", "2025-06-30"),
    ],
)
def test_a_deadline_beside_such_words_is_still_one(phrase: str, nominal: str) -> None:
    assert str(decide_due(phrase, DOCUMENT_DATE, CALENDAR).nominal) == nominal


@pytest.mark.parametrize(
    ("phrase", "proposed", "arithmetic"),
    [
        ("trước Tết", "2026-02-13", "“tết” là ngày 17/02/2026; ngày làm việc cuối cùng trước đó là 13/02/2026"),
        ("sau Tết Nguyên đán", "2026-02-23", "ngày làm việc đầu tiên sau đó là 23/02/2026"),
        ("chậm nhất 15 ngày trước Tết Nguyên đán", "2026-02-02", "17/02/2026 - 15 ngày = 02/02/2026"),
        ("dịp Tết Nguyên đán Ất Tỵ năm 2025", "2025-01-24", "29/01/2025"),
        ("trước Tết Dương lịch", "2026-01-01", "Tết Dương lịch: 01/01/2026"),
        ("trước lễ 30/4", "2025-04-30", "năm theo văn bản"),
        ("trước ngày Quốc khánh", "2025-09-02", "lần kế tiếp sau 03/03/2025"),
        ("nhân kỷ niệm 80 năm Quốc khánh", "2025-09-02", "Quốc khánh"),
        ("kỷ niệm 50 năm Ngày Giải phóng miền Nam", "2025-04-30", "30/04/1975 + 50 năm = 30/04/2025"),
        ("trước ngày khai giảng năm học 2025-2026", "2025-09-05", "khai giảng ngày 05/09/2025"),
        ("kỷ niệm 95 năm thành lập Đảng (03/02/1930 - 03/02/2025)", "2025-02-03", "03/02/1930 + 95 năm = 03/02/2025"),
        ("sau 3 năm thực hiện Nghị quyết số 02-NQ/TW ngày 12/6/2021", "2024-06-12", "12/06/2021 + 3 năm"),
    ],
)
def test_an_event_is_proposed_with_its_arithmetic_and_asked(phrase: str, proposed: str, arithmetic: str) -> None:
    due = decide_due(phrase, DOCUMENT_DATE, CALENDAR)
    assert (due.nominal, str(due.proposed)) == (None, proposed)
    assert due.needs is not None
    assert arithmetic in due.needs
    assert "xác nhận" in due.needs


@given(st.integers(1, 31), st.integers(1, 31), st.sampled_from(["số huyện", "chỉ tiêu", "đơn vị", "giờ", "thành viên"]))
def test_a_proper_fraction_of_something_counted_is_never_a_day(part: int, whole: int, counted: str) -> None:
    smaller, larger = sorted((part, whole))
    assert decide_due(f"{smaller}/{larger} {counted}", DOCUMENT_DATE, CALENDAR).nominal is None
