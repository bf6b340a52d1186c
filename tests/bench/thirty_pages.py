"""A directive of thirty pages, made: the same words as a .txt, a .docx and a .pdf.

As in real directives one paragraph in five has a deadline; every deadline is another day.
"""

from tests.intake.document_samples import docx_of_paragraphs, pdf_of

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


def thirty_pages() -> dict[str, bytes]:
    """Give the directive by kind of file."""
    wanted = PAGES * LINES_A_PAGE * CHARACTERS_A_LINE
    paragraphs = list(HEAD)
    while sum(map(len, paragraphs)) < wanted:
        number = len(paragraphs)
        paragraphs += [CLAUSE.format(n=number, day=number % 28 + 1, month=number % 12 + 1), *PROSE]
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph)]
    pages = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)]
    return {
        "txt": "\n\n".join(paragraphs).encode(),
        "docx": docx_of_paragraphs(*paragraphs),
        "pdf": pdf_of(pages),
    }


def _wrapped(paragraph: str) -> list[str]:
    lines = [""]
    for word in paragraph.split():
        if len(lines[-1]) + len(word) >= CHARACTERS_A_LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
