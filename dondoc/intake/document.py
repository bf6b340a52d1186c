"""From a file to text: what kind it is by its content, its text in NFC, and what was converted on the way.

Nothing is stored here, and a document that is marked as a state secret goes no further than this.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from dondoc.errors import SecretDocument, UnreadableInput
from dondoc.intake.docx_text import read_docx
from dondoc.intake.extracted import LONGEST_TEXT_CHARS, Extracted
from dondoc.intake.old_text import recognise_bytes, recognise_text
from dondoc.intake.pdf_text import read_pdf
from dondoc.intake.secrecy import secrecy_mark
from dondoc.intake.text_file import decode_text, read_bytes

DocumentKind: TypeAlias = Literal["txt", "docx", "pdf"]

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_PART = "EncryptedPackage".encode("utf-16-le")
UTF8_MARK = b"\xef\xbb\xbf"
PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024
"""Readers take a .pdf whose mark stands a little below the beginning."""
HEAD_BYTES = 512

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
REFUSED_TEXTS = (
    (re.compile(rb"\{\\rtf"), "this is an .rtf file; open it in Word or LibreOffice, save it as .docx and read that"),
    (
        re.compile(rb"(?i)(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html)|mime-version:", re.DOTALL),
        "this is a web page; open it in Word or LibreOffice, save it as .docx and read that",
    ),
    (
        re.compile(rb"<\?xml[^>]*>\s*<(?:\?mso-application|\w+:(?:wordDocument|package|document)\b)"),
        "this is a document as XML; open it in Word or LibreOffice, save it as .docx and read that",
    ),
)

NAMED_KINDS = {".txt": "txt", ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".pdf": "pdf"}

# Marks of a page's layout that no reader of the text should meet inside a word.
_LAYOUT = {0xA0: " ", 0xAD: None, 0x200B: None, 0xFEFF: None, 0x0B: "\n", 0x0C: "\n"}
_LAYOUT |= dict.fromkeys((*range(9), *range(14, 32), 127)) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's text in NFC; offsets into `text` are what the spans of a reading count.

    `marks` say what was converted and must be confirmed, `warnings` what may be missing. `starts`, for a text file
    that was not in NFC, has for each character of `text` its offset in the file's own text.
    """

    text: str
    kind: DocumentKind
    marks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    starts: tuple[int, ...] | None = None

    def span_in_file(self, start: int, end: int) -> tuple[int, int]:
        """Give the span in the text as the file has it: another one only where the file was not in NFC."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]


def read_document(path: Path) -> DocumentText:
    """Give the document's text. Raise UnreadableInput, or SecretDocument, in one line that says what to do."""
    return document_text(read_bytes(path), path)


def refuse_secret(content: bytes, name: str) -> None:
    """Raise SecretDocument for a file whose text bears the mark of a state secret. One that has no text passes."""
    try:
        document_text(content, Path(name))
    except UnreadableInput:
        return


def document_text(content: bytes, path: Path) -> DocumentText:
    """Give the text of a document's bytes; `path` is what it is called. Raise as `read_document`."""
    where = str(path)
    kind = _kind(content, where)
    if kind == "txt":
        found, starts = _read_txt(content, where)
    else:
        extracted = read_docx(content, where) if kind == "docx" else read_pdf(content, where)
        found, starts = _composed(extracted), None
    if not found.text.strip():
        raise UnreadableInput("there is no text in the document; check that it is the right one", where=where)
    if len(found.text) > LONGEST_TEXT_CHARS:
        raise UnreadableInput("the text is far longer than a directive; is it the right file?", where=where)
    if level := secrecy_mark(found.text) or (found.stamps and secrecy_mark(found.stamps)):
        raise SecretDocument(
            f"the document is marked {level}; state secrets are not taken in, and nothing of it was stored", where=where
        )
    return DocumentText(found.text, kind, found.marks, found.warnings + _misnamed(path, kind), starts)


def _kind(content: bytes, where: str) -> DocumentKind:
    """Tell by its content what a file is; its name may be wrong."""
    if content.startswith(OLE_MARK):
        if LOCKED_PART in content:
            raise UnreadableInput("the document is locked with a password; save it without", where=where)
        raise UnreadableInput(
            "this is an old .doc (or another Office 97 file); open it in Word or LibreOffice, save it as .docx and "
            "read that",
            where=where,
        )
    if content.startswith(ARCHIVES):
        raise UnreadableInput("this is an archive, not a document; unpack it and read what is in it", where=where)
    if content.startswith(PICTURES) or content[8:12] == b"WEBP":
        raise UnreadableInput("this is a picture; use the typed document, or have it recognised (OCR)", where=where)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if PDF_MARK in content[:PDF_MARK_WITHIN]:
        return "pdf"
    head = content[:HEAD_BYTES].removeprefix(UTF8_MARK).lstrip()
    for begins, message in REFUSED_TEXTS:
        if begins.match(head):
            raise UnreadableInput(message, where=where)
    return "txt"


def _read_txt(content: bytes, where: str) -> tuple[Extracted, tuple[int, ...] | None]:
    """Give a text file's text with line ends as line feeds, and where its characters stand if it was not in NFC."""
    try:
        text = decode_text(content, where)
    except UnreadableInput:
        recognised = None if b"\x00" in content else recognise_bytes(content)
        if recognised is None:
            raise
        return Extracted(_one_line_end(recognised.text), (_converted_mark(recognised.encoding),)), None
    if recognised := recognise_text(text):
        return Extracted(_one_line_end(recognised.text), (_converted_mark(recognised.encoding),)), None
    # A byte-order mark is a character of the file for whoever opens it plainly: the offsets keep its place.
    text = (" " if content.startswith(UTF8_MARK) else "") + text
    original = _one_line_end(content.decode("utf-8"))
    text = _one_line_end(text)
    return Extracted(text), None if len(original) == len(text) else _starts(original)


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _starts(original: str) -> tuple[int, ...]:
    """Give for each character of the composed text, and for its end, the offset of what it was composed from."""
    starts: list[int] = []
    at = 0
    while at < len(original):
        end = at + 1
        while end < len(original) and unicodedata.combining(original[end]):
            end += 1
        composed = unicodedata.normalize("NFC", original[at:end])
        starts += [at, *(min(at + 1 + place, end - 1) for place in range(len(composed) - 1))]
        at = end
    return (*starts, len(original))


def _composed(extracted: Extracted) -> Extracted:
    text = unicodedata.normalize("NFC", extracted.text.translate(_LAYOUT))
    if recognised := recognise_text(text):
        return replace(extracted, text=recognised.text, marks=(*extracted.marks, _converted_mark(recognised.encoding)))
    return replace(extracted, text=text)


def _converted_mark(encoding: str) -> str:
    return f"bảng mã {encoding}: toàn văn đã chuyển sang Unicode — cần xác nhận"


def _misnamed(path: Path, kind: DocumentKind) -> tuple[str, ...]:
    suffix = path.suffix.lower()
    if NAMED_KINDS.get(suffix, kind) == kind and suffix not in {".doc", ".rtf", ".odt"}:
        return ()
    return (f"tên tệp là {suffix} nhưng nội dung là .{kind}: đã đọc theo nội dung",)
