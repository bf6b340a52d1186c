"""Reads the words of a phrase into terms: at each place, the first reader of the table that recognises something."""

from collections.abc import Callable
from dataclasses import replace

from policies.deadlines.period_readers import (
    read_date,
    read_day,
    read_iso_date,
    read_month,
    read_month_of_year,
    read_part_of_year,
    read_quarter,
    read_year,
)
from policies.deadlines.recurrence_readers import (
    read_clock,
    read_every,
    read_length,
    read_recurring_day,
    read_times,
)
from policies.deadlines.terms import Cue, CueTerm, Found, Term, Terms
from policies.deadlines.tokens import Tokens

Reader = Callable[[Tokens, int], Found]

CUES = {
    "kể từ": Cue.FROM, "tính từ": Cue.FROM, "từ": Cue.FROM, "bắt đầu": Cue.FROM,
    "đến hết": Cue.UNTIL, "đến": Cue.UNTIL, "tới": Cue.UNTIL, "kết thúc": Cue.UNTIL, "-": Cue.UNTIL, "–": Cue.UNTIL,
    "ngày ký": Cue.THIS_DOCUMENT, "ngày ban hành": Cue.THIS_DOCUMENT, "khi ban hành": Cue.THIS_DOCUMENT,
    "sau khi": Cue.AFTER, "sau": Cue.AFTER, "trước": Cue.BEFORE,
    "thường xuyên": Cue.STANDING, "liên tục": Cue.STANDING, "xuyên suốt": Cue.STANDING, "không thời hạn": Cue.STANDING,
    "nhân dịp": Cue.OCCASION, "vào dịp": Cue.OCCASION, "kỷ niệm": Cue.OCCASION, "ngày sinh": Cue.OCCASION,
    "ngày thành lập": Cue.OCCASION,
    "theo quy định": Cue.VAGUE, "theo kế hoạch": Cue.VAGUE, "theo hướng dẫn": Cue.VAGUE, "kịp thời": Cue.VAGUE,
    "khẩn trương": Cue.VAGUE, "sớm": Cue.VAGUE, "ngay": Cue.VAGUE, "định kỳ": Cue.VAGUE, "thường kỳ": Cue.VAGUE,
    "học kỳ": Cue.VAGUE, "năm học": Cue.VAGUE, "tháng giêng": Cue.VAGUE, "tháng chạp": Cue.VAGUE, "tết": Cue.VAGUE,
    "đầu quý": Cue.VAGUE, "đầu tháng": Cue.VAGUE, "đầu năm": Cue.VAGUE, "đầu kỳ": Cue.VAGUE, "giữa quý": Cue.VAGUE,
    "giữa tháng": Cue.VAGUE, "giữa năm": Cue.VAGUE, "cuối quý": Cue.VAGUE, "cuối tháng": Cue.VAGUE,
    "cuối năm": Cue.VAGUE, "cuối kỳ": Cue.VAGUE, "trong tháng": Cue.VAGUE, "trong quý": Cue.VAGUE,
    "trong năm": Cue.VAGUE,
}  # fmt: skip
OWN_DOCUMENTS = ("văn bản", "kế hoạch", "công văn", "hướng dẫn", "chỉ thị", "thông báo", "nghị quyết", "quyết định này")
CUES_LONGEST_FIRST = tuple(sorted(CUES, key=lambda words: -len(words.split())))


def read_terms(tokens: Tokens) -> Terms:
    """Read every term of a phrase; words that no reader knows are passed over."""
    terms: list[Term] = []
    index = 0
    while index < len(tokens):
        found = next((found for reader in READERS if (found := reader(tokens, index))), None)
        if found is None:
            index += 1
            continue
        term, end = found
        terms.append(replace(term, span=(tokens[index].span[0], tokens[end - 1].span[1])))
        index = end
    return Terms(tuple(terms))


def read_cue(tokens: Tokens, index: int) -> Found:
    """Words from the table of cues, the longest first."""
    for words in CUES_LONGEST_FIRST:
        end = tokens.after(index, *words.split())
        if end is None or _names_a_period(tokens, end - 1):
            continue
        if CUES[words] is not Cue.THIS_DOCUMENT or _means_this_document(tokens, end):
            return CueTerm(CUES[words], words), end
    return None


def _means_this_document(tokens: Tokens, index: int) -> bool:
    """Whether "ngày ký" is the document's own: nothing follows, or a document that directs; not "ngày ký hợp đồng"."""
    behind = tokens.after_any(tokens.after_any(index, ("ban hành",)), OWN_DOCUMENTS)
    return behind != index or not tokens.text(index).isalpha()


def _names_a_period(tokens: Tokens, index: int) -> bool:
    """Whether a period begins at `index`: "đầu quý" is vague, "đầu quý 3/2025" is not."""
    return any(reader(tokens, index) for reader in (read_quarter, read_month, read_year))


# In order of precedence: the more words a reader needs, the earlier it stands.
READERS: tuple[Reader, ...] = (
    read_iso_date,
    read_date,
    read_recurring_day,
    read_day,
    read_clock,
    read_part_of_year,
    read_length,
    read_times,
    read_every,
    read_quarter,
    read_month,
    read_year,
    read_month_of_year,
    read_cue,
)
