"""Print the figures of reading: right answers on annotated documents where they are at hand, and speed.

Usage: python -m tests.bench.bench_reading [CORPUS]. The folder holds score.py, texts/, gold/ and phrases.tsv.
Speed stands beside the bare extraction of the same file. As in real directives, one paragraph in five has a deadline.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from dondoc.calendar_file import default_calendar
from dondoc.intake.document import read_document
from dondoc.operations.read import read_directive_text
from policies.deadlines import decide_due
from tests.intake.document_samples import docx_of_paragraphs, pdf_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAIRS = 7
PAGES = 30
LINES_A_PAGE = 36
CHARACTERS_A_LINE = 78

CLAUSE = (
    "{n}. Liên đoàn Lao động các huyện, thành phố, công đoàn ngành xây dựng kế hoạch và tổ chức thực hiện nội dung {n} "
    "đến đoàn viên, người lao động; hoàn thành trước ngày {day:02}/{month:02}/2025. Định kỳ báo cáo kết quả về "
    "Liên đoàn Lao động tỉnh trong báo cáo 6 tháng và năm để tổng hợp, theo dõi, đôn đốc theo quy định."
)
PROSE = (
    """\
- Công tác tuyên truyền cần bám sát tình hình cơ sở, chọn cách làm gọn và thiết thực, gắn với phong trào thi đua của
từng đơn vị; người đứng đầu nêu gương, lắng nghe ý kiến đoàn viên và giải quyết việc khó ngay từ nơi phát sinh.

- Nội dung học tập được đưa vào sinh hoạt của tổ công đoàn, kết hợp với hội thi, câu lạc bộ và trang thông tin; chú ý
lao động ở vùng sâu, lao động nữ và người mới vào nghề, để ai cũng hiểu và làm theo được trong việc hằng ngày.

- Các mô hình hay được phát hiện, giới thiệu và nhân rộng; đơn vị làm tốt được biểu dương, đơn vị còn yếu được giúp
đỡ cụ thể, không để tình trạng nói nhiều làm ít kéo dài, ảnh hưởng đến lòng tin của đoàn viên.

- Kinh phí thực hiện lấy từ nguồn tài chính công đoàn được giao và đóng góp hợp pháp khác, bảo đảm tiết kiệm, đúng
mục đích, công khai với đoàn viên; hồ sơ được lưu và đối chiếu khi có yêu cầu.""".replace("\n\n", "\r")
    .replace("\n", " ")
    .split("\r")
)
HEAD = (
    "LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU",
    "Số: 15/KH-LĐLĐ",
    "Lai Châu, ngày 14 tháng 02 năm 2025",
    "KẾ HOẠCH",
    "Thực hiện nhiệm vụ công đoàn năm 2025",
)
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


def main() -> None:
    """Print one line of JSON for each figure."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS
    if (corpus / "score.py").exists():
        _score(corpus)
    else:
        sys.stderr.write(f"no annotated documents at {corpus}; only speed is measured\n")
    calendar, issued = default_calendar(), date(2025, 2, 14)
    took = _seconds(lambda: [decide_due(phrase, issued, calendar) for phrase in PHRASES * 200])
    _say({"what": "due", "phrases": len(PHRASES) * 200, "phrases_a_second": round(len(PHRASES) * 200 / took)})
    with tempfile.TemporaryDirectory() as folder:
        for kind, content in _documents().items():
            path = Path(folder) / f"plan.{kind}"
            path.write_bytes(content)
            _speed(kind, path)


def _score(corpus: Path) -> None:
    environment = os.environ | {"DONDOC": f"{sys.executable} -m dondoc.cli"}
    for what in ("due", "read"):
        done = subprocess.run(
            [sys.executable, str(corpus / "score.py"), what],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        _say({"what": f"score {what}"} | json.loads(done.stdout.splitlines()[-1]))


def _documents() -> dict[str, bytes]:
    wanted = PAGES * LINES_A_PAGE * CHARACTERS_A_LINE
    paragraphs = list(HEAD)
    while sum(map(len, paragraphs)) < wanted:
        number = len(paragraphs)
        paragraphs += [CLAUSE.format(n=number, day=number % 28 + 1, month=number % 12 + 1), *PROSE]
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph)]
    pages = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)]
    return {"docx": docx_of_paragraphs(*paragraphs), "pdf": pdf_of(pages)}


def _wrapped(paragraph: str) -> list[str]:
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) >= CHARACTERS_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _speed(kind: str, path: Path) -> None:
    calendar = default_calendar()
    pairs = []
    for _ in range(PAIRS):
        floor = _seconds(lambda: read_document(path))
        pairs.append((_seconds(lambda: read_directive_text(read_document(path).text, calendar)), floor))
    ratio = median(took / floor for took, floor in pairs)
    found = len(read_directive_text(read_document(path).text, calendar).obligations)
    _say(
        {
            "what": f"read {kind}",
            "pages": PAGES,
            "characters": len(read_document(path).text),
            "obligations": found,
            "seconds": [round(pair[0], 4) for pair in pairs],
            "extraction_seconds": [round(pair[1], 4) for pair in pairs],
            "ratio": round(ratio, 2),
        }
    )


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _say(figures: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
