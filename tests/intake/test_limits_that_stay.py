"""A limit stays one beside another time, under a heading's, and among words that elsewhere give away other times."""

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import read_directive_text
from tests.intake.test_times_by_their_place import due, read

JUNE, JULY, MAY, END_OF_YEAR = "2025-06-15", "2025-07-15", "2025-05-31", "2025-12-31"


@pytest.mark.parametrize(
    ("items", "count"),
    [
        ("- Yêu cầu các phường gửi báo cáo;\n- Đề nghị các Sở tổng hợp kết quả;\n- Rà soát hồ sơ.", 3),
        (  # a year and a cited day name something; they are no time of the item
            "- Rà soát chỉ tiêu năm 2025;\n- Báo cáo kết quả Nghị quyết số 12-NQ/TW ngày 01/02/2024;\n- Gửi hồ sơ.",
            3,
        ),
        (
            "- Sở Nội vụ rà soát, gửi danh sách:\n+ Cán bộ;\n+ Công chức.\n- Sở Tài chính bố trí kinh phí.",
            2,
        ),
        ("- Sở Nội vụ rà soát:\n+ Lập danh sách;\n+ Gửi hồ sơ.", 2),  # what is listed is done, not what leads it
        ("- Rà soát hồ sơ;\n- Gửi báo cáo trước ngày 20/5/2025.", 1),  # the item's own day goes before the heading's
    ],
)
def test_what_stands_under_a_heading_with_a_time_is_due_by_it(items: str, count: int) -> None:
    assert due(f"1. Trước ngày 15/6/2025:\n{items}").count(JUNE) == count


@pytest.mark.parametrize(
    ("matter", "days"),
    [
        ("1. Hoàn thành khảo sát trong tháng 5 và báo cáo trước ngày 15/6/2025.", [MAY, JUNE]),
        ("1. Tổ chức hội nghị trong quý II gửi kết quả trước ngày 15/7.", ["2025-06-30", JULY]),
        ("1. Người nghỉ hưu trong quý II gửi hồ sơ trước ngày 15/7/2025.", [JULY]),
        ("1. Hoàn thành chốt số liệu, báo cáo kết quả đến Sở trước 15/6/2025.", [JUNE]),
        ("1. Sở tổ chức kiểm tra từ ngày 01/01/2025 đến ngày 31/12/2025.", [END_OF_YEAR]),
        ("1. Đề án mới hoàn thành trước ngày 15/6/2025.", [JUNE]),
        ("1. Đợt trước mới hoàn thành trước ngày 15/02/2025.", []),
        ("1. Các phường nộp hồ sơ vào thời điểm 15/6/2025.", [JUNE]),
        ("1. Sở hoàn thành cấp thẻ, gia hạn giá trị thẻ trước ngày 15/6/2025.", [JUNE]),
        ("1. Sau khi nghe báo cáo, Sở tổ chức thẩm định từ ngày 01/6/2025 đến ngày 15/6/2025.", [JUNE]),
        ("1. Sổ được lập theo từng năm từ ngày 01/01 đến hết ngày 31/12.", []),
        ("1. Bố trí vốn cho các dự án hoàn thành trong năm 2025.", []),
        ("1. Tổng kết đánh giá kết quả thực hiện vào năm 2025.", [END_OF_YEAR]),
        ("1. Giai đoạn đến hết năm 2025, Sở Y tế bàn giao bệnh viện cho phường.", [END_OF_YEAR]),
        ("1. Đến hết năm 2025, tỷ lệ hồ sơ gửi trên mạng đạt 80%.", []),
        ("1. Bảo đảm đến ngày 15/6/2025 hoàn thành 70% khối lượng san nền.", [JUNE]),
        ("1. Yêu cầu lập lại tiến độ, xác định ngày 15/7/2025 là ngày hoàn thành các gói thầu.", [JULY]),
        ("Ngày 26/02/2025, Sở Xây dựng ban hành Kế hoạch tổ chức hội thi cây xanh.", []),
        ("1. Khảo sát lại học sinh vắng mặt theo ca của các ngày 12/5 đến ngày 16/5/2025.", []),
        ("1. Đại hội hoàn thành trước ngày 15/6/20 25.", [JUNE]),  # as scanned
        ("1.2 Học viên đăng ký đề tài 01/6/2025 15/6/2025", [JUNE]),  # columns that lost their bars
        ("1. Đến hết năm 2024, Sở đã bàn giao bệnh viện cho phường.", []),
    ],
)
def test_a_limit_among_words_of_other_times(matter: str, days: list[str]) -> None:
    assert due(matter) == days


