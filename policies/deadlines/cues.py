"""Words that carry no time of their own but say how the times beside them are meant."""

from policies.deadlines.lunar_readers import read_lunar_month
from policies.deadlines.period_readers import (
    ROMAN,
    read_months,
    read_period_ahead,
    read_quarters,
    read_school_time,
    read_week_of_month,
    read_year,
)
from policies.deadlines.recurrence_readers import counted_unit, named_unit
from policies.deadlines.spoken_numbers import ONES
from policies.deadlines.terms import Cue, CueTerm, EveryTerm, Found
from policies.deadlines.tokens import Tokens

DOCUMENTS = ("văn bản", "kế hoạch", "công văn", "hướng dẫn", "chỉ thị", "thông báo", "nghị quyết", "chương trình")
CUES = {
    "kể từ": Cue.FROM, "tính từ": Cue.FROM, "từ": Cue.FROM, "bắt đầu": Cue.FROM, "bắt đầu từ": Cue.FROM,
    "đến hết": Cue.UNTIL, "đến": Cue.UNTIL, "tới": Cue.UNTIL, "kết thúc": Cue.UNTIL, "-": Cue.UNTIL,
    "cho đến": Cue.UNTIL, "~": Cue.UNTIL, "→": Cue.UNTIL,
    "từ nay": Cue.NOW, "kể từ nay": Cue.NOW, "từ giờ": Cue.NOW,
    "ngày ký": Cue.THIS_DOCUMENT, "ngày ban hành": Cue.THIS_DOCUMENT, "khi ban hành": Cue.THIS_DOCUMENT,
    "ngày ký ban hành": Cue.THIS_DOCUMENT, "ngày ký, ban hành": Cue.THIS_DOCUMENT,
    "ngày phát hành": Cue.THIS_DOCUMENT, "ngày ra": Cue.THIS_DOCUMENT,
    **{f"{when} {document} này {done}": Cue.THIS_DOCUMENT for when in ("ngày", "khi") for document in DOCUMENTS
       for done in ("được ban hành", "được ký", "ban hành", "được phát hành")},
    "sau khi kết thúc": Cue.ENDED, "từ khi kết thúc": Cue.ENDED, "từ ngày kết thúc": Cue.ENDED,
    "sau khi hết": Cue.ENDED, "từ ngày cuối": Cue.ENDED, "từ ngày cuối cùng của": Cue.ENDED,
    "sau ngày kết thúc": Cue.ENDED, "từ thời điểm kết thúc": Cue.ENDED, "kể từ khi kết thúc": Cue.ENDED,
    "kể từ ngày kết thúc": Cue.ENDED, "tính từ ngày kết thúc": Cue.ENDED, "sau khi kết thúc mỗi": Cue.ENDED,
    "sau khi": Cue.AFTER, "sau": Cue.AFTER, "ngay khi": Cue.AFTER, "khi có": Cue.AFTER, "trước": Cue.BEFORE,
    "trước khi": Cue.BEFORE,
    "và": Cue.AND, ",": Cue.AND, "+": Cue.AND, "&": Cue.AND, ";": Cue.AND,
    "định kỳ": Cue.REGULARLY, "thường kỳ": Cue.REGULARLY,
    "thường xuyên": Cue.STANDING, "liên tục": Cue.STANDING, "xuyên suốt": Cue.STANDING,
    "không thời hạn": Cue.STANDING, "không xác định thời hạn": Cue.STANDING, "không kỳ hạn": Cue.STANDING,
    "lâu dài": Cue.STANDING, "thường trực": Cue.STANDING, "suốt năm": Cue.STANDING,
    "quanh năm": Cue.STANDING,
    "nhân dịp": Cue.OCCASION, "vào dịp": Cue.OCCASION, "dịp": Cue.OCCASION, "kỷ niệm": Cue.OCCASION,
    "ngày sinh": Cue.OCCASION, "ngày thành lập": Cue.OCCASION, "ngày truyền thống": Cue.OCCASION,
    "chào mừng": Cue.OCCASION, "tháng công nhân": Cue.OCCASION, "tháng thanh niên": Cue.OCCASION,
    "tháng hành động": Cue.OCCASION,
    "nhân ngày": Cue.OCCASION, "nhân kỷ niệm": Cue.OCCASION, "nhân lễ": Cue.OCCASION, "nghỉ lễ": Cue.OCCASION,
    "trước lễ": Cue.OCCASION, "sau lễ": Cue.OCCASION, "kỳ nghỉ": Cue.OCCASION, "tết dương lịch": Cue.OCCASION,
    "quốc khánh": Cue.OCCASION, "ngày quốc tế": Cue.OCCASION, "ngày giải phóng": Cue.OCCASION,
    "ngày phụ nữ": Cue.OCCASION, "ngày nhà giáo": Cue.OCCASION, "ngày thương binh": Cue.OCCASION,
    "ngày pháp luật": Cue.OCCASION, "ngày gia đình": Cue.OCCASION, "ngày chuyển đổi số": Cue.OCCASION,
    "ngày thầy thuốc": Cue.OCCASION, "ngày báo chí": Cue.OCCASION,
    "giai đoạn": Cue.SPAN_OF_YEARS, "nhiệm kỳ": Cue.SPAN_OF_YEARS, "thời kỳ": Cue.SPAN_OF_YEARS,
    "tầm nhìn": Cue.SPAN_OF_YEARS, "các năm tiếp theo": Cue.SPAN_OF_YEARS, "các năm sau": Cue.SPAN_OF_YEARS,
    "những năm tiếp theo": Cue.SPAN_OF_YEARS, "những năm sau": Cue.SPAN_OF_YEARS,
    "chậm nhất": Cue.AT_LATEST, "muộn nhất": Cue.AT_LATEST, "trễ nhất": Cue.AT_LATEST,
    "tức": Cue.THAT_IS, "tức là": Cue.THAT_IS, "tức ngày": Cue.THAT_IS,
    "số liệu tính đến": Cue.FIGURES, "dữ liệu tính đến": Cue.FIGURES, "chốt số liệu": Cue.FIGURES,
    "chốt dữ liệu": Cue.FIGURES, "lấy số liệu": Cue.FIGURES, "mốc số liệu": Cue.FIGURES, "số liệu đến": Cue.FIGURES,
    "số liệu từ": Cue.FIGURES, "số liệu được tính": Cue.FIGURES, "số liệu tính từ": Cue.FIGURES,
    "đóng hệ thống": Cue.UNTIL, "khóa hệ thống": Cue.UNTIL, "đóng cổng": Cue.UNTIL, "khóa sổ": Cue.UNTIL,
    "trước khi hết": Cue.UNTIL, "bế mạc": Cue.UNTIL, "kết thúc vào": Cue.UNTIL,
    "theo quy định": Cue.VAGUE, "theo kế hoạch": Cue.VAGUE, "theo hướng dẫn": Cue.VAGUE, "theo yêu cầu": Cue.VAGUE,
    "theo tiến độ": Cue.VAGUE, "theo lịch": Cue.VAGUE, "theo chỉ đạo": Cue.VAGUE, "đúng quy định": Cue.VAGUE,
    "đúng thời hạn": Cue.VAGUE, "đúng hạn": Cue.VAGUE,
    "đúng thời gian": Cue.VAGUE, "thời gian quy định": Cue.VAGUE, "thời hạn quy định": Cue.VAGUE,
    "theo thời gian": Cue.VAGUE, "theo thời hạn": Cue.VAGUE,
    "đúng tiến độ": Cue.VAGUE, "khi có yêu cầu": Cue.VAGUE, "đột xuất": Cue.VAGUE,
    "khai giảng": Cue.VAGUE,
    "kịp thời": Cue.VAGUE, "khẩn trương": Cue.VAGUE, "sớm": Cue.VAGUE, "sớm nhất": Cue.VAGUE, "ngay": Cue.VAGUE,
    "hỏa tốc": Cue.VAGUE, "thời gian tới": Cue.VAGUE, "thời gian sớm nhất": Cue.VAGUE, "học kỳ": Cue.VAGUE,
    "năm học": Cue.VAGUE, "tết": Cue.VAGUE, "âm lịch": Cue.VAGUE, "ngày làm việc": Cue.VAGUE,
    **{f"{point} {period}": Cue.VAGUE for point in ("đầu", "giữa", "cuối", "trong", "hết")
       for period in ("tháng", "quý", "năm", "kỳ", "tuần")},
}  # fmt: skip
DASHES = ("-", "~")
OWN_DOCUMENTS = (*DOCUMENTS, "quyết định này")
PERIOD_READERS = {
    "tháng": (read_lunar_month, read_months, read_period_ahead),
    "quý": (read_quarters, read_period_ahead),
    "năm": (read_school_time, read_year, read_period_ahead),
    "tuần": (read_week_of_month,),
    "kỳ": (),
}
# Words that go on behind a time, and so are not what was signed: "kể từ ngày ký, gửi về …".
BEHIND_A_TIME = (
    "để", "về", "theo", "phải", "gửi", "và", "đến", "thì", "tại", "qua", "trong", "cho", "nếu", "hoàn", "báo", "hoặc",
)  # fmt: skip
# What a dash may stand behind where it means "đến": anywhere else it begins a line or joins two names.
TIME_WORDS = frozenset(("giêng", "chạp", ")", "'", "h", "g", "giờ", "phút", "nay", *ROMAN, *ONES, "mười"))
# Months named for what is done in them begin a cue of their own: "tháng Công nhân".
NAMED_MONTHS_OF_WORK = ("công", "thanh", "hành")
# Words that end in "nhân": a worker, a person, a patient. "công nhân ngày 15/6" is no occasion.
BEFORE_NHAN = ("công", "cá", "bệnh", "nạn", "quân", "tư", "pháp", "doanh", "phu", "thân", "nguyên", "chứng", "hôn")
# By the first word, the longest first: most words of a phrase begin no cue and cost one look.
BY_FIRST_WORD: dict[str, list[tuple[tuple[str, ...], str, Cue]]] = {}
for _words, _cue in sorted(CUES.items(), key=lambda item: -len(item[0].split())):
    _parts = tuple(_words.replace(",", " ,").split())
    BY_FIRST_WORD.setdefault(_parts[0], []).append((_parts, _words, _cue))


