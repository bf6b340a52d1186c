"""Brings the ways a time word is typed to one spelling: diacritics, glued and broken words, emphasis marks.

Only words of time are touched. A word is recognised by its letters and its tones apart, so "qúy", "quý" and "quí",
or "hòan" and "hoàn", are one word wherever the tone was put.
"""

import re
import unicodedata

# What the grammar is made of. A word that is not here passes unread, and one that is joined or split must be here.
WORDS_OF_TIME = """
    ngày tháng quý năm tuần giờ phút hôm kỳ học làm việc thứ chủ nhật lần buổi sáng chiều tối trưa đêm
    trước sau trong đến tới hết từ kể tính bắt đầu giữa cuối cùng chậm nhất muộn là hạn xong vào nay này kế tiếp theo
    liền kề hằng mỗi định của và hoặc hoàn thành kết thúc ký ban hành nhận được vòng thời quá không tối đa
    thường xuyên liên tục suốt kịp khẩn trương sớm ngay quy kế hoạch báo cáo tổng sơ dịp nhân kỷ niệm sinh lập
    mùng mồng rằm giêng chạp tết âm lịch dương nguyên đán trung thu giỗ tổ hai ba tư bốn sáu bảy tám chín mười một
    mươi mốt lăm rưỡi từng đợt khi các số cả lại vẫn tuyên truyền thực hiện gửi phải cần
"""
WORDS = WORDS_OF_TIME.split()
ALIASES = {"quí": "quý", "hàng": "hằng", "kì": "kỳ", "kí": "ký", "kỉ": "kỷ", "mồng": "mùng", "qúi": "quý", "qui": "quy",
           "hăng": "hằng"}  # fmt: skip
WORDS_TYPED_TOGETHER = """
    ngày tháng quý quí năm tuần giờ trước sau trong đến hết từ đầu giữa cuối chậm nhất hạn xong vào hằng hàng mỗi định
    kỳ của kể là nay này thứ làm việc i ii iii iv
"""
SPLITTABLE = WORDS_TYPED_TOGETHER.split()
# Typed without any diacritics, a word may be several: these are meant in a deadline.
MEANT_WITHOUT_DIACRITICS = "ngày quý từ năm kỳ hằng kể là các tuần hai ba đầu sau đêm mười nay làm một"
# … and behind another word, it may be meant otherwise.
MEANT_BEHIND = {
    ("ngày", "kỳ"): "ký", ("thứ", "sau"): "sáu", ("thứ", "từ"): "tư", ("chủ", "nhất"): "nhật",
    ("được", "kỳ"): "ký",
}  # fmt: skip

VOWELS = frozenset("aăâeêioôơuưy")
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
TELEX_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
# Marks of emphasis and of tables, and spaces that no one sees: all of them separate nothing.
BLANKS = dict.fromkeys(map(ord, "*_|`\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad\\"), " ")
MARKS = {ord(dash): "-" for dash in "–—−‐‑‒"} | {ord(mark): "'" for mark in "’‘′`´"} | {ord("："): ":", ord("／"): "/"}
ROMANS = {ord(sign): letters for sign, letters in zip("ⅠⅡⅢⅣⅰⅱⅲⅳ", ["i", "ii", "iii", "iv"] * 2, strict=True)}
# A letter of older fonts that documents still carry for ư.
OLD_LETTERS = {ord("ƣ"): "ư", ord("Ƣ"): "Ư"}
CLEAN = BLANKS | MARKS | ROMANS | OLD_LETTERS
# The letter O between the digits and strokes of a date is a nought.
NOUGHT = re.compile(r"(?<=\d)o(?=[\d/.-])|(?<=[/.-])o(?=\d)|(?<![^\W\d_])o(?=\d[/.-])")


def cleaned(phrase: str) -> str:
    """Bring a phrase to composed letters in lower case, one form of dash and apostrophe, and no emphasis."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", phrase).translate(CLEAN).lower())
    return NOUGHT.sub("0", text)


def spelled(word: str, *, bare: bool = False) -> str:
    """Give the standard spelling of a word in lower case, or the word itself if it is not one of time.

    bare: the whole phrase was typed without diacritics ("truoc ngay").
    """
    if bare:
        return _BARE.get(word) or _BY_KEYS.get(word, word)
    known = _KNOWN.get(word)
    return known if known is not None else _BY_LETTERS.get(_letters(word)) or _BY_KEYS.get(word, word)


def meant_behind(before: str, word: str) -> tuple[str, str]:
    """Choose what two words typed without diacritics mean side by side: "ngay ky" is the day of signing."""
    if (before, word) == ("quý", "định"):
        return "quy", word
    return before, MEANT_BEHIND.get((before, word), word)


def glued(word: str) -> tuple[str, str] | None:
    """Split two words of time that were typed without the space ("trướcngày"), or give None."""
    return _GLUED.get(_letters(word))


def joined(first: str, second: str) -> str | None:
    """Join two pieces of one broken word ("ng ày"): one of them has no vowel, so it is no word by itself."""
    if _has_vowel(first) and _has_vowel(second):
        return None
    return _BY_LETTERS.get(_letters(first + second))


def is_known(word: str) -> bool:
    """Whether a word, in its standard spelling, is one of time."""
    return word in _KNOWN


def _letters(word: str) -> str:
    """Write a word's letters without tones, then its tones."""
    parts = unicodedata.normalize("NFD", word)
    return "".join(c for c in parts if c not in TONES) + "".join(sorted(c for c in parts if c in TONES))


def _keys_of(word: str) -> set[str]:
    """Write a word as its Telex keys, where the input method was off: the tone's key behind its vowel, or last."""
    in_place, without_tone, tone = "", "", ""
    for letter in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", letter)
        toneless = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        key = "".join(TELEX_TONES[part] for part in parts if part in TONES)
        typed = TELEX_LETTERS.get(toneless, toneless)
        in_place, without_tone, tone = in_place + typed + key, without_tone + typed, tone + key
    typings = {in_place, without_tone + tone}
    return typings if in_place != word else set()


def _has_vowel(word: str) -> bool:
    return not _VOWELS_AND_TONES.isdisjoint(word)


_VOWELS_AND_TONES = VOWELS | {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
_KNOWN = {word: ALIASES.get(word, word) for word in [*WORDS, *ALIASES, *ALIASES.values()]}
_BY_LETTERS = {_letters(word): standard for word, standard in _KNOWN.items()}
_BY_KEYS = {keys: standard for word, standard in _KNOWN.items() for keys in _keys_of(word) if keys not in _KNOWN}
_BARE = {
    "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d"): word
    for word in [*WORDS, *MEANT_WITHOUT_DIACRITICS.split()]
}
_GLUED = {
    _letters(first + second): (ALIASES.get(first, first), ALIASES.get(second, second))
    for first in SPLITTABLE
    for second in SPLITTABLE
    if first not in ("i", "ii", "iii", "iv") and (len(second) > 1 or first in ("quý", "quí"))
}
