"""A time is a deadline or is none by the words around it; each row is a rule of the language."""

import pytest

from dondoc.intake.draft import read_draft
from models.schemas.drafts import FoundObligation


def dated(sentence: str, *, heading: str = "II. NHIỆM VỤ") -> list[FoundObligation]:
    text = f"KẾ HOẠCH\n\nTriển khai\n\n{heading}\n\n- {sentence}"
    return [one for one in read_draft(text).obligations if one.phrases]


def phrases(sentence: str, *, heading: str = "II. NHIỆM VỤ") -> list[str]:
    return [phrase for one in dated(sentence, heading=heading) for phrase in one.phrases]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Thời gian: 01 buổi, dự kiến ngày 26/4/2025.", ["dự kiến ngày 26/4/2025"]),  # words between label and day
        ("Văn phòng báo cáo Thường trực vào ngày 20/12/2025.", ["vào ngày 20/12/2025"]),  # no event, but a verb and vào
        ("Đóng hệ thống lúc 17h00 ngày 31/5/2025.", ["lúc 17h00 ngày 31/5/2025"]),
        ("Tổ chức hội thi chào mừng Đại hội, xong trước ngày 30/4/2025.", ["xong trước ngày 30/4/2025"]),
        ("Hằng năm, các đơn vị báo cáo kết quả về Sở Nội vụ.", ["Hằng năm"]),
        ("Các trường tổ chức khám sức khỏe định kỳ hằng năm.", ["định kỳ hằng năm"]),
        (  # the cycles only name the reports: the days have their years
            "Gửi báo cáo 6 tháng (trước 10/6/2025) và báo cáo năm (trước 25/11/2025) về Sở Nội vụ.",
            ["trước 10/6/2025", "trước 25/11/2025"],
        ),
        ("Tổ chức sơ kết 6 tháng thực hiện Kế hoạch vào cuối quý II/2025.", ["vào cuối quý II/2025"]),
        ("Hội nghị dự kiến tổ chức trong tuần thứ 3 của tháng 7/2025.", ["trong tuần thứ 3 của tháng 7/2025"]),
        ("6 tháng, năm báo cáo kết quả về LĐLĐ tỉnh.", ["6 tháng, năm"]),
        ("Nhiệm vụ đã được giao phải hoàn thành trong quý I/2025.", ["trong quý I/2025"]),  # given, not done
    ],
)
def test_deadlines(sentence: str, expected: list[str]) -> None:
    assert phrases(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Công đoàn tỉnh đã hoàn thành việc sắp xếp trong quý I/2025.",  # done
        "Tháng 3/2025, Sở Nội vụ đã tổ chức hội nghị.",
        "Tuyên truyền Ngày Pháp luật Việt Nam 09/11 hằng năm.",  # a named day, without brackets
        "Tổ chức hội thao chào mừng Ngày thành lập Công đoàn 28/7/2025.",
        "Báo cáo kết quả thực hiện từ ngày 01/01/2025 đến ngày 31/5/2025 theo mẫu.",  # what the report covers
        "Tổng hợp số liệu (từ 15/12/2024 đến 14/6/2025) theo biểu mẫu.",
        "Tuyển chọn công dân sinh từ ngày 01/01/2000 đến ngày 31/12/2007.",  # an age
        "Thời điểm tính độ tuổi tham gia cấp ủy: cấp cơ sở tháng 4/2025.",
        "Các văn bản ban hành trước ngày 01/7/2025 tiếp tục có hiệu lực.",  # which ones
        "Người lao động nghỉ việc trước ngày 01/7/2025 không thuộc đối tượng hỗ trợ.",
        "Sau thời hạn ngày 20/6/2025, đơn vị nào không gửi xem như thống nhất.",  # what happens behind the deadline
        "Tại cuộc họp ngày 15/3/2025, Chủ tịch UBND tỉnh giao Sở Nội vụ tham mưu.",
        "Lấy ngày 10 tháng 10 hằng năm là Ngày Chuyển đổi số.",
        "Hằng năm, Nhà trường luôn tổ chức hội nghị khoa học.",  # a habit
        "Hằng năm Khoa đều cử giảng viên tham gia tập huấn.",
        "Tham gia hội thi do Nhà trường tổ chức hằng năm.",  # a relative clause
        "Các đơn vị xây dựng kế hoạch tuyển dụng cán bộ hằng năm.",  # an adjective
        "Nâng cao chất lượng các buổi tư vấn tuyển sinh hằng năm.",
    ],
)
def test_no_deadlines(sentence: str) -> None:
    assert phrases(sentence) == []


def test_what_comes_round_under_results_is_told() -> None:
    heading = "I. KẾT QUẢ THỰC HIỆN"
    assert phrases("Hằng quý, các đơn vị báo cáo kết quả về Sở Nội vụ.", heading=heading) == []


def test_a_heading_that_is_a_label_serves_the_time_below_it() -> None:
    assert phrases("03 ngày: 24, 25 và 26 tháng 8 năm 2026.", heading="1. Thời gian tổ chức") == ["26 tháng 8 năm 2026"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Một số đơn vị chưa hoàn thành việc sơ kết trước ngày 30/6/2023.",
        "Theo chỉ đạo của UBND tỉnh tại Thông báo số 45/TB-UBND, các sở phải báo cáo trước ngày 10/11/2023.",
        "Đến nay đã quá hạn nộp hồ sơ trước ngày 15/3/2023.",
    ],
)
def test_an_order_of_the_past_is_marked(sentence: str) -> None:
    assert [one.told_as_past for one in dated(sentence)] == [True]