def read_end_of_cycle(tokens: Tokens, index: int) -> Found:
    """Read "sau khi kết thúc quý", "kể từ ngày kết thúc mỗi tháng": the cycle behind the cue belongs to it."""
    found = read_cue(tokens, index)
    cue = found[0][0] if found else None
    if found is None or not isinstance(cue, CueTerm) or cue.cue is not Cue.ENDED:
        return found
    at = tokens.after_any(found[1], ("của mỗi", "của", "mỗi", "kỳ báo cáo"))
    unit = counted_unit(tokens, at) or named_unit(tokens, at)
    return found if unit is None else ((cue, EveryTerm((unit[0],))), unit[1])


def read_cue(tokens: Tokens, index: int) -> Found:
    """Words from the table of cues, the longest first."""
    for parts, words, cue in BY_FIRST_WORD.get(tokens.text(index), ()):
        end = tokens.after(index, *parts)
        if end is None or (cue is Cue.VAGUE and _names_a_period(tokens, end - 1)):
            continue
        if words in DASHES and tokens.number(index - 1) is None and tokens.text(index - 1) not in TIME_WORDS:
            continue
        if words.startswith("nhân ") and tokens.text(index - 1) in BEFORE_NHAN:
            continue
        if cue is not Cue.THIS_DOCUMENT or _means_this_document(tokens, end):
            return (CueTerm(cue, words),), end
    return None


def _means_this_document(tokens: Tokens, index: int) -> bool:
    """Whether "ngày ký" is the document's own: nothing follows, or a document that directs; not "ngày ký hợp đồng"."""
    behind = tokens.after_any(tokens.after_any(index, ("ban hành",)), OWN_DOCUMENTS)
    return behind != index or not tokens.text(index).isalpha() or tokens.text(index) in BEHIND_A_TIME


def _names_a_period(tokens: Tokens, index: int) -> bool:
    """Whether a period begins at `index`: "đầu quý" is vague, "đầu quý 3/2025" is not."""
    readers = PERIOD_READERS.get(tokens.text(index), ())
    return any(reader(tokens, index) for reader in readers) or tokens.text(index + 1) in NAMED_MONTHS_OF_WORK
