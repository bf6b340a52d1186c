"""How surely a time is a deadline, by the way it stands: a bound, a period, a span, a day of an event, a recurrence."""

import re
from collections.abc import Callable

from dondoc.intake.distractors import PAST
from dondoc.intake.labels import OF_THE_PAGE
from dondoc.intake.recurring_signs import recurring
from dondoc.intake.setting import NEAR, Around
from dondoc.intake.symbols import SYMBOL, TYPE_WORDS
from dondoc.intake.verbs import ACTION, COMPLETION, EVENT, IMPERATIVE_HEAD
from dondoc.intake.wording import Wording, words_of
from models.schemas.drafts import TimeRole

ATTRIBUTE = Wording(
    r"(?:(?<!phải )(?<!cần )(?:được|đã|đang|bị)\s+(?:\S+\s+){0,3}|(?:sinh|nghỉ\s+hưu|phát\s+sinh|xảy\s+ra|"
    r"tuyển\s+dụng|công\s+tác|có|"
    r"người|đối\s+tượng|nhập\s+ngũ|ký\s+kết|trường\s+hợp)\s+(?:từ\s+)?)$"
)
BORN_OR_HAPPENED = Wording(
    r"(?<!\w)(?:sinh|sinh\s+ngày|tuyển\s+dụng|nhập\s+ngũ|phát\s+sinh|xảy\s+ra|ban\s+hành)\s*\(?$"
)
AFTER_HEARING = Wording(r"sau\s+khi\s+(?:nghe|xem\s+xét)(?!\w)")
"""How a body tells what was before it when it decided."""
BY_YEARS = Wording(r"theo\s+(?:từng|mỗi)\s+năm\s+$")
"""Before the first and last day of what is counted ("số vào sổ theo từng năm từ ngày 01/01 đến hết ngày 31/12")."""
WHEN_IT_MET = Wording(r"(?:hội\s+nghị|đại\s+hội|kỳ\s+họp|phiên\s+họp|khóa|khoá)\s[^,;()]{0,40}\($")
"""Behind the name of a meeting, in brackets: when that was."""
WHICH_ONES = Wording(r"^\s*(?:thì|tiếp\s+tục|không|vẫn|được|có|là|chưa|đã|chỉ)\s")
"""What goes on behind a bound that tells which are meant ("văn bản ban hành trước ngày … tiếp tục có hiệu lực")."""
ORDERED = Wording(words_of("phải|cần|yêu cầu|đề nghị|giao|hoàn thành|xong|chậm nhất|báo cáo|nộp|gửi"))
AFTER_IT = re.compile(r"^\s*(?:sau|quá)\b")
"""What happens when the time is over is no deadline of its own."""
DAY_OF_COMPLETION = Wording(r"\s*là\s+ngày\s+(?:hoàn\s+thành|kết\s+thúc)")
"""Behind a day: that it is the one of completion ("xác định ngày 19/12/2025 là ngày hoàn thành …")."""
ISSUED_THEN = Wording(rf",[^,;.]{{3,90}}?\sban\s+hành\s+(?:{TYPE_WORDS.lower()})")
"""Behind a day: who issued what on it ("Ngày 26/8/2022, Liên đoàn tỉnh ban hành Kế hoạch …")."""
AT_A_MEETING = Wording(r"(?:^|[,;]\s*)\W*tại\s+(?:cuộc|phiên|kỳ|buổi|hội\s+nghị|đại\s+hội)(?!\w)[^,;]*$")
DONE = Wording(
    r"(?<!\w)(?:đã|vừa|từng|không\s+thể|chưa\s+thể)\s+(?:(?:được|cơ\s+bản|kịp\s+thời|chính\s+thức|xuất\s+sắc)\s+)*$"
)
JUST_DONE = Wording(r"(?<!\w)mới\s+$")
"""Done of late, or the end of what is new ("ký túc xá mới hoàn thành trước ngày …"): the date tells."""
NOMINAL = Wording(r"(?:việc|công\s+tác|kết\s+quả|tiến\s+độ)\s+$")
"""Behind such a noun the verb is only named: "hoàn thành việc sắp xếp"."""
TITLE_TO_A_YEAR = Wording(
    r"(?:chiến\s+lược|quy\s+hoạch|đề\s+án|chương\s+trình|tầm\s+nhìn|định\s+hướng|nghị\s+quyết|kế\s+hoạch)[^.;]*$"
)
NOUN_OF_PERIOD = Wording(
    r"(?:các|những)\s+(?:tháng|quý|năm|mùa)[^,;()]{0,40}\($|"
    r"(?:lễ(?:\s+lớn)?|sự\s+kiện|số\s+liệu|tình\s+hình|nổi\s+bật|phát\s+sinh|(?<!bộ )chính\s+trị|lịch\s+sử|"
    r"của\s+ngành)[^,;]{0,12}$"
)
OF_WHOM = Wording(r"\s*(?:của\s|(?:cụ\s+thể\s+)?như\s+sau)")
"""Behind a period: whose plan or work of that period it is, or that its times are listed below."""
NOUN_OF_WORK = Wording(r"(?:hoạt\s+động|chuyên\s+đề|mô\s+hình)[^,;]{0,12}$")
"""Such work has a period of its own ("chuyên đề Quý II"), unless it is what must be completed in the period."""
CITATION = re.compile(rf"(?:{SYMBOL}|(?i:{TYPE_WORDS}|văn\s+bản|thông\s+báo|biên\s+bản)\b[^;.]{{0,160}}?)\s*,?\s*\(?$")
DOCUMENT_WORD = Wording(rf"(?:{TYPE_WORDS.lower()}|văn\s+bản|kèm\s+theo)\b")
CUE_OF_WITHIN = re.compile(r"\b(?:trong|nội|ngay|cả|vào|dự\s+kiến|tuần|chậm|trước|đầu|giữa|cuối)\b")
CARRIES_OUT = Wording(r"(?:triển\s+khai|thực\s+hiện|bổ\s+sung|trình)\s+$")
LIMIT_SAID = Wording(r"chậm\s+nhất|muộn\s+nhất|trễ\s+nhất|hạn\s+cuối")
"""A limit said before what is to be done ("chậm nhất gửi báo cáo về … ngày 23/3/2026")."""
THOSE_WHO = Wording(words_of("người|đối tượng|trường hợp|những|đơn vị có|tập thể|cá nhân") + "|:")
"""Nouns of which a year says which are meant ("lập danh sách người dừng tham gia trong năm 2025")."""
INSIDE = re.compile(r"\b(?:trong|cả)\b")
REVIEWED = Wording(r"(?:sơ|tổng)\s+kết\s[^,;.]{0,60}$")
"""What is reviewed in a year ("tổng kết đánh giá kết quả thực hiện vào năm 2030")."""
OF_WHAT_IS_COMPLETED = Wording(r"(?:cho|của|với)\s+các\s+(?:\S+\s+){1,3}hoàn\s+thành\s*$")
"""Not to be completed, but named by it ("vốn cho các dự án hoàn thành trong năm 2025")."""
AT_AN_END = re.compile(r"cuối|giữa")
ON_A_DAY = re.compile(r"\b(?:vào|lúc|dự\s+kiến)\b")
ENDS_IN_COMPLETION = Wording(r"(?:hoàn\s+thành|diễn\s+ra|dự\s+kiến|xong)\s*$")
SCHEDULED = Wording(
    rf"[\W\d]*(?:[a-zđ]\)\s*)?(?:(?:lễ|buổi|hội\s+nghị|thời\s+gian|ngày)\s+)?(?:{EVENT.pattern})[^:;.]{{0,60}}:[^:.]{{0,120}}$"
)
"""An event set before a colon, and behind it who or where ("Tựu trường: khối 9 ngày …; khối 6 ngày …")."""
NAMED_BEFORE = re.compile(r"\w[^:;.]{1,80}:\s*\(?$")
FEWEST_WORDS = 4
"""Words before a time that are taken for something to do, where no verb of the lists is among them."""
REACH_OF_AN_ACTION = "reach of an action"
"""Till when something goes on ("kéo dài đến 31/3/2024"): only a day to come is meant so."""
DAY_OF_A_SCHEDULE = "day of a schedule"
NOTHING = (0.0, "no sign of a deadline")
UNSAID = (0.0, "no verb of the lists")
OF_WHAT_WAS = "of what may have been"

