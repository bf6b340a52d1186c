"""A coverage-guided fuzzer over `due` and `read`: not a test, a search. It stops at the first crash or hang.

Run it where `atheris` is installed: python tests/fuzz/fuzz_reading.py due|read -max_total_time=1800 CORPUS_FOLDER
"""

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["dondoc", "policies", "models"]):
    from dondoc.calendar_file import default_calendar
    from dondoc.errors import DondocError
    from dondoc.intake.document import read_document
    from dondoc.operations.read import read_directive_text
    from policies.deadlines import decide_due

LONGEST_SECONDS = 1.0
"""A phrase or a small document that takes longer counts as a hang."""

CALENDAR = default_calendar()
FOLDER = Path(tempfile.mkdtemp())


def fuzz_due(data: bytes) -> None:
    """Decide one phrase, with and without the document's date."""
    given = atheris.FuzzedDataProvider(data)
    issued = date.fromordinal(given.ConsumeIntInRange(1, 3_652_059)) if given.ConsumeBool() else None
    _timed(lambda: decide_due(given.ConsumeUnicodeNoSurrogates(600), issued, CALENDAR))


def fuzz_read(data: bytes) -> None:
    """Read one file, of whichever kind its bytes say."""
    path = FOLDER / "document"
    path.write_bytes(data)

    def read() -> None:
        try:
            read_directive_text(read_document(path).text, CALENDAR)
        except DondocError as error:
            if "\n" in str(error):
                raise

    _timed(read)


def _timed(work: object) -> None:
    # The processor's time: a busy machine must not look like a hang.
    began = time.process_time()
    work()  # type: ignore[operator]
    took = time.process_time() - began
    assert took < LONGEST_SECONDS, f"took {took:.1f} s"


if __name__ == "__main__":
    chosen = {"due": fuzz_due, "read": fuzz_read}[sys.argv.pop(1)]
    atheris.Setup(sys.argv, chosen)
    atheris.Fuzz()
