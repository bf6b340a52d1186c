"""Find the mark of a state secret, Mật, Tối mật or Tuyệt mật: on a document's head, or in a value of a directive file.

On a document the mark is set apart: a line or a table cell of its own, often boxed or with spaced letters, beside a
word of urgency, after the number, or after "Độ mật:". The same words in a sentence ("bảo vệ bí mật nhà nước", "độ mật
của tài liệu") are the document's subject. Law on Protection of State Secrets 29/2018/QH14, Art. 8 and 10.
"""

import re
import unicodedata

from dondoc.intake.symbols import TYPES

HEAD_LINES = 60
"""Lines with text in which a mark may be typed in any case; further down only in capitals on a line of its own."""

LONGEST_MARK_CHARS = 200
"""A line or cell with a mark: a number, a frame of dashes, spaced letters. A longer one is a sentence."""

LEVELS = {"MẬT": "Mật", "TỐIMẬT": "Tối mật", "TUYỆTMẬT": "Tuyệt mật", "TOIMAT": "Tối mật", "TUYETMAT": "Tuyệt mật"}

_ANY_MARK = re.compile(r"m\W*[ậa]\W*t(?![\w])", re.IGNORECASE)
_CELL = re.compile(r"[|│┃║\t]| {3,}")
_LABEL = re.compile(r"\W*(?:mức\s+)?độ\s+(?:bảo\s+)?mật\s*[:：]\s*(.*)", re.IGNORECASE | re.DOTALL)
_URGENT = re.compile(r"(?:thượng|tối)\s+khẩn|hỏa\s+tốc|hoả\s+tốc|khẩn|hẹn\s+giờ", re.IGNORECASE)
_OF_A_KIND = re.compile(r"^\W*(?:tài liệu|văn bản|công văn)\s+", re.IGNORECASE)
_AFTER_NUMBER = re.compile(
    r"\bSố\s*:?\s*[\d.…]*\s*[/-]\s*[\w/-]+\s+(?:-{2,}\s*)?((?:TUYỆT |TỐI )?MẬT)(?:$|\s+(?=V/v|Về|[-–—(]))"
)
_AFTER_RULE = re.compile(r"[-–—_*]{3,}\s*((?:TUYỆT |TỐI )?MẬT)\s*(?:$|(?=Số\b))")
_LEVEL = r"(?P<level>tuyệt mật|tối mật|mật)"
_EVERYDAY = (
    r"khẩu|mã|độ|ong|ngọt|hoa|mía|thư|thiết|vụ|thám|báo|ngữ|hiệu|danh|nghị|đàm|ước|lệnh|tông|phục|kích|gấu|cáo|phong"
)
_IN_A_VALUE = (
    rf"^\W*{_LEVEL}(?!\s+(?:{_EVERYDAY})\b)\b",  # at the start, and no word of everyday speech
    rf"^\W*(?:mức\s+)?độ\s+(?:bảo\s+)?mật\s*[:：]\s*{_LEVEL}\s*(?:$|[.;(–—-])",
    rf"^\W*(?:tài liệu|văn bản|{'|'.join(TYPES)})\s+{_LEVEL}\W*$",  # the type of a document
    rf"[(\[]\s*(?:độ\s+mật\s*[:：]\s*)?{_LEVEL}\s*[)\]]",
    rf"[;,.(–—-]\s*độ\s+mật\s*[:：]\s*{_LEVEL}\s*[.;)]*$",
)
_VALUE_MARKS = tuple(re.compile(words, re.IGNORECASE) for words in _IN_A_VALUE)
_VALUE_END = re.compile(r"(?:\s[-–—]|\d\S*[/-]\S+)\s+(?P<level>TUYỆT MẬT|TỐI MẬT|MẬT)\W*$")
_LEADS_ON = re.compile(r"(?:\b(?:bí|bảo|độ|tối|tuyệt|và|hoặc|cơ|nguồn|loại|mức|dấu)|[,/(:;–-])\W*$", re.IGNORECASE)


def secrecy_mark(text: str) -> str | None:
    """Give the level that the document is marked with, "Mật", "Tối mật" or "Tuyệt mật"; None when it has no mark."""
    if not _ANY_MARK.search(text):
        return None
    before, seen = "", 0
    for line in text.split("\n"):
        if not line.strip():
            before = ""
            continue
        seen += 1
        if _ANY_MARK.search(line) and (level := _line_mark(line, before, in_head=seen <= HEAD_LINES)):
            return level
        before = line
    return None


def value_mark(value: str) -> str | None:
    """Give the level that a subject, number, type or title is marked with; None where the words are its matter.

    A value has no line of its own for the mark: it stands at the start, in brackets, or in capitals at the end. What
    is refused wrongly can be written in other words; what is taken wrongly is a breach.
    """
    if not _ANY_MARK.search(value):
        return None
    found = next((match for words in _VALUE_MARKS if (match := words.search(value))), None) or _VALUE_END.search(value)
    return LEVELS[found["level"].upper().replace(" ", "")] if found else secrecy_mark(value)


def _line_mark(line: str, before: str, *, in_head: bool) -> str | None:
    if len(line) <= LONGEST_MARK_CHARS and (level := _alone(line, capitals=not in_head)):
        # The end of a wrapped sentence is a line of its own only by the width of the page.
        return None if _LEADS_ON.search(before[-LONGEST_MARK_CHARS:]) else level
    if not in_head:
        return None
    for cell in map(str.strip, _CELL.split(line)):
        if len(cell) > LONGEST_MARK_CHARS:
            continue
        labelled = _LABEL.fullmatch(cell)
        if level := _alone(labelled[1] if labelled else cell, capitals=False):
            return level
        if found := _AFTER_NUMBER.search(cell) or _AFTER_RULE.search(cell):
            return LEVELS[found[1].replace(" ", "")]
    return None


def _alone(words: str, *, capitals: bool) -> str | None:
    """Give the level that stands here with nothing but a frame, spaces and a word of urgency around it."""
    rest = _OF_A_KIND.sub("", _URGENT.sub("", unicodedata.normalize("NFC", words)))
    letters = re.sub(r"[\W_]", "", rest)
    if letters.islower() or (capitals and not letters.isupper()):
        return None
    return LEVELS.get(letters.upper())
