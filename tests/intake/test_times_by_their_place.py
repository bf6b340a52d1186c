"""A time is a deadline by the place where it stands: no list of verbs holds all that an office may ask."""

from datetime import date

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import ObligationReading, read_directive_text

CALENDAR = default_calendar()
HEAD = """ỦY BAN NHÂN DÂN TỈNH HÒA AN

Số: 41/KH-UBND

Hòa An, ngày 10 tháng 3 năm 2025

KẾ HOẠCH
Chăm sóc cây xanh

II. NHIỆM VỤ

"""


def read(matter: str) -> list[ObligationReading]:
    return list(read_directive_text(HEAD + matter, CALENDAR).obligations)


def due(matter: str) -> list[str]:
    return [f"{one.due}" for one in read(matter) if one.due]


@pytest.mark.parametrize(
    ("matter", "days"),
    [
        # the verb is in no list of ours
        ("1. Công ty Môi trường tỉa cành trên các tuyến phố trước ngày 15/4/2025.", ["2025-04-15"]),
        ("1. Các phường quét vôi gốc cây hai bên đường trong tháng 4/2025.", ["2025-04-30"]),
        ("1. Đội cây xanh dỡ bồn hoa ở quảng trường từ ngày 01/4/2025 đến ngày 20/4/2025.", ["2025-04-20"]),
        ("1. Cắm biển báo ở ngã tư thứ nhất vào ngày 12/4/2025.", ["2025-04-12"]),
        # what a colon sets apart
        ("1. Ươm cây giống\n\n- Cấp xã: trước 10/4; cấp tỉnh: ngày 17/4/2025.", ["2025-04-10", "2025-04-17"]),
        ("1. Ươm cây giống\n\na) Vòng 1 - Chọn hạt: 01 buổi, sáng thứ Bảy, ngày 12 tháng 4 năm 2025.", ["2025-04-12"]),
        ("1. Các mốc thời gian\n\n- Nhận cây giống: 05/4/2025", ["2025-04-05"]),
        ("1. Trồng cây. Thời gian: 01 buổi, bắt đầu từ 07 giờ 30 phút, ngày 26/4/2025.", ["2025-04-26"]),
        ("1. Báo cáo kết quả trồng cây về Sở Xây dựng (gửi trước: 31/5/2025).", ["2025-05-31"]),
        ("1. Lễ ra quân\n\n**Thứ 7, ngày 12/4/2025:** các phường tập trung ở quảng trường.", ["2025-04-12"]),
        ("1. Nộp hồ sơ buổi sáng (8h00 - 11h30) ngày 04/4/2025.", ["2025-04-04"]),
        ("1. Đợt 1: Trong tháng 4/2025\n\n- Nội dung về cây xanh.", ["2025-04-30"]),
        ("1. Đề xuất cơ chế, báo cáo Bộ Chính trị trong quý III/2025.", ["2025-09-30"]),
        # where the limit stands before what is to be done
        ("1. Thời gian chậm nhất gửi báo cáo về Sở Xây dựng tỉnh ngày 23/5/2025.", ["2025-05-23"]),
        ("1. Kéo dài đợt ra quân đến 31/5/2025.", ["2025-05-31"]),
        ("1. Thẩm định hồ sơ, kết thúc trong quý II-2025.", ["2025-06-30"]),
        ("1. Sửa đổi quy định về cây xanh đô thị trong năm 2025.", ["2025-12-31"]),
        ("1. Dự thảo báo cáo kiểm kê cây xanh chậm nhất trong năm 2027.", ["2027-12-31"]),
        ("1. Đăng ký trồng cây 16h ngày 01/7/2025 đến 14h ngày 07/7/2025.", ["2025-07-07"]),
        # a comma sets the limit apart from what is said of other things
        ("1. Số hóa 100% hồ sơ còn hiệu lực, hoàn thành trước 30/5/2025.", ["2025-05-30"]),
        (
            "1. Để gia hạn giá trị thẻ từ 01/6/2025 đến 31/12/2025, chậm nhất ngày 25/5/2025, đơn vị nộp hồ sơ.",
            ["2025-05-25"],
        ),
        ("1. Gia cố bờ kè xong trước mùa mưa bão (trước ngày 31/8/2025).", ["2025-08-31"]),
        # the narrower time is the deadline
        ("1. Giám sát việc trồng cây trong Quý II, chậm nhất ngày 15/6/2025.", ["2025-06-15"]),
        ("1. Hồ sơ của người nghỉ trong quý III gửi về Sở trước ngày 15/5/2025.", ["2025-05-15"]),
        (
            "1. Thời hạn thanh toán khối lượng hoàn thành đến ngày 31/3/2025 chậm nhất đến hết 30/4/2025.",
            ["2025-04-30"],
        ),
    ],
)
def test_a_time_that_is_set_for_what_is_said(matter: str, days: list[str]) -> None:
    assert due(matter) == days


