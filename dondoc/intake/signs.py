"""Tells a deadline from other times by the words around it.

Citations, anniversaries, terms of office, targets, validity, forecasts and orders of the past are no deadlines. The
signs that spoke are kept with the answer.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from dondoc.intake.symbols import SYMBOL, TYPE_WORDS
from dondoc.intake.time_words import TimeWords
from dondoc.intake.verbs import ACTION, COMPLETION, EVENT
from dondoc.intake.wording import Wording
from models.schemas.drafts import Span, TimeRole

LABEL = Wording(
    r"(?:thời\s+(?:gian|hạn|điểm)|hạn\b|tiến\s+độ|lịch|hoàn\s+thành|ngày\s+(?:tổ\s+chức|thi|họp|khai|tựu|bắt|"
    r"kết))[^:.;]{0,60}[:]\s*\(?$|"
    r"(?:đợt|lần|vòng|bước|lớp|buổi|học\s+k[ỳì])\s*[\divx]*[^:.;]{0,30}:\s*\(?$|"
    r"thời\s+(?:gian|hạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức|triển\s+khai|báo\s+cáo|nộp|"
    r"gửi)[^:.;,]{0,40}|\s+là)\s*\(?$"
)
NOT_A_LABEL = Wording(r"ban\s+hành|số\s+liệu|sinh|hiệu\s+lực|áp\s+dụng\s*:")
ANNIVERSARY = Wording(r"kỷ\s+niệm|ngày\s+(?:thành\s+lập|sinh|mất|truyền\s+thống|giải\s+phóng)|quốc\s+khánh|nhân\s+dịp")
NAMED_DAY = re.compile(r"\b[Nn]gày\s+[A-ZĐ][^,;.]{0,60}\($")
TERM_OF_OFFICE = Wording(r"(?:nhiệm\s+kỳ|giai\s+đoạn|thời\s+kỳ|khóa|khoá|niên\s+độ|tầm\s+nhìn)\s*(?:từ\s+)?$")
VALIDITY = Wording(r"hiệu\s+lực|áp\s+dụng\s+(?:kể\s+)?từ|thay\s+thế|bãi\s+bỏ|hết\s+hạn|tham\s+gia\s+từ")
FORECAST = Wording(
    r"\btính\s*$|dự\s+báo|xuất\s+hiện|mưa\s|bão\s|số\s+liệu\s+(?:tính\s+)?đến|tính\s+đến|tính\s+từ|so\s+với|cùng\s+kỳ"
)
ATTRIBUTE = Wording(
    r"(?:(?<!phải )(?<!cần )(?:được|đã|đang|bị)\s+(?:\S+\s+){0,3}|(?:sinh|nghỉ\s+hưu|phát\s+sinh|xảy\s+ra|"
    r"tuyển\s+dụng|công\s+tác|có|"
    r"người|đối\s+tượng|nhập\s+ngũ|ký\s+kết|trường\s+hợp)\s+(?:từ\s+)?)$"
)
PAST_ORDER = Wording(
    r"\b(?:đã|từng)\s+(?:có\s+(?:công\s+văn|văn\s+bản|ý\s+kiến)|giao|yêu\s+cầu|chỉ\s+đạo|đề\s+nghị|ban\s+hành|"
    r"quy\s+định|thống\s+nhất|hướng\s+dẫn)"
)
PAST = Wording(r"\b(?:đã|vừa|hôm\s+nay|sáng\s+nay)\b")
RESULT = Wording(r"^[\W\d]*(?:kết\s+quả|năm\s+\d{4})\b")
TARGET = Wording(r"\d\s*%|\bđạt\b|phấn\s+đấu\s+(?:đến|có|tăng|giảm)|tăng\s+trưởng|chỉ\s+tiêu|≥|\btầm\s+nhìn|trở\s+lên")
TARGET_HEADING = Wording(r"(?:^|·\s)(?:một\s+số\s+|các\s+)?(?:mục\s+tiêu|chỉ\s+tiêu|tầm\s+nhìn|quan\s+điểm)")
TITLE_TO_A_YEAR = Wording(
    r"(?:chiến\s+lược|quy\s+hoạch|đề\s+án|chương\s+trình|tầm\s+nhìn|định\s+hướng|nghị\s+quyết|kế\s+hoạch)[^.;]*$"
)
RESULTS_HEADING = Wording(
    r"kết\s+quả\s+(?:đạt|thực\s+hiện)|tình\s+hình\s+(?:thực|chung)|đánh\s+giá\s+chung|ưu\s+điểm|hạn\s+chế,"
)
ADJECTIVE_OF = Wording(
    r"(?:chuyên\s+đề|chương\s+trình(?:\s+công\s+tác)?|kế\s+hoạch|ngân\s+sách|dự\s+toán|chỉ\s+tiêu|nhiệm\s+vụ|lễ|"
    r"phong\s+trào|bình\s+quân|"
    r"thu\s+nhập|tăng\s+trưởng|công\s+việc|quỹ|kinh\s+phí|nhu\s+cầu|hoạt\s+động|thường\s+niên|văn\s+bản(?:\s+hướng\s+dẫn)?|kê\s+khai|to[àa]n\s+kho[áa],|danh\s+mục|"
    r"trung\s+bình|bảo\s+dưỡng)\s*\(?$"
)
NOUN_OF_PERIOD = Wording(
    r"(?:lễ(?:\s+lớn)?|sự\s+kiện|hoạt\s+động|số\s+liệu|tình\s+hình|chuyên\s+đề|nổi\s+bật|phát\s+sinh|mô\s+hình|"
    r"chính\s+trị|lịch\s+sử|của\s+ngành)"
    r"[^,;]{0,12}$"
)
CITATION = re.compile(rf"(?:{SYMBOL}|(?i:{TYPE_WORDS}|văn\s+bản|thông\s+báo|biên\s+bản)\b[^;.]{{0,160}}?)\s*,?\s*\(?$")
DOCUMENT_WORD = Wording(rf"(?:{TYPE_WORDS.lower()}|văn\s+bản|kèm\s+theo)\b")
FIRM = re.compile(r"hết|trước|chậm|muộn|trễ|hạn|xong|không\s+quá")
CUE_OF_WITHIN = re.compile(r"\b(?:trong|nội|ngay|cả|vào|tuần|chậm|trước|đầu|giữa|cuối)\b")
NAMES_A_KIND = re.compile(r"\s*(?::|,[^;.:]{0,80}:)")
"""Behind a recurrence that belongs to a name ("Kê khai hằng năm: …")."""
COLON_BEHIND = re.compile(r"\s*(?:\([^()]*\)\s*)?:")
OF_WHAT_WAS = "of what may have been"
ENDS_IN_COMPLETION = Wording(r"(?:hoàn\s+thành|diễn\s+ra|dự\s+kiến|xong)\s*$")
NOTHING = (0.0, "no sign of a deadline")
AT_HEAD = re.compile(r"^[\W\d]*(?:[a-zđ]\)|[IVX]{1,5}[.)])?\W*$")
"""Nothing but the mark of a clause stands before."""
NEAR = 60
"""Characters before a time in which its governing words stand."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a time stands: the text, its sentence, the part of it between semicolons, and the headings above."""

    text: str
    sentence: Span
    part: Span
    headings: str
    at_head: bool
    """The time opens its clause ("+ Quý I: …")."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a time is a deadline, how surely, by which signs; told_as_past: an earlier order is quoted."""

    is_deadline: bool
    confidence: float
    signs: tuple[str, ...]
    told_as_past: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """A time with the words before and behind it in its part of the sentence."""

    times: TimeWords
    before: str
    after: str
    headings: str
    label: bool

    @property
    def near(self) -> str:
        return self.before[-NEAR:]

    @property
    def year_only(self) -> bool:
        return self.times.kinds <= {"year", "school_year"}


