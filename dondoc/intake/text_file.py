"""Read a text file as UTF-8, and say clearly what it is when it is something else."""

import unicodedata
from pathlib import Path

from dondoc.errors import UnreadableInput

LARGEST_BYTES = 20 * 1024 * 1024
"""A file of units or of a directive is far smaller; a larger one is a mistake."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """Give the file's text in NFC, without a byte-order mark. Raise UnreadableInput in one line for anything else."""
    return decode_text(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Give the file's bytes. Raise UnreadableInput if it is missing, a folder, not allowed, empty or too large."""
    try:
        if path.is_dir():
            raise UnreadableInput("this is a folder, not a file; name the file in it", where=str(path))
        with path.open("rb") as file:
            # Never the whole of something without an end, such as a device; its size is not asked: a pipe has none.
            content = file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableInput("there is no such file; check the path", where=str(path)) from None
    except OSError as error:
        raise UnreadableInput(
            f"the file cannot be opened ({error.strerror}); check the path and its rights", where=str(path)
        ) from None
    except ValueError:
        raise UnreadableInput("this is no name of a file; check the path", where=str(path)) from None
    if len(content) > LARGEST_BYTES:
        raise UnreadableInput(
            f"the file is larger than {LARGEST_BYTES // 2**20} MB; is it the right one?", where=str(path)
        )
    if not content.strip():
        raise UnreadableInput("the file is empty", where=str(path))
    return content


def decode_text(content: bytes, where: str) -> str:
    """Decode UTF-8 text, or say which other encoding it seems to be in."""
    if content.startswith(UTF16_MARKS) or content[:200].count(b"\x00") > len(content[:200]) // 4:
        raise UnreadableInput("the text is UTF-16; save it as UTF-8 and try again", where=where)
    if b"\x00" in content:
        raise UnreadableInput("this is not a text file", where=where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"line {line} is not UTF-8 (an old TCVN3, VNI or Windows-1258 file?); convert it to UTF-8 and try again",
            where=where,
        ) from None
    return unicodedata.normalize("NFC", text)
