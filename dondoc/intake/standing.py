"""Duties without a date: standing ones, and those whose time is said in words that name no day."""

from collections.abc import Sequence
from dataclasses import dataclass

from dondoc.intake.clauses import Heading
from dondoc.intake.verbs import IMPERATIVE_HEAD, REPORTING
from dondoc.intake.wording import Wording, either

_DAYS = r"\s+\d{1,3}\s+ngày[^,;.]{0,60}"
_AN_EVENT = r"\s+[^,;.]{3,60}"
VAGUE = Wording(
    r"định\s+kỳ(?:\s*[:,]?\s*(?:đầu|giữa|cuối)\s+(?:tháng|qu[ýí]|năm|học\s+k[ỳì]))?|đột\s+xuất|"
    r"theo\s+(?:đúng\s+)?quy\s+định|đúng\s+(?:thời\s+(?:gian|hạn)|tiến\s+độ)\s+quy\s+định|"
    rf"theo\s+yêu\s+cầu{_AN_EVENT}|"
    + either("trong|ngay", r"\s+(?:tuần|tháng|quý)\s+này")
    + rf"|sau\s+khi\s+có{_AN_EVENT}|"
    + either("hằng|hàng", r"\s+(?:ngày|tuần)")
    + rf"|ngay\s+(?:khi|sau\s+khi){_AN_EVENT}|"
    + either(r"báo\s+cáo|thông\s+báo|phản\s+ánh", r"\s+ngay")
    + rf"|từ\s+khi{_AN_EVENT}\s+đến\s+khi{_AN_EVENT}|"
    + either("trước|sau", _DAYS)
    + "|"
    + either(r"trước\s+ngày|trước\s+khi|sau\s+ngày|sau\s+khi", r"\s+[^\d,;.]{3,60}?" + _DAYS)
    + rf"|sớm\s+nhất(?:\s+có\s+thể)?(?!\s+\d)|(?:chậm|ít)\s+nhất(?:\s+là)?{_DAYS}|"
    + either(r"trong\s+thời\s+hạn|trong\s+vòng|thời\s+hạn|vòng|trong", _DAYS)
    + "|"
    + either("đầu|giữa|cuối", r"\s+(?:tháng|qu[ýí]|năm|học\s+k[ỳì])(?:\s+[\divx/]+)?")
    + r"|khi\s+có\s+(?:yêu\s+cầu|vướng\s+mắc|phát\s+sinh)|kịp\s+thời"
)
STANDING = Wording(r"thường\s+xuyên(?!\w)")
AIMS = Wording(r"mục\s+đích|yêu\s+cầu|mục\s+tiêu|quan\s+điểm|kết\s+quả\s+thực\s+hiện|đề\s+cương|nhận\s+xét|kinh\s+phí")
DUTIES = Wording(r"tổ\s+chức\s+thực\s+hiện|nhiệm\s+vụ|nội\s+dung|giải\s+pháp|phân\s+công|trách\s+nhiệm")
TIME_FIELD = Wording(r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:thời\s+(?:gian|hạn)|hạn|tiến\s+độ)(?!\w)[^:.;]{0,60}(?::|theo\s)")
"""A field of its own that says when, in words without a day ("Thời gian: sau khi có …")."""
MUST = Wording(either("phải|cần", r"\s+(?:\S+\s+){0,2}?(?:hoàn\s+thành|thực\s+hiện|nộp|gửi|kê\s+khai)(?!\w)"))
SHORTEST_DUTY = 30
"""Characters; less says nothing that could be followed up."""


@dataclass(frozen=True, slots=True)
class StandingDuty:
    """A duty without a date, with the vague words of time if there are any."""

    relative: str | None
    confidence: float
    signs: tuple[str, ...]


def standing_duty(sentence: str, lower: str, above: Sequence[Heading]) -> StandingDuty | None:
    """Tell whether a sentence without a date lays a duty on somebody; `lower` is the sentence in lower case."""
    orders, reports = IMPERATIVE_HEAD.opens(lower), REPORTING.said_in(lower)
    orders = orders or TIME_FIELD.opens(lower) or MUST.said_in(lower)
    if len(sentence) < SHORTEST_DUTY or (not orders and not reports):
        return None
    headings = " · ".join(heading.words[:120] for heading in above)
    if AIMS.search(headings):
        return None
    vague, standing = VAGUE.said_in(lower), STANDING.said_in(lower)
    words = " ".join(sentence[slice(*vague.span())].split()) if vague else None
    if words and reports:
        return StandingDuty(words, 0.6, ("report without a day",))
    if words and orders and not standing:
        return StandingDuty(words, 0.45, ("duty without a day",))
    if orders and DUTIES.search(headings):
        return StandingDuty("thường xuyên" if standing else None, 0.4, ("standing duty",))
    return None
