"""A file that is broken, locked, of another kind or made to do harm gets one line that says what to do, and quickly."""

import io
import os
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.errors import DondocError, UnreadableInput
from dondoc.intake import docx_package, text_file
from dondoc.intake.document import read_document
from dondoc.intake.text_file import LARGEST_BYTES
from tests.intake import document_samples as samples

GIGABYTE, MEGABYTE = 2**30, 2**20
LONGEST_SECONDS = 5
"""Generous, as the machine that tests may be busy; each of these takes a fraction of a second."""
MOST_MEMORY_BYTES = 100 * MEGABYTE

SENTENCE = "Các cấp công đoàn báo cáo kết quả trước ngày 15/6/2025."
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
DRAWN = b"BT /F1 12 Tf 60 700 Td (A line of text that is long enough) Tj ET "
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>/XObject<</X0 %d 0 R>>>>"


def refused(folder: Path, content: bytes, name: str = "van-ban.docx") -> str:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInput) as raised:
        read_document(path)
    assert raised.value.where == str(path)
    return str(raised.value).removeprefix(f"{path}: ")


def packed(size: int) -> bytes:
    """Give `size` bytes of blanks, deflated: the same block over and over, so that a gigabyte costs nothing."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(b" " * MEGABYTE) + deflate.flush(zlib.Z_FULL_FLUSH)
    return block * (size // MEGABYTE) + deflate.flush()


def zip_with(name: str, deflated: bytes, *, declared: int) -> bytes:
    """Give the zip of a sound .docx in which one part is this, and is said to unpack to `declared` bytes."""
    sound = zipfile.ZipFile(io.BytesIO(samples.docx_by_hand(samples.paragraph_xml(SENTENCE))))
    content, directory, count = bytearray(), bytearray(), 0
    for entry in sound.namelist():
        inside = zlib.compress(sound.read(entry))[2:-4]
        size, crc = len(sound.read(entry)), zlib.crc32(sound.read(entry))
        if entry == name:
            inside, size, crc = deflated, declared, 0
        common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, crc, len(inside), size, len(entry), 0)
        directory += b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHII", 0, 0, 0, 0, len(content)) + entry.encode()
        content += b"PK\x03\x04" + common + entry.encode() + inside
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(content), 0)
    return bytes(content + directory) + b"PK\x05\x06" + end


def locked_pdf(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(samples.pdf_of([[SENTENCE]])))
    writer.encrypt(password, "owner", algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def pdf_drawing(*contents: bytes, pages: int = 1, form: bytes = b"") -> bytes:
    """Give a .pdf whose pages draw these streams in turn; a form is drawn by "/X0 Do"."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", FONT, samples.stream_object(form, FORM % 4)]
    objects += [samples.stream_object(content) for content in contents]
    kids = b""
    for place in range(pages):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>/XObject<</X0 4 0 R>>>>"
            b"/Contents %d 0 R>>" % (5 + place % len(contents))
        )
        kids += b"%d 0 R " % len(objects)
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids)
    return samples.pdf_of_objects(objects)


