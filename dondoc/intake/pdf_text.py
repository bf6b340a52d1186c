"""Read the text of a .pdf page by page; a locked, damaged or scanned one is refused in one line.

Lines break where they break on the page. A page's number is dropped, so that a sentence goes on over the page.
"""

import io
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from dondoc.errors import UnreadableInput
from dondoc.intake.extracted import LONGEST_TEXT_CHARS, Extracted, converted_mark
from dondoc.intake.old_fonts import OldEncoding, encoding_of_font, is_capital_font, to_unicode

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 500
LARGEST_STREAM_BYTES = 4 * 1024 * 1024
"""One unpacked stream; a page of text has ten to sixty thousand bytes."""
LEAST_STREAM_BYTES = 256 * 1024
HIGHEST_RATIO = 20
"""Unpacked to the whole file, for a stream over LEAST_STREAM_BYTES."""
MOST_STREAM_PARTS = 200_000
MOST_FORMS = 200
"""Drawings within drawings on a page."""

LEAST_WORK = 100_000
MOST_WORK = 2_000_000
WORK_PER_FILE_BYTE = 3
"""What the pages may ask in all: a drawing step is 1, a second's work some 80,000. Real pages need a tenth of it;
what asks for more from a small file was made to."""
BYTES_PER_WORK = 16
WORK_OF_FORM = 500

FEWEST_LETTERS_ON_A_PAGE = 15
"""With fewer a page is a picture or empty; a stamp or a page number may be typed on a scan."""
MOST_UNKNOWN_SHARE = 0.2
"""Of the characters, how many may lack a meaning before the text as a whole does."""

LISTED_PAGES = 8

_PAGE_NUMBER = re.compile(r"\W*(?:trang\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
_UNKNOWN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd]")
_LETTER = re.compile(r"[^\W\d_]")
_SUBSET = re.compile("^/?(?:[A-Z]{6}\\+)?")


def read_pdf(content: bytes, where: str) -> Extracted:
    """Give the text of a .pdf. Raise UnreadableInput in one line for a locked, damaged, scanned or hostile one."""
    import pypdf  # noqa: PLC0415 (a tenth of a second that a .txt need not pay)

    # What pypdf finds odd in a file goes to a log that nobody set up, so to the terminal.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    stream_bytes = min(LARGEST_STREAM_BYTES, LEAST_STREAM_BYTES + HIGHEST_RATIO * len(content))
    limits = pypdf.Configuration(
        zlib_maximum_output_length=stream_bytes,
        zlib_maximum_recovery_input_length=LEAST_STREAM_BYTES,
        lzw_maximum_output_length=stream_bytes,
        run_length_maximum_output_length=stream_bytes,
        array_based_stream_maximum_output_length=stream_bytes,
        stream_decoding_work_maximum_length=4 * stream_bytes,
        stream_parsing_work_maximum_count=MOST_STREAM_PARTS,
        page_tree_maximum_entries=4 * MOST_PAGES,
        xform_maximum_invocations_per_extraction=MOST_FORMS,
        jbig2dec_binary=None,
    )
    try:
        with pypdf.apply_configuration(limits):
            reader = pypdf.PdfReader(io.BytesIO(content), xref_stream_maximum_entries=MOST_STREAM_PARTS)
            return _read(reader, _Work(len(content), where), where)
    except UnreadableInput:
        raise
    except pypdf.errors.LimitReachedError:
        raise UnreadableInput(
            "the .pdf unpacks to far more than a document holds; it is not read", where=where
        ) from None
    except Exception:  # noqa: BLE001 (a damaged file makes pypdf fail in any way; the person needs one line)
        raise UnreadableInput(
            "the .pdf is damaged; open it in a reader, print it to a new .pdf and try that", where=where
        ) from None


