"""The time words of a text: each date, month, quarter or recurrence with the cues before it ("chậm nhất là ngày 15/6").

What belongs together is put together in time_words.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dondoc.intake.wording import Wording, any_of
from models.schemas.drafts import Span

_SLASH = r"\s?[/.\-–]\s?"
_CALENDAR_YEAR = r"(?:\s*[/\-–]\s*\d{4}(?!\d)|\.\d{4}(?!\d)|\s*,?\s+năm\s+\d{4}(?!\d))"
_OTHER_YEAR = (
    r"(?:\s+(?:của\s+)?năm\s+(?:nay|này|sau|tới|trước|(?:liền\s+)?kế\s+tiếp|liền\s+kề|tiếp\s+theo|báo\s+cáo)(?!\w)"
    r"(?:\s+(?:của\s+)?(?:năm|kỳ)\s+báo\s+cáo(?!\w))?)"
)
_YEAR_BEHIND = rf"(?:{_CALENDAR_YEAR}|{_OTHER_YEAR})"
_MONTHS_OF_A_YEAR = rf"(?:(?:\s*(?:[,\-–]|và|đến)\s*(?:0?[1-9]|1[0-2])){{1,4}}{_CALENDAR_YEAR})"
_QUARTERS_OF_A_YEAR = rf"(?:(?:\s*(?:[,\-–]|và|đến)\s*(?:iv|i{{1,3}}|[1-4])){{1,3}}{_CALENDAR_YEAR})"
"""Months that share the year behind the last ("tháng 7, 8 năm 2026")."""
_MONTH_NAME = r"(?:\d{1,2}|giêng|chạp|mười\s+(?:một|hai)|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)"
_EACH = r"(?:hằng|hàng|mỗi|từng)"
_COUNT = r"(?:0?[369]|sáu|chín|ba)"
CUES = {
    "bound": r"hạn\s+cuối(?:\s+cùng)?|hạn\s+chót|thời\s+hạn|chậm\s+nhất|muộn\s+nhất|trễ\s+nhất|không\s+quá|"
    r"trước(?:\s+hết|\s?:)?|đến\s+hết|hết|xong",
    "within": r"trong(?:\s+khoảng)?(?:\s+thời\s+gian)?(?=\s+tháng)|trong|(?<!hà )nội|ngay|cả|dịp",
    "from": r"(?:(?:trong\s+)?(?:khoảng\s+)?thời\s+gian\s+)?(?:bắt\s+đầu\s+)?(?:kể\s+)?từ(?:\s+nay)?|sau(?:\s+khi)?",
    "to": r"đến|tới|kết\s+thúc",
    "on": r"vào|lúc|là|khoảng|dự\s+kiến",
    "point": r"định\s+kỳ|tuần\s+[1-5](?=\s+(?:của\s+)?tháng\s+\d)|"
    r"(?:tuần|ngày|thứ\s+\w+|chủ\s+nhật|thời\s+điểm|hạ\s+tuần|trung\s+tuần|thượng\s+tuần)"
    r"(?=\s+(?:cuối|đầu|thứ|tháng|ngày|từ))|tuần|đầu|giữa|cuối(?:\s+cùng)?(?:\s+của)?|nửa\s+(?:đầu|cuối)|"
    r"thứ\s+(?:nhất|hai|ba|tư|[1-5])|của",
}
CORES = {
    "clock": r"\d{1,2}\s?(?:giờ|g(?=\d|\b)|h(?=\d|\b))\s?(?:\d{2}(?:\s?(?:phút|['’]))?|['’])?",
    "date": rf"(?:ngày\s+)?\d{{1,2}}{_SLASH}\d{{1,2}}{_SLASH}(?:\d{{4}}|20\s\d{{2}})(?!\d)|"
    rf"ngày\s+\d{{1,2}}\s+tháng\s+{_MONTH_NAME}(?:\s*,?\s+năm\s+\d{{4}}|{_OTHER_YEAR})?|"
    rf"\d{{1,2}}\s+tháng\s+\d{{1,2}}\s*,?\s+năm\s+\d{{4}}(?!\d)"
    rf"|(?:ngày\s+\d{{1,2}}\s?[/.]\s?\d{{1,2}}(?![\d/]|\s?[/.]\s?\d)|"
    rf"ngày\s+\d{{1,2}}-(?:1[0-2]|0?[1-9])(?![\d/\-]|\s+tháng)|"
    rf"(?<![\d/.,])\d{{1,2}}/\d{{1,2}}(?![\d/%]|[,.]\d)){_OTHER_YEAR}?",
    "day": rf"ngày\s+\d{{1,2}}(?=\s*(?:{_EACH}|của|tháng|các\s+tháng|đến|tới|[-–]|và|,|\d|định\s+kỳ|[).;]|$))|"
    rf"\d{{1,2}}(?=\s*[-–]\s*\d{{1,2}}/\d)|(?:(?<=trước )|(?<=nhất )|(?<=nhất là ))\d{{1,2}}(?=\s+{_EACH}\s+tháng)",
    "last_day": r"ngày\s+(?:làm\s+việc\s+)?(?:đầu\s+tiên|cuối\s+cùng)\s+(?:của\s+)?(?:mỗi\s+|hằng\s+|"
    r"hàng\s+)?(?:tháng|qu[ýí]|năm)(?!\s+\d)",
    "week": r"ngày\s+làm\s+việc\s+(?:đầu|cuối)(?:\s+(?:tiên|cùng))?",
    "every": rf"(?:{_EACH}|định\s+kỳ)\s+(?:ngày|tuần|tháng|qu[ýí]|{_COUNT}\s+tháng|nửa\s+năm|năm(?!\s+\d))",
    "interval": r"(?:\d{1,2}|một|hai|ba|sáu)\s+(?:ngày|tuần|tháng|qu[ýí]|năm)(?:\s*/\s*|\s+(?:0?1|một)\s+)lần|"
    r"(?:\d{1,2}|một)\s+lần\s*/\s*(?:(?:0?1|một)\s+)?(?:ngày|tuần|tháng|qu[ýí]|năm)",
    "cycle": r"tháng\s+(?:cuối|đầu|liền\s+kề|sau|tiếp\s+theo|kế\s+tiếp)(?:\s+(?:cùng|"
    r"tiên))?(?:\s+(?:của\s+)?(?:mỗi\s+)?(?:qu[ýí]|kỳ))?",
    "half_year": rf"{_COUNT}\s+tháng\s+(?:đầu|cuối)\s+(?:của\s+)?(?:năm\s*)?\s*\d{{4}}",
    "half": rf"{_COUNT}\s+tháng(?:\s+(?:đầu|cuối)(?:\s+năm)?)?(?:\s*[/\-–]\s*\d{{4}}|\s+năm\s+\d{{4}}|\s+\d{{4}})?",
    "month": rf"(?:các\s+)?tháng\s+{_MONTH_NAME}(?!\s*tháng)(?:{_MONTHS_OF_A_YEAR}|{_YEAR_BEHIND})?(?![\d/])",
    "quarter": rf"qu[ýí]\s*(?:iv|i{{1,3}}|v\b|[1-4](?![\d.]|,\d))(?!\w)(?:{_QUARTERS_OF_A_YEAR}|{_YEAR_BEHIND})?",
    "school_year": r"năm\s+học\s+\d{4}\s*[-–]\s*\d{4}",
    "school": r"học\s+k[ỳì]\s*(?:i{1,3}|[123])(?!\w)",
    "years": r"năm\s+\d{4}\s*[-–]\s*\d{4}(?!\d)",
    "year": r"năm\s+\d{4}(?!\d|\s*[-–]\s*\d{4})",
    "bare": r"(?<!hai )(?:tháng|qu[ýí]|(?:cả\s+|(?:0?1|một)\s+)?năm)(?=\s*(?:[,;.)]|và\s|báo\s+cáo|\(|$))|"
    r"(?:(?<=tháng, )|(?<=quý, )|(?<=quí, ))(?:qu[ýí]|năm)(?=\s+[^\W\d]{2})"
    r"(?!\s+(?:học|nay|này|sau|tới|trước|i{1,3}|iv)(?!\w))",
}
CORE_HEADS = "ngày|hằng|hàng|mỗi|từng|định|các|tháng|hai|sáu|chín|ba|quý|quí|năm|học|cả|một"
CUE_HEADS = (
    "hạn|thời|chậm|muộn|trễ|không|trước|đến|hết|xong|trong|nội|ngay|cả|dịp|bắt|kể|từ|sau|tới|kết|vào|lúc|là|khoảng|dự|"
    "định|tuần|ngày|thứ|chủ|hạ|trung|thượng|đầu|giữa|cuối|nửa|của"
)
"""How cores and cues begin: it tells most words apart before each is tried."""
ATOM = Wording(
    rf"(?<!\w)(?=\d|{any_of(f'{CUE_HEADS}|{CORE_HEADS}')})(?P<cues>(?:(?:"
    + "|".join(CUES.values())
    + rf")\s+){{0,6}})(?=\d|{any_of(CORE_HEADS)})(?:"
    + "|".join(f"(?P<{name}>{core})" for name, core in CORES.items())
    + r")(?!\w)"
)
_UNIT = r"\s+(?:ngày|tuần|nửa|năm)"
SPEAKS_OF_TIME = Wording(
    rf"{'|'.join('0123456789')}|tháng|quý\b|quí\b|hằng{_UNIT}|hàng{_UNIT}|mỗi{_UNIT}|từng{_UNIT}|định\s+kỳ{_UNIT}|một\s+lần|lần\s*/"
)
"""What stands in every time; most sentences have none of it. Each branch begins with a letter, which is fastest."""


class Atom(NamedTuple):
    """One time word with the cues before it."""

    kind: str
    cues: str
    span: Span
    core: Span

    def cue(self, name: str) -> bool:
        """Whether a cue of this family stands before it."""
        return _CUE[name].search(self.cues) is not None


def atoms_between(lower: str, start: int, end: int) -> Iterator[Atom]:
    """Give the time words of a stretch of a text in lower case."""
    for match in ATOM.said_often_in(lower, start, end):
        kind = match.lastgroup or ""
        yield Atom(kind, match["cues"], match.span(), match.span(kind))


_CUE = {name: Wording(rf"(?<!\w)(?:{cue})(?!\w)") for name, cue in CUES.items()}
