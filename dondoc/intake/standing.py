"""Duties without a date: standing ones, and those whose time is said in words that name no day."""

import re
from dataclasses import dataclass

from dondoc.intake.above import Above
from dondoc.intake.labels import TIME_FIELD
from dondoc.intake.verbs import ACTION, IMPERATIVE_HEAD, REPORTING
from dondoc.intake.wording import Wording, either
from models.schemas.drafts import Span

_DAYS = r"\s+\d{1,3}\s+(?:ngày|giờ|phút|tháng|tuần)(?!\w)[^,;.]{0,60}"
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
    + rf"|sớm\s+nhất(?:\s+có\s+thể)?(?!\s+\d)|chậm\s+nhất(?:\s+là)?{_DAYS}|ít\s+nhất(?:\s+là)?{_DAYS}|"
    + either(r"trong\s+thời\s+hạn|trong\s+vòng|thời\s+hạn|vòng|trong|thời\s+hạn\s[^\d,;.]{3,60}?\slà", _DAYS)
    + "|"
    + either("đầu|giữa|cuối", r"\s+(?:tháng|qu[ýí]|năm|học\s+k[ỳì])(?:\s+[\divx/]+)?")
    + r"|khi\s+có\s+(?:yêu\s+cầu|vướng\s+mắc|phát\s+sinh)|kịp\s+thời"
)
STANDING = Wording(r"thường\s+xuyên(?!\w)")
MUST = Wording(
    either("phải|cần", r"\s+(?:\S+\s+){0,2}?(?:hoàn\s+thành|thực\s+hiện|nộp|gửi|kê\s+khai|được)(?!\w)")
    + r"|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm"
)
COUNTED = Wording(
    either("trong|trước|sau|nhất|quá|vòng|hạn|là", r"\s+(?:ít\s+nhất\s+|là\s+)?\d{1,3}\s+(?:ngày|giờ|phút)(?!\w)")
)
"""A length of time that runs from an event; with an action beside it, something is to be done in it."""
TOLD = Wording(f"{MUST.pattern}|{REPORTING.pattern}")
"""One look for both, which most sentences do not pass."""
LENGTH = re.compile(r"[0-9]\s+(?:ngày|giờ|phút)(?!\w)")
SHORTEST_DUTY = 30
"""Characters; less says nothing that could be followed up."""


@dataclass(frozen=True, slots=True)
class StandingDuty:
    """A duty without a date, with the vague words of time if there are any."""

    relative: str | None
    """The vague words, or a length of time."""
    confidence: float
    signs: tuple[str, ...]

    @property
    def is_counted(self) -> bool:
        """Whether a length of time says when ("trong thời hạn 30 ngày kể từ ngày nhận đủ hồ sơ")."""
        return self.relative is not None and LENGTH.search(self.relative) is not None


def standing_duty(text: str, lower: str, part: Span, above: Above) -> StandingDuty | None:
    """Tell whether a part of a sentence without a date lays a duty on somebody; `lower` is the text in lower case."""
    start, end = part
    if end - start < SHORTEST_DUTY or above.aims:
        return None
    orders = IMPERATIVE_HEAD.opens(lower, start, end) or TIME_FIELD.opens(lower, start, end)
    counted = LENGTH.search(lower, start, end) and COUNTED.said_in(lower, start, end)
    if not orders and not counted and TOLD.said_in(lower, start, end) is None:
        return None
    orders = orders or MUST.said_in(lower, start, end) or (counted and ACTION.said_in(lower, start, end))
    reports = REPORTING.said_in(lower, start, end)
    vague, standing = VAGUE.said_in(lower, start, end), STANDING.said_in(lower, start, end)
    words = " ".join(text[slice(*vague.span())].split()) if vague else None
    if words and reports:
        return StandingDuty(words, 0.6, ("report without a day",))
    if words and orders and not standing:
        return StandingDuty(words, 0.45, ("duty without a day",))
    if orders and above.duties:
        return StandingDuty("thường xuyên" if standing else None, 0.4, ("standing duty",))
    return None
