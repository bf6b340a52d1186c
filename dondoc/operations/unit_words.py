"""How units are called in writing: short forms written out, and the names that one unit goes by."""

import re
import unicodedata
from functools import cache

from dondoc.operations.named import NamedUnit
from models.vocabulary import UnitKind

SHORT_FORMS = {
    "lđlđ": "Liên đoàn Lao động",
    "tlđ": "Tổng Liên đoàn Lao động Việt Nam",
    "cđcs": "Công đoàn cơ sở",
    "cđn": "Công đoàn ngành",
    "cđvc": "Công đoàn Viên chức",
    "cđ": "Công đoàn",
    "kcn": "Khu Công nghiệp",
    "kkt": "Khu Kinh tế",
    "tg-nc": "Tuyên giáo - Nữ công",
    "ubnd": "Ủy ban nhân dân",
    "hđnd": "Hội đồng nhân dân",
    "mttq": "Mặt trận Tổ quốc",
    "btv": "Ban Thường vụ",
    "tp": "thành phố",
}

_SHORT = re.compile(rf"(?<![\w-])({'|'.join(sorted(SHORT_FORMS, key=len, reverse=True))})(?![\w-])\.?", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]\s*")
_OF_THE_PROVINCE = re.compile(r"\s+(?:tỉnh|thành phố)\s+\S.*$", re.IGNORECASE)
SHORTEST_NAME = 3
"""Words; a shorter remainder ("Công đoàn ngành") is a class and no name."""


def spelled(words: str) -> str:
    """Give words on one line with short forms written out and dashes as blanks; capitals stay."""
    text = unicodedata.normalize("NFC", words).replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("UỶ", "ỦY")
    text = _SHORT.sub(lambda found: SHORT_FORMS[found[1].lower()], text)
    return " ".join(_DASH.sub(" ", text).split())


def folded(words: str) -> str:
    """Give a name in lower case with the short forms written out, so that two spellings compare equal."""
    return spelled(words).lower().strip(" .;:,")


@cache
def aliases(one: NamedUnit) -> tuple[str, ...]:
    """Give the names that a unit goes by: whole, and without the province that it belongs to.

    "Công đoàn Viên chức tỉnh Lai Châu" is called "Công đoàn Viên chức tỉnh", too; an office by what stands before the
    comma ("Ban Tài chính, LĐLĐ tỉnh Lai Châu").
    """
    whole = spelled(one.name)
    names = [whole]
    if one.kind is UnitKind.OFFICE:
        names.append(whole.partition(",")[0].strip())
    if one.kind is not UnitKind.DISTRICT and (cut := _OF_THE_PROVINCE.sub("", whole)) != whole:
        names.append(f"{cut} tỉnh")
        names += [cut] if len(cut.split()) >= SHORTEST_NAME and one.kind is not UnitKind.PROVINCIAL else []
    return tuple(dict.fromkeys(names))