def test_sheets_handed_in_every_quarter_are_a_duty() -> None:
    (found,) = [one for one in read("1. Các phường nộp bản tổng hợp định kỳ hằng quý về Sở.") if one.recurrence]
    assert found.rrule == "FREQ=MONTHLY;INTERVAL=3"


@pytest.mark.parametrize("town", ["Từ Sơn", "Từ Liêm", "Hòa An"])
def test_a_town_may_be_called_like_a_word_of_time(town: str) -> None:
    header = read_directive_text(
        f"{town}, ngày 05 tháng 4 năm 2025\nSố: 12/KH-UBND\n\nKẾ HOẠCH\n", default_calendar()
    ).draft.header
    assert header.place is not None
    assert (header.place.value, f"{header.issued_on.value if header.issued_on else None}") == (town, "2025-04-05")


def test_the_day_of_a_page_goes_before_the_year_of_its_headline() -> None:
    page = "Tỉnh A triển khai kế hoạch năm 2024\n\nThứ Ba, 03/6/2025, 10:30\n\n"
    text = f"{page}Sở yêu cầu các phường gửi báo cáo trước ngày 15/6."
    assert [f"{one.due}" for one in read_directive_text(text, default_calendar()).obligations] == [JUNE]


@pytest.mark.parametrize(
    ("matter", "phrase"),
    [
        ("1.\tCác phường gửi báo cáo\ttrước ngày 15/6/2025.", "trước ngày 15/6/2025"),
        ("2.\tCác phường nộp\thồ sơ trước ngày\t15/6/2025.", "trước ngày 15/6/2025"),
    ],
)
def test_a_clause_whose_mark_a_tab_sets_apart_is_no_row(matter: str, phrase: str) -> None:
    (found,) = read(matter)
    assert (found.found.clause, found.found.actors, found.phrase) == (f"II.{matter[0]}", "Các phường", phrase)


@pytest.mark.parametrize(
    "row",
    [
        "| TT | Nội dung | Ghi chú |\n| 1 | Chỉ tiêu thu ngân sách | Năm 2025 tăng 10% so với năm trước |",
        "| TT | Nội dung | Ghi chú |\n| 1 | Giải ngân vốn | Quý I/2025 đã giải ngân 20 tỷ đồng, quá thấp |",
        "| TT | Tỉnh | Số xã trước 01/7/2025 |\n| 1 | Hòa An | 45 |",
        "10/3/2025 | 08:27 | lượt xem: 417",
    ],
)
def test_a_cell_that_tells_what_was_reached_sets_no_day(row: str) -> None:
    assert due(row) == []


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("Thời gian hoàn thành theo kế hoạch | Thời gian báo cáo", ["2025-06-15", "2025-06-20"]),
        ("Thời hạn theo kế hoạch | Thời hạn mới", ["2025-06-20"]),
    ],
)
def test_only_a_new_term_replaces_an_old_one(heading: str, days: list[str]) -> None:
    assert due(f"| TT | Nội dung | {heading} |\n| 1 | Nộp hồ sơ | 15/6/2025 | 20/6/2025 |") == days


