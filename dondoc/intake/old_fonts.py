"""Vietnamese typed for the fonts of before Unicode: which encoding a font's name tells, and the way to Unicode.

Such text holds the characters of a Western code page; only the font drew them as Vietnamese. TCVN3 (".VnTime") has a
byte a letter, by TCVN 5712:1993; VNI ("VNI-Times") writes a base letter and then a mark.
"""

import re
import unicodedata
from typing import Literal, TypeAlias

OldEncoding: TypeAlias = Literal["TCVN3", "VNI"]

TCVN3_FIRST_CODE = 0xA1
TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ"  # A1 to AF
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"  # B0: the tones alone, after capitals
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # C0
    "éẹềểễếệìỉỄẾỒĩíịò"  # D0
    "Ổỏõóọồổỗốộờởỡớợù"  # E0
    "ỖủũúụừửữứựỳỷỹýỵỐ"  # F0
)

VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
"""What follows a vowel, in either case; after Unicode's composition it is one letter."""

_TCVN3 = {TCVN3_FIRST_CODE + place: letter for place, letter in enumerate(TCVN3_LETTERS)}
_VNI_LETTERS = VNI_LETTERS | {old.upper(): new.upper() for old, new in VNI_LETTERS.items()}
_VNI_MARKS = VNI_MARKS | {old.upper(): new for old, new in VNI_MARKS.items()}
_VNI_LETTER = re.compile(f"([AaEeOoÔôUuÖöYy])([{''.join(_VNI_MARKS)}])|([{''.join(_VNI_LETTERS)}])")
# A font of the symbol kind keeps its bytes in Unicode's private area.
_SYMBOL_CODES = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
# No old font could hold these: the run was typed in Unicode and only looks old by its font's name.
_UNICODE_VIETNAMESE = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]")


def encoding_of_font(name: str) -> OldEncoding | None:
    """Tell the old encoding that a font's name stands for; None for any other font."""
    plain = name.strip("\"' ").lower()
    if plain.startswith(".vn"):
        return "TCVN3"
    return "VNI" if plain.startswith(("vni-", "vni ")) else None


def is_capital_font(name: str) -> bool:
    """Tell whether the font draws small letters as capitals: ".VnTimeH", as TCVN3 has few capitals with marks."""
    return encoding_of_font(name) == "TCVN3" and name.strip("\"' ").endswith("H")


def to_unicode(text: str, encoding: OldEncoding) -> str:
    """Give in NFC what an old font showed for `text`; text that already holds Vietnamese letters stays as it is."""
    plain = text.translate(_SYMBOL_CODES)
    if _UNICODE_VIETNAMESE.search(plain):
        return unicodedata.normalize("NFC", plain)
    converted = plain.translate(_TCVN3) if encoding == "TCVN3" else _VNI_LETTER.sub(_vni_letter, plain)
    return unicodedata.normalize("NFC", converted)


def _vni_letter(found: re.Match[str]) -> str:
    base, mark, alone = found.groups()
    return _VNI_LETTERS.get(base, base) + _VNI_MARKS[mark] if base else _VNI_LETTERS[alone]
