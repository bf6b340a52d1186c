"""What is to be done: the action without its time, what it yields, to whom and through whom it is reported."""

import re

from dondoc.intake.bodies import BODY
from dondoc.intake.wording import Wording, either
from models.vocabulary import Deliverable

LEAD_IN = re.compile(
    r"[\s\-–+•*.,;:()]*(?:[A-Za-zĐđ]\)\s*|\d{1,2}(?:\.\d{1,2})*[.)]\s*|[IVXivx]{1,5}[.)]\s*|"
    r"\((?:\d{1,2}|[IVXivx]+)\)\s*)?(?:(?:[Nn]hiệm\s+vụ|[Nn]ội\s+dung|NHIỆM\s+VỤ|NỘI\s+DUNG)\s*:\s*)?"
    r"(?:[Vv]à|[Đđ]ồng\s+thời|[Tt]rong\s+đó)?[\s,:]*"
)
EMPTY_BRACKETS = re.compile(r"\s*\(\s*\)")
LEFT_OF_THE_TIME = re.compile(r"\s*,\s*(?:(?:và|phải|cần|đảm\s+bảo|bảo\s+đảm)\s+)*(?:hoàn\s+thành|xong)$")
"""What is left where the time is taken out ("…, hoàn thành trong tháng 10/2025")."""
LONGEST_ACTION = 400
KINDS = {
    Deliverable.REGISTRATION: r"đăng\s+ký|ghi\s+danh|bình\s+xét",
    Deliverable.PLAN: (
        either(r"xây\s+dựng|ban\s+hành|lập|hoàn\s+thành", r"\s+(?:\S+\s+){0,4}?(?:kế\s+hoạch|chương\s+trình)")
        + r"|chương\s+trình\s+công\s+tác"
    ),
    Deliverable.REPORT: r"báo\s+cáo|thống\s+kê|tổng\s+hợp\s+(?:kết\s+quả|số\s+liệu)",
    Deliverable.REVIEW: r"sơ\s+kết|tổng\s+kết|đánh\s+giá|kiểm\s+điểm",
    Deliverable.INSPECTION: r"kiểm\s+tra|giám\s+sát|thanh\s+tra",
    Deliverable.STUDY: (r"học\s+tập|quán\s+triệt|sinh\s+hoạt|tập\s+huấn|nghiên\s+cứu\s+(?:nội\s+dung|chuyên\s+đề)"),
    Deliverable.EVENT: (
        r"tổ\s+chức|khai\s+mạc|khai\s+giảng|biểu\s+dương|khen\s+thưởng|hội\s+nghị|đại\s+hội|phát\s+động|trao"
    ),
}
"""What is yielded, by its words."""
KIND = {kind: Wording(words) for kind, words in KINDS.items()}
ANY_KIND = Wording("|".join(KINDS.values()))
"""One look for all of them; which it was is asked of what was found."""
REGULARLY = Wording(r"\W*(?:tổng\s+hợp|định\s+kỳ|thống\s+kê)")
STOP = (
    r"(?=\s*(?:\(|,|;|\.|$|để\s|trước\s|chậm\s|trong\s|vào\s|theo\s|định\s+kỳ|kết\s+quả|qua\s|thông\s+qua|"
    r"về\s+(?:kết|tình|việc)|xem\s+xét|[“\"]))"
)
_SENT = either("gửi|nộp|báo\\s+cáo|trình|chuyển|phản\\s+ánh", r"(?:\s+[^,;.()]{0,110}?)?\s+(?:về|cho|đến|tới|lên)")
TO = re.compile(
    rf"(?:{_SENT}|báo\s+cáo|trình|gửi|xin\s+ý\s+kiến|về)\s+(?P<to>(?:các\s+)?{BODY}[^,;.()“”\"]{{0,110}}?){STOP}",
)
THROUGH = re.compile(r"qua\s+(?P<through>(?!đó|các\s+hình|việc)[^,;.()]{3,110}(?:,\s*[A-ZĐ][^,;.()]{3,60})?)\)?")
BODY_HEAD = re.compile(rf"(?:các\s+)?{BODY}")


def action_of(words: str, time: str = "") -> str:
    """Give the action in a stretch of a sentence, without the words of time and without marks at its head."""
    plain = words.replace(time, " ") if time else words
    plain = " ".join(plain.split())
    lead_in = LEAD_IN.match(plain)
    plain = plain[lead_in.end() :] if lead_in else plain
    plain = EMPTY_BRACKETS.sub("", plain) if "(" in plain else plain
    plain = plain.replace(" ,", ",").rstrip(" ,;:.-–/")
    plain = LEFT_OF_THE_TIME.sub("", plain) if plain.endswith(("thành", "xong")) else plain
    return plain.strip(" ,;:.-–/")[:LONGEST_ACTION].rstrip()


def deliverable_of(lower: str) -> Deliverable:
    """Give what an action, in lower case, yields, by the word that stands first."""
    found = ANY_KIND.said_in(lower)
    if found is None:
        return Deliverable.OTHER
    if REGULARLY.opens(lower) and KIND[Deliverable.REPORT].said_in(lower):
        return Deliverable.REPORT
    return next(kind for kind, words in KIND.items() if words.opens(lower, found.start(), found.end()))


def report_to(words: str) -> tuple[str | None, str | None]:
    """Give to whom the result goes, and through whom."""
    qua = THROUGH.finditer(words) if "qua " in words else ()
    through = next((found for found in qua if BODY_HEAD.match(found["through"].strip())), None)
    to = None
    for found in TO.finditer(words):
        to = found
    return (
        " ".join(to["to"].split()) if to else None,
        " ".join(through["through"].split()) if through else None,
    )
