"""Print the figures of reading, each beside its limit: right answers on annotated documents, and speed.

Usage: python -m tests.bench.bench_reading [CORPUS]. The folder holds gold/, texts/ and phrases.tsv, and may hold the
score.py that counts right answers. Speed stands beside the bare extraction of the same file in the same run, in seconds
of the processor, so that a busy machine measures the same. Exit status 1 where a limit is missed; what cannot be
measured for want of annotated documents is said and misses nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from dondoc.calendar_file import default_calendar
from dondoc.intake.document import read_document
from dondoc.operations.read import ObligationReading, read_directive_text
from policies.deadlines import decide_due
from tests.bench.thirty_pages import PAGES, thirty_pages

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CALENDAR = default_calendar()
PAIRS = 9
LEAST_RIGHT = 0.97
LEAST_PHRASES_RIGHT = 0.98
LEAST_PHRASES_A_SECOND = 2_000
MOST_TIMES_EXTRACTION = 3.0
DIMENSIONS = {
    "header": "header fields right",
    "dated": "dated obligations found",
    "precise": "dated readings that are obligations",
    "spans": "spans that point at their words",
    "basis": "grounds found and right",
}
PHRASES = (
    "trước ngày 15/6/2025",
    "chậm nhất là ngày 30 tháng 9 năm 2025",
    "trong tháng 02/2025",
    "hoàn thành trong Quý II/2025",
    "6 tháng (trước 15/6), năm (trước 15/11)",
    "trước ngày 20 của tháng cuối quý",
    "trong thời hạn 05 ngày làm việc kể từ ngày ký",
    "thường xuyên",
    "theo quy định",
    "từ ngày 01/3 đến ngày 15/5/2025",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured; `least` or `most` is its limit, neither where it has none."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None
    beside: str = ""

    @property
    def holds(self) -> bool:
        """Whether it keeps its limit."""
        return (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)

    def line(self) -> str:
        """Give name, value, limit and verdict."""
        limit = f">= {self.least:g}" if self.least is not None else f"<= {self.most:g}" if self.most is not None else ""
        verdict = ("ok" if self.holds else "NOT") if limit else ""
        return f"{self.name:<58}{self.value:>10.10g}  {limit:<9}{verdict:<4}{self.beside}".rstrip()


def main(corpus: Path) -> int:
    """Measure and print; give the exit status."""
    missed = 0
    for figure in _figures(corpus):
        sys.stdout.write(figure.line() + "\n")
        sys.stdout.flush()
        missed += not figure.holds
    sys.stdout.write(f"{missed} limits missed\n" if missed else "every limit holds\n")
    return 1 if missed else 0


def _figures(corpus: Path) -> Iterator[Figure]:
    score = next((folder / "score.py" for folder in (corpus, CORPUS) if (folder / "score.py").is_file()), None)
    if score and (corpus / "gold").is_dir():
        yield from _right_readings(score, corpus)
    else:
        sys.stdout.write(f"no annotated documents at {corpus}: right readings are not measured\n")
    if score and (corpus / "phrases.tsv").is_file():
        yield from _right_phrases(score, corpus / "phrases.tsv")
    else:
        sys.stdout.write(f"no annotated phrases at {corpus}: right phrases are not measured\n")
    issued = date(2025, 2, 14)
    took = _seconds(lambda: [decide_due(phrase, issued, CALENDAR) for phrase in PHRASES * 200])
    yield Figure("phrases decided a second", round(len(PHRASES) * 200 / took), least=LEAST_PHRASES_A_SECOND)
    with tempfile.TemporaryDirectory() as folder:
        for kind, content in thirty_pages().items():
            path = Path(folder) / f"directive.{kind}"
            path.write_bytes(content)
            yield from _speed(kind, path)


def _right_readings(score: Path, corpus: Path) -> Iterator[Figure]:
    texts = [folder for folder in (corpus / "texts", corpus.parent / "directives") if folder.is_dir()]
    found = _scored(score, "read", "--gold", str(corpus / "gold"), "--texts", *map(str, texts))
    for key, name in DIMENSIONS.items():
        if found[key] is not None:
            right, count = found["counts"][key]
            yield Figure(name, found[key], least=LEAST_RIGHT, beside=f"{right} of {count}")
    yield Figure("documents that could not be read", found["failed"], most=0)
    silent = {path.stem for path in (corpus / "gold").glob("*.json") if not _days(path)}
    bare = [path for folder in texts for path in sorted(folder.glob("*.txt")) if path.stem in silent]
    invented = sum(one.due is not None for path in bare for one in _read(path))
    yield Figure("days invented in documents that give none", invented, most=0, beside=f"{len(bare)} documents")


def _days(gold: Path) -> list[str]:
    """Give the days that a document gives, those that may be read either way too."""
    annotated = json.loads(gold.read_text(encoding="utf-8"))
    return [*(one["due"] for one in annotated["obligations"] if one["due"]), *annotated["neutral"]]


def _right_phrases(score: Path, phrases: Path) -> Iterator[Figure]:
    found = _scored(score, "due", "--phrases", str(phrases))
    yield Figure("phrases right", found["right"], least=LEAST_PHRASES_RIGHT, beside=f"of {found['total']}")
    yield Figure("phrases for which a day was invented", found["invented"], most=0)


def _scored(score: Path, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(score), *arguments],
        env=os.environ | {"DONDOC": f"{sys.executable} -m dondoc.cli"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _speed(kind: str, path: Path) -> Iterator[Figure]:
    """Measure extraction and reading in turn, so that a busy moment of the machine falls on both."""
    pairs = [(_seconds(lambda: read_document(path)), _seconds(lambda: _read(path))) for _ in range(PAIRS)]
    text = read_document(path).text
    of_what = f"{PAGES} pages, {len(text):,} characters, {len(_read(path))} obligations"
    yield Figure(f".{kind}: seconds to extract the text", round(median(pair[0] for pair in pairs), 4), beside=of_what)
    yield Figure(f".{kind}: seconds to read it, extraction included", round(median(pair[1] for pair in pairs), 4))
    ratio = round(median(read / bare for bare, read in pairs), 2)
    if kind == "txt":
        yield Figure(f".{kind}: times its extraction", ratio, beside="no limit: a text has nothing to extract")
    else:
        yield Figure(f".{kind}: times its extraction", ratio, most=MOST_TIMES_EXTRACTION)


def _read(path: Path) -> tuple[ObligationReading, ...]:
    return read_directive_text(read_document(path).text, CALENDAR).obligations


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS))