@pytest.mark.parametrize(
    ("cell", "day"), [("2030", "2030-12-31"), ("2026 - 2030", "2030-12-31"), ("6/2025", "2025-06-30"), ("45", None)]
)
def test_a_column_of_times_may_leave_the_words_unsaid(cell: str, day: str | None) -> None:
    found = due(f"| TT | Nội dung | Thời hạn hoàn thành |\n| 1 | Xây dựng đề án | {cell} |")
    assert found == ([day] if day else [])


@pytest.mark.parametrize(
    ("matter", "words"),
    [
        ("1. Từ ngày 15/4/2025, các phường làm thủ tục tại quầy và gửi hồ sơ lên mạng.", "Từ ngày 15/4/2025"),
        ("1. Sau ngày 15/4/2025, Sở không nhận hồ sơ khen thưởng của các phường.", None),  # what is over then
        ("1. Từ ngày 01/01/2025, Sở đã tiếp nhận hồ sơ trên mạng.", None),  # what is so
        ("1. Quyết định này có hiệu lực từ ngày 15/4/2025 và được công bố.", None),
        (
            "1. Nếu thiếu thì yêu cầu bổ sung, thời hạn nộp lại là 03 ngày làm việc kể từ ngày nhận được yêu cầu.",
            "thời hạn nộp lại là 03 ngày làm việc kể từ ngày nhận được yêu cầu",
        ),
        (
            "1. Trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ, Sở xem xét cấp giấy phép cho doanh nghiệp.",
            "Trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ",
        ),
    ],
)
def test_what_begins_or_runs_from_an_event_is_listed_without_a_day(matter: str, words: str | None) -> None:
    found = [(one.relative, one.due) for one in read(matter) if one.relative]
    assert found == ([(words, None)] if words else [])


def test_an_article_without_numbers_lists_lengths_of_time_and_no_vague_duties() -> None:
    text = (
        "Doanh nghiệp gửi hồ sơ theo quy định đến Sở Công Thương tỉnh.\n\n"
        "Trong thời hạn 20 ngày kể từ ngày nhận đủ hồ sơ, Sở Công Thương xem xét cấp giấy phép."
    )
    found = read_directive_text(text, default_calendar()).obligations
    assert [one.relative for one in found] == ["Trong thời hạn 20 ngày kể từ ngày nhận đủ hồ sơ"]


@pytest.mark.parametrize(
    ("matter", "action"),
    [
        ("1. Nộp báo cáo 6 tháng (trước 15/6), kèm danh sách.", "Nộp báo cáo, kèm danh sách"),
        ("1. Các phường sửa chữa nhà văn hóa, hoàn thành trước ngày 15/6/2025.", "Các phường sửa chữa nhà văn hóa"),
        ("1. Khu nhà ở số 2 phải hoàn thành trước ngày 15/6/2025.", "Khu nhà ở số 2 phải hoàn thành"),
    ],
)
def test_what_is_done_is_named_without_what_belongs_to_its_time(matter: str, action: str) -> None:
    assert [one.found.action for one in read(matter)] == [action]


@pytest.mark.parametrize(
    ("matter", "found"),
    [
        (
            "1. Nhận hồ sơ:\n\nTừ 07h30 ngày 01/6/2025 đến 16h30 ngày 15/6/2025\n\n2. Tổ chức thi. Ngày 15/7/2025.",
            [("Nhận hồ sơ", JUNE), ("Tổ chức thi", JULY)],
        ),
        ("1. Sở đã tổ chức hội nghị. Ngày 15/02/2025.", []),
        ("1. Thực hiện Kế hoạch số 12/KH-UBND.\n\nNgày 15/6/2025", []),  # a day behind a document is that document's
        (
            "1. Đưa đường dây vào vận hành trong năm 2025 để cấp điện.",
            [("Đưa đường dây vào vận hành để cấp điện", END_OF_YEAR)],
        ),
    ],
)
def test_a_time_that_stands_alone_is_that_of_the_line_above(matter: str, found: list[tuple[str, str]]) -> None:
    assert [(one.found.action, f"{one.due}") for one in read(matter) if one.due] == found
