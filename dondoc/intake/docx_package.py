"""Open the zip of a .docx without trusting it, and run its XML parts through a parser that expands nothing.

Every size is bounded before and while something is unpacked. A part that declares a document type is refused, so
there are no entities; relationships to anywhere outside the file are not followed.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from dondoc.errors import UnreadableInput

LARGEST_DIRECTORY_BYTES = 512 * 1024
"""The zip's list of files; a document with a thousand pictures has a fifth."""
MOST_ENTRIES = 4_000
LARGEST_PART_BYTES = 24 * 1024 * 1024
"""XML of one part; 30 pages have one or two megabytes."""
LARGEST_TOTAL_BYTES = 400 * 1024 * 1024
"""Everything unpacked, pictures too, by what the zip declares."""
HIGHEST_RATIO = 150
"""Unpacked to packed, for parts over RATIO_FROM_BYTES; Word's XML packs ten to thirty times."""
RATIO_FROM_BYTES = 2 * 1024 * 1024
MOST_ELEMENTS = 600_000
"""XML elements in all the parts together, a second's work; 30 pages have some 50,000."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main "

END_RECORD, ZIP64_LOCATOR = b"PK\x05\x06", b"PK\x06\x07"
END_RECORD_BYTES, LOCATOR_BYTES = 22, 20
ENCRYPTED_FLAG = 0x1

Attributes = dict[str, str]


class Handler(Protocol):
    """What listens to a part: names come as "namespace local"."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take its end."""

    def characters(self, data: str) -> None:
        """Take text."""


class Package:
    """The parts of a .docx by name. Raise UnreadableInput for whatever is broken, hostile or too large."""

    def __init__(self, content: bytes, where: str) -> None:
        """Look at the zip's directory; nothing is unpacked yet."""
        self.where = where
        self._elements = 0
        self._check_directory(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise self.damaged() from None
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOTAL_BYTES:
            raise self.too_large()
        self.names = {entry.filename for entry in entries}

    def damaged(self) -> UnreadableInput:
        """Say that the file is broken."""
        return UnreadableInput(
            "the .docx is damaged; open it in Word or LibreOffice, save it again and try that", where=self.where
        )

    def too_large(self) -> UnreadableInput:
        """Say that the file unpacks to more than a document."""
        return UnreadableInput("the .docx unpacks to far more than a document holds; it is not read", where=self.where)

    def read(self, name: str) -> bytes:
        """Unpack one part, never more of it than a part may have."""
        try:
            entry = self._zip.getinfo(name)
            if entry.flag_bits & ENCRYPTED_FLAG:
                raise UnreadableInput("the file is locked with a password; save it without", where=self.where)
            if entry.file_size > LARGEST_PART_BYTES or (
                entry.file_size > RATIO_FROM_BYTES and entry.file_size > HIGHEST_RATIO * entry.compress_size
            ):
                raise self.too_large()
            with self._zip.open(entry) as part:
                content = part.read(LARGEST_PART_BYTES + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError):
            raise self.damaged() from None
        if len(content) > LARGEST_PART_BYTES:
            raise self.too_large()
        return content

    def parse(self, name: str, handler: Handler) -> None:
        """Run a part through `handler`; a document type is refused, so nothing in it stands for something else."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._counted(handler.start)
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.characters
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            parser.Parse(self.read(name), True)
        except (expat.ExpatError, ValueError, LookupError):
            raise self.damaged() from None

    def relationships(self, part: str) -> dict[str, list[str]]:
        """Give the parts inside the file that `part` points to, by the last word of the relationship's type."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        found = _Relationships(folder)
        if name in self.names:
            self.parse(name, found)
        return {kind: [target for target in targets if target in self.names] for kind, targets in found.kinds.items()}

    def _check_directory(self, content: bytes) -> None:
        """Refuse a directory that would cost much to list, before listing it."""
        end = content.rfind(END_RECORD)
        if end < 0 or len(content) < end + END_RECORD_BYTES:
            raise self.damaged()
        if content[max(0, end - LOCATOR_BYTES) :].startswith(ZIP64_LOCATOR):
            raise self.too_large()
        if int.from_bytes(content[end + 12 : end + 16], "little") > LARGEST_DIRECTORY_BYTES:
            raise self.too_large()

    def _counted(self, start: Callable[[str, Attributes], None]) -> Callable[[str, Attributes], None]:
        def counted(name: str, attributes: Attributes) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise self.too_large()
            start(name, attributes)

        return counted

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise UnreadableInput(
            "the .docx declares entities of its own, which no word processor writes; it is not read", where=self.where
        )


def word_attribute(attributes: Attributes, name: str) -> str | None:
    """Give an attribute of Word's namespace, transitional or strict."""
    value = attributes.get(WORD + name)
    return attributes.get(STRICT_WORD + name) if value is None else value


def is_on(attributes: Attributes) -> bool:
    """Tell whether a switch such as <w:caps/> is on: it is unless it says otherwise."""
    return word_attribute(attributes, "val") not in {"0", "false", "off", "none"}


def word_number(attributes: Attributes, name: str, *, missing: int) -> int:
    """Give a small whole number; `missing` where there is none or nonsense."""
    value = word_attribute(attributes, name) or ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("1000000000") else missing


class _Relationships:
    """The targets inside the package, by kind, in the file's order."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.kinds: dict[str, list[str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", ""))).lstrip("/")
            self.kinds.setdefault(kind, []).append(target)

    def end(self, name: str) -> None:
        pass

    def characters(self, data: str) -> None:
        pass
