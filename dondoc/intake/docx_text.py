"""Read a .docx as a person sees it: body, tables, text boxes, list numbers, page headers and footers, footnotes.

A paragraph is a line with a blank line after it. A table's row is a line, its cells parted by " | "; a table that
only places text on the page (no borders, paragraphs in its cells) is read cell by cell. A footnote stands after the
body and leaves nothing in the sentence that it hangs on. Deleted and hidden text is not text.
"""

import re

from dondoc.errors import UnreadableInput
from dondoc.intake.docx_numbering import Numbering
from dondoc.intake.docx_package import Package
from dondoc.intake.docx_paragraph import Notices
from dondoc.intake.docx_story import Story
from dondoc.intake.docx_styles import Styles
from dondoc.intake.extracted import Extracted

STAMP_PARAGRAPHS = 80
MOST_MARGINS = 60
"""Page headers and footers; Word writes three of each for a section."""

_ONLY_PAGE = re.compile(r"\W*(?:(?:trang|page|tr\.?|số|of|/)\W*)*\d*\W*\d*\W*", re.IGNORECASE)

KINDS_REFUSED = {"xl": "a workbook", "ppt": "a presentation", "visio": "a drawing"}


def read_docx(content: bytes, where: str) -> Extracted:
    """Give the text of a .docx. Raise UnreadableInput in one line for anything that is none, broken or hostile."""
    package = Package(content, where)
    main = _main_part(package)
    related = package.relationships(main)
    styles, numbering = Styles(), Numbering()
    for part in related.get("styles", ())[:1]:
        package.parse(part, styles)
    for part in related.get("numbering", ())[:1]:
        package.parse(part, numbering)
    notices = Notices()
    body = Story(styles, numbering, notices, where)
    package.parse(main, body)
    above, below = (_margins(package, related.get(kind, []), styles, notices) for kind in ("header", "footer"))
    notes: list[str] = []
    for kind in ("footnotes", "endnotes"):
        for part in related.get(kind, ())[:1]:
            story = Story(styles, Numbering(), notices, where)
            package.parse(part, story)
            notes += [story.notes[note] for note in body.note_order[kind] if story.notes.get(note)]
    numbered = [f"[{number}] {note}" for number, note in enumerate(notes, start=1)]
    blocks = (*above, *body.lines, *below, *numbered)
    stamps = "\n".join((*above, *body.paragraphs[:STAMP_PARAGRAPHS]))
    return Extracted("\n\n".join(blocks), notices.marks(), notices.warnings(), stamps)


def _main_part(package: Package) -> str:
    if "mimetype" in package.names and package.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise UnreadableInput("this is an OpenDocument file; save it as .docx and read that", where=package.where)
    targets = package.relationships("").get("officeDocument", [])
    main = next(iter(targets), "word/document.xml")
    if kind := KINDS_REFUSED.get(main.split("/")[0]):
        raise UnreadableInput(f"this is {kind}, not a text document; save the text as .docx", where=package.where)
    if main not in package.names:
        if "[Content_Types].xml" in package.names:
            raise package.damaged()
        raise UnreadableInput("this is a .zip, not a document; unpack it and read what is in it", where=package.where)
    return main


def _margins(package: Package, parts: list[str], styles: Styles, notices: Notices) -> list[str]:
    """Give each text of the page headers or footers once; a page number is none."""
    found: dict[str, None] = {}
    for part in parts[:MOST_MARGINS]:
        story = Story(styles, Numbering(), notices, package.where)
        package.parse(part, story)
        found.update(dict.fromkeys(line for line in story.lines if not _ONLY_PAGE.fullmatch(line)))
    return list(found)
