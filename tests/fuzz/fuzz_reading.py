"""A coverage-guided fuzzer over `due` and `read`: not a test, a search. It stops at the first crash or hang.

Run it where `atheris` is installed: python tests/fuzz/fuzz_reading.py TARGET -max_total_time=1800 SEEDS_FOLDER
TARGET is one of
- due: a phrase and a date;
- file: a file as it is, of whichever kind its bytes say;
- text: a directive's text;
- docx: the parts of a .docx (body, styles, numbering), each behind a line of four dashes, put in a sound zip, because
  no fuzzer finds its way through a checksum;
- pdf: what stands behind the first line of a .pdf.
"""

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["dondoc", "policies", "models", "pypdf"]):
    import pypdf  # noqa: F401 (read_pdf imports it later, when nothing is instrumented any more)

    from dondoc.calendar_file import default_calendar
    from dondoc.errors import DondocError
    from dondoc.intake.document import read_document
    from dondoc.operations.read import read_directive_text
    from policies.deadlines import decide_due

LONGEST_SECONDS = 1.0
"""A phrase or a small document that takes longer counts as a hang."""

CALENDAR = default_calendar()
FOLDER = Path(tempfile.mkdtemp())
PARTS = ("document", "styles", "numbering")
NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def fuzz_due(data: bytes) -> None:
    """Decide one phrase, with and without the document's date."""
    given = atheris.FuzzedDataProvider(data)
    issued = date.fromordinal(given.ConsumeIntInRange(1, 3_652_059)) if given.ConsumeBool() else None
    _timed(lambda: decide_due(given.ConsumeUnicodeNoSurrogates(600), issued, CALENDAR))


def fuzz_file(data: bytes) -> None:
    """Read one file."""
    path = FOLDER / "document"
    path.write_bytes(data)

    def read() -> None:
        try:
            text = read_document(path).text
        except DondocError as error:
            if "\n" in str(error):
                raise
            return
        read_directive_text(text, CALENDAR)

    _timed(read)


def fuzz_text(data: bytes) -> None:
    """Read one text."""
    _timed(lambda: read_directive_text(data.decode("utf-8", "ignore"), CALENDAR))


def fuzz_docx(data: bytes) -> None:
    """Read a sound zip with parts that need not be."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("_rels/.rels", _relationships({"officeDocument": "word/document.xml"}))
        related = {name: f"{name}.xml" for name in PARTS[1:]}
        archive.writestr("word/_rels/document.xml.rels", _relationships(related))
        for name, part in zip(PARTS, data.split(b"\n----\n"), strict=False):
            archive.writestr(f"word/{name}.xml", part)
    fuzz_file(content.getvalue())


def fuzz_pdf(data: bytes) -> None:
    """Read what calls itself a .pdf."""
    fuzz_file(b"%PDF-1.7\n" + data)


def _relationships(targets: dict[str, str]) -> str:
    related = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{NAMESPACE}">{related}</Relationships>'


def _timed(work: Callable[[], object]) -> None:
    # The processor's time: a busy machine must not look like a hang.
    began = time.process_time()
    work()
    took = time.process_time() - began
    assert took < LONGEST_SECONDS, f"took {took:.1f} s"


TARGETS = {"due": fuzz_due, "file": fuzz_file, "text": fuzz_text, "docx": fuzz_docx, "pdf": fuzz_pdf}

if __name__ == "__main__":
    chosen = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, chosen)
    atheris.Fuzz()