Sign = tuple[float, str]


def sign_of(around: Around) -> Sign:
    """Give the confidence that the time is a deadline, 0 if it is none, and the sign that spoke."""
    once = around.times.role is not TimeRole.EVERY
    if once and _is_done(around, DONE):
        return NOTHING
    sign = _JUDGES[around.times.role](around)
    sign = _of_what_is_said(around) if sign is UNSAID else sign
    if sign[0] and once and _is_done(around, JUST_DONE):
        return NOTHING if around.year_only else (0.5, OF_WHAT_WAS)
    return sign


def _is_done(around: Around, done: Wording) -> bool:
    """Whether the action that governs the time is told as done ("đã hoàn thành trong quý I")."""
    starts = [found.start() for found in ACTION.said_often_in(around.reach)]
    starts = [start for start in starts if not NOMINAL.said_in(around.reach[max(start - NEAR, 0) : start])]
    return bool(starts) and done.said_in(around.reach[max(starts[-1] - NEAR, 0) : starts[-1]]) is not None


def _bound(around: Around) -> Sign:
    if around.times.kinds <= {"school"}:
        return _within(around)
    if (around.year_only or not around.firm) and not _completes_by(around):
        return _reach(around)
    if AFTER_IT.match(around.times.cues) or _tells_which(around):
        return NOTHING
    if ATTRIBUTE.said_in(around.before[-40:]) and not COMPLETION.said_in(around.before[-40:]):
        return 0.5, OF_WHAT_WAS
    if around.acts_before:
        return 0.95, "bound of an action"
    return (0.85, "bound before an action") if ACTION.said_in(around.after) else UNSAID


