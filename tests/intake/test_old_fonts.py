"""Old Vietnamese text becomes the Unicode that its fonts showed, and other text stays as it is."""

import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.intake.old_fonts import (
    TCVN3_FIRST_CODE,
    TCVN3_LETTERS,
    VNI_LETTERS,
    VNI_MARKS,
    OldEncoding,
    encoding_of_font,
    is_capital_font,
    to_unicode,
)
from dondoc.intake.old_text import recognise_bytes, recognise_text

PLAIN_VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
ALPHABET = {unicodedata.normalize("NFC", vowel + tone) for vowel in PLAIN_VOWELS for tone in TONES} | {"đ"}

SENTENCE = (
    "Liên đoàn Lao động tỉnh yêu cầu các cấp công đoàn báo cáo trước ngày 15/6, gửi về Ban Tuyên giáo để tổng hợp"
)


def in_tcvn3(text: str) -> bytes:
    codes = {letter: bytes([TCVN3_FIRST_CODE + place]) for place, letter in enumerate(TCVN3_LETTERS)}
    return b"".join(codes.get(letter, letter.encode("ascii", "replace")) for letter in text)


def in_vni(text: str) -> str:
    alone = {new: old for old, new in VNI_LETTERS.items()}
    pairs = {
        unicodedata.normalize("NFC", base + mark): alone.get(base, base) + old
        for base in "aeouyơư"
        for old, mark in VNI_MARKS.items()
    }
    known = pairs | alone
    return "".join(known.get(letter.lower(), letter) if letter.islower() else letter for letter in text)


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", "TCVN3", False),
        (".VnTimeH", "TCVN3", True),  # small letters drawn as capitals
        (".vnarial", "TCVN3", False),
        ("VNI-Times", "VNI", False),
        ("VNI Times", "VNI", False),
        ("Times New Roman", None, False),
        ("VNtimes new roman", None, False),  # a Unicode font of that name
        ("UTM Helve", None, False),
        ("", None, False),
    ],
)
def test_a_font_tells_the_encoding(name: str, encoding: OldEncoding | None, *, capitals: bool) -> None:
    assert (encoding_of_font(name), is_capital_font(name)) == (encoding, capitals)


@pytest.mark.parametrize(
    ("old", "encoding", "shown"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "TCVN3", "Độc lập - Tự do - Hạnh phúc"),
        ("tr\u00adíc ngµy 15/6", "TCVN3", "trước ngày 15/6"),  # the code of ư is a soft hyphen elsewhere
        ("\uf0e9 \uf0b5", "TCVN3", "ộ à"),  # a font of the symbol kind
        ("COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "VNI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "VNI", "Độc lập - Tự do - Hạnh phúc"),
        ("nhöõng kyø quyù I tænh Ñaêk Laék, tröôùc 15/6", "VNI", "những kỳ quý I tỉnh Đăk Lắk, trước 15/6"),
        ("Aùo, OÂng, Ö, Ô", "VNI", "Áo, Ông, Ư, Ơ"),  # a capital with a small mark
        ("đã gõ bằng Unicode", "TCVN3", "đã gõ bằng Unicode"),  # typed later in the old font's name
        ("“2025” – 15/6", "TCVN3", "“2025” – 15/6"),
    ],
)
def test_what_the_font_showed_is_the_text(old: str, encoding: OldEncoding, shown: str) -> None:
    assert to_unicode(old, encoding) == shown


def test_every_letter_can_be_had_from_both() -> None:
    tcvn3 = {to_unicode(chr(code), "TCVN3") for code in range(TCVN3_FIRST_CODE, 0x100)}
    bases = [*"aeouy", "ô", "ö"]
    vni = {to_unicode(base + mark, "VNI") for base in bases for mark in ["", *VNI_MARKS]}
    vni |= {to_unicode(letter, "VNI") for letter in [*VNI_LETTERS, "i", "í", "ì"]}
    assert ALPHABET - set("aeiouy") <= tcvn3
    assert vni >= ALPHABET


def test_tcvn3_is_what_the_system_s_own_table_says() -> None:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("no iconv here")
    # A letter a line, so that no tone joins the letter before it.
    codes = b"\n".join(bytes([code]) for code in range(TCVN3_FIRST_CODE, 0x100))
    asked = subprocess.run([iconv, "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=False)
    if asked.returncode:
        pytest.skip("this iconv does not know TCVN 5712")
    assert to_unicode(codes.decode("latin-1"), "TCVN3") == unicodedata.normalize("NFC", asked.stdout.decode())


@given(st.text(st.sampled_from(sorted(ALPHABET) + list(" bcdghklmnpqrstvx,.;0123456789/-"))))
def test_what_was_written_in_tcvn3_comes_back(text: str) -> None:
    assert to_unicode(in_tcvn3(text).decode("latin-1"), "TCVN3") == text


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (in_tcvn3(SENTENCE), "TCVN3"),
        (in_vni(SENTENCE).encode("cp1252"), "VNI"),
        (
            unicodedata.normalize("NFD", SENTENCE)
            .replace("a\u0302", "â")
            .replace("e\u0302", "ê")
            .replace("o\u0302", "ô")
            .replace("o\u031b", "ơ")
            .replace("u\u031b", "ư")
            # A dot below sorts before the circumflex; Windows writes the circumflexed letter and then the dot.
            .replace("o\u0323\u0302", "ô\u0323")
            .replace("a\u0323\u0302", "â\u0323")
            .replace("e\u0323\u0302", "ê\u0323")
            .replace("o\u031b\u0323", "ơ\u0323")
            .encode("cp1258"),
            "Windows-1258",
        ),
    ],
)
def test_bytes_are_recognised_without_a_font(content: bytes, encoding: str) -> None:
    recognised = recognise_bytes(content)
    assert recognised is not None
    assert (recognised.encoding, recognised.text) == (encoding, SENTENCE)


@pytest.mark.parametrize(
    "text",
    [
        "Élève, forêt, très, où, même, français, hôtel, été",
        "Größe, Straße, möchte, für, Mädchen, schön, Übung",
        "señor, mañana, niño, años, corazón, aquí, más",
        "Báo cáo về Ban",  # too short to tell
        "plain words without a mark",
    ],
)
def test_what_is_not_clearly_vietnamese_is_left_undecided(text: str) -> None:
    assert recognise_text(text) is None
    assert recognise_bytes(text.encode("cp1252", "ignore")) is None


def test_vietnamese_in_unicode_is_not_taken_for_old_text() -> None:
    assert recognise_text(SENTENCE) is None


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_old_text_saved_as_western_letters_is_recognised(encoding: str) -> None:
    shown = in_tcvn3(SENTENCE).decode("latin-1") if encoding == "TCVN3" else in_vni(SENTENCE)
    recognised = recognise_text(shown)
    assert recognised is not None
    assert (recognised.encoding, recognised.text) == (encoding, SENTENCE)
