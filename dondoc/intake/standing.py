"""Duties without a date: standing ones, and those whose time is said in words that name no day."""

from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.intake.clauses import Heading
from dondoc.intake.verbs import IMPERATIVE_HEAD, REPORTING
from dondoc.intake.wording import Wording

VAGUE = Wording(
    r"định\s+kỳ(?:\s*[:,]?\s*(?:đầu|giữa|cuối)\s+(?:tháng|qu[ýí]|năm|học\s+k[ỳì]))?|đột\s+xuất|"
    r"theo\s+(?:đúng\s+)?quy\s+định|đúng\s+(?:thời\s+(?:gian|hạn)|tiến\s+độ)\s+quy\s+định|theo\s+yêu\s+cầu\s+[^,;.]{3,60}|"
    r"(?:trong|ngay)\s+(?:tuần|tháng|quý)\s+này|sau\s+khi\s+có\s+[^,;.]{3,60}|"
    r"(?:hằng|hàng)\s+(?:ngày|tuần)|ngay\s+(?:khi|sau\s+khi)\s+[^,;.]{3,60}|(?:báo\s+cáo|thông\s+báo|phản\s+ánh)\s+ngay|"
    r"từ\s+khi\s+[^,;.]{3,60}\s+đến\s+khi\s+[^,;.]{3,60}|(?:trước|sau)\s+\d{1,3}\s+ngày(?:\s+làm\s+việc)?[^,;.]{0,60}|"
    r"chậm\s+nhất\s+(?:là\s+)?\d{1,3}\s+ngày[^,;.]{0,60}|(?:trong\s+)?(?:thời\s+hạn|vòng|trong)\s+\d{1,3}\s+ngày[^,;.]{0,60}|"
    r"(?:đầu|giữa|cuối)\s+(?:tháng|qu[ýí]|năm|học\s+k[ỳì])(?:\s+[\divx/]+)?|khi\s+có\s+(?:yêu\s+cầu|vướng\s+mắc|phát\s+sinh)|kịp\s+thời"
)
STANDING = Wording(r"thường\s+xuyên(?!\w)")
AIMS = Wording(r"mục\s+đích|yêu\s+cầu|mục\s+tiêu|quan\s+điểm|kết\s+quả\s+thực\s+hiện|đề\s+cương|nhận\s+xét|kinh\s+phí")
DUTIES = Wording(r"tổ\s+chức\s+thực\s+hiện|nhiệm\s+vụ|nội\s+dung|giải\s+pháp|phân\s+công|trách\s+nhiệm")
TIME_FIELD = Wording(r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:thời\s+(?:gian|hạn)|hạn|tiến\s+độ)(?!\w)[^:.;]{0,60}(?::|theo\s)")
"""A field of its own that says when, in words without a day ("Thời gian: sau khi có …")."""
MUST = Wording(r"(?:phải|cần)\s+(?:\S+\s+){0,2}?(?:hoàn\s+thành|thực\s+hiện|nộp|gửi|kê\s+khai)(?!\w)")
SHORTEST_DUTY = 30
"""Characters; less says nothing that could be followed up."""


@dataclass(frozen=True, slots=True)
class StandingDuty:
    """A duty without a date, with the vague words of time if there are any."""

    relative: str | None
    confidence: float
    signs: tuple[str, ...]


def standing_duty(sentence: str, above: Sequence[Heading]) -> StandingDuty | None:
    """Tell whether a sentence without a date lays a duty on somebody."""
    headings = " · ".join(heading.words[:120] for heading in above)
    if len(sentence) < SHORTEST_DUTY or AIMS.search(headings):
        return None
    orders, reports = IMPERATIVE_HEAD.match(sentence), REPORTING.search(sentence)
    orders = orders or TIME_FIELD.match(sentence) or MUST.search(sentence)
    if not orders and not reports:
        return None
    vague, standing = VAGUE.search(sentence), STANDING.search(sentence)
    words = " ".join(sentence[slice(*vague.span())].split()) if vague else None
    if words and reports:
        return StandingDuty(words, 0.6, ("report without a day",))
    if words and orders and not standing:
        return StandingDuty(words, 0.45, ("duty without a day",))
    if orders and DUTIES.search(headings):
        return StandingDuty("thường xuyên" if standing else None, 0.4, ("standing duty",))
    return None