@pytest.mark.parametrize(
    "matter",
    [
        "1. Lập phương án cho các tháng cao điểm nắng nóng (tháng 5, 6, 7).",  # which months
        "1. Kiểm kê cây xanh thời điểm 0h00 ngày 01 tháng 7 năm 2025.",  # as it stands then
        "1. Số vào sổ được lập theo từng năm từ ngày 01/01 đến hết ngày 31/12.",  # how a year is counted
        "1. Nghị quyết Hội nghị Trung ương 11 khóa XIII (từ ngày 04/5 đến ngày 14/5/2025).",  # when it met
        "1. Theo lộ trình triển khai nhiệm vụ trong năm 2025 của các cơ quan, yêu cầu làm tốt.",  # whose plan
        "1. Thi công đúng kế hoạch (sản lượng mỗi tháng đạt tối thiểu 20%).",  # how much each time
        "1. Thời gian chốt số liệu báo cáo được tính từ ngày 15/12/2024 đến ngày 14/6/2025.",  # what figures cover
        "1. Thời gian tham gia bảo hiểm: từ 01/3/2025 đến 31/12/2025.",  # what is paid for
        "Hạn nộp báo cáo 6 tháng cuối năm 2025 khi nào?",  # a page's own question
        "1. Thời gian nộp tiền các đợt trong năm 2025 như sau:",  # listed below
        "1. Lập danh sách người dừng tham gia trong năm 2025.",  # which people
        "1. Nghị định mới ban hành trong năm 2025.",  # what is done
        "1. Đến hết ngày 28/02/2025 mới có 41/76 phường gửi báo cáo.",  # what there was by then
        "1. Đợt trước (hoàn thành trước ngày 30/01/2025) còn 06 phường nộp chậm.",
        "1. Tải mẫu đơn tại đây\n\nSố lần xem trang: 2431\n\nĐiều chỉnh lần cuối: 24-09-2025",  # the page's own
        "1. Chi trả cho người hưởng trợ cấp hưu trí xã hội hằng tháng.",  # which money
    ],
)
def test_a_time_that_tells_of_something_else(matter: str) -> None:
    assert due(matter) == []
    assert [one.recurrence for one in read(matter) if one.recurrence] == []


def test_a_misprinted_day_before_the_document_s_own_is_kept_and_told() -> None:
    reading = read_directive_text(f"{HEAD}1. Các phường gửi báo cáo về Sở trước ngày 30/4/2024.", CALENDAR)
    assert [one.due for one in reading.obligations] == [date(2024, 4, 30)]
    assert any("2024-04-30" in f"{warning}" for warning in reading.warnings)


def test_a_year_that_the_other_dates_tell_is_supplied_and_told() -> None:
    text = "Theo kế hoạch, rà soát từ ngày 1-9 đến hết ngày 31-12-2018. Trước ngày 25-10, các huyện phải báo cáo sơ bộ."
    reading = read_directive_text(text, CALENDAR)
    assert [f"{one.due}" for one in reading.obligations] == ["2018-12-31", "2018-10-25"]
    assert any("2018" in f"{warning}" for warning in reading.warnings)


def test_other_dates_of_two_years_supply_none() -> None:
    text = "Nộp đơn trước ngày 31/12/2018; nộp bản sao trước ngày 05/01/2019. Trước ngày 25-10, các huyện báo cáo."
    assert [one.due for one in read_directive_text(text, CALENDAR).obligations][-1] is None


@pytest.mark.parametrize(
    ("matter", "quote"),
    [
        ("1. Nạo vét kênh ở ấp 4 trước ngày 15/4/2025.", "1. Nạo vét kênh ở ấp 4 trước ngày 15/4/2025"),
        ("1. Xét duyệt hồ sơ; tưới cây xong trước 20/4/2025;", "tưới cây xong trước 20/4/2025"),
        ("| 1 | Nạo vét kênh | Trước 15/4/2025. |", "1 | Nạo vét kênh | Trước 15/4/2025."),
    ],
)
def test_a_quote_ends_with_its_last_word_and_a_row_with_its_last_cell(matter: str, quote: str) -> None:
    assert [one.found.quote for one in read(matter)][-1] == quote


def test_a_name_with_a_verb_in_it_is_no_task_of_the_heading_above_it() -> None:
    found = read("1. Quý II/2025\n\n1.1. Ban Xây dựng đô thị\n\na) Hoàn chỉnh hồ sơ cây xanh.\n\nTrên đây là Kế hoạch.")
    assert [(one.found.action, f"{one.due}") for one in found if one.due] == [
        ("Hoàn chỉnh hồ sơ cây xanh", "2025-06-30")
    ]
