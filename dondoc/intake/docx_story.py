"""Listen to one part of a .docx that holds text, and put its paragraphs, tables and text boxes in reading order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from dondoc.errors import UnreadableInput
from dondoc.intake.docx_numbering import Numbering
from dondoc.intake.docx_package import STRICT_WORD, WORD, Attributes, is_on, word_attribute, word_number
from dondoc.intake.docx_paragraph import Notices, Paragraph
from dondoc.intake.docx_styles import Look, Styles, font_named
from dondoc.intake.docx_table import Cell, Table
from dondoc.intake.extracted import LONGEST_TEXT_CHARS
from dondoc.intake.old_fonts import encoding_of_font

DEEPEST = 40
"""Tables in cells and boxes in boxes."""

PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
NO_BORDER = frozenset({"none", "nil"})
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
"""The same text box once more, for older programs."""
CHANGED_AWAY = ("del", "moveFrom", "rPrChange", "pPrChange", "tcPrChange", "tblPrChange", "trPrChange")
WRITTEN = {"br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
"""Elements that are a character; in TCVN3 the code of a soft hyphen is the letter ư."""


Value = TypeVar("Value")


@dataclass(slots=True)
class _Field:
    """A field: its instruction, and whether what it shows is a page's number, or stands in a field that does."""

    instruction: str = ""
    of_page: bool = False