def _reach(around: Around) -> Sign:
    """Judge an end that no limit sets: a year at the latest, or the day till which something goes on."""
    if around.year_only:
        latest = LIMIT_SAID.said_in(around.times.cues) and _says_something(around)
        latest = latest or (around.firm and len(around.before) <= NEAR and _is_told_to_act(around.after))
        return (0.6, "a year at the latest") if latest else NOTHING
    goes_on = around.times.kinds <= {"date", "clock"} and around.acts_before and around.ends
    return (0.5, REACH_OF_AN_ACTION) if goes_on else NOTHING


def _is_told_to_act(behind: str) -> bool:
    """Whether an order follows behind a comma ("Đến hết năm 2025, Bộ bàn giao …")."""
    order = behind[: 2 * NEAR] if behind.startswith(",") else ""
    return ACTION.said_in(order) is not None and PAST.said_in(order) is None


def _tells_which(around: Around) -> bool:
    """Whether the bound belongs to a noun: behind it, without a comma, the sentence says something of that noun."""
    return WHICH_ONES.said_in(around.after) is not None and ORDERED.said_in(around.reach) is None


def _completes_by(around: Around) -> bool:
    """Whether something is finished by then; "đến năm 2030" alone belongs to a strategy's title, or is a goal."""
    if COMPLETION.said_in(around.clause if around.firm else around.clause[-NEAR:]) is not None:
        return around.firm or not around.year_only or not TITLE_TO_A_YEAR.said_in(around.before)
    if not around.year_only and COMPLETION.opens(around.after.lstrip()):
        return True
    reach = 120 if around.firm else 0 if around.year_only else 40
    return around.opens and COMPLETION.said_in(around.after[:reach]) is not None


def _within(around: Around) -> Sign:
    if around.times.kinds <= {"school"}:
        acts = around.acts_before or ACTION.said_in(around.after) is not None
        return (0.6, "school term") if acts and AT_AN_END.search(around.times.cues) else NOTHING
    if _belongs_to_a_noun(around):
        return NOTHING
    ends = around.after[:1] in {")", ",", ";"}
    in_brackets = around.before.rstrip(" ").endswith("(") and ends and around.acts_before
    if around.year_only:
        return _within_year(around, in_brackets=in_brackets)
    if CUE_OF_WITHIN.search(around.times.cues):
        return _within_cued(around)
    if in_brackets:
        return 0.8, "period in brackets"
    return (0.7, "period of completion") if ENDS_IN_COMPLETION.said_in(around.before) else NOTHING


def _belongs_to_a_noun(around: Around) -> bool:
    """Whether the period says which events, or whose plan ("lộ trình trong năm 2025 của các cơ quan")."""
    close = around.before[-30:]
    if OF_WHOM.opens(around.after) or NOUN_OF_PERIOD.said_in(close):
        return True
    return NOUN_OF_WORK.said_in(close) is not None and not COMPLETION.said_in(around.clause)


