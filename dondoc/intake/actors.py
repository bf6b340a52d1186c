"""Who is to act: named in the sentence, in a field beside it ("Đơn vị chủ trì: …"), or in a heading above it."""

import re
from collections.abc import Iterable, Sequence

from dondoc.intake.blocks import ENUMERATOR
from dondoc.intake.bodies import BODY
from dondoc.intake.clauses import Heading
from dondoc.intake.verbs import ACTION
from dondoc.intake.wording import Wording, lowered

GROUP = (
    r"(?:[Cc]ác\s+(?:cấp|cơ\s+quan|đơn\s+vị|[Ss]ở|[Bb]an|ngành|[Bb]ộ|công\s+đoàn|Công\s+đoàn|LĐLĐ|Liên|CĐ|"
    r"địa\s+phương|trường|[Tt]ổ|xã|phường|"
    r"huyện|[Hh]ội|đoàn\s+thể|doanh\s+nghiệp|phòng|thành\s+viên|[Tt]ập\s+đoàn|khối|đồng\s+chí|nhà\s+trường)|"
    r"[Mm]ỗi\s|[Tt]oàn\s+thể|"
    r"[Tt]hủ\s+trưởng|[Cc]án\s+bộ|[Đđ]oàn\s+viên|[Đđ]ơn\s+vị|[Cc]ơ\s+quan|[Cc]hủ\s+đầu\s+tư|[Nn]gười\s+đứng\s+đầu)"
)
NAME = rf"(?:{BODY}|{GROUP})"
TELLS = Wording(r"giao|đề\s+nghị|yêu\s+cầu|phân\s+công")
TOLD_TO = re.compile(
    rf"(?:[Gg]iao(?:\s+cho)?|[Đđ]ề\s+nghị|[Yy]êu\s+cầu|[Pp]hân\s+công)\s*:?\s+(?P<who>{NAME}[^;:]{{0,220}}?)\s*"
    rf"(?=(?:,\s*)?(?:chủ\s+trì|căn\s+cứ|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|theo\s+|trên\s+cơ\s+sở|kịp\s+thời|"
    rf"khẩn\s+trương|chủ\s+động|nghiêm\s+túc|tiếp\s+tục|thường\s+xuyên|tập\s+trung|bổ\s+sung|{ACTION.pattern})|:|$)",
)
SUBJECT = re.compile(
    rf"^[\W\d]*(?:(?:Đối\s+với|Trên\s+cơ\s+sở[^,]{{3,120}},|Về\s[^,:]{{3,120}}[,:])\s+)?(?P<who>{NAME})",
)
VERB_OF_SUBJECT = Wording(
    r"chủ\s+trì|căn\s+cứ|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|tiếp\s+tục|thường\s+xuyên|chủ\s+động|"
    r"khẩn\s+trương|cần\s|phải\s|"
    rf"theo\s+chức\s+năng|trong\s+phạm\s+vi|tập\s+trung|bổ\s+sung|{ACTION.pattern}|nắm\s+bắt|cụ\s+thể\s+hóa|"
    r"phát\s+huy|nâng\s+cao|quan\s+tâm|giúp\s|:"
)
FIELD = re.compile(
    r"^[\W\d]*(?:[a-zđ]\)\s*)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)?\s*(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|"
    r"chịu\s+trách\s+nhiệm)(?:\s+thực\s+hiện)?\s*:\s*(?P<who>\S[^\n]{2,240})$",
    re.IGNORECASE,
)
HEADING_NAME = re.compile(
    rf"^(?:(?:Đối\s+với|Giao|Đề\s+nghị|Yêu\s+cầu|Trách\s+nhiệm\s+của|"
    rf"Nhiệm\s+vụ\s+của)\s*:?\s*)?(?P<who>{NAME}.{{0,240}})$",
    re.DOTALL,
)
NAME_HEAD = re.compile(NAME)
LONG_BRACKETS = re.compile(r"\s*\([^()]{25,}\)?$")
"""An explanation behind a name, which is no part of it."""
LONGEST_SUBJECT = 260
"""Characters between the beginning of a sentence and its verb."""
LONGEST_HEADING = 260


def actors_in(sentence: str) -> str | None:
    """Give the actors that a sentence names: whom it tells, or the subject before its first verb."""
    told = TOLD_TO.search(sentence) if TELLS.search(sentence) else None
    if told:
        return _clean(told["who"])
    mark = ENUMERATOR.match(sentence)
    sentence = sentence[mark.end() :] if mark else sentence
    subject = SUBJECT.match(sentence)
    if subject is None:
        return None
    start = subject.start("who")
    verb = _verb(sentence, subject.end("who"), start + LONGEST_SUBJECT)
    if verb is None:
        return None
    return _clean(sentence[start : verb.start()])


def actors_beside(lines: Iterable[str]) -> str | None:
    """Give the actors that a field beside the clause names."""
    for line in lines:
        found = FIELD.match(line.strip())
        if found and "phối hợp" not in found["who"].lower()[:10]:
            return _clean(found["who"])
    return None


def actors_above(headings: Sequence[Heading]) -> str | None:
    """Give the actors that the nearest heading names."""
    for heading in reversed(headings):
        words = " ".join(heading.words.split())
        found = HEADING_NAME.match(words) if len(words) <= LONGEST_HEADING else None
        if found is None:
            told = actors_in(words) if len(words) <= LONGEST_HEADING * 2 and words.endswith(":") else None
            if told:
                return told
            continue
        verb = _verb(
            found["who"], len(name.group()) if (name := NAME_HEAD.match(found["who"])) else 3, len(found["who"])
        )
        return _clean(found["who"][: verb.start()] if verb else found["who"])
    return None


def _verb(words: str, start: int, end: int) -> re.Match[str] | None:
    """Find the verb behind a subject: a word with a capital is a part of the name ("Ban Tổ chức - Kiểm tra").

    Where all is in capitals they tell nothing.
    """
    first = VERB_OF_SUBJECT.search(words, start, end)
    if first is None or not words[first.start()].isupper() or words.isupper():
        return first
    later = VERB_OF_SUBJECT.said_often_in(lowered(words), first.end(), end)
    return next((verb for verb in later if not words[verb.start()].isupper()), None)


def _clean(words: str) -> str | None:
    found = " ".join(words.split()).strip(" ,;:.-–")
    found = LONG_BRACKETS.sub("", found) if "(" in found else found
    return found or None
