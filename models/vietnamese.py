"""Vietnamese order and search, the same on every database: a stored sort key and a stored key without accents."""

import unicodedata

# The alphabet's own order; đ follows d, the vowels with a mark follow the plain one.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tones in dictionary order: level, huyền, hỏi, ngã, sắc, nặng.
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_RANK = {letter: f"{rank:02d}" for rank, letter in enumerate(ALPHABET)}


def fold(text: str) -> str:
    """Give the text in lower case without accents, đ as d: what a search compares."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def sort_key(text: str) -> str:
    """Give a string whose byte order is the Vietnamese dictionary order: letters first, tones to break a tie."""
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        parts = unicodedata.normalize("NFD", char)
        tone = next((TONES[part] for part in parts if part in TONES), "0")
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        letters.append(_RANK.get(letter, letter if letter.isdigit() else " "))
        tones.append(tone)
    return "".join(letters) + "|" + "".join(tones).rstrip("0")
