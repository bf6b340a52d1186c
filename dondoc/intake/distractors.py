"""Times that are no deadlines whatever stands beside them: each kind by the words that give it away.

Terms of office, anniversaries, validity, results, targets, forecasts, and the period that figures cover.
"""

import re
from collections.abc import Callable

from dondoc.intake.setting import NEAR, Around
from dondoc.intake.verbs import ACTION, COMPLETION
from dondoc.intake.wording import Wording, either, words_of
from models.schemas.drafts import TimeRole

ANNIVERSARY = Wording(
    r"kỷ\s+niệm|ngày\s+(?:thành\s+lập|sinh|mất|truyền\s+thống|giải\s+phóng)|quốc\s+khánh|nhân\s+dịp|chào\s+mừng"
)
NAMED_DAY = re.compile(r"\b[Nn]gày\s+(?:[A-ZĐ][^,;.]{0,60}[\s(]\(?|[“\"][^”\"]{2,60}[”\"]\s*\(?)$")
MADE_A_NAMED_DAY = Wording(r"\s*là\s+ngày\s+(?!hoàn\s+thành|kết\s+thúc)")
TERM_OF_OFFICE = Wording(either(r"nhiệm\s+kỳ|giai\s+đoạn|thời\s+kỳ|khóa|khoá|niên\s+độ|tầm\s+nhìn", r"\s*(?:từ\s+)?$"))
VALIDITY = Wording(
    r"hiệu\s+lực|thời\s+gian\s+(?:tham\s+gia|hưởng|công\s+tác|bảo\s+hành)|giá\s+trị\s+(?:sử\s+dụng|thẻ)|"
    r"áp\s+dụng\s+(?:kể\s+)?từ|thay\s+thế|bãi\s+bỏ|hết\s+hạn|tham\s+gia\s+từ"
)
FORECAST = Wording(
    r"tính(?<!\wtính)\s*$|dự\s+báo|xuất\s+hiện|có\s+(?:mưa|bão|gió|nắng)|đợt\s+mưa|trận\s+mưa|bão\s+số|số\s+liệu\s+(?:tính\s+)?đến|tính\s+đến|tính\s+từ|so\s+với|cùng\s+kỳ|"
    r"lũy\s+kế"
)
COVERED = Wording(
    either(
        r"số\s+liệu|kỳ\s+báo\s+cáo|kỳ\s+thống\s+kê|thời\s+điểm|chốt|mốc",
        r"(?:\s+(?:\S+\s+){0,5}|\s*[:(]\s*)$",
    )
    + "|"
    + either(r"kết\s+quả|tình\s+hình|thành\s+tích", r"\s+(?:[^,;.]{0,60}\s)?$")
)
"""What a report is about, not when it is due ("số liệu từ 15/12/2024 đến 14/6/2025")."""
COUNTED_TO = Wording(
    r"(?:thời\s+(?:gian|điểm)\s+)?(?:chốt|lấy|mốc)\s+(?:số|dữ)\s+liệu[^;.]{0,80}(?:tính|được|từ|đến|là|:)[^;.]{0,12}$"
)
AT_THE_MOMENT = Wording(r"thời(?<!vào thời)\s+điểm\s+$")
"""What is counted or weighed as it stands then ("kiểm kê tài sản thời điểm 0h00 ngày …")."""
AGE = Wording(r"độ\s+tuổi|tính\s+tuổi|ngày,?\s+tháng,?\s+năm\s+sinh")
PAST = Wording(words_of("đã|vừa|hôm nay|sáng nay"))
TARGET = Wording(
    r"đạt(?<!\wđạt)(?!\w)|%|phấn\s+đấu\s+(?:đến|có|tăng|giảm)|tăng\s+trưởng|chỉ\s+tiêu|≥|tầm\s+nhìn|trở\s+lên"
)

A_BEGINNING = "a beginning only"
LONGEST_ORDER = 80
REACHES = re.compile(r"\bđến\b")
LIMITS = re.compile(r"trước|chậm|muộn|trễ|hạn|xong")


def distractor(around: Around) -> str | None:
    """Name the kind of time that this is, if it is one that is never a deadline."""
    if SAID_NEAR.said_in(around.of_it) and (found := next((name for name, stops in _NEAR if stops(around)), None)):
        return found
    for name, stops in _STOPS:
        if stops(around):
            return name
    return None


def _is_term(around: Around) -> bool:
    if around.firm and around.after.startswith(",") and ACTION.said_in(around.after[:LONGEST_ORDER]):
        return False  # "Giai đoạn đến hết năm 2025, Bộ bàn giao …"
    return TERM_OF_OFFICE.said_in(around.near) is not None


def _is_named_day(around: Around) -> bool:
    if (
        not around.firm
        and "date" in around.times.kinds
        and NAMED_DAY.search(around.printed[-NEAR:].rstrip() + around.printed[-1:])
    ):
        return True
    return MADE_A_NAMED_DAY.match(around.after) is not None


def _is_anniversary(around: Around) -> bool:
    words = around.clause[-60:] if around.firm else around.near
    return ANNIVERSARY.said_in(words) is not None and not COMPLETION.said_in(around.before[-30:])


def _is_validity(around: Around) -> bool:
    if around.firm and COMPLETION.said_in(around.near):
        return False
    return VALIDITY.said_in(around.of_it) is not None and around.times.role is not TimeRole.EVERY


def _is_result(around: Around) -> bool:
    return around.above.results and (around.times.role is TimeRole.EVERY or PAST.said_in(around.before) is not None)


def _is_target(around: Around) -> bool:
    if around.year_only and around.above.targets:
        return True
    if around.label or not (around.year_only or REACHES.search(around.times.cues)):
        return False
    reached = around.above.targets or TARGET.said_in(around.after[:120]) or TARGET.said_in(around.near)
    by_a_day = "date" in around.times.kinds and COMPLETION.opens(around.after.lstrip(" ,"))
    return bool(reached) and not by_a_day


def _is_forecast(around: Around) -> bool:
    return not around.label and FORECAST.said_in(around.of_it) is not None


def _is_covered(around: Around) -> bool:
    """Whether this is the period that figures or results cover: a span, or an end that no word makes a limit."""
    limit = LIMITS.search(around.times.cues) is not None
    if not limit and COUNTED_TO.said_in(around.reach):
        return True
    if around.label or around.times.role not in {TimeRole.RANGE, TimeRole.BOUND, TimeRole.EVENT_DAY}:
        return False
    if around.times.role is TimeRole.EVENT_DAY:
        return AT_THE_MOMENT.said_in(around.near) is not None
    return not limit and COVERED.said_in(around.of_it) is not None


def _is_age(around: Around) -> bool:
    if around.firm or not ("tuổi" in around.reach or "sinh" in around.reach):
        return False
    return AGE.said_in(around.reach) is not None


SAID_NEAR = Wording("|".join(one.pattern for one in (TERM_OF_OFFICE, ANNIVERSARY, VALIDITY, FORECAST, COVERED)))
"""One look at the words right before the time, which in most sentences spares the five that tell these apart."""
_NEAR: tuple[tuple[str, Callable[[Around], bool]], ...] = (
    ("a term of office or a stage", _is_term),
    ("an anniversary", _is_anniversary),
    ("validity", _is_validity),
    ("a forecast or a count", _is_forecast),
    ("the period that figures cover", _is_covered),
)
_STOPS: tuple[tuple[str, Callable[[Around], bool]], ...] = (
    (A_BEGINNING, lambda around: around.times.opens_only),
    ("a day with a name", _is_named_day),
    ("results told", _is_result),
    ("a target", _is_target),
    ("an age", _is_age),
)
