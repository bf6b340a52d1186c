"""Reads what looks like a time and is none: citations, the years of laws, fractions, figures' own days.

A date that is only cited tells when a document was made, and a fraction tells how much; neither is a deadline.
"""

from policies.deadlines.date_readers import BEFORE_A_DAY, SEPARATORS, read_date
from policies.deadlines.terms import CitationTerm, DateTerm, Found
from policies.deadlines.tokens import LONGEST_NUMBER_DIGITS, Tokens

MOST_WORDS_IN_A_CITATION = 16
MOST_WORDS_IN_A_LAWS_NAME = 8
CITING = ("theo", "căn cứ", "thực hiện", "tại", "triển khai", "tiếp theo", "của")
CITED = (
    "thông báo", "công văn", "nghị quyết", "quyết định", "chỉ thị", "kết luận", "tờ trình", "kế hoạch", "hướng dẫn",
    "nghị định", "thông tư", "cuộc họp", "chương trình", "văn bản",
)  # fmt: skip
LAST_WORDS_OF_DOCUMENTS = (
    "báo", "văn", "quyết", "định", "thị", "luận", "tư", "luật", "điều", "khoản", "bảng", "biểu", "mẫu", "lục", "hoạch",
)  # fmt: skip
# Behind "đạt 4/5" and before "số huyện" a stroke divides; "24/7" is said of what never closes.
BEFORE_A_FRACTION = ("có", "đạt", "được", "trên", "quá", "hơn", "bằng", "lệ", "thứ", "phòng", "trực", "khoảng", "chiếm",
                     "trang", "tờ", "tập", "nhóm", "lớp", "bài", "câu", "phần", "bản")  # fmt: skip
# The second page of five, the class 1/5: nothing that these count is a day.
BEHIND_A_FRACTION = (
    "số", "tổng số", "chỉ tiêu", "thành viên", "đại biểu", "ủy viên", "đơn vị", "nhiệm vụ", "hồ sơ", "huyện", "xã",
    "tỉnh", "phường", "giờ", "cán bộ", "đảng viên", "đoàn viên", "địa phương", "tiêu chí", "người", "cuộc", "điểm",
    "cơ sở", "cơ quan",
)  # fmt: skip
ROUND_THE_CLOCK = ((24, 7), (24, 24))


def read_citation(tokens: Tokens, index: int) -> Found:
    """Read the number of a document and its own date: "Kết luận số 01-KL/TW, ngày 18/5/2021", "8726/VPCP-KGVX"."""
    end = index + 1 + (tokens.text(index + 1) == ":") if tokens.text(index) == "số" else index
    if not tokens.text(end).isdigit() or (end == index and not _is_symbol(tokens, index)):
        return None
    last = end + MOST_WORDS_IN_A_CITATION
    end += 1
    while end < last and (tokens.text(end) in SEPARATORS) and tokens.text(end + 1).isalnum():
        end += 2
    dated = end + (tokens.text(end) == ",")
    if tokens.text(dated) == "của":
        dated += 1
        while dated < last and tokens.text(dated).isalpha() and tokens.text(dated) not in BEFORE_A_DAY:
            dated += 1
        dated += tokens.text(dated) == ","
    return _with_its_date(tokens, dated) or ((CitationTerm(None),), end)


def read_citation_by_name(tokens: Tokens, index: int) -> Found:
    """Read "theo Thông báo ngày 15/01/2025", "tại cuộc họp ngày 15/01/2025": a day that is past, with its year."""
    name = tokens.after_any(index, CITING)
    end = tokens.after_any(name, CITED)
    if index in (name, end) or name == end:
        return None
    found = _with_its_date(tokens, end)
    cited = found[0][0] if found else None
    return found if isinstance(cited, CitationTerm) and cited.date is not None and cited.date.year is not None else None


def read_law(tokens: Tokens, index: int) -> Found:
    """Read the year of a law as part of its name: "Bộ luật Lao động năm 2019"; not that of "pháp luật năm 2025"."""
    if tokens.text(index - 1) == "pháp":
        return None
    end = index + 1
    while end < index + MOST_WORDS_IN_A_LAWS_NAME and tokens.text(end).isalpha() and tokens.text(end) != "trong":
        if tokens.text(end) == "năm" and tokens.digits(end + 1) == LONGEST_NUMBER_DIGITS:
            return (CitationTerm(None),), end + 2
        end += 1
    return None


def read_fraction(tokens: Tokens, index: int) -> Found:
    """3/4 số huyện, "đạt 4/5", 24/24 giờ: two numbers and a stroke that no word makes a day."""
    first, second, before = tokens.day(index), tokens.day(index + 2), tokens.text(index - 1)
    if first is None or second is None or tokens.text(index + 1) != "/" or tokens.text(index + 3) in SEPARATORS:
        return None
    is_least = before == "nhất" and tokens.text(index - 2) == "ít"
    if before in BEFORE_A_DAY and not is_least:
        return None
    is_said = is_least or before in BEFORE_A_FRACTION or tokens.after_any(index + 3, BEHIND_A_FRACTION) != index + 3
    return ((), index + 3) if (is_said and first <= second) or (first, second) in ROUND_THE_CLOCK else None


def read_number_of_a_document(tokens: Tokens, index: int) -> Found:
    """Nghị định 09/2019, "Điều 6/2025": a number and a year behind the name of a document, not a month."""
    if tokens.text(index - 1) not in LAST_WORDS_OF_DOCUMENTS or tokens.day(index) is None:
        return None
    is_number = tokens.text(index + 1) == "/" and tokens.digits(index + 2) == LONGEST_NUMBER_DIGITS
    return ((CitationTerm(None),), index + 3) if is_number else None


def _with_its_date(tokens: Tokens, index: int) -> Found:
    found = read_date(tokens, index) if tokens.text(index) == "ngày" else None
    if found is None:
        return None
    date = found[0][0]
    return (CitationTerm(date if isinstance(date, DateTerm) else None),), found[1]


def _is_symbol(tokens: Tokens, index: int) -> bool:
    """Whether a document's number and symbol stand here: 121/KH-LĐLĐ, 01-KL/TW, 39/2022/NĐ-CP."""
    at = index + 1
    if tokens.text(at) == "/" and tokens.digits(at + 1) == 4 and tokens.text(at + 2) == "/":
        return tokens.text(at + 3).isalpha()
    if tokens.text(at) not in ("/", "-") or not tokens.text(at + 1).isalpha():
        return False
    return tokens.text(at + 2) in ("/", "-") and tokens.text(at + 3).isalpha()
