"""Tells a duty that comes round from what is merely done, held or named every year.

"Hằng năm, các đơn vị báo cáo" asks something; "kế hoạch công tác hằng năm" names a plan, and "hằng năm Trường đều tổ
chức" tells a habit.
"""

import re

from dondoc.intake.distractors import PAST
from dondoc.intake.setting import REACH, Around
from dondoc.intake.verbs import ACTION, REPORTING
from dondoc.intake.wording import Wording, either, words_of

ADJECTIVE_OF = Wording(
    either(
        r"chuyên\s+đề|ngân\s+sách|nhiệm\s+vụ|lễ|phong\s+trào|bình\s+quân|thu\s+nhập|tăng\s+trưởng|công\s+việc|"
        r"quỹ|nhu\s+cầu|lương|phụ\s+cấp|tuất|hoạt\s+động|thường\s+niên|văn\s+bản(?:\s+hướng\s+dẫn)?|kê\s+khai|to[àa]n\s+kho[áa],|trung\s+bình|"
        r"bảo\s+dưỡng|tuyển\s+sinh|tuyển\s+dụng|giao\s+ban|thời\s+gian|tăng|lên|giảm|qua|theo",
        r"\s*\(?$",
    )
    + "|"
    + either(
        r"chương\s+trình|kế\s+hoạch|dự\s+toán|kinh\s+phí|danh\s+mục|đề\s+án|quy\s+hoạch|định\s+mức|số\s+lượng|tỷ\s+lệ|"
        r"chỉ\s+tiêu|phiếu|bản|kỳ\s+thi|trợ\s+cấp|hội\s+nghị|cuộc|đợt|buổi|kết\s+quả|trên\s+cơ\s+sở|căn\s+cứ|thời\s+khóa\s+biểu",
        r"(?:\s+[^\s,;.]+){0,6}\s*\(?$",
    )
)
"""Nouns of which "hằng năm" is an adjective."""
REPORTED_OR_REVIEWED = Wording(words_of("báo cáo|sơ kết|tổng kết|đánh giá|kiểm điểm"))
RELATIVE = Wording(
    either(r"do(?<!\wdo)|mà(?<!\wmà)|bởi(?<!\wbởi)|được(?<!\wđược)(?<!phải được)(?<!cần được)", r"\s[^,;]{2,80}$")
)
"""A clause that says of something how it is done ("do Nhà trường tổ chức hằng năm")."""
HABIT = Wording(r"^[^,;.]{0,40}(?:,[^,;.]{0,80})?(?<!\w)(?:luôn|đều|đã|cũng|còn)\s")
SO_MUCH = Wording(r"\s*(?:phải\s+)?(?:đạt|tăng|giảm)\s")
"""Behind a recurrence: how much is reached each time."""
DESCRIBES = Wording(
    r"thu\s+hút|có\s+(?:trên|hơn|khoảng|gần|hàng|nhiều|\d)|mang\s+lại|đem\s+lại|góp\s+phần|ước\s+tính|trở\s+thành"
)
"""What something does of itself: no order where nothing to do stands before it ("hằng năm có trên 500 sáng kiến")."""
ACCOUNT = Wording(
    r"[\W\d]*(?:(?:trong|qua)\s+)?(?:năm\s+\d{4}|\d{1,2}\s+tháng|qu[ýí]\s+\w+|thời\s+gian\s+qua|(?:những|các)\s+năm\s+qua|"
    r"nhiệm\s+kỳ\s+(?:vừa\s+)?qua)[^.;]{0,160}(?<!\w)(?:đã|vừa)(?!\w)"
)
"""How a sentence begins that tells what was done ("Trong năm 2024, các cấp công đoàn đã …")."""
OWNED = Wording(r"^\s*(?:của|do|đối\s+với|cho\s+thấy|được|là|hoặc|áp\s+dụng)\s")
"""What goes on behind a noun with its adjective ("kết quả tuyển dụng hằng năm cho thấy …")."""
NOT_YET = Wording(words_of("chưa|hiện nay|là một|trở thành"))
NAMES_A_KIND = re.compile(r"\s*(?::|,[^;.:]{0,80}:)")
"""Behind a recurrence that belongs to a name ("Kê khai hằng năm: …")."""
EACH = re.compile(r"(?:từng|mỗi|hằng|hàng)\s", re.IGNORECASE)
PERIODICALLY = re.compile(r"định\s+kỳ|\b(?:vào|chậm|muộn|trước)\b")
NOTHING = (0.0, "no sign of a deadline")

Sign = tuple[float, str]


def recurring(around: Around) -> Sign:
    """Give the confidence that a recurrence is a duty's, and the sign that spoke."""
    plain = around.times.kinds <= {"every", "bare"}
    if plain and (_is_adjective(around) or _is_habit(around) or NAMES_A_KIND.match(around.after)):
        return NOTHING
    if around.before.endswith("theo ") and EACH.match(around.times.phrases[0]):
        return NOTHING
    if not plain and around.times.kinds <= {"every", "month"} and RELATIVE.said_in(around.reach):
        return NOTHING
    if around.acts_before:
        return 0.85, "recurring action"
    return (0.8, "recurrence before an action") if ACTION.said_in(around.after[:200]) else NOTHING


def _is_adjective(around: Around) -> bool:
    """Whether the words belong to a noun or to a relative clause; "định kỳ" or "vào" makes them an adverb again."""
    if PERIODICALLY.search(around.times.cues) or around.opens:
        return False
    noun = ADJECTIVE_OF.said_in(around.before[-60:])
    if noun and noun.group().startswith("kết quả") and REPORTING.said_in(around.clause[: -len(noun.group())]):
        return False  # "báo cáo … kết quả thực hiện hằng năm"
    handed_in = REPORTED_OR_REVIEWED.said_in(around.clause) or REPORTING.said_in(around.clause)
    if noun and not (handed_in and around.times.kinds != {"every"}):
        return True
    return RELATIVE.said_in(around.reach) is not None or OWNED.said_in(around.after) is not None


def _is_habit(around: Around) -> bool:
    """Whether this tells what is so, or was done, every year; an account of the past goes on without its "đã"."""
    behind = around.after[:REACH]
    if NOT_YET.said_in(around.reach) or PAST.said_in(around.clause[-20:]):
        return True
    if REPORTING.said_in(around.reach):
        return False
    if (
        SO_MUCH.opens(behind)
        or HABIT.said_in(behind)
        or (ACCOUNT.opens(around.sentence_before) and not REPORTING.said_in(behind))
    ):
        return True
    described = DESCRIBES.said_in(behind)
    return described is not None and ACTION.said_in(behind, 0, described.start()) is None