def _within_year(around: Around, *, in_brackets: bool) -> Sign:
    if not INSIDE.search(around.times.cues):
        reviewed = "vào" in around.times.cues and REVIEWED.said_in(around.clause)
        return (0.6, "review in a year") if reviewed else NOTHING
    if OF_WHAT_IS_COMPLETED.said_in(around.before[-NEAR:]):
        return NOTHING
    if in_brackets or COMPLETION.said_in(around.clause):
        return 0.8, "completion within a year"
    works = COMPLETION.said_in(around.near) or CARRIES_OUT.said_in(around.near)
    if works and around.ends and "trong" in around.times.cues:
        return 0.6, "work within a year"
    orders = IMPERATIVE_HEAD.opens(around.before) and THOSE_WHO.said_in(around.before) is None
    if around.ends and orders and "trong" in around.times.cues:
        return 0.55, "order within a year"
    behind = around.after[:160]
    orders = around.opens and behind.startswith(",") and ACTION.said_in(behind) is not None and not PAST.said_in(behind)
    return (0.6, "year before an action") if orders else NOTHING


def _within_cued(around: Around) -> Sign:
    if around.acts_before:
        return 0.9, "period of an action"
    behind = around.after[:200]
    opens = around.opens and ACTION.said_in(behind) is not None and not PAST.said_in(behind[:NEAR])
    return (0.75, "period before an action") if opens else UNSAID


def _range(around: Around) -> Sign:
    if PAST.said_in(around.near) or BORN_OR_HAPPENED.said_in(around.near) or WHEN_IT_MET.said_in(around.near):
        return NOTHING
    if around.before.endswith("của các ") or AFTER_HEARING.said_in(around.clause) or BY_YEARS.said_in(around.near):
        return NOTHING
    if around.acts_before or ACTION.said_in(around.times.cues):
        return 0.85, "span of an action"
    behind = around.after[:160]
    opens = around.opens and ACTION.said_in(behind) is not None and not PAST.said_in(behind)
    return (0.75, "span before an action") if opens else UNSAID


def _event_day(around: Around) -> Sign:
    before, cues = around.before, around.times.cues
    told = PAST.said_in(before) or PAST.said_in(around.after[:NEAR]) or AT_A_MEETING.said_in(around.reach)
    issued = around.opens and ISSUED_THEN.opens(around.after) is not None
    if told or issued or cues.strip().startswith("sau"):
        return NOTHING
    if (LIMIT_SAID.said_in(around.clause) and around.acts_before) or DAY_OF_COMPLETION.opens(around.after):
        return 0.85, "bound said beside it"
    on = ON_A_DAY.search(cues) is not None
    events = (ACTION if on else EVENT).finditer(before)
    last_event = max((found.end() for found in events), default=0)
    if CITATION.search(around.printed[-200:]) and not (last_event and on):
        return NOTHING
    if SCHEDULED.match(around.sentence_before):
        return 0.75, DAY_OF_A_SCHEDULE
    last_document = max((found.end() for found in DOCUMENT_WORD.said_often_in(before)), default=0)
    if last_event and (last_event > last_document or on):
        return (0.8, "day of an event") if on else (0.65, "day behind an event")
    opens = around.opens and EVENT.said_in(around.after[:NEAR]) is not None
    unsaid = UNSAID if last_document == 0 and (on or not last_event) else NOTHING
    return (0.6, "day before an event") if opens else unsaid


def _says_something(around: Around) -> bool:
    return len(around.before.split()) >= FEWEST_WORDS


def _of_what_is_said(around: Around) -> Sign:
    """Take a time that ends what is said before it: no list of verbs holds all that can be asked.

    Behind a colon it says when what is named before the colon is done ("Cấp trường: trước 10/11").
    """
    if PAST.said_in(around.before):
        return NOTHING
    if NAMED_BEFORE.search(around.before) and (around.firm or around.ends) and not around.year_only:
        return NOTHING if OF_THE_PAGE.said_in(around.near) else (0.6, DAY_OF_A_SCHEDULE)
    if not _says_something(around):
        return NOTHING
    role, cues = around.times.role, around.times.cues
    if role is TimeRole.BOUND:
        return (0.55, "bound of what is said") if around.firm else NOTHING
    set_apart = {
        TimeRole.WITHIN: True,
        TimeRole.RANGE: "date" in around.times.kinds,
        TimeRole.EVENT_DAY: ON_A_DAY.search(cues) is not None or ACTION.said_in(around.before) is not None,
    }
    return (0.5, "time of what is said") if around.ends and set_apart.get(role) else NOTHING


_JUDGES: dict[TimeRole, Callable[[Around], Sign]] = {
    TimeRole.BOUND: _bound,
    TimeRole.WITHIN: _within,
    TimeRole.RANGE: _range,
    TimeRole.EVENT_DAY: _event_day,
    TimeRole.EVERY: recurring,
}
