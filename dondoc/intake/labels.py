"""Words that say that a time follows: a label before it ("Thời gian thực hiện: …"), or a field of its own."""

from dondoc.intake.wording import Wording

_BETWEEN = r"\s*(?P<between{}>[^:.;]{{0,40}})$"
LABEL = Wording(
    r"(?:thời\s+(?:gian|hạn|điểm)|hạn\b|tiến\s+độ|lịch|hoàn\s+thành|ngày\s+(?:tổ\s+chức|thi|họp|khai|tựu|bắt|"
    rf"kết))[^:.;]{{0,60}}[:]{_BETWEEN.format('')}|"
    r"(?:đợt|lần|vòng|bước|lớp|buổi|học\s+k[ỳì]|ngày\s+(?:thứ\s+)?\d{1,2}(?=\s*:))\s*[\divx]*[^:.;]{0,40}:"
    rf"{_BETWEEN.format('_number')}|"
    r"thời\s+(?:gian|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức|triển\s+khai|báo\s+cáo|nộp|"
    r"gửi)[^:.;,]{0,40}|\s+là)\s*\(?$"
)
NOT_A_LABEL = Wording(
    r"ban\s+hành|số\s+liệu|(?:ngày|năm|tháng)\s+sinh|hiệu\s+lực|áp\s+dụng\s*:|thời\s+điểm\s+(?:tính|chốt|lấy)"
)
OF_THE_PAGE = Wording(r"(?:^|[\s>])ngày\s*:\s*$|lần\s+cuối|ngày\s+đăng|lượt\s+xem|cập\s+nhật\s*:")
"""What a page says of itself ("Điều chỉnh lần cuối: …")."""
LABEL_OF_A_SECTION = Wording(
    r"(?:^|·\s)[^·\w]*(?:(?:các|những|một\s+số|mốc|khung|kế\s+hoạch)\s+)*(?:thời\s+(?:gian|hạn)|tiến\s+độ|lịch)"
    r"(?:\s+(?:tổ\s+chức|thực\s+hiện|hoàn\s+thành|triển\s+khai|báo\s+cáo|tiến\s+hành|dự\s+kiến|cụ\s+thể)|"
    r",\s+địa\s+điểm|\s+và\s+địa\s+điểm)*(?:(?:\s+[^\W\d]+){0,4}\s*:|[\s:.]*)$"
)
"""A heading that is itself a label ("1. Thời gian tổ chức")."""
TIME_FIELD = Wording(r"[\W\d]*(?:[a-zđ]\)\s*)?(?:thời\s+(?:gian|hạn)|hạn|tiến\s+độ)(?!\w)[^:.;]{0,60}(?::|theo\s)")
"""A field of its own that says when, also in words without a day ("Thời gian: sau khi có …")."""