OTHER_KINDS = [
    (b"", "the file is empty"),
    (b"\xef\xbb\xbf \n\n", "no text in the document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old .doc"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "locked with a password",
    ),
    (b"{\\rtf1\\ansi Van ban}", "an .rtf file"),
    (b"<html><body>Van ban</body></html>", "a web page"),
    (b"\n<!DOCTYPE HTML PUBLIC>\n<p>", "a web page"),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web page"),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "a document as XML"),
    (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    (b"\xff\xd8\xff\xe0" + bytes(100), "a picture"),
    (
        samples.zip_of({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}),
        "an OpenDocument file",
    ),
    (samples.zip_of({"a.txt": SENTENCE}), "a .zip, not a document"),
    (samples.zip_of({}), "a .zip, not a document"),
    (b"\x7fELF" + bytes(200), "UTF-16|not a text file"),
    (b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4, "an archive"),
    (b"Rar!\x1a\x07\x01\x00" + bytes(range(256)), "an archive"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(range(256)), "an archive"),
    (b"RIFF\x00\x01\x00\x00WEBPVP8 " + bytes(range(256)), "a picture"),
    (SENTENCE.encode() + b"\x00" + SENTENCE.encode(), "not a text file"),
    ("Élève à la forêt, très français, même hôtel".encode("latin-1"), "is not UTF-8"),
    (SENTENCE.encode("utf-16"), "UTF-16"),
]


@pytest.mark.parametrize(("content", "says"), OTHER_KINDS, ids=[says for _, says in OTHER_KINDS])
@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf"])
def test_another_kind_of_file_is_named_as_what_it_is(tmp_path: Path, content: bytes, says: str, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableInput, match=says) as raised:
        read_document(tmp_path / name)
    assert "\n" not in str(raised.value)


def test_a_workbook_is_named_as_one(tmp_path: Path) -> None:
    relation = f'<Relationship Type="{samples.RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/>'
    content = samples.zip_of({"_rels/.rels": f'<x xmlns="a">{relation}</x>', "xl/workbook.xml": "<a/>"})
    assert refused(tmp_path, content).startswith("this is a workbook")


def test_a_file_that_is_not_there_or_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read_document(tmp_path / "none.docx")
    with pytest.raises(UnreadableInput, match="a folder"):
        read_document(tmp_path)


@pytest.mark.parametrize("flags", [None, os.O_RDWR], ids=["no writer", "a silent writer"])
def test_a_pipe_through_which_nothing_comes_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: int | None
) -> None:
    monkeypatch.setattr(text_file, "LONGEST_SILENCE_SECONDS", 0.05)
    os.mkfifo(tmp_path / "pipe")
    writer = None if flags is None else os.open(tmp_path / "pipe", flags)
    with pytest.raises(UnreadableInput, match="nothing came through the pipe"):
        read_document(tmp_path / "pipe")
    if writer is not None:
        os.close(writer)


def test_a_pipe_is_read_to_its_end() -> None:
    ends, begins = os.pipe()
    os.write(begins, SENTENCE.encode())
    os.close(begins)
    assert read_document(Path(f"/dev/fd/{ends}")).text == SENTENCE
    os.close(ends)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_not_read(device: str) -> None:
    with pytest.raises(UnreadableInput, match="a device, not a file"):
        read_document(Path(device))


