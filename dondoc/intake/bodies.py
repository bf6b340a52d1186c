"""Names of bodies in running text: what may issue, act, or receive a report."""

import re

from models.schemas.drafts import Span

BODY = (
    r"(?:Ban(?! hành)|Bộ(?! chỉ| tiêu| tài liệu)|Các [Bb]ộ|Sở|[UỦ][ỷyỶY] [Bb]an|UBND|UBMTTQ|Uỷ ban|Liên đoàn|LĐLĐ|"
    r"Tổng [Ll]iên đoàn|TLĐ|Tổng LĐLĐ|Công đoàn|CĐ|CĐCS|"
    r"Đoàn Chủ tịch|Nghiệp đoàn|Trường(?! hợp)|Đại học|Học viện|Viện|Hội(?! nghị| thảo| thi| diễn)|"
    r"Tỉnh [ủuU][ỷyỶY]?|Tỉnh|Thành [ủuU][ỷyỶY]|Thành phố|Huyện|"
    r"Văn phòng|Cục|Tổng cục|Chi cục|Vụ|Chủ tịch|Phó Chủ tịch|Bảo hiểm|BHXH|Đảng|Chi bộ|Trung tâm|Ngân hàng|"
    r"Thủ tướng|Phó Thủ tướng|Chính phủ|Quốc hội|Mặt trận|Tòa án|Viện kiểm sát|Công an|Công ty|Tập đoàn|"
    r"Tổng [Cc]ông ty|"
    r"Tiểu ban|Tổ (?:công tác|giúp việc)|"
    r"Kho bạc|Thanh tra|Đài|Báo(?! cáo)|Phòng(?!,| chống| ngừa)|Quỹ|Hiệp hội|Liên minh|Thường trực|Trưởng [Bb]an|"
    r"Bí thư|Giám đốc|Bộ trưởng|VPCP|SGDĐT|nhà trường|"
    r"HĐND|Hội đồng|BCH|BTV|BCĐ|BGH|Ban Giám hiệu|VKSND|TAND|MTTQ|Tỉnh [đĐ]oàn|Thành [đĐ]oàn|Huyện [đĐ]oàn|Xã [đĐ]oàn|"
    r"Đoàn (?:TNCS|Thanh niên|trường|khối)|"
    r"Trung ương (?:Đoàn|Hội)|Bộ (?:Chỉ huy|Tư lệnh|Chính trị)|Bệnh viện|Hải quan|Kiểm toán|Liên hiệp)"
)
"""How the name of a body, or of the post that stands for it, begins."""

ISSUES = (
    r"(?:ban hành|hướng dẫn|yêu cầu|đề nghị|xây dựng|"
    r"tổ chức(?! chính trị| xã hội| có| liên quan| đảng)|thông báo|triển khai|có ý kiến|chỉ đạo|kết luận|điện|"
    r"quyết định|"
    r"gửi (?:tới|đến)|phát động|quy định|lưu ý|giao|trân trọng|nhận được|kính đề nghị|báo cáo)"
)
ISSUING = re.compile(
    rf"(?:^|[,;.]\s*|[”\"')]\s*[.,]?\s*|như sau\s*)(?P<body>(?i:{BODY})[^,;:.()“”\"]{{0,90}}?)"
    rf"(?:\s+(?:đã|sẽ|vừa|mới|tiếp tục|chính thức|cũng|xin|có (?:văn bản|công văn|thông báo)))*\s+{ISSUES}\b"
)
NO_NAME = re.compile(r"\s(?:tình hình|kết quả|việc|nội dung|và các|và|các)$")
"""How words end that are no name of a body: what it reports, or a list that goes on."""


def issuing_body(text: str) -> Span | None:
    """Find the body that says in a preamble that it issues, directs or asks.

    The one that a text begins with, or else the last one named so.
    """
    last = None
    for found in ISSUING.finditer(text):
        if not found["body"][0].isupper() or NO_NAME.search(found["body"]):
            continue
        if not text[: found.start("body")].strip(" -*"):
            return found.span("body")
        last = found
    return last.span("body") if last else None
