"""A .docx paragraph while it is read: its runs with their fonts, joined and converted to Unicode at its end."""

import itertools
from collections import Counter
from dataclasses import dataclass, field

from dondoc.intake.docx_styles import PLAIN, Look
from dondoc.intake.extracted import converted_mark
from dondoc.intake.old_fonts import OldEncoding, encoding_of_font, is_capital_font, to_unicode


@dataclass(slots=True)
class Notices:
    """What a person should know of how the parts were read."""

    fonts: dict[OldEncoding, set[str]] = field(default_factory=dict)
    converted: Counter[OldEncoding] = field(default_factory=Counter)
    changes: bool = False
    hidden: bool = False
    embedded: bool = False

    def marks(self) -> tuple[str, ...]:
        """Say what was converted, to be confirmed."""
        counted = sorted(self.converted.items())
        return tuple(converted_mark(encoding, self.fonts[encoding], count) for encoding, count in counted)

    def warnings(self) -> tuple[str, ...]:
        """Say what was left out."""
        said = (
            (self.changes, "văn bản còn dấu vết sửa đổi: đã đọc như khi chấp nhận mọi sửa đổi"),
            (self.hidden, "văn bản có chữ ẩn: không đọc phần đó"),
            (self.embedded, "một phần văn bản là tệp nhúng: không đọc được phần đó"),
        )
        return tuple(words for applies, words in said if applies)


@dataclass(slots=True)
class Paragraph:
    """`pieces` are texts, each with its font where that is an old one; `boxes` the lines of its text boxes."""

    look: Look
    level: int | None = None
    number: str | None = None
    pieces: list[tuple[str | None, str]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    run: Look = PLAIN

    def add(self, text: str) -> None:
        """Add text as the current run shows it."""
        font = self.run.font
        if font is not None and encoding_of_font(font):
            self.pieces.append((font, text))
        else:
            self.pieces.append((None, text.upper() if self.run.capitals else text))

    def text(self, notices: Notices) -> str:
        """Join the runs; a letter of an old font may begin in one run and end in the next of the same encoding."""
        if not any(font for font, _ in self.pieces):
            return "".join(text for _, text in self.pieces)
        joined, touched = "", set()
        for key, run in itertools.groupby(self.pieces, lambda piece: _encoding(piece[0])):
            pieces = list(run)
            before = "".join(text for _, text in pieces)
            if key is None:
                joined += before
                continue
            encoding, capitals = key
            after = to_unicode(before, encoding)
            joined += after.upper() if capitals else after
            if after != before:
                touched.add(encoding)
                notices.fonts.setdefault(encoding, set()).update(font for font, _ in pieces if font)
        notices.converted.update(touched)
        return joined


def _encoding(font: str | None) -> tuple[OldEncoding, bool] | None:
    encoding = encoding_of_font(font) if font else None
    return (encoding, is_capital_font(font or "")) if encoding else None