def test_a_file_of_a_hundred_megabytes_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(100 * MEGABYTE)
    tracemalloc.start()
    with pytest.raises(UnreadableInput, match="larger than 20 MB"):
        read_document(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * LARGEST_BYTES


def test_a_text_of_many_books_is_refused(tmp_path: Path) -> None:
    assert "far longer than a directive" in refused(tmp_path, b"mot dong\n" * 200_000, "a.txt")
    assert "far longer than a directive" in refused(tmp_path, samples.docx_of_paragraphs("mot dong " * 150_000))


BOMBS = {
    "a part of a gigabyte": (zip_with("word/document.xml", packed(GIGABYTE), declared=GIGABYTE), "unpacks to far more"),
    "a gigabyte that says it is small": (zip_with("word/document.xml", packed(GIGABYTE), declared=5000), "damaged"),
    "relationships of a gigabyte": (
        zip_with("_rels/.rels", packed(GIGABYTE), declared=GIGABYTE),
        "unpacks to far more",
    ),
    "a part of 20 MB of blanks": (
        zip_with("word/document.xml", packed(20 * MEGABYTE), declared=20 * MEGABYTE),
        "unpacks to far more",
    ),
    "more files than a document": (samples.zip_of({f"{n}": b"" for n in range(5000)}), "unpacks to far more"),
    "more files than can be listed": (b"PK\x03\x04" + b"PK\x05\x06" + b"\xff" * 18, "unpacks to far more"),
    "entities in entities": (
        samples.docx_by_hand(
            samples.paragraph_xml("&b;"), head='<!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        ),
        "entities of its own",
    ),
    "an entity from elsewhere": (
        samples.docx_by_hand(
            samples.paragraph_xml("&b;"), head='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
        ),
        "entities of its own",
    ),
    "tables in tables": (samples.docx_by_hand("<w:tbl><w:tr><w:tc>" * 500), "nested deeper"),
    "boxes in boxes": (samples.docx_by_hand("<w:p><w:r><w:txbxContent>" * 500), "nested deeper"),
    "cut off": (samples.docx_of_paragraphs(SENTENCE)[:-200], "damaged"),
    "no XML": (samples.docx_by_hand("</w:oops>"), "damaged"),
    "a pdf's page of 300 MB": (pdf_drawing(b" " * 300 * MEGABYTE), "unpacks to far more"),
    "a pdf's many steps": (pdf_drawing(DRAWN + b"q Q " * 45_000, pages=100), "draws far more|unpacks to far more"),
    "a pdf's drawings in drawings": (pdf_drawing(b"/X0 Do " * 150, form=DRAWN + b"/X0 Do " * 50), "draws far more"),
    "a pdf's thousands of pages": (pdf_drawing(DRAWN, pages=3000), "unpacks to far more"),
    "a pdf's 600 pages": (pdf_drawing(DRAWN, pages=600), "over 500 pages"),
    "a pdf's arrays in arrays": (pdf_drawing(b"[" * 100_000), "damaged"),
    "a pdf's tables in a ring": (
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Prev 9/Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        "damaged",
    ),
    "a pdf without anything": (b"%PDF-1.7\n", "damaged"),
    "a pdf of noise": (b"%PDF-1.4\n" + b"\x00\xff" * MEGABYTE, "damaged"),
    "a scan": (pdf_drawing(b"q 595 0 0 842 0 0 cm Q"), r"a picture of a page \(a scan\)"),
    "a locked pdf": (locked_pdf("secret"), "locked with a password"),
}


@pytest.mark.parametrize(("content", "says"), BOMBS.values(), ids=BOMBS)
def test_a_hostile_or_broken_file_is_refused_quickly_in_one_line(
    tmp_path: Path, content: bytes, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "van-ban"
    path.write_bytes(content)
    began = time.process_time()
    with pytest.raises(UnreadableInput, match=says) as raised:
        read_document(path)
    assert time.process_time() - began < LONGEST_SECONDS
    assert "\n" not in str(raised.value)
    assert not caplog.records


@pytest.mark.parametrize("name", [name for name in BOMBS if "gigabyte" in name or "MB" in name])
def test_a_bomb_is_refused_before_it_takes_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / "van-ban"
    path.write_bytes(BOMBS[name][0])
    tracemalloc.start()
    with pytest.raises(UnreadableInput):
        read_document(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MOST_MEMORY_BYTES


def test_a_document_of_very_many_elements_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = samples.docx_by_hand("<w:p/>" * 2000)
    monkeypatch.setattr(docx_package, "MOST_ELEMENTS", 1000)
    assert "unpacks to far more" in refused(tmp_path, content)


def test_a_pdf_that_only_forbids_copying_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked_pdf(""))
    assert read_document(path).text == SENTENCE


def test_a_part_from_outside_the_file_is_not_looked_for(tmp_path: Path) -> None:
    content = samples.docx_by_hand(
        samples.paragraph_xml(SENTENCE), parts={"../../../etc/passwd": ("footnotes", ""), "a.xml": ("header", "")}
    )
    assert "damaged" in refused(tmp_path, content)  # a.xml is no XML
    outside = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: outside.read(name) for name in outside.namelist() if name != "word/a.xml"}
    (tmp_path / "a.docx").write_bytes(samples.zip_of(parts))
    assert read_document(tmp_path / "a.docx").text == SENTENCE


SOUND = [
    samples.docx_of_paragraphs("KẾ HOẠCH", SENTENCE),
    samples.docx_by_hand(samples.paragraph_xml(SENTENCE)),
    samples.pdf_of([["KẾ HOẠCH", SENTENCE]]),
    locked_pdf(""),
    SENTENCE.encode(),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SOUND), st.data())
def test_any_damage_gives_a_text_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        kind = data.draw(st.sampled_from(["change", "cut", "repeat"]))
        if kind == "change":
            damaged[place] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del damaged[place : place + data.draw(st.integers(1, 40))]
        else:
            damaged[place:place] = damaged[place : place + data.draw(st.integers(1, 200))]
        damaged = damaged or bytearray(b"x")
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(bytes(damaged))
    try:
        said = read_document(path).text
    except DondocError as error:
        said = str(error).replace("\n", "\ud800")  # what no one line has, and UTF-8 cannot write
    said.encode()
