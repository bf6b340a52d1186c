"""Verbs and nouns by which directives give orders: what makes a sentence with a time in it a duty."""

from dondoc.intake.wording import Wording, either, words_of

ACTIONS = words_of(
    "hoàn thành|hoàn thiện|hoàn chỉnh|hoàn tất|kết thúc|xong|báo cáo|gửi|nộp|ban hành|xây dựng|"
    "triển khai|thực hiện|"
    "đăng ký|lập|rà soát|tổng hợp|thống kê|cập nhật|công bố|công khai|niêm yết|phê duyệt|thẩm định|thẩm tra|"
    "giải quyết|xử lý|khắc phục|"
    "bàn giao|kê khai|khai mạc|khai giảng|tựu trường|bế giảng|diễn ra|tiến hành|đề xuất|tham mưu|phối hợp|chuẩn bị|"
    "kiểm tra|giám sát|"
    "đánh giá|sơ kết|tổng kết|biểu dương|khen thưởng|tuyên truyền|phát động|đưa|thông báo|cung cấp|chia sẻ|ký|"
    "vận động|thanh toán|"
    "quyết toán|giải ngân|bố trí|thành lập|kiện toàn|bầu|lấy ý kiến|xin ý kiến|cho ý kiến|góp ý|trao|xét|duyệt|"
    "tuyển|quán triệt|học tập|sinh hoạt|"
    "khởi công|khánh thành|nghiệm thu|rút kinh nghiệm|nghiên cứu|hướng dẫn|đôn đốc|chỉ đạo|lựa chọn|giới thiệu|cử|"
    "phân công|họp|"
    "tập huấn|bồi dưỡng|phổ biến|đẩy mạnh|tăng cường|duy trì|theo dõi|phát hành|nhập|chuyển|trả lời|phản hồi|"
    "phúc đáp|ghi danh|bình xét|"
    "kiểm điểm|sắp xếp|hợp nhất|sáp nhập|tiếp nhận|khảo sát|điều tra|thi|chấm|nhận|tham gia|hưởng ứng|cam kết|"
    "phấn đấu|khẩn trương|"
    "đầu tư|thi công|vận hành|mua sắm|đấu thầu|kiểm kê|đối chiếu|chốt|tiêm|hỗ trợ|chi trả|thăm|tặng|viếng|treo|"
    "bắt đầu|bảo đảm|đảm bảo|mở hệ thống|mở cổng|mở lớp|mở đợt|đóng hệ thống|đóng cổng|bổ sung|điều chỉnh|"
    "số hóa|số hoá|khám|phát lệnh|phát phiếu|lắp đặt|gặp mặt|đào tạo|tích hợp|bình chọn|chấm dứt|di dời|"
    "lồng ghép|mở chuyên mục|mở rộng|đăng tải|phát sóng|kéo dài|sửa đổi"
)
ORGANISE = r"t(?<!\wt)ổ\s+chức(?!\w|\s+(?:có|liên\s+quan|chính\s+trị|xã\s+hội|và|cá\s+nhân|công\s+đoàn|đảng|đoàn|nêu))"
"""The verb; with these words behind it, it is the noun."""
SUBMIT = (
    r"trình(?<!\wtrình)(?<!lộ trình)(?<!chương trình)(?<!quy trình)(?<!quá trình)(?<!giáo trình)(?<!công trình)"
    r"(?<!tờ trình)(?<!tiến trình)(?<!hành trình)(?!\w)"
)
"""The verb; behind these words it is a part of a noun."""
ACTION = Wording(rf"{ORGANISE}|{SUBMIT}|{ACTIONS}")
COMPLETION = Wording(
    words_of(
        "hoàn thành|hoàn thiện|hoàn tất|xong|kết thúc|vào vận hành|vào sử dụng|vào khai thác|đóng điện|dứt điểm|"
        "ban hành|khởi công|khánh thành|thông qua|phê duyệt"
    )
    + f"|{SUBMIT}"
)
EVENT = Wording(
    words_of(
        "tổ chức|khai mạc|khai giảng|tựu trường|bế giảng|diễn ra|tiến hành|bắt đầu|họp|phát động|ra quân|khởi công|"
        "khánh thành|có mặt|tập trung|đồng loạt|treo|viếng|dự kiến|hoàn thành|công bố|nộp|gửi|triển khai|trao"
    )
)
REPORTING = Wording(either(r"báo\s+cáo|gửi|nộp|phản\s+ánh|thông\s+tin|đăng\s+ký", r"(?!\w)"))
RELAYING = Wording(
    either(
        r"xây\s+dựng|ban\s+hành|lập|cụ\s+thể\s+hóa|cụ\s+thể\s+hoá",
        r"\s+(?:và\s+ban\s+hành\s+|các\s+)?(?:kế\s+hoạch|chương\s+trình|hướng\s+dẫn|văn\s+bản|việc\s+triển\s+khai)",
    )
)
ADOPTION = Wording(r"phải\s+được\s+(?:\S+\s+){0,2}?(?:thông\s+qua|phê\s+duyệt)|khi\s+được\s+thông\s+qua")
IMPERATIVE_HEAD = Wording(
    rf"[\W\d]*(?:[a-zđ]\)\s*)?(?:(?:thường\s+xuyên|kịp\s+thời|tiếp\s+tục|chủ\s+động|khẩn\s+trương|tích\s+cực|định\s+kỳ|nghiêm\s+túc|"
    rf"kiên\s+quyết)\s+)*"
    rf"(?:{ORGANISE}|{SUBMIT}|{ACTIONS}|cụ\s+thể\s+hóa|phát\s+huy|đề\s+cao|nâng\s+cao|đổi\s+mới|giao|"
    rf"quan\s+tâm|căn\s+cứ|tạo|gắn)(?!\w)"
)
