"""Tells a deadline from other times by the words around it.

Citations, anniversaries, terms of office, targets, validity, forecasts and orders of the past are no deadlines. The
signs that spoke are kept with the answer.
"""

import re
from typing import NamedTuple

from dondoc.intake.distractors import PAST, distractor
from dondoc.intake.labels import LABEL, NOT_A_LABEL, OF_THE_PAGE, TIME_FIELD
from dondoc.intake.role_signs import OF_WHAT_WAS, sign_of
from dondoc.intake.setting import NEAR, Around, Setting
from dondoc.intake.time_words import TimeWords
from dondoc.intake.verbs import ACTION
from dondoc.intake.wording import Wording, either
from models.schemas.drafts import TimeRole

LISTED_BELOW = re.compile(r"\s*(?:cụ\s+thể\s+)?như\s+sau")
COLON_BEHIND = re.compile(r"\s*(?:\([^()]*\)\s*)?:")
_TOLD = (
    r"\s+(?:có\s+(?:công\s+văn|văn\s+bản|ý\s+kiến)|giao|yêu\s+cầu|chỉ\s+đạo|đề\s+nghị|ban\s+hành|quy\s+định|"
    r"thống\s+nhất|hướng\s+dẫn)"
)
_ORDERED_AT = r"\s+(?:ý\s+kiến\s+)?(?:chỉ\s+đạo|yêu\s+cầu|kết\s+luận)\b[^;]{0,200}\btại\s"
PAST_ORDER = Wording(
    rf"đã{_TOLD}|từng{_TOLD}|theo{_ORDERED_AT}|thực\s+hiện{_ORDERED_AT}|thời\s+gian\s+qua\b|trước\s+(?:đó|đây)\b|"
    r"quá\s+(?:thời\s+)?hạn\b|chưa\s+(?:hoàn\s+thành|thực\s+hiện|báo\s+cáo|gửi|nộp|triển\s+khai)\b"
)
BUT_NOT_DONE = Wording(
    either(
        r"song|nhưng|tuy\s+nhiên|đến\s+nay|tới\s+nay|trong\s+đó|thực\s+tế",
        r"(?!\w)[^;.]{0,80}(?<!\w)(?:chưa|còn|quá\s+hạn|chậm|mới)(?!\w)",
    )
)
"""Behind an order of the past: what came of it ("… trước ngày 30/4/2025, song còn 4 huyện chưa đạt")."""
ONLY_SO_MUCH = Wording(
    r"[\s)]*(?:thì\s+|vẫn\s+)?(?:mới\s+(?:có|đạt|hoàn|chỉ|giải|được|thực)|chỉ\s+(?:có|đạt|mới)|còn\s+\d)"
)
"""Behind a time that has come: what there was by then ("đến hết ngày 31/5/2023 mới có 41/76 đơn vị gửi báo cáo")."""
RESULT = Wording(r"[\W\d]*(?:kết\s+quả|năm\s+\d{4})\b")
LONGEST_ORDER = 1_000
"""Characters of a sentence before a time in which an earlier order is told."""
LONGEST_LABEL = NEAR + 60


class Judgement(NamedTuple):
    """Whether a time is a deadline, how surely, by which signs; told_as_past: an earlier order is quoted."""

    is_deadline: bool
    confidence: float
    signs: tuple[str, ...]
    told_as_past: bool = False


def judge(times: TimeWords, setting: Setting) -> Judgement:
    """Judge one time in its sentence."""
    around = Around(times, setting)
    around.label = _has_label(around)
    stopped = distractor(around)
    if stopped:
        return Judgement(is_deadline=False, confidence=0.0, signs=(stopped,))
    confidence, sign = (0.95, "label") if around.label else sign_of(around)
    if not confidence and (_is_in_a_field(around) or _is_under_label(around)):
        confidence, sign = 0.7, "label above"
    told = confidence > 0 and (
        sign is OF_WHAT_WAS
        or RESULT.opens(around.before) is not None
        or PAST.said_in(around.sentence_before) is not None
        or PAST_ORDER.said_in(around.sentence_before[-LONGEST_ORDER:]) is not None
        or BUT_NOT_DONE.said_in(around.after) is not None
        or ONLY_SO_MUCH.opens(around.after) is not None
        or setting.above.results
    )
    return Judgement(confidence > 0, confidence, (sign,), told)


def _has_label(around: Around) -> bool:
    times = around.times
    if LISTED_BELOW.match(around.after):
        return False
    tail = around.before[-LONGEST_LABEL:]
    found = LABEL.said_in(tail) if ":" in tail or "thời" in tail else None
    if found and "sau" not in times.cues and not (NOT_A_LABEL.said_in(found.group()) or OF_THE_PAGE.said_in(tail)):
        between = found["between"] or found["between_number"]
        return not between or ("/" not in between and ACTION.said_in(between) is None)
    heads = around.at_head and around.opens and COLON_BEHIND.match(around.after) is not None
    return heads and times.role is not TimeRole.EVERY and not times.kinds <= {"school"}


def _is_in_a_field(around: Around) -> bool:
    """Whether the sentence is a field that says when ("Thời gian: trước mùa mưa lũ; sau đó mỗi tháng một lần")."""
    return not around.year_only and TIME_FIELD.opens(around.sentence_before) is not None


def _is_under_label(around: Around) -> bool:
    """Whether the heading right above is a label and the time is all that the clause says, or all behind a colon."""
    if around.year_only or len(around.before) > NEAR or not around.above.is_label:
        return False
    return around.before.rstrip(" (").endswith(":") or not ACTION.said_in(around.before)
