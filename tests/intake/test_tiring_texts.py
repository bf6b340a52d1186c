"""No text costs more than its length: what repeats one thing a hundred pages long is read as quickly as any other."""

import time

import pytest

from dondoc.calendar_file import default_calendar
from dondoc.operations.read import read_directive_text

CHARACTERS = 40_000
MOST_SECONDS = 1.5
"""Of the processor; each takes a fifth of it at most, and minutes where a pattern begins again at every letter."""

REPEATED = [
    " ",
    "\n",
    " \n",
    "\t",
    "(",
    "*_",
    "-",
    ";",
    "1",
    "1. ",
    "1.\n",
    "| a ",
    "|\n",
    "a\u0323\u0302",
    "ngày ",
    "ngày 1/2, ",
    "trong trước đến ",
    "tháng ",
    "Căn cứ Nghị quyết số 12-NQ/TW, ",
    "Theo Kế hoạch số 1/KH-LĐLĐ ngày 1/2/2025 của Liên đoàn ",
    "LIÊN ĐOÀN ",
    "Báo cáo trước ngày 15/6/2025; ",
    "Liên đoàn Lao động tỉnh gửi báo cáo về Công đoàn, ",
    "TM. ",
    "Nơi nhận:\n- ",
    "İ",
]


@pytest.mark.parametrize("piece", REPEATED, ids=[repr(piece)[:24] for piece in REPEATED])
def test_a_text_of_one_thing_repeated_is_read_in_its_time(piece: str) -> None:
    text = "a" + piece * (CHARACTERS // len(piece)) + "b"
    began = time.process_time()
    read_directive_text(text, default_calendar())
    assert time.process_time() - began < MOST_SECONDS