def _read(reader: "PdfReader", work: "_Work", where: str) -> Extracted:
    # A file that only forbids copying opens with an empty password, as in every viewer.
    if reader.is_encrypted and not _unlocked(reader):
        raise UnreadableInput("the .pdf is locked with a password; save it without and try again", where=where)
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableInput(f"the .pdf has over {MOST_PAGES} pages; is it the right one?", where=where)
    pages, old = [], _OldFonts()
    for number, page in enumerate(reader.pages, start=1):
        pages.append(_page_text(page, number, work, old))
        if sum(map(len, pages)) > LONGEST_TEXT_CHARS:
            raise UnreadableInput("the text is far longer than a directive; is it the right file?", where=where)
    bare = [
        number for number, text in enumerate(pages, start=1) if len(_LETTER.findall(text)) < FEWEST_LETTERS_ON_A_PAGE
    ]
    text = "\n".join(pages)
    if len(bare) == len(pages):
        raise UnreadableInput(
            "the .pdf is a picture of a page (a scan) without text; use the typed file, or have it recognised (OCR)",
            where=where,
        )
    if len(_UNKNOWN.findall(text)) > MOST_UNKNOWN_SHARE * len(text):
        raise UnreadableInput(
            "the .pdf does not say which characters its fonts show; use the .docx it was made from", where=where
        )
    listed = ", ".join(map(str, bare[:LISTED_PAGES])) + ("…" if len(bare) > LISTED_PAGES else "")
    warnings = (f"trang không có chữ (ảnh chụp?): {listed}",) if bare else ()
    return Extracted(text, old.marks(), warnings)


def _unlocked(reader: "PdfReader") -> bool:
    from pypdf.errors import DependencyError  # noqa: PLC0415

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):
        return False


def _page_text(page: "PageObject", number: int, work: "_Work", old: "_OldFonts") -> str:
    work.count_content(page)
    if _has_old_font(page):
        pieces: list[str] = []
        page.extract_text(visitor_operand_before=work.count, visitor_text=old.collect(pieces))
        text = "".join(pieces)
    else:
        text = page.extract_text(visitor_operand_before=work.count)
    lines = text.strip().split("\n")
    for edge in (0, -1):
        found = _PAGE_NUMBER.fullmatch(lines[edge]) if lines else None
        if found and int(found[1]) == number:
            del lines[edge]
    return "\n".join(lines)


def _has_old_font(page: "PageObject") -> bool:
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    if fonts is None:
        return False
    return any(encoding_of_font(_font_name(font.get_object())) for font in fonts.get_object().values())


def _font_name(font: Any) -> str:
    return _SUBSET.sub("", str(font.get("/BaseFont", ""))) if font else ""


class _Work:
    """Counts what the pages ask for, and stops a file that was made to have no end."""

    def __init__(self, file_bytes: int, where: str) -> None:
        self._where = where
        self._left = min(MOST_WORK, LEAST_WORK + WORK_PER_FILE_BYTE * file_bytes)

    def count_content(self, page: "PageObject") -> None:
        """Count the bytes of a page before they are taken apart."""
        content = page.get("/Contents")
        content = None if content is None else content.get_object()
        for reference in content if isinstance(content, list) else [content]:
            stream: Any = None if reference is None else reference.get_object()
            if hasattr(stream, "get_data"):
                self._spend(len(stream.get_data()) // BYTES_PER_WORK)

    def count(self, operator: bytes, *_operands: object) -> None:
        """Count a drawing step; pypdf calls this before each."""
        self._spend(WORK_OF_FORM if operator == b"Do" else 1)

    def _spend(self, work: int) -> None:
        self._left -= work
        if self._left < 0:
            raise UnreadableInput("the .pdf draws far more than a document has; it is not read", where=self._where)


class _OldFonts:
    """Converts what is drawn with an old font, and remembers which."""

    def __init__(self) -> None:
        self._fonts: dict[OldEncoding, set[str]] = {}
        self._pieces: Counter[OldEncoding] = Counter()

    def collect(self, pieces: list[str]) -> Any:
        """Give what pypdf calls with each piece of text and its font."""

        def take(text: str, _page: object, _line: object, font: Any, _size: object) -> None:
            name = _font_name(font)
            if encoding := encoding_of_font(name):
                converted = to_unicode(text, encoding)
                if converted != text:
                    self._fonts.setdefault(encoding, set()).add(name)
                    self._pieces[encoding] += 1
                text = converted.upper() if is_capital_font(name) else converted
            pieces.append(text)

        return take

    def marks(self) -> tuple[str, ...]:
        """Say what was converted, to be confirmed."""
        counted = sorted(self._pieces.items())
        return tuple(converted_mark(encoding, self._fonts[encoding], count) for encoding, count in counted)