def judge(times: TimeWords, setting: Setting) -> Judgement:
    """Judge one time in its sentence."""
    before = setting.text[setting.part[0] : times.span[0]]
    after = setting.text[times.span[1] : setting.part[1]]
    label = _has_label(times, before, after, at_head=setting.at_head)
    around = _Around(times, before, after, setting.headings, label)
    stopped = next((name for name, stops in _STOPS if stops(around)), None)
    if stopped:
        return Judgement(is_deadline=False, confidence=0.0, signs=(stopped,))
    confidence, sign = (0.95, "label") if label else _JUDGES[times.role](around)
    told = (
        sign is OF_WHAT_WAS
        or RESULT.match(before) is not None
        or PAST_ORDER.search(setting.text[setting.sentence[0] : times.span[0]]) is not None
    )
    return Judgement(confidence > 0, confidence, (sign,), told)


def _has_label(times: TimeWords, before: str, after: str, *, at_head: bool) -> bool:
    found = LABEL.search(before[-NEAR - 40 :])
    if found and not NOT_A_LABEL.search(found.group()):
        return True
    heads = at_head and AT_HEAD.match(before) is not None and COLON_BEHIND.match(after) is not None
    return heads and times.role is not TimeRole.EVERY and not times.kinds <= {"school"}


def _is_term(around: _Around) -> bool:
    return TERM_OF_OFFICE.search(around.near) is not None


