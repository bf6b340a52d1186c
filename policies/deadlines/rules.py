"""The rules that turn terms into a decision, in order of precedence, each with its source and examples.

A rule answers with a decision, or None when the phrase is not its business. docs/deadlines.md is made from this table.
"""

from collections.abc import Callable
from dataclasses import dataclass

from policies.deadlines import custom_rules, date_rules, question_rules, recurrence_rules
from policies.deadlines.decision import CIVIL_CODE, PRACTICE, Asked, DueDecision
from policies.deadlines.terms import Terms

SOLAR = f"{CIVIL_CODE}, Đ.145.2: dương lịch"
COUNTING = f"{CIVIL_CODE}, Đ.146.1, Đ.147, Đ.148: không tính ngày đầu"
BY_EVENT = f"{CIVIL_CODE}, Đ.144.2: thời hạn theo sự kiện"
POINTS = f"{CIVIL_CODE}, Đ.146.1, Đ.146.2, Đ.146.3: đầu, giữa, cuối; nửa tháng là 15 ngày"
LUNAR = f"{CIVIL_CODE}, Đ.145.2: âm lịch tra theo bảng"
SCHOOL = "Thông lệ năm học: khai giảng 05/9, kết thúc trước 31/5; khung thời gian do địa phương quyết định từng năm"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it comes from, phrases that it decides, and the function that decides."""

    source: str
    examples: tuple[str, ...]
    decide: Callable[[Terms, Asked, str], DueDecision | None]

    @property
    def name(self) -> str:
        """Its name in words."""
        return self.decide.__name__.replace("_", " ")


RULES: tuple[Rule, ...] = (
    Rule(f"{SOLAR}; không có ngày, tháng, quý này",
         ("trước ngày 30/02/2025", "trong Quý V/2025", "tháng 13/2025"), question_rules.impossible),
    Rule("Ngày để trống trong văn bản", ("ngày … tháng … năm 2025",), question_rules.left_blank),
    Rule("Ngày chốt số liệu (Nghị định 09/2019/NĐ-CP, Đ.12) không phải thời hạn gửi",
         ("số liệu tính đến ngày 15/6/2025", "chốt số liệu ngày 25 tháng báo cáo"), question_rules.of_figures),
    Rule(f"{COUNTING}; hết mỗi kỳ",
         ("chậm nhất 10 ngày sau khi kết thúc quý",), recurrence_rules.after_each_period),
    Rule("Ngày do chính câu tính ra", ("chậm nhất 10 ngày sau ngày bầu cử (tức ngày 25/3/2026)",),
         date_rules.said_again_as_a_date),
    Rule(COUNTING,
         ("trong 05 ngày kể từ ngày 14/02", "15 ngày làm việc kể từ ngày ký", "10 ngày trước ngày 15/6/2025",
          "chậm nhất là mười (10) ngày kể từ ngày ký", "nửa tháng kể từ ngày ký"),
         date_rules.counted_from),
    Rule(BY_EVENT,
         ("nhân dịp kỷ niệm 135 năm (19/5/1890 - 19/5/2025)", "kỷ niệm 96 năm Ngày thành lập Công đoàn Việt Nam",
          "trước lễ 30/4"), custom_rules.on_an_occasion),
    Rule(f"{BY_EVENT}; số năm tính từ văn bản gốc",
         ("sơ kết 03 năm thực hiện Kết luận số 01-KL/TW, ngày 18/5/2021",), custom_rules.at_a_milestone),
    Rule(SCHOOL, ("trong năm học 2024-2025", "định kỳ cuối Học kỳ 1 và cuối Học kỳ 2", "giữa học kỳ",
                  "trước ngày khai giảng năm học 2025-2026"),
         custom_rules.in_the_school_year),
    Rule(LUNAR, ("trước 30 Tết", "trước ngày 10/3 âm lịch", "trong tháng Chạp", "trước Tết Nguyên đán",
                 "chậm nhất 15 ngày trước Tết Nguyên đán", "sau Tết", "trước 25 tháng Chạp năm Bính Ngọ"),
         custom_rules.in_the_lunar_calendar),
    Rule("Mỗi nhiệm vụ một thời hạn", ("trong Quý II/2025 và hằng năm",), question_rules.once_and_again),
    Rule("Định kỳ, mỗi kỳ một ngày (RFC 5545); không nêu ngày: ngày cuối của mỗi kỳ dương lịch",
         ("hằng tháng", "trước ngày 20 của tháng cuối quý", "6 tháng (trước 15/6), năm (trước 15/11)",
          "ngày 10 các tháng 3, 6, 9, 12", "định kỳ trước ngày 15/6 và 15/12", "2 năm một lần",
          "thứ 2, 4, 6 hằng tuần", "ngày làm việc cuối cùng của tháng", "02 lần/ngày (trước 9h00 và 16h00)"),
         recurrence_rules.comes_round),
    Rule("Thời gian thực hiện chung không phải thời hạn của nhiệm vụ",
         ("giai đoạn 2026-2030", "năm 2025 và các năm tiếp theo"),
         question_rules.over_years),
    Rule(f"{PRACTICE}: ngày cuối của khoảng", ("từ ngày 20/8/2025 đến ngày 29/8/2025", "từ 16-20/11/2025"),
         date_rules.from_day_to_day),
    Rule("Ngày bắt đầu không phải ngày đến hạn", ("từ ngày 01/7/2025", "sau ngày 15/6/2025"),
         question_rules.only_a_start),
    Rule(f"{PRACTICE}: tính cả ngày được nêu",
         ("trước ngày 18/10/2025", "chậm nhất trước 14 giờ ngày 02/02/2025", "trước ngày 30/11"), date_rules.on_a_date),
    Rule(f"{PRACTICE}: ngày nêu trong tháng", ("ngày làm việc cuối cùng của tháng 6/2025",),
         date_rules.on_a_day_of_the_month_named),
    Rule("Tuần tính từ ngày của văn bản", ("thứ Sáu tuần này",), date_rules.in_the_documents_own_week),
    Rule("Kỳ không ghi năm đã qua khi văn bản ban hành: hiểu là hằng năm", ("trong Quý I, chậm nhất tháng 01",),
         date_rules.every_year_since_it_has_passed),
    Rule(f"{PRACTICE}: ngày cuối của kỳ cuối", ("từ tháng 3 đến tháng 5/2025", "Quý I, II/2025"),
         date_rules.from_period_to_period),
    Rule("Ngày nêu trong thời hạn thuộc thời hạn, kỳ đứng sau “trước” thì không rõ", ("trước Quý III/2025",),
         date_rules.before_a_period),
    Rule(POINTS, ("cuối tháng 6/2025", "nửa đầu tháng 6/2025", "giữa năm 2025", "vào đầu quý 3/2025"),
         date_rules.at_a_point),
    Rule(f"{PRACTICE}: ngày cuối của kỳ",
         ("trong Quý III/2025", "6 tháng đầu năm 2025", "nửa cuối năm 2025", "trong tháng này"),
         date_rules.within_a_period),
    Rule("Kỳ tính đến hết năm, quý, tháng của văn bản", ("từ nay đến cuối năm",),
         date_rules.until_the_end_of_a_period),
    Rule(f"{COUNTING}; chưa có ngày bắt đầu", ("10 ngày kể từ ngày tiếp nhận", "trong vòng 24 giờ kể từ khi xảy ra"),
         question_rules.of_unknown_start),
    Rule("Thiếu tháng", ("trước ngày 25", "tuần thứ 2"), question_rules.on_a_day_of_no_month),
    Rule(f"{PRACTICE}: “Nhiệm vụ thường xuyên”", ("thường xuyên", "thường xuyên trong năm 2025"),
         question_rules.standing),
    Rule(f"{BY_EVENT} hoặc theo văn bản khác", ("theo quy định", "kịp thời", "đầu quý"), question_rules.vague),
    Rule("Không có quy tắc", ("Tăng cường công tác kiểm tra", "có 3/4 số huyện hoàn thành"), question_rules.unread),
)  # fmt: skip
