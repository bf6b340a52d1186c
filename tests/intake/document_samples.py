"""Documents made for the tests: a .docx by python-docx or by hand, a small .pdf by hand, a zip."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence

import docx
from docx.document import Document

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINES_ON_A_PAGE = 40


def docx_of(fill: Callable[[Document], None]) -> bytes:
    """Give a .docx as python-docx writes it, after `fill` put its content in."""
    document = docx.Document()
    fill(document)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def docx_of_paragraphs(*paragraphs: str) -> bytes:
    """Give a .docx of plain paragraphs."""

    def fill(document: Document) -> None:
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)

    return docx_of(fill)


def docx_by_hand(body: str, *, parts: Mapping[str, tuple[str, str]] | None = None, head: str = "") -> bytes:
    """Give a .docx whose body is this XML; `parts` are more of it: name -> (kind of relationship, XML)."""
    related = "".join(
        f'<Relationship Id="r{place}" Type="{RELATIONSHIPS}/{kind}" Target="{name}"/>'
        for place, (name, (kind, _)) in enumerate((parts or {}).items())
    )
    frame = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    main = f'<Relationship Id="r" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/>'
    opened = f'<w:document xmlns:w="{WORD_NAMESPACE}" xmlns:v="urn:schemas-microsoft-com:vml" '
    opened += 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": frame.format(main),
        "word/_rels/document.xml.rels": frame.format(related),
        "word/document.xml": f"{head}{opened}<w:body>{body}</w:body></w:document>",
    }
    return zip_of(files | {f"word/{name}": xml for name, (_, xml) in (parts or {}).items()})


def part_xml(root: str, inside: str) -> str:
    """Give the XML of a part, such as <w:styles>."""
    return f'<w:{root} xmlns:w="{WORD_NAMESPACE}">{inside}</w:{root}>'


def paragraph_xml(*runs: str, properties: str = "") -> str:
    """Give a paragraph of runs; a run that is not XML is plain text."""
    inside = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def run_xml(text: str, font: str) -> str:
    """Give a run drawn with `font`."""
    return (
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    """Give a zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in files.items():
            archive.writestr(name, inside)
    return content.getvalue()


def pdf_of(pages: Sequence[Sequence[str]], *, font: str = "") -> bytes:
    """Give a .pdf of pages of lines. Without a `font` it says which characters it shows; with one it is Western."""
    characters = sorted({character for page in pages for line in page for character in line})
    objects: list[bytes] = [b"", b""]

    def add(inside: bytes) -> int:
        objects.append(inside)
        return len(objects)

    face = add(_western_font(font) if font else b"")
    if not font:
        objects[face - 1] = _unicode_font(add, characters)
    kids = []
    for page in pages:
        drawn = b"BT /F1 12 Tf 14 TL 60 780 Td " + b" T* ".join(_shown(line, font) for line in page) + b" ET"
        content = add(stream_object(drawn))
        kids.append(
            add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
                b"/Resources<</Font<</F1 %d 0 R>>>>/Contents %d 0 R>>" % (face, content)
            )
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return pdf_of_objects(objects)


def pdf_of_objects(objects: Sequence[bytes]) -> bytes:
    """Give a .pdf of numbered objects, the first of which is its catalogue."""
    content = bytearray(b"%PDF-1.7\n")
    places = []
    for number, inside in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(content)


def stream_object(content: bytes, entries: bytes = b"") -> bytes:
    """Give a packed stream."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), entries, packed)


def _shown(line: str, font: str) -> bytes:
    if font:
        return b"<%s> Tj" % line.encode("cp1252").hex().encode()
    return b"<%s> Tj" % line.encode("utf-16-be").hex().encode()


def _western_font(name: str) -> bytes:
    return b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name.encode()


def _unicode_font(add: Callable[[bytes], int], characters: Sequence[str]) -> bytes:
    """Two bytes a character, which are its number in Unicode; the map says so, as a word processor's does."""
    codes = [f"{ord(character):04x}" for character in characters]
    blocks = [codes[start : start + 100] for start in range(0, len(codes), 100)]
    listed = "".join(
        f"{len(block)} beginbfchar\n" + "".join(f"<{code}> <{code}>\n" for code in block) + "endbfchar\n"
        for block in blocks
    )
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{listed}"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    mapped = add(stream_object(meaning.encode()))
    described = add(b"<</Type/FontDescriptor/FontName/Made/Flags 4>>")
    inner = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor %d 0 R/DW 500>>" % described
    )
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (inner, mapped)
    )