def _is_anniversary(around: _Around) -> bool:
    if NAMED_DAY.search(around.near.rstrip()):
        return True
    return ANNIVERSARY.search(around.near) is not None and not COMPLETION.search(around.before[-30:])


def _is_validity(around: _Around) -> bool:
    return VALIDITY.search(around.near) is not None and around.times.role is not TimeRole.EVERY


def _is_result(around: _Around) -> bool:
    return RESULTS_HEADING.search(around.headings) is not None and PAST.search(around.before) is not None


def _is_target(around: _Around) -> bool:
    under_targets = TARGET_HEADING.search(around.headings) is not None
    if around.year_only and under_targets:
        return True
    if around.label or not (around.year_only or re.search(r"\bđến\b", around.times.cues)):
        return False
    return bool(under_targets or TARGET.search(around.after[:120]) or TARGET.search(around.near))


def _is_forecast(around: _Around) -> bool:
    return not around.label and FORECAST.search(around.near) is not None


def _bound(around: _Around) -> tuple[float, str]:
    if around.times.kinds <= {"school"}:
        return _within(around)
    firm = FIRM.search(around.times.cues) is not None
    if (around.year_only or not firm) and not _completes_by(around, firm=firm):
        return NOTHING
    if ATTRIBUTE.search(around.before[-40:]) and not COMPLETION.search(around.before[-40:]):
        return 0.5, OF_WHAT_WAS
    if ACTION.search(around.before):
        return 0.95, "bound of an action"
    return (0.85, "bound before an action") if ACTION.search(around.after) else NOTHING


def _completes_by(around: _Around, *, firm: bool) -> bool:
    """Whether something is finished by then; "đến năm 2030" alone belongs to a strategy's title, or is a goal."""
    clause = _last_comma(around.before)
    if COMPLETION.search(clause if firm else clause[-NEAR:]) is not None:
        return firm or not around.year_only or not TITLE_TO_A_YEAR.search(around.before)
    reach = 120 if firm else 0 if around.year_only else 40
    return AT_HEAD.match(around.before) is not None and COMPLETION.search(around.after[:reach]) is not None


