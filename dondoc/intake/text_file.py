"""Read a text file as UTF-8, and say clearly what it is when it is something else."""

import os
import select
import stat
import unicodedata
from pathlib import Path
from typing import BinaryIO

from dondoc.errors import UnreadableInput

LARGEST_BYTES = 20 * 1024 * 1024
"""A file of units or of a directive is far smaller; a larger one is a mistake."""

LONGEST_SILENCE_SECONDS = 5
"""A pipe that gives nothing for so long has nobody at its other end who means to."""
CHUNK_BYTES = 1024 * 1024

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """Give the file's text in NFC, without a byte-order mark. Raise UnreadableInput in one line for anything else."""
    return decode_text(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Give the file's bytes. Raise UnreadableInput for none, a folder, a device, an empty or too large one."""
    try:
        if path.is_dir():
            raise UnreadableInput("this is a folder, not a file; name the file in it", where=str(path))
        with open(path, "rb", opener=_without_waiting) as file:
            content = _content(file, str(path))
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
        raise UnreadableInput("the file is empty; check that it is the right one", where=str(path))
    return content


def _without_waiting(path: str, flags: int) -> int:
    # A named pipe that nobody writes to would be waited for without an end, before it can be asked what it is.
    return os.open(path, flags | os.O_NONBLOCK)


def _content(file: BinaryIO, where: str) -> bytes:
    """Read a file, or a pipe to its end; never more than one byte over the largest, as a pipe has no size to ask."""
    kind = os.fstat(file.fileno()).st_mode
    if stat.S_ISREG(kind):
        return file.read(LARGEST_BYTES + 1)
    if not stat.S_ISFIFO(kind):
        raise UnreadableInput("this is a device, not a file; name the document's own file", where=where)
    content = b""
    while len(content) <= LARGEST_BYTES:
        if not select.select([file], [], [], LONGEST_SILENCE_SECONDS)[0]:
            raise UnreadableInput(
                f"nothing came through the pipe for {LONGEST_SILENCE_SECONDS} seconds; save the text as a file",
                where=where,
            )
        chunk = os.read(file.fileno(), CHUNK_BYTES)
        if not chunk:
            break
        content += chunk
    return content


def decode_text(content: bytes, where: str) -> str:
    """Decode UTF-8 text, or say which other encoding it seems to be in."""
    if content.startswith(UTF16_MARKS) or content[:200].count(b"\x00") > len(content[:200]) // 4:
        raise UnreadableInput("the text is UTF-16; save it as UTF-8 and try again", where=where)
    if b"\x00" in content:
        raise UnreadableInput(
            "this is not a text file; open it in the program that made it, save it anew, and try that", where=where
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            f"line {line} is not UTF-8 (an old TCVN3, VNI or Windows-1258 file?); convert it to UTF-8 and try again",
            where=where,
        ) from None
    return unicodedata.normalize("NFC", text)