class Story:
    """The text of a part: `lines` in reading order, `paragraphs` apart, `notes` by number where it is of notes."""

    def __init__(self, styles: Styles, numbering: Numbering, notices: Notices, where: str) -> None:
        """Begin with nothing read."""
        self.lines: list[str] = []
        self.paragraphs: list[str] = []
        self.notes: dict[str, str] = {}
        self.note_order: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self._styles, self._numbering, self._notices, self._where = styles, numbering, notices, where
        self._opened: list[list[str]] = [self.lines]
        self._tables: list[Table] = []
        self._paused: list[Paragraph | None] = []
        self._paragraph: Paragraph | None = None
        self._fields: list[_Field] = []
        self._skipped = self._chars = 0
        self._in_run = self._in_text = self._in_instruction = False
        self._note = ""
        self._starts = _in_both(self._begins())
        self._ends = _in_both(self._finishes())
        self._skips = {FALLBACK, *_in_both(dict.fromkeys(CHANGED_AWAY))}

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element; what is not known is looked through."""
        if self._skipped:
            self._skipped += 1
        elif act := self._starts.get(name):
            act(attributes)
        elif name in self._skips:
            self._skipped = 1
            self._notices.changes |= name != FALLBACK

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif act := self._ends.get(name):
            act()

    def characters(self, data: str) -> None:
        """Take text, which counts only inside a run's text or a field's instruction."""
        if self._in_text:
            self._write(data)
        elif self._in_instruction and self._fields:
            self._fields[-1].instruction += data

    def _begins(self) -> dict[str, Callable[[Attributes], None]]:
        border, merged = self._take_border, self._take_merge
        characters = {name: self._writer(text) for name, text in WRITTEN.items()}
        return characters | {
            "p": self._begin_paragraph,
            "pStyle": self._take_style,
            "numId": self._take_number,
            "ilvl": self._take_level,
            "r": self._begin_run,
            "rStyle": lambda found: self._restyle(self._styles.of_run(word_attribute(found, "val") or "")),
            "rFonts": lambda found: self._restyle(Look(font=font_named(found))),
            "caps": lambda found: self._restyle(Look(capitals=is_on(found))),
            "vanish": lambda found: self._restyle(Look(hidden=is_on(found))),
            "t": lambda _: self._listen(text=True),
            "tab": self._take_tab,
            "sym": self._take_symbol,
            "fldChar": self._take_field,
            "fldSimple": self._begin_field,
            "instrText": lambda _: self._listen(instruction=True),
            "footnoteReference": lambda found: self._refer("footnotes", found),
            "endnoteReference": lambda found: self._refer("endnotes", found),
            "footnote": self._begin_note,
            "endnote": self._begin_note,
            "txbxContent": self._begin_box,
            "altChunk": self._take_embedded,
            "ins": self._take_change,
            "tbl": self._begin_table,
            "tblStyle": lambda _: self._set_bordered(bordered=True),
            # The table's own borders stand instead of its style's.
            "tblBorders": lambda _: self._set_bordered(bordered=False),
            **dict.fromkeys(("top", "bottom", "left", "right", "start", "end", "insideH", "insideV"), border),
            "tr": self._begin_row,
            "tc": self._begin_cell,
            "vMerge": merged,
            "hMerge": merged,
        }

    def _finishes(self) -> dict[str, Callable[[], None]]:
        return {
            "p": self._end_paragraph,
            "r": self._end_run,
            "t": self._listen,
            "instrText": self._listen,
            "fldSimple": self._end_field,
            "footnote": self._end_note,
            "endnote": self._end_note,
            "txbxContent": self._end_box,
            "tc": self._end_cell,
            "tbl": self._end_table,
        }

    # paragraphs

    def _begin_paragraph(self, _attributes: Attributes) -> None:
        self._paragraph, self._in_run = Paragraph(self._styles.of_paragraph(None)), False

    def _take_style(self, attributes: Attributes) -> None:
        if self._paragraph:
            style = word_attribute(attributes, "val")
            self._paragraph.look = self._styles.of_paragraph(style)
            self._paragraph.level = self._numbering.level_of_style.get(style or "")

    def _take_number(self, attributes: Attributes) -> None:
        if self._paragraph:
            self._paragraph.number = word_attribute(attributes, "val")

    def _take_level(self, attributes: Attributes) -> None:
        if self._paragraph:
            self._paragraph.level = word_number(attributes, "val", missing=0)

    def _end_paragraph(self) -> None:
        paragraph, self._paragraph = self._paragraph, None
        if paragraph is None:
            return
        if text := paragraph.text(self._notices).strip():
            number = paragraph.look.number if paragraph.number is None else paragraph.number
            level = paragraph.look.level if paragraph.level is None else paragraph.level
            label = self._numbering.label(number, level or 0) if number else ""
            text = f"{label} {text}" if label else text
            self._opened[-1].append(text)
            self.paragraphs.append(text)
        self._opened[-1].extend(paragraph.boxes)

    # runs

    def _begin_run(self, _attributes: Attributes) -> None:
        self._in_run = True
        if self._paragraph:
            self._paragraph.run = self._paragraph.look

    def _end_run(self) -> None:
        self._in_run = False

    def _restyle(self, look: Look) -> None:
        # The same properties of the paragraph's own sign say nothing of its text.
        if self._paragraph and self._in_run:
            self._paragraph.run = look.over(self._paragraph.run)

    def _listen(self, *, text: bool = False, instruction: bool = False) -> None:
        self._in_text, self._in_instruction = text, instruction

    def _writer(self, text: str) -> Callable[[Attributes], None]:
        return lambda _: self._write(text)

    def _write(self, text: str) -> None:
        paragraph = self._paragraph
        if paragraph is None or (self._fields and self._fields[-1].of_page):
            return
        if paragraph.run.hidden:
            self._notices.hidden |= not text.isspace()
            return
        self._chars += len(text)
        if self._chars > LONGEST_TEXT_CHARS:
            raise UnreadableInput("the text is far longer than a directive; is it the right file?", where=self._where)
        paragraph.add(text)

    def _take_tab(self, _attributes: Attributes) -> None:
        # A tab stop among the paragraph's properties has the same name.
        if self._in_run:
            self._write("\t")

    def _take_symbol(self, attributes: Attributes) -> None:
        font, code = word_attribute(attributes, "font") or "", word_attribute(attributes, "char") or ""
        if self._paragraph and encoding_of_font(font) and len(code) <= len("F0E9"):
            try:
                self._paragraph.pieces.append((font, chr(int(code, 16) & 0xFF)))
            except ValueError:
                return

    # fields and notes

    def _take_field(self, attributes: Attributes) -> None:
        match word_attribute(attributes, "fldCharType"):
            case "begin":
                self._open_field(of_page=False)
            case "separate" if self._fields:
                self._fields[-1].of_page |= _of_page(self._fields[-1].instruction)
            case "end":
                self._end_field()

    def _begin_field(self, attributes: Attributes) -> None:
        self._open_field(of_page=_of_page(word_attribute(attributes, "instr") or ""))

    def _open_field(self, *, of_page: bool) -> None:
        inside = bool(self._fields) and self._fields[-1].of_page
        self._fields.append(_Field(of_page=of_page or inside))

    def _end_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def _refer(self, kind: str, attributes: Attributes) -> None:
        self.note_order[kind].append(word_attribute(attributes, "id") or "")

    def _begin_note(self, attributes: Attributes) -> None:
        self._note = word_attribute(attributes, "id") or ""
        self._open()

    def _end_note(self) -> None:
        self.notes[self._note] = " ".join(self._opened.pop())

    def _take_embedded(self, _attributes: Attributes) -> None:
        self._notices.embedded = True

    def _take_change(self, _attributes: Attributes) -> None:
        self._notices.changes = True

    # what holds paragraphs

    def _begin_box(self, _attributes: Attributes) -> None:
        self._paused.append(self._paragraph)
        self._paragraph = None
        self._open()

    def _end_box(self) -> None:
        lines = self._opened.pop()
        self._paragraph = self._paused.pop()
        (self._paragraph.boxes if self._paragraph else self._opened[-1]).extend(lines)
        self._in_run = True

    def _begin_table(self, _attributes: Attributes) -> None:
        if len(self._tables) >= DEEPEST:
            raise self._too_deep()
        self._tables.append(Table())

    def _set_bordered(self, *, bordered: bool) -> None:
        if self._tables:
            self._tables[-1].bordered = bordered

    def _take_border(self, attributes: Attributes) -> None:
        kind = word_attribute(attributes, "val")
        if self._tables and not self._paragraph and kind and kind not in NO_BORDER:
            self._tables[-1].bordered = True

    def _begin_row(self, _attributes: Attributes) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def _begin_cell(self, _attributes: Attributes) -> None:
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1].append(Cell(self._open()))

    def _take_merge(self, attributes: Attributes) -> None:
        if self._tables and self._tables[-1].rows and (row := self._tables[-1].rows[-1]):
            row[-1].continued = word_attribute(attributes, "val") != "restart"

    def _end_cell(self) -> None:
        if self._tables and self._tables[-1].rows and len(self._opened) > 1:
            self._opened.pop()

    def _end_table(self) -> None:
        if self._tables:
            self._opened[-1].extend(self._tables.pop().lines())

    def _open(self) -> list[str]:
        if len(self._opened) >= DEEPEST:
            raise self._too_deep()
        self._opened.append([])
        return self._opened[-1]

    def _too_deep(self) -> UnreadableInput:
        return UnreadableInput(
            "tables or boxes are nested deeper than in any document; it is not read", where=self._where
        )


def _in_both(acts: dict[str, Value]) -> dict[str, Value]:
    """Give the names as elements of Word's namespace, transitional and strict."""
    return {space + name: act for space in (WORD, STRICT_WORD) for name, act in acts.items()}


def _of_page(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in PAGE_FIELDS