def _within(around: _Around) -> tuple[float, str]:
    acts_before = ACTION.search(around.before) is not None
    if around.times.kinds <= {"school"}:
        acts = acts_before or ACTION.search(around.after) is not None
        return (0.6, "school term") if acts and re.search(r"cuối|giữa", around.times.cues) else NOTHING
    if NOUN_OF_PERIOD.search(around.before[-30:]):
        return NOTHING
    in_brackets = around.before.rstrip(" ").endswith("(") and around.after[:1] in {")", ",", ";"} and acts_before
    if around.year_only:
        return _within_year(around, in_brackets=in_brackets)
    if CUE_OF_WITHIN.search(around.times.cues):
        return _within_cued(around, acts_before=acts_before)
    if in_brackets:
        return 0.8, "period in brackets"
    return (0.7, "period of completion") if ENDS_IN_COMPLETION.search(around.before) else NOTHING


def _within_year(around: _Around, *, in_brackets: bool) -> tuple[float, str]:
    if not re.search(r"\b(?:trong|cả)\b", around.times.cues):
        return NOTHING
    if in_brackets or COMPLETION.search(_last_comma(around.before)):
        return 0.8, "completion within a year"
    behind = around.after[:160]
    opens = AT_HEAD.match(around.before) is not None and behind.startswith(",")
    orders = opens and ACTION.search(behind) is not None and not PAST.search(behind)
    return (0.6, "year before an action") if orders else NOTHING


def _within_cued(around: _Around, *, acts_before: bool) -> tuple[float, str]:
    if acts_before:
        return 0.9, "period of an action"
    opens = ACTION.search(around.after[:200]) is not None and AT_HEAD.match(around.before) is not None
    return (0.75, "period before an action") if opens else NOTHING


def _range(around: _Around) -> tuple[float, str]:
    if PAST.search(around.near):
        return NOTHING
    if ACTION.search(around.before) or ACTION.search(around.times.cues):
        return 0.85, "span of an action"
    opens = ACTION.search(around.after[:160]) is not None and AT_HEAD.match(around.before) is not None
    return (0.75, "span before an action") if opens else NOTHING


def _event_day(around: _Around) -> tuple[float, str]:
    before, cues = around.before, around.times.cues
    if PAST.search(before) or PAST.search(around.after[:NEAR]) or cues.strip().startswith("sau"):
        return NOTHING
    on = re.search(r"\bvào\b", cues) is not None
    last_event = max((found.end() for found in EVENT.finditer(before)), default=0)
    last_document = max((found.end() for found in DOCUMENT_WORD.finditer(before)), default=0)
    if CITATION.search(before[-200:]) and not (last_event and on):
        return NOTHING
    if last_event and (last_event > last_document or on):
        return (0.8, "day of an event") if on else (0.65, "day behind an event")
    opens = AT_HEAD.match(before) is not None and EVENT.search(around.after[:NEAR]) is not None
    return (0.6, "day before an event") if opens else NOTHING


def _every(around: _Around) -> tuple[float, str]:
    plain = around.times.kinds <= {"every", "bare"}
    if plain and (ADJECTIVE_OF.search(around.before[-40:]) or PAST.search(around.before[-20:])):
        return NOTHING
    if plain and NAMES_A_KIND.match(around.after):
        return NOTHING
    if ACTION.search(around.before):
        return 0.85, "recurring action"
    return (0.8, "recurrence before an action") if ACTION.search(around.after[:200]) else NOTHING


def _last_comma(before: str) -> str:
    return before[max(before.rfind(","), 0) :]


_STOPS: tuple[tuple[str, Callable[[_Around], bool]], ...] = (
    ("a beginning only", lambda around: around.times.opens_only),
    ("a term of office or a stage", _is_term),
    ("an anniversary", _is_anniversary),
    ("validity", _is_validity),
    ("results told", _is_result),
    ("a target", _is_target),
    ("a forecast or a count", _is_forecast),
)
_JUDGES: dict[TimeRole, Callable[[_Around], tuple[float, str]]] = {
    TimeRole.BOUND: _bound,
    TimeRole.WITHIN: _within,
    TimeRole.RANGE: _range,
    TimeRole.EVENT_DAY: _event_day,
    TimeRole.EVERY: _every,
}
